"""The road map of money as printed: what is planned for each quarter, who answers, what result is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from application.reports.figure import Figure
from application.reports.lines import lines, told_apart
from application.reports.money_roadmap import (
    Quarters,
    Result,
    RoadmapRow,
    money_roadmap as figures,
)
from application.reports.printed import PrintedColumn, PrintedForm, PrintedRow, PrintedTable
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.apart import narrowed
from application.reports.printing.cells import figure, heading, money, summed, text
from application.reports.printing.words import (
    NOT_NAMED,
    QUARTERS,
    SOURCES,
    WHOLE,
    money_of,
    titled,
)
from application.reports.tree import Tree, tree
from domain.state import State

TITLE = "«Дорожная карта» (план-график) по выполнению основных мероприятий"
PROCEDURES = (
    "Перечень стандартных процедур, обеспечивающих выполнение основного мероприятия, "
    "с указанием предельных сроков их исполнения"
)
NAME = PrintedColumn("name", (PROCEDURES,), 32)
RESPONSIBLE = PrintedColumn(
    "responsible", ("Ответственный исполнитель (Управление, отдел, ФИО)",), 20
)
SOURCE = PrintedColumn("source", ("Источник финансирования",), 14)
RESULT = PrintedColumn("result", ("Результат выполнения",), 40)


@dataclass(slots=True)
class _Table:
    """The rows so far, and the places of those that the totals add up."""

    columns: tuple[PrintedColumn, ...]
    rows: list[PrintedRow] = field(default_factory=list)
    added: list[int] = field(default_factory=list)

    def add(self, cells: dict[str, str], quarters: Quarters) -> None:
        """A row of money."""
        self.added.append(len(self.rows))
        self.rows.append(self._row(cells, quarters))

    def total(self, name: str, quarters: Quarters, of: Sequence[int]) -> None:
        """A row that adds up others."""
        row = self._row({"name": name}, quarters)
        cells = [
            summed(cell, [(place, self.rows[place].cells[n]) for place in of])
            for n, cell in enumerate(row.cells)
        ]
        self.rows.append(replace(row, cells=tuple(cells), kind="total"))

    def _row(self, cells: dict[str, str], quarters: Quarters) -> PrintedRow:
        by_quarter = {f"q{n}": money(of) for n, of in enumerate(quarters, start=1)}
        return PrintedRow(
            tuple(
                by_quarter.get(column.field) or text(cells.get(column.field))
                for column in self.columns
            )
        )


def money_roadmap(state: State, year: int, seen: Seen) -> PrintedForm:
    """The road map of a year's money; totals stand below each subprogram and below all."""
    elements = tree(state)
    sources = told_apart(one.source for one in lines(state, elements, ["period-plan"], year))
    data = figures(state, year)
    upper = f"{year} год (тыс. руб.)"
    quarters = (
        PrintedColumn(f"q{n}", (upper, name), 12, "right")
        for n, name in enumerate(QUARTERS, start=1)
    )
    table = _Table((NAME, RESPONSIBLE, *((SOURCE,) if sources else ()), *quarters, RESULT))
    apart = {
        source: {
            (row.element, row.responsible_id): row
            for row in figures(narrowed(state, source=source), year).rows
        }
        for source in sorted(sources, key=list(SOURCES).index)
    }
    totals = {one.element: one for one in data.subprograms}
    for subprogram, rows in groupby(data.rows, lambda one: one.subprogram):
        first = len(table.added)
        if subprogram is not None:
            table.rows.append(heading(titled(elements.elements[subprogram]), table.columns))
        for row, source in _told_apart(list(rows), apart):
            table.add(_texts(row, source, elements), row.quarters)
        if subprogram is not None:
            name = money_of(elements.elements[subprogram])
            table.total(name, totals[subprogram].quarters, table.added[first:])
    if data.rows:
        table.total(f"{WHOLE} по муниципальной программе", data.quarters, table.added)
    return printed_form(
        seen,
        state,
        "money-roadmap",
        year,
        titles(seen, state, TITLE, f"на {year} год"),
        [PrintedTable(table.columns, tuple(table.rows))],
    )


def _told_apart(
    rows: Sequence[RoadmapRow], apart: dict[str, dict[tuple[str, str | None], RoadmapRow]]
) -> Iterator[tuple[RoadmapRow, str]]:
    """The rows, one a source where sources are named."""
    for row in rows:
        if not apart:
            yield row, ""
        key = (row.element, row.responsible_id)
        yield from ((of[key], SOURCES[name]) for name, of in apart.items() if key in of)


def _texts(row: RoadmapRow, source: str, elements: Tree) -> dict[str, str]:
    return {
        "name": titled(elements.elements[row.element]),
        "responsible": row.responsible or NOT_NAMED,
        "source": source,
        "result": "\n".join(_result(one) for one in row.result),
    }


def _result(one: Result) -> str:
    """«Доля граждан в 2021 г. – 75%, в 2022 г. – 80%»."""
    due = ", ".join(
        f"в {period} г. – {_amount(figure_, one.unit)}" for period, figure_ in one.targets.items()
    )
    return f"{one.name or ''} {due}".strip()


def _amount(of: Figure, unit: str | None) -> str:
    amount = figure(of).text
    if of.value is None or not unit:
        return amount
    return f"{amount}%" if unit == "%" else f"{amount} {unit}"
