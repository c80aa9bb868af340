"""The audit of refusals: who was refused what leaves a row that an auditor can read."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import structlog
from fastapi import Request
from fastapi.routing import iter_route_contexts
from prometheus_client import Counter
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import network_of
from api.windows import Windows
from application.ports import Refusals, Refused

log = structlog.get_logger()

MOST_OF_A_NETWORK, MOST_IN_ALL = 60, 600
"""Rows a minute, counted apart for callers who are known and for those who are not, so that a flood of
strangers hides no insider. What is over it is counted in `letopis_refusals` only.
"""

LONGEST_WAIT_S = 0.5
"""How long an answer waits for its row at most."""

NO_ROUTE = "—"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_AUDITED = frozenset({401, 403, 429})
_NOT_FOUND = 404
_REFUSALS = Counter(
    "letopis_refusals", "Requests refused for want of a right or as too many", ["rule"]
)


def told(request: Request, rule: str) -> None:
    """Tells the audit and the log by which rule a request is refused: for whoever answers a refusal."""
    request.state.rule = rule


def route_of(scope: Scope) -> str:
    """The template of the route that serves a path, never the path itself."""
    if (route := scope.get("route")) is not None:
        return str(getattr(route, "path", NO_ROUTE))
    for context in iter_route_contexts(scope["app"].routes):
        if context.path and compile_path(context.path)[0].match(scope["path"]):
            return context.path
    return NO_ROUTE


class Audited:
    """Keeps every 401, 403 and 429, and every 404 for a program that is there but not visible.

    Rows are written by one thread of their own. An answer waits for its row a bounded time and is never
    changed by what becomes of it: a row that can not be kept is a line in the log.
    """

    def __init__(self, app: ASGIApp, *, refusals: Refusals) -> None:
        self.app = app
        self.refusals = refusals
        self._windows = Windows()
        self._writer = ThreadPoolExecutor(1, "refusals")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def audited_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = message["status"]
                if status in _AUDITED or (status == _NOT_FOUND and state.get("hidden")):
                    await self._audit(scope, status)
            await send(message)

        await self.app(scope, receive, audited_send)

    async def _audit(self, scope: Scope, status: int) -> None:
        state = scope["state"]
        rule = state.get("rule", f"http_{status}")
        _REFUSALS.labels(rule).inc()
        caller = state.get("caller")
        actor = None if caller is None or caller.is_anybody else caller.actor
        network = network_of(scope, v4=24, v6=48)
        if not self._has_room("known" if actor else "unknown", network):
            return
        refused = Refused(
            request_id=scope["request_id"],
            actor=actor,
            method=scope["method"] if scope["method"] in _METHODS else NO_ROUTE,
            route=route_of(scope),
            program=scope.get("path_params", {}).get("program"),
            rule=rule,
            status=status,
            network=network,
        )
        keeping = self._writer.submit(self.refusals.keep, refused)
        keeping.add_done_callback(partial(_ended, refused))
        await asyncio.wait({asyncio.wrap_future(keeping)}, timeout=LONGEST_WAIT_S)
        keeping.cancel()  # if its turn has not come: nothing waits longer than the answer

    def _has_room(self, known: str, network: str | None) -> bool:
        return self._windows.take(MOST_OF_A_NETWORK, known, str(network)) and self._windows.take(
            MOST_IN_ALL, known
        )


def _ended(refused: Refused, keeping: Future[Any]) -> None:
    if keeping.cancelled():
        why = "the writer is busy"
    elif (error := keeping.exception()) is not None:
        why = type(error).__name__
    else:
        return
    log.warning(
        "refusal not kept",
        why=why,
        rule=refused.rule,
        status=refused.status,
        route=refused.route,
        request_id=refused.request_id,
    )
