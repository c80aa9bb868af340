"""What a period's report locks: while it is under review, and once its period is closed."""

from datetime import date

from domain import cells
from domain.dates import Assertion, Register, Viewpoint
from domain.periods import Period
from domain.refusals import PeriodClosed, ReportUnderReview
from domain.values import Stated

CLOSED, UNDER_REVIEW = "closed", frozenset({"submitted", "accepted"})


def step_taken(register: Register, period: str, today: date) -> Assertion | None:
    """The step at which a period's report stands today; None before the first one. Exceptions end, so
    that it is asked as of today and not at the open end of time.
    """
    view = Viewpoint(today, date.max, register.last_position)
    return register.cell(cells.report_status(period), view)


def status_of(step: Assertion | None) -> str:
    """`open`, `submitted`, `returned`, `accepted` or `closed`."""
    return step.value.value if step is not None and isinstance(step.value, Stated) else "open"


def locks_on(register: Register, span: Period, today: date) -> dict[str, str]:
    """The periods that contain this one (or are it) and lock it today, each with its status."""
    found = {}
    for cell in register.of_kind("period"):
        _, text, _ = cells.parts(cell)
        if Period.parse(text).contains(span):
            status = status_of(step_taken(register, text, today))
            if status == CLOSED or status in UNDER_REVIEW:
                found[text] = status
    return found


def require_open(register: Register, span: Period, today: date) -> None:
    """Refuses (PeriodClosed, ReportUnderReview) what is to be recorded in a period that is locked, or in
    one that contains it.
    """
    locks = locks_on(register, span, today)
    for text, status in locks.items():
        if status == CLOSED:
            raise PeriodClosed(period=text)
    for text in locks:
        raise ReportUnderReview(period=text)
