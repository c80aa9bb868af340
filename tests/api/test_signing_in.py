"""Signing in on pages: to a provider over real HTTP and back, and every way in which it fails."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.admission import SESSION_COOKIE
from api.bootstrap import Letopis
from api.local_issuer import LocalIssuer, local_issuer
from api.pages.signing_in import BACK, LOGIN_COOKIE, local_path
from domain.access import Actor, Role, Scope
from tests.api.conftest import opened, served
from tests.api.people import csrf_of, granted
from tests.api.signing_in import HERE, answer_of_the_provider, come_back, leave, sign_in_at_provider
from tests.conftest import Database, Server, fresh_database

NAME = "Вера Отчётова"


@pytest.fixture(scope="module")
def issuer() -> Iterator[LocalIssuer]:
    redirects = [f"{HERE}{BACK}"]
    with local_issuer(client_id="letopis", redirect_uris=redirects, audience="letopis") as running:
        yield running


@pytest.fixture(scope="module")
def letopis(issuer: LocalIssuer, main_server: Server) -> Iterator[Letopis]:
    with (
        fresh_database(main_server) as database,
        opened(
            database, public_url=HERE, oidc_issuer=issuer.url, oidc_client_id="letopis"
        ) as letopis,
    ):
        granted(letopis, Actor(issuer=issuer.url, subject="otchetova"), Role.REPORTER)
        granted(letopis, Actor(issuer=issuer.url, subject="otchetova"), Role.AUDITOR, Scope())
        yield letopis


@pytest.fixture
def browser(letopis: Letopis) -> Iterator[TestClient]:
    with served(letopis) as client:
        yield client


def cookies_of(answer: Response) -> SimpleCookie:
    """The cookies that an answer sets."""
    found = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return found


def said(page: Response, status: int) -> str:
    """The notice of a page in Russian that leads back and tells nothing of the inside."""
    assert page.status_code == status, page.text
    assert page.headers["content-type"].startswith("text/html")
    assert "Traceback" not in page.text
    (notice,) = re.findall(r'<p class="notice">(.+?)</p>', page.text)
    assert re.search("[а-яё]{4,}", notice)
    assert '<a href="/">' in page.text
    return str(notice)


def test_somebody_signs_in_and_goes_on(browser: TestClient, letopis: Letopis) -> None:
    left = leave(browser, "/intake?program=sample")
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{HERE}{BACK}"]
    assert asked["code_challenge_method"] == ["S256"]
    back = come_back(browser, answer_of_the_provider(left, "otchetova"))
    assert (back.status_code, back.headers["location"]) == (303, "/intake?program=sample")
    assert back.headers["cache-control"] == "no-store"
    page = browser.get("/intake")
    assert page.status_code == 200
    assert f"<b>{NAME}</b></a> <small>составитель отчётов, аудитор</small>" in page.text
    assert "Выйти" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    (person,) = letopis.people.everybody()
    assert (person.name, person.email) == (NAME, "otchetova@letopis.invalid")


@pytest.mark.parametrize("name", [SESSION_COOKIE, LOGIN_COOKIE])
def test_cookies_are_for_this_host_and_no_script(browser: TestClient, name: str) -> None:
    left = leave(browser)
    back = come_back(browser, answer_of_the_provider(left, "otchetova"))
    cookie = cookies_of(left if name == LOGIN_COOKIE else back)[name]
    assert name.startswith("__Host-")
    assert len(cookie.value) >= 43
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    assert (cookie["samesite"].lower(), cookie["domain"]) == ("lax", "")
    assert 0 < int(cookie["max-age"]) <= (600 if name == LOGIN_COOKIE else 12 * 3600)
    assert cookies_of(back)[LOGIN_COOKIE].value == ""
    assert LOGIN_COOKIE not in browser.cookies


def test_an_answer_counts_once(browser: TestClient) -> None:
    answer = answer_of_the_provider(leave(browser), "otchetova")
    binds = browser.cookies[LOGIN_COOKIE]
    come_back(browser, answer)
    browser.cookies.clear()
    browser.cookies.set(LOGIN_COOKIE, binds, domain="testserver.local")
    again = come_back(browser, answer)
    assert "уже завершён" in said(again, 401)
    assert SESSION_COOKIE not in cookies_of(again)
    assert 'href="/login?next=%2F"' in again.text


def test_an_answer_counts_in_the_browser_that_asked(browser: TestClient, letopis: Letopis) -> None:
    with served(letopis) as evil:
        planted = answer_of_the_provider(leave(evil), "sosedskaya")
        assert said(come_back(browser, planted), 401)
        leave(browser)
        assert said(come_back(browser, planted), 401)
        assert SESSION_COOKIE not in browser.cookies
        assert come_back(evil, planted).status_code == 303


@pytest.mark.parametrize("answer", [{}, {"state": "x"}, {"code": "x"}, {"error": "<script>"}])
def test_an_answer_to_nothing_is_refused(browser: TestClient, answer: dict[str, str]) -> None:
    leave(browser)
    page = come_back(browser, answer)
    assert said(page, 401)
    assert "<script" not in page.text


def test_who_dawdles_begins_anew(letopis: Letopis) -> None:
    now = [letopis.now()]
    with served(replace(letopis, now=lambda: now[0])) as browser:
        answer = answer_of_the_provider(leave(browser), "otchetova")
        now[0] += timedelta(minutes=10)
        assert "слишком долго" in said(come_back(browser, answer), 401)


def test_who_changes_their_mind_is_led_back(browser: TestClient) -> None:
    page = sign_in_at_provider(browser, "", "/programs/sample")
    assert "отменён" in said(page, 401)
    assert 'href="/login?next=%2Fprograms%2Fsample"' in page.text
    assert SESSION_COOKIE not in browser.cookies


def test_another_provider_answers_in_vain(browser: TestClient) -> None:
    answer = answer_of_the_provider(leave(browser), "otchetova")
    page = come_back(browser, answer | {"iss": "https://evil.example.org"})
    assert "ответил не тот" in said(page, 401)


def test_a_provider_that_is_away_is_told(database: Database) -> None:
    redirects = [f"{HERE}{BACK}"]
    with local_issuer(client_id="letopis", redirect_uris=redirects, audience="letopis") as passing:
        named = {"public_url": HERE, "oidc_issuer": passing.url, "oidc_client_id": "letopis"}
        with opened(database, **named) as letopis, served(letopis) as browser:
            answer = answer_of_the_provider(leave(browser), "otchetova")
    with opened(database, **named) as letopis, served(letopis) as client:
        client.cookies.update(browser.cookies)
        gone = come_back(client, answer)
        assert "недоступна" in said(gone, 503)
        page = leave(client)
        assert "недоступна" in said(page, 503)
        assert page.headers["retry-after"]
        token = client.get("/api/v1/programs", headers={"Authorization": f"Bearer {TOKEN}"})
        assert token.status_code == 503


TOKEN = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsiLCJ0eXAiOiJhdCtqd3QifQ.e30.c2ln"  # noqa: S105 (of nobody)


def test_where_nobody_is_asked_nobody_signs_in(papers: TestClient) -> None:
    page = leave(papers)
    assert "LETOPIS_OIDC_ISSUER" in said(page, 404)
    assert "Войти" not in papers.get("/").text
    assert "Вход здесь не настроен" in said(papers.get("/intake"), 401)


EVIL = [
    *("//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "evil"),
    *("javascript:alert(1)", "///evil.example", "/\t/evil.example", "/\n/evil.example", " //evil"),
    *("/\x00", "/login?next=/", "/login/callback?code=1", "/logout", "", "/" + "x" * 2000),
    *("http:/evil.example", "/\u202e/evil", "\u2028//evil.example", "/\r\nSet-Cookie: x=1"),
]


@pytest.mark.parametrize("asked", EVIL)
def test_one_goes_on_to_a_path_of_ours_only(asked: str) -> None:
    assert local_path(asked) == "/"


@pytest.mark.parametrize("asked", ["/", "/programs/sample?as_of=2024-12-31", "/%2F%2Fevil", "/а"])
def test_a_path_of_ours_stays(asked: str) -> None:
    assert local_path(asked) == asked


@pytest.mark.parametrize(
    "asked", ["%2F%2Fevil.example", "%2F%5Cevil.example", "https%3A%2F%2Fevil"]
)
def test_encoding_hides_nothing(browser: TestClient, asked: str) -> None:
    left = browser.get(f"/login?next={asked}", follow_redirects=False)
    assert come_back(browser, answer_of_the_provider(left, "rubleva")).headers["location"] == "/"


def test_who_is_sent_by_another_site_is_asked_first(browser: TestClient) -> None:
    asked = {"Sec-Fetch-Site": "cross-site"}
    page = browser.get("/login?next=/intake", headers=asked, follow_redirects=False)
    assert "другой сайт" in said(page, 200)
    assert 'href="/login?next=%2Fintake"' in page.text
    assert LOGIN_COOKIE not in browser.cookies


def test_the_way_back_is_not_told_by_who_asks(browser: TestClient) -> None:
    left = browser.get(
        "/login",
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        follow_redirects=False,
    )
    assert "evil" not in left.headers["location"]


def test_a_session_is_new_with_every_sign_in(browser: TestClient, letopis: Letopis) -> None:
    browser.cookies.set(SESSION_COOKIE, "planted", domain="testserver.local")
    first = cookies_of(sign_in_at_provider(browser, "rubleva"))[SESSION_COOKIE].value
    assert first != "planted"
    assert letopis.sessions.seen("planted", letopis.now()) is None
    second = cookies_of(sign_in_at_provider(browser, "otchetova"))[SESSION_COOKIE].value
    assert second != first
    assert letopis.sessions.seen(first, letopis.now()) is None


def test_who_signs_out_is_signed_out(browser: TestClient, letopis: Letopis) -> None:
    sign_in_at_provider(browser, "otchetova")
    shown = browser.cookies[SESSION_COOKIE]
    (csrf,) = re.findall(r'action="/logout"><input[^>]+value="([^"]+)"', browser.get("/").text)
    out = browser.post("/logout", data={"csrf": csrf}, follow_redirects=False)
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    assert SESSION_COOKIE not in browser.cookies
    browser.cookies.set(SESSION_COOKIE, shown, domain="testserver.local")
    assert NAME not in browser.get("/").text
    assert browser.get("/intake").status_code == 401
    assert said(browser.get("/logout"), 405)


def test_one_sees_where_one_is_signed_in_and_ends_it_all(
    browser: TestClient, letopis: Letopis
) -> None:
    assert said(browser.get("/sessions"), 401)
    sign_in_at_provider(browser, "oblastnoy")
    with served(letopis) as elsewhere:
        sign_in_at_provider(elsewhere, "oblastnoy")
        page = browser.get("/sessions")
        assert page.status_code == 200
        assert len(re.findall(r"<tr><td>\d\d\.\d\d\.\d{4} \d\d:\d\d", page.text)) == 2
        assert page.text.count("здесь") == 1
        assert "30 минут" in page.text
        assert "12 часов" in page.text
        out = {"csrf": csrf_of(browser), "everywhere": "yes"}
        assert browser.post("/logout", data=out).status_code == 200
        for client in (browser, elsewhere):
            assert client.get("/sessions").status_code == 401


def test_what_somebody_is_called_is_in_no_log(
    issuer: LocalIssuer, database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    named = {"public_url": HERE, "oidc_issuer": issuer.url, "oidc_client_id": "letopis"}
    with opened(database, **named) as letopis, served(letopis) as browser:
        assert sign_in_at_provider(browser, "otchetova").status_code == 303
        assert NAME in browser.get("/").text
        browser.post("/logout", data={"csrf": csrf_of(browser)})
        with psycopg.connect(database.owner_url) as owner:
            owner.execute("ALTER TABLE access.person ADD CHECK (name IS NULL) NOT VALID")
        fault = sign_in_at_provider(browser, "otchetova")
        assert fault.status_code == 500
        said(fault, 500)
    printed = "".join(capfd.readouterr())
    assert "signed in" in printed
    assert "CheckViolation" in printed
    for text in (printed, fault.text):
        for word in ("Вера", "Отчётова", "letopis.invalid"):
            assert word not in text
            assert json.dumps(word).strip('"') not in text


def test_a_token_of_the_provider_is_let_in_by_the_interface(
    browser: TestClient, issuer: LocalIssuer
) -> None:
    def asked(token: str) -> Response:
        headers = {"Authorization": f"Bearer {token}"}
        return browser.get("/api/v1/refusals", headers=headers)

    assert asked(issuer.access_token("otchetova")).status_code == 200
    assert asked(issuer.access_token("rubleva")).status_code == 403
    forged = asked(TOKEN)
    assert forged.status_code == 401
    assert forged.headers["www-authenticate"] == 'Bearer realm="letopis", error="invalid_token"'
    assert forged.json()["type"] == "urn:letopis:problem:bad_token"
