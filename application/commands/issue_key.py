"""Issue a key to a machine."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from application.commands.access_command import AccessCommand
from application.commands.command import Decision
from application.ledger import History
from domain.access import Role, Scope, basis_for, grant, issue_key
from domain.event import Event
from domain.values import Day


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
