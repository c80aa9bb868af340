"""The programs, one program with the three dates, and the story of a figure."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from fastapi.templating import Jinja2Templates
from pydantic import ConfigDict, ValidationError

from api.problems import RETRY_AFTER_S, status_of
from api.routes.asking import Asked
from api.routes.reading import view_of
from api.words import ABSENCES, SOURCES, STATUSES, VERDICTS
from application.queries.program import ProgramView
from application.queries.programs import programs
from application.queries.story import story
from application.queries.viewpoint import (
    DEFAULT_ZONE,
    AskedViewpoint,
    Resolved,
    resolve,
    resolve_for,
)
from application.reports.figure import Figure
from application.reports.forms import FORMS
from domain.refusals import LedgerAway, NotADate, Refusal
from domain.values import Value

router = APIRouter(include_in_schema=False)
_FOLDER = Path(__file__).parent
_YEARS = range(1990, 2101)
_templates = Jinja2Templates(_FOLDER / "templates")


class PageAsked(Value):
    """What the page's form sends: dates may be empty; an unknown parameter is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: str = ""
    dated_by: str = ""
    edition: str = ""
    known_on: str = ""
    at_position: str = ""
    year: str = ""

    @property
    def viewpoint(self) -> AskedViewpoint:
        """The viewpoint asked for. Refuses: NotADate."""
        given = {
            name: value
            for name in AskedViewpoint.model_fields
            if (value := getattr(self, name, "")) != ""
        }
        try:
            return AskedViewpoint.model_validate(given)
        except ValidationError as error:
            wrong = str(error.errors()[0]["input"])
            raise NotADate(value=wrong[:40]) from None


def number(figure: Figure | None, *, thousands: bool = False) -> str:
    """A figure as Russian papers print it: decimal comma, no-break thousands, true minus."""
    if figure is None or figure.value is None:
        return "—"
    value = Decimal(figure.value) / 1000 if thousands else Decimal(figure.value)
    text = f"{value:,.2f}" if thousands else f"{value:,f}"
    return text.replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


def quantity(figure: Figure) -> str:
    """A decimal as printed in Russian, any other text as it is."""
    try:
        return number(figure)
    except ArithmeticError:
        return figure.value or "—"


def status(text: str) -> str:
    """`annulled:2025-06-02-140` in words."""
    word, _, act = text.partition(":")
    return f"{STATUSES.get(word, word)} {act}".strip()


def day(text: str | None) -> str:
    """2021-03-24 as 24.03.2021."""
    return ".".join(reversed(str(text).split("-"))) if text else ""


_templates.env.filters |= {
    "number": number,
    "quantity": quantity,
    "day": day,
    "cell": lambda key: quote(key, safe=""),
    "absence": lambda figure: ABSENCES.get(str(figure.absent), ""),
    "status": status,
    "verdict": lambda name: VERDICTS.get(name, name),
}
_templates.env.trim_blocks = _templates.env.lstrip_blocks = True


def _page(request: Request, name: str, **values: Any) -> Response:
    response = _templates.TemplateResponse(request, f"{name}.html", values)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _refused(request: Request, refusal: Refusal, program: str) -> Response:
    response = _page(request, "refused", refusal=refusal, program=program)
    response.status_code = status_of(refusal, request)
    if isinstance(refusal, LedgerAway):
        response.headers["Retry-After"] = RETRY_AFTER_S
    return response


@router.get("/static/style.css")
def style() -> FileResponse:
    """The style sheet."""
    return FileResponse(_FOLDER / "static" / "style.css", media_type="text/css")


@router.get("/")
def all_programs(request: Request, ask: Asked) -> Response:
    """All programs as known now."""
    model = ask.letopis.model
    viewpoint = resolve(model, DEFAULT_ZONE, AskedViewpoint(), ask.letopis.now())
    found = programs(model, viewpoint)
    return _page(request, "programs", programs=found, size=viewpoint.at_position)


@router.get("/programs/{program}")
def one_program(
    request: Request, program: str, asked: Annotated[PageAsked, Query()], ask: Asked
) -> Response:
    """One program with the three dates as inputs."""
    model = ask.letopis.model
    try:
        resolved = resolve_for(model, program, asked.viewpoint, ask.letopis.now())
        view = view_of(ask, program, resolved)
    except Refusal as refusal:
        return _refused(request, refusal, program)
    state = model.state(program, resolved.viewpoint)
    year = _year(asked.year, view, resolved)
    forms = {name: FORMS[name](state, year) for name in FORMS}
    return _page(
        request,
        "program",
        view=view,
        asked=asked,
        resolved=resolved,
        year=year,
        forms=forms,
        canonical=_link(program, resolved, year),
        viewpoint_query=urlencode(resolved.parameters()),
        sources=SOURCES,
        editions=[act for act in view.acts if act.kind == "act" and not act.status],
    )


def _year(asked: str, view: ProgramView, resolved: Resolved) -> int:
    """The year asked for, else the latest one up to `as_of` that facts, quarters or procedures are of."""
    if asked.isdecimal() and int(asked) in _YEARS:
        return int(asked)
    periods = [*view.road_map, *(p for one in view.indicators for p in one.facts)]
    periods += [p for line in view.budget.lines for p in line.period_plans]
    told = {int(period[:4]) for period in periods}
    as_of = resolved.viewpoint.as_of.year
    return max((year for year in told if year <= as_of), default=min(as_of, view.years[1]))


def _link(program: str, resolved: Resolved, year: int) -> str:
    return f"/programs/{program}?{urlencode(resolved.parameters() | {'year': str(year)})}"


@router.get("/programs/{program}/cells/{cell:path}")
def one_cell(
    request: Request, program: str, cell: str, asked: Annotated[PageAsked, Query()], ask: Asked
) -> Response:
    """The story of one figure: «откуда?»."""
    try:
        resolved = resolve_for(ask.letopis.model, program, asked.viewpoint, ask.letopis.now())
        told = story(ask.letopis.model, program, cell, resolved.viewpoint)
    except Refusal as refusal:
        return _refused(request, refusal, program)
    return _page(
        request,
        "cell",
        told=told,
        program=program,
        resolved=resolved,
        viewpoint_query=urlencode(resolved.parameters()),
    )
