"""Move a period's report: submit, return, accept, close, reopen; or close a fiscal year's books."""

from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from application.commands.command import Command, Decision
from application.ledger import History
from domain.budget import close_year
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.program import cite
from domain.report import (
    PeriodClosedEvent,
    PeriodReopened,
    ReportAccepted,
    ReportReturned,
    move_report,
    submit_report,
)
from domain.values import Day, Text

STEPS = {
    "return": ReportReturned,
    "acceptance": ReportAccepted,
    "closing": PeriodClosedEvent,
    "reopening": PeriodReopened,
}


class MoveReport(Command):
    """One step of a period's report, under a document. A `submission` of this kind is of a report that came
    on paper alone: `application.submitting` is for those that Letopis issues. `until_on` is the last day of
    a reopening.

    Refuses: see `domain.report.move_report` and `submit_report`; DocumentFromTheFuture.
    """

    name: ClassVar = "move_report"

    document: Document
    period: PeriodText
    step: Literal["submission", "return", "acceptance", "closing", "reopening"]
    reason: Text = ""
    until_on: Day | None = None

    @model_validator(mode="after")
    def only_exceptions_end(self) -> Self:
        if self.until_on is not None and self.step != "reopening":
            msg = "until_on указывается только для открытия вновь (reopening)"
            raise ValueError(msg)
        return self

    def decide(self, program: str, history: History, today: date) -> Decision:
        register, why = history.register, self.reason
        basis, recorded = cite(register, program, self.document, today)
        if self.step == "submission":
            events = submit_report(register, program, basis, self.period, today, reason=why)
        else:
            events = move_report(
                register,
                program,
                STEPS[self.step],
                basis,
                self.period,
                today,
                reason=why,
                until_on=self.until_on,
            )
        return Decision([*recorded, *events], {"document": basis.document})


class CloseBudget(Command):
    """Closes the books of a fiscal year. Refuses: BudgetClosed, DocumentFromTheFuture."""

    name: ClassVar = "close_budget"

    document: Document
    year: int

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis, recorded = cite(history.register, program, self.document, today)
        events = close_year(history.register, program, basis, self.year, basis.dated_on)
        return Decision([*recorded, *events], {"document": basis.document})
