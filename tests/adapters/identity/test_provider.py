"""The provider's description and keys: remembered for a while, and what is refused when it misbehaves."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from adapters.identity import AccessTokens, Provider, Unproven, provider as provider_module, wire
from adapters.identity.provider import LIFE_S
from tests.adapters.identity.forging import (
    AUDIENCE,
    GONE,
    KEYS,
    NOW,
    Answer,
    Forge,
    json_answer,
    new_key,
    public,
    signed,
    text,
)

DISCOVERY = "/.well-known/openid-configuration"


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def provider(forge: Forge, watch: Watch) -> Provider:
    return Provider(forge.issuer, clock=watch)


@pytest.fixture
def tokens(provider: Provider) -> AccessTokens:
    return AccessTokens(provider, AUDIENCE, now=lambda: NOW)


def reason_of(refused: Callable[[], object]) -> str:
    with pytest.raises(Unproven) as error:
        refused()
    return error.value.reason


def test_it_is_asked_once_for_as_long_as_its_answer_lives(
    tokens: AccessTokens, forge: Forge, watch: Watch
) -> None:
    for _ in range(5):
        tokens.actor(forge.token())
    assert forge.asked == {DISCOVERY: 1, "/jwks": 1}
    watch.at += LIFE_S
    tokens.actor(forge.token())
    assert forge.asked == {DISCOVERY: 2, "/jwks": 2}


def test_nothing_is_asked_for_a_token_that_is_bad_by_its_looks(
    tokens: AccessTokens, forge: Forge
) -> None:
    reason_of(lambda: tokens.actor(forge.token(header={"typ": "JWT"})))
    assert not forge.asked


def test_a_new_key_is_found_at_once(tokens: AccessTokens, forge: Forge) -> None:
    tokens.actor(forge.token())
    new = new_key("ES256", "new")
    forge.jwks.append(public(new))
    assert tokens.actor(forge.token(header={"kid": "new"}, key=new))


def test_unknown_keys_are_looked_for_once_a_minute(
    tokens: AccessTokens, forge: Forge, watch: Watch
) -> None:
    tokens.actor(forge.token())
    for number in range(20):
        made_up = forge.token(header={"kid": f"made-up-{number}"})
        assert reason_of(lambda: tokens.actor(made_up)) == "key_unknown"  # noqa: B023 (called at once)
    assert forge.asked["/jwks"] == 2
    watch.at += 59
    reason_of(lambda: tokens.actor(forge.token(header={"kid": "x"})))
    assert forge.asked["/jwks"] == 2
    watch.at += 1
    reason_of(lambda: tokens.actor(forge.token(header={"kid": "x"})))
    assert forge.asked["/jwks"] == 3


def test_a_withdrawn_key_is_trusted_no_longer_than_the_answer_lives(
    tokens: AccessTokens, forge: Forge, watch: Watch
) -> None:
    tokens.actor(forge.token())
    forge.jwks = [key for key in forge.jwks if key["kid"] != "of-ES256"]
    assert tokens.actor(forge.token())
    watch.at += LIFE_S
    assert reason_of(lambda: tokens.actor(forge.token())) == "key_unknown"


def test_what_is_known_outlives_an_outage_but_not_its_time(
    tokens: AccessTokens, forge: Forge, watch: Watch
) -> None:
    tokens.actor(forge.token())
    forge.answers.clear()
    assert reason_of(lambda: tokens.actor(forge.token(header={"kid": "new"}))) == "no_answer"
    assert tokens.actor(forge.token())
    watch.at += LIFE_S
    assert reason_of(lambda: tokens.actor(forge.token())) == "no_answer"


def test_after_a_failure_it_is_left_in_peace_for_a_while(
    tokens: AccessTokens, forge: Forge, watch: Watch
) -> None:
    kept = dict(forge.answers)
    forge.answers.clear()
    for _ in range(5):
        assert reason_of(lambda: tokens.actor(forge.token())) == "no_answer"
    assert forge.asked[DISCOVERY] == 1
    forge.answers |= kept
    watch.at += 5
    assert tokens.actor(forge.token())


def test_nobody_at_the_address() -> None:
    assert reason_of(Provider("http://127.0.0.1:1").described) == "no_answer"


def _changed(**changes: Any) -> Callable[[Forge], None]:
    def change(forge: Forge) -> None:
        forge.document |= changes

    return change


def _answered(path: str, *answer: Any) -> Callable[[Forge], None]:
    def change(forge: Forge) -> None:
        forge.answers[path] = lambda: answer

    return change


def _slashed(forge: Forge) -> None:
    forge.document["issuer"] += "/"


def _dripping(forge: Forge) -> None:
    def slowly() -> Answer:
        time.sleep(0.5)
        return json_answer(forge.document)

    forge.answers[DISCOVERY] = slowly


MISBEHAVING = {
    "another issuer": ("contradicts", _changed(issuer="https://login.example.org")),
    "issuer with a slash more": ("contradicts", _slashed),
    "no issuer": ("contradicts", _changed(issuer=None)),
    "keys over an open wire": ("unreadable", _changed(jwks_uri="http://login.example.org/jwks")),
    "keys in a file": ("unreadable", _changed(jwks_uri="file:///etc/passwd")),
    "no keys": ("unreadable", _changed(jwks_uri=None)),
    "a sign-in over an open wire": ("unreadable", _changed(authorization_endpoint="http://x.org")),
    "an address that is none": ("unreadable", _changed(authorization_endpoint="https://[")),
    "not JSON": ("unreadable", _answered(DISCOVERY, 200, {}, b"<html>")),
    "an array": ("unreadable", _answered(DISCOVERY, *json_answer([]))),
    "nested": ("unreadable", _answered(DISCOVERY, 200, {}, b"[" * 100_000)),
    "keys of another shape": ("unreadable", _answered("/jwks", *json_answer({"keys": {}}))),
    "a fault of its own": ("no_answer", _answered(DISCOVERY, 500, {}, b"")),
    "sent elsewhere": ("no_answer", _answered(DISCOVERY, 302, {"Location": "/jwks"}, b"")),
    "too large": ("no_answer", _answered("/jwks", 200, {}, b" " * 600_000)),
    "packed": ("no_answer", _answered("/jwks", 200, {"Content-Encoding": "gzip"}, b"\x1f\x8b")),
    "too slow": ("no_answer", _dripping),
}


@pytest.mark.parametrize("name", MISBEHAVING)
def test_a_provider_that_misbehaves_is_away(
    provider: Provider, forge: Forge, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "LONGEST_S", 0.3)
    reason, misbehave = MISBEHAVING[name]
    misbehave(forge)
    assert reason_of(provider.described) == reason


UNUSABLE = {
    "for encryption": {"use": "enc"},
    "weak": {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
    "symmetric": {"kty": "oct", "k": "c2VjcmV0"},
    "of no kind": {"kty": GONE},
    "of an unheard kind": {"kty": "LATTICE"},
    "of a kind that is a list": {"kty": ["EC"]},
    "not on the curve": {"x": "AAAA"},
    "of an unheard curve": {"crv": "P-1"},
    "with operations that are a number": {"key_ops": 1},
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_key_that_can_not_be_used_is_passed_over(
    tokens: AccessTokens, forge: Forge, name: str
) -> None:
    forge.jwks = [public(KEYS["ES256"], **UNUSABLE[name]), *forge.jwks[-1:], 7, {}, {"kid": 1}]
    assert reason_of(lambda: tokens.actor(forge.token())) == "key_unfit"
    assert tokens.actor(forge.token(header={"alg": "Ed25519"}))


def test_a_key_too_short_proves_nothing(tokens: AccessTokens, forge: Forge) -> None:
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505 (it is the fault)
    n, e = (text(i.to_bytes((i.bit_length() + 7) // 8)) for i in _numbers(short))
    forge.jwks = [{"kty": "RSA", "kid": "short", "n": n, "e": e}]
    header = b'{"alg": "RS256", "typ": "at+jwt", "kid": "short"}'
    token = signed(
        header,
        json.dumps(forge.claims()).encode(),
        lambda message: short.sign(message, padding.PKCS1v15(), SHA256()),
    )
    assert reason_of(lambda: tokens.actor(token)) == "key_unfit"


def _numbers(key: rsa.RSAPrivateKey) -> tuple[int, int]:
    numbers = key.public_key().public_numbers()
    return numbers.n, numbers.e


@pytest.mark.parametrize("name", ["jwks_uri", "authorization_endpoint", "token_endpoint"])
def test_a_distant_issuer_leads_to_no_address_of_this_machine(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer = "https://login.example.org"
    document: dict[str, Any] = {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/jwks",
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "keys": [],
    }
    monkeypatch.setattr(provider_module, "fetched", lambda _: document)
    assert Provider(issuer).described()
    document[name] = "HTTP://127.0.0.1:9/"
    assert reason_of(Provider(issuer).described) == "unreadable"


def test_two_keys_of_one_id_are_told_apart_by_their_kind(
    tokens: AccessTokens, forge: Forge
) -> None:
    forge.jwks = [public(KEYS["RS256"], kid="one"), public(KEYS["ES256"], kid="one")]
    assert tokens.actor(forge.token(header={"kid": "one"}))


@pytest.mark.parametrize(
    "issuer", ["http://login.example.org", "login.example.org", "ftp://127.0.0.1", "https://", ""]
)
def test_an_issuer_is_reached_safely_or_not_at_all(issuer: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Provider(issuer)
