"""The whole way at a certified provider: people sign in, machines come with its access tokens."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from pydantic import SecretStr

from adapters.identity import AccessTokens, BadToken, Login, LoginBegun, Provider, Unproven
from domain.access import Actor
from tests.adapters.identity.browser import came_back, came_back_refusing
from tests.adapters.identity.certified import REDIRECT_URI, SECRET

AUDIENCE = "letopis"


@pytest.fixture(scope="module")
def provider(certified: str) -> Provider:
    return Provider(certified)


@pytest.fixture
def login(provider: Provider) -> Login:
    return Login(provider, "of-ES256")


def at_the_provider(begun: LoginBegun, **more: str) -> dict[str, str]:
    url = str(httpx2.URL(begun.url).copy_merge_params(more))
    return came_back(url, REDIRECT_URI, "ivanova")


@pytest.fixture(scope="module")
def granted(provider: Provider) -> dict[str, Any]:
    """What the provider gives a program that asks for tokens of an audience."""
    login = Login(provider, "of-ES256")
    begun = login.begin(REDIRECT_URI)
    resource = {"resource": f"urn:audience:{AUDIENCE}"}
    answer = at_the_provider(begun, **resource)
    form = {
        "grant_type": "authorization_code",
        "client_id": "of-ES256",
        "code": answer["code"],
        "code_verifier": begun.verifier,
        "redirect_uri": REDIRECT_URI,
    }
    response = httpx2.post(provider.described().token, data=form | resource)
    found: dict[str, Any] = response.raise_for_status().json()
    return found


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_a_person_signs_in(provider: Provider, algorithm: str) -> None:
    login = Login(provider, f"of-{algorithm}")
    begun = login.begin(REDIRECT_URI)
    found = login.finish(begun, at_the_provider(begun), REDIRECT_URI)
    assert found.actor == Actor(issuer=provider.issuer, subject="ivanova")
    assert (found.name, found.email) == ("Имя ivanova", "ivanova@example.org")


def test_a_program_with_a_secret_is_known_by_it(provider: Provider) -> None:
    login = Login(provider, "with secret", SecretStr(SECRET))
    begun = login.begin(REDIRECT_URI)
    assert login.finish(begun, at_the_provider(begun), REDIRECT_URI).actor.subject == "ivanova"


def test_a_wrong_secret_is_told(provider: Provider) -> None:
    login = Login(provider, "with secret", SecretStr("x"))
    begun = login.begin(REDIRECT_URI)
    assert refused(login, begun, at_the_provider(begun)) == "client_refused"


def refused(
    login: Login, begun: LoginBegun, answer: dict[str, str], redirect_uri: str = REDIRECT_URI
) -> str:
    with pytest.raises(Unproven) as error:
        login.finish(begun, answer, redirect_uri)
    return error.value.reason


def test_a_code_counts_once(login: Login) -> None:
    begun = login.begin(REDIRECT_URI)
    answer = at_the_provider(begun)
    login.finish(begun, answer, REDIRECT_URI)
    assert refused(login, begun, answer) == "code_refused"


def test_a_code_without_its_verifier_is_worth_nothing(login: Login) -> None:
    begun = login.begin(REDIRECT_URI)
    answer = at_the_provider(begun)
    assert refused(login, replace(begun, verifier="x" * 43), answer) == "code_refused"


def test_a_code_comes_back_to_where_it_was_asked_from(login: Login) -> None:
    begun = login.begin(REDIRECT_URI)
    answer = at_the_provider(begun)
    assert refused(login, begun, answer, f"{REDIRECT_URI}/other") == "code_refused"


def test_a_code_of_another_sign_in_does_not_count(login: Login) -> None:
    mine, theirs = login.begin(REDIRECT_URI), login.begin(REDIRECT_URI)
    answer = at_the_provider(theirs)
    assert refused(login, mine, answer) == "state_other"
    assert refused(login, mine, answer | {"state": mine.state}) == "code_refused"


def test_an_identity_of_another_sign_in_does_not_count(login: Login) -> None:
    begun = login.begin(REDIRECT_URI)
    assert refused(login, replace(begun, nonce="x"), at_the_provider(begun)) == "nonce_other"


def test_the_provider_names_itself(provider: Provider, login: Login) -> None:
    assert provider.described().names_itself
    begun = login.begin(REDIRECT_URI)
    answer = at_the_provider(begun)
    assert answer.pop("iss") == provider.issuer
    assert refused(login, begun, answer) == "issuer_other"


def test_who_gives_up_is_not_signed_in(login: Login) -> None:
    begun = login.begin(REDIRECT_URI)
    answer = came_back_refusing(begun.url, REDIRECT_URI)
    assert refused(login, begun, answer) == "access_denied"


def test_an_address_that_is_not_written_down_is_not_returned_to(login: Login) -> None:
    answer = httpx2.get(login.begin("http://127.0.0.1:9/elsewhere").url)
    assert (answer.status_code, answer.has_redirect_location) == (400, False)


def test_no_code_is_given_without_pkce(login: Login) -> None:
    url = httpx2.URL(login.begin(REDIRECT_URI).url)
    for name in ("code_challenge", "code_challenge_method"):
        url = url.copy_remove_param(name)
    answer = httpx2.get(str(url))
    told = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert told["error"] == "invalid_request"


def test_a_machine_comes_with_an_access_token(provider: Provider, granted: dict[str, Any]) -> None:
    found = AccessTokens(provider, AUDIENCE).actor(granted["access_token"])
    assert found == Actor(issuer=provider.issuer, subject="ivanova")


def test_its_tokens_are_for_one_use_each(provider: Provider, granted: dict[str, Any]) -> None:
    for audience, token, reason in [
        ("other", granted["access_token"], "audience_other"),
        (AUDIENCE, granted["id_token"], "not_an_access_token"),
        ("of-ES256", granted["id_token"], "not_an_access_token"),
    ]:
        with pytest.raises(BadToken) as error:
            AccessTokens(provider, audience).actor(token)
        assert error.value.reason == reason
