"""Financing (Appendix 1) as printed: money by element, by source and year."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from application.reports.financing import FinancingRow, financing as figures, program_years
from application.reports.lines import bodies, lines, told_apart
from application.reports.printed import (
    Formula,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, all_years, printed_form, titles
from application.reports.printing.apart import narrowed
from application.reports.printing.cells import money, summed, text
from application.reports.printing.words import (
    AIMS,
    NOT_NAMED,
    OF_THEM,
    SOURCES,
    WHOLE,
    money_of,
    titled,
)
from application.reports.tree import PROGRAM, Tree, tree
from domain.state import State
from domain.values import FundingSource

TITLE = (
    "Приложение № 1. Объем финансовых ресурсов, необходимых для реализации мероприятий "
    "муниципальной программы"
)
BY_YEAR = "в том числе по годам реализации муниципальной программы, тыс. руб.:"
NAME = PrintedColumn("name", ("Наименование подпрограммы",), 34)
EXECUTOR = PrintedColumn("executor", ("Ответственный исполнитель",), 18)
SOURCE = PrintedColumn("source", ("Источник финансирования",), 18)
TOTAL = PrintedColumn("total", ("Общий объем финансовых ресурсов, тыс. руб.",), 13, "right")


@dataclass(slots=True)
class _Table:
    """The rows so far. `sums`: a total's row → the rows that it adds up."""

    years: list[int]
    with_executor: bool
    rows: list[PrintedRow] = field(default_factory=list)
    sums: dict[int, list[int]] = field(default_factory=dict)

    def add(
        self,
        name: str,
        source: str,
        of: FinancingRow,
        *,
        executor: str = WHOLE,
        total: bool = False,
    ) -> int:
        """Adds a row; its place."""
        who = [text(executor)] if self.with_executor else []
        by_year = [money(of.years[str(year)]) for year in self.years]
        over = Formula(f"SUM({','.join(f'{{y{year}}}' for year in self.years)})")
        cells = (text(name), *who, text(source), money(of.total, over), *by_year)
        self.rows.append(PrintedRow(cells, "total" if total else "row"))
        return len(self.rows) - 1

    def added_up(self) -> tuple[PrintedRow, ...]:
        """The rows with the formulas of their totals."""
        first_year = len(self.rows[0].cells) - len(self.years) if self.rows else 0
        for place, parts in self.sums.items():
            cells = list(self.rows[place].cells)
            for column in range(first_year, len(cells)):
                added = [(part, self.rows[part].cells[column]) for part in parts]
                cells[column] = summed(cells[column], added)
            self.rows[place] = replace(self.rows[place], cells=tuple(cells))
        return tuple(self.rows)


def financing(state: State, year: int, seen: Seen) -> PrintedForm:
    """Financing over all years of the program, whichever is asked about."""
    elements = tree(state)
    found = lines(state, elements, ["appropriation"])
    years = program_years(state, found)
    executors = told_apart(line.executor for line in found)
    table = _Table(years, bool(executors))
    data = figures(state).rows
    names = {one: one for one in executors} | bodies(state)
    alone = {one: figures(narrowed(state, executor=one)).rows for one in executors}
    own = {(line.element, line.executor) for line in found}
    own_elements = {name for name, _ in own}
    below = {above for line in found for above in list(elements.path(line.element))[1:]}
    for name, element in elements.elements.items():
        apart = [one for one in executors if (name, one) in own]
        of = [row for row in data if row.element == name]
        if not of or (element.kind in AIMS and name not in own_elements):
            continue
        opened = len(table.rows)
        for executor in apart:
            who = NOT_NAMED if executor == FundingSource.NOT_STATED else names[executor]
            for row in _by_source(alone[executor], name):
                table.add(_once(table, opened, elements, name), _source(row), row, executor=who)
        if name in below or not apart:
            for row in _by_source(of, name):
                table.add(_once(table, opened, elements, name), _source(row), row)
        if len(table.rows) > opened + 1:
            parts = list(range(opened, len(table.rows)))
            table.sums[table.add(money_of(element), "", of[-1], total=True)] = parts
    _whole(table, data)
    return printed_form(
        seen,
        state,
        "financing",
        year,
        titles(seen, state, TITLE, all_years(state)),
        [PrintedTable(_columns(table), table.added_up())],
    )


def _columns(table: _Table) -> tuple[PrintedColumn, ...]:
    by_year = (PrintedColumn(f"y{of}", (BY_YEAR, f"{of} год"), 12, "right") for of in table.years)
    who = (EXECUTOR,) if table.with_executor else ()
    return (NAME, *who, SOURCE, TOTAL, *by_year)


def _by_source(rows: Sequence[FinancingRow], element: str) -> list[FinancingRow]:
    """The rows of an element by source; where no source is named, that of all."""
    of = [row for row in rows if row.element == element]
    return [row for row in of if row.source is not None] or of


def _source(row: FinancingRow) -> str:
    return SOURCES[row.source or "-"]


def _once(table: _Table, opened: int, elements: Tree, name: str) -> str:
    """An element's name stands in its first row only."""
    return titled(elements.elements[name]) if len(table.rows) == opened else ""


def _whole(table: _Table, data: Sequence[FinancingRow]) -> None:
    """«ИТОГО», and of it by source."""
    of = [row for row in data if row.element == PROGRAM]
    whole = table.add("ИТОГО по муниципальной программе", "", of[-1], total=True)
    for n, row in enumerate(of[:-1]):
        place = table.add(OF_THEM if n == 0 else "", _source(row), row, total=True)
        table.sums.setdefault(whole, []).append(place)
