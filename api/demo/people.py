"""The demo's people: invented ones, whom an issuer beside the demo signs in, and what each may do."""

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.bootstrap import Letopis, identity_of
from api.pages.signing_in import BACK
from application.access import LOCAL_CALLER
from application.commands.command import execute
from application.commands.grant_access import GrantAccess
from application.ledger import Request
from domain.access import Actor, Role, Scope

if TYPE_CHECKING:
    from api.local_issuer import LocalIssuer

CLIENT_ID = "letopis-demo"
_LAST_PORT = 65535
_OF_SAMPLE = Scope(program="sample")
MAY: dict[str, tuple[Role, Scope]] = {
    "otchetova": (Role.REPORTER, _OF_SAMPLE),
    "sosedskaya": (Role.REPORTER, Scope(municipality="invented-neighbor")),
    "rubleva": (Role.FINANCE, _OF_SAMPLE),
    "hozyaykin": (Role.OWNER, _OF_SAMPLE),
    "sverkina": (Role.AUDITOR, Scope()),
    "oblastnoy": (Role.OVERSIGHT, Scope(region="invented")),
    "rubilnikov": (Role.OPERATOR, Scope()),
}
"""By the subjects of `api.local_issuer`."""

Returns = Callable[[str], None]
"""To be told the address that people come back to, once it is known."""


@contextmanager
def people_beside(letopis: Letopis) -> Iterator[tuple[Letopis, Returns]]:
    """The demo with an issuer of its own beside it, whose people hold their roles. As it is where another
    issuer is set, and where ours is not installed (it is in no wheel).
    """
    settings = letopis.settings
    if settings.oidc_issuer is not None or find_spec("api.local_issuer") is None:
        yield letopis, lambda _: None
        return
    with ExitStack() as stack:
        issuer = _issuer(stack, letopis)
        give_roles(letopis, issuer.url)
        named = {"oidc_issuer": issuer.url, "oidc_client_id": CLIENT_ID}
        settings = settings.model_copy(update=named)

        def returns(address: str) -> None:
            issuer.redirect_uris = frozenset({f"{address}{BACK}"})

        yield replace(letopis, settings=settings, identity=identity_of(settings)), returns


def give_roles(letopis: Letopis, issuer: str) -> None:
    """Grants the people of an issuer their roles, once."""
    for subject, (role, scope) in MAY.items():
        key = f"demo {issuer} {subject}"
        digest = hashlib.sha256(key.encode()).hexdigest()
        command = GrantAccess(
            actor=Actor(issuer=issuer, subject=subject), role=role, scope=scope, reason="Показ"
        )
        execute(letopis.ledger, letopis.clock, "", command, Request(LOCAL_CALLER, key, digest))


def _issuer(stack: ExitStack, letopis: Letopis) -> "LocalIssuer":
    """The issuer, at the address under which its people were granted their roles before, if it is free."""
    from api.local_issuer import local_issuer  # noqa: PLC0415 (it is in no wheel)

    for port in (_port_before(letopis), 0):
        running = local_issuer(
            client_id=CLIENT_ID,
            redirect_uris=(),
            audience=letopis.settings.api_audience,
            port=port,
        )
        try:
            return stack.enter_context(running)
        except OSError as error:
            if port == 0 or error.errno != errno.EADDRINUSE:
                raise
    raise AssertionError("a free port is always found")


def _port_before(letopis: Letopis) -> int:
    """Its port on the first run is the one after ours; it stays, for people are known by the address."""
    for held in reversed(letopis.rights.holdings()):
        if held.actor.subject in MAY and (port := urlsplit(held.actor.issuer).port):
            return port
    ours = letopis.settings.port
    return ours + 1 if 0 < ours < _LAST_PORT else 0
