"""Rules on money: printed sums against the lines that they add up, and lines against each other."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from application.reports.figure import Figure
from application.reports.financing import financing
from application.reports.form_2 import form_2
from application.reports.tree import PROGRAM
from application.rules.figures import (
    Slip,
    difference,
    number_of,
    read,
    rounded,
    russian,
    slip,
    text_of,
    told,
    wrong_digit,
)
from application.rules.rule import Rule, Subject
from application.rules.sheet import Sheet
from domain import cells
from domain.dates import Assertion, Viewpoint
from domain.findings import Finding
from domain.periods import Period
from domain.state import State

MONEY = ("plan-year", "plan-period", "cash")
THOUSAND = Decimal(1000)
_ZERO = Figure(value="0.00", rule="sum of lines", from_=())
_WHY = {
    Slip.TRUNCATED: ", знаки отброшены",
    Slip.ROUNDED: ", округлено не по правилу",
    Slip.SIGN: ", неверный знак",
}


class Sum(NamedTuple):
    """A printed sum in rubles beside the lines that it adds up."""

    said: Assertion
    right: Decimal
    positions: tuple[int, ...]


def scale(said: Assertion, otherwise: Decimal = THOUSAND) -> Decimal:
    """How many rubles one printed unit is: a thousand unless the paper's own figures say otherwise."""
    printed, rubles = read(said), number_of(said)
    return rubles / printed if printed and rubles else otherwise


def unit_of(figures: Iterator[Assertion]) -> Decimal:
    """The unit in which most of the figures are printed, for those that are zero."""
    found = Counter(scale(said) for said in figures if read(said) and number_of(said))
    return found.most_common(1)[0][0] if found else THOUSAND


def misses(said: Assertion, rubles: Decimal, otherwise: Decimal = THOUSAND) -> Slip | None:
    """How the printed sum misses an amount in rubles; None if it agrees or no number is printed."""
    printed = read(said)
    return None if printed is None else slip(printed, rubles / scale(said, otherwise))


def disagreement(rule: Rule, found: Sum, by: str, otherwise: Decimal = THOUSAND) -> Finding:
    """The finding that a printed sum is not what it should be. `by`: by what, Russian."""
    unit, printed = scale(found.said, otherwise), read(found.said) or Decimal(0)
    right = rounded(found.right / unit, 5)
    miss = misses(found.said, found.right, otherwise)
    digit = wrong_digit(printed, right) if miss is Slip.DIGIT else ""
    why = f", {digit}" if digit else _WHY.get(miss or Slip.OTHER, "")
    return rule.found(
        found.said.cell,
        f"Напечатано {told(found.said)}, а {by} {russian(right)}: "
        f"разница {russian(rounded(difference(printed, right), 5))}{why}",
        printed=text_of(found.said.value),
        computed=f"{found.right:.2f}",
        positions=tuple(sorted({found.said.position, *found.positions})),
    )


def sums(sheet: Sheet) -> Iterator[Sum]:
    """The sums of Form 2 and of Appendix 1 that a paper prints, beside its lines."""
    for year in _years(sheet):
        yield from _form_2(sheet, year)
    if any(cell.startswith("control:financing:") for cell in sheet.figures):
        yield from _financing(sheet)


def _years(sheet: Sheet) -> list[int]:
    named = (cells.parts(cell) for cell in sheet.figures)
    return sorted({int(p[2]) for p in named if p[1] in MONEY and p[2].isdigit()})


def _form_2(sheet: Sheet, year: int) -> Iterator[Sum]:
    rows = {
        (row.element or PROGRAM, row.executor_id or "all"): row
        for row in form_2(sheet.state, year).rows
    }
    apart = {element for element, executor in rows if executor != "all"}
    for cell, said in sheet.figures.items():
        match cells.parts(cell):
            case ["control", ("plan-year" | "plan-period" | "cash") as column, y, element, who]:
                if y != str(year):
                    continue
                if (row := rows.get((element, who))) is not None:
                    yield from _sum(said, getattr(row, column.replace("-", "_")))
                elif element in apart and who != "all":
                    yield from _sum(said, _ZERO)


def _financing(sheet: Sheet) -> Iterator[Sum]:
    rows = {(row.element, row.source or "all"): row for row in financing(sheet.state).rows}
    apart = {element for element, source in rows if source != "all"}
    for cell, said in sheet.figures.items():
        match cells.parts(cell):
            case ["control", "financing", element, source, column]:
                row = rows.get((element, source))
                if row is not None:
                    figure = row.total if column == "total" else row.years.get(column)
                    yield from _sum(said, figure)
                elif element in apart:
                    yield from _sum(said, _ZERO)


def _sum(said: Assertion, figure: Figure | None) -> Iterator[Sum]:
    if figure is not None and figure.number is not None:
        yield Sum(said, figure.number, figure.sources)


def _against_lines(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for sheet in subject.sheets:
        unit = unit_of(s.said for s in sums(sheet))
        for found in sums(sheet):
            if misses(found.said, found.right, unit):
                yield disagreement(rule, found, "по строкам", unit)


def _against_payments(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A line's reported cash against its payments up to the period's end, as the report knew them."""
    for cell, said in subject.state.cells.items():
        match cells.parts(cell):
            case ["cash-report", *line, period]:
                reported = number_of(said)
                paid = cells.cash(cells.Line(int(line[0]), *line[1:]))
                if reported is None or paid not in subject.state.moved:
                    continue
                known = Viewpoint(
                    min(subject.viewpoint.as_of, Period.parse(period).last_day),
                    min(subject.viewpoint.dated_by, said.timing.dated_on),
                    subject.viewpoint.at_position,
                )
                moved = subject.register.moved(known).get(paid)
                if moved is not None and misses(said, moved.amount, Decimal(1)):
                    found = Sum(said, moved.amount, moved.positions)
                    yield disagreement(rule, found, "по платежам", Decimal(1))


def _quarters(rule: Rule, subject: Subject) -> Iterator[Finding]:
    state = subject.state
    for cell, said in state.cells.items():
        match cells.parts(cell):
            case ["appropriation", year, *rest]:
                line = cells.Line(int(year), *rest)
                quarters = [
                    state.said(cells.period_plan(line, f"{year}-Q{n}")) for n in range(1, 5)
                ]
                stated = [n for q in quarters if (n := number_of(q)) is not None]
                planned = number_of(said)
                if planned is None or len(stated) < len(quarters) or sum(stated) == planned:
                    continue
                total = sum(stated, Decimal("0.00"))
                yield rule.found(
                    cell,
                    f"План на год {russian(planned)} руб., а четыре квартала вместе {russian(total)}"
                    f" руб.: разница {russian(difference(planned, total))}",
                    printed=text_of(said.value),
                    computed=f"{total:.2f}",
                    positions=tuple(sorted({said.position, *(q.position for q in quarters if q)})),
                )


def _forms_on_the_plan(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for cell, said in subject.state.cells.items():
        match cells.parts(cell):
            case ["control", "plan-year", year, "program", "all"]:
                for other in _yearly_totals(subject.state, year):
                    right = number_of(other)
                    if (
                        right is not None
                        and other.timing.document != said.timing.document
                        and misses(said, right)
                        and misses(other, number_of(said) or Decimal(0))
                    ):
                        found = Sum(said, right, (other.position,))
                        yield disagreement(rule, found, f"в документе {other.timing.document}")
                        break


def _yearly_totals(state: State, year: str) -> Iterator[Assertion]:
    for cell in (f"control:financing:program:all:{year}", f"control:passport:all:{year}"):
        if (said := state.said(cell)) is not None:
            yield said


RULES: tuple[Rule, ...] = (
    Rule(
        "sum_of_lines",
        "error",
        "Итог не равен сумме строк",
        "каждый напечатанный итог Формы 2 и приложения о финансировании (программа, элемент, исполнитель, "
        "источник, год) с суммой строк, из которых он состоит; строки берутся, как их знала сама бумага",
        "контрольное соотношение: итог равен сумме слагаемых",
        "Исполнители 312,48, 30,00 и 786,53, а «Всего» напечатано 1 128,01 вместо 1 129,01",
        _against_lines,
    ),
    Rule(
        "cash_against_payments",
        "error",
        "Касса отчёта не равна сумме платежей",
        "кассовое исполнение нарастающим итогом с платежами и возвратами до конца периода",
        "контрольное соотношение: отчёт об исполнении и платёжные поручения",
        "Платежи за год 700 000,00 и 55 310,00, а отчёт печатает 755,30 вместо 755,31",
        _against_payments,
    ),
    Rule(
        "quarters_against_year",
        "warning",
        "Кварталы не складываются в год",
        "сумму планов четырёх кварталов строки с её планом на год",
        "контрольное соотношение: год равен сумме кварталов",
        "Кварталы 10, 10, 10 и 10 руб., план на год 50 руб.",
        _quarters,
    ),
    Rule(
        "forms_disagree_on_the_plan",
        "warning",
        "Формы называют разный план на год",
        "«Всего» Формы 2 с итогом года в приложении о финансировании или в паспорте другого документа",
        "контрольное соотношение между формами",
        "В Форме 2 план на 2021 год 1 129,01, а в приложении к программе 1 229,01",
        _forms_on_the_plan,
    ),
)
