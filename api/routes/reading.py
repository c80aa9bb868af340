"""Reading: programs, their parts, forms, stories, diffs."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from api.admission import needs
from api.routes.asking import Answer, Asked, Page, Paged, page, problems
from application.access import Permission
from application.queries.diff import ActDiff, Change, act_diff, diff
from application.queries.program import (
    ActView,
    BudgetView,
    IndicatorView,
    ProgramView,
    holds_from,
    program_at,
)
from application.queries.programs import ProgramSummary, programs
from application.queries.story import StoryView, story
from application.queries.viewpoint import (
    AskedViewpoint,
    Instant,
    Position,
    Resolved,
    two_sides,
)
from application.reports.procedures import Procedures
from domain.refusals import UnknownIndicator
from domain.values import Day, Value

router = APIRouter(prefix="/api/v1", tags=["reading"])

Program = Annotated[str, Path(description="Программа", examples=["kedrovy"], max_length=80)]
At = Annotated[AskedViewpoint, Query()]


class ProgramsAsked(Page):
    """Which programs."""

    municipality: str | None = None
    q: str | None = Field(default=None, max_length=200, description="Слова из названия")


class DiffAsked(Value):
    """Two viewpoints; what is left out of `to` is now, what is left out of `from` is as in `to`."""

    from_as_of: Day | None = None
    from_dated_by: Day | None = None
    from_edition: str | None = None
    from_known_on: Day | None = None
    from_known_at: Instant | None = None
    from_at_position: Position | None = None
    to_as_of: Day | None = None
    to_dated_by: Day | None = None
    to_edition: str | None = None
    to_known_on: Day | None = None
    to_known_at: Instant | None = None
    to_at_position: Position | None = None

    @property
    def sides(self) -> tuple[AskedViewpoint, AskedViewpoint]:
        """Both viewpoints, the earlier one first."""
        return two_sides(self._side("from"), self._side("to"))

    def _side(self, name: str) -> AskedViewpoint:
        return AskedViewpoint(
            **{field: getattr(self, f"{name}_{field}") for field in AskedViewpoint.model_fields}
        )


def view_of(ask: Asked, program: str, resolved: Resolved) -> ProgramView:
    """The program at a viewpoint. Refuses: UnknownProgram, telling from when it exists."""
    return program_at(ask.model, program, resolved.viewpoint)


@router.get(
    "/programs",
    dependencies=[needs(Permission.READ)],
    operation_id="list_programs",
    response_model=Answer[list[ProgramSummary]],
    responses=problems(),
)
def list_programs(asked: Annotated[ProgramsAsked, Query()], ask: Asked) -> Response:
    """All programs at a viewpoint, by id."""

    def question(resolved: Resolved) -> Paged:
        found = programs(ask.model, resolved.viewpoint, municipality=asked.municipality, q=asked.q)
        return page(found, lambda one: one.program, asked)

    return ask.of_all(asked, question)


@router.get(
    "/programs/{program}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_program",
    response_model=Answer[ProgramView],
    responses=problems(404),
)
def get_program(program: Program, at: At, ask: Asked) -> Response:
    """The state of one program at a viewpoint: passport, tree, indicators, money, road map, acts."""
    return ask.of_program(program, at, lambda resolved: view_of(ask, program, resolved))


@router.get(
    "/programs/{program}/indicators",
    dependencies=[needs(Permission.READ)],
    operation_id="list_indicators",
    response_model=Answer[list[IndicatorView]],
    responses=problems(404),
)
def list_indicators(program: Program, asked: Annotated[Page, Query()], ask: Asked) -> Response:
    """The indicators of a program, by id."""

    def question(resolved: Resolved) -> Paged:
        found = sorted(view_of(ask, program, resolved).indicators, key=lambda one: one.id)
        return page(found, lambda one: one.id, asked)

    return ask.of_program(program, asked, question)


@router.get(
    "/programs/{program}/indicators/{indicator}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_indicator",
    response_model=Answer[IndicatorView],
    responses=problems(404),
)
def get_indicator(program: Program, indicator: str, at: At, ask: Asked) -> Response:
    """One indicator."""

    def question(resolved: Resolved) -> IndicatorView:
        for one in view_of(ask, program, resolved).indicators:
            if one.id == indicator:
                return one
        since = ask.model.known_since(f"indicator:{indicator}:element", program)
        raise UnknownIndicator(
            indicator=indicator,
            program=program,
            exists=holds_from("Он", since),
        )

    return ask.of_program(program, at, question)


@router.get(
    "/programs/{program}/budget",
    dependencies=[needs(Permission.READ)],
    operation_id="get_budget",
    response_model=Answer[BudgetView],
    responses=problems(404),
)
def get_budget(program: Program, at: At, ask: Asked) -> Response:
    """Money by line, with totals by source and year; rubles."""
    return ask.of_program(program, at, lambda r: view_of(ask, program, r).budget)


@router.get(
    "/programs/{program}/road-map",
    dependencies=[needs(Permission.READ)],
    operation_id="get_road_map",
    response_model=Answer[dict[str, Procedures]],
    responses=problems(404),
)
def get_road_map(program: Program, at: At, ask: Asked) -> Response:
    """The road maps by year."""
    return ask.of_program(program, at, lambda r: view_of(ask, program, r).road_map)


@router.get(
    "/programs/{program}/acts",
    dependencies=[needs(Permission.READ)],
    operation_id="list_acts",
    response_model=Answer[list[ActView]],
    responses=problems(404),
)
def list_acts(program: Program, asked: Annotated[Page, Query()], ask: Asked) -> Response:
    """The documents of a program, by id (which begins with the date)."""

    def question(resolved: Resolved) -> Paged:
        found = sorted(view_of(ask, program, resolved).acts, key=lambda one: one.act)
        return page(found, lambda one: one.act, asked)

    return ask.of_program(program, asked, question)


@router.get(
    "/programs/{program}/acts/{act}/diff",
    dependencies=[needs(Permission.READ)],
    operation_id="get_act_diff",
    response_model=Answer[ActDiff],
    responses=problems(404),
)
def get_act_diff(program: Program, act: str, at: At, ask: Asked) -> Response:
    """What an act changed: was / becomes."""
    return ask.of_program(program, at, lambda r: act_diff(ask.model, program, act, r.viewpoint))


@router.get(
    "/programs/{program}/diff",
    dependencies=[needs(Permission.READ)],
    operation_id="get_diff",
    response_model=Answer[list[Change]],
    responses=problems(404),
)
def get_diff(program: Program, asked: Annotated[DiffAsked, Query()], ask: Asked) -> Response:
    """Was / becomes between two viewpoints; the answer's meta tells the second one."""
    return ask.of_two(
        program, asked.sides, lambda was, becomes: diff(ask.model, program, was, becomes)
    )


@router.get(
    "/programs/{program}/cells/{cell:path}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_cell",
    response_model=Answer[StoryView],
    responses=problems(404),
)
def get_cell(program: Program, cell: str, at: At, ask: Asked) -> Response:
    """The story of one cell: every statement, the winner at the viewpoint, and why."""
    return ask.of_program(program, at, lambda r: story(ask.model, program, cell, r.viewpoint))
