"""Put right what was recorded in error."""

from datetime import date
from typing import ClassVar, Self

from pydantic import Field, model_validator

from application.commands.command import Command, Decision
from application.commands.reverse_cash import position_of, reversed_of
from application.commands.shapes import GivenValue
from application.ledger import History
from domain.late_correction import correct_on_grounds
from domain.legal_act import Document
from domain.refusals import UnknownPosition
from domain.values import Text
from domain.withdrawal import RightStatement


class Right(RightStatement):
    """The right statement; its value may be a plain string."""

    value: GivenValue | None = None


class CorrectStatement(Command):
    """Takes back the statement at `position` (or the one that `document` makes about `cell`) and records
    the right one, if given: only what differs (value, cell, dates, document). `basis`: the document on
    whose grounds it is done; in a closed period there must be one.

    Refuses: see `domain.late_correction.correct_on_grounds` and `domain.withdrawal.correct`.
    """

    name: ClassVar = "correct_statement"

    position: int | None = Field(default=None, ge=1)
    cell: str | None = None
    document: str | None = None
    reason: Text = Field(min_length=1)
    right: Right | None = None
    basis: Document | None = None

    @model_validator(mode="after")
    def named(self) -> Self:
        if self.position is None and (self.cell is None or self.document is None):
            msg = "нужен номер записи (position) или ячейка вместе с документом (cell и document)"
            raise ValueError(msg)
        return self

    def decide(self, program: str, history: History, today: date) -> Decision:
        position = self.position or position_of(history, self.cell, self.document)
        event = history.events.get(position)
        if event is None:
            raise UnknownPosition(position=position, program=program)
        events = correct_on_grounds(
            history.register,
            program,
            position,
            event,
            self.right,
            self.reason,
            today,
            basis=self.basis,
            cell=self.cell,
            reversed_before=str(reversed_of(history, position)),
        )
        return Decision(events, {"replaces": position})
