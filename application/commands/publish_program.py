"""Publish a program to anybody, or take it back from them."""

from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from pydantic import StrictBool

from application.commands.command import Command, Decision
from application.ledger import History
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import ANYBODY, AccessGranted, Role, Scope, basis_for, grant, held, revoke
from domain.event import Event
from domain.legal_act import Document
from domain.refusals import NotPublished
from domain.values import Text


class PublishProgram(Command):
    """Lets anybody read a program, or with `published` false nobody but who holds a right. `document` is
    the basis, left out: a memo of today.

    Refuses: GrantedAlready, NotPublished, ReasonRequired (to take it back), DocumentFromTheFuture.
    """

    name: ClassVar = "publish_program"

    published: StrictBool
    document: Document | None = None
    reason: Text = ""

    def zone(self, history: History) -> ZoneInfo:
        """Days of rights are everybody's, not the municipality's: who reads may be anywhere."""
        super().zone(history)
        return DEFAULT_ZONE

    def streams(self, program: str) -> list[str]:
        return [ANYBODY.stream]

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis = basis_for(self.document, today)
        scope = Scope(program=program)
        if self.published:
            return Decision(
                grant(
                    history.events,
                    ANYBODY,
                    Role.PUBLIC,
                    scope,
                    basis,
                    since=today,
                    until_on=None,
                    reason=self.reason,
                )
            )
        events: list[Event] = []
        for position, one in held(history.events).items():
            if isinstance(one, AccessGranted) and one.scope == scope:
                events += revoke(history.events, position, basis, today, self.reason)
        if not events:
            raise NotPublished(program=program)
        return Decision(events)
