"""«Войти» and «Выйти»: to the provider and back, and the session that comes of it."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ConfigDict

from adapters.identity import IssuerAway, Login, LoginBegun, Unproven
from api.admission import SESSION_COOKIE, page_needs
from api.audited import told
from api.bootstrap import Letopis
from api.page_forms import AsSent, is_foreign
from api.pages.frame import page
from application.ports import Person, Session, SigningIn
from application.sessions import IDLE, LONGEST, SIGNING_IN
from domain.refusals import NoSignIn, NotSignedIn
from domain.values import Value

log = structlog.get_logger()
router = APIRouter(include_in_schema=False)

LOGIN_COOKIE = "__Host-letopis-login"
"""Binds a sign-in to the browser that began it: nobody is signed in as somebody else by a link."""
BACK = "/login/callback"
_LONGEST_PATH = 2000


class LoginAsked(Value):
    """Where to go once signed in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    next: str = "/"


@router.get("/login", dependencies=[page_needs()])
def sign_in(request: Request, asked: Annotated[LoginAsked, Query()]) -> Response:
    """Sends the browser to the provider. From another site nobody is sent there without their own click."""
    letopis: Letopis = request.app.state.letopis
    goes_on_to = local_path(asked.next)
    if is_foreign(request):
        return page(request, "sign_in", why="", sign_in=_login(goes_on_to))
    begun = _provider(letopis).begin(f"{letopis.address}{BACK}")
    under_way = SigningIn(begun.state, begun.nonce, begun.verifier, goes_on_to)
    shown = letopis.sessions.leave(under_way, letopis.now())
    response = _redirect(begun.url)
    _give(response, LOGIN_COOKIE, shown, int(SIGNING_IN.total_seconds()))
    return response


@router.get(BACK, dependencies=[page_needs()])
def come_back(request: Request) -> Response:
    """Begins the session of who comes back from the provider, and notes what they are called."""
    letopis: Letopis = request.app.state.letopis
    given, now = dict(request.query_params), letopis.now()
    under_way = letopis.sessions.come_back(
        given.get("state", ""), request.cookies.get(LOGIN_COOKIE, ""), now
    )
    if under_way is None:
        told(request, "unknown_sign_in")
        return _failed(request, "Этот вход уже завершён, начат не здесь или длился слишком долго.")
    begun = LoginBegun("", under_way.state, under_way.nonce, under_way.verifier)
    try:
        signed_in = _provider(letopis).finish(begun, given, f"{letopis.address}{BACK}")
    except Unproven as refusal:
        log.info("sign-in failed", rule=refusal.name, reason=refusal.reason)
        is_away = isinstance(refusal, IssuerAway)
        status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.UNAUTHORIZED
        told(request, refusal.name)
        return _failed(request, str(refusal), status, under_way.goes_on_to)
    letopis.people.note(Person(signed_in.actor, signed_in.name, signed_in.email, now))
    if before := request.cookies.get(SESSION_COOKIE):
        letopis.sessions.end(before)
    shown = letopis.sessions.begin(signed_in.actor, now)
    log.info("signed in", actor=str(signed_in.actor))
    response = _redirect(under_way.goes_on_to)
    _give(response, SESSION_COOKIE, shown, int(LONGEST.total_seconds()))
    _take(response, LOGIN_COOKIE)
    return response


@router.get("/sessions", dependencies=[page_needs()])
def my_sessions(request: Request) -> Response:
    """Where somebody is signed in."""
    letopis: Letopis = request.app.state.letopis
    session: Session | None = request.state.session
    if session is None:
        raise NotSignedIn
    shown = request.cookies.get(SESSION_COOKIE, "")
    return page(
        request,
        "sessions",
        actor=session.actor,
        sessions=letopis.sessions.of(session.actor, shown, letopis.now()),
        idle=int(IDLE.total_seconds() // 60),
        longest=int(LONGEST.total_seconds() // 3600),
    )


@router.post("/logout", dependencies=[page_needs()])
def sign_out(request: Request, form: AsSent) -> Response:
    """Ends the session of this browser, or all that its person has."""
    letopis: Letopis = request.app.state.letopis
    session: Session | None = request.state.session
    if session is not None:
        letopis.sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        if form.get("everywhere") == "yes":
            letopis.sessions.end_all(session.actor)
        log.info("signed out", actor=str(session.actor))
    response = _redirect("/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    _take(response, SESSION_COOKIE)
    return response


def local_path(asked: str) -> str:
    """A path on this very site; whatever a browser could take for something else is the front page."""
    is_local = asked.startswith("/") and not asked.startswith(("//", "/login", "/logout"))
    is_plain = asked.isprintable() and "\\" not in asked and len(asked) <= _LONGEST_PATH
    return asked if is_local and is_plain else "/"


def _provider(letopis: Letopis) -> Login:
    if letopis.identity is None or letopis.identity.login is None:
        raise NoSignIn
    return letopis.identity.login


def _failed(
    request: Request, why: str, status: int = HTTPStatus.UNAUTHORIZED, goes_on_to: str = "/"
) -> Response:
    """The page of a sign-in that came to nothing, with a way to begin anew."""
    response = page(request, "sign_in", why=why, sign_in=_login(goes_on_to))
    response.status_code = status
    _take(response, LOGIN_COOKIE)
    return response


def _login(goes_on_to: str) -> str:
    return f"/login?{urlencode({'next': goes_on_to})}"


def _redirect(url: str) -> Response:
    response = RedirectResponse(url, HTTPStatus.SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response


def _give(response: Response, cookie: str, shown: str, seconds: int) -> None:
    response.set_cookie(
        cookie, shown, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def _take(response: Response, cookie: str) -> None:
    response.delete_cookie(cookie, path="/", secure=True, httponly=True, samesite="lax")
