"""Rows of money told apart: lines of the finest level are statements, sums of them are checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from application.intake.amounts import ALL, TOTAL, control
from application.intake.kind import Scope
from application.intake.money import money
from application.intake.rows import Row, years_of
from application.intake.said import Read, Said, not_a_number
from application.reports.lines import lines
from application.reports.tree import PROGRAM, tree
from domain import cells
from domain.cells import Line
from domain.refusals import NotANumber
from domain.values import FundingSource

_NOT_STATED = FundingSource.NOT_STATED


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row of money. `subject`: the heading's place that it stands under. `executor`: a body, `-` for
    none, "" where the table does not tell, None for all of them.
    """

    row: Row
    subject: int
    executor: str | None
    source: str
    thousands: bool


@dataclass(slots=True)
class MoneyLines:
    """Rows of money with the elements that they are of (`whose`). `above`: elements with money below
    them; `sums`: headings of sums.
    """

    rows: Sequence[MoneyRow]
    known: Sequence[tuple[Line, tuple[str, ...]]] = ()
    whose: dict[int, str] = field(default_factory=dict)
    above: set[str] = field(default_factory=set)
    sums: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, scope: Scope, rows: Sequence[MoneyRow]) -> "MoneyLines":
        """With the lines that are known, each with its element and all above it."""
        if scope.state is None:
            return cls(rows)
        elements = tree(scope.state)
        found = lines(scope.state, elements, ["appropriation"])
        return cls(rows, [(line, tuple(elements.path(line.element))) for line in found])

    def add(
        self, place: int, element: str | None, *, above: Sequence[str] = (), is_sum: bool = False
    ) -> None:
        """That a heading means an element (None: it is not known which)."""
        if element is None:
            return
        self.whose[place] = element
        if is_sum:
            self.sums.add(place)
        if any(one.subject == place for one in self.rows):
            self.above.update(above)

    def read(self) -> Iterator[Read]:
        """What the rows say."""
        for one in self.rows:
            if one.subject not in self.whose:
                continue
            element = self.whose[one.subject]
            finest = self._is_line(one, element)
            years = years_of(one.row.found, "year")
            if self._tells_total(one, element):
                years = {"total": TOTAL, **years}
            for name, year in years.items():
                if one.row.text(name):
                    statement = finest and year != TOTAL
                    yield _said(one, name, self._cell(one, element, year, statement=statement))

    def _cell(self, one: MoneyRow, element: str, year: str, *, statement: bool) -> str:
        if statement:
            source = _NOT_STATED if one.source == ALL else one.source
            line = Line(int(year), element, one.executor or _NOT_STATED, source)
            return cells.appropriation(line)
        named = any(other.source not in {ALL, _NOT_STATED} for other in self._of(element))
        source = one.source if named or one.source != _NOT_STATED else ALL
        return f"control:financing:{element}:{source}:{year}"

    def _is_line(self, one: MoneyRow, element: str) -> bool:
        """Whether a row is a line. What is known decides, else the table: a line is of an element that
        has none below it, and of a source, unless the element names none.
        """
        if element == PROGRAM or one.executor is None:
            return False
        known = self._known_line(one, element)
        if known is not None:
            return known
        by_element = [other for other in self._of(element) if other.subject not in self.sums]
        if element in self.above or (one.subject in self.sums and by_element):
            return False
        return one.source != ALL or all(other.source == ALL for other in self._of(element))

    def _known_line(self, one: MoneyRow, element: str) -> bool | None:
        """As what is known has it. None: nothing is known of such money."""
        source = _NOT_STATED if one.source == ALL else one.source
        whole = Line(0, element, one.executor or _NOT_STATED, source)
        found = {
            line._replace(year=0)
            for line, path in self.known
            if element in path and one.source in {ALL, line.source}
        }
        if one.executor:
            return True if whole in found else None
        return found == {whole} if found else None

    def _tells_total(self, one: MoneyRow, element: str) -> bool:
        """Whether the total over the years is of all executors: no cell keeps that of one of several."""
        same = {other.executor for other in self._of(element) if other.source == one.source}
        return not one.executor or len(same) == 1

    def _of(self, element: str) -> list[MoneyRow]:
        return [one for one in self.rows if self.whose.get(one.subject) == element]


def _said(one: MoneyRow, name: str, cell: str) -> Read:
    printed = one.row.text(name)
    reading = control if cell.startswith("control:") else money
    try:
        return Said(cell, reading(printed, thousands=one.thousands), one.row.at(name))
    except NotANumber:
        return one.row.unread(not_a_number(printed), name)
