"""Move a period's report: submit, return, accept, close, reopen; or close a fiscal year's books."""

from datetime import date
from typing import ClassVar, Literal

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
    ReportSubmitted,
    move_report,
)
from domain.values import Text

STEPS = {
    "submission": ReportSubmitted,
    "return": ReportReturned,
    "acceptance": ReportAccepted,
    "closing": PeriodClosedEvent,
    "reopening": PeriodReopened,
}


class MoveReport(Command):
    """One step of a period's report, under a document.

    Refuses: PeriodOutsideProgram, PeriodNotClosed, ReportNotInState, ReasonRequired,
    DocumentFromTheFuture.
    """

    name: ClassVar = "move_report"

    document: Document
    period: PeriodText
    step: Literal["submission", "return", "acceptance", "closing", "reopening"]
    reason: Text = ""

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis, recorded = cite(history.register, program, self.document, today)
        events = move_report(
            history.register,
            STEPS[self.step],
            program,
            basis,
            self.period,
            basis.dated_on,
            self.reason,
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
