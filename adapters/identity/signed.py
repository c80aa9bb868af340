"""Signed tokens (JWT, RFC 7519, RFC 8725): opened strictly, their signature checked, their times compared."""

import json
from typing import Any, NoReturn

from joserfc.errors import JoseError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry, deserialize_compact
from joserfc.util import urlsafe_b64decode

from adapters.identity.keys import FIT
from adapters.identity.provider import Provider
from adapters.identity.refusals import bad_token

LONGEST = 8192
SKEW_S = 30
"""How far the clocks of the provider and of this machine may differ."""
_PARTS = 3
_PARTS_OF_ENCRYPTED = 5
_LATEST = 253_402_300_799  # the end of the year 9999, the last that a datetime can tell
_OWN_KEYS = ("jwk", "jku", "x5u", "x5c")


class _Registry(JWSRegistry):
    """joserfc's checks without two of its habits: a warning for each EdDSA, short headers only."""

    max_header_length = max_signature_length = LONGEST

    def get_alg(self, name: str) -> Any:
        if name not in FIT:
            raise bad_token("algorithm_not_allowed")
        return self.algorithms[name]


_REGISTRY = _Registry(algorithms=list(FIT), strict_check_header=False)


class Opened:
    """A token taken apart, its header found acceptable. Nothing in it is proven yet."""

    def __init__(self, token: str) -> None:
        """Refuses `BadToken` by shape and header."""
        self._token = token
        header, self._payload = _taken_apart(token)
        self.header = _object(header, "header_unreadable")
        algorithm = self.header.get("alg")
        if isinstance(algorithm, str) and algorithm.lower() == "none":
            raise bad_token("unsigned")
        if not isinstance(algorithm, str) or algorithm not in FIT:
            raise bad_token("algorithm_not_allowed")
        self.algorithm = algorithm
        if "crit" in self.header or "b64" in self.header:
            raise bad_token("critical_header")
        if any(name in self.header for name in _OWN_KEYS):
            raise bad_token("brings_its_key")

    @property
    def type(self) -> str | None:
        """The media type that its header names, without `application/`; None if it names none."""
        named = self.header.get("typ")
        return str(named).lower().removeprefix("application/") if named is not None else None

    def claims(self, provider: Provider) -> dict[str, Any]:
        """What it says, once the provider's signature is proven."""
        kid = self.header.get("kid")
        if not isinstance(kid, str) or not kid:
            raise bad_token("key_id_missing")
        self._prove(provider.key(kid, self.algorithm))
        return _object(self._payload, "payload_unreadable")

    def _prove(self, key: Key) -> None:
        try:
            deserialize_compact(self._token, key, registry=_REGISTRY)
        except (JoseError, ValueError):
            raise bad_token("signature_wrong") from None


def _taken_apart(token: str) -> tuple[bytes, bytes]:
    if not token:
        raise bad_token("empty")
    if len(token) > LONGEST:
        raise bad_token("too_long")
    parts = token.split(".")
    if len(parts) == _PARTS_OF_ENCRYPTED:
        raise bad_token("encrypted")
    if len(parts) != _PARTS:
        raise bad_token("not_three_parts")
    try:
        header, payload, _signature = (urlsafe_b64decode(part.encode("ascii")) for part in parts)
    except ValueError:
        raise bad_token("not_base64") from None
    return header, payload


def _object(text: bytes, otherwise: str) -> dict[str, Any]:
    """A JSON object in UTF-8, without NaN and without a member named twice at any depth."""
    try:
        found = json.loads(
            text.decode("utf-8"), object_pairs_hook=_once, parse_constant=_not_a_number
        )
    except (ValueError, RecursionError):
        raise bad_token(otherwise) from None
    if not isinstance(found, dict):
        raise bad_token(otherwise)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise bad_token("repeated_member")
    return found


def _not_a_number(_: str) -> NoReturn:
    raise ValueError


def check_issuer(claims: dict[str, Any], issuer: str) -> None:
    """Refuses what another issuer says; the comparison is exact."""
    if "iss" not in claims:
        raise bad_token("issuer_missing")
    if claims["iss"] != issuer:
        raise bad_token("issuer_other")


def check_times(claims: dict[str, Any], now: float) -> None:
    """Refuses what is expired, not valid yet, or issued in the future; expiry and issue must be told."""
    expires = _time(claims, "exp", "expiry_unreadable")
    if expires is None:
        raise bad_token("expiry_missing")
    if expires + SKEW_S <= now:
        raise bad_token("expired")
    issued = _time(claims, "iat", "issue_unreadable")
    if issued is None:
        raise bad_token("issue_missing")
    if issued - SKEW_S > now:
        raise bad_token("issued_in_future")
    starts = _time(claims, "nbf", "start_unreadable")
    if starts is not None and starts - SKEW_S > now:
        raise bad_token("not_yet_valid")


def audiences(claims: dict[str, Any]) -> list[str]:
    """Whom it is meant for."""
    meant = claims.get("aud")
    listed = [meant] if isinstance(meant, str) else meant
    if not listed:
        raise bad_token("audience_missing")
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise bad_token("audience_other")
    return listed


def _time(claims: dict[str, Any], name: str, otherwise: str) -> float | None:
    if name not in claims:
        return None
    told = claims[name]
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise bad_token(otherwise)
    if not 0 <= told <= _LATEST:
        raise bad_token(otherwise)
    return told
