"""Record a return of cash, against the posting that it returns."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from pydantic import Field, model_validator

from application.commands.command import Command, Decision
from application.ledger import History
from domain.budget import CashExecutionPosted, CashExecutionReversed, reverse
from domain.legal_act import Document
from domain.program import cite
from domain.refusals import UnknownPosition
from domain.values import Day, Text, money


class ReverseCash(Command):
    """Cash came back: the posting at `position` (or the one that `of_document` makes in `cell`), the
    amount in rubles, the day it came back.

    Refuses: UnknownPosition, ReasonRequired, NegativeAmount, ReversalOverPosting, PeriodClosed,
    DocumentFromTheFuture.
    """

    name: ClassVar = "reverse_cash"

    document: Document
    position: int | None = Field(default=None, ge=1)
    cell: str | None = None
    of_document: str | None = None
    year: int | None = None
    amount: str
    returned_on: Day | None = None
    reason: Text

    @model_validator(mode="after")
    def named(self) -> Self:
        if self.position is None and (self.cell is None or self.of_document is None):
            msg = "нужен номер записи (position) или ячейка с документом (cell и of_document)"
            raise ValueError(msg)
        return self

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis, recorded = cite(history.register, program, self.document, today)
        position = self.position or position_of(history, self.cell, self.of_document)
        posted = history.events.get(position)
        if not isinstance(posted, CashExecutionPosted) or self.year not in (None, posted.year):
            raise UnknownPosition(position=position, program=program)
        events = reverse(
            history.register,
            program,
            basis,
            posted,
            position,
            reversed_of(history, position),
            amount=self.amount,
            on=self.returned_on or basis.dated_on,
            reason=self.reason,
            recording_error=False,
            today=today,
        )
        return Decision([*recorded, *events], {"document": basis.document})


def position_of(history: History, cell: str | None, document: str | None) -> int:
    """Where a document says something about a cell, or posts to it; what was taken back as recorded
    in error is passed over. Refuses: UnknownPosition (nothing, or more than one).
    """
    register, name = history.register, cell or ""
    reversals = {p: e for p, e in history.events.items() if isinstance(e, CashExecutionReversed)}
    undone = {e.of_position for e in reversals.values() if e.recording_error} | reversals.keys()
    said: list[int] = [
        one.position
        for one in (*register.living(name), *register.postings.get(name, ()))
        if one.timing.document == document and one.position not in undone
    ]
    if len(said) != 1:
        raise UnknownPosition(position=f"{document} {cell}", program=history.program)
    return said[0]


def reversed_of(history: History, position: int) -> Decimal:
    """What earlier reversals already took back of a posting, in rubles, with what was returned of the
    postings in error that it puts right.
    """
    reversals = [e for e in history.events.values() if isinstance(e, CashExecutionReversed)]
    total = sum((money(e.amount) for e in reversals if e.of_position == position), Decimal("0.00"))
    posted = history.events.get(position)
    while posted is not None and posted.replaces is not None:
        returned = [e for e in reversals if e.of_position == posted.replaces]
        total += sum(money(e.amount) for e in returned if not e.recording_error)
        posted = history.events.get(posted.replaces)
    return total
