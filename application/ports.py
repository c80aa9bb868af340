"""What the application asks of the read model and of the stores beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from application.access import Caller
from application.ledger import Recorded
from application.reports.printed import PrintedForm
from domain.access import Actor, Role, Scope, Where
from domain.dates import Assertion, Posting, Viewpoint, Withdrawal
from domain.state import State


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program and whose it is. `invented` marks illustrations."""

    program: str
    municipality: str
    municipality_name: str
    zone: str
    region: str | None
    invented: bool
    position: int

    @property
    def where(self) -> Where:
        """Where a right for it must hold."""
        return Where(self.program, self.municipality, self.region)


@dataclass(frozen=True, slots=True)
class RecordedQuery:
    """Which events of the log: of a program, of `programs` or of all, after a position, up to one, of a
    topic.
    """

    program: str | None = None
    programs: Collection[str] | None = None
    after: int = 0
    up_to: int | None = None
    topic: str | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Story:
    """Everything said about a cell, and what may withdraw it."""

    assertions: list[Assertion]
    withdrawals: list[Withdrawal]
    postings: list[Posting]


class ReadModel(Protocol):
    """Questions about the rows that events left; every answer is for ever the same for the same
    viewpoint.
    """

    def state(self, program: str, viewpoint: Viewpoint) -> State: ...

    def states(
        self, programs: Sequence[str], viewpoint: Viewpoint, prefixes: Sequence[str]
    ) -> dict[str, State]: ...

    def programs(self, at_position: int) -> list[ProgramRow]: ...

    def program(self, program: str) -> ProgramRow | None: ...

    def known_since(self, cell: str, program: str) -> date | None: ...

    def last_effect(self, program: str, document: str, at_position: int) -> date: ...

    def document_edition(self, program: str, document: str) -> tuple[date, int] | None: ...

    def position_at(self, instant: datetime) -> int: ...

    def recorded_at(self, position: int) -> datetime | None: ...

    def size(self) -> int: ...

    def last_position(self, program: str, at_position: int) -> int: ...

    def events(self, asked: RecordedQuery) -> list[Recorded]: ...

    def story(self, program: str, cell: str) -> Story: ...


@dataclass(frozen=True, slots=True)
class Holding:
    """A role or a key that an actor was given: by which event, from when until when, revoked by which.
    A key has no role.
    """

    position: int
    actor: Actor
    role: Role | None
    scope: Scope
    effective_on: date | None
    until_on: date | None
    revoked_at: int | None


class Rights(Protocol):
    """What actors hold, read anew for every request: what was revoked holds no longer at once."""

    def caller(self, actor: Actor, today: date) -> Caller:
        """An actor with what they and anybody hold on a day."""

    def account(self, digest: str, today: date) -> Actor | None:
        """The machine whose live key has this SHA-256; None if there is none."""

    def holdings(self, actor: Actor | None = None) -> list[Holding]:
        """What was ever given, to one or to all, in the order of the log."""


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A file as it was handed in; `digest` is its SHA-256."""

    digest: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table is read: its kind, and the column (counted from 1) of fields."""

    kind: str
    columns: Mapping[str, int]


class Papers(Protocol):
    """The files that figures were read from (erasable, outside of the history), and how tables of a
    municipality are to be read where their headers mislead, by the header's text.
    """

    def keep(self, paper: KeptPaper, program: str) -> None:
        """Keeps a file that was handed in about a program."""

    def programs_of(self, digest: str) -> list[str]:
        """The programs that a file was handed in about."""

    def paper(self, digest: str) -> KeptPaper | None: ...

    def persons(self, municipality: str) -> dict[tuple[str, str], str]:
        """Who was named in a municipality's papers: the reference by surname (as all its cases share it)
        and initials. Of who was erased only the reference is there.
        """

    def meet(self, municipality: str, persons: Mapping[tuple[str, str], str]) -> None:
        """From now on these persons are known by these references."""

    def remember(self, municipality: str, header: str, mapping: TableMapping) -> None: ...

    def mappings(self, municipality: str) -> dict[str, TableMapping]: ...


class Issued(Protocol):
    """The files in which reports were issued: a part of the history, kept for ever as they were."""

    def keep(self, file: KeptPaper) -> None: ...

    def issued(self, digest: str) -> KeptPaper | None: ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was refused for want of credentials or of a right, or as one too many. `actor`: who
    is known to have asked; `route`: the template, never the path; `network`: the address, shortened.
    """

    request_id: str
    actor: Actor | None
    method: str
    route: str
    program: str | None
    rule: str
    status: int
    network: str | None


@dataclass(frozen=True, slots=True)
class KeptRefusal:
    """A refusal as it was kept, by its number."""

    number: int
    at: datetime
    refused: Refused


@dataclass(frozen=True, slots=True)
class RefusalsAsked:
    """Which refusals: before a number, by a rule, about a program, since an instant."""

    before: int | None = None
    rule: str | None = None
    program: str | None = None
    since: datetime | None = None
    limit: int = 100


class Refusals(Protocol):
    """What was refused to whom: beside the history, appended only, erased by its owner."""

    def keep(self, refused: Refused) -> None:
        """Keeps a refusal; of its program only if there is such a one."""

    def kept(self, asked: RefusalsAsked) -> list[KeptRefusal]:
        """What was refused, newest first."""


class Writer(Protocol):
    """Writes a form as a file of a format; the same form is the same bytes."""

    def __call__(self, form: PrintedForm, file_format: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in at a browser. `csrf` is what every form of theirs must carry; `name`
    what the directory calls them.
    """

    actor: Actor
    csrf: str = field(repr=False)
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """When a session began and was last heard of; `is_this`: that of the browser that asks."""

    started_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Somebody on their way through the provider: what its answer is checked by, where they go then."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    goes_on_to: str


class Sessions(Protocol):
    """Who is signed in at which browser. What a browser shows is made here, of 256 random bits, and kept
    as its SHA-256 only; nobody chooses it. When a session is over: `application.sessions`.
    """

    def leave(self, signing_in: SigningIn, now: datetime) -> str:
        """Remembers a sign-in under way: what the browser must show when it comes back."""

    def come_back(self, state: str, shown: str, now: datetime) -> SigningIn | None:
        """The sign-in that a browser comes back from, once, in time, and to the same browser."""

    def begin(self, actor: Actor, now: datetime) -> str:
        """Begins a session: what the browser must show. What is over, of whomever, is cleaned away."""

    def seen(self, shown: str, now: datetime) -> Session | None:
        """The session of a browser, which lasts on from now; None if there is none or it is over."""

    def of(self, actor: Actor, shown: str, now: datetime) -> list[SessionSeen]:
        """The sessions of somebody, as the browser asks that shows this, newest first."""

    def end(self, shown: str) -> None:
        """Ends the session of a browser."""

    def end_all(self, actor: Actor) -> int:
        """Ends all sessions of somebody: how many there were."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the provider called them when they last signed in: to show, never to decide by."""

    actor: Actor
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    noted_at: datetime


class People(Protocol):
    """The directory: the only place that knows names. Nothing follows from it, and it may be erased."""

    def note(self, person: Person) -> None:
        """Remembers what somebody is called now."""

    def everybody(self) -> list[Person]: ...
