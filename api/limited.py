"""Floods and guessing: so many requests and failed sign-ins a minute from one address, then 429."""

import hashlib
import secrets
from collections import OrderedDict
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import network_of
from api.problems import problem
from api.windows import Windows

EXEMPT = frozenset({"/health/live", "/health/ready"})
"""Asked by what watches over the process."""

SIGN_INS = ("/login",)
"""Where pages let people in: a failure there counts as that of a key."""

MOST_PROVEN = 10_000


class Limited:
    """Refuses with 429 before anything is read or asked of the database.

    Failed credentials are counted by address. Over their limit only credentials that have proven good
    since the process began are let in from there, and requests without any: who shares an address with
    one who guesses goes on working.
    """

    def __init__(self, app: ASGIApp, *, requests: int, failures: int) -> None:
        self.app = app
        self.requests, self.failures = requests, failures
        self._requests, self._failures = Windows(), Windows()
        self._proven: OrderedDict[bytes | None, None] = OrderedDict()
        self._salt = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"] in EXEMPT:
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        whence = network_of(scope, v4=32, v6=64) or "—"
        if not self._requests.take(self.requests, whence):
            seconds = self._requests.wait_s(self.requests, whence)
            await _too_many(Request(scope), seconds)(scope, receive, send)
            return
        shown = self._shown(scope)
        tries = shown is not None or scope["path"].startswith(SIGN_INS)
        failures = (self.failures, whence)
        if tries and shown not in self._proven and self._failures.is_full(*failures):
            seconds = self._failures.wait_s(*failures)
            await _too_many(Request(scope), seconds)(scope, receive, send)
            return

        async def watched_send(message: Message) -> None:
            if tries and message["type"] == "http.response.start":
                caller = state.get("caller")
                if message["status"] == HTTPStatus.UNAUTHORIZED:
                    self._failures.take(*failures)
                    self._proven.pop(shown, None)
                elif shown and caller and not caller.is_anybody:
                    self._prove(shown)
            await send(message)

        await self.app(scope, receive, watched_send)

    def _shown(self, scope: Scope) -> bytes | None:
        """What tells the credentials of a request apart, and says nothing else about them."""
        given = Headers(scope=scope).get("authorization")
        if given is None:
            return None
        return hashlib.blake2b(given.encode(), key=self._salt, digest_size=32).digest()

    def _prove(self, shown: bytes) -> None:
        self._proven[shown] = None
        self._proven.move_to_end(shown)
        if len(self._proven) > MOST_PROVEN:
            self._proven.popitem(last=False)


def _too_many(request: Request, seconds: int) -> Response:
    answer = problem(
        request,
        429,
        "too_many_requests",
        (
            f"С вашего адреса слишком много запросов: повторите через {seconds} с.",
            f"Too many requests from your address: try again in {seconds} s.",
        ),
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer
