"""Bad bearer tokens: what is wrong with each, and the reason it must be refused for.

Each is good but for the named fault, and rightly signed unless the signature is the fault.
"""

import hmac
import json
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA1
from joserfc.jwk import RSAKey

from tests.adapters.identity.forging import (
    GONE,
    KEYS,
    NOW,
    STRANGER,
    Forge,
    new_key,
    public,
    signature,
    signed,
    text,
)

Make = Callable[[Forge], str]


def _given(token: str) -> Make:
    return lambda _: token


def _headed(header: bytes) -> Make:
    """Rightly signed under a header that a writer of tokens would not write."""
    return _given(signed(header, b"{}", lambda message: signature(message, "ES256", KEYS["ES256"])))


def _payload(forge: Forge, **claims: object) -> bytes:
    return json.dumps(forge.claims(**claims)).encode()


def _header(**more: object) -> bytes:
    return json.dumps({"alg": "ES256", "typ": "at+jwt", "kid": "of-ES256", **more}).encode()


def _es256(message: bytes) -> bytes:
    return signature(message, "ES256", KEYS["ES256"])


def _confused(forge: Forge) -> str:
    """HS256 with the provider's public key as its secret, which everyone has."""
    key = KEYS["RS256"]
    assert isinstance(key, RSAKey)
    pem = key.as_pem(private=False)
    header = _header(alg="HS256", kid="of-RS256")
    return signed(header, _payload(forge), lambda message: hmac.digest(pem, message, "sha256"))


def _rs1(forge: Forge) -> str:
    key = KEYS["RS256"]
    assert isinstance(key, RSAKey)
    private = key.private_key
    assert private
    header = _header(alg="RS1", kid="of-RS256")
    return signed(
        header,
        _payload(forge),
        lambda message: private.sign(message, padding.PKCS1v15(), SHA1()),  # noqa: S303 (it is the fault)
    )


def _tampered(forge: Forge) -> str:
    header, _, proof = forge.token().split(".")
    return f"{header}.{text(_payload(forge, sub='petrov'))}.{proof}"


def _other_signature(forge: Forge) -> str:
    token = forge.token()
    start = token.rindex(".") + 1
    return token[:start] + ("A" if token[start] != "A" else "B") + token[start + 1 :]


def _not_canonical(forge: Forge) -> str:
    """The same octets in another spelling: the last character's spare bits are set."""
    token = forge.token()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + alphabet[alphabet.index(token[-1]) + 1]


def _shorter(forge: Forge) -> str:
    return signed(_header(), _payload(forge), lambda message: _es256(message)[:-3])


def _unsigned(name: str) -> Make:
    return lambda forge: signed(_header(alg=name), _payload(forge), lambda _: b"")


def _twice(forge: Forge) -> str:
    payload = _payload(forge)[:-1] + b', "sub": "petrov"}'
    return signed(_header(), payload, _es256)


def _raw_expiry(number: str) -> Make:
    """JSON that Python's own writer would not write."""
    return lambda forge: forge.token(
        payload=_payload(forge, exp=GONE)[:-1] + f', "exp": {number}}}'.encode()
    )


def _unfit(kid: str, **changes: object) -> Make:
    """Rightly signed with a key that the provider publishes, though not for this."""

    def make(forge: Forge) -> str:
        key = new_key("ES256", kid)
        forge.jwks.append(public(key, **changes))
        return forge.token(header={"kid": kid}, key=key)

    return make


BAD: list[tuple[str, str, Make]] = [
    # what is wrong, the reason, the token
    ("nothing at all", "empty", _given("")),
    ("a blank", "not_three_parts", _given(" ")),
    ("an opaque token", "not_three_parts", _given("dGhpcyBpcyBub3QgYSBKV1Q")),
    ("only two parts", "not_three_parts", lambda f: f.token().rpartition(".")[0]),
    ("four parts", "not_three_parts", lambda f: f.token() + ".x"),
    ("encrypted (JWE)", "encrypted", lambda f: f.token() + ".e30.e30"),
    ("over 8 KB", "too_long", lambda f: f.token(note="x" * 6000)),
    ("padded base64", "not_base64", lambda f: f.token() + "="),
    ("a blank before it", "not_base64", lambda f: " " + f.token()),
    ("a line end after it", "not_base64", lambda f: f.token() + "\n"),
    ("Cyrillic in it", "not_base64", lambda f: "а" + f.token()[1:]),
    ("cut off", "not_base64", lambda f: f.token()[:-1]),
    ("another spelling", "not_base64", _not_canonical),
    ("header not JSON", "header_unreadable", _headed(b"alg")),
    ("header an array", "header_unreadable", _headed(b'["alg"]')),
    ("header nested", "header_unreadable", _headed(b"[" * 2900)),
    ("payload not JSON", "payload_unreadable", lambda f: f.token(payload=b"iss=me")),
    ("payload an array", "payload_unreadable", lambda f: f.token(payload=b'[{"sub": "x"}]')),
    ("payload empty", "payload_unreadable", lambda f: f.token(payload=b"")),
    ("payload UTF-16", "payload_unreadable", lambda f: f.token(payload="{}".encode("utf-16"))),
    ("payload nested", "payload_unreadable", lambda f: f.token(payload=b"[" * 5500)),
    ("a claim twice", "repeated_member", _twice),
    (
        "alg twice",
        "repeated_member",
        _headed(_header()[:-1] + b', "alg": "none"}'),
    ),
    ("alg none", "unsigned", _unsigned("none")),
    ("alg None", "unsigned", _unsigned("None")),
    ("alg nOnE", "unsigned", _unsigned("nOnE")),
    ("HS256 by the public key", "algorithm_not_allowed", _confused),
    ("RS1", "algorithm_not_allowed", _rs1),
    ("HS512", "algorithm_not_allowed", _headed(_header(alg="HS512"))),
    (
        "ES256K",
        "algorithm_not_allowed",
        lambda f: f.token(header={"alg": "ES256K"}, key=new_key("ES256K")),
    ),
    (
        "ES384",
        "algorithm_not_allowed",
        lambda f: f.token(header={"alg": "ES384"}, key=new_key("ES384")),
    ),
    ("alg missing", "algorithm_not_allowed", _headed(b'{"typ":"at+jwt"}')),
    (
        "alg a list",
        "algorithm_not_allowed",
        _headed(_header(alg=["ES256"])),
    ),
    ("crit unknown", "critical_header", lambda f: f.token(header={"crit": ["exp2"], "exp2": 1})),
    ("crit empty", "critical_header", lambda f: f.token(header={"crit": []})),
    ("b64", "critical_header", lambda f: f.token(header={"crit": ["b64"], "b64": False})),
    (
        "jwk of the attacker",
        "brings_its_key",
        lambda f: f.token(header={"jwk": public(STRANGER)}, key=STRANGER),
    ),
    ("jku", "brings_its_key", lambda f: f.token(header={"jku": f"{f.issuer}/evil"})),
    ("x5u", "brings_its_key", lambda f: f.token(header={"x5u": f"{f.issuer}/evil"})),
    ("x5c", "brings_its_key", lambda f: f.token(header={"x5c": ["MIIB"]})),
    ("typ missing", "type_missing", lambda f: f.token(header={"typ": None})),
    ("an ID token", "not_an_access_token", lambda f: f.id_token("n", aud="letopis")),
    ("a logout token", "not_an_access_token", lambda f: f.token(header={"typ": "logout+jwt"})),
    ("typ a list", "not_an_access_token", lambda f: f.token(header={"typ": ["at+jwt"]})),
    ("kid missing", "key_id_missing", lambda f: f.token(header={"kid": None})),
    ("kid empty", "key_id_missing", lambda f: f.token(header={"kid": ""})),
    ("kid a number", "key_id_missing", lambda f: f.token(header={"kid": 1})),
    ("kid unknown", "key_unknown", lambda f: f.token(header={"kid": "../../dev/null"})),
    ("key for encryption", "key_unfit", _unfit("enc", use="enc")),
    ("key not for verifying", "key_unfit", _unfit("ops", use=GONE, key_ops=["sign"])),
    ("key of another alg", "key_unfit", _unfit("alg", alg="ES384")),
    ("key of another kind", "key_unfit", lambda f: f.token(header={"kid": "of-RS256"})),
    (
        "RS256 by a PS256 key",
        "key_unfit",
        lambda f: f.token(header={"alg": "RS256", "kid": "of-PS256"}, key=KEYS["PS256"]),
    ),
    ("key of a stranger", "signature_wrong", lambda f: f.token(key=STRANGER)),
    ("payload changed", "signature_wrong", _tampered),
    ("signature changed", "signature_wrong", _other_signature),
    ("signature missing", "signature_wrong", lambda f: f.token().rpartition(".")[0] + "."),
    ("signature shorter", "signature_wrong", _shorter),
    ("iss missing", "issuer_missing", lambda f: f.token(iss=GONE)),
    ("iss of another", "issuer_other", lambda f: f.token(iss="https://login.example.org")),
    ("iss with a slash more", "issuer_other", lambda f: f.token(iss=f.issuer + "/")),
    ("iss a list", "issuer_other", lambda f: f.token(iss=[f.issuer])),
    ("aud missing", "audience_missing", lambda f: f.token(aud=GONE)),
    ("aud empty", "audience_missing", lambda f: f.token(aud=[])),
    ("aud of another", "audience_other", lambda f: f.token(aud="letopis2")),
    ("aud of others", "audience_other", lambda f: f.token(aud=["a", "b"])),
    ("aud an object", "audience_other", lambda f: f.token(aud={"letopis": True})),
    ("exp missing", "expiry_missing", lambda f: f.token(exp=GONE)),
    ("exp a string", "expiry_unreadable", lambda f: f.token(exp=str(NOW + 300))),
    ("exp true", "expiry_unreadable", lambda f: f.token(exp=True)),
    ("exp null", "expiry_unreadable", lambda f: f.token(exp=None)),
    ("exp beyond all years", "expiry_unreadable", lambda f: f.token(exp=10**30)),
    ("exp infinite", "expiry_unreadable", _raw_expiry("1e400")),
    ("exp NaN", "payload_unreadable", _raw_expiry("NaN")),
    ("exp of 5,000 digits", "payload_unreadable", _raw_expiry("9" * 5000)),
    ("expired", "expired", lambda f: f.token(exp=NOW - 30)),
    ("expired long ago", "expired", lambda f: f.token(exp=0)),
    ("iat missing", "issue_missing", lambda f: f.token(iat=GONE)),
    ("iat a string", "issue_unreadable", lambda f: f.token(iat="yesterday")),
    ("iat in the future", "issued_in_future", lambda f: f.token(iat=NOW + 31)),
    ("nbf a string", "start_unreadable", lambda f: f.token(nbf="now")),
    ("nbf in the future", "not_yet_valid", lambda f: f.token(nbf=NOW + 31)),
    ("sub missing", "subject_missing", lambda f: f.token(sub=GONE)),
    ("sub empty", "subject_unfit", lambda f: f.token(sub="")),
    ("sub a number", "subject_unfit", lambda f: f.token(sub=7)),
    ("sub with a blank", "subject_unfit", lambda f: f.token(sub="ivanova petrova")),
    ("sub with a line end", "subject_unfit", lambda f: f.token(sub="ivanova\n")),
    ("sub with a null", "subject_unfit", lambda f: f.token(sub="ivanova\x00")),
    ("sub with half a character", "subject_unfit", lambda f: f.token(sub="\ud800")),
    ("sub too long", "subject_unfit", lambda f: f.token(sub="x" * 256)),
]
