"""The story of one cell: every statement about it, which one wins at the viewpoint, and why."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from application.ledger import Recorded
from application.ports import ReadModel, RecordedQuery
from application.reports.figure import Figure, stated
from domain.access import Actor
from domain.budget import CashExecutionReversed
from domain.dates import (
    Assertion,
    Posting,
    Timing,
    Viewpoint,
    Withdrawal,
    hits,
    precedence,
    standing,
)
from domain.event import SourceCell
from domain.late_correction import CorrectionGrounded
from domain.refusals import UnknownCell
from domain.values import Value

RUN = 100
"""Events that lie nearer to each other in the log are read at once."""


class StatementView(Value):
    """One statement: what it says, its dates, who recorded it in which role (not shown to all: None), and
    why it does or does not count.

    `at` is where it stands in the paper, `paper` the SHA-256 of the file that it was read from.
    `verdict`: `wins`, `later_document`, `withdrawn`, `not_yet_effective`, `no_longer_effective`,
    `document_too_late`, `not_yet_in_force`, `after_edition`, `not_yet_known`. `by`: the position that
    decides it.
    """

    said: Figure
    was: Figure | None
    effective_on: date
    until_on: date | None
    dated_on: date
    in_force_on: date
    recorded_at: datetime
    actor: Actor | None
    role: str
    replaces: int | None
    verdict: str
    by: int | None
    at: SourceCell | None
    paper: str | None


class WithdrawalView(Value):
    """What no longer counts and since when; `recording_error` counts from always. `grounds`: the document
    on whose grounds an error was put right, if one was named.
    """

    position: int
    of_position: int | None
    of_document: str | None
    recording_error: bool
    document: str
    effective_on: date
    until_on: date | None
    dated_on: date
    reason: str
    grounds: str | None
    stands: bool


class PostingView(Value):
    """An amount that adds up, in rubles; `at` and `paper` as of a statement, `grounds` as of a withdrawal."""

    position: int
    amount: str
    document: str
    effective_on: date
    dated_on: date
    counts: bool
    at: SourceCell | None
    paper: str | None
    grounds: str | None


class StoryView(Value):
    """Everything about one cell."""

    cell: str
    winner: int | None
    statements: tuple[StatementView, ...]
    withdrawals: tuple[WithdrawalView, ...]
    postings: tuple[PostingView, ...]
    sum: str | None


def story(model: ReadModel, program: str, cell: str, view: Viewpoint) -> StoryView:
    """The story of a cell as known at the viewpoint. Refuses: UnknownCell."""
    told = model.story(program, cell)
    known = [said for said in told.assertions if said.position <= view.at_position]
    postings = [p for p in told.postings if p.position <= view.at_position]
    if not known and not postings:
        raise UnknownCell(cell=cell, program=program)
    gone = standing(told.withdrawals, view)
    counted = [
        said for said in known if view.sees(said.timing) and not any(hits(w, said) for w in gone)
    ]
    winner = max(counted, key=precedence, default=None)
    touching = [
        w
        for w in told.withdrawals
        if w.position <= view.at_position and any(hits(w, said) for said in known)
    ]
    seen = [p for p in postings if view.sees(p.timing)]
    positions = [*(said.position for said in known), *(p.position for p in postings)]
    recorded = _recorded(model, program, positions)
    grounds = _grounds(model, program, view) if touching or postings else {}
    return StoryView(
        cell=cell,
        winner=winner.position if winner else None,
        statements=tuple(
            _statement(recorded[said.position], said, view, gone, winner) for said in known
        ),
        withdrawals=tuple(_withdrawal(w, gone, grounds) for w in touching),
        postings=tuple(
            _posting(recorded[p.position], p, grounds, counts=p in seen) for p in postings
        ),
        sum=str(sum((p.amount for p in seen), Decimal("0.00"))) if postings else None,
    )


def _recorded(model: ReadModel, program: str, positions: Collection[int]) -> Mapping[int, Recorded]:
    """The events of a program at these positions."""
    found: dict[int, Recorded] = {}
    for first in sorted(positions):
        if first not in found:
            last = max(position for position in positions if position < first + RUN)
            asked = RecordedQuery(program=program, after=first - 1, up_to=last, limit=RUN)
            found |= {recorded.position: recorded for recorded in model.events(asked)}
    return found


def _grounds(model: ReadModel, program: str, view: Viewpoint) -> Mapping[int, str]:
    """The documents on whose grounds statements and postings were put right, by what they put right."""
    asked = RecordedQuery(
        program=program, topic=CorrectionGrounded.topic, up_to=view.at_position, limit=100_000
    )
    return {
        recorded.event.of_position: recorded.event.basis.document
        for recorded in model.events(asked)
        if isinstance(recorded.event, CorrectionGrounded)
    }


def _statement(
    recorded: Recorded,
    said: Assertion,
    view: Viewpoint,
    gone: list[Withdrawal],
    winner: Assertion | None,
) -> StatementView:
    verdict, by = _verdict(said, view, gone, winner)
    was = Assertion(said.position, said.cell, said.was, said.timing) if said.was else None
    timing = said.timing
    return StatementView(
        said=stated(said),
        was=stated(was) if was else None,
        effective_on=timing.effective_on,
        until_on=timing.until_on,
        dated_on=timing.dated_on,
        in_force_on=timing.in_force_on,
        recorded_at=recorded.recorded_at,
        actor=recorded.metadata.actor,
        role=recorded.metadata.role,
        replaces=recorded.event.replaces if recorded.event else None,
        verdict=verdict,
        by=by,
        at=recorded.event.at if recorded.event else None,
        paper=recorded.metadata.paper or None,
    )


def _posting(
    recorded: Recorded, posting: Posting, grounds: Mapping[int, str], *, counts: bool
) -> PostingView:
    event = recorded.event
    undone = event.of_position if isinstance(event, CashExecutionReversed) else 0
    return PostingView(
        position=posting.position,
        amount=str(posting.amount),
        document=posting.timing.document,
        effective_on=posting.timing.effective_on,
        dated_on=posting.timing.dated_on,
        counts=counts,
        at=recorded.event.at if recorded.event else None,
        paper=recorded.metadata.paper or None,
        grounds=grounds.get(undone),
    )


def _verdict(
    said: Assertion, view: Viewpoint, gone: list[Withdrawal], winner: Assertion | None
) -> tuple[str, int | None]:
    if withdrawn := next((w for w in gone if hits(w, said)), None):
        return "withdrawn", withdrawn.position
    if not view.sees(said.timing):
        return _unseen(said.timing, view), None
    if said is winner:
        return "wins", said.position
    return "later_document", winner.position if winner else None


def _unseen(timing: Timing, view: Viewpoint) -> str:
    if timing.dated_on > view.dated_by:
        return "document_too_late"
    if view.edition is not None and timing.is_act and timing.edition > view.edition:
        return "after_edition"
    if timing.effective_on > view.as_of:
        return "not_yet_effective"
    if timing.until_on is not None and view.as_of > timing.until_on:
        return "no_longer_effective"
    return "not_yet_in_force"


def _withdrawal(
    withdrawal: Withdrawal, gone: list[Withdrawal], grounds: Mapping[int, str]
) -> WithdrawalView:
    timing = withdrawal.timing
    return WithdrawalView(
        position=withdrawal.position,
        of_position=withdrawal.of_position,
        of_document=withdrawal.of_document,
        recording_error=withdrawal.recording_error,
        document=timing.document,
        effective_on=timing.effective_on,
        until_on=timing.until_on,
        dated_on=timing.dated_on,
        reason=withdrawal.reason,
        grounds=grounds.get(withdrawal.of_position or 0),
        stands=withdrawal in gone,
    )
