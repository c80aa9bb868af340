"""Refusals as `application/problem+json` (RFC 9457): a stable type, Russian first, no internals."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from adapters.identity import BadToken, IssuerAway, SignInFailed
from api.admission import is_page
from api.audited import route_of, told
from api.browsers import tell
from api.malformed import places_of_request
from domain.refusals import (
    AccessMoved,
    DiskFull,
    ForeignForm,
    FormOfAnother,
    KeyReused,
    LedgerAway,
    Malformed,
    NoSignIn,
    NotAllowed,
    NotSignedIn,
    PaperTooLarge,
    PaperUnknownFormat,
    ReadersBusy,
    Refusal,
    SecondPersonNeeded,
    Stale,
    Unknown,
    UnknownKey,
    snake,
)

log = structlog.get_logger()

RETRY_AFTER_S = "2"

AsPage = Callable[[Request, int, str], Response]
"""Tells a problem as a page: its status and the sentence."""

TITLES = {
    400: ("Запрос не читается", "The request can not be read"),
    401: ("Нужно назваться", "Authentication is required"),
    403: ("Не разрешено", "Not allowed"),
    404: ("Не найдено", "Not found"),
    405: ("Так обратиться нельзя", "Method not allowed"),
    406: ("Такого вида ответа нет", "Not acceptable"),
    408: ("Запрос передаётся слишком медленно", "The request arrives too slowly"),
    409: ("Отказано по правилу", "Refused by a rule"),
    412: ("Состояние изменилось", "The state has changed"),
    413: ("Запрос слишком велик", "The request is too large"),
    415: ("Такой вид содержимого не принимается", "Unsupported media type"),
    422: ("Данные записаны неправильно", "The data are malformed"),
    428: ("Нужен заголовок If-Match", "If-Match is required"),
    429: ("Слишком много запросов", "Too many requests"),
    500: ("Внутренняя ошибка", "Internal error"),
    503: ("Сейчас не получается", "Not possible at the moment"),
    507: ("Нет места на диске базы данных", "The database disk is full"),
}


class NotServed(HTTPException):
    """A refusal of the HTTP layer itself: a status, a stable name and a sentence in two languages."""

    def __init__(self, status: int, name: str, russian: str, english: str) -> None:
        super().__init__(status, russian)
        self.name, self.russian, self.english = name, russian, english


def status_of(refusal: Refusal, request: Request) -> int:
    """The status of a refusal. What the path names and is not there is 404; the same inside a body is
    a rule that refuses, 409.
    """
    match refusal:
        case NotSignedIn() | UnknownKey() | BadToken() | SignInFailed():
            return 401
        case NotAllowed() | SecondPersonNeeded() | AccessMoved() | ForeignForm() | FormOfAnother():
            return 403
        case NoSignIn():
            return 404
        case Stale():
            return 412
        case PaperTooLarge():
            return 413
        case PaperUnknownFormat():
            return 415
        case Malformed() | KeyReused():
            return 422
        case LedgerAway() | ReadersBusy() | IssuerAway():
            return 503
        case DiskFull():
            return 507
        case Unknown():
            named = set(request.path_params.values())
            reading = request.method in {"GET", "HEAD"}
            subject = snake(type(refusal).__name__).removeprefix("unknown_")
            return 404 if reading or refusal.values.get(subject) in named else 409
        case _:
            return 409


def problem(
    request: Request, status: int, name: str, detail: tuple[str, str], **more: Any
) -> Response:
    """One problem document in the language that the client asks for, Russian by default; where a page
    was asked for, a page in Russian.
    """
    told(request, name)
    if is_page(request.scope):
        as_page: AsPage = request.app.state.problem_as_page
        return as_page(request, status, detail[0])
    english = language_of(request) == "en"
    title = TITLES.get(status) or (HTTPStatus(status).phrase,) * 2
    body = {
        "type": f"urn:letopis:problem:{name}",
        "title": title[english],
        "status": status,
        "detail": detail[english],
        **more,
    }
    headers = {
        "Content-Language": "en" if english else "ru",
        "Vary": "Accept-Language",
    }
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER_S
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="letopis"'
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def language_of(request: Request) -> str:
    """`en` if the client prefers it to Russian, else `ru`."""
    first = request.headers.get("accept-language", "ru").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "ru"


async def on_refusal(request: Request, error: Exception) -> Response:
    """A refusal of the domain, the application or the ledger."""
    if not isinstance(error, Refusal):
        raise error
    status = status_of(error, request)
    log.info("refused", rule=error.name, status=status, route=route_of(request.scope))
    answer = problem(
        request, status, error.name, (error.text("ru"), error.text("en")), values=error.values
    )
    if isinstance(error, UnknownKey | BadToken) and "WWW-Authenticate" in answer.headers:
        answer.headers["WWW-Authenticate"] += ', error="invalid_token"'
    return answer


async def on_validation_error(request: Request, error: Exception) -> Response:
    """A body or a parameter of the wrong shape: every place by its JSON pointer."""
    if not isinstance(error, RequestValidationError):
        raise error
    errors = [
        {"pointer": place.pointer, "in": place.root, "detail": place.why[language_of(request)]}
        for place in places_of_request(error)
    ]
    if any(e["in"] == "header" and e["pointer"].lower() == "/idempotency-key" for e in errors):
        return problem(
            request,
            400,
            "no_idempotency_key",
            (
                "Нужен заголовок Idempotency-Key: по нему повтор запроса не запишется дважды.",
                "The header Idempotency-Key is required.",
            ),
        )
    detail = (
        "Исправьте указанные места запроса.",
        "Correct the places of the request that are named.",
    )
    return problem(request, 422, "malformed", detail, errors=errors)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """A refusal of the HTTP layer: no such path, no such method."""
    if isinstance(error, NotServed):
        return problem(request, error.status_code, error.name, (error.russian, error.english))
    if not isinstance(error, HTTPException):
        raise error
    titles = TITLES.get(error.status_code) or (str(error.detail),) * 2
    name = snake(HTTPStatus(error.status_code).phrase.replace(" ", "").replace("-", ""))
    answer = problem(request, error.status_code, name, (f"{titles[0]}.", f"{titles[1]}."))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = [method for method in ("GET", "POST") if is_served(request.scope, method)]
        answer.headers["Allow"] = ", ".join(allowed)
    return answer


def is_served(scope: Scope, method: str) -> bool:
    """Whether there is a route for this path and method."""
    asked = {**scope, "method": method}
    return any(route.matches(asked)[0] is Match.FULL for route in scope["app"].routes)


async def on_fault(request: Request, error: Exception) -> Response:
    """A fault of ours: logged whole, told without internals."""
    log.error("fault", path=request.url.path, exc_info=error)
    answer = problem(
        request,
        500,
        "internal_error",
        (
            "Ошибка на нашей стороне; ничего не записано наполовину.",
            "A fault on our side; nothing is half-written.",
        ),
    )
    tell(
        answer.headers, request.app.state.letopis.address
    )  # it passes by all that is around routes
    return answer


def install(app: FastAPI, as_page: AsPage) -> None:
    """All refusals of the application answer as problems, on pages as pages."""
    app.state.problem_as_page = as_page
    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(Exception, on_fault)
