"""Random histories such as no decider would let through: any events, under any documents."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain import budget, commitment, indicator, program
from domain.event import Event
from domain.legal_act import Basis, DocumentKind
from domain.report import PeriodClosedEvent, PeriodReopened, ReportAccepted, ReportReturned
from domain.values import ElementKind, FundingSource
from tests.given import LINE, PROGRAM, appropriation, registered, target
from tests.moves import CELLS, DAYS, FACT, PLAN, value_of
from tests.strategies import History, days, digits, maybe_day, seldom

_KINDS = {
    "a": DocumentKind.ACT,
    "b": DocumentKind.ACT,
    "c": DocumentKind.ACT,
    "r": DocumentKind.REPORT,
    "m": DocumentKind.MEMO,
}
_bases = st.builds(
    lambda document, dated_on, in_force_on, day_order: Basis(
        document=document,
        kind=_KINDS[document],
        dated_on=dated_on,
        in_force_on=in_force_on or dated_on,
        day_order=day_order,
    ),
    st.sampled_from(sorted(_KINDS)),
    st.sampled_from(DAYS[2:6]),
    maybe_day,
    st.integers(0, 1),
)
_ABOUT: dict[str, st.SearchStrategy[Any]] = {
    "program": st.just(PROGRAM),
    "basis": _bases,
    "effective_on": st.one_of(days, st.just(date.min)),
    "until_on": maybe_day,
}
_LINE: dict[str, st.SearchStrategy[Any]] = {
    "year": st.just(LINE.year),
    "element": st.just(LINE.element),
    "executor": st.just(LINE.executor),
    "source": st.just(FundingSource(LINE.source)),
}
_indicators = st.sampled_from(["i1", "i2"])
_periods = st.just("2021")
_some_cell = st.one_of(
    st.none(), st.sampled_from([*CELLS, FACT, "indicator:i1:name", "period:2021:status"])
)
_amounts = digits.map(lambda drawn: f"{drawn}00.00")
wild_events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        indicator.TargetSet,
        **_ABOUT,
        indicator=_indicators,
        period=_periods,
        value=digits.map(lambda drawn: value_of("target", drawn)),
    ),
    st.builds(
        indicator.FactReported,
        **_ABOUT,
        indicator=_indicators,
        period=_periods,
        value=digits.map(lambda drawn: value_of(FACT, drawn)),
        preliminary=st.booleans(),
        last_year=st.booleans(),
        calculation=st.sampled_from([None, indicator.Calculation(formula="вымышлено")]),
    ),
    st.builds(
        indicator.Defined,
        **_ABOUT,
        indicator=_indicators,
        element=st.just("goal"),
        name=st.sampled_from(["", "Вымышленный", "Другой"]),
    ),
    st.builds(
        program.ElementAdded,
        **_ABOUT,
        element=st.just("goal"),
        kind=st.just(ElementKind.GOAL),
        name=st.sampled_from(["", "Цель", "Другая цель"]),
    ),
    st.builds(
        budget.AppropriationSet,
        **_ABOUT,
        **_LINE,
        value=digits.map(lambda drawn: value_of(PLAN, drawn)),
    ),
    st.builds(
        program.ActWithdrawn,
        **_ABOUT,
        act=st.sampled_from(["a", "b", "c"]),
        cell=_some_cell,
        recording_error=seldom,
    ),
    st.builds(
        program.ActWithdrawn,
        **_ABOUT,
        act=st.sampled_from(["a", "b", "c"]),
    ),
    st.builds(
        program.StatementWithdrawn,
        **_ABOUT,
        of_position=st.integers(1, 24),
        cell=_some_cell,
        reason=st.just("вымышлено"),
    ),
    st.builds(budget.CashExecutionPosted, **_ABOUT, **_LINE, amount=_amounts),
    st.builds(
        budget.CashExecutionReversed,
        **_ABOUT,
        **_LINE,
        amount=_amounts,
        of_position=st.integers(1, 24),
        reason=st.just("вымышлено"),
    ),
    st.builds(commitment.CommitmentMade, **_ABOUT, **_LINE, amount=_amounts),
    st.one_of(
        *(
            st.builds(kind, **_ABOUT, period=_periods)
            for kind in (ReportReturned, ReportAccepted, PeriodClosedEvent, PeriodReopened)
        )
    ),
)


def wild_histories(most: int = 14) -> st.SearchStrategy[History]:
    """A program's registration and then any events, in any order, under any documents."""
    own = list(registered(target("80"), appropriation("5000.00")).events.values())
    return st.lists(wild_events, min_size=2, max_size=most).map(lambda events: [*own, *events])
