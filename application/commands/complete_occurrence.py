"""Record that a procedure of the road map was done in one of its windows."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from application.commands.command import Command, Decision
from application.ledger import History
from domain.legal_act import Document
from domain.program import cite
from domain.refusals import UnknownProcedure
from domain.road_map import complete, require_procedure
from domain.values import Day, Identifier, Text


class CompleteOccurrence(Command):
    """A procedure was done in its window number `window` (counted from 1), with evidence.

    Refuses: UnknownProcedure, UnknownWindow, CompletedBeforeStart, DocumentFromTheFuture.
    """

    name: ClassVar = "complete_occurrence"

    document: Document
    procedure: Identifier
    year: int | None = None
    window: int = Field(ge=1)
    completed_on: Day
    evidence: Text = ""

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        of_year = require_procedure(register, program, self.procedure)
        if self.year not in (None, of_year):
            raise UnknownProcedure(procedure=self.procedure, program=program)
        basis, recorded = cite(register, program, self.document, today)
        events = complete(
            register,
            program,
            basis,
            self.procedure,
            self.window,
            self.completed_on,
            self.evidence,
            today,
        )
        return Decision([*recorded, *events], {"document": basis.document})
