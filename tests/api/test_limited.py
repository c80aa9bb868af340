"""Floods and guessing are refused with 429, and say when to come again."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from api import windows
from api.app import web_app
from api.bootstrap import Letopis
from domain.access import Role
from tests.adapters.recording import asked
from tests.api.conftest import opened
from tests.api.people import bearer, granted, key_of, machine, person, sign_in
from tests.conftest import Database

WRONG = bearer("letopis_wrong")
PROGRAMS = "/api/v1/programs"
Connected = Callable[..., TestClient]


class Clock:
    """The time of day as the limits see it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s = 1_000_000.0
        monkeypatch.setattr("limits.storage.memory.time.time", lambda: self.now_s)


@pytest.fixture
def letopis(database: Database) -> Iterator[Letopis]:
    with opened(database, requests_per_minute=6, failed_sign_ins_per_minute=2) as letopis:
        yield letopis


@pytest.fixture
def connected(letopis: Letopis) -> Connected:
    """Clients of one process, each from an address."""
    app = web_app(letopis)

    def client(address: str = "203.0.113.5", **more: str) -> TestClient:
        return TestClient(app, client=(address, 1), headers=more)

    return client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def statuses(client: TestClient, times: int, **headers: str) -> list[int]:
    return [client.get(PROGRAMS, headers=headers).status_code for _ in range(times)]


def test_a_flood_ends_and_recovers(connected: Connected, clock: Clock, database: Database) -> None:
    client = connected()
    assert statuses(client, 3) == [200] * 3
    clock.now_s += 20
    assert statuses(client, 4) == [200] * 3 + [429]
    over = client.get("/programs/never-there")
    assert (over.status_code, over.headers["retry-after"]) == (429, "40")
    assert "повторите через 40 с" in over.text
    for path in ("/health/live", "/health/ready"):
        assert client.get(path).status_code == 200
    assert statuses(connected("203.0.113.6"), 1) == [200]
    clock.now_s += 39
    assert statuses(client, 1) == [429]
    clock.now_s += 1.01
    assert statuses(client, 4) == [200] * 3 + [429]
    rows = asked(
        database.owner_url, "SELECT route, rule, status FROM audit.refusal ORDER BY number"
    )
    assert {(row["rule"], row["status"]) for row in rows} == {("too_many_requests", 429)}
    assert [row["route"] for row in rows[:2]] == [PROGRAMS, "/programs/{program}"]


def test_an_address_of_the_new_kind_counts_by_its_network(connected: Connected) -> None:
    for last in range(1, 7):
        assert statuses(connected(f"2001:db8:1:2::{last}"), 1) == [200]
    assert statuses(connected("2001:db8:1:2:ffff::1"), 1) == [429]
    assert statuses(connected("2001:db8:1:3::1"), 1) == [200]


def test_guessing_ends_and_spares_the_neighbours(
    letopis: Letopis, connected: Connected, clock: Clock
) -> None:
    granted(letopis, machine("good"), Role.REPORTER)
    good, fresh = (bearer(key_of(letopis, machine("good"))) for _ in range(2))
    client = connected()
    assert statuses(client, 1, **good) == [200]
    assert statuses(client, 3, **WRONG) == [401, 401, 429]
    assert statuses(client, 1, **fresh) == [429]  # not yet proven: it might be one more guess
    assert statuses(connected("203.0.113.6"), 1, **fresh) == [200]
    clock.now_s += 61
    assert statuses(client, 3, **WRONG) == [401, 401, 429]
    assert statuses(client, 1, **good) == [200]
    assert statuses(client, 1) == [200]  # without credentials
    assert statuses(client, 1, **fresh) == [200]  # proven meanwhile, from elsewhere
    over = connected("198.51.100.1")
    assert statuses(over, 2, **WRONG) == [401, 401]
    assert over.get(PROGRAMS, headers=WRONG).headers["retry-after"] == "60"


def test_an_account_counts_wherever_it_comes_from(
    letopis: Letopis, connected: Connected, clock: Clock
) -> None:
    for name in ("busy", "other"):
        granted(letopis, machine(name), Role.REPORTER)
    first, second = (bearer(key_of(letopis, machine("busy"))) for _ in range(2))
    other = bearer(key_of(letopis, machine("other")))
    for last in range(1, 4):
        assert statuses(connected(f"203.0.113.{last}"), 1, **first) == [200]
        assert statuses(connected(f"198.51.100.{last}"), 1, **second) == [200]
    fresh = connected("192.0.2.1")
    over = fresh.get(PROGRAMS, headers=second)
    assert (over.status_code, over.headers["retry-after"]) == (429, "60")
    assert statuses(fresh, 1, **other) == [200]
    assert statuses(fresh, 1) == [200]
    clock.now_s += 61
    assert statuses(fresh, 1, **first) == [200]


def test_somebody_signed_in_counts_too(connected: Connected, clock: Clock) -> None:
    home, away = connected(), connected("192.0.2.1")
    for browser in (home, away):
        browser.base_url = browser.base_url.copy_with(scheme="https")
        sign_in(browser, person("vera-17"))
    assert [browser.get("/").status_code for browser in (home, away) * 3] == [200] * 6
    assert away.get("/").status_code == 429
    assert connected("192.0.2.1").get("/").status_code == 200


def test_the_limit_asks_nothing_of_the_database(
    letopis: Letopis, connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connected()
    assert statuses(client, 2, **WRONG) == [401, 401]

    def never(*_: object) -> None:
        pytest.fail("the database was asked")

    monkeypatch.setattr(type(letopis.rights), "account", never)
    monkeypatch.setattr(type(letopis.rights), "caller", never)
    assert statuses(client, 1, **WRONG) == [429]


def test_memory_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MOST_NAMES", 10)
    counted = windows.Windows()
    assert all(counted.take(1, str(n)) for n in range(100))
    assert len(counted._storage.events) <= 11
