"""The tables of the explanatory report as printed."""

from application.reports.explanatory import Explanatory, explanatory as figures
from application.reports.printed import (
    Formula,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.cells import figure, money, text
from application.reports.printing.form_3 import acts_notes, acts_table
from application.reports.printing.words import NOT_NAMED, SOURCES, called
from application.reports.tree import tree
from domain.state import State

TITLE = "Доклад о ходе реализации муниципальной программы"
INDICATORS = (
    PrintedColumn("number", ("№ пп",), 5, "center"),
    PrintedColumn("name", ("Показатель",), 40),
    PrintedColumn("unit", ("Ед. изм.",), 9, "center"),
    PrintedColumn("plan", ("План",), 10, "right"),
    PrintedColumn("fact", ("Достигнуто",), 10, "right"),
    PrintedColumn("deviation", ("Отклонение",), 10, "right"),
    PrintedColumn("explanation", ("Пояснение",), 30),
)
MONEY = (
    PrintedColumn("name", ("Мероприятие программы",), 32),
    PrintedColumn("executor", ("Исполнитель",), 18),
    PrintedColumn("source", ("Источник",), 14),
    PrintedColumn("plan_year", ("План на год, тыс. руб.",), 12, "right"),
    PrintedColumn("cash", ("Израсходовано, тыс. руб.",), 12, "right"),
    PrintedColumn("shortfall", ("Не израсходовано, тыс. руб.",), 12, "right"),
    PrintedColumn("explanation", ("Пояснение",), 26),
)


def explanatory(state: State, year: int, seen: Seen) -> PrintedForm:
    """The tables of the explanatory report of a year: what was not reached, what was not spent, and by
    which acts the program was changed.
    """
    data = figures(state, year)
    return printed_form(
        seen,
        state,
        "explanatory",
        year,
        titles(seen, state, TITLE, f"за {year} год"),
        [
            _indicators(data),
            _money(state, data),
            acts_table(data.acts, "3. Изменения, внесенные в муниципальную программу за год"),
        ],
        notes=acts_notes(data.acts),
    )


def _indicators(data: Explanatory) -> PrintedTable:
    rows = (
        PrintedRow(
            (
                text(one.number),
                text(one.name),
                text(one.unit),
                figure(one.plan),
                figure(one.fact),
                figure(one.deviation, Formula("{fact}-{plan}")),
                figure(one.explanation),
            )
        )
        for one in data.indicators
    )
    caption = "1. Показатели, плановые значения которых не достигнуты"
    return PrintedTable(INDICATORS, tuple(rows), caption=caption)


def _money(state: State, data: Explanatory) -> PrintedTable:
    elements = tree(state).elements
    rows = (
        PrintedRow(
            (
                text(called(elements, line.element)),
                text(line.executor or NOT_NAMED),
                text(SOURCES[line.source or "-"]),
                money(line.plan_year),
                money(line.cash),
                money(one.shortfall, Formula("{plan_year}-{cash}")),
                figure(line.explanation),
            )
        )
        for one in data.money
        for line in (one.line,)
    )
    caption = "2. Средства, не израсходованные в полном объеме"
    return PrintedTable(MONEY, tuple(rows), caption=caption)
