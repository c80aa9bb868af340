"""The programs, one program with the three dates, what does not add up, the story of a figure."""

from collections import Counter
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from api.admission import needs, page_needs
from api.pages.cell_words import words_of
from api.pages.frame import FOLDER, PageAsked, page, refused
from api.routes.asking import Asked
from api.routes.reading import view_of
from api.words import PERIODS, SOURCES
from application.access import Permission
from application.queries.findings import findings
from application.queries.periods import periods
from application.queries.program import ActView, ProgramView
from application.queries.programs import programs
from application.queries.story import story
from application.queries.viewpoint import (
    DEFAULT_ZONE,
    AskedViewpoint,
    Resolved,
    resolve,
    resolve_for,
)
from application.reports.forms import FORMS
from domain.refusals import Refusal

router = APIRouter(include_in_schema=False)
_YEARS = range(1990, 2101)
MOST_FINDINGS = 500


@router.get("/static/style.css", dependencies=[needs()])
def style() -> FileResponse:
    """The style sheet."""
    return FileResponse(FOLDER / "static" / "style.css", media_type="text/css")


@router.get("/", dependencies=[page_needs(Permission.READ)])
def all_programs(request: Request, ask: Asked) -> Response:
    """All programs as known now."""
    model = ask.model
    viewpoint = resolve(model, DEFAULT_ZONE, AskedViewpoint(), ask.letopis.now())
    found = programs(model, viewpoint)
    return page(request, "programs", programs=found, size=viewpoint.at_position)


@router.get("/programs/{program}", dependencies=[page_needs(Permission.READ)])
def one_program(
    request: Request, program: str, asked: Annotated[PageAsked, Query()], ask: Asked
) -> Response:
    """One program with the three dates as inputs."""
    model = ask.model
    try:
        resolved = resolve_for(model, program, asked.viewpoint, ask.letopis.now())
        view = view_of(ask, program, resolved)
    except Refusal as refusal:
        return refused(request, refusal, program)
    state = model.state(program, resolved.viewpoint)
    year = _year(asked.year, view, resolved)
    forms = {name: FORMS[name](state, year) for name in FORMS}
    of_year = [
        one
        for one in periods(model, program, resolved.viewpoint)
        if one.period.startswith(str(year))
    ]
    return page(
        request,
        "program",
        view=view,
        asked=asked,
        resolved=resolved,
        year=year,
        forms=forms,
        periods=of_year,
        period_words=PERIODS,
        canonical=_link(program, resolved, year),
        here=f"/programs/{program}",
        viewpoint_query=urlencode(resolved.parameters()),
        sources=SOURCES,
        editions=_editions(view),
    )


@router.get("/programs/{program}/findings", dependencies=[page_needs(Permission.READ)])
def all_findings(
    request: Request, program: str, asked: Annotated[PageAsked, Query()], ask: Asked
) -> Response:
    """What does not add up in a program: errors, then warnings."""
    model = ask.model
    try:
        resolved = resolve_for(model, program, asked.viewpoint, ask.letopis.now())
        view = view_of(ask, program, resolved)
        found = findings(model, ask.letopis.ledger, program, resolved)
    except Refusal as refusal:
        return refused(request, refusal, program)
    state = model.state(program, resolved.viewpoint)
    return page(
        request,
        "findings",
        view=view,
        asked=asked,
        resolved=resolved,
        year="",
        counts=Counter(one.severity for one in found),
        waived=sum(one.waived for one in found),
        found=[(one, words_of(one.cell, state.text)) for one in found[:MOST_FINDINGS]],
        stories=state.cells.keys() | state.moved.keys(),
        more=max(0, len(found) - MOST_FINDINGS),
        canonical=f"/programs/{program}/findings?{urlencode(resolved.parameters())}",
        here=f"/programs/{program}/findings",
        viewpoint_query=urlencode(resolved.parameters()),
        editions=_editions(view),
    )


def _editions(view: ProgramView) -> list[ActView]:
    return [act for act in view.acts if act.kind == "act" and not act.status]


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


@router.get("/programs/{program}/cells/{cell:path}", dependencies=[page_needs(Permission.READ)])
def one_cell(
    request: Request, program: str, cell: str, asked: Annotated[PageAsked, Query()], ask: Asked
) -> Response:
    """The story of one figure: «откуда?»."""
    try:
        resolved = resolve_for(ask.model, program, asked.viewpoint, ask.letopis.now())
        told = story(ask.model, program, cell, resolved.viewpoint)
    except Refusal as refusal:
        return refused(request, refusal, program)
    state = ask.model.state(program, resolved.viewpoint)
    digests = {*(one.paper for one in told.statements), *(one.paper for one in told.postings)}
    kept = {digest: ask.paper(digest) for digest in digests if digest}
    return page(
        request,
        "cell",
        told=told,
        words=words_of(cell, state.text),
        files={digest: paper.name for digest, paper in kept.items() if paper},
        program=program,
        resolved=resolved,
        viewpoint_query=urlencode(resolved.parameters()),
    )
