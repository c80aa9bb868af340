"""Assign who is answerable for a procedure of the road map."""

from datetime import date
from typing import ClassVar

from application.commands.command import Command, Decision
from application.ledger import History
from domain.legal_act import Document
from domain.program import cite
from domain.road_map import assign
from domain.values import Identifier, Text


class AssignResponsible(Command):
    """From a day on a position, held by a person (a reference, never a name), answers for a procedure.

    Refuses: UnknownProcedure, DocumentFromTheFuture.
    """

    name: ClassVar = "assign_responsible"

    document: Document
    procedure: Identifier
    position: Text
    person: Identifier | None = None
    effective_on: date

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        basis, recorded = cite(register, program, self.document, today)
        events = assign(
            register,
            program,
            basis,
            self.procedure,
            self.position,
            self.person,
            self.effective_on,
        )
        return Decision([*recorded, *events], {"document": basis.document})
