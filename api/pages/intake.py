"""«Внести бумагу»: a file is tried, its columns are put right, and what was shown is recorded."""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict

from api.admission import page_needs
from api.handing_in import AnswersMalformed, answers_from, digest_of, handed_in
from api.page_forms import MOST_BYTES
from api.pages.cell_words import CellWords, Text, words_of
from api.pages.frame import page, refused
from api.pages.mapping import KINDS_BY_NAME, Corrected, TableShown, corrected, tables_shown
from api.pages.posted import AsPosted, Posted
from api.problems import status_of
from api.routes.asking import Asked
from application.access import RECORDS
from application.intake.answers import Answers
from application.intake.hand_in import HandedIn
from application.intake.refused import AnswersNeeded, place_of
from application.queries.programs import ProgramSummary, programs
from application.queries.viewpoint import DEFAULT_ZONE, AskedViewpoint, resolve
from application.reports.figure import Figure
from domain.findings import Finding
from domain.refusals import Refusal
from domain.values import Value

log = structlog.get_logger()
router = APIRouter(include_in_schema=False)
MOST_CHANGES = 200
MOST_LINKS = 20
_MOVED_ON = "С тех пор, как вы проверяли, стало меняться другое. Посмотрите ещё раз и запишите."


class IntakeAsked(Value):
    """Which program the paper is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    program: str = ""


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """Was → becomes of a cell, in words."""

    cell: str
    words: CellWords
    was: Figure
    becomes: Figure


@dataclass(frozen=True, slots=True)
class Trial:
    """A dry run as the page shows it. `checked` names all that was shown."""

    result: HandedIn
    tables: Sequence[TableShown]
    unread: Sequence[tuple[str, str]]
    findings: Sequence[tuple[Finding, CellWords]]
    changes: Sequence[ChangeShown]
    checked: str

    @property
    def recordable(self) -> bool:
        """Whether there is something to record, and all of it was read."""
        return not self.unread and not self.result.nothing_new


@router.get("/intake", dependencies=[page_needs(*RECORDS)])
def ask_for_paper(request: Request, asked: Annotated[IntakeAsked, Query()], ask: Asked) -> Response:
    """An empty form."""
    try:
        return _form(ask, Posted(program=asked.program))
    except Refusal as refusal:
        return refused(request, refusal)


@router.post("/intake", dependencies=[page_needs(*RECORDS)])
def take_paper(request: Request, form: AsPosted, ask: Asked) -> Response:
    """Tries the paper; records it if that is asked for and nothing stands against it."""
    try:
        return _tried(ask, form)
    except Refusal as refusal:
        return refused(request, refusal)


def _tried(ask: Asked, form: Posted) -> Response:
    known = _programs(ask)
    if form.program and form.program not in {one.program for one in known}:
        form.wrong["program"] = "Такой программы нет"
    given = corrected(form)
    if not form.readable:
        return _form(ask, form, known=known)
    try:
        answers = _answers(form, given)
        trial = _trial(ask, form, answers, given)
        if form.step == "record" and trial.recordable and not form.wrong:
            if form.checked != trial.checked:
                return _form(ask, form, known=known, trial=trial, notice=_MOVED_ON)
            return _recorded(ask, form, answers)
    except (AnswersMalformed, AnswersNeeded) as refusal:
        form.wrong["answers"] = str(refusal)
        return _form(ask, form, known=known)
    except Refusal as refusal:
        status = status_of(refusal, ask.request)
        return _form(ask, form, known=known, notice=str(refusal), status=status)
    return _form(ask, form, known=known, trial=trial)


def _form(
    ask: Asked,
    form: Posted,
    *,
    known: Sequence[ProgramSummary] | None = None,
    trial: Trial | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The form as it was filled in, with what is wrong in it and what the dry run came to."""
    response = page(
        ask.request,
        "intake",
        form=form,
        known=_programs(ask) if known is None else known,
        trial=trial,
        notice=notice,
        content=b64encode(form.content).decode(),
        kinds=KINDS_BY_NAME.values(),
        most_bytes=MOST_BYTES,
        most_changes=MOST_CHANGES,
        this_year=ask.letopis.clock.today(DEFAULT_ZONE).year,
    )
    response.status_code = (
        HTTPStatus.UNPROCESSABLE_ENTITY if form.wrong and ask.request.method == "POST" else status
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _programs(ask: Asked) -> list[ProgramSummary]:
    model = ask.model
    return programs(model, resolve(model, DEFAULT_ZONE, AskedViewpoint(), ask.letopis.now()))


def _answers(form: Posted, given: Corrected) -> Answers:
    """What was typed as answers, with the program and the columns that were chosen beside it."""
    answers = answers_from(form.answers) if form.answers.strip() else Answers()
    return answers.model_copy(
        update={
            "program": form.program or answers.program,
            "kinds": answers.kinds | given.kinds,
            "columns": answers.columns | given.columns,
        }
    )


def _hand_in(ask: Asked, form: Posted, answers: Answers, *, dry_run: bool) -> HandedIn:
    digest = digest_of(form.content, answers)
    result = handed_in(
        ask.letopis,
        form.content,
        form.name,
        answers,
        ask.asks(f"paper {digest}", digest),
        dry_run=dry_run,
        remember=form.remember,
    )
    log.info(
        "paper tried" if dry_run else "paper taken in",
        program=result.program,
        paper=result.digest,
        position=result.receipt.position if result.receipt else None,
    )
    return result


def _trial(ask: Asked, form: Posted, answers: Answers, given: Corrected) -> Trial:
    result = _hand_in(ask, form, answers, dry_run=True)
    text = _texts(ask, result)
    said = json.dumps([digest_of(form.content, answers), *result.changes], ensure_ascii=False)
    return Trial(
        result,
        tables_shown(result.tables, form, given),
        [(place_of(one.at), one.why) for one in result.unread],
        [(one, words_of(one.cell, text)) for one in _in_order(result.findings)],
        _changes(result, text, MOST_CHANGES),
        sha256(said.encode()).hexdigest(),
    )


def _recorded(ask: Asked, form: Posted, answers: Answers) -> Response:
    """The receipt."""
    result = _hand_in(ask, form, answers, dry_run=False)
    response = page(
        ask.request,
        "intake_receipt",
        form=form,
        result=result,
        changes=_changes(result, _texts(ask, result), MOST_LINKS),
        findings=len(result.findings),
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _texts(ask: Asked, result: HandedIn) -> Text:
    """What things are called in the paper, else as known now."""
    told: dict[str, Any] = {one["cell"]: one["becomes"].get("value") for one in result.changes}
    model = ask.model
    viewpoint = resolve(model, DEFAULT_ZONE, AskedViewpoint(), ask.letopis.now())
    state = model.state(result.program, viewpoint)
    return lambda cell: told.get(cell) or state.text(cell)


def _changes(result: HandedIn, text: Text, most: int) -> list[ChangeShown]:
    return [
        ChangeShown(
            one["cell"],
            words_of(one["cell"], text),
            Figure.model_validate(one["was"]),
            Figure.model_validate(one["becomes"]),
        )
        for one in result.changes[:most]
    ]


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: one.severity)
