"""The gate in front of the routes: readable addresses, strict JSON bodies of bounded size and time."""

import asyncio
import hashlib
import json
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.admission import is_page
from api.problems import NotServed, is_served, on_http_exception

TAKE_FILES = frozenset({"/api/v1/intake", "/intake"})
"""Where files are handed in. Pages take forms, the interface takes JSON but for files."""
_MULTIPART = "multipart/form-data"
_DEEPEST = 40
_MOST_DIGITS = 100


class Gate:
    """Reads a writing request's body whole before anything is decided on it.

    Refuses: 408 too slow, 413 too large, 415 of another media type, 422 a repeated query parameter; of
    what must be JSON 400 not UTF-8, not JSON, duplicate members, lone surrogates or nested too deep, 422
    NaN, infinity, a null character.
    The SHA-256 of method, path, query and body stays in the scope as `digest`.
    """

    def __init__(
        self, app: ASGIApp, *, max_body_bytes: int, max_paper_bytes: int, body_seconds: float
    ) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes
        self.max_paper_bytes = max_paper_bytes
        self.body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            _readable_address(scope)
            _no_repeated_parameters(scope)
            if scope["method"] == "POST" and is_served(scope, "POST"):
                receive = await self._read(scope, receive)
        except NotServed as refusal:
            response = await on_http_exception(Request(scope), refusal)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        takes_file = scope["path"] in TAKE_FILES
        try:
            async with asyncio.timeout(self.body_seconds):
                most = self.max_paper_bytes if takes_file else self.max_body_bytes
                body = await self._body(receive, most)
        except TimeoutError:
            raise NotServed(
                408,
                "too_slow",
                "Тело запроса не пришло вовремя.",
                "The body did not arrive in time.",
            ) from None
        if is_page(scope):
            _require_media_type(scope, _MULTIPART, "application/x-www-form-urlencoded")
        elif takes_file:
            _require_media_type(scope, _MULTIPART)
        else:
            _require_media_type(scope, "application/json")
            strict_json(body)
        asked = [scope["method"].encode(), scope["raw_path"] or b"", scope["query_string"], body]
        scope["digest"] = hashlib.sha256(b"\0".join(asked)).hexdigest()
        sent = False

        async def again() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        return again

    async def _body(self, receive: Receive, most: int) -> bytes:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise NotServed(400, "cut_off", "Запрос оборван.", "The request was cut off.")
            body += message.get("body", b"")
            if len(body) > most:
                raise NotServed(
                    413,
                    "too_large",
                    f"Тело запроса больше {most} байт.",
                    f"The body is larger than {most} bytes.",
                )
            if not message.get("more_body"):
                return bytes(body)


def _require_media_type(scope: Scope, *accepted: str) -> None:
    media_type = Request(scope).headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in accepted:
        named = ", ".join(accepted)
        raise NotServed(
            415,
            "unsupported_media_type",
            f"Принимается только {named}.",
            f"Only {named} is accepted.",
        )


def _readable_address(scope: Scope) -> None:
    address = unquote_to_bytes((scope["raw_path"] or b"") + b"?" + scope["query_string"])
    try:
        address.decode("utf-8")
    except UnicodeDecodeError:
        raise NotServed(400, "not_utf8", "Адрес — не UTF-8.", "The address is not UTF-8.") from None
    if b"\0" in address:
        raise _null_character()


def _no_repeated_parameters(scope: Scope) -> None:
    names = [name for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), True)]
    if len(names) != len(set(names)):
        raise NotServed(
            422,
            "repeated_parameter",
            "Параметр запроса назван дважды.",
            "A query parameter is repeated.",
        )


def strict_json(body: bytes) -> Any:
    """The JSON value of a body, read without any leniency. Refuses: NotServed 400 or 422."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_no_duplicates,
            parse_constant=_no_constant,
            parse_int=_bounded,
        )
        _no_surrogates_nor_depth(value)
    except UnicodeDecodeError:
        raise NotServed(400, "not_utf8", "Тело — не UTF-8.", "The body is not UTF-8.") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise NotServed(400, "not_json", "Тело — не JSON.", "The body is not JSON.") from None
    return value


def _too_deep() -> NotServed:
    return NotServed(400, "too_deep", "Слишком глубокая вложенность.", "Nested too deep.")


def _null_character() -> NotServed:
    return NotServed(422, "null_character", "Нулевой знак в тексте.", "A null character.")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotServed(
            400, "duplicate_member", "Имя в объекте JSON повторяется.", "A member is repeated."
        )
    return members


def _no_constant(name: str) -> Any:
    raise NotServed(422, "not_a_number", f"{name} — не число.", f"{name} is not a number.")


def _bounded(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise _too_large_a_number()
    return int(digits)


def _too_large_a_number() -> NotServed:
    return NotServed(422, "not_a_number", "Число слишком велико.", "The number is too large.")


def _no_surrogates_nor_depth(value: Any, depth: int = 0) -> None:
    if depth > _DEEPEST:
        raise _too_deep()
    match value:
        case str():
            if any("\ud800" <= c <= "\udfff" for c in value):
                raise NotServed(
                    400, "lone_surrogate", "Одиночный суррогат в тексте.", "A lone surrogate."
                )
            if "\x00" in value:
                raise _null_character()
        case float():
            if value in (float("inf"), float("-inf")):
                raise _too_large_a_number()
        case dict():
            for name, member in value.items():
                _no_surrogates_nor_depth(name, depth)
                _no_surrogates_nor_depth(member, depth + 1)
        case list():
            for member in value:
                _no_surrogates_nor_depth(member, depth + 1)
