"""The reports of a program's periods at a viewpoint: when each is due, where it stands, what was issued."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, TypeVar

from application.ports import ReadModel, RecordedQuery
from application.queries.program import holds_from
from application.rules.due_dates import Due, due_of_quarter, due_of_year
from domain import cells
from domain.dates import Assertion, Register, Viewpoint
from domain.periods import Period
from domain.refusals import UnknownIssue, UnknownProgram
from domain.report import IssuedFile, PeriodEvent, ReportAccepted, ReportSubmitted
from domain.state import State
from domain.values import Stated, Value

_SUBMITTED = ("program.report_submitted.v1", ReportSubmitted.topic)
_LIMIT = 100_000
Step = TypeVar("Step", bound=PeriodEvent)
Status = Literal[
    "not_due", "due", "overdue", "submitted", "returned", "accepted", "closed", "reopened"
]


class Moved(Value):
    """The day by the program's rule, and why the report is due on a later one."""

    stated_on: date
    why: str


class StepView(Value):
    """A step of a report: its document and where it was recorded."""

    position: int
    document: str
    dated_on: date


class SubmissionView(StepView):
    """A report as it was submitted: the viewpoint that it fixes, the files that were issued, by how many
    days its document is late. Without `at_position` it came on paper alone.
    """

    as_of: date
    dated_by: date
    at_position: int | None
    late_days: int | None
    files: tuple[IssuedFile, ...]


class PeriodView(Value):
    """The report of a period. `due_on` null: no day is stated. `until_on`: the end of an exception.
    `late_days`: of the last submission, or so far. `accepted` is the last acceptance, if it stands.
    """

    period: str
    first_day: date
    last_day: date
    due_on: date | None
    moved: Moved | None
    status: Status
    until_on: date | None
    late_days: int | None
    accepted: StepView | None
    submissions: tuple[SubmissionView, ...]


def periods(model: ReadModel, program: str, view: Viewpoint) -> tuple[PeriodView, ...]:
    """Every quarter and year of the program, in the order in which they end. Refuses: UnknownProgram."""
    state = model.state(program, view)
    first, last = (state.text(cells.passport(field)) for field in ("first_year", "last_year"))
    if first is None or last is None:
        since = model.known_since(cells.passport("first_year"), program)
        raise UnknownProgram(program=program, exists=holds_from("Она", since))
    due = _due(model, program, view)
    submitted = _steps(model, program, view, _SUBMITTED, ReportSubmitted)
    accepted = _steps(model, program, view, (ReportAccepted.topic,), ReportAccepted)
    return tuple(
        _period(state, view, span, due(span), submitted, accepted)
        for year in range(int(first), int(last) + 1)
        for span in map(Period.parse, (*(f"{year}-Q{n}" for n in range(1, 5)), str(year)))
    )


def issued_file(
    model: ReadModel, program: str, period: str, position: int, form: str, file_format: str
) -> IssuedFile:
    """The file that the submission at a position issued. Refuses: UnknownIssue."""
    asked = RecordedQuery(program=program, after=position - 1, up_to=position, limit=1)
    for recorded in model.events(asked):
        event = recorded.event
        if isinstance(event, ReportSubmitted) and event.period == period:
            for file in event.files:
                if (file.form, file.file_format) == (form, file_format):
                    return file
    raise UnknownIssue(position=position, period=period, file=f"{form}.{file_format}")


def _steps(
    model: ReadModel, program: str, view: Viewpoint, topics: tuple[str, ...], kind: type[Step]
) -> list[tuple[int, Step]]:
    """The steps of a kind that the viewpoint sees, by position; those whose exception ended too."""
    found = [
        (recorded.position, recorded.event)
        for topic in topics
        for recorded in model.events(
            RecordedQuery(program=program, topic=topic, up_to=view.at_position, limit=_LIMIT)
        )
        if isinstance(recorded.event, kind)
        and view.sees(replace(recorded.event.timing, until_on=None))
    ]
    return sorted(found, key=lambda one: one[0])


def _due(model: ReadModel, program: str, view: Viewpoint) -> Callable[[Period], Due | None]:
    """When a period's report is due, by the rule that held on the period's last day."""
    day = _stated(model, program, "quarter_report_day", view)
    month_and_day = _stated(model, program, "year_report_due", view)

    def due(span: Period) -> Due | None:
        if span.is_year:
            return due_of_year(span, month_and_day(span.last_day))
        return due_of_quarter(span, day(span.last_day))

    return due


def _stated(
    model: ReadModel, program: str, field: str, view: Viewpoint
) -> Callable[[date], str | None]:
    """What a passport field is on a day, or on the viewpoint's own where the day is yet to come."""
    cell = cells.passport(field)
    told = model.story(program, cell)
    register = Register(withdrawals=told.withdrawals)
    register.take(told.assertions)

    def on(day: date) -> str | None:
        said = register.cell(cell, replace(view, as_of=min(view.as_of, day)))
        return said.value.value if said and isinstance(said.value, Stated) else None

    return on


def _period(
    state: State,
    view: Viewpoint,
    span: Period,
    due: Due | None,
    submitted: list[tuple[int, ReportSubmitted]],
    accepted: list[tuple[int, ReportAccepted]],
) -> PeriodView:
    said = state.said(cells.report_status(span.text))
    status = _status(said, span, due, view.as_of)
    submissions = tuple(_submissions(submitted, span, due))
    acceptances = [_step(at, event) for at, event in accepted if event.period == span.text]
    stands = status in {"accepted", "closed", "reopened"}
    late = submissions[-1].late_days if submissions else None
    if status == "overdue" and due is not None:
        late = (view.as_of - due.due_on).days
    return PeriodView(
        period=span.text,
        first_day=span.first_day,
        last_day=span.last_day,
        due_on=due.due_on if due else None,
        moved=Moved(stated_on=due.stated_on, why=due.why) if due and due.why else None,
        status=status,
        until_on=said.timing.until_on if said else None,
        late_days=late,
        accepted=acceptances[-1] if acceptances and stands else None,
        submissions=submissions,
    )


def _status(said: Assertion | None, span: Period, due: Due | None, as_of: date) -> Status:
    match said.value if said else None:
        case Stated(value="submitted" | "returned" | "accepted" | "closed" as status):
            return status
        case Stated(value="open"):
            return "reopened"
    if as_of <= span.last_day:
        return "not_due"
    return "overdue" if due and as_of > due.due_on else "due"


def _submissions(
    submitted: list[tuple[int, ReportSubmitted]], span: Period, due: Due | None
) -> Iterator[SubmissionView]:
    for position, event in submitted:
        if event.period == span.text:
            late = max(event.basis.dated_on - due.due_on, timedelta()).days if due else None
            yield SubmissionView(
                **dict(_step(position, event)),
                as_of=event.as_of,
                dated_by=event.dated_by,
                at_position=event.at_position,
                late_days=late,
                files=event.files,
            )


def _step(position: int, event: PeriodEvent) -> StepView:
    return StepView(position=position, document=event.basis.document, dated_on=event.basis.dated_on)
