"""Random histories have in them what they are meant to have."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import Phase, given, settings

from domain.budget import CashExecutionPosted, CashExecutionReversed
from domain.dates import ALWAYS, LAST_YEAR, PRELIMINARY, Assertion, Withdrawal, hits
from domain.event import Event, WithdrawsStatement
from domain.indicator import FactReported
from domain.program import ActRecorded, ActWithdrawn, AmendmentApplied
from tests.strategies import History, histories, placed


def of(history: History, kind: type[Event]) -> list[Event]:
    return [event for event in history if isinstance(event, kind)]


def withdrawals(history: History) -> list[Withdrawal]:
    return [
        row
        for position, event in enumerate(history, start=1)
        for row in event.rows(position)
        if isinstance(row, Withdrawal)
    ]


def act_days(history: History) -> list[tuple[object, int]]:
    return [e.basis.edition for e in of(history, ActRecorded)]


def right(history: History, differs: Callable[[Event, Event], bool]) -> bool:
    """Whether something was put right that differs so from what was wrong."""
    return any(
        event.replaces is not None
        and not isinstance(event, CashExecutionPosted)
        and differs(history[event.replaces - 1], event)
        for event in history
    )


def said(event: Event) -> set[str]:
    return {row.cell for row in event.rows(1) if isinstance(row, Assertion)}


def rank(event: Event) -> int:
    return next(row.rank for row in event.rows(1) if isinstance(row, Assertion))


FEATURES: dict[str, Callable[[History], bool]] = {
    "late entry": lambda h: any(one > two for one, two in pairwise(act_days(h))),
    "same-day acts": lambda h: len({e[0] for e in act_days(h)}) < len(set(act_days(h))),
    "terms": lambda h: any(e.until_on for e in h),
    "restating acts": lambda h: any(e.model_dump()["restates"] for e in of(h, AmendmentApplied)),
    "in force later": lambda h: any(e.basis.in_force_on > e.basis.dated_on for e in h[9:]),
    "annulments from a day": lambda h: any(
        not w.recording_error and w.timing.effective_on > ALWAYS and not w.timing.until_on
        for w in withdrawals(h)
    ),
    "annulments from the beginning": lambda h: any(
        not w.recording_error and w.timing.effective_on == ALWAYS for w in withdrawals(h)
    ),
    "suspensions": lambda h: any(
        not w.recording_error and w.timing.until_on for w in withdrawals(h)
    ),
    "one cell withdrawn": lambda h: any(e.model_dump()["cell"] for e in of(h, ActWithdrawn)),
    "withdrawals withdrawn": lambda h: any(
        hits(one, two) and not one.recording_error
        for one in withdrawals(h)
        for two in withdrawals(h)
    ),
    "withdrawals in error": lambda h: any(
        hits(one, two) and one.recording_error for one in withdrawals(h) for two in withdrawals(h)
    ),
    "acts in error": lambda h: any(e.model_dump()["recording_error"] for e in of(h, ActWithdrawn)),
    "statements taken back": lambda h: bool(of(h, WithdrawsStatement)),
    "values put right": lambda h: right(
        h, lambda wrong, good: wrong.model_dump().get("value") != good.model_dump().get("value")
    ),
    "cells put right": lambda h: right(h, lambda wrong, good: said(wrong) != said(good)),
    "days of effect put right": lambda h: right(
        h, lambda wrong, good: wrong.effective_on != good.effective_on
    ),
    "last days put right": lambda h: right(h, lambda wrong, good: wrong.until_on != good.until_on),
    "documents put right": lambda h: right(
        h, lambda wrong, good: wrong.basis.document != good.basis.document
    ),
    "final and other facts": lambda h: len({rank(e) for e in of(h, FactReported)}) > 1,
    "last year's facts": lambda h: any(rank(e) == LAST_YEAR for e in of(h, FactReported)),
    "preliminary facts": lambda h: any(rank(e) == PRELIMINARY for e in of(h, FactReported)),
    "returns": lambda h: any(
        not e.model_dump()["recording_error"] for e in of(h, CashExecutionReversed)
    ),
    "payments in error": lambda h: any(
        e.model_dump()["recording_error"] for e in of(h, CashExecutionReversed)
    ),
}


def test_random_histories_have_all_of_it() -> None:
    """Always the same examples, so that this can not fail by chance."""
    found: set[str] = set()

    @settings(
        max_examples=200, phases=[Phase.generate], derandomize=True, database=None, deadline=None
    )
    @given(histories())
    def look(history: History) -> None:
        found.update(name for name in FEATURES.keys() - found if FEATURES[name](history))

    look()
    assert FEATURES.keys() - found == set()


@given(histories())
def test_a_history_placed_elsewhere_names_the_positions_of_its_new_place(history: History) -> None:
    for here, there in zip(history, placed(history, 101), strict=True):
        if isinstance(here, WithdrawsStatement):
            assert there.model_dump()["of_position"] == here.of_position + 100
        assert there.replaces == (here.replaces + 100 if here.replaces else None)
