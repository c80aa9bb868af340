"""Who is let in where: every route declares what it needs, and what is not declared is not served."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.security import HTTPBearer

from api.bootstrap import Letopis
from application.access import Caller, Permission, refusal_of
from application.keys import PREFIX, digest_of
from application.queries.viewpoint import DEFAULT_ZONE
from application.visible import Visible
from domain.access import ANYBODY, Actor
from domain.refusals import NotSignedIn, UnknownKey, UnknownProgram

OF_THE_DESCRIPTION = frozenset(
    {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc", "/static-offline-docs"}
)
"""Served by the web framework itself: the description of the interface holds no data."""


class Needs:
    """What a route needs: one of the permissions; of none: it is open to anybody.

    To read is allowed to anybody too, but a program that is not visible to the caller is not there.
    Leaves the caller and what is visible to them in the request's state.
    Refuses: NotSignedIn, NotAllowed, UnknownKey, BadToken, UnknownProgram.
    """

    def __init__(self, one_of: Iterable[Permission]) -> None:
        self.one_of = frozenset(one_of)

    def __call__(self, request: Request) -> None:
        letopis: Letopis = request.app.state.letopis
        request.state.caller = caller = Caller(ANYBODY, ())
        request.state.model = Visible(letopis.model, caller)
        if not self.one_of:
            return
        today = letopis.clock.today(DEFAULT_ZONE)
        request.state.caller = caller = letopis.rights.caller(self.actor(request, letopis), today)
        request.state.model = model = Visible(letopis.model, caller)
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

    def actor(self, request: Request, letopis: Letopis) -> Actor:
        """Who the bearer of a key or a token is: a cookie says nothing here."""
        given = request.headers.get("authorization")
        if given is None:
            return ANYBODY
        scheme, _, credentials = given.partition(" ")
        if scheme.lower() != "bearer":
            raise NotSignedIn
        credentials = credentials.strip()
        if credentials.startswith(PREFIX):
            return account_of(letopis, credentials)
        raise UnknownKey


def account_of(letopis: Letopis, key: str) -> Actor:
    """The machine that holds a key. Refuses: UnknownKey."""
    account = letopis.rights.account(digest_of(key), letopis.clock.today(DEFAULT_ZONE))
    if account is None:
        raise UnknownKey
    return account


class PageNeeds(Needs):
    """As `Needs`, of a page: who has signed in is known by a session, and no bearer is listened to."""

    def actor(self, request: Request, letopis: Letopis) -> Actor:
        return ANYBODY


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
    declared = [one for one in given if isinstance(one.dependency, Needs)]
    return len(declared) == 1 or route.path in OF_THE_DESCRIPTION
