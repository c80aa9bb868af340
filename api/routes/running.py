"""Running it: liveness, readiness, metrics."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from api.admission import needs
from api.routes.asking import Asked, problems
from domain.values import Value

router = APIRouter(tags=["running"])

_SIZE = Gauge("letopis_log_size", "Events in the log")


class Health(Value):
    """`ok`, and for readiness the size of the log."""

    status: str
    size: int | None = None


@router.get(
    "/health/live", dependencies=[needs()], operation_id="live", response_model_exclude_none=True
)
def live() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get(
    "/health/ready",
    dependencies=[needs()],
    operation_id="ready",
    responses=problems(),
    response_model_exclude_none=True,
)
def ready(ask: Asked) -> Health:
    """The database answers and everything that is to be served is loaded."""
    return Health(status="ok", size=ask.model.size())


@router.get(
    "/metrics",
    dependencies=[needs()],
    operation_id="metrics",
    response_class=Response,
)
def metrics(ask: Asked) -> Response:
    """Prometheus metrics."""
    _SIZE.set(ask.model.size())
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
