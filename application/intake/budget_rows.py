"""Rows of money by element, executor and source: whose each row is, and which rows are the finest."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from application.intake.headings import heading
from application.intake.kind import Found, Scope
from application.intake.levels import PROGRAM, Level
from application.intake.money import funding_source, is_whole
from application.intake.said import Read, Said, Unread
from application.intake.text import folded, is_dash, is_empty, is_figure, plain, slug
from domain import cells
from domain.cells import Line
from domain.codes import ClassificationCode
from domain.refusals import NotACode
from domain.values import ElementKind, FundingSource, Stated

_NOISE = frozenset({"в том числе", "в т.ч", "из них"})
_PARTS = ("mp", "pp", "om", "m")
_HEADINGS = {ElementKind.GOAL, ElementKind.OBJECTIVE, ElementKind.SUBPROGRAM}
_NAMED = tuple(source for source in FundingSource if source is not FundingSource.NOT_STATED)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A row of figures. `executor` None: of all («Всего»), `-`: not named; `source` in the same way."""

    found: Found
    row: int
    element: str
    executor: str | None
    source: FundingSource | None


@dataclass(slots=True)
class BudgetRows:
    """The rows of all tables of a form, in order; what it says of elements and bodies on the way."""

    scope: Scope
    rows: list[BudgetRow] = field(default_factory=list)
    _executor: str | None = None
    _level: Level = field(init=False)
    _parents: set[str] = field(default_factory=set)
    _counted: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    _with_executors: set[str] = field(default_factory=set)
    _by_source: set[tuple[str, str | None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._level = Level(self.scope)
        known = self.scope.state
        for cell in known.cells if known else ():
            match cells.parts(cell):
                case ["element", _, "parent"] if known and (parent := known.text(cell)):
                    self._parents.add(parent)

    def take(self, found: Found) -> Iterator[Read]:
        """Takes in a table."""
        for row in found.data_rows:
            alone = found.alone(row)
            above = heading(alone)
            if above is not None and above.kind in _HEADINGS:
                yield from self._level.open(above, found.at(row, "name"))
            elif folded(alone) not in _NOISE:
                yield from self._row(found, row)

    def finest(self, one: BudgetRow) -> Line | None:
        """The line that a row states, None if the row is a sum."""
        sums = one.element == PROGRAM or one.element in self._parents or one.source is None
        if sums or (one.executor is None and one.element in self._with_executors):
            return None
        line = Line(self.scope.needed_year, one.element, one.executor or "-", one.source or "-")
        whole = one.source is FundingSource.NOT_STATED and (
            (one.element, one.executor) in self._by_source or self._is_known_by_source(line)
        )
        return None if whole else line

    def is_part(self, one: BudgetRow) -> bool:
        """Whether the row tells one source of money whose whole another row tells."""
        return self._counted[one.element, one.executor] > 1 and one.source in _NAMED

    def _is_known_by_source(self, line: Line) -> bool:
        return any(
            self.scope.knows(cells.appropriation(line._replace(source=source))) for source in _NAMED
        )

    def _row(self, found: Found, row: int) -> Iterator[Read]:
        code, name = code_of(found, row), plain(found.cell(row, "name"))
        opens = bool(code or name)
        if opens and not code and name == found.alone(row) and heading(name) is None:
            yield Unread(found.at(row, "name"), f"строка без сумм и без кода: «{name[:60]}»")
            return
        if opens:
            yield from self._open(found, row, code, name)
        if not self._level.current:
            if not opens:
                yield Unread(found.at(row, "name"), "не названо, о каком мероприятии строка")
            return
        printed, source = found.cell(row, "executor"), found.cell(row, "source")
        if is_figure(printed) or is_figure(name):
            field = "executor" if is_figure(printed) else "name"
            yield Unread(
                found.at(row, field), f"не на своём месте: «{plain(found.cell(row, field))}»"
            )
            return
        if is_whole(printed) or (opens and is_empty(printed)):
            self._executor = None
        elif is_dash(printed):
            self._executor = "-"
        elif not is_empty(printed):
            self._executor, said = body(self.scope, found, row)
            yield from said
        elif is_empty(source):
            yield Unread(found.at(row, "executor"), "строка без исполнителя")
            return
        of = None if is_whole(source) else funding_source(source)
        if of is None and not is_whole(source):
            yield Unread(found.at(row, "source"), f"неизвестный источник «{plain(source)[:60]}»")
            return
        element = self._level.current
        self.rows.append(BudgetRow(found, row, element, self._executor, of))
        self._counted[element, self._executor] += 1
        if of in _NAMED:
            self._by_source.add((element, self._executor))
        if self._executor is not None:
            self._with_executors.add(element)

    def _open(self, found: Found, row: int, code: str, name: str) -> Iterator[Read]:
        """Goes on with the element of a row."""
        try:
            parsed = _parsed(code) if code else None
        except NotACode:
            self._level.current = ""
            at = found.at(row, "code" if "code" in found.columns else "mp")
            yield Unread(at, f"не код из четырёх частей: «{code[:60]}»")
            return
        for said in self._level.row(parsed, name, found.at(row, "name")):
            if isinstance(said, Said) and said.cell.endswith(":parent"):
                self._parents.add(said.value.value if isinstance(said.value, Stated) else "")
            yield said


def _parsed(code: str) -> ClassificationCode:
    """The code, whose first part at least is named. Refuses: NotACode."""
    parsed = ClassificationCode.parse(code)
    if parsed.program == "-":
        raise NotACode(value=code)
    return parsed


def body(scope: Scope, found: Found, row: int) -> tuple[str, list[Read]]:
    """The body in a row's column of executors, and its name if it is new."""
    printed = plain(found.cell(row, "executor"))
    new = not scope.names.is_named("body", printed)
    id_ = scope.names.body(printed, slug(printed))
    cell = cells.body(id_)
    said = Said(cell, Stated(value=printed), found.at(row, "executor"))
    return id_, [said] if new and not scope.knows(cell) else []


def code_of(found: Found, row: int) -> str:
    """The code as printed: glued in one column, or split over four."""
    if "mp" in found.columns:
        return plain(" ".join(found.cell(row, part) for part in _PARTS))
    return plain(" ".join(found.table.rows[row][column] for column in _code_columns(found)))


def _code_columns(found: Found) -> list[int]:
    """The columns under one header «Коды …», which may span several."""
    first = found.columns.get("code")
    if first is None:
        return []
    taken = set(found.columns.values())
    same = [
        column
        for column, text in enumerate(found.header)
        if text == found.header[first] and column not in taken
    ]
    return sorted([first, *same])
