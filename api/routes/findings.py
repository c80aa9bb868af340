"""What does not add up, and what a person accepts of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.admission import needs
from api.routes.asking import Answer, Asked, IdempotencyKey, Page, Paged, page, problems
from api.routes.reading import Program
from api.routes.writing import WRITES, Nothing
from application.access import Permission
from application.commands.waive_finding import WaiveFinding
from application.queries.between import findings_between
from application.queries.findings import findings
from application.queries.viewpoint import Resolved
from application.rules.between import FindingBetween
from domain.findings import Finding
from domain.values import Identifier

router = APIRouter(prefix="/api/v1", tags=["findings"])


class FindingsAsked(Page):
    """A viewpoint, and which findings: of a severity, of a rule. All of them on one page, if they fit."""

    limit: int = Field(default=1000, ge=1, le=1000)
    severity: Literal["error", "warning"] | None = None
    rule: str | None = Field(default=None, max_length=80)


class BetweenAsked(Page):
    """A viewpoint, and which program must be among those that differ (left out: any)."""

    program: Identifier | None = None


@router.get(
    "/programs/{program}/findings",
    dependencies=[needs(Permission.READ)],
    operation_id="list_findings",
    response_model=Answer[list[Finding]],
    responses=problems(404),
)
def list_findings(
    program: Program, asked: Annotated[FindingsAsked, Query()], ask: Asked
) -> Response:
    """What does not add up at a viewpoint: errors, then warnings; one finding per cell and rule."""

    def question(resolved: Resolved) -> Paged:
        found = findings(ask.model, ask.letopis.ledger, program, resolved)
        places = {
            id(one): f"{n:06}"
            for n, one in enumerate(found)
            if asked.severity in (None, one.severity) and asked.rule in (None, one.rule)
        }
        shown = [one for one in found if id(one) in places]
        return page(shown, lambda one: places[id(one)], asked)

    return ask.of_program(program, asked, question)


@router.get(
    "/findings",
    dependencies=[needs(Permission.READ)],
    operation_id="list_findings_between",
    response_model=Answer[list[FindingBetween]],
    responses=problems(),
)
def list_findings_between(asked: Annotated[BetweenAsked, Query()], ask: Asked) -> Response:
    """What the programs that are not invented say differently of one thing: one indicator aimed at or
    defined in two ways, one subprogram under two names, codes that mix alphabets.
    """

    def question(resolved: Resolved) -> Paged:
        found = findings_between(ask.model, resolved.viewpoint)
        shown = [one for one in found if asked.program is None or asked.program in _programs(one)]
        places = {id(one): f"{n:06}" for n, one in enumerate(shown)}
        return page(shown, lambda one: places[id(one)], asked)

    return ask.of_all(asked, question)


def _programs(finding: FindingBetween) -> set[str]:
    return {place.program for version in finding.versions for place in version.places}


@router.post(
    "/programs/{program}/findings/waivers",
    dependencies=[needs(Permission.WAIVE_FINDING)],
    operation_id="waive_finding",
    **WRITES,
)
def waive_finding(
    program: Program, command: WaiveFinding, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Accepts a finding with a reason; it stays and shows as waived."""
    return ask.record(program, command, key)
