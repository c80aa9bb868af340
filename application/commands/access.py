"""Grant a role, revoke what was granted, issue a key to a machine."""

from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from application.commands.command import Command, Decision
from application.ledger import History
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import Actor, Role, Scope, basis_for, grant, issue_key, revoke
from domain.event import Event
from domain.legal_act import Document
from domain.values import Day, Text


class AccessCommand(Command):
    """A command about what one actor holds; it is about no program. `document` is its basis, left out:
    a memo of today.
    """

    actor: Actor
    document: Document | None = None

    def streams(self, program: str) -> list[str]:
        return [self.actor.stream]

    def zone(self, history: History) -> ZoneInfo:
        return DEFAULT_ZONE


class GrantAccess(AccessCommand):
    """Gives an actor a role within a scope, from a day (left out: today) until a day (left out: open).

    Refuses: SecondPersonNeeded, and what `domain.access.grant` refuses.
    """

    name: ClassVar = "grant_access"

    role: Role
    scope: Scope = Scope()
    since: Day | None = None
    until_on: Day | None = None
    reason: Text = ""

    @field_validator("role")
    @classmethod
    def not_public(cls, role: Role) -> Role:
        """What is published is so by its program's owner: see `PublishProgram`."""
        if role is Role.PUBLIC:
            msg = "программу публикует её владелец"
            raise ValueError(msg)
        return role

    def decide(self, program: str, history: History, today: date) -> Decision:
        return Decision(
            grant(
                history.events,
                self.actor,
                self.role,
                self.scope,
                basis_for(self.document, today),
                since=self.since or today,
                until_on=self.until_on,
                reason=self.reason,
            )
        )


class RevokeAccess(AccessCommand):
    """Takes back what an actor was granted at a position, a role or a key, at once.

    Refuses: SecondPersonNeeded, ReasonRequired, UnknownGrant.
    """

    name: ClassVar = "revoke_access"

    position: int = Field(ge=1)
    reason: Text

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis = basis_for(self.document, today)
        return Decision(revoke(history.events, self.position, basis, today, self.reason))


class IssueKey(AccessCommand):
    """Gives a machine's account a key that lasts until a day; the key itself is not in it, only its
    SHA-256. With it go `roles` within one scope, open-ended: all of it or nothing.

    Refuses: EndsBeforeStart, KeyTooLong, TwoKeysLive, and what `domain.access.grant` refuses.
    """

    name: ClassVar = "issue_key"

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    until_on: Day
    roles: tuple[Role, ...] = ()
    scope: Scope = Scope()

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis, given = basis_for(self.document, today), history.events
        events: list[Event] = []
        for role in dict.fromkeys(self.roles):
            events += grant(
                given,
                self.actor,
                role,
                self.scope,
                basis,
                since=today,
                until_on=None,
                reason="",
            )
        events += issue_key(given, self.actor, self.digest, basis, today, self.until_on)
        return Decision(events)
