"""The web application: routes, pages, the gate, logging and metrics around them."""

import time
from uuid import uuid4

import structlog
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.documents import limits
from api import problems
from api.admission import require_declared
from api.audited import Audited
from api.bootstrap import Letopis
from api.browsers import Told
from api.gate import Gate
from api.limited import Limited
from api.pages import files, frame, intake as intake_page, pages, papers, signing_in
from api.routes import (
    access,
    findings,
    forms,
    history,
    intake,
    periods,
    reading,
    refusals,
    running,
    writing,
)

log = structlog.get_logger()

_REQUESTS = Counter("letopis_requests", "Requests answered", ["method", "route", "status"])
_SECONDS = Histogram("letopis_request_seconds", "Time to answer", ["method", "route"])


def web_app(letopis: Letopis) -> FastAPI:
    """The application over an open Letopis."""
    app = FastAPIOffline(
        title="Летопись",
        version="0.1.0",
        summary="Летопись муниципальных программ: состояние на любую дату и история каждой цифры",
        separate_input_output_schemas=False,
        redirect_slashes=False,
    )
    app.state.letopis = letopis
    for room in (
        reading,
        forms,
        findings,
        periods,
        intake,
        history,
        writing,
        access,
        refusals,
        running,
    ):
        app.include_router(room.router)
    for room in (signing_in, pages, intake_page, papers, files):
        app.include_router(room.router)
    require_declared(app)
    problems.install(app, frame.told)
    settings = letopis.settings
    app.add_middleware(
        Gate,
        max_body_bytes=settings.max_body_bytes,
        max_paper_bytes=limits.BYTES + limits.MIB,
        body_seconds=settings.body_seconds,
    )
    app.add_middleware(
        Limited,
        requests=settings.requests_per_minute,
        failures=settings.failed_sign_ins_per_minute,
    )
    app.add_middleware(Told, address=letopis.address)
    app.add_middleware(Audited, refusals=letopis.refusals)
    app.add_middleware(Observed, threads=settings.pool_size)
    return app


class Observed:
    """Gives every request an id, logs and measures it. Threads are as many as connections, so that no
    request waits for a connection while holding a thread.
    """

    def __init__(self, app: ASGIApp, *, threads: int) -> None:
        self.app = app
        self.threads = threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        if scope["method"] == "HEAD":  # the server leaves the body out
            scope = {**scope, "method": "GET"}
        current_default_thread_limiter().total_tokens = self.threads
        scope["request_id"] = str(uuid4())
        structlog.contextvars.bind_contextvars(request_id=scope["request_id"])
        started, status = time.perf_counter(), 500

        async def observed_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", scope["request_id"].encode()),
                ]
            await send(message)

        try:
            await self.app(scope, receive, observed_send)
        finally:
            seconds = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "—")
            _REQUESTS.labels(scope["method"], route, status).inc()
            _SECONDS.labels(scope["method"], route).observe(seconds)
            log.info(
                "answered",
                method=scope["method"],
                path=scope["path"],
                status=status,
                **({"rule": state["rule"]} if "rule" in state else {}),
                ms=round(seconds * 1000, 1),
            )
            structlog.contextvars.clear_contextvars()
