"""Development's own issuer: a strict provider too, though one may be anyone there."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from adapters.identity import AccessTokens, BadToken, Login, LoginBegun, Provider, Unproven
from api.local_issuer import PEOPLE, LocalIssuer, Person, issuer as issuer_module, local_issuer
from domain.access import Actor
from tests.adapters.identity.browser import came_back

CLIENT, AUDIENCE = "letopis", "letopis"
BACK = "http://127.0.0.1:9/signed-in"


@pytest.fixture(scope="module")
def issuer() -> Iterator[LocalIssuer]:
    with local_issuer(client_id=CLIENT, redirect_uris=[BACK], audience=AUDIENCE) as running:
        yield running


@pytest.fixture(scope="module")
def provider(issuer: LocalIssuer) -> Provider:
    return Provider(issuer.url)


@pytest.fixture
def login(provider: Provider) -> Login:
    return Login(provider, CLIENT)


def refused(login: Login, begun: LoginBegun, answer: dict[str, str], back: str = BACK) -> str:
    with pytest.raises(Unproven) as error:
        login.finish(begun, answer, back)
    return error.value.reason


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_one_may_be_any_of_the_invented(issuer: LocalIssuer, login: Login, person: Person) -> None:
    begun = login.begin(BACK)
    found = login.finish(begun, came_back(begun.url, BACK, person.subject), BACK)
    assert found.actor == Actor(issuer=issuer.url, subject=person.subject)
    assert (found.name, found.email) == (person.name, f"{person.subject}@letopis.invalid")


def test_its_access_tokens_are_let_in(issuer: LocalIssuer, provider: Provider) -> None:
    found = AccessTokens(provider, AUDIENCE).actor(issuer.access_token("rubleva"))
    assert found == Actor(issuer=issuer.url, subject="rubleva")


def test_its_two_tokens_are_not_taken_for_each_other(
    issuer: LocalIssuer, login: Login, provider: Provider
) -> None:
    begun = login.begin(BACK)
    granted = exchanged(issuer, begun, came_back(begun.url, BACK, "rubleva")["code"]).json()
    tokens = AccessTokens(provider, AUDIENCE)
    assert tokens.actor(granted["access_token"]).subject == "rubleva"
    with pytest.raises(BadToken) as error:
        tokens.actor(granted["id_token"])
    assert error.value.reason == "not_an_access_token"


def exchanged(issuer: LocalIssuer, begun: LoginBegun, code: str, **changes: str) -> httpx2.Response:
    form = {
        "grant_type": "authorization_code",
        "client_id": CLIENT,
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": begun.verifier,
    }
    return httpx2.post(f"{issuer.url}/token", data=form | changes)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "x" * 64}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": f"{BACK}/other"}, "invalid_grant"),
        ({"client_id": "other"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code": "made up"}, "invalid_grant"),
    ],
)
def test_a_code_is_exchanged_only_by_who_asked_for_it(
    issuer: LocalIssuer, login: Login, changes: dict[str, str], error: str
) -> None:
    begun = login.begin(BACK)
    code = came_back(begun.url, BACK, "rubleva")["code"]
    sent = {"code": code} | changes
    assert exchanged(issuer, begun, **sent).json() == {"error": error}


def test_a_code_counts_once_even_if_it_failed(issuer: LocalIssuer, login: Login) -> None:
    begun = login.begin(BACK)
    answer = came_back(begun.url, BACK, "rubleva")
    login.finish(begun, answer, BACK)
    assert refused(login, begun, answer) == "code_refused"
    begun = login.begin(BACK)
    answer = came_back(begun.url, BACK, "rubleva")
    assert refused(login, replace(begun, verifier="x" * 43), answer) == "code_refused"
    assert refused(login, begun, answer) == "code_refused"


def test_a_code_does_not_live_long(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuer_module, "_CODE_S", 0)
    begun = login.begin(BACK)
    assert refused(login, begun, came_back(begun.url, BACK, "rubleva")) == "code_refused"


def test_other_answers_than_its_own_are_refused(login: Login) -> None:
    begun = login.begin(BACK)
    answer = came_back(begun.url, BACK, "rubleva")
    assert refused(login, begun, answer | {"state": "x"}) == "state_other"
    assert refused(login, begun, {**answer, "iss": "http://127.0.0.1:1"}) == "issuer_other"
    assert refused(login, replace(begun, nonce="x"), answer) == "nonce_other"


def test_who_does_not_want_to_sign_in_need_not(login: Login) -> None:
    begun = login.begin(BACK)
    assert refused(login, begun, came_back(begun.url, BACK, "")) == "access_denied"
    begun = login.begin(BACK)
    assert refused(login, begun, came_back(begun.url, BACK, "nobody")) == "access_denied"


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "profile", "invalid_scope"),
        ("code_challenge", None, "invalid_request"),
        ("code_challenge_method", None, "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
    ],
)
def test_a_bad_question_is_answered_with_its_error(
    login: Login, name: str, value: str | None, error: str
) -> None:
    begun = login.begin(BACK)
    answer = asked(begun.url, name, value)
    told = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert (told["error"], told["state"]) == (error, begun.state)


def asked(url: str, name: str, value: str | None) -> httpx2.Response:
    changed = httpx2.URL(url).copy_remove_param(name)
    return httpx2.get(changed if value is None else changed.copy_merge_params({name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "other"),
        ("client_id", None),
        ("redirect_uri", f"{BACK}/"),
        ("redirect_uri", f"{BACK}?x=1"),
        ("redirect_uri", "https://login.example.org/"),
        ("redirect_uri", None),
    ],
)
def test_nobody_is_sent_where_it_is_not_written_down(
    login: Login, name: str, value: str | None
) -> None:
    answer = asked(login.begin(BACK).url, name, value)
    assert (answer.status_code, answer.has_redirect_location) == (400, False)


def test_addresses_of_return_may_be_set_later(issuer: LocalIssuer, login: Login) -> None:
    other = "http://127.0.0.1:9/other"
    assert httpx2.get(login.begin(other).url).status_code == 400
    issuer.redirect_uris |= {other}
    begun = login.begin(other)
    assert login.finish(begun, came_back(begun.url, other, "rubleva"), other)


def test_the_page_says_what_it_is_and_runs_nothing(login: Login) -> None:
    page = httpx2.get(login.begin(BACK).url)
    assert "люди вымышлены" in page.text
    assert all(person.name in page.text for person in PEOPLE)
    assert "<script" not in page.text
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert page.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self' http://127.0.0.1:9; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_a_click_counts_only_on_the_page_it_was_made_on(issuer: LocalIssuer) -> None:
    for ticket in ({}, {"ticket": "made up"}):
        sent = httpx2.post(f"{issuer.url}/authorize", data={"subject": "rubleva", **ticket})
        assert (sent.status_code, sent.has_redirect_location) == (400, False)


def test_another_name_of_this_machine_is_not_answered(issuer: LocalIssuer) -> None:
    for path in ("/authorize", "/jwks", "/token"):
        answer = httpx2.get(f"{issuer.url}{path}", headers={"Host": "evil.example.org"})
        assert answer.status_code == 421


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 (they are refused)
def test_it_opens_on_loopback_only(host: str) -> None:
    opening = local_issuer(client_id=CLIENT, redirect_uris=[], audience=AUDIENCE, host=host)
    with pytest.raises(ValueError, match="loopback"), opening:
        pass


def test_its_port_is_free_once_it_has_stopped() -> None:
    with local_issuer(client_id=CLIENT, redirect_uris=[], audience=AUDIENCE) as first:
        port = urlsplit(first.url).port
        assert port
    opening = local_issuer(client_id=CLIENT, redirect_uris=[], audience=AUDIENCE, port=port)
    with opening as second:
        assert second.url == first.url
        assert httpx2.get(f"{second.url}/jwks").json() != {}


def test_what_waits_does_not_pile_up(issuer: LocalIssuer) -> None:
    waiting: dict[str, issuer_module._Asked] = {}
    one = issuer_module._Asked(BACK, "", None, "", 0)
    for number in range(500):
        issuer_module._keep(waiting, str(number), one)
    assert len(waiting) == 200
    assert "499" in waiting
