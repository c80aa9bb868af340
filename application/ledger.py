"""The ledger as the application needs it: histories to decide on, and atomic appends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Annotated, Any, Protocol
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from application.access import Caller
from application.progress import Progress, unheard
from domain.access import LOCAL, Actor, Where
from domain.dates import Register
from domain.event import Event
from domain.program import Municipality, Registered
from domain.values import Value


def _actor(stored: Any) -> Any:
    """Before there was access control, an actor was a word: that of the local command line."""
    return Actor(issuer=LOCAL.issuer, subject=stored) if isinstance(stored, str) else stored


class Metadata(Value):
    """Who recorded an event, in which role and on which request. People are references, never names;
    `actor` is None where it is not shown.

    `correlation_id` joins everything that one cause led to; `paper` is the SHA-256 of the file that
    the figures were read from.
    """

    actor: Annotated[Actor | None, BeforeValidator(_actor)]
    role: str
    request_id: str
    correlation_id: str
    command: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as the ledger took it in. `recorded_at` is UTC and never decreases with positions."""

    position: int
    recorded_at: datetime
    stream: str
    version: int
    topic: str
    event: Event | None
    payload: dict[str, Any]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Request:
    """A client's request. `key` makes it idempotent, `digest` is the SHA-256 of what it asks; `role`
    is that under which it is carried out.
    """

    caller: Caller
    key: str | None = None
    digest: str = ""
    role: str = ""
    request_id: str = field(default_factory=lambda: str(uuid4()))
    correlation_id: str = ""
    paper: str = ""

    def metadata(self, command: str) -> Metadata:
        return Metadata(
            actor=self.caller.actor,
            role=self.role,
            request_id=self.request_id,
            correlation_id=self.correlation_id or self.request_id,
            command=command,
            paper=self.paper,
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a command: what was recorded where. `position` is the last event's."""

    position: int
    positions: tuple[int, ...]
    result: dict[str, Any]
    replayed: bool = False


@dataclass(slots=True)
class History:
    """The streams that a command decides on, folded: a whole program, or the Program stream and those
    named. `last_position` is the program's last event, `log_size` that of the whole log: what is decided
    next is folded in as if it came right after it. `actors`: who recorded each event.
    """

    program: str
    register: Register = field(default_factory=Register)
    versions: dict[str, int] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    municipality: Municipality | None = None
    last_position: int = 0
    log_size: int = 0
    actors: dict[int, Actor | None] = field(default_factory=dict)

    def copy(self) -> "History":
        """A history of its own with the same events."""
        return replace(self, register=self.register.copy(), events=dict(self.events))

    def record(self, recorded: Recorded) -> None:
        """Folds one recorded event in."""
        self.versions[recorded.stream] = recorded.version
        self.actors[recorded.position] = recorded.metadata.actor
        if recorded.event is not None:
            self._fold(recorded.position, recorded.event)

    def decided(self, events: Iterable[Event]) -> None:
        """Folds events in that are decided but not yet recorded, as if they came next."""
        for event in events:
            self._fold(max(self.register.last_position, self.log_size) + 1, event)

    def _fold(self, position: int, event: Event) -> None:
        self.events[position] = event
        self.register.take(event.rows(position))
        self.register.last_position = max(self.register.last_position, position)
        if isinstance(event, Registered):
            self.municipality = event.municipality

    @property
    def exists(self) -> bool:
        return self.municipality is not None

    @property
    def where(self) -> Where | None:
        """Whose the program is, None where it is not known."""
        whose = self.municipality
        return Where(self.program, whose.id, whose.region) if whose else None


class Ledger(Protocol):
    """The strictly ordered log of events."""

    def history(self, program: str, streams: Sequence[str] | None = None) -> History:
        """A program's events folded: all, or those of the Program stream and the streams named."""

    def append(
        self,
        history: History,
        events: Sequence[Event],
        request: Request,
        command: str,
        result: dict[str, Any],
        progress: Progress = unheard,
    ) -> Receipt:
        """Records all events or none, and the request's answer with them.

        Refuses: LostRace if a stream that was read as the basis of the decision has moved on (unless
        the request itself was already answered: then its first answer), AccessMoved if the caller's
        rights have, KeyReused.
        """

    def answered(self, request: Request) -> Receipt | None:
        """The first answer to the request's key, None if it is new. Refuses: KeyReused."""


class Clock(Protocol):
    """The day of today in a zone, and the instant now."""

    def today(self, zone: ZoneInfo) -> date: ...


class SystemClock:
    """The machine's clock."""

    def today(self, zone: ZoneInfo) -> date:
        return datetime.now(UTC).astimezone(zone).date()
