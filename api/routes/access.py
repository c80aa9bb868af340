"""Rights over HTTP: granted, revoked and told by operators; a program published by its owner."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field, StrictBool

from api.admission import needs
from api.routes.asking import (
    Answer,
    Asked,
    Basis,
    IdempotencyKey,
    Meta,
    NoParameters,
    json_answer,
    mark,
    number_in,
    problems,
)
from api.routes.reading import Program
from api.routes.writing import WRITES, Nothing
from application.access import Permission
from application.commands.grant_access import GrantAccess
from application.commands.issue_key import IssueKey
from application.commands.publish_program import PublishProgram
from application.commands.revoke_access import RevokeAccess
from application.keys import digest_of, new_key
from application.queries.holdings import HoldingView, holdings
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import KEYS, Actor, Mark, Role, Scope
from domain.legal_act import Document
from domain.refusals import UnknownGrant
from domain.values import Day, Text, Value

router = APIRouter(prefix="/api/v1", tags=["access"])


class Revocation(Value):
    """What is taken back, by the position that gave it, and why."""

    position: int = Field(ge=1)
    reason: Text = Field(min_length=1)
    document: Document | None = None


class NewKey(Value):
    """A key for the account `name` of a machine, good through `until_on`, with `roles` within one scope."""

    name: Mark
    until_on: Day
    roles: tuple[Role, ...] = ()
    scope: Scope = Scope()
    document: Document | None = None


class Publication(Value):
    """Whether anybody may read the program, and on what basis."""

    published: StrictBool
    document: Document | None = None
    reason: Text = ""


class HoldingsAsked(NoParameters):
    """A page of what was ever given; `holds`: only what is held today, or only what is not."""

    limit: int = Field(default=100, ge=1, le=1000)
    next: str | None = None
    holds: bool | None = None


@router.post(
    "/access/grants",
    dependencies=[needs(Permission.GRANT_ACCESS)],
    operation_id="grant_access",
    **WRITES,
)
def grant_access(command: GrantAccess, key: IdempotencyKey, _: Nothing, ask: Asked) -> Response:
    """Gives an actor a role within a scope. Nobody grants anything to oneself."""
    return ask.record("", command, key)


@router.post(
    "/access/revocations",
    dependencies=[needs(Permission.GRANT_ACCESS)],
    operation_id="revoke_access",
    **WRITES,
)
def revoke_access(body: Revocation, key: IdempotencyKey, _: Nothing, ask: Asked) -> Response:
    """Takes a role or a key back, at once."""
    for one in ask.letopis.rights.holdings():
        if one.position == body.position:
            return ask.record("", RevokeAccess(actor=one.actor, **dict(body)), key)
    raise UnknownGrant(position=body.position)


@router.post(
    "/access/keys",
    dependencies=[needs(Permission.GRANT_ACCESS)],
    operation_id="issue_key",
    **WRITES,
)
def issue_key(body: NewKey, key: IdempotencyKey, _: Nothing, ask: Asked) -> Response:
    """Gives a machine a key. The answer shows it this once: it is kept nowhere, and the same request sent
    again is answered without it: `shown_once` then names it.
    """
    shown = new_key()
    command = IssueKey(
        actor=Actor(issuer=KEYS, subject=body.name),
        digest=digest_of(shown),
        until_on=body.until_on,
        roles=body.roles,
        scope=body.scope,
        document=body.document,
    )
    return ask.record("", command, key, shown_once={"key": shown})


@router.get(
    "/access/holdings",
    dependencies=[needs(Permission.READ_ACCESS)],
    operation_id="list_holdings",
    response_model=Answer[list[HoldingView]],
    responses=problems(),
)
def list_holdings(asked: Annotated[HoldingsAsked, Query()], ask: Asked) -> Response:
    """Every role and key that was ever given, in the order of the log, and whether it is held today."""
    letopis = ask.letopis
    after = number_in(asked.next) if asked.next else 0
    found = [
        one
        for one in holdings(letopis.rights, letopis.clock.today(DEFAULT_ZONE))
        if one.position > after and asked.holds in (None, one.holds)
    ]
    shown = found[: asked.limit]
    following = mark(str(shown[-1].position)) if len(found) > asked.limit else None
    meta = Meta(basis=Basis(size=ask.model.size()), next=following)
    data = [one.model_dump(mode="json", exclude_none=True) for one in shown]
    return json_answer(Answer(data=data, meta=meta), 200, {"Cache-Control": "private, no-cache"})


@router.post(
    "/programs/{program}/publication",
    dependencies=[needs(Permission.PUBLISH)],
    operation_id="publish_program",
    **WRITES,
)
def publish_program(
    program: Program, body: Publication, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Lets anybody read the program, or with a reason nobody but who holds a right."""
    return ask.record(program, PublishProgram(**dict(body)), key)
