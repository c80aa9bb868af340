"""A period's report submitted: its forms are written at one viewpoint, kept for ever, then recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from application.commands.command import ATTEMPTS, admitted, execute
from application.commands.submit_report import SubmitReport
from application.ledger import Clock, Ledger, Receipt, Request
from application.ports import Issued, KeptPaper, ReadModel, Writer
from application.queries.forms import printed_form
from application.queries.viewpoint import Resolved
from domain.dates import Viewpoint
from domain.legal_act import Document
from domain.periods import Period, PeriodText
from domain.refusals import LostRace, Stale
from domain.report import IssuedFile, ReportSubmitted
from domain.values import Text, Value

FORMS_OF_A_QUARTER, FORMS_OF_A_YEAR = ("quarterly",), ("1", "2", "3")
FORMATS = ("docx", "xlsx", "pdf")


@dataclass(frozen=True, slots=True)
class Desk:
    """What submitting needs: the log, the read model, the store of issued files, today, a writer."""

    ledger: Ledger
    model: ReadModel
    issued: Issued
    clock: Clock
    write: Writer


class Submission(Value):
    """What a client submits: the report's own document, and for a report that was returned why anew."""

    document: Document
    reason: Text = ""


def submit(
    desk: Desk, program: str, period: PeriodText, submission: Submission, request: Request
) -> Receipt:
    """Issues the forms of the period as they are now and records the report with their digests.

    The files are of the last position of the program. Where its history moves on meanwhile they are
    written anew, at most three times: what is recorded is what was issued.
    Refuses: UnknownProgram, KeyReused, LostRace, and what `SubmitReport` refuses, before anything is
    written.
    """
    if (first := desk.ledger.answered(request)) is not None:
        return first
    attempt = 0
    while True:
        attempt += 1
        command, at_position = _issued_now(desk, program, period, submission, request)
        try:
            return execute(desk.ledger, desk.clock, program, command, request, if_match=at_position)
        except (Stale, LostRace) as moved_on:
            if attempt == ATTEMPTS:
                raise LostRace(stream=f"program/{program}") from moved_on


def _issued_now(
    desk: Desk, program: str, period: PeriodText, submission: Submission, request: Request
) -> tuple[SubmitReport, int]:
    history = desk.ledger.history(program, [])
    bare = SubmitReport(period=period, at_position=history.last_position, **dict(submission))
    decision = bare.decide(program, history, desk.clock.today(bare.zone(history)))
    admitted(request, history, decision.events)
    (submitted,) = (e for e in decision.events if isinstance(e, ReportSubmitted))
    view = Viewpoint(submitted.as_of, submitted.dated_by, history.last_position)
    files = tuple(_written(desk, program, Period.parse(period), view))
    return bare.model_copy(update={"files": files}), history.last_position


def _written(desk: Desk, program: str, span: Period, view: Viewpoint) -> Iterator[IssuedFile]:
    """The forms of a quarter or a year in all formats, each kept before it is told."""
    for form in FORMS_OF_A_YEAR if span.is_year else FORMS_OF_A_QUARTER:
        printed = printed_form(desk.model, program, form, span.year, Resolved(view))
        for file_format in FORMATS:
            content = desk.write(printed, file_format)
            digest = sha256(content).hexdigest()
            name = f"{program}-{form}-{span.text}.{file_format}"
            desk.issued.keep(KeptPaper(digest, name, content))
            yield IssuedFile(form=form, file_format=file_format, digest=digest, size=len(content))
