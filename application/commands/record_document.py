"""Record a paper and the figures printed in it that Letopis computes itself."""

from datetime import date
from typing import ClassVar

from application.commands.command import Command, Decision
from application.ledger import History
from domain.legal_act import Document
from domain.program import ControlFigure, DocumentRecorded, cite
from domain.refusals import AlreadyExists, NotACell
from domain.values import Day


class RecordDocument(Command):
    """A paper's requisites and its control figures (sums, deviations, percents), as printed.

    Refuses: DocumentFromTheFuture, NotACell (a control figure's cell begins with `control:`),
    AlreadyExists (two figures for one cell).
    """

    name: ClassVar = "record_document"

    document: Document
    effective_on: Day
    figures: tuple[ControlFigure, ...] = ()

    def decide(self, program: str, history: History, today: date) -> Decision:
        named = set[str]()
        for figure in self.figures:
            if not figure.cell.startswith("control:"):
                raise NotACell(cell=figure.cell)
            if figure.cell in named:
                raise AlreadyExists(thing=figure.cell)
            named.add(figure.cell)
        basis, recorded = cite(history.register, program, self.document, today)
        figures = DocumentRecorded(
            program=program, basis=basis, effective_on=self.effective_on, figures=self.figures
        )
        return Decision([*recorded, figures], {"document": basis.document})
