"""Post cash execution: payments that add up, or the cumulative totals of a report."""

from datetime import date
from typing import ClassVar, Self

from pydantic import Field, StrictBool, model_validator

from application.commands.command import Command, Decision
from application.ledger import History
from domain.budget import Payment, post_cash, report_cash
from domain.event import Event
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.program import cite
from domain.values import Value


class OfAPeriod(Value):
    """Amounts of days, or with `cumulative` totals since the start of the year for `period`."""

    cumulative: StrictBool = False
    period: PeriodText | None = None

    @model_validator(mode="after")
    def cumulative_of_a_period(self) -> Self:
        if self.cumulative != (self.period is not None):
            msg = "period указывается вместе с cumulative и только с ним"
            raise ValueError(msg)
        return self


class PostCash(OfAPeriod, Command):
    """Cash execution that one document states; all entries are recorded or none.

    Payments have their day (`paid_on`, left out: the document's date). With `cumulative` the amounts
    are totals since the year's start for `period`: a statement of the report, never added to payments.
    Refuses: see `domain.budget.post_cash` and `report_cash`; DocumentFromTheFuture.
    """

    name: ClassVar = "post_cash"

    document: Document
    entries: tuple[Payment, ...] = Field(min_length=1, max_length=1000)

    def streams(self, program: str) -> list[str]:
        return sorted({f"budget/{program}/{entry.year}" for entry in self.entries})

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        basis, recorded = cite(register, program, self.document, today)
        history.decided(recorded)
        events: list[Event] = list(recorded)
        for entry in self.entries:
            if self.period is not None:
                decided = report_cash(register, program, basis, entry, self.period, today)
            else:
                decided = post_cash(register, program, basis, entry, today)
            history.decided(decided)
            events += decided
        return Decision(events, {"document": basis.document})
