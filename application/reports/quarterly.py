"""The quarterly operative report: money since the year's start, indicators, procedures due."""

from collections.abc import Iterator, Sequence
from datetime import date

from application.reports.figure import (
    RUBLES,
    Figure,
    computed,
    moved,
    percent,
    stated,
    total,
)
from application.reports.lines import bodies, lines
from application.reports.procedures import ResponsibleView, procedures
from application.reports.tree import indicators, tree
from domain import cells
from domain.cells import Line
from domain.periods import Period
from domain.state import State
from domain.values import AbsenceReason, Direction, FundingSource, Value

_MONEY = ("appropriation", "period-plan", "cash", "cash-report")


class QuarterlyMoney(Value):
    """A line of the budget, or one source of all of them (`element` null), or everything (`source`
    null too). Rubles since the year's start; `percent` is cash ÷ plan of the period × 100.
    """

    element: str | None
    name: str | None
    executor: str | None
    source: str | None
    plan_year: Figure
    plan_period: Figure
    cash: Figure
    percent_year: Figure
    percent_period: Figure
    explanation: Figure


class QuarterlyIndicator(Value):
    """An indicator with the year's target and what the quarter's report states. `ratio` is fact ÷ plan
    × 100, for an indicator that is meant to fall plan ÷ fact × 100.
    """

    group: str
    indicator: str
    number: str | None
    name: str | None
    unit: str | None
    plan: Figure
    fact: Figure
    ratio: Figure
    explanation: Figure


class QuarterlyProcedure(Value):
    """A window of a procedure that ends in the quarter. `completed_on` null: not done yet."""

    indicator: str | None
    indicator_name: str | None
    procedure: str
    number: str | None
    title: str
    responsible: ResponsibleView | None
    starts_on: date | None
    ends_on: date
    completed_on: date | None


class Quarterly(Value):
    """The report of one quarter. `sources` sum `money` up, the last of them all of it."""

    period: str
    money: tuple[QuarterlyMoney, ...]
    sources: tuple[QuarterlyMoney, ...]
    indicators: tuple[QuarterlyIndicator, ...]
    procedures: tuple[QuarterlyProcedure, ...]


def quarter_of(year: int, as_of: date | None = None) -> str:
    """The quarter to report on: the last one of the year that has ended at `as_of`, the first one while
    none has; left out, the fourth.
    """
    if as_of is None or as_of.year > year:
        return f"{year}-Q4"
    ended = [n for n in range(1, 5) if Period.parse(f"{year}-Q{n}").last_day <= as_of]
    return f"{year}-Q{max(ended, default=1)}"


def quarterly(
    state: State, year: int, as_of: date | None = None, *, period: str | None = None
) -> Quarterly:
    """The operative report of a quarter of the year: `period` (`2024-Q3`), else `quarter_of` the day
    that the viewpoint is as of. Payments count by their own day: `state` is to be as of the quarter's end.

    Refuses: NotAPeriod.
    """
    quarter = Period.parse(period or quarter_of(year, as_of))
    elements, names = tree(state), bodies(state)
    money = tuple(
        _line(state, line, quarter, elements.name(line.element), names)
        for line in lines(state, elements, _MONEY, year)
    )
    return Quarterly(
        period=quarter.text,
        money=money,
        sources=tuple(_sums(money)),
        indicators=tuple(_indicators(state, quarter)),
        procedures=tuple(_due(state, year, quarter)),
    )


def since_start(quarter: Period) -> tuple[str, ...]:
    """The periods whose cumulative figures speak of a quarter's end, the quarter's own first."""
    return (
        quarter.text,
        *{6: (f"{quarter.year}-H1",), 12: (str(quarter.year),)}.get(quarter.last_day.month, ()),
    )


def _line(
    state: State, line: Line, quarter: Period, name: str | None, names: dict[str, str]
) -> QuarterlyMoney:
    named = line.executor != FundingSource.NOT_STATED
    plan_year = stated(state.said(cells.appropriation(line)), RUBLES)
    plan_period, cash = _plan(state, line, quarter), _cash(state, line, quarter)
    explanation = _first(state, [cells.explanation(line.key, of) for of in since_start(quarter)])
    return QuarterlyMoney(
        element=line.element,
        name=name,
        executor=names.get(line.executor, line.executor) if named else None,
        source=line.source if line.source != FundingSource.NOT_STATED else None,
        **_shares(plan_year, plan_period, cash),
        explanation=explanation,
    )


def _plan(state: State, line: Line, quarter: Period) -> Figure:
    """The plan since the year's start: as stated for the whole time, else the sum of its quarters."""
    whole = [cells.period_plan(line, of) for of in since_start(quarter)[1:]]
    if (said := _first(state, whole)).value is not None:
        return said
    last = quarter.last_day.month // 3
    plans = (cells.period_plan(line, f"{quarter.year}-Q{n}") for n in range(1, last + 1))
    return total([stated(state.said(plan), RUBLES) for plan in plans], "sum of quarters")


def _cash(state: State, line: Line, quarter: Period) -> Figure:
    """The sum of the line's postings if there are any, else the report's cumulative figure."""
    if (posted := state.moved.get(cells.cash(line))) is not None:
        return moved(posted)
    reported = [cells.cash_report(line, of) for of in since_start(quarter)]
    return _first(state, reported, AbsenceReason.NOT_REPORTED)


def _first(
    state: State, keys: Sequence[str], otherwise: AbsenceReason = AbsenceReason.NOT_STATED
) -> Figure:
    """The first of some cells that anything is said of."""
    said = next((one for key in keys if (one := state.said(key)) is not None), None)
    unit = RUBLES if keys and not keys[0].startswith("explanation") else None
    return stated(said, unit, otherwise)


def _shares(plan_year: Figure, plan_period: Figure, cash: Figure) -> dict[str, Figure]:
    def share(plan: Figure, name: str) -> Figure:
        sources = (*cash.sources, *plan.sources)
        rule = f"cash / {name} * 100"
        return computed(percent(cash.number, plan.number), rule, sources, unit="%")

    return {
        "plan_year": plan_year,
        "plan_period": plan_period,
        "cash": cash,
        "percent_year": share(plan_year, "plan_year"),
        "percent_period": share(plan_period, "plan_period"),
    }


def _sums(money: Sequence[QuarterlyMoney]) -> Iterator[QuarterlyMoney]:
    """A row a source, and one of everything."""
    apart = [source for source in FundingSource if any(one.source == source for one in money)]
    for source in (*apart, None):
        of = [one for one in money if source in (None, one.source)]
        plan_year, plan_period = (
            total([getattr(one, field) for one in of], "sum of lines")
            for field in ("plan_year", "plan_period")
        )
        cash = total([one.cash for one in of], "sum of lines", None, AbsenceReason.NOT_REPORTED)
        yield QuarterlyMoney(
            element=None,
            name=None,
            executor=None,
            source=source,
            **_shares(plan_year, plan_period, cash),
            explanation=stated(None),
        )


def _indicators(state: State, quarter: Period) -> Iterator[QuarterlyIndicator]:
    """The indicators with a target of the year or a fact of the quarter."""
    for one in indicators(state, tree(state)):
        periods = since_start(quarter)
        plan = stated(state.said(cells.target(one.id, str(quarter.year))), one.unit)
        facts = [state.said(cells.fact(one.id, of)) for of in periods]
        said = next((fact for fact in facts if fact is not None), None)
        fact = stated(said, one.unit, AbsenceReason.NOT_REPORTED)
        if plan.position is None and said is None:
            continue
        falls = one.direction == Direction.DECREASE
        part, whole = (plan, fact) if falls else (fact, plan)
        yield QuarterlyIndicator(
            group=one.element,
            indicator=one.id,
            number=one.number,
            name=one.name,
            unit=one.unit,
            plan=plan,
            fact=fact,
            ratio=computed(
                percent(part.number, whole.number),
                "plan / fact * 100" if falls else "fact / plan * 100",
                (*fact.sources, *plan.sources),
                unit="%",
            ),
            explanation=_first(state, [cells.explanation(one.id, of) for of in periods]),
        )


def _due(state: State, year: int, quarter: Period) -> Iterator[QuarterlyProcedure]:
    """The windows that end in the quarter, in the order of the road map."""
    for row in procedures(state, year).rows:
        for window in row.windows:
            if window.ends_on and quarter.first_day <= window.ends_on <= quarter.last_day:
                yield QuarterlyProcedure(
                    indicator=row.indicator,
                    indicator_name=row.indicator_name,
                    procedure=row.procedure,
                    number=row.number,
                    title=row.title,
                    responsible=row.responsible,
                    starts_on=window.starts_on,
                    ends_on=window.ends_on,
                    completed_on=window.completed_on,
                )
