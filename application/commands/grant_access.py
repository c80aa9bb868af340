"""Grant a role."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator

from application.commands.access_command import AccessCommand
from application.commands.command import Decision
from application.ledger import History
from domain.access import Role, Scope, basis_for, grant
from domain.values import Day, Text


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
