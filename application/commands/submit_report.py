"""Record a submitted report with the files in which Letopis issued it."""

from datetime import date
from typing import ClassVar

from application.commands.command import Command, Decision
from application.ledger import History
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.program import cite
from domain.report import IssuedFile, submit_report
from domain.values import Text


class SubmitReport(Command):
    """The report for a period, issued in `files` at the position that its viewpoint ends with. Clients go
    through `application.submitting`, which issues the files.

    Refuses: see `domain.report.submit_report`; DocumentFromTheFuture.
    """

    name: ClassVar = "submit_report"

    document: Document
    period: PeriodText
    reason: Text = ""
    at_position: int
    files: tuple[IssuedFile, ...] = ()

    def streams(self, program: str) -> list[str]:
        return []

    def decide(self, program: str, history: History, today: date) -> Decision:
        basis, recorded = cite(history.register, program, self.document, today)
        events = submit_report(
            history.register,
            program,
            basis,
            self.period,
            today,
            reason=self.reason,
            at_position=self.at_position,
            files=self.files,
        )
        issued = [file.model_dump(mode="json") for file in self.files]
        return Decision([*recorded, *events], {"document": basis.document, "files": issued})
