"""Signing in at the provider: authorization code, PKCE, state, nonce (OpenID Connect Core, RFC 9700)."""

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx2
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from pydantic import SecretStr

from adapters.identity.provider import Described, Provider
from adapters.identity.refusals import IssuerAway, bad_token, issuer_away, sign_in_failed
from adapters.identity.signed import Opened, audiences, check_issuer, check_times
from adapters.identity.tokens import actor_of
from adapters.identity.wire import CLIENT, Bounded, fetched
from domain.access import Actor

log = structlog.get_logger()

_SCOPE = "openid profile email"
_LONGEST_NAME = 255
_PASSING = {"server_error", "temporarily_unavailable"}
_OURS = {"invalid_client", "unauthorized_client"}


@dataclass(frozen=True, slots=True)
class LoginBegun:
    """A sign-in under way: where to send the browser, and what to remember until it comes back."""

    url: str
    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in. Name and e-mail are what the provider calls them: to show, never to decide by."""

    actor: Actor
    name: str | None
    email: str | None
    signed_in_at: datetime


class Login:
    """Sign-ins of people at one provider. Nothing is kept here between `begin` and `finish`."""

    def __init__(
        self,
        provider: Provider,
        client_id: str,
        client_secret: SecretStr | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._provider = provider
        self._client_id = client_id
        self._secret = client_secret
        self._now = now

    def begin(self, redirect_uri: str) -> LoginBegun:
        """Where to send the browser. Refuses: `IssuerAway`."""
        described = self._provider.described()
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        verifier = secrets.token_urlsafe(48)
        url = prepare_grant_uri(
            described.authorization,
            client_id=self._client_id,
            response_type="code",
            redirect_uri=redirect_uri,
            scope=_SCOPE,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return LoginBegun(url, state, nonce, verifier)

    def finish(
        self, begun: LoginBegun, parameters: Mapping[str, str], redirect_uri: str
    ) -> SignedIn:
        """Who came back, by the query parameters they came back with.

        Refuses `SignInFailed` (a key of `refusals.SIGN_IN`), `BadToken` if the provider's word does
        not hold, and `IssuerAway`.
        """
        described = self._provider.described()
        code = self._code(described, begun, parameters)
        granted = self._exchanged(described, code, begun.verifier, redirect_uri)
        id_token, access_token = granted.get("id_token"), granted.get("access_token")
        if not isinstance(id_token, str) or not id_token:
            raise sign_in_failed("id_token_missing")
        claims = self._proven(id_token, access_token, begun.nonce)
        actor = actor_of(claims)
        shown = {**self._userinfo(described, claims, access_token), **claims}
        at = claims.get("auth_time")
        return SignedIn(
            actor,
            name=_line(shown.get("name")) or _line(shown.get("preferred_username")),
            email=_line(shown.get("email")),
            signed_in_at=datetime.fromtimestamp(_instant(at, claims["iat"]), UTC),
        )

    def _code(self, described: Described, begun: LoginBegun, parameters: Mapping[str, str]) -> str:
        state = parameters.get("state", "")
        if not _same(state, begun.state):
            raise sign_in_failed("state_other")
        answering = parameters.get("iss")
        if answering is None and described.names_itself:
            raise sign_in_failed("issuer_other")
        if answering is not None and answering != self._provider.issuer:
            raise sign_in_failed("issuer_other")
        if (error := parameters.get("error")) is not None:
            raise _refused(error, otherwise="provider_error")
        if not (code := parameters.get("code")):
            raise sign_in_failed("code_missing")
        return code

    def _exchanged(
        self, described: Described, code: str, verifier: str, redirect_uri: str
    ) -> dict[str, Any]:
        # RFC 6749, 2.3.1: both are form-encoded inside of Basic, which Authlib leaves to us.
        secret = self._secret and quote(self._secret.get_secret_value(), safe="")
        name = quote(self._client_id, safe="") if secret else self._client_id
        try:
            with OAuth2Client(name, secret, **_client()) as client:
                granted: dict[str, Any] = client.fetch_token(
                    described.token,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    redirect_uri=redirect_uri,
                )
        except OAuthError as error:
            raise _refused(str(error.error), otherwise="code_refused") from None
        except httpx2.HTTPError as error:
            log.warning("issuer away", url=described.token, error=type(error).__name__)
            raise issuer_away("no_answer") from None
        except (ValueError, TypeError, RecursionError):
            raise issuer_away("unreadable") from None
        return granted

    def _proven(self, id_token: str, access_token: object, nonce: str) -> dict[str, Any]:
        opened = Opened(id_token)
        if opened.type not in {None, "jwt"}:
            raise bad_token("not_an_id_token")
        claims = opened.claims(self._provider)
        check_issuer(claims, self._provider.issuer)
        meant = audiences(claims)
        if self._client_id not in meant:
            raise bad_token("audience_other")
        if claims.get("azp", self._client_id if len(meant) == 1 else None) != self._client_id:
            raise bad_token("party_other")
        check_times(claims, self._now())
        if not _same(claims.get("nonce"), nonce):
            raise bad_token("nonce_other")
        if "at_hash" in claims and claims["at_hash"] != _hash(access_token, opened.algorithm):
            raise bad_token("access_token_other")
        return claims

    def _userinfo(
        self, described: Described, claims: dict[str, Any], access_token: object
    ) -> dict[str, Any]:
        """What the provider tells only when asked; a sign-in does not fail for want of a name."""
        enough = "name" in claims and "email" in claims
        if enough or described.userinfo is None or not isinstance(access_token, str):
            return {}
        try:
            told = fetched(described.userinfo, bearer=access_token)
        except IssuerAway:
            return {}
        return told if told.get("sub") == claims["sub"] else {}


def _client() -> dict[str, Any]:
    return {**CLIENT, "transport": Bounded()}


def _refused(error: str, *, otherwise: str) -> Exception:
    if error in _PASSING:
        return issuer_away("no_answer")
    if error in _OURS:
        return sign_in_failed("client_refused")
    return sign_in_failed("access_denied" if error == "access_denied" else otherwise)


def _same(told: object, kept: str) -> bool:
    if not isinstance(told, str):
        return False
    return hmac.compare_digest(told.encode(errors="replace"), kept.encode())


def _hash(access_token: object, algorithm: str) -> str | None:
    named = "EdDSA" if algorithm == "Ed25519" else algorithm
    if not isinstance(access_token, str):
        return None
    return str(create_half_hash(access_token, named), "ascii")


def _line(text: object) -> str | None:
    """One printable line, None for anything else."""
    fit = isinstance(text, str) and text.isprintable() and 0 < len(text) <= _LONGEST_NAME
    return text if fit and isinstance(text, str) else None


def _instant(told: object, otherwise: float) -> float:
    fit = isinstance(told, int) and not isinstance(told, bool) and 0 < told <= otherwise + 1
    return told if fit and isinstance(told, int) else otherwise
