"""Record a return of cash, against the posting that it returns."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from application.commands.command import Command, Decision
from application.ledger import History
from domain.budget import CashExecutionPosted, CashExecutionReversed, reverse
from domain.legal_act import Document
from domain.program import cite
from domain.refusals import UnknownPosition
from domain.values import Text, money


class ReverseCash(Command):
    """Cash came back: the posting at `position`, the amount in rubles, the day it came back.

    Refuses: UnknownPosition, ReasonRequired, NegativeAmount, ReversalOverPosting, PeriodClosed,
    DocumentFromTheFuture.
    """

    name: ClassVar = "reverse_cash"

    document: Document
    position: int
    amount: str
    returned_on: date | None = None
    reason: Text

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis, recorded = cite(history.register, program, self.document, today)
        posted = history.events.get(self.position)
        if not isinstance(posted, CashExecutionPosted):
            raise UnknownPosition(position=self.position, program=program)
        events = reverse(
            history.register, program, basis, posted, self.position,
            reversed_of(history, self.position), amount=self.amount,
            on=self.returned_on or basis.dated_on, reason=self.reason, recording_error=False,
        )
        return Decision([*recorded, *events], {"document": basis.document})


def reversed_of(history: History, position: int) -> Decimal:
    """What earlier reversals of a posting already returned, in rubles."""
    return sum(
        (
            money(event.amount)
            for event in history.events.values()
            if isinstance(event, CashExecutionReversed) and event.of_position == position
        ),
        Decimal("0.00"),
    )
