"""Revoke what was granted: a role or a key."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from application.commands.access_command import AccessCommand
from application.commands.command import Decision
from application.ledger import History
from domain.access import basis_for, revoke
from domain.values import Text


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
