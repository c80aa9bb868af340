"""Reports by period: when they are due, the steps of their way, and the files that were issued."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from adapters.documents.writing import write
from api.admission import needs
from api.routes.asking import Answer, Asked, IdempotencyKey, problems, recorded
from api.routes.forms import FILES, as_file
from api.routes.reading import At, Program
from api.routes.writing import WRITES, Nothing
from application.access import Permission
from application.commands.move_report import MoveReport
from application.queries.periods import PeriodView, issued_file, periods
from application.submitting import Desk, Submission, submit
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.refusals import UnknownIssue
from domain.values import Day, Text, Value

router = APIRouter(prefix="/api/v1", tags=["periods"])

Period = Annotated[
    PeriodText, Path(description="Квартал или год", examples=["2024-Q1", "2024"], max_length=10)
]


class Step(Value):
    """A step of a report: the document that it is taken by, and why."""

    document: Document
    reason: Text = ""


class Reopening(Step):
    """A closed period opened again: why, and until which day (it then closes by itself)."""

    until_on: Day | None = None


@router.get(
    "/programs/{program}/periods",
    dependencies=[needs(Permission.READ)],
    operation_id="list_periods",
    response_model=Answer[list[PeriodView]],
    responses=problems(404),
)
def list_periods(program: Program, at: At, ask: Asked) -> Response:
    """The reports of all quarters and years: due dates by the production calendar, where each stands, what
    was issued.
    """
    return ask.of_program(program, at, lambda r: periods(ask.model, program, r.viewpoint))


@router.get(
    "/programs/{program}/periods/{period}/issued/{position}/{form}.{file_format}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_issued_file",
    response_class=Response,
    responses=problems(404) | FILES,
)
def get_issued_file(
    program: Program,
    period: Period,
    position: Annotated[int, Path(ge=1, le=2**62, description="Запись, которой отчёт сдан")],
    form: str,
    file_format: str,
    _: Nothing,
    ask: Asked,
) -> Response:
    """A form as it was issued when the report was submitted, byte for byte, whatever was recorded or
    changed since. `ETag` is its SHA-256.
    """
    letopis = ask.letopis
    file = issued_file(ask.model, program, period, position, form, file_format)
    headers = {
        "ETag": f'"{file.digest}"',
        "Cache-Control": "private, immutable, max-age=31536000",
    }
    if headers["ETag"] in ask.known_tags():
        return Response(status_code=304, headers=headers)
    kept = letopis.issued.issued(file.digest)
    if kept is None:
        raise UnknownIssue(position=position, period=period, file=f"{form}.{file_format}")
    answer = as_file(kept.content, f"{program}-{form}-{period}-{position}", file_format)
    answer.headers.update(headers)
    return answer


@router.post(
    "/programs/{program}/periods/{period}/submission",
    dependencies=[needs(Permission.SUBMIT_REPORT)],
    operation_id="submit_report",
    **WRITES,
)
def submit_report(
    program: Program, period: Period, body: Submission, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Submits the report: its forms are issued as they are now and fixed for ever; the period is locked
    while it is under review.
    """
    letopis = ask.letopis
    desk = Desk(letopis.ledger, ask.model, letopis.issued, letopis.clock, write)
    request = ask.asks(key, ask.request.scope["digest"])
    return recorded(submit(desk, program, period, body, request), dry_run=False)


@router.post(
    "/programs/{program}/periods/{period}/return",
    dependencies=[needs(Permission.ACCEPT_REPORT)],
    operation_id="return_report",
    **WRITES,
)
def return_report(
    program: Program, period: Period, body: Step, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Returns a submitted or accepted report for rework, with a reason: its period is open again."""
    return ask.record(program, MoveReport(period=period, step="return", **dict(body)), key)


@router.post(
    "/programs/{program}/periods/{period}/acceptance",
    dependencies=[needs(Permission.ACCEPT_REPORT)],
    operation_id="accept_report",
    **WRITES,
)
def accept_report(
    program: Program, period: Period, body: Step, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Accepts a submitted report."""
    return ask.record(program, MoveReport(period=period, step="acceptance", **dict(body)), key)


@router.post(
    "/programs/{program}/periods/{period}/closing",
    dependencies=[needs(Permission.CLOSE_PERIOD)],
    operation_id="close_period",
    **WRITES,
)
def close_period(
    program: Program, period: Period, body: Step, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Closes a period whose report is accepted: from then on only corrections with a basis."""
    return ask.record(program, MoveReport(period=period, step="closing", **dict(body)), key)


@router.post(
    "/programs/{program}/periods/{period}/reopening",
    dependencies=[needs(Permission.CLOSE_PERIOD)],
    operation_id="reopen_period",
    **WRITES,
)
def reopen_period(
    program: Program, period: Period, body: Reopening, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Opens a closed period again with a reason, until a day at most 31 days ahead."""
    return ask.record(program, MoveReport(period=period, step="reopening", **dict(body)), key)
