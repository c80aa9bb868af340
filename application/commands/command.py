"""What every command is, and the one way in which commands are carried out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from application.access import require
from application.ledger import Clock, History, Ledger, Receipt, Request
from application.needs import needed_for, place_of
from application.progress import Progress, unheard
from domain.dates import Assertion, Moved, Viewpoint
from domain.event import Event
from domain.refusals import KeyReused, LedgerAway, LostRace, Refusal, Stale, UnknownProgram
from domain.values import NOT_STATED, CellValue, Value, shown

ATTEMPTS = 3
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a command decided: events in order, and what the answer says besides positions."""

    events: Sequence[Event]
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a command decided, and the history on which it did."""

    history: History
    decision: Decision


class Command(Value):
    """Something that a client asks to be recorded about one program."""

    name: ClassVar[str]

    def streams(self, program: str) -> list[str] | None:
        """The streams to read besides the Program's; None: the whole program."""
        return None

    def zone(self, history: History) -> ZoneInfo:
        """The zone whose day is today. A command that registers a program brings its own.

        Refuses: UnknownProgram.
        """
        if history.municipality is None:
            raise UnknownProgram(program=history.program, exists="")
        return ZoneInfo(history.municipality.zone)

    def expects(self) -> dict[str, CellValue]:
        """The cells that the command names with what it says they were."""
        return {}

    def decide(self, program: str, history: History, today: date) -> Decision:
        """The events, or a refusal by name. Must not depend on anything but its arguments."""
        raise NotImplementedError


def admitted(request: Request, history: History, events: Sequence[Event]) -> Request:
    """The request with the roles under which it may record what was decided on a history.

    Refuses: NotSignedIn, NotAllowed, SecondPersonNeeded.
    """
    needs = [needed_for(event, history) for event in events]
    return replace(request, role=require(request.caller, needs, place_of(events, history)))


def execute(
    ledger: Ledger,
    clock: Clock,
    program: str,
    command: Command,
    request: Request,
    *,
    dry_run: bool = False,
    if_match: int | None = None,
    foreseen: Foreseen | None = None,
    progress: Progress = unheard,
) -> Receipt:
    """Carries a command out: decides on the folded history and appends, once per request key.

    With `dry_run` nothing is written: the receipt has no positions, its result says what would change.
    What was `foreseen` a moment ago is appended if its history has not moved on. A lost race is decided
    anew on the new history (never appended blindly again), at most three times.
    Refuses: NotSignedIn, NotAllowed, SecondPersonNeeded, UnknownProgram, Stale (`if_match` is not the
    program's last position), KeyReused, LostRace, AccessMoved, and whatever the command itself refuses.
    """
    if dry_run:
        return _carried_out(
            ledger, clock, program, command, request, dry_run=dry_run, if_match=if_match
        )
    if (first := ledger.answered(request)) is not None:
        return first
    try:
        if foreseen is not None:
            with suppress(LostRace):
                return _appended(ledger, command, request, foreseen, progress)
        return _carried_out(
            ledger, clock, program, command, request, dry_run=dry_run, if_match=if_match
        )
    except (KeyReused, LedgerAway):
        raise
    except Refusal:
        # What the same request did a moment ago, sent twice, looks like a conflict.
        if (first := ledger.answered(request)) is not None:
            return first
        raise


def _carried_out(
    ledger: Ledger,
    clock: Clock,
    program: str,
    command: Command,
    request: Request,
    *,
    dry_run: bool,
    if_match: int | None,
) -> Receipt:
    attempt = 0
    while True:
        attempt += 1
        history = ledger.history(program, command.streams(program))
        today = clock.today(command.zone(history))
        if if_match is not None and if_match != history.last_position:
            raise Stale(
                seen=if_match,
                last=history.last_position,
                lines=_as_it_stands(history, command, today),
            )
        before = history.copy() if dry_run else history
        decision = command.decide(program, history, today)
        if dry_run:
            admitted(request, history, decision.events)
            after = before.copy()
            after.decided(decision.events)
            changes = preview(before, after, today)
            return Receipt(before.last_position, (), {**decision.result, "changes": changes})
        try:
            return _appended(ledger, command, request, Foreseen(history, decision))
        except LostRace:
            if attempt == ATTEMPTS:
                raise


def _appended(
    ledger: Ledger,
    command: Command,
    request: Request,
    foreseen: Foreseen,
    progress: Progress = unheard,
) -> Receipt:
    history, decision = foreseen.history, foreseen.decision
    request = admitted(request, history, decision.events)
    result = dict(decision.result)
    return ledger.append(history, decision.events, request, command.name, result, progress)


def preview(before: History, after: History, today: date) -> list[dict[str, Any]]:
    """Was → becomes of every cell that differs in a history with more events, once all of them have
    taken effect.
    """
    more = (event for position, event in after.events.items() if position not in before.events)
    horizon = max([today, *(event.effective_on for event in more)])

    def stands(history: History) -> tuple[dict[str, Assertion], dict[str, Moved]]:
        view = Viewpoint(horizon, today, history.register.last_position)
        return history.register.at(view), history.register.moved(view)

    (said_before, moved_before), (said_after, moved_after) = stands(before), stands(after)
    return [
        *_changes(said_before, said_after, _said),
        *_changes(moved_before, moved_after, _sum),
    ]


def _changes(
    before: Mapping[str, Shown], after: Mapping[str, Shown], shown: Callable[[Shown | None], Any]
) -> Iterator[dict[str, Any]]:
    for cell in sorted(before.keys() | after.keys()):
        was, becomes = before.get(cell), after.get(cell)
        if was is becomes or cell.startswith("document:"):
            continue
        change = {"cell": cell, "was": shown(was), "becomes": shown(becomes)}
        if change["was"] != change["becomes"]:
            yield change


def _said(said: Assertion | None) -> dict[str, str]:
    value = said.value if said is not None else NOT_STATED
    return value.model_dump(mode="json", exclude_defaults=True)


def _sum(moved: Moved | None) -> dict[str, str]:
    return {"value": str(moved.amount if moved else "0.00")}


def _as_it_stands(history: History, command: Command, today: date) -> tuple[str, str]:
    """What a stale command says its cells were, and what now stands in them: Russian, English."""
    view = Viewpoint(date.max, today, history.register.last_position)
    stood = [
        (cell, was, said)
        for cell, was in command.expects().items()
        if (said := history.register.cell(cell, view)) is not None
    ]
    return (
        "; ".join(
            f"{cell}: в запросе было {shown(was)}, сейчас {shown(said.value)} "
            f"({said.timing.document})"
            for cell, was, said in stood
        ),
        "; ".join(
            f"{cell}: the request says {shown(was, 'en')}, now it is {shown(said.value, 'en')} "
            f"({said.timing.document})"
            for cell, was, said in stood
        ),
    )
