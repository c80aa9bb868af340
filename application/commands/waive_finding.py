"""Accept a finding with a reason: the papers stay as they are."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from application.commands.command import Command, Decision
from application.ledger import History
from application.queries.findings import subject_of
from application.rules.catalogue import findings_at
from domain.dates import ALWAYS, Viewpoint
from domain.legal_act import Document, DocumentKind
from domain.program import FindingWaived, cite
from domain.refusals import ReasonRequired, UnknownFinding
from domain.state import state_of
from domain.values import Text


class WaiveFinding(Command):
    """Accepts the finding of a `rule` in a `cell`, as it stands today, with a `reason`. `document` is the
    paper that decides so; left out: a memo of today.

    It covers what was known: a finding that rests on later events is a new one.
    Refuses: ReasonRequired, UnknownFinding (there is no such finding now), DocumentFromTheFuture.
    """

    name: ClassVar = "waive_finding"

    rule: str = Field(examples=["figure_misprinted"])
    cell: str = Field(examples=["control:ratio:objective-1-2:2021"])
    reason: Text = Field(min_length=1)
    document: Document | None = None

    def decide(self, program: str, history: History, today: date) -> Decision:
        if not self.reason.strip():
            raise ReasonRequired
        view = Viewpoint(today, today, history.register.last_position)
        found = findings_at(subject_of(history, view, state_of(history.register, view)))
        if not any((one.rule, one.cell) == (self.rule, self.cell) for one in found):
            raise UnknownFinding(rule=self.rule, cell=self.cell)
        memo = Document(kind=DocumentKind.MEMO, type="Заметка", title="Расхождения", date=today)
        basis, recorded = cite(history.register, program, self.document or memo, today)
        waived = FindingWaived(
            program=program,
            basis=basis,
            effective_on=ALWAYS,
            rule=self.rule,
            cell=self.cell,
            reason=self.reason,
        )
        return Decision([*recorded, waived], {"document": basis.document})
