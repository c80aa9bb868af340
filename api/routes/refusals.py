"""What was refused to whom: for auditors and operators."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from api.admission import needs
from api.routes.asking import (
    Answer,
    Asked,
    Basis,
    Meta,
    json_answer,
    mark,
    number_in,
    problems,
)
from application.access import Permission
from application.ports import KeptRefusal, RefusalsAsked
from application.queries.viewpoint import Instant
from domain.values import Identifier, Value

router = APIRouter(prefix="/api/v1", tags=["access"])


class WhichRefusals(Value):
    """By a rule, about a program, since an instant; newest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str | None = Field(default=None, max_length=80, examples=["not_allowed"])
    program: Identifier | None = None
    since: Instant | None = Field(default=None, description="С какого момента")
    limit: int = Field(default=100, ge=1, le=1000)
    next: str | None = Field(default=None, description="Метка следующей страницы из meta.next")


class RefusalView(Value):
    """One refusal. `issuer` and `subject`: who is known to have asked; `route`: the template of the
    address; `address`: the network that it came from, /24 or /48.
    """

    number: int
    at: datetime
    request_id: str
    issuer: str | None = None
    subject: str | None = None
    method: str
    route: str
    program: str | None = None
    rule: str
    status: int
    address: str | None = None


def _view(kept: KeptRefusal) -> dict[str, Any]:
    refused = kept.refused
    view = RefusalView(
        number=kept.number,
        at=kept.at,
        request_id=refused.request_id,
        issuer=refused.actor and refused.actor.issuer,
        subject=refused.actor and refused.actor.subject,
        method=refused.method,
        route=refused.route,
        program=refused.program,
        rule=refused.rule,
        status=refused.status,
        address=refused.network,
    )
    return view.model_dump(mode="json", exclude_none=True)


@router.get(
    "/refusals",
    dependencies=[needs(Permission.READ_ACCESS)],
    operation_id="list_refusals",
    response_model=Answer[list[RefusalView]],
    responses=problems(401, 403),
)
def list_refusals(asked: Annotated[WhichRefusals, Query()], ask: Asked) -> Response:
    """Requests that were refused for want of credentials or of a right, or as too many, newest first.
    Of a flood not every one is kept: `letopis_refusals` in `/metrics` counts them all.
    """
    found = ask.letopis.refusals.kept(
        RefusalsAsked(
            before=number_in(asked.next) if asked.next else None,
            rule=asked.rule,
            program=asked.program,
            since=asked.since,
            limit=asked.limit + 1,
        )
    )
    shown = found[: asked.limit]
    following = mark(str(shown[-1].number)) if len(found) > asked.limit else None
    answer = Answer[list[dict[str, Any]]](
        data=[_view(kept) for kept in shown],
        meta=Meta(basis=Basis(size=ask.model.size()), next=following),
    )
    return json_answer(answer, 200, {"Cache-Control": "no-store"})
