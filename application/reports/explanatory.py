"""The tables of the explanatory report: what was not reached or not spent, and the acts of the year."""

from collections.abc import Iterator

from application.reports.figure import RUBLES, Figure, computed, difference
from application.reports.form_1 import Form1Row, form_1
from application.reports.form_3 import Form3Row, form_3
from application.reports.quarterly import QuarterlyMoney, quarterly
from domain.state import State
from domain.values import AbsenceReason, Direction, Value

_NO_FACT = {AbsenceReason.NOT_MEASURED, AbsenceReason.NOT_REPORTED, AbsenceReason.NOT_STATED}


class Unspent(Value):
    """A line of the budget that was not spent in full; `shortfall` is plan of the year − cash, in
    rubles, absent where no cash is reported.
    """

    line: QuarterlyMoney
    shortfall: Figure


class Explanatory(Value):
    """`indicators` that fell short of their targets or have no fact, `money` planned and not spent, each
    with its explanation; the `acts` of the year.
    """

    indicators: tuple[Form1Row, ...]
    money: tuple[Unspent, ...]
    acts: tuple[Form3Row, ...]


def explanatory(state: State, year: int) -> Explanatory:
    """The tables for a year. Where a direction is not stated, every deviation is shown."""
    return Explanatory(
        indicators=tuple(row for row in form_1(state, year).rows if not _reached(row)),
        money=tuple(_unspent(state, year)),
        acts=tuple(row for row in form_3(state, year).rows if row.in_period),
    )


def _reached(row: Form1Row) -> bool:
    """Whether the target is reached, or nothing was due."""
    plan, fact = row.plan.number, row.fact.number
    if plan is None:
        return True
    if fact is None:
        return row.fact.absent not in _NO_FACT
    if row.direction == Direction.INCREASE:
        return fact >= plan
    if row.direction == Direction.DECREASE:
        return fact <= plan
    return fact == plan


def _unspent(state: State, year: int) -> Iterator[Unspent]:
    """The lines with more money in the year's plan than spent by its end."""
    for line in quarterly(state, year).money:
        left = difference(line.plan_year.number, line.cash.number)
        owed = line.plan_year.number if left is None else left
        if owed is not None and owed > 0:
            sources = (*line.plan_year.sources, *line.cash.sources)
            shortfall = computed(left, "plan_year - cash", sources, unit=RUBLES)
            yield Unspent(line=line, shortfall=shortfall)
