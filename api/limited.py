"""Floods and guessing: so many requests a minute from one address and of one account, so many failed
sign-ins from one address, then 429.
"""

import hashlib
import secrets
from collections import OrderedDict
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import network_of
from api.admission import SESSION_COOKIE
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
    one who guesses goes on working. By the same memory of what has proven good requests are counted by
    account, from wherever they come.
    """

    def __init__(self, app: ASGIApp, *, requests: int, failures: int) -> None:
        self.app = app
        self.requests, self.failures = requests, failures
        self._requests, self._failures, self._of_accounts = Windows(), Windows(), Windows()
        self._proven: OrderedDict[bytes | None, str] = OrderedDict()
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
        who = shown or self._session(scope)
        account = self._proven.get(who)
        if account is not None and not self._of_accounts.take(self.requests, account):
            seconds = self._of_accounts.wait_s(self.requests, account)
            await _too_many(Request(scope), seconds)(scope, receive, send)
            return
        tries = shown is not None or scope["path"].startswith(SIGN_INS)
        failures = (self.failures, whence)
        if tries and shown not in self._proven and self._failures.is_full(*failures):
            seconds = self._failures.wait_s(*failures)
            await _too_many(Request(scope), seconds)(scope, receive, send)
            return

        async def watched_send(message: Message) -> None:
            if (tries or who) and message["type"] == "http.response.start":
                caller = state.get("caller")
                if message["status"] == HTTPStatus.UNAUTHORIZED:
                    if tries:
                        self._failures.take(*failures)
                    self._proven.pop(who, None)
                elif who and caller and not caller.is_anybody:
                    self._prove(who, str(caller.actor))
            await send(message)

        await self.app(scope, receive, watched_send)

    def _shown(self, scope: Scope) -> bytes | None:
        """What tells the credentials of a request apart, and says nothing else about them."""
        given = Headers(scope=scope).get("authorization")
        return None if given is None else self._digest(given)

    def _session(self, scope: Scope) -> bytes | None:
        given = Request(scope).cookies.get(SESSION_COOKIE)
        return None if given is None else self._digest(f"{SESSION_COOKIE}={given}")

    def _digest(self, given: str) -> bytes:
        return hashlib.blake2b(given.encode(), key=self._salt, digest_size=32).digest()

    def _prove(self, who: bytes, account: str) -> None:
        if who not in self._proven:
            self._of_accounts.take(self.requests, account)  # this very request: nobody knew whose
        self._proven[who] = account
        self._proven.move_to_end(who)
        if len(self._proven) > MOST_PROVEN:
            self._proven.popitem(last=False)


def _too_many(request: Request, seconds: int) -> Response:
    answer = problem(
        request,
        429,
        "too_many_requests",
        (
            f"Слишком много запросов с вашего адреса или от вашего имени: повторите через {seconds} с.",
            f"Too many requests from your address or account: try again in {seconds} s.",
        ),
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer
