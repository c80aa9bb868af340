"""Who is signed in on pages: for how long, with which rights, and where their names are never told."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from adapters.people import erase
from api.bootstrap import Letopis
from api.pages.frame import FOLDER
from application.commands.revoke_access import RevokeAccess
from application.ports import Person
from domain.access import Role, Scope
from tests.adapters.recording import asked
from tests.api.conftest import opened, served
from tests.api.people import bearer, csrf_of, done, granted, key_of, machine, person, sign_in
from tests.api.town import post, program_of
from tests.conftest import Database

VERA = person("vera-17")
NAME, EMAIL = "Вероника Имярекова", "imyarekova@letopis.invalid"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def letopis(database: Database) -> Iterator[Letopis]:
    with opened(database) as letopis:
        letopis.people.note(Person(VERA, NAME, EMAIL, NOW))
        yield letopis


@pytest.fixture
def vera(letopis: Letopis) -> Iterator[TestClient]:
    with served(letopis) as client:
        sign_in(client, VERA)
        yield client


def test_one_stays_signed_in_for_a_while(letopis: Letopis) -> None:
    now = [NOW]
    with served(replace(letopis, now=lambda: now[0])) as client:
        sign_in(client, VERA)
        now[0] += timedelta(minutes=29)
        assert NAME in client.get("/").text
        now[0] += timedelta(minutes=29)
        assert NAME in client.get("/login/callback").text
        now[0] += timedelta(minutes=30)
        assert NAME not in client.get("/").text
        sign_in(client, VERA)
        began = now[0]
        for n in range(1, 36):
            now[0] = began + n * timedelta(minutes=20)
            assert NAME in client.get("/").text
        now[0] = began + timedelta(hours=12)
        assert NAME not in client.get("/").text
        assert client.get("/intake").status_code == 401


def test_without_a_name_the_reference_is_shown(
    vera: TestClient, letopis: Letopis, database: Database
) -> None:
    assert f"<b>{NAME}</b>" in vera.get("/").text
    letopis.people.note(Person(VERA, None, None, NOW))
    assert "<b>vera-17</b>" in vera.get("/").text
    letopis.people.note(Person(VERA, NAME, EMAIL, NOW))
    assert erase(database.owner_url, VERA)
    assert NAME not in vera.get("/").text, "signed out"
    sign_in(vera, VERA)
    assert "<b>vera-17</b>" in vera.get("/").text


def test_a_name_does_not_become_markup(vera: TestClient, letopis: Letopis) -> None:
    letopis.people.note(Person(VERA, "<script>alert(1)</script>", None, NOW))
    assert "<script" not in vera.get("/").text


def test_what_is_missing_is_told_in_russian(vera: TestClient, letopis: Letopis) -> None:
    refused = vera.get("/intake")
    assert refused.status_code == 403
    assert "Нет права: вносить" in refused.text
    vera.cookies.clear()
    asked_in = vera.get("/intake?program=sample")
    assert asked_in.status_code == 401
    assert "Нужно войти" in asked_in.text
    with_provider = replace(
        letopis, settings=letopis.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:1"})
    )
    assert not with_provider.lets_sign_in, "its name is not known there"


def test_what_is_taken_back_is_gone_at_once(vera: TestClient, letopis: Letopis) -> None:
    position = granted(letopis, VERA, Role.REPORTER)
    page = vera.get("/intake")
    assert page.status_code == 200
    assert "составитель отчётов" in page.text
    done(letopis, RevokeAccess(actor=VERA, position=position, reason="Уволилась"))
    page = vera.get("/intake")
    assert page.status_code == 403
    assert "составитель отчётов" not in page.text


def test_what_is_hidden_is_not_there_but_for_its_people(vera: TestClient, letopis: Letopis) -> None:
    granted(letopis, machine("owner"), Role.OWNER)
    town = program_of()
    key = bearer(key_of(letopis, machine("owner")))
    assert post(vera, "/programs", town, headers=key).status_code == 201
    pages = [
        f"/programs/{town['program']}{rest}"
        for rest in ("", "/findings", "/findings.json", "/forms/1.xlsx?year=2021", "/cells/x:y")
    ]
    answers = [vera.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.headers["content-type"] for answer in answers} == {"text/html; charset=utf-8"}
    granted(letopis, VERA, Role.AUDITOR, Scope(program=town["program"]))
    assert [vera.get(page).status_code for page in pages[:4]] == [200] * 4
    assert vera.get(f"/programs/{town['program']}/forms/9.xlsx?year=2021").status_code == 404


def test_a_cookie_and_a_bearer_never_share_a_route(vera: TestClient, letopis: Letopis) -> None:
    granted(letopis, VERA, Role.AUDITOR, Scope())
    assert vera.get("/papers/" + "0" * 64).status_code == 404
    assert vera.get("/api/v1/refusals").status_code == 401
    vera.cookies.clear()
    granted(letopis, machine("auditor"), Role.AUDITOR, Scope())
    key = bearer(key_of(letopis, machine("auditor")))
    assert vera.get("/api/v1/refusals", headers=key).status_code == 200
    assert vera.get("/papers/" + "0" * 64, headers=key).status_code == 401


def test_no_page_leads_to_where_a_session_is_not_known() -> None:
    for template in (FOLDER / "templates").glob("*.html"):
        assert "/api/v1" not in template.read_text(encoding="utf-8"), template.name


def rows(database: Database) -> dict[str, str]:
    """All that is stored, by table, as the owner sees it."""
    tables = asked(
        database.owner_url,
        "SELECT schemaname || '.' || tablename AS name FROM pg_tables"
        " WHERE schemaname IN ('history', 'read', 'papers', 'audit', 'access')",
    )
    return {
        table["name"]: "\n".join(
            row["row"]
            for row in asked(database.owner_url, f"SELECT t::text AS row FROM {table['name']} AS t")  # noqa: S608 (our own tables)
        )
        for table in tables
    }


def test_a_name_is_told_to_its_bearer_only(
    vera: TestClient,
    letopis: Letopis,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    granted(letopis, VERA, Role.OWNER)
    granted(letopis, VERA, Role.REPORTER)
    granted(letopis, machine("auditor"), Role.AUDITOR, Scope())
    key = bearer(key_of(letopis, machine("auditor")))

    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("broken")

    with capture_logs() as logs:
        assert NAME in vera.get("/").text
        vera.post("/intake", data={"csrf": csrf_of(vera)})
        vera.post("/intake", data={"csrf": "wrong"})
        vera.get("/programs/nope")
        log_of_all = vera.get("/api/v1/events?limit=1000", headers=key)
        refusals = vera.get("/api/v1/refusals", headers=key)
        monkeypatch.setattr("api.pages.pages.programs", breaks)
        fault = vera.get("/")
        assert fault.status_code == 500
        vera.post("/logout", data={"csrf": csrf_of(vera)})
    assert log_of_all.status_code == refusals.status_code == 200
    told = [*map(repr, logs), log_of_all.text, refusals.text, vera.get("/metrics").text]
    told += capfd.readouterr()
    stored = rows(database)
    assert EMAIL in stored.pop("access.person")
    for text in (*told, *stored.values()):
        assert not re.search("Имярекова|imyarekova|Вероника", text)
    assert any("signed out" in line for line in told)
