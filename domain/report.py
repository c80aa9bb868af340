"""The way of a period's report: submitted, returned, accepted, its period closed and opened again.

The steps go by the order of recording, whatever their documents' dates (decision 0017).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from pydantic import Field

from domain import cells
from domain.dates import Register, Row
from domain.event import Event
from domain.legal_act import Basis
from domain.locks import status_of, step_taken
from domain.periods import Period, PeriodText
from domain.program import ProgramEvent, require_period
from domain.refusals import (
    NoReportForPeriod,
    PeriodNotClosed,
    ReasonRequired,
    ReopeningUnbounded,
    ReportNotInState,
    ReportTooEarly,
)
from domain.values import Stated, Text, Value

LONGEST_REOPENING = timedelta(days=31)


class PeriodEvent(ProgramEvent):
    """A step of a period's report."""

    status: ClassVar[str]
    period: PeriodText
    reason: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.report_status(self.period), Stated(value=self.status))


class IssuedFile(Value):
    """A file in which a submitted report was issued: which form, in which format, its SHA-256."""

    form: str
    file_format: str
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=1)


class ReportSubmitted(PeriodEvent):
    """The report for a period was submitted. It fixes its viewpoint for ever (`as_of`, `dated_by`,
    `at_position`) and the files that were issued at it. Without `at_position` the report came on paper
    alone: Letopis issued nothing.
    """

    topic: ClassVar = "program.report_submitted.v2"
    status: ClassVar = "submitted"
    as_of: date
    dated_by: date
    at_position: int | None = None
    files: tuple[IssuedFile, ...] = ()


class ReportReturned(PeriodEvent):
    """The report for a period was returned for rework, with a reason."""

    topic: ClassVar = "program.report_returned.v1"
    status: ClassVar = "returned"


class ReportAccepted(PeriodEvent):
    """The report for a period was accepted."""

    topic: ClassVar = "program.report_accepted.v1"
    status: ClassVar = "accepted"


class PeriodClosedEvent(PeriodEvent):
    """A period was closed: only corrections with a reason and a basis are possible in it."""

    topic: ClassVar = "program.period_closed.v1"
    status: ClassVar = "closed"


class PeriodReopened(PeriodEvent):
    """A closed period was opened again, with a reason, until a day: after it the period counts as closed
    by itself. (The oldest ones have no end: they stay as they were recorded.)
    """

    topic: ClassVar = "program.period_reopened.v1"
    status: ClassVar = "open"


def submitted_before_files(payload: dict[str, Any]) -> dict[str, Any]:
    """`program.report_submitted.v1` said no viewpoint: it is that of its period and document, at no
    position, with no files.
    """
    seen = {
        "as_of": Period.parse(payload["period"]).last_day.isoformat(),
        "dated_by": payload["basis"]["dated_on"],
    }
    return payload | seen


# Deciders


_IN_RUSSIAN = {
    "open": "не сдан",
    "submitted": "сдан",
    "returned": "возвращён",
    "accepted": "принят",
    "closed": "принят, период закрыт",
}
_BEFORE: dict[type[PeriodEvent], set[str]] = {
    ReportSubmitted: {"open", "returned"},
    ReportReturned: {"submitted", "accepted"},
    ReportAccepted: {"submitted"},
    PeriodClosedEvent: {"accepted"},
    PeriodReopened: {"closed"},
}


def submit_report(
    register: Register,
    program: str,
    basis: Basis,
    period: str,
    today: date,
    *,
    reason: str = "",
    at_position: int | None = None,
    files: Sequence[IssuedFile] = (),
) -> list[Event]:
    """The report for a quarter or a year that has ended, seen on its last day by the documents up to the
    report's own.

    Refuses: NotAPeriod, PeriodOutsideProgram, NoReportForPeriod, ReportTooEarly, ReportNotInState.
    """
    span = reported_period(register, period)
    if span.last_day > today:
        raise ReportTooEarly(period=period, last_day=span.last_day, today=today)
    return [
        ReportSubmitted(
            program=program,
            basis=basis,
            effective_on=basis.dated_on,
            until_on=_ends_with(register, ReportSubmitted, period, today),
            period=period,
            reason=reason,
            as_of=span.last_day,
            dated_by=basis.dated_on,
            at_position=at_position,
            files=tuple(files),
        )
    ]


def move_report(
    register: Register,
    program: str,
    step: type[PeriodEvent],
    basis: Basis,
    period: str,
    today: date,
    *,
    reason: str = "",
    until_on: date | None = None,
) -> list[Event]:
    """One step of a submitted report: return, accept, close; or a closed period reopened until a day.

    What is done while a period is reopened lasts no longer than that, unless the period is closed anew.
    Nobody may skip a step.
    Refuses: NotAPeriod, PeriodOutsideProgram, NoReportForPeriod, PeriodNotClosed, ReportNotInState,
    ReasonRequired (return, reopen), ReopeningUnbounded (no end, one before today or too far ahead).
    """
    reported_period(register, period)
    lasts = _ends_with(register, step, period, today)
    if step in (ReportReturned, PeriodReopened) and not reason.strip():
        raise ReasonRequired
    if step is PeriodReopened:
        last = today + LONGEST_REOPENING
        if until_on is None or not today <= until_on <= last:
            raise ReopeningUnbounded(period=period, today=today, last=last)
        lasts = until_on
    return [
        step(
            program=program,
            basis=basis,
            effective_on=basis.dated_on,
            until_on=None if step is PeriodClosedEvent else lasts,
            period=period,
            reason=reason,
        )
    ]


def reported_period(register: Register, text: str) -> Period:
    """The quarter or year that is reported on. Refuses: NotAPeriod, PeriodOutsideProgram,
    NoReportForPeriod.
    """
    span = require_period(register, text)
    if not (span.is_quarter or span.is_year):
        raise NoReportForPeriod(period=text)
    return span


def _ends_with(
    register: Register, step: type[PeriodEvent], period: str, today: date
) -> date | None:
    """The end that a step has from the exception under which it is taken, if any. Refuses:
    PeriodNotClosed, ReportNotInState.
    """
    taken = step_taken(register, period, today)
    status = status_of(taken)
    if step is PeriodReopened and status != "closed":
        raise PeriodNotClosed(period=period)
    if status not in _BEFORE[step]:
        raise ReportNotInState(period=period, status=(_IN_RUSSIAN[status], status))
    return taken.timing.until_on if taken is not None else None
