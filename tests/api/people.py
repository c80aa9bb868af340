"""Invented people and machines of the tests, and what they are granted."""

from datetime import timedelta

from api.bootstrap import Letopis
from application.access import LOCAL_CALLER
from application.commands.access import AccessCommand, GrantAccess, IssueKey
from application.commands.command import execute
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


def key_of_all_roles(letopis: Letopis) -> str:
    """The key of a machine that may do everything in the tests' municipality and read everything."""
    account = machine("all-roles")
    for role in (Role.OWNER, Role.REPORTER, Role.FINANCE):
        granted(letopis, account, role)
    granted(letopis, account, Role.AUDITOR, Scope())
    granted(letopis, account, Role.OPERATOR, Scope())
    return key_of(letopis, account)
