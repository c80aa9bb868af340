"""Put right what was recorded in error."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from pydantic import Field, model_validator

from application.access import RECORDS, Need, Permission, needs_of
from application.commands.command import Command, Decision
from application.commands.reverse_cash import position_of, reversed_of
from application.commands.shapes import GivenValue
from application.ledger import History
from domain.budget import MoneyMoved, VarianceExplained
from domain.event import Event
from domain.indicator import DeviationExplained, FactReported
from domain.program import DocumentRecorded
from domain.refusals import UnknownPosition
from domain.road_map import OccurrenceCompleted
from domain.values import Text
from domain.withdrawal import RightStatement, correct


def needed_for(event: Event | None) -> Iterable[Need]:
    """What it takes to record an event."""
    match event:
        case FactReported() | DeviationExplained():
            return needs_of(Permission.REPORT, [event.period])
        case OccurrenceCompleted():
            return needs_of(Permission.REPORT, [f"{event.effective_on:%Y-%m}"])
        case VarianceExplained():
            return needs_of(Permission.POST_MONEY, [event.period])
        case MoneyMoved():
            return needs_of(Permission.POST_MONEY, [f"{event.effective_on:%Y-%m}"])
        case DocumentRecorded():
            return [Need(RECORDS)]
        case _:
            return [Need(frozenset({Permission.PLAN}))]


class Right(RightStatement):
    """The right statement; its value may be a plain string."""

    value: GivenValue | None = None


class CorrectStatement(Command):
    """Takes back the statement at `position` (or the one that `document` makes about `cell`) and records
    the right one, if given: only what differs (value, cell, dates, document).

    Refuses: see `domain.withdrawal.correct`.
    """

    name: ClassVar = "correct_statement"

    position: int | None = Field(default=None, ge=1)
    cell: str | None = None
    document: str | None = None
    reason: Text = Field(min_length=1)
    right: Right | None = None

    @model_validator(mode="after")
    def named(self) -> Self:
        if self.position is None and (self.cell is None or self.document is None):
            msg = "нужен номер записи (position) или ячейка вместе с документом (cell и document)"
            raise ValueError(msg)
        return self

    def needs(self, program: str, history: History) -> Iterable[Need]:
        """What it took to record what is put right."""
        position = self.position or position_of(history, self.cell, self.document)
        return needed_for(history.events.get(position))

    def decide(self, program: str, history: History, today: date) -> Decision:
        position = self.position or position_of(history, self.cell, self.document)
        event = history.events.get(position)
        if event is None:
            raise UnknownPosition(position=position, program=program)
        events = correct(
            history.register,
            program,
            position,
            event,
            self.right,
            self.reason,
            today,
            cell=self.cell,
            reversed_before=str(reversed_of(history, position)),
        )
        return Decision(events, {"replaces": position})
