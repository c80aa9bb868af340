"""The provider's public keys: which of them may check a signature, and of which kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

FIT = {
    "RS256": ("RSA", None),
    "PS256": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
}
"""The algorithms that are allowed, each with its kind of key and curve. `Ed25519` is RFC 9864's name."""
_PUBLIC = ("kty", "kid", "alg", "n", "e", "crv", "x", "y")
_RSA_2048_CHARACTERS = 342
_MOST_KEYS = 100


@dataclass(frozen=True, slots=True)
class Keys:
    """A provider's keys by id. `named` holds ids of unusable keys too, to tell them from unknown ones."""

    usable: dict[str, list[Key]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    @classmethod
    def read(cls, published: Iterable[Any]) -> "Keys":
        """The keys of a JWK set; what can not be used is passed over."""
        usable: dict[str, list[Key]] = {}
        named = set[str]()
        for jwk in list(published)[:_MOST_KEYS]:
            kid = jwk.get("kid") if isinstance(jwk, dict) else None
            if isinstance(kid, str) and kid:
                named.add(kid)
                if key := _key(jwk):
                    usable.setdefault(kid, []).append(key)
        return cls(usable, frozenset(named))

    def fitting(self, kid: str, algorithm: str) -> Key | None:
        """The key of this id for this algorithm."""
        for key in self.usable.get(kid, ()):
            if _fits(key, algorithm):
                return key
        return None


def _key(jwk: dict[str, Any]) -> Key | None:
    try:
        return _imported(jwk)
    except (JoseError, ValueError, TypeError, LookupError):
        return None


def _imported(jwk: dict[str, Any]) -> Key | None:
    if jwk.get("use", "sig") != "sig" or "verify" not in jwk.get("key_ops", ["verify"]):
        return None
    if jwk.get("kty") not in {kind for kind, _ in FIT.values()}:
        return None
    if jwk["kty"] == "RSA" and len(str(jwk.get("n"))) < _RSA_2048_CHARACTERS:
        return None
    return import_key({name: jwk[name] for name in _PUBLIC if name in jwk})


def _fits(key: Key, algorithm: str) -> bool:
    kind, curve = FIT[algorithm]
    if not isinstance(key, RSAKey | ECKey | OKPKey):
        return False
    right_curve = isinstance(key, RSAKey) or key.curve_name == curve
    return key.key_type == kind and right_curve and key.alg in {None, algorithm}
