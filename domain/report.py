"""The way of a period's report: submitted, returned, accepted, its period closed and opened again."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from domain import cells
from domain.dates import Register, Row
from domain.event import Event
from domain.legal_act import Basis
from domain.periods import PeriodText
from domain.program import ProgramEvent, require_period
from domain.refusals import PeriodNotClosed, ReasonRequired, ReportNotInState
from domain.values import Stated, Text


class PeriodEvent(ProgramEvent):
    """A step of a period's report."""

    status: ClassVar[str]
    period: PeriodText
    reason: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.report_status(self.period), Stated(value=self.status))


class ReportSubmitted(PeriodEvent):
    """The report for a period was submitted."""

    topic: ClassVar = "program.report_submitted.v1"
    status: ClassVar = "submitted"


class ReportReturned(PeriodEvent):
    """The report for a period was returned for rework, with a reason."""

    topic: ClassVar = "program.report_returned.v1"
    status: ClassVar = "returned"


class ReportAccepted(PeriodEvent):
    """The report for a period was accepted."""

    topic: ClassVar = "program.report_accepted.v1"
    status: ClassVar = "accepted"


class PeriodClosedEvent(PeriodEvent):
    """A period was closed: only corrections with a reason are possible in it."""

    topic: ClassVar = "program.period_closed.v1"
    status: ClassVar = "closed"


class PeriodReopened(PeriodEvent):
    """A closed period was opened again, with a reason."""

    topic: ClassVar = "program.period_reopened.v1"
    status: ClassVar = "open"


# Deciders


_BEFORE: dict[type[PeriodEvent], set[str]] = {
    ReportSubmitted: {"open", "returned"},
    ReportReturned: {"submitted", "accepted"},
    ReportAccepted: {"submitted"},
    PeriodClosedEvent: {"open", "submitted", "returned", "accepted"},
    PeriodReopened: {"closed"},
}


def move_report(
    register: Register,
    step: type[PeriodEvent],
    program: str,
    basis: Basis,
    period: str,
    on: date,
    reason: str,
) -> list[Event]:
    """One step of a period's report: submit, return, accept, close, reopen.

    Refuses: PeriodOutsideProgram, PeriodNotClosed, ReportNotInState, ReasonRequired (return, reopen).
    """
    require_period(register, period)
    said = register.cell(cells.report_status(period), register.now_known)
    status = said.value.value if said and isinstance(said.value, Stated) else "open"
    if step is PeriodReopened and status != "closed":
        raise PeriodNotClosed(period=period)
    if status not in _BEFORE[step]:
        raise ReportNotInState(period=period, status=status)
    if step in (ReportReturned, PeriodReopened) and not reason.strip():
        raise ReasonRequired
    return [step(program=program, basis=basis, effective_on=on, period=period, reason=reason)]
