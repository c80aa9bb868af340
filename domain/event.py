"""What every event carries: its program, the document that is its basis, and its dates.

`recorded_at` and the position are not here: the ledger alone gives them.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.dates import FINAL, Assertion, Row, Timing, Withdrawal
from domain.legal_act import Basis
from domain.values import CellValue, Identifier, Text, Value


class SourceCell(Value):
    """Where a figure stands in the paper: table, row and cell counted from 1, the text as printed."""

    table: int = Field(ge=1)
    row: int = Field(ge=1)
    cell: int | None = Field(default=None, ge=1)
    printed: str = ""


class Event(Value):
    """Something that was recorded. `effective_on` is the first day, `until_on` the last day (open if
    left out) on which it holds in the world; the basis carries the document's own dates. `replaces` is
    the position of the statement recorded in error that this one puts right. `program` is None of what
    belongs to no program: rights.
    """

    topic: ClassVar[str]

    program: Identifier | None
    basis: Basis
    effective_on: date
    until_on: date | None = None
    at: SourceCell | None = None
    replaces: int | None = None

    @property
    def stream(self) -> str:
        """The stream of the aggregate that the event belongs to."""
        raise NotImplementedError

    def rows(self, position: int) -> Iterator[Row]:
        """What the event says about cells; events that say nothing have none."""
        yield from ()

    @property
    def timing(self) -> Timing:
        return self.basis.timing(self.effective_on, self.until_on)

    def says(
        self,
        position: int,
        cell: str,
        value: CellValue,
        *,
        rank: int = FINAL,
        was: CellValue | None = None,
    ) -> Assertion:
        """One statement of this event."""
        return Assertion(position, cell, value, self.timing, rank, was)


class EventOfProgram(Event):
    """An event of one program."""

    program: Identifier


class WithdrawsStatement(EventOfProgram):
    """A statement or withdrawal recorded in error, named by its position (one cell of it, if the
    event says several). It withdraws from always; what was known before stays known before.
    """

    of_position: int
    cell: str | None = None
    reason: Text

    def rows(self, position: int) -> Iterator[Row]:
        yield Withdrawal(
            position,
            self.timing,
            recording_error=True,
            of_position=self.of_position,
            of_cell=self.cell,
            reason=self.reason,
        )
