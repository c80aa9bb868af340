"""What does not add up, and what a person accepts of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.routes.asking import Answer, Asked, IdempotencyKey, Page, Paged, page, problems
from api.routes.reading import Program
from api.routes.writing import WRITES, Nothing
from application.commands.waive_finding import WaiveFinding
from application.queries.findings import findings
from application.queries.viewpoint import Resolved
from domain.findings import Finding

router = APIRouter(prefix="/api/v1", tags=["findings"])


class FindingsAsked(Page):
    """A viewpoint, and which findings: of a severity, of a rule. All of them on one page, if they fit."""

    limit: int = Field(default=1000, ge=1, le=1000)
    severity: Literal["error", "warning"] | None = None
    rule: str | None = Field(default=None, max_length=80)


@router.get(
    "/programs/{program}/findings",
    operation_id="list_findings",
    response_model=Answer[list[Finding]],
    responses=problems(404),
)
def list_findings(
    program: Program, asked: Annotated[FindingsAsked, Query()], ask: Asked
) -> Response:
    """What does not add up at a viewpoint: errors, then warnings; one finding per cell and rule."""

    def question(resolved: Resolved) -> Paged:
        found = findings(ask.letopis.model, ask.letopis.ledger, program, resolved)
        places = {
            id(one): f"{n:06}"
            for n, one in enumerate(found)
            if asked.severity in (None, one.severity) and asked.rule in (None, one.rule)
        }
        shown = [one for one in found if id(one) in places]
        return page(shown, lambda one: places[id(one)], asked)

    return ask.of_program(program, asked, question)


@router.post("/programs/{program}/findings/waivers", operation_id="waive_finding", **WRITES)
def waive_finding(
    program: Program, command: WaiveFinding, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Accepts a finding with a reason; it stays and shows as waived."""
    return ask.record(program, command, key)
