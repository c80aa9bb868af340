"""Invented people and machines of the tests, and what they are granted."""

from datetime import timedelta

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.admission import SESSION_COOKIE
from api.bootstrap import Letopis
from application.access import LOCAL_CALLER
from application.commands.access_command import AccessCommand
from application.commands.command import execute
from application.commands.grant_access import GrantAccess
from application.commands.issue_key import IssueKey
from application.keys import digest_of, new_key
from application.ledger import Request
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import KEYS, Actor, Role, Scope

TOWN = Scope(municipality="town")
"""The municipality of the programs that tests register."""


def machine(name: str) -> Actor:
    """The account of a machine."""
    return Actor(issuer=KEYS, subject=name)


def done(letopis: Letopis, command: AccessCommand) -> int:
    """Carries a command about access out as the local operator; the event's position."""
    receipt = execute(letopis.ledger, letopis.clock, "", command, Request(LOCAL_CALLER))
    return receipt.position


def granted(letopis: Letopis, actor: Actor, role: Role, scope: Scope = TOWN) -> int:
    """Grants a role."""
    return done(letopis, GrantAccess(actor=actor, role=role, scope=scope))


def key_of(letopis: Letopis, account: Actor, **more: int) -> str:
    """A new key of a machine, good for 30 days."""
    key = new_key()
    until_on = letopis.clock.today(DEFAULT_ZONE) + timedelta(days=more.get("days", 30))
    done(letopis, IssueKey(actor=account, digest=digest_of(key), until_on=until_on))
    return key


def bearer(key: str) -> dict[str, str]:
    """The header that shows a key."""
    return {"Authorization": f"Bearer {key}"}


def person(subject: str) -> Actor:
    """Somebody whom the provider of the tests knows."""
    return Actor(issuer="https://login.example.org", subject=subject)


def letopis_of(client: TestClient) -> Letopis:
    """The Letopis behind a client."""
    assert isinstance(client.app, FastAPI)
    letopis = client.app.state.letopis
    assert isinstance(letopis, Letopis)
    return letopis


def sign_in(client: TestClient, actor: Actor) -> None:
    """Signs somebody in at a client, past the provider."""
    letopis = letopis_of(client)
    shown = letopis.sessions.begin(actor, letopis.now())
    client.cookies.set(SESSION_COOKIE, shown, domain="testserver.local", path="/")


def csrf_of(client: TestClient) -> str:
    """What the forms of who is signed in at a client must carry; empty if nobody is."""
    letopis = letopis_of(client)
    session = letopis.sessions.seen(client.cookies.get(SESSION_COOKIE) or "", letopis.now())
    return session.csrf if session else ""


def give_all_roles(letopis: Letopis, actor: Actor) -> None:
    """Somebody may do everything in the tests' municipality and read everything."""
    for role in (Role.OWNER, Role.REPORTER, Role.FINANCE):
        granted(letopis, actor, role)
    granted(letopis, actor, Role.AUDITOR, Scope())
    granted(letopis, actor, Role.OPERATOR, Scope())


def key_of_all_roles(letopis: Letopis) -> str:
    """The key of a machine that may do everything in the tests' municipality and read everything."""
    give_all_roles(letopis, machine("all-roles"))
    return key_of(letopis, machine("all-roles"))
