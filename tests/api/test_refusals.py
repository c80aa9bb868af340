"""Refusals leave rows: of what, about whom, how many, and who reads them."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from prometheus_client import REGISTRY
from starlette.testclient import TestClient

from api import audited
from api.app import web_app
from api.bootstrap import Letopis
from application.ports import KeptRefusal, RefusalsAsked, Refused
from domain.access import Role, Scope
from domain.refusals import LedgerAway
from tests.adapters.recording import asked
from tests.api.conftest import opened, served
from tests.api.people import bearer, granted, key_of, key_of_all_roles, machine
from tests.api.town import OWN_ACT, Town, post, program_of, refusal
from tests.conftest import Database

CALLER = ("203.0.113.77", 40000)
SHORTENED = "203.0.113.0/24"


@pytest.fixture
def letopis(database: Database) -> Iterator[Letopis]:
    with opened(database) as letopis:
        yield letopis


@pytest.fixture
def anybody(letopis: Letopis) -> Iterator[TestClient]:
    with TestClient(web_app(letopis), client=CALLER, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def auditor(letopis: Letopis) -> dict[str, str]:
    granted(letopis, machine("auditor"), Role.AUDITOR, Scope())
    return bearer(key_of(letopis, machine("auditor")))


@pytest.fixture
def hidden(letopis: Letopis, anybody: TestClient) -> str:
    """A program that nobody but its owner sees."""
    with served(letopis) as client:
        client.headers |= bearer(key_of_all_roles(letopis))
        return Town.registered(client, program_of()).program


def told(client: TestClient, who: dict[str, str], **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/refusals", params=asked, headers=who)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["data"])


def test_each_kind_leaves_a_row(
    letopis: Letopis, anybody: TestClient, auditor: dict[str, str], hidden: str
) -> None:
    reporter = machine("reporter")
    granted(letopis, reporter, Role.REPORTER)
    its_key = bearer(key_of(letopis, reporter))
    amends = {"act": {**OWN_ACT, "number": "2"}, "lines": []}
    about = f"/programs/{hidden}"
    path = "/api/v1/programs/{program}"
    more: dict[str, Any] = {"headers": {**its_key, "If-Match": "1"}}
    answers = [
        (post(anybody, "/programs", program_of()), "not_signed_in", 401),
        (anybody.get(f"/api/v1{about}", headers=bearer("letopis_wrong")), "unknown_key", 401),
        (anybody.get(f"/api/v1{about}", headers={"Authorization": "Basic eDp5"}), None, 401),
        (post(anybody, f"{about}/amendments", amends, **more), "not_allowed", 403),
        (anybody.get(f"/api/v1{about}/cells/passport:title"), "unknown_program", 404),
        (anybody.get(f"{about}"), None, 404),
    ]
    for answer, rule, status in answers:
        assert answer.status_code == status, answer.text
        assert rule is None or rule == refusal(answer)
    rows = list(reversed(told(anybody, auditor)))
    assert [(row["rule"], row["status"], row["method"], row["route"]) for row in rows] == [
        ("not_signed_in", 401, "POST", "/api/v1/programs"),
        ("unknown_key", 401, "GET", path),
        ("not_signed_in", 401, "GET", path),
        ("not_allowed", 403, "POST", f"{path}/amendments"),
        ("unknown_program", 404, "GET", f"{path}/cells/{{cell:path}}"),
        ("unknown_program", 404, "GET", "/programs/{program}"),
    ]
    assert {row["address"] for row in rows} == {SHORTENED}
    assert [row.get("program") for row in rows] == [None, *[hidden] * 5]
    assert [(row.get("issuer"), row.get("subject")) for row in rows] == [
        *[(None, None)] * 3,
        (reporter.issuer, reporter.subject),
        *[(None, None)] * 2,
    ]
    ids = [answer.headers["x-request-id"] for answer, _, _ in answers]
    assert [row["request_id"] for row in rows] == ids


def test_what_is_not_refused_leaves_none(
    anybody: TestClient, auditor: dict[str, str], hidden: str, letopis: Letopis
) -> None:
    for path in ("/programs/nothing-there", "/nowhere", "/programs?limit=x", "/programs"):
        assert anybody.get(f"/api/v1{path}").status_code in {200, 404, 422}
    assert told(anybody, auditor) == []
    anybody.get("/api/v1/programs/letopis_typed-by-mistake", headers=bearer("letopis_wrong"))
    (row,) = told(anybody, auditor)
    assert "program" not in row


def test_only_who_may_see_access_reads_them(
    letopis: Letopis, anybody: TestClient, auditor: dict[str, str]
) -> None:
    for name, role, scope, status in (
        ("operator", Role.OPERATOR, Scope(), 200),
        ("owner", Role.OWNER, Scope(municipality="town"), 403),
        ("auditor-of-one", Role.AUDITOR, Scope(municipality="town"), 403),
    ):
        granted(letopis, machine(name), role, scope)
        key = bearer(key_of(letopis, machine(name)))
        assert anybody.get("/api/v1/refusals", headers=key).status_code == status, name
    assert anybody.get("/api/v1/refusals").status_code == 401
    assert [row["rule"] for row in told(anybody, auditor)] == [
        "not_signed_in",
        *["not_allowed"] * 2,
    ]


def test_pages_and_filters(anybody: TestClient, auditor: dict[str, str], hidden: str) -> None:
    for _ in range(3):
        anybody.get(f"/api/v1/programs/{hidden}")
    half_way = datetime.now(UTC).isoformat()
    for _ in range(2):
        anybody.get("/api/v1/programs", headers=bearer("letopis_wrong"))
    every = told(anybody, auditor)
    assert [row["rule"] for row in every] == ["unknown_key"] * 2 + ["unknown_program"] * 3
    assert told(anybody, auditor, rule="unknown_key") == every[:2]
    assert told(anybody, auditor, program=hidden) == every[2:]
    assert told(anybody, auditor, since=half_way) == every[:2]
    first = anybody.get("/api/v1/refusals", params={"limit": 3}, headers=auditor).json()
    following = {"limit": 3, "next": first["meta"]["next"]}
    second = anybody.get("/api/v1/refusals", params=following, headers=auditor).json()
    assert first["data"] + second["data"] == every
    assert "next" not in second["meta"]
    for wrong in ("x", "8J-YgA", "LTE"):
        answer = anybody.get("/api/v1/refusals", params={"next": wrong}, headers=auditor)
        assert (answer.status_code, refusal(answer)) == (422, "unknown_mark")


def counted(rule: str) -> float:
    return REGISTRY.get_sample_value("letopis_refusals_total", {"rule": rule}) or 0


def test_a_flood_leaves_so_many_rows_and_hides_no_insider(
    letopis: Letopis,
    anybody: TestClient,
    auditor: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audited, "MOST_OF_A_NETWORK", 3)
    monkeypatch.setattr(audited, "MOST_IN_ALL", 5)
    before = counted("unknown_key")
    app = anybody.app
    for address in ("203.0.113.1", "203.0.113.2", "198.51.100.1", "192.0.2.1"):
        stranger = TestClient(app, client=(address, 1))
        for _ in range(4):
            stranger.get("/api/v1/programs", headers=bearer("letopis_wrong"))
    assert counted("unknown_key") - before == 16
    granted(letopis, machine("owner"), Role.OWNER)
    insider = bearer(key_of(letopis, machine("owner")))
    assert anybody.get("/api/v1/refusals", headers=insider).status_code == 403
    rows = told(anybody, auditor)
    assert [row["address"] for row in rows if row["rule"] == "unknown_key"] == [
        *["198.51.100.0/24"] * 2,
        *[SHORTENED] * 3,
    ]
    assert rows[0]["subject"] == "owner"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::1", "::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("no-address", None),
    ],
)
def test_addresses_are_shortened(
    letopis: Letopis, database: Database, address: str, kept: str | None
) -> None:
    with TestClient(web_app(letopis), client=(address, 1)) as client:
        client.get("/api/v1/refusals")
    (row,) = asked(database.owner_url, "SELECT address::text AS address FROM audit.refusal")
    assert row["address"] == kept


class Broken:
    """Refusals that can not be kept."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def keep(self, refused: Refused) -> None:
        time.sleep(self.seconds)
        raise LedgerAway

    def kept(self, asked: RefusalsAsked) -> list[KeptRefusal]:
        raise LedgerAway


@pytest.mark.parametrize("seconds", [0, 2])
def test_what_can_not_be_kept_changes_no_answer(letopis: Letopis, seconds: float) -> None:
    broken = replace(letopis, refusals=Broken(seconds))
    with structlog.testing.capture_logs() as lines, TestClient(web_app(broken)) as client:
        started = time.monotonic()
        answers = [client.get("/api/v1/refusals") for _ in range(2)]
        assert time.monotonic() - started < 2 * audited.LONGEST_WAIT_S + 0.8
        time.sleep(seconds + 0.2)
    assert [answer.status_code for answer in answers] == [401, 401]
    not_kept = [line for line in lines if line["event"] == "refusal not kept"]
    assert sorted(line["request_id"] for line in not_kept) == sorted(
        answer.headers["x-request-id"] for answer in answers
    )
    assert {(line["rule"], line["route"]) for line in not_kept} == {
        ("not_signed_in", "/api/v1/refusals")
    }
