"""Signing in at a provider in the hands of the tests: what is sent, and every answer that is refused."""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from pydantic import SecretStr
from structlog.testing import capture_logs

from adapters.identity import Login, LoginBegun, Provider, SignedIn, Unproven
from adapters.identity.refusals import AWAY, SIGN_IN, TOKEN
from domain.access import Actor
from tests.adapters.identity.bad_tokens import BAD
from tests.adapters.identity.forging import (
    CLIENT,
    GONE,
    NOW,
    Answer,
    Forge,
    half_hash,
    json_answer,
    signed,
)

BACK = "http://127.0.0.1:9/signed-in"


@pytest.fixture
def login(provider: Provider) -> Login:
    return Login(provider, CLIENT, now=lambda: NOW)


@pytest.fixture
def begun(login: Login) -> LoginBegun:
    return login.begin(BACK)


def finished(login: Login, begun: LoginBegun, **changes: str | None) -> SignedIn:
    answer = {"code": "the code", "state": begun.state, **changes}
    return login.finish(begun, {k: v for k, v in answer.items() if v is not None}, BACK)


def reason_of(refused: Callable[[], object]) -> str:
    with pytest.raises(Unproven) as error:
        refused()
    return error.value.reason


def test_the_browser_is_sent_with_all_that_guards_the_way_back(
    login: Login, forge: Forge, begun: LoginBegun
) -> None:
    assert begun.url.startswith(f"{forge.issuer}/authorize?")
    assert parse_qs(urlsplit(begun.url).query) == {
        "response_type": ["code"],
        "client_id": [CLIENT],
        "redirect_uri": [BACK],
        "scope": ["openid profile email"],
        "state": [begun.state],
        "nonce": [begun.nonce],
        "code_challenge": [create_s256_code_challenge(begun.verifier)],
        "code_challenge_method": ["S256"],
    }
    again = login.begin(BACK)
    assert not {begun.state, begun.nonce, begun.verifier} & {
        again.state,
        again.nonce,
        again.verifier,
    }
    assert all(len(one) >= 43 for one in (begun.state, begun.nonce, begun.verifier))
    assert begun.verifier not in repr(begun)


def test_who_comes_back_is_signed_in(login: Login, forge: Forge, begun: LoginBegun) -> None:
    forge.grants(forge.id_token(begun.nonce, auth_time=NOW - 60))
    assert finished(login, begun) == SignedIn(
        actor=Actor(issuer=forge.issuer, subject="ivanova"),
        name="Вера",
        email="v@x",
        signed_in_at=datetime.fromtimestamp(NOW - 60, UTC),
    )
    sent = parse_qs(forge.sent_body.decode())
    assert sent == {
        "grant_type": ["authorization_code"],
        "code": ["the code"],
        "code_verifier": [begun.verifier],
        "redirect_uri": [BACK],
        "client_id": [CLIENT],
    }
    assert "authorization" not in forge.sent_headers
    assert not forge.asked["/userinfo"]


def test_a_secret_goes_into_basic_and_nowhere_else(provider: Provider, forge: Forge) -> None:
    login = Login(provider, "a client", SecretStr("p%s&:é"), now=lambda: NOW)
    begun = login.begin(BACK)
    forge.grants(forge.id_token(begun.nonce, aud="a client"))
    with capture_logs() as logged:
        finished(login, begun)
    kind, _, given = forge.sent_headers["authorization"].partition(" ")
    assert (kind, base64.b64decode(given)) == ("Basic", b"a%20client:p%25s%26%3A%C3%A9")
    assert b"client_id" not in forge.sent_body
    assert b"secret" not in forge.sent_body
    assert "p%s" not in f"{begun}{login.__dict__}{logged}"


GOOD: dict[str, dict[str, Any]] = {
    "no type": {"header": {"typ": None}},
    "its access token's hash": {"at_hash": half_hash("at")},
    "other audiences, for us": {"aud": [CLIENT, "other"], "azp": CLIENT},
    "azp with one audience": {"azp": CLIENT},
    "expired within the skew": {"exp": NOW - 29},
}


@pytest.mark.parametrize("name", GOOD)
def test_what_a_good_id_token_may_hold(
    login: Login, forge: Forge, begun: LoginBegun, name: str
) -> None:
    forge.grants(forge.id_token(begun.nonce, **GOOD[name]))
    assert finished(login, begun).actor.subject == "ivanova"


BAD_ID_TOKENS: dict[str, tuple[str, dict[str, Any]]] = {
    "another nonce": ("nonce_other", {"nonce": "of another sign-in"}),
    "no nonce": ("nonce_other", {"nonce": GONE}),
    "half a character as nonce": ("nonce_other", {"nonce": "\ud800"}),
    "a nonce that is a list": ("nonce_other", {"nonce": ["x"]}),
    "another audience": ("audience_other", {"aud": "letopis"}),
    "no audience": ("audience_missing", {"aud": GONE}),
    "many audiences, for nobody": ("party_other", {"aud": [CLIENT, "other"]}),
    "another party": ("party_other", {"azp": "other"}),
    "another issuer": ("issuer_other", {"iss": "https://login.example.org"}),
    "expired": ("expired", {"exp": NOW - 30}),
    "no expiry": ("expiry_missing", {"exp": GONE}),
    "no time of issue": ("issue_missing", {"iat": GONE}),
    "issued in the future": ("issued_in_future", {"iat": NOW + 31}),
    "no subject": ("subject_missing", {"sub": GONE}),
    "hash of another access token": ("access_token_other", {"at_hash": half_hash("other")}),
    "an access token": ("not_an_id_token", {"header": {"typ": "at+jwt"}}),
    "a logout token": ("not_an_id_token", {"header": {"typ": "logout+jwt"}}),
    "an unknown key": ("key_unknown", {"header": {"kid": "x"}}),
}


@pytest.mark.parametrize("name", BAD_ID_TOKENS)
def test_a_bad_id_token_is_refused_for_its_own_reason(
    login: Login, forge: Forge, begun: LoginBegun, name: str
) -> None:
    reason, changes = BAD_ID_TOKENS[name]
    forge.grants(forge.id_token(**({"nonce": begun.nonce} | changes)))
    assert reason_of(lambda: finished(login, begun)) == reason


def test_an_unsigned_id_token_is_refused(login: Login, forge: Forge, begun: LoginBegun) -> None:
    header, payload, _ = forge.id_token(begun.nonce).split(".")
    none = signed(b'{"alg":"none"}', b"{}", lambda _: b"").split(".")[0]
    forge.grants(f"{none}.{payload}.")
    assert reason_of(lambda: finished(login, begun)) == "unsigned"
    forge.grants(f"{header}.{payload}.")
    assert reason_of(lambda: finished(login, begun)) == "signature_wrong"


ANSWERS: dict[str, tuple[str, dict[str, str | None]]] = {
    "another state": ("state_other", {"state": "x"}),
    "no state": ("state_other", {"state": None}),
    "half a character as state": ("state_other", {"state": "\ud800"}),
    "a state in Cyrillic": ("state_other", {"state": "ы"}),
    "another issuer": ("issuer_other", {"iss": "https://login.example.org"}),
    "denied": ("access_denied", {"error": "access_denied", "code": None}),
    "an error with a code": ("provider_error", {"error": "login_required"}),
    "an empty error": ("provider_error", {"error": ""}),
    "a fault of the provider": ("no_answer", {"error": "server_error", "code": None}),
    "a client not let in": ("client_refused", {"error": "unauthorized_client", "code": None}),
    "no code": ("code_missing", {"code": None}),
    "an empty code": ("code_missing", {"code": ""}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_bad_answer_is_refused_before_the_code_is_sent(
    login: Login, forge: Forge, begun: LoginBegun, name: str
) -> None:
    reason, changes = ANSWERS[name]
    assert reason_of(lambda: finished(login, begun, **changes)) == reason
    assert not forge.asked["/token"]


def test_a_provider_that_names_itself_must(forge: Forge) -> None:
    forge.document["authorization_response_iss_parameter_supported"] = True  # type: ignore[assignment]  # the rest of it are texts
    login = Login(Provider(forge.issuer), CLIENT, now=lambda: NOW)
    begun = login.begin(BACK)
    forge.grants(forge.id_token(begun.nonce))
    assert reason_of(lambda: finished(login, begun)) == "issuer_other"
    assert finished(login, begun, iss=forge.issuer)


def _html(status: int) -> Answer:
    return status, {"Content-Type": "text/html"}, b"<html>"


TOKEN_ANSWERS: dict[str, tuple[str, Answer]] = {
    "code refused": ("code_refused", json_answer({"error": "invalid_grant"}, 400)),
    "client refused": ("client_refused", json_answer({"error": "invalid_client"}, 401)),
    "an error that is a list": ("code_refused", json_answer({"error": ["x"]}, 400)),
    "no identity": ("id_token_missing", json_answer({"access_token": "a", "token_type": "Bearer"})),
    "an identity that is a number": ("id_token_missing", json_answer({"id_token": 1})),
    "an opaque identity": ("not_three_parts", json_answer({"id_token": "opaque"})),
    "a fault": ("no_answer", json_answer({}, 500)),
    "a page": ("unreadable", _html(200)),
    "a page of refusal": ("no_answer", _html(429)),
    "a life that is none": ("unreadable", json_answer({"expires_in": ["x"], "id_token": "a"})),
    "sent elsewhere": ("no_answer", (307, {"Location": "/elsewhere"}, b"")),
}


@pytest.mark.parametrize("name", TOKEN_ANSWERS)
def test_a_bad_answer_to_the_code_is_refused(
    login: Login, forge: Forge, begun: LoginBegun, name: str
) -> None:
    reason, answer = TOKEN_ANSWERS[name]
    forge.answers["/token"] = lambda: answer
    assert reason_of(lambda: finished(login, begun)) == reason
    assert not forge.asked["/elsewhere"]


USERINFO: dict[str, tuple[Mapping[str, object] | None, str | None, str | None]] = {
    "told": ({"sub": "ivanova", "name": "Вера", "email": "v@x"}, "Вера", "v@x"),
    "a nickname": ({"sub": "ivanova", "preferred_username": "vera"}, "vera", None),
    "of another": ({"sub": "petrov", "name": "Пётр"}, None, None),
    "of nobody": ({"name": "Пётр"}, None, None),
    "not one line": ({"sub": "ivanova", "name": "Вера\n", "email": 7}, None, None),
    "away": (None, None, None),
}


@pytest.mark.parametrize("name", USERINFO)
def test_what_the_id_token_does_not_tell_is_asked_for(
    login: Login, forge: Forge, begun: LoginBegun, name: str
) -> None:
    told, shown, email = USERINFO[name]
    forge.grants(forge.id_token(begun.nonce, name=GONE, email=GONE))
    if told is not None:
        forge.answers["/userinfo"] = lambda: json_answer(told)
    found = finished(login, begun)
    assert (found.actor.subject, found.name, found.email) == ("ivanova", shown, email)
    assert forge.sent_headers["authorization"] == "Bearer at"


def test_every_reason_has_a_case() -> None:
    tables: list[Mapping[str, tuple[str, object]]] = [BAD_ID_TOKENS, ANSWERS, TOKEN_ANSWERS]
    met = {case[0] for table in tables for case in table.values()} | {case[1] for case in BAD}
    assert met | {"contradicts"} == set(TOKEN) | set(SIGN_IN) | set(AWAY)
