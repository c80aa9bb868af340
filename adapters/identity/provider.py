"""An OpenID provider as it describes itself: its addresses and its keys, remembered for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from joserfc.jwk import Key

from adapters.identity.keys import Keys
from adapters.identity.refusals import IssuerAway, bad_token, issuer_away
from adapters.identity.wire import fetched

LIFE_S = 600
"""How long its description and keys are used. A key that it withdraws is trusted no longer than that."""
_UNKNOWN_KEY_S = 60
_AFTER_FAILURE_S = 5
_DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Described:
    """What a provider says of itself, and until when it is believed."""

    authorization: str
    token: str
    userinfo: str | None
    names_itself: bool
    """RFC 9207: each answer to a sign-in carries `iss`."""
    keys: Keys
    until: float


class Provider:
    """The OpenID provider of one issuer. Nothing is asked of it before it is needed.

    Refuses `IssuerAway` if it does not answer, unreadably, or as another issuer. After a failure it
    is not asked again for five seconds, so that those who wait do not queue up behind a dead provider.
    """

    def __init__(self, issuer: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        if not is_trustworthy(issuer):
            raise ValueError("an issuer is an https address, or http on loopback")
        self.issuer = issuer
        self._clock = clock
        self._described: Described | None = None
        self._asking = Lock()
        self._failed: tuple[float, str] | None = None
        self._looked_for_unknown_at: float | None = None

    def described(self) -> Described:
        """Its description, at most ten minutes old."""
        known = self._described
        if known and self._clock() < known.until:
            return known
        with self._asking:
            known = self._described
            if known and self._clock() < known.until:
                return known
            return self._asked()

    def key(self, kid: str, algorithm: str) -> Key:
        """The key of this id. An unknown id has the keys read anew, but at most once a minute.

        Refuses `BadToken`: `key_unknown`, `key_unfit`.
        """
        keys = self.described().keys
        if kid not in keys.named:
            keys = self._keys_read_anew(keys)
        if kid not in keys.named:
            raise bad_token("key_unknown")
        if found := keys.fitting(kid, algorithm):
            return found
        raise bad_token("key_unfit")

    def _keys_read_anew(self, seen: Keys) -> Keys:
        with self._asking:
            known = self._described
            if known and known.keys is not seen:
                return known.keys
            last = self._looked_for_unknown_at
            if last is not None and self._clock() - last < _UNKNOWN_KEY_S:
                return seen
            self._looked_for_unknown_at = self._clock()
            return self._asked().keys

    def _asked(self) -> Described:
        """Asks, under the lock. What was known stays in use until its time if this fails."""
        if self._failed and self._clock() < self._failed[0]:
            raise issuer_away(self._failed[1])
        try:
            document = fetched(self.issuer.rstrip("/") + _DISCOVERY)
            if document.get("issuer") != self.issuer:
                raise issuer_away("contradicts")
            published = fetched(self._address(document, "jwks_uri")).get("keys")
            if not isinstance(published, list):
                raise issuer_away("unreadable")
            self._described = Described(
                authorization=self._address(document, "authorization_endpoint"),
                token=self._address(document, "token_endpoint"),
                userinfo=self._address(document, "userinfo_endpoint")
                if "userinfo_endpoint" in document
                else None,
                names_itself=document.get("authorization_response_iss_parameter_supported") is True,
                keys=Keys.read(published),
                until=self._clock() + LIFE_S,
            )
        except IssuerAway as away:
            self._failed = (self._clock() + _AFTER_FAILURE_S, away.reason)
            raise
        self._failed = None
        return self._described

    def _address(self, document: dict[str, Any], name: str) -> str:
        address = document.get(name)
        if not isinstance(address, str) or not is_trustworthy(address):
            raise issuer_away("unreadable")
        if _scheme(address) == "http" and _scheme(self.issuer) != "http":
            raise issuer_away("unreadable")
        return address


def is_trustworthy(address: str) -> bool:
    """Whether an address is https, or http on this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and _is_loopback(host)


def _scheme(address: str) -> str:
    return urlsplit(address).scheme


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
