"""The official forms: as data, and as files."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from adapters.documents.writing import MEDIA_TYPES, write
from api.admission import needs
from api.problems import NotServed
from api.routes.asking import Answer, Asked, problems
from api.routes.reading import Program, view_of
from application.access import Permission
from application.queries.forms import DRAFT, drafted, form_data, printed_form
from application.queries.viewpoint import AskedViewpoint, Resolved, resolve_for, two_sides
from application.reports.forms import FORMS
from application.reports.printing.forms import BLANKS, PRINTED
from domain.values import Day

router = APIRouter(prefix="/api/v1", tags=["forms"])

Format = Annotated[Literal["docx", "xlsx", "pdf", "html"], Path(description="Вид файла")]
FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "Файл", "content": {media_type: {} for media_type in MEDIA_TYPES.values()}}
}


class FormAsked(AskedViewpoint):
    """A viewpoint and the year of a form."""

    year: int = Field(ge=1990, le=2100, examples=[2021])


class FileAsked(FormAsked):
    """A form as a file; with `blank` to be filled in."""

    blank: bool = Field(default=False, description="Бланк: известное заполнено, отчётное пусто")


class DraftAsked(FormAsked):
    """Two viewpoints; what is left out of `from_` is as in the second. All of it left out: the eve of
    the last amending act.
    """

    from_as_of: Day | None = None
    from_dated_by: Day | None = None
    from_edition: str | None = None
    from_at_position: int | None = Field(default=None, ge=0)

    @property
    def since(self) -> AskedViewpoint | None:
        """The first viewpoint, None if nothing of it is given."""
        given = {
            field: value
            for field in ("as_of", "dated_by", "edition", "at_position")
            if (value := getattr(self, f"from_{field}")) is not None
        }
        if not given:
            return None
        to = AskedViewpoint(**{f: getattr(self, f) for f in AskedViewpoint.model_fields})
        return two_sides(AskedViewpoint(**given), to)[0]


@router.get(
    "/programs/{program}/forms/{form}.json",
    dependencies=[needs(Permission.READ)],
    operation_id="get_form",
    response_model=Answer[Any],
    responses=problems(404),
)
def get_form(
    program: Program, form: str, asked: Annotated[FormAsked, Query()], ask: Asked
) -> Response:
    """An official form as data: 1, 2, 3, passport, financing, targets, money-roadmap, procedures,
    quarterly, explanatory.
    """
    if form not in FORMS:
        raise _unknown_form(form, list(FORMS))

    def question(resolved: Resolved) -> Any:
        view_of(ask, program, resolved)
        return form_data(ask.model, program, form, asked.year, resolved)

    return ask.of_program(program, asked, question)


@router.get(
    "/programs/{program}/forms/amendment-draft.{file_format}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_amendment_draft",
    response_class=Response,
    responses=problems(404) | FILES,
)
def get_amendment_draft(
    program: Program, file_format: Format, asked: Annotated[DraftAsked, Query()], ask: Asked
) -> Response:
    """The draft of an amending decree: was / becomes between two viewpoints."""

    def question(resolved: Resolved) -> Response:
        model = ask.model
        since = asked.since
        was = resolve_for(model, program, since, ask.letopis.now()) if since else None
        form = drafted(model, program, asked.year, was, resolved)
        return as_file(write(form, file_format), f"{program}-{DRAFT}", file_format)

    return ask.of_program(program, asked, question)


@router.get(
    "/programs/{program}/forms/{form}.{file_format}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_form_file",
    response_class=Response,
    responses=problems(404) | FILES,
)
def get_form_file(
    program: Program,
    form: str,
    file_format: Format,
    asked: Annotated[FileAsked, Query()],
    ask: Asked,
) -> Response:
    """An official form as a file: the same viewpoint gives the same bytes."""
    known = BLANKS if asked.blank else PRINTED
    if form not in known:
        raise _unknown_form(form, list(known))

    def question(resolved: Resolved) -> Response:
        view_of(ask, program, resolved)
        printed = printed_form(ask.model, program, form, asked.year, resolved, blank=asked.blank)
        return as_file(write(printed, file_format), f"{program}-{form}-{asked.year}", file_format)

    return ask.of_program(program, asked, question)


def as_file(content: bytes, name: str, file_format: str) -> Response:
    """A file to look at (PDF, HTML) or to keep. Nothing in it may run or reach out."""
    shown = "inline" if file_format in {"pdf", "html"} else "attachment"
    headers = {
        "Content-Disposition": f'{shown}; filename="{name}.{file_format}"',
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
        ),
    }
    if file_format == "pdf":  # a sandbox keeps browsers from showing one
        del headers["Content-Security-Policy"]
    return Response(content, media_type=MEDIA_TYPES[file_format], headers=headers)


def _unknown_form(form: str, known: list[str]) -> NotServed:
    return NotServed(
        404,
        "unknown_form",
        f"Формы «{form}» нет; есть {', '.join(known)}.",
        f"There is no form “{form}”; there are {', '.join(known)}.",
    )
