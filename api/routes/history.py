"""The history: events as the log holds them."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict, Field

from api.admission import needs
from api.problems import NotServed
from api.routes.asking import Answer, Asked, Basis, Meta, json_answer, problems
from api.routes.reading import Program
from application.access import Permission
from application.ports import RecordedQuery
from application.queries.events import EventView, cloud_event, event_view
from domain.refusals import UnknownProgram
from domain.values import Value

router = APIRouter(prefix="/api/v1", tags=["history"])

_CLOUD, _LINES = "application/cloudevents-batch+json", "application/x-ndjson"


class EventsAsked(Value):
    """Which events: after a position, of a topic, at most `limit`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: int = Field(default=0, ge=0, le=2**62)
    limit: int = Field(default=100, ge=1, le=1000)
    topic: str | None = Field(default=None, examples=["indicator.target_set.v1"])


def _answer(ask: Asked, asked: EventsAsked, program: str | None) -> Response:
    found = ask.model.events(
        RecordedQuery(program=program, after=asked.after, topic=asked.topic, limit=asked.limit + 1)
    )
    views = [event_view(recorded) for recorded in found[: asked.limit]]
    match _wanted(ask.request):
        case "ndjson":
            lines = "".join(f"{view.model_dump_json(exclude_none=True)}\n" for view in views)
            return Response(lines, media_type=_LINES)
        case "cloud":
            batch = json.dumps([cloud_event(view) for view in views], ensure_ascii=False)
            return Response(batch, media_type=_CLOUD)
        case _:
            following = str(views[-1].position) if len(found) > asked.limit else None
            meta = Meta(basis=Basis(size=ask.model.size()), next=following)
            answer = Answer[list[dict[str, Any]]](
                data=[v.model_dump(mode="json", exclude_none=True) for v in views], meta=meta
            )
            return json_answer(answer, 200, {"Cache-Control": "private, no-cache"})


def _wanted(request: Request) -> str:
    accepted = request.headers.get("accept", "*/*")
    if _LINES in accepted:
        return "ndjson"
    return "cloud" if _CLOUD in accepted else "json"


@router.get(
    "/events",
    dependencies=[needs(Permission.READ)],
    operation_id="list_events",
    response_model=Answer[list[EventView]],
    responses=problems(),
)
def list_events(asked: Annotated[EventsAsked, Query()], ask: Asked) -> Response:
    """All events in the order of the log; `meta.next` is the next `after`. Also as
    `application/x-ndjson` and as a CloudEvents batch by `Accept`.
    """
    return _answer(ask, asked, None)


@router.get(
    "/events/{position}",
    dependencies=[needs(Permission.READ)],
    operation_id="get_event",
    response_model=Answer[EventView],
    responses=problems(404),
)
def get_event(position: int, ask: Asked) -> Response:
    """One event; it never changes."""
    found = (
        ask.model.events(RecordedQuery(after=position - 1, up_to=position, limit=1))
        if 0 < position < 2**62
        else []
    )
    if not found:
        raise NotServed(
            404, "unknown_event", f"Записи № {position} нет.", f"There is no event {position}."
        )
    data = event_view(found[0]).model_dump(mode="json", exclude_none=True)
    return json_answer(
        Answer[dict[str, Any]](data=data, meta=Meta(basis=Basis(size=position))),
        200,
        {"Cache-Control": "private, immutable, max-age=31536000"},
    )


@router.get(
    "/programs/{program}/events",
    dependencies=[needs(Permission.READ)],
    operation_id="list_program_events",
    response_model=Answer[list[EventView]],
    responses=problems(404),
)
def list_program_events(
    program: Program, asked: Annotated[EventsAsked, Query()], ask: Asked
) -> Response:
    """The events of one program."""
    if ask.model.program(program) is None:
        raise UnknownProgram(program=program, exists="")
    return _answer(ask, asked, program)
