"""Access: who may do what, where and until when, and the keys of machines: events like any other."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from domain.event import Event
from domain.legal_act import Basis, Document, DocumentKind, basis_of, document_id
from domain.periods import Period, PeriodText
from domain.refusals import (
    DocumentFromTheFuture,
    EndsBeforeStart,
    GrantedAlready,
    KeyTooLong,
    ReasonRequired,
    RoleOfNobody,
    ScopeDoesNotFit,
    TwoKeysLive,
    UnknownGrant,
)
from domain.values import Identifier, Text, Value

LONGEST_KEY = timedelta(days=366)
MOST_LIVE_KEYS = 2
"""A key and the one that takes its place: rotation without a gap."""

_MARK = re.compile(r"[\x21-\x7e]+")


def _visible(text: str) -> str:
    if not _MARK.fullmatch(text):
        msg = "видимые знаки ASCII без пробелов"
        raise ValueError(msg)
    return text


Mark = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_visible)]


class Actor(Value):
    """Who acts: a subject as its issuer knows it, a reference and never a name.

    `issuer` is an OpenID provider's address, or one of our own: `urn:letopis:local` (the command line
    on the machine), `urn:letopis:keys` (machines that hold a key), `urn:letopis:anybody`.
    """

    issuer: Mark
    subject: Mark

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"

    @property
    def stream(self) -> str:
        """The stream of what this actor was granted."""
        return f"access/{sha256(str(self).encode()).hexdigest()[:40]}"


LOCAL = Actor(issuer="urn:letopis:local", subject="local")
"""Who sits at the command line of the machine."""

ANYBODY = Actor(issuer="urn:letopis:anybody", subject="anybody")
"""Who has not said who they are: what is granted to it is published."""

KEYS = "urn:letopis:keys"
"""The issuer of machines: their subject is the name of an account, which holds keys."""


class Role(StrEnum):
    """What somebody is to a program; `docs/security/roles.md` tells what each may do."""

    REPORTER = "reporter"
    FINANCE = "finance"
    OWNER = "owner"
    AUDITOR = "auditor"
    OVERSIGHT = "oversight"
    PUBLIC = "public"
    OPERATOR = "operator"


class Where(NamedTuple):
    """A program and whose it is: the place at which a right must hold."""

    program: str
    municipality: str
    region: str | None


class Scope(Value):
    """Where a role holds: within what is named, everywhere where nothing is."""

    region: Identifier | None = None
    municipality: Identifier | None = None
    program: Identifier | None = None
    period: PeriodText | None = None

    @property
    def named(self) -> set[str]:
        """What the scope names."""
        return set(self.model_dump(exclude_none=True))

    def covers(self, where: Where) -> bool:
        """Whether a program (a new one as much as a known one) lies within the scope."""
        return (
            self.region in (None, where.region)
            and self.municipality in (None, where.municipality)
            and self.program in (None, where.program)
        )

    def covers_period(self, period: str) -> bool:
        """Whether a period lies within the scope."""
        return self.period is None or Period.parse(self.period).contains(Period.parse(period))


_SCOPES: Mapping[Role, tuple[set[str], set[str]]] = {
    Role.REPORTER: ({"municipality", "program"}, {"municipality", "program", "period"}),
    Role.FINANCE: ({"municipality", "program"}, {"municipality", "program", "period"}),
    Role.OWNER: ({"municipality", "program"}, {"municipality", "program"}),
    Role.AUDITOR: (set(), {"region", "municipality", "program"}),
    Role.OVERSIGHT: ({"region"}, {"region"}),
    Role.PUBLIC: ({"municipality", "program"}, {"municipality", "program"}),
    Role.OPERATOR: (set(), set()),
}
"""Of each role: one of these must be named (if there are any), and only those may be."""


class AccessEvent(Event):
    """An event of what an actor holds. It belongs to no program."""

    program: None = None
    actor: Actor

    @property
    def stream(self) -> str:
        return self.actor.stream


class AccessGranted(AccessEvent):
    """An actor was given a role within a scope, from a day until a day."""

    topic: ClassVar = "access.granted.v1"
    role: Role
    scope: Scope = Scope()
    reason: Text = ""


class AccessRevoked(AccessEvent):
    """What was granted to an actor at a position (a role or a key) holds no longer, from its recording."""

    topic: ClassVar = "access.revoked.v1"
    of_position: int
    reason: Text


class KeyIssued(AccessEvent):
    """A machine's account was given a key. `digest` is the SHA-256 of the key, which is kept nowhere;
    `until_on` is its last day.
    """

    topic: ClassVar = "access.key_issued.v1"
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    until_on: date

    @model_validator(mode="after")
    def of_a_machine(self) -> Self:
        if self.actor.issuer != KEYS:
            msg = "ключ выдаётся учётной записи машины"
            raise ValueError(msg)
        return self


Held = AccessGranted | KeyIssued


# Deciders


def held(events: Mapping[int, Event]) -> dict[int, Held]:
    """What an actor was given and not deprived of, by position, whatever the day."""
    given = {p: event for p, event in events.items() if isinstance(event, Held)}
    for event in events.values():
        if isinstance(event, AccessRevoked):
            given.pop(event.of_position, None)
    return given


def basis_for(document: Document | None, today: date) -> Basis:
    """The document behind a right; left out: a memo of today. Refuses: DocumentFromTheFuture."""
    given = document or Document(kind=DocumentKind.MEMO, type="Заметка", date=today)
    if given.dated_on > today:
        raise DocumentFromTheFuture(dated_on=given.dated_on, today=today)
    return basis_of(given, document_id(given, ()))


def grant(
    events: Mapping[int, Event],
    actor: Actor,
    role: Role,
    scope: Scope,
    basis: Basis,
    *,
    since: date,
    until_on: date | None,
    reason: str,
) -> list[Event]:
    """Gives an actor a role. Refuses: RoleOfNobody (what is
    published has the role `public` and no other), ScopeDoesNotFit, EndsBeforeStart, GrantedAlready.
    """
    if (actor == ANYBODY) != (role is Role.PUBLIC) or actor.issuer == LOCAL.issuer:
        raise RoleOfNobody(role=role, actor=actor)
    one_of, allowed = _SCOPES[role]
    if (one_of and not scope.named & one_of) or scope.named - allowed:
        raise ScopeDoesNotFit(
            role=role, named=", ".join(sorted(scope.named)) or "—", needed=_needed(role)
        )
    if until_on is not None and until_on < since:
        raise EndsBeforeStart(cell=role, effective_on=since, until_on=until_on)
    for position, one in held(events).items():
        if isinstance(one, AccessGranted) and (one.role, one.scope, one.until_on) == (
            role,
            scope,
            until_on,
        ):
            raise GrantedAlready(role=role, position=position)
    return [
        AccessGranted(
            basis=basis,
            effective_on=since,
            until_on=until_on,
            actor=actor,
            role=role,
            scope=scope,
            reason=reason,
        )
    ]


def _needed(role: Role) -> str:
    one_of, allowed = _SCOPES[role]
    return ", ".join(sorted(allowed if one_of else allowed | {"—"}))


def revoke(
    events: Mapping[int, Event], position: int, basis: Basis, today: date, reason: str
) -> list[Event]:
    """Takes back what was granted at a position. Refuses: ReasonRequired, UnknownGrant."""
    if not reason.strip():
        raise ReasonRequired
    given = held(events).get(position)
    if given is None:
        raise UnknownGrant(position=position)
    return [
        AccessRevoked(
            basis=basis,
            effective_on=today,
            actor=given.actor,
            of_position=position,
            reason=reason,
        )
    ]


def issue_key(
    events: Mapping[int, Event],
    account: Actor,
    digest: str,
    basis: Basis,
    today: date,
    until_on: date,
) -> list[Event]:
    """Gives a machine a key that lasts until a day. Refuses: EndsBeforeStart, KeyTooLong, TwoKeysLive."""
    if until_on < today:
        raise EndsBeforeStart(cell=account.subject, effective_on=today, until_on=until_on)
    if until_on - today > LONGEST_KEY:
        raise KeyTooLong(until_on=until_on, latest=today + LONGEST_KEY)
    live = [
        position
        for position, one in held(events).items()
        if isinstance(one, KeyIssued) and one.until_on >= today
    ]
    if len(live) >= MOST_LIVE_KEYS:
        raise TwoKeysLive(account=account.subject, positions=", ".join(map(str, live)))
    return [
        KeyIssued(basis=basis, effective_on=today, until_on=until_on, actor=account, digest=digest)
    ]
