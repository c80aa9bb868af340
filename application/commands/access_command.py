"""What commands about rights have in common."""

from zoneinfo import ZoneInfo

from application.commands.command import Command
from application.ledger import History
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import Actor
from domain.legal_act import Document


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
