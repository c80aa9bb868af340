"""What every command is, and the one way in which commands are carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from application.ledger import Clock, History, Ledger, Receipt, Request
from domain.dates import Assertion, Moved, Viewpoint
from domain.event import Event
from domain.refusals import KeyReused, LedgerAway, LostRace, Refusal, Stale, UnknownProgram
from domain.values import NOT_STATED, CellValue, Value, shown

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What a command decided: events in order, and what the answer says besides positions."""

    events: Sequence[Event]
    result: Mapping[str, Any] = field(default_factory=dict)


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


def execute(
    ledger: Ledger,
    clock: Clock,
    program: str,
    command: Command,
    request: Request,
    *,
    dry_run: bool = False,
    if_match: int | None = None,
) -> Receipt:
    """Carries a command out: decides on the folded history and appends, once per request key.

    With `dry_run` nothing is written: the receipt has no positions, its result says what would change.
    A lost race is decided anew on the new history (never appended blindly again), at most three times.
    Refuses: UnknownProgram, Stale (`if_match` is not the program's last position), KeyReused, LostRace,
    and whatever the command itself refuses.
    """
    if dry_run:
        return _carried_out(
            ledger, clock, program, command, request, dry_run=dry_run, if_match=if_match
        )
    if (first := ledger.answered(request)) is not None:
        return first
    try:
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
        decision = command.decide(program, history, today)
        if dry_run:
            fresh = ledger.history(program, command.streams(program))
            changes = preview(fresh, decision.events, today)
            return Receipt(fresh.last_position, (), {**decision.result, "changes": changes})
        try:
            return ledger.append(
                history, decision.events, request, command.name, dict(decision.result)
            )
        except LostRace:
            if attempt == ATTEMPTS:
                raise


def preview(history: History, events: Sequence[Event], today: date) -> list[dict[str, Any]]:
    """Was → becomes of every cell that the events would change, once all of them have taken effect."""
    horizon = max([today, *(e.effective_on for e in events)])
    at_present = Viewpoint(horizon, today, history.register.last_position)
    before = history.register.at(at_present)
    money_before = history.register.moved(at_present)
    history.decided(events)
    with_events = Viewpoint(horizon, today, history.register.last_position)
    after = history.register.at(with_events)
    money_after = history.register.moved(with_events)
    changes = [
        {"cell": cell, "was": _said(before.get(cell)), "becomes": _said(after.get(cell))}
        for cell in sorted(before.keys() | after.keys())
        if _said(before.get(cell)) != _said(after.get(cell)) and not cell.startswith("document:")
    ]
    return changes + [
        {"cell": cell, "was": _sum(money_before.get(cell)), "becomes": _sum(money_after.get(cell))}
        for cell in sorted(money_before.keys() | money_after.keys())
        if _sum(money_before.get(cell)) != _sum(money_after.get(cell))
    ]


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
