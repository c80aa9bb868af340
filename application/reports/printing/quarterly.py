"""The quarterly operative report as printed: money, indicators, procedures due."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from application.reports.printed import (
    Formula,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.cells import day, figure, heading, money, summed, text
from application.reports.printing.procedures import WITHOUT_INDICATOR
from application.reports.printing.words import (
    NOT_NAMED,
    QUARTERS,
    SOURCES,
    WHOLE,
    answering,
    called,
)
from application.reports.quarterly import (
    Quarterly,
    QuarterlyMoney,
    QuarterlyProcedure,
    quarterly as figures,
)
from application.reports.tree import tree
from domain.periods import Period
from domain.state import State

TITLE = "Оперативный отчет о реализации мероприятий муниципальной программы"
VOLUME, SHARE = "Объем финансирования, тыс. рублей", "Исполнено, %"
DUE = "Срок"
MONEY = (
    PrintedColumn("name", ("Мероприятие программы",), 30),
    PrintedColumn("executor", ("Исполнитель мероприятия",), 18),
    PrintedColumn("source", ("Источник финансирования",), 14),
    PrintedColumn("plan_year", (VOLUME, "предусмотрено на год"), 12, "right"),
    PrintedColumn("plan_period", (VOLUME, "предусмотрено с начала года"), 12, "right"),
    PrintedColumn("cash", (VOLUME, "исполнено с начала года"), 12, "right"),
    PrintedColumn("percent_year", (SHARE, "к плану года"), 10, "right"),
    PrintedColumn("percent_period", (SHARE, "к плану с начала года"), 10, "right"),
    PrintedColumn("explanation", ("Причины отклонения",), 20),
)
INDICATORS = (
    PrintedColumn("number", ("№ п/п",), 5, "center"),
    PrintedColumn("name", ("Целевой показатель",), 40),
    PrintedColumn("unit", ("Ед. изм.",), 10, "center"),
    PrintedColumn("plan", ("Установлено на год",), 11, "right"),
    PrintedColumn("fact", ("Достигнуто за квартал",), 11, "right"),
    PrintedColumn("ratio", ("Достигнуто, % к году",), 11, "right"),
    PrintedColumn("explanation", ("Причины отклонения",), 24),
)
PROCEDURES = (
    PrintedColumn("number", ("№ п/п",), 6, "center"),
    PrintedColumn("title", ("Процедура",), 40),
    PrintedColumn("responsible", ("Кто отвечает",), 24),
    PrintedColumn("starts_on", (DUE, "с"), 11, "center"),
    PrintedColumn("ends_on", (DUE, "по"), 11, "center"),
    PrintedColumn("completed_on", ("Исполнена",), 11, "center"),
)
SUMMED = ("plan_year", "plan_period", "cash")


def quarterly(state: State, year: int, seen: Seen, *, period: str | None = None) -> PrintedForm:
    """The operative report of a quarter: `period` (`2024-Q3`), left out the last one of the year that has
    ended on the day that the viewpoint is as of.
    """
    data = figures(state, year, seen.resolved.viewpoint.as_of, period=period)
    quarter = QUARTERS[Period.parse(data.period).last_day.month // 3 - 1]
    return printed_form(
        seen,
        state,
        "quarterly",
        year,
        titles(seen, state, TITLE, f"за {quarter} {year} года"),
        [_money(state, data), _indicators(data), _procedures(data)],
    )


def _money(state: State, data: Quarterly) -> PrintedTable:
    elements = tree(state).elements
    rows: list[PrintedRow] = []
    opened = None
    for line in data.money:
        rows.append(_line(line, called(elements, line.element) if line.element != opened else ""))
        opened = line.element
    for one in data.sources if rows else ():
        parts = [n for n, line in enumerate(data.money) if one.source in (None, line.source)]
        rows.append(_added_up(_line(one, WHOLE), rows, parts))
    return PrintedTable(MONEY, tuple(rows), caption="1. Финансирование")


def _line(one: QuarterlyMoney, name: str) -> PrintedRow:
    of_all = one.element is None and one.source is None
    return PrintedRow(
        (
            text(name),
            text((one.executor or NOT_NAMED) if one.element else ""),
            text("" if of_all else SOURCES[one.source or "-"]),
            money(one.plan_year),
            money(one.plan_period),
            money(one.cash),
            figure(one.percent_year, Formula("ROUND({cash}/{plan_year}*100,2)")),
            figure(one.percent_period, Formula("ROUND({cash}/{plan_period}*100,2)")),
            figure(one.explanation),
        ),
        "row" if one.element else "total",
    )


def _added_up(row: PrintedRow, rows: Sequence[PrintedRow], parts: Sequence[int]) -> PrintedRow:
    cells = (
        summed(cell, [(part, rows[part].cells[n]) for part in parts])
        if of.field in SUMMED
        else cell
        for n, (of, cell) in enumerate(zip(MONEY, row.cells, strict=True))
    )
    return replace(row, cells=tuple(cells))


def _indicators(data: Quarterly) -> PrintedTable:
    def ratio(rule: str | None) -> Formula:
        falls = rule is not None and rule.startswith("plan")
        return Formula(f"ROUND({'{plan}/{fact}' if falls else '{fact}/{plan}'}*100,2)")

    rows = (
        PrintedRow(
            (
                text(one.number),
                text(one.name),
                text(one.unit),
                figure(one.plan),
                figure(one.fact),
                figure(one.ratio, ratio(one.ratio.rule)),
                figure(one.explanation),
            )
        )
        for one in data.indicators
    )
    return PrintedTable(INDICATORS, tuple(rows), caption="2. Целевые показатели")


def _procedures(data: Quarterly) -> PrintedTable:
    rows: list[PrintedRow] = []
    for name, of in groupby(data.procedures, lambda one: one.indicator_name):
        rows += [heading(name or WITHOUT_INDICATOR, PROCEDURES), *map(_procedure, of)]
    caption = "3. Процедуры дорожной карты со сроком окончания в квартале"
    return PrintedTable(PROCEDURES, tuple(rows), caption=caption)


def _procedure(one: QuarterlyProcedure) -> PrintedRow:
    who = one.responsible
    return PrintedRow(
        (
            text(one.number),
            text(one.title),
            text(answering(who.position, who.person) if who else ""),
            day(one.starts_on),
            day(one.ends_on),
            day(one.completed_on),
        )
    )
