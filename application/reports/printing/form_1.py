"""Form 1 as printed: what the indicators of the goal and the objectives reached."""

from itertools import groupby

from application.reports.figure import Figure
from application.reports.form_1 import Form1Row, form_1 as figures
from application.reports.printed import (
    Formula,
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.cells import EMPTY, figure, heading, text
from application.reports.printing.words import indicators_of
from application.reports.tree import tree
from domain.state import State
from domain.values import Direction

TITLE = (
    "Форма 1. Отчет о достигнутых значениях показателей цели и задач "
    "муниципальной программы (подпрограмм)"
)
VALUES = "Значение показателя"
WHY = "Обоснование отклонений значений целевого показателя (индикатора) на конец отчетного периода"
COLUMNS = (
    PrintedColumn("number", ("№ пп",), 4, "center"),
    PrintedColumn("name", ("Наименование показателя",), 26),
    PrintedColumn("unit", ("Ед. измерения",), 7, "center"),
    PrintedColumn(
        "last_fact",
        (VALUES, "факт на начало отчетного периода (за прошлый год)"),
        10,
        "right",
    ),
    PrintedColumn("plan", (VALUES, "план на конец отчетного (текущего) года"), 9, "right"),
    PrintedColumn("fact", (VALUES, "факт на конец отчетного периода"), 9, "right"),
    PrintedColumn("deviation", ("Абсолютное отклонение факта от плана",), 9, "right"),
    PrintedColumn("ratio", ("Относительное отклонение факта от плана, %",), 9, "right"),
    PrintedColumn("growth", ("Темп роста к уровню прошлого года, %",), 9, "right"),
    PrintedColumn(
        "explanation",
        (WHY,),
        20,
    ),
    PrintedColumn("calculation", ("Расчет значения показателя на конец отчетного периода",), 16),
)


def form_1(state: State, year: int, seen: Seen, *, blank: bool = False) -> PrintedForm:
    """Form 1 of a year. `blank`: plans and last year's facts are there, what is to be reported is empty,
    and the computed columns wait for it.
    """
    elements = tree(state).elements
    rows = [
        row
        for group, of in groupby(figures(state, year).rows, lambda one: one.group)
        for row in (
            heading(indicators_of(elements[group]), COLUMNS),
            *(_row(one, blank=blank) for one in of),
        )
    ]
    return printed_form(
        seen,
        state,
        "1",
        year,
        titles(seen, state, TITLE, f"за {year} год"),
        [PrintedTable(COLUMNS, tuple(rows))],
    )


def _row(one: Form1Row, *, blank: bool) -> PrintedRow:
    falls = one.direction == Direction.DECREASE

    def share(part: str, whole: str) -> str:
        return f"ROUND({{{part}}}/{{{whole}}}*100,2)"

    def computed(of: Figure, what: str, *operands: str, divisor: str = "") -> PrintedCell:
        if not blank:
            return figure(of, Formula(what))
        known = f"COUNT({','.join(f'{{{name}}}' for name in operands)})={len(operands)}"
        if divisor:
            known = f"AND({known},{{{divisor}}}<>0)"
        return PrintedCell(formula=Formula(f'IF({known},{what},"")'))

    ratio = ("plan", "fact") if falls else ("fact", "plan")
    growth = ("fact", "last_fact")
    return PrintedRow(
        (
            text(one.number),
            text(one.name),
            text(one.unit),
            figure(one.last_fact),
            figure(one.plan),
            EMPTY if blank else figure(one.fact),
            computed(one.deviation, "{fact}-{plan}", "fact", "plan"),
            computed(one.ratio, share(*ratio), *ratio, divisor=ratio[1]),
            computed(one.growth, share(*growth), *growth, divisor=growth[1]),
            EMPTY if blank else figure(one.explanation),
            EMPTY if blank else figure(one.calculation),
        )
    )
