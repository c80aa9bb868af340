"""Random histories of one program, and viewpoints on them.

A history is a list of events: the n-th stands at position n, from 1. `histories()` are legal: what the
deciders let through. `tests.wild` has those that are not.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.dates import Assertion, Posting, Timing, Viewpoint, Withdrawal
from domain.event import Event
from tests.given import TODAY, appropriation, registered, target
from tests.moves import (
    CELLS,
    DAYS,
    OWN,
    ActInError,
    Decree,
    DrawnLine,
    Move,
    Paying,
    PuttingRight,
    Reporting,
    Withdrawing,
)

History = list[Event]

days = st.sampled_from(DAYS)
choices = st.integers(0, OWN)
digits = st.integers(0, 9)
seldom = st.sampled_from([False, False, False, True])
maybe_day = st.one_of(st.none(), st.none(), days)

_lines = st.builds(
    DrawnLine,
    cell=st.sampled_from(CELLS),
    becomes=digits,
    since=maybe_day,
    until=maybe_day,
    overlap=st.sampled_from(["replaces", "keeps"]),
)
decrees = st.builds(
    Decree,
    number=st.sampled_from(["1", "2", "10", "55"]),
    on=days,
    in_force=maybe_day,
    applies=maybe_day,
    lines=st.lists(
        _lines, min_size=1, max_size=3, unique_by=lambda line: (line.cell, line.since)
    ).map(tuple),
    restates=seldom,
    missed_of=st.one_of(st.none(), st.none(), choices),
)
withdrawals = st.builds(
    Withdrawing,
    of=choices,
    number=st.sampled_from(["61", "62", "63"]),
    on=days,
    since=st.one_of(days, st.just("beginning")),
    until=maybe_day,
    cell=st.one_of(st.none(), st.none(), choices),
    revives=st.booleans(),
)
corrections = st.builds(
    PuttingRight,
    of=choices,
    to=digits,
    day=days,
    cell=st.sampled_from(CELLS),
    what=st.sampled_from(["value", "cell", "since", "until", "document", "nothing"]),
)
reports = st.builds(
    Reporting,
    on=days,
    value=digits,
    kind=st.sampled_from(["final", "preliminary", "last_year"]),
)
payments = st.builds(
    Paying,
    on=st.sampled_from(DAYS[:8]),
    amount=digits,
    returns=st.one_of(st.none(), choices),
)
_WEIGHED: list[st.SearchStrategy[Any]] = [
    *[decrees] * 5,
    *[withdrawals] * 4,
    *[corrections] * 4,
    *[reports] * 3,
    *[payments] * 4,
    st.builds(ActInError, of=choices),
]
moves: st.SearchStrategy[Move] = st.sampled_from(range(len(_WEIGHED))).flatmap(_WEIGHED.__getitem__)


def histories(most: int = 12) -> st.SearchStrategy[History]:
    """Legal histories: a program's registration, some decrees, and then up to `most` moves, as far
    as the deciders let them through."""
    first = st.lists(decrees, min_size=1, max_size=4)
    return st.builds(_played, first, st.lists(moves, min_size=2, max_size=most))


def _played(first: list[Move], then: list[Move]) -> History:
    chronicle = registered(target("80"), appropriation("5000.00"))
    for move in [*first, *then]:
        move.play(chronicle)
    return list(chronicle.events.values())


def placed(history: History, first: int) -> History:
    """The same history as if recorded from position `first` on: what names a position follows."""
    return [
        event.model_copy(
            update={
                part: getattr(event, part) + first - 1
                for part in ("of_position", "replaces")
                if getattr(event, part, None) is not None
            }
        )
        for event in history
    ]


def turning_days(history: History) -> list[date]:
    """Every day on which an answer may change, and its eve."""
    found = {DAYS[0], TODAY}
    for timing in timings(history):
        last = timing.until_on
        found |= {timing.effective_on, timing.in_force_on, timing.dated_on}
        found |= {last, last + timedelta(1)} if last is not None and last < date.max else set()
    return sorted(found | {day - timedelta(1) for day in found if day > date.min})


def timings(history: History) -> Iterator[Timing]:
    for position, event in enumerate(history, start=1):
        for row in event.rows(position):
            if isinstance(row, Assertion | Withdrawal | Posting):
                yield row.timing


def viewpoints(history: History) -> st.SearchStrategy[Viewpoint]:
    """Places in time on a history: at, on the eve of and between all its dates."""
    some_days = st.sampled_from(turning_days(history))
    editions = sorted({timing.edition for timing in timings(history) if timing.is_act})
    return st.builds(
        Viewpoint,
        as_of=some_days,
        dated_by=st.one_of(some_days, st.just(TODAY)),
        at_position=st.one_of(st.just(len(history)), st.integers(0, len(history))),
        edition=st.one_of(st.none(), st.sampled_from(editions)),
    )
