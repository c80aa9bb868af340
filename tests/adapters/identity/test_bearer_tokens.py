"""Bearer tokens: the good ones are let in, each bad one is refused for its own reason."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.identity import AccessTokens, BadToken, Provider
from adapters.identity.keys import FIT
from domain.access import Actor
from tests.adapters.identity.bad_tokens import BAD, Make
from tests.adapters.identity.forging import AUDIENCE, KEYS, NOW, Forge


@pytest.fixture
def tokens(provider: Provider) -> AccessTokens:
    """What is tested, at a known instant."""
    return AccessTokens(provider, AUDIENCE, now=lambda: NOW)


@pytest.mark.parametrize("algorithm", FIT)
def test_a_good_token_says_who_comes(tokens: AccessTokens, forge: Forge, algorithm: str) -> None:
    found = tokens.actor(forge.token(header={"alg": algorithm}))
    assert found == Actor(issuer=forge.issuer, subject="ivanova")


GOOD: dict[str, dict[str, Any]] = {
    "full media type": {"header": {"typ": "application/at+jwt"}},
    "capital media type": {"header": {"typ": "AT+JWT"}},
    "headers that need not be understood": {"header": {"x5t": "abc", "nonce": "x", "org": [1]}},
    "audience among others": {"aud": ["other", AUDIENCE]},
    "expired within the skew": {"exp": NOW - 29},
    "issued within the skew": {"iat": NOW + 30},
    "valid within the skew": {"nbf": NOW + 30},
    "times with fractions": {"exp": NOW + 0.5, "iat": NOW - 0.5},
    "claims that need not be understood": {"roles": {"admin": [1, {"a": None}]}},
    "a subject of all visible characters": {"sub": "auth0|a:b/c@d~!"},
}


@pytest.mark.parametrize("name", GOOD)
def test_what_a_good_token_may_hold(tokens: AccessTokens, forge: Forge, name: str) -> None:
    assert tokens.actor(forge.token(**GOOD[name])).issuer == forge.issuer


@pytest.mark.parametrize(("name", "reason", "make"), BAD, ids=[f"{n}: {r}" for n, r, _ in BAD])
def test_a_bad_token_is_refused_for_its_own_reason(
    tokens: AccessTokens, forge: Forge, name: str, reason: str, make: Make
) -> None:
    token = make(forge)
    with capture_logs() as logged, pytest.raises(BadToken) as refused:
        tokens.actor(token)
    assert refused.value.reason == reason
    assert not forge.asked["/evil"]
    if token.strip():
        told = f"{refused.value.text('ru')}{refused.value.text('en')}{refused.value.values}{logged}"
        assert not any(part and part in told for part in token.split("."))


def test_the_table_tells_each_case_once() -> None:
    assert len({name for name, _, _ in BAD}) == len(BAD) > 30


def test_a_token_of_today_is_let_in(forge: Forge, provider: Provider) -> None:
    with pytest.raises(BadToken) as refused:
        AccessTokens(provider, AUDIENCE).actor(forge.token())
    assert (
        refused.value.reason == "issued_in_future"
    )  # the tests' clock stands ahead of the world's


def test_a_key_published_without_its_algorithm_counts_for_its_kind(
    tokens: AccessTokens, forge: Forge
) -> None:
    for key in forge.jwks:
        del key["alg"], key["use"]
    assert tokens.actor(forge.token(header={"alg": "PS256", "kid": "of-RS256"}, key=KEYS["RS256"]))
