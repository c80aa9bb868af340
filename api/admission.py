"""Who is let in where: every route declares what it needs, and what is not declared is not served."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.security import HTTPBearer
from starlette.routing import Match
from starlette.types import Scope

from api.bootstrap import Letopis
from api.page_forms import AsSent, require_own
from application.access import Caller, Permission, refusal_of
from application.keys import PREFIX, digest_of
from application.queries.viewpoint import DEFAULT_ZONE
from application.visible import Visible
from domain.access import ANYBODY, Actor
from domain.refusals import NotSignedIn, UnknownKey, UnknownProgram

SESSION_COOKIE = "__Host-letopis"
"""The prefix has browsers take it from this very host only, over TLS (or on this machine)."""

_BEARER = re.compile(r"bearer (?P<credentials>[A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)
"""RFC 6750, 2.1: one space, and the letters of a token."""

OF_THE_DESCRIPTION = frozenset(
    {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc", "/static-offline-docs"}
)
"""Served by the web framework itself: the description of the interface holds no data."""


class Declared:
    """What a route needs: one of the permissions; of none: it is open to anybody.

    To read is allowed to anybody too, but a program that is not visible to the caller is not there.
    Leaves the caller and what is visible to them in the request's state.
    """

    def __init__(self, one_of: Iterable[Permission]) -> None:
        self.one_of = frozenset(one_of)

    def admit(self, request: Request, actor: Actor) -> None:
        """Lets an actor in. Refuses: NotSignedIn, NotAllowed, UnknownProgram."""
        letopis: Letopis = request.app.state.letopis
        caller = letopis.rights.caller(actor, letopis.clock.today(DEFAULT_ZONE))
        model = _leave(request, caller)
        where = None
        if (program := request.path_params.get("program")) is not None:
            row = model.program(program)
            if row is None:
                request.state.hidden = letopis.model.program(program) is not None
                raise UnknownProgram(program=program, exists="")
            where = row.where
        if self.one_of <= {Permission.READ}:
            return
        if caller.role_for(self.one_of, where) is None:
            raise refusal_of(caller, self.one_of, where)


def _leave(request: Request, caller: Caller) -> Visible:
    """Leaves who asks, and what is visible to them, for whoever answers."""
    model = Visible(request.app.state.letopis.model, caller)
    request.state.caller, request.state.model = caller, model
    return model


class Needs(Declared):
    """What a route of the interface needs. Its caller is the bearer of a key or a token, or anybody: a
    cookie says nothing here. Refuses: BadToken, UnknownKey, IssuerAway, and what `Declared` refuses.
    """

    def __call__(self, request: Request) -> None:
        _leave(request, Caller(ANYBODY, ()))
        if self.one_of:
            self.admit(request, _bearer(request))


def _bearer(request: Request) -> Actor:
    given = request.headers.getlist("authorization")
    if not given:
        return ANYBODY
    shown = _BEARER.fullmatch(given[0])
    if shown is None or len(given) > 1:
        raise NotSignedIn
    letopis: Letopis = request.app.state.letopis
    credentials = shown["credentials"]
    if credentials.startswith(PREFIX):
        return account_of(letopis, credentials)
    if letopis.identity is None:
        raise UnknownKey
    return letopis.identity.tokens.actor(credentials)


def account_of(letopis: Letopis, key: str) -> Actor:
    """The machine that holds a key. Refuses: UnknownKey."""
    account = letopis.rights.account(digest_of(key), letopis.clock.today(DEFAULT_ZONE))
    if account is None:
        raise UnknownKey
    return account


class PageNeeds(Declared):
    """What a page needs. Its caller is who has signed in at the browser, or anybody: no bearer is
    listened to. Leaves the session in the request's state. Whatever is posted to a page goes through
    here. Refuses: ForeignForm, FormOfAnother, and what `Declared` refuses.
    """

    def __call__(self, request: Request, form: AsSent) -> None:
        _leave(request, Caller(ANYBODY, ()))
        letopis: Letopis = request.app.state.letopis
        shown = request.cookies.get(SESSION_COOKIE)
        session = letopis.sessions.seen(shown, letopis.now()) if shown else None
        request.state.session = session
        actor = session.actor if session else ANYBODY
        _leave(request, Caller(actor, ()))
        if request.method == "POST":
            require_own(request, form, session)
        if self.one_of or session:
            self.admit(request, actor)


def page_needs(*one_of: Permission) -> Any:
    """Declares what a page needs; `page_needs()` opens it to anybody."""
    return Depends(PageNeeds(one_of))


class BearerNeeds(Needs):
    """As `Needs`, of a route of the interface: the description tells that it takes a bearer."""

    def __call__(
        self, request: Request, _: Annotated[Any, Depends(HTTPBearer(auto_error=False))] = None
    ) -> None:
        super().__call__(request)


def needs(*one_of: Permission) -> Any:
    """Declares what a route of the interface needs; `needs()` opens it to anybody."""
    return Depends(BearerNeeds(one_of) if one_of else Needs(one_of))


class UndeclaredRoute(RuntimeError):
    """A route that does not say what it needs: the application does not start with it."""


def require_declared(app: FastAPI) -> None:
    """Every route declares what it needs, once. Raises: UndeclaredRoute."""
    for route in iter_route_contexts(app.routes):
        if not _is_declared(route):
            raise UndeclaredRoute(route.path)


def _is_declared(route: RouteContext) -> bool:
    given = getattr(route, "dependencies", ())
    declared = [one for one in given if isinstance(one.dependency, Declared)]
    return len(declared) == 1 or route.path in OF_THE_DESCRIPTION


def is_page(scope: Scope) -> bool:
    """Whether a page answers here, and not the interface; where nothing is, whether a browser asks."""
    asked = {**scope}
    for route in iter_route_contexts(scope["app"].routes):
        if route.matches(asked)[0] is not Match.NONE:
            given = getattr(route, "dependencies", ())
            return any(isinstance(one.dependency, PageNeeds) for one in given)
    accepts = Request(scope).headers.get("accept", "")
    return "text/html" in accepts and not scope["path"].startswith("/api/")
