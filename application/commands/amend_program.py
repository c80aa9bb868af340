"""Record a decree: its requisites and its lines, as one unit."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field, StrictBool

from application.commands.command import Command, Decision
from application.commands.shapes import AsPrinted, GivenValue
from application.ledger import History
from domain.amendment import amend, draft
from domain.event import SourceCell
from domain.findings import findings
from domain.legal_act import Document
from domain.program import ActRecorded, AmendmentLine
from domain.refusals import UnknownAct
from domain.values import CellValue, Day, Value


class Line(Value):
    """One line of a decree. `effective_on` left out: the act's `applies_from`."""

    cell: str = Field(examples=["target:goal-1:2021"])
    was: GivenValue
    becomes: GivenValue
    effective_on: Day | None = None
    until_on: Day | None = None
    as_printed: AsPrinted | None = None
    overlap: Literal["replaces", "keeps"] | None = None
    at: SourceCell | None = None

    @property
    def line(self) -> AmendmentLine:
        reason = self.as_printed.reason if self.as_printed else ""
        return AmendmentLine(**(dict(self) | {"as_printed": reason}))


class AmendProgram(Command):
    """A decree with its lines; all of them are recorded or none.

    `restates`: prefixes of cells that the act says anew. `draft` true: kept with its lines, states
    nothing. `signs`: the draft that this act signs; its lines and restated parts are then the act's.
    An act whose content is not known has `content_stated` false and no lines.
    The answer lists findings that the act gives rise to, such as a later act's «was» that no longer fits.
    Refuses: see `domain.amendment.amend`.
    """

    name: ClassVar = "amend_program"

    act: Document
    lines: tuple[Line, ...] = Field(default=(), max_length=5000)
    restates: tuple[str, ...] = ()
    draft: StrictBool = False
    signs: str | None = None

    def expects(self) -> dict[str, CellValue]:
        return {line.cell: line.was for line in self.lines}

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        lines, restates = tuple(line.line for line in self.lines), self.restates
        if self.draft:
            events = draft(register, program, self.act, lines, restates, today)
            return Decision(events, {"act": events[0].basis.document, "findings": []})
        if self.signs:
            lines, restates = _drafted(history, program, self.signs)
        register.last_position = max(register.last_position, history.log_size)
        known = {(f.rule, f.cell) for f in findings(register)}
        events = amend(register, program, self.act, lines, restates, today, signs=self.signs)
        new = [
            found.model_dump(mode="json")
            for found in findings(register)
            if (found.rule, found.cell) not in known
        ]
        return Decision(events, {"act": events[-1].basis.document, "findings": new})


def _drafted(
    history: History, program: str, draft_id: str
) -> tuple[tuple[AmendmentLine, ...], tuple[str, ...]]:
    for event in history.events.values():
        if isinstance(event, ActRecorded) and event.draft and event.basis.document == draft_id:
            return event.lines, event.restates
    raise UnknownAct(act=draft_id, program=program)
