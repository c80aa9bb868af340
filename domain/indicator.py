"""Indicator: baseline, targets, facts with their calculation and explanation."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import ClassVar, Literal

from pydantic import StrictBool

from domain import cells
from domain.dates import FINAL, LAST_YEAR, PRELIMINARY, Register, Row
from domain.event import Event, EventOfProgram, SourceCell, WithdrawsStatement
from domain.legal_act import Basis
from domain.locks import require_open
from domain.periods import Period, PeriodText
from domain.program import exists, require_period
from domain.refusals import (
    PeriodNotEnded,
    UnknownIndicator,
    ValueContradictsCalculation,
)
from domain.values import MOST_DIGITS, CellValue, Direction, Identifier, Stated, Text, Value, number


class Calculation(Value):
    """How a fact was computed: the formula as printed and, where it divides two numbers, these.

    value = numerator ÷ denominator × factor, rounded or cut to the digits that the value has.
    """

    formula: Text
    numerator: str | None = None
    denominator: str | None = None
    factor: str = "100"

    def computed(self) -> Decimal | None:
        """The exact result, None if the formula is only text or divides by zero."""
        if self.numerator is None or self.denominator is None or not number(self.denominator):
            return None
        with localcontext(prec=3 * MOST_DIGITS):
            return number(self.numerator) * number(self.factor) / number(self.denominator)

    def contradicts(self, value: str) -> Decimal | None:
        """The result at two digits if the value is neither it rounded nor it cut."""
        exact = self.computed()
        if exact is None:
            return None
        given = number(value)
        unit = Decimal(1).scaleb(int(given.as_tuple().exponent))
        with localcontext(prec=4 * MOST_DIGITS):
            if given in (exact.quantize(unit, ROUND_HALF_UP), exact.quantize(unit, ROUND_DOWN)):
                return None
            return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


class IndicatorEvent(EventOfProgram):
    """An event of the Indicator aggregate."""

    indicator: Identifier

    @property
    def stream(self) -> str:
        return f"indicator/{self.program}/{self.indicator}"


class Defined(IndicatorEvent):
    """An indicator came to exist on an element of the tree. `unit` is the printed unit of all its
    values; `type` the printed type («приоритетный целевой», …).
    """

    topic: ClassVar = "indicator.defined.v1"
    element: Identifier
    name: Text = ""
    unit: str = ""
    direction: Direction | None = None
    type: str | None = None
    number: str | None = None
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(
            position,
            cells.indicator(self.indicator, "element"),
            Stated(value=self.element),
            was=self.was,
        )
        for field in ("name", "unit", "direction", "type", "number"):
            if text := getattr(self, field):
                yield self.says(
                    position, cells.indicator(self.indicator, field), Stated(value=text)
                )


class Redefined(IndicatorEvent):
    """A field of an indicator (name, unit, direction, type, number, element) was stated anew."""

    topic: ClassVar = "indicator.redefined.v1"
    field: Literal["name", "unit", "direction", "type", "number", "element"]
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(
            position, cells.indicator(self.indicator, self.field), self.value, was=self.was
        )


class Retired(IndicatorEvent):
    """An indicator ceased to exist; its targets and facts are hidden with it."""

    topic: ClassVar = "indicator.retired.v1"
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        cell = cells.indicator(self.indicator, "element")
        yield self.says(position, cell, self.value, was=self.was)


class BaselineSet(IndicatorEvent):
    """The baseline was stated."""

    topic: ClassVar = "indicator.baseline_set.v1"
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.baseline(self.indicator), self.value, was=self.was)


class TargetSet(IndicatorEvent):
    """The planned value of a period was stated."""

    topic: ClassVar = "indicator.target_set.v1"
    period: PeriodText
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        cell = cells.target(self.indicator, self.period)
        yield self.says(position, cell, self.value, was=self.was)


class FactReported(IndicatorEvent):
    """The actual value of a period was reported; `effective_on` is the period's last day.

    `last_year`: printed by a later report as «факт за прошлый год». `as_printed`: why a value that its
    calculation contradicts was recorded all the same.
    """

    topic: ClassVar = "indicator.fact_reported.v1"
    period: PeriodText
    value: CellValue
    preliminary: StrictBool = False
    last_year: StrictBool = False
    calculation: Calculation | None = None
    as_printed: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        rank = LAST_YEAR if self.last_year else PRELIMINARY if self.preliminary else FINAL
        cell = cells.fact(self.indicator, self.period)
        yield self.says(position, cell, self.value, rank=rank)
        if self.calculation is not None:
            cell = cells.calculation(self.indicator, self.period)
            yield self.says(position, cell, Stated(value=self.calculation.formula), rank=rank)


class StatementWithdrawn(WithdrawsStatement, IndicatorEvent):
    """A statement about an indicator was recorded in error."""

    topic: ClassVar = "indicator.statement_withdrawn.v1"


class DeviationExplained(IndicatorEvent):
    """Why a fact deviates from its target."""

    topic: ClassVar = "indicator.deviation_explained.v1"
    period: PeriodText
    value: CellValue

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.explanation(self.indicator, self.period), self.value)


class ReportedFact(Value):
    """What a report says of one indicator in one period."""

    indicator: Identifier
    period: PeriodText
    value: CellValue
    preliminary: StrictBool = False
    last_year: StrictBool = False
    calculation: Calculation | None = None
    explanation: CellValue | None = None
    as_printed: Text = ""
    at: SourceCell | None = None


# Deciders


def require_indicator(register: Register, program: str, indicator: str) -> None:
    """Refuses (UnknownIndicator) what no document ever defined, or what no longer exists."""
    if not exists(register, cells.indicator(indicator, "element"), register.now_known):
        raise UnknownIndicator(indicator=indicator, program=program, exists="")


def holds_from(period: Period, basis: Basis, *, preliminary: bool) -> date:
    """The period's last day; a preliminary fact holds from its document's day if that is earlier."""
    return min(period.last_day, basis.dated_on) if preliminary else period.last_day


def report_fact(
    register: Register, program: str, basis: Basis, reported: ReportedFact, today: date
) -> list[Event]:
    """A fact and its explanation.

    What the next report prints as last year's figure only stands behind: no period is locked for it.
    Refuses: UnknownIndicator, NotAPeriod, PeriodOutsideProgram, PeriodClosed, ReportUnderReview,
    PeriodNotEnded (unless preliminary), NotANumber, ValueContradictsCalculation (unless `as_printed`
    says why).
    """
    require_indicator(register, program, reported.indicator)
    period = require_period(register, reported.period, year_before=reported.last_year)
    if not reported.last_year or reported.explanation is not None:
        require_open(register, period, today)
    if period.last_day > today and not reported.preliminary:
        raise PeriodNotEnded(period=reported.period, today=today)
    if isinstance(reported.value, Stated):
        number(reported.value.value)
        if reported.calculation is not None and not reported.as_printed:
            computed = reported.calculation.contradicts(reported.value.value)
            if computed is not None:
                raise ValueContradictsCalculation(
                    indicator=reported.indicator, value=reported.value.value, computed=computed
                )
    about = {
        "program": program,
        "basis": basis,
        "indicator": reported.indicator,
        "period": reported.period,
        "at": reported.at,
        "effective_on": holds_from(period, basis, preliminary=reported.preliminary),
    }
    events: list[Event] = [
        FactReported(
            **about,
            value=reported.value,
            preliminary=reported.preliminary,
            last_year=reported.last_year,
            calculation=reported.calculation,
            as_printed=reported.as_printed,
        )
    ]
    if reported.explanation is not None:
        events.append(DeviationExplained(**about, value=reported.explanation))
    return events


def explain_deviation(
    register: Register,
    program: str,
    basis: Basis,
    indicator: str,
    period: str,
    value: CellValue,
    today: date,
) -> list[Event]:
    """Why a fact deviates. Refuses: UnknownIndicator, NotAPeriod, PeriodOutsideProgram, PeriodClosed,
    ReportUnderReview.
    """
    require_indicator(register, program, indicator)
    span = require_period(register, period)
    require_open(register, span, today)
    return [
        DeviationExplained(
            program=program,
            basis=basis,
            indicator=indicator,
            effective_on=span.last_day,
            period=period,
            value=value,
        )
    ]
