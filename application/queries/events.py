"""Recorded events as the log holds them."""

from datetime import date, datetime
from typing import Any

from application.ledger import Metadata, Recorded
from domain.values import Value


class EventView(Value):
    """One event: where and when it was recorded, its dates, what it says, who recorded it."""

    position: int
    recorded_at: datetime
    topic: str
    stream: str
    version: int
    program: str | None = None
    document: str | None = None
    effective_on: date | None = None
    dated_on: date | None = None
    event: dict[str, Any]
    metadata: Metadata


def event_view(recorded: Recorded) -> EventView:
    """A recorded event for reading. A request's answer has no dates and no program."""
    event = recorded.event
    return EventView(
        position=recorded.position,
        recorded_at=recorded.recorded_at,
        topic=recorded.topic,
        stream=recorded.stream,
        version=recorded.version,
        program=event.program if event else None,
        document=event.basis.document if event else None,
        effective_on=event.effective_on if event else None,
        dated_on=event.basis.dated_on if event else None,
        event=recorded.payload,
        metadata=recorded.metadata,
    )


def cloud_event(view: EventView) -> dict[str, Any]:
    """The event in the shape of CloudEvents 1.0."""
    return {
        "specversion": "1.0",
        "id": str(view.position),
        "source": f"/api/v1/programs/{view.program}" if view.program else "/api/v1",
        "type": view.topic,
        "subject": view.stream,
        "time": view.recorded_at.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": view.model_dump(mode="json", exclude_none=True),
    }
