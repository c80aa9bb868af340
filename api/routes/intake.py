"""Papers in: a Word or Excel table handed in, and the kept file behind a figure."""

from typing import Annotated, Any
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Form, Path, Query, Response, UploadFile
from pydantic import ConfigDict, Field

from api.admission import needs
from api.handing_in import answers_from, digest_of, handed_in, told
from api.problems import NotServed
from api.routes.asking import (
    Answer,
    Asked,
    Basis,
    Meta,
    NoParameters,
    json_answer,
    problems,
)
from api.routes.writing import OptionalKey, Trial
from application.access import RECORDS, Permission
from application.intake.answers import Answers
from domain.values import Identifier, Value

log = structlog.get_logger()
router = APIRouter(prefix="/api/v1", tags=["intake"])


class HandedInFile(Value):
    """A file with what goes with it. `program`: which program it is about, if the file does not say.
    `answers`: TOML or JSON, what no paper prints. `remember`: read this municipality's tables so from
    now on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile
    program: Identifier | None = None
    answers: str = Field(default="", max_length=1_000_000)
    dry_run: bool = False
    remember: bool = False


@router.post(
    "/intake",
    dependencies=[needs(*RECORDS)],
    operation_id="hand_in",
    status_code=201,
    response_model=Answer[Any],
    responses=problems(404, 408, 409, 413, 415, 507)
    | {200: {"description": "Пробный прогон, или в бумаге нет ничего нового"}},
)
def hand_in_paper(
    form: Annotated[HandedInFile, Form(media_type="multipart/form-data")],
    trial: Trial,
    ask: Asked,
    key: OptionalKey = None,
) -> Response:
    """Hands a .docx, .xlsx or .xls in: its tables are recognized, held against what is known and, unless
    `dry_run`, recorded, all or nothing. The same file is recorded once, so a key is not needed.
    """
    content = form.file.file.read()
    answers = answers_from(form.answers) if form.answers.strip() else Answers()
    if form.program is not None:
        answers = answers.model_copy(update={"program": form.program})
    dry_run = form.dry_run or trial.dry_run
    digest = digest_of(content, answers)
    result = handed_in(
        ask.letopis,
        content,
        form.file.filename or "",
        answers,
        ask.asks(key or f"paper {digest}", digest),
        dry_run=dry_run,
        remember=form.remember,
    )
    receipt = result.receipt
    log.info(
        "paper tried" if dry_run else "paper taken in",
        program=result.program,
        paper=result.digest,
        position=receipt.position if receipt else None,
    )
    size = receipt.position if receipt else ask.model.size()
    headers = {"Cache-Control": "no-store"}
    if receipt is not None and receipt.replayed:
        headers["Idempotent-Replayed"] = "true"
    answer = Answer[Any](data=told(result), meta=Meta(basis=Basis(size=size)))
    return json_answer(answer, 201 if receipt else 200, headers)


@router.get(
    "/papers/{digest}",
    dependencies=[needs(Permission.READ_PAPERS)],
    operation_id="get_paper",
    response_class=Response,
    responses=problems(404) | {200: {"description": "Файл, как он был принят"}},
)
def get_paper(
    digest: Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 файла")],
    _: Annotated[NoParameters, Query()],
    ask: Asked,
) -> Response:
    """The very file that figures were read from, unless it was erased."""
    kept = ask.paper(digest)
    if kept is None:
        raise NotServed(
            404,
            "unknown_paper",
            "Такого файла нет: его не сдавали, или он стёрт.",
            "There is no such file: it was not handed in, or it is erased.",
        )
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(kept.content, media_type="application/octet-stream", headers=headers)
