"""Sessions and sign-ins under way on PostgreSQL: for how long, how many, and what is kept of them."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.event_store import PostgresLedger
from adapters.people import PostgresPeople, erase
from adapters.sessions import PostgresSessions
from application.ports import Person, SigningIn
from application.sessions import IDLE, LONGEST, MOST_AT_ONCE, SIGNING_IN
from domain.access import Actor
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import asked
from tests.conftest import Database

pytestmark = both_servers

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
VERA = Actor(issuer="https://login.example.org", subject="vera")
OLEG = Actor(issuer="https://login.example.org", subject="oleg")
UNDER_WAY = SigningIn("the state", "the nonce", "the verifier", "/programs/sample?year=2025")
SECOND = timedelta(seconds=1)


@pytest.fixture
def sessions(ledger: PostgresLedger) -> PostgresSessions:
    return PostgresSessions(ledger)


@pytest.fixture
def people(ledger: PostgresLedger) -> PostgresPeople:
    return PostgresPeople(ledger)


def rows(database: Database, table: str) -> list[str]:
    found = asked(database.owner_url, f"SELECT t::text AS row FROM access.{table} AS t")  # noqa: S608 (our own tables)
    return [row["row"] for row in found]


def test_a_session_is_of_who_began_it(sessions: PostgresSessions) -> None:
    hers, his = sessions.begin(VERA, NOW), sessions.begin(OLEG, NOW)
    one, other = sessions.seen(hers, NOW), sessions.seen(his, NOW)
    assert one
    assert other
    assert (one.actor, other.actor) == (VERA, OLEG)
    assert one.csrf != other.csrf
    assert min(len(hers), len(one.csrf)) >= 43  # 256 bits
    for made_up in ("", "x", hers[:-1], hers.swapcase(), "\ud800"):
        assert sessions.seen(made_up, NOW) is None


def test_what_a_browser_shows_is_kept_nowhere(
    sessions: PostgresSessions, database: Database
) -> None:
    shown, browser = sessions.begin(VERA, NOW), sessions.leave(UNDER_WAY, NOW)
    (session,), (login,) = rows(database, "session"), rows(database, "login")
    assert shown not in session
    assert browser not in login
    assert UNDER_WAY.state not in login


def test_a_session_that_is_idle_ends(sessions: PostgresSessions) -> None:
    shown = sessions.begin(VERA, NOW)
    assert sessions.seen(shown, NOW + IDLE - SECOND)
    assert sessions.seen(shown, NOW + 2 * IDLE - 2 * SECOND)
    assert sessions.seen(shown, NOW + 3 * IDLE - 2 * SECOND) is None
    assert sessions.seen(shown, NOW + 3 * IDLE) is None


def test_a_session_ends_whatever_is_heard_of_it(sessions: PostgresSessions) -> None:
    shown, now = sessions.begin(VERA, NOW), NOW
    while (now := now + IDLE / 2) < NOW + LONGEST:
        assert sessions.seen(shown, now)
    assert sessions.seen(shown, NOW + LONGEST) is None


def test_a_clock_that_goes_back_prolongs_nothing(
    sessions: PostgresSessions, database: Database
) -> None:
    shown = sessions.begin(VERA, NOW)
    assert sessions.seen(shown, NOW - IDLE / 2)
    assert sessions.seen(shown, NOW + IDLE - SECOND)


def test_what_is_over_is_cleaned_away_when_another_begins(
    sessions: PostgresSessions, database: Database
) -> None:
    sessions.begin(VERA, NOW)
    sessions.begin(OLEG, NOW + IDLE - SECOND)
    sessions.begin(OLEG, NOW + IDLE)
    assert len(rows(database, "session")) == 2
    sessions.leave(UNDER_WAY, NOW)
    sessions.leave(SigningIn("other", "n", "v", "/"), NOW + SIGNING_IN)
    assert len(rows(database, "login")) == 1


def test_one_is_signed_in_at_so_many_browsers(sessions: PostgresSessions) -> None:
    his = sessions.begin(OLEG, NOW)
    shown = [sessions.begin(VERA, NOW + n * SECOND) for n in range(MOST_AT_ONCE + 2)]
    now = NOW + timedelta(minutes=1)
    assert [bool(sessions.seen(one, now)) for one in shown] == [False] * 2 + [True] * MOST_AT_ONCE
    assert sessions.seen(his, now)


def test_sessions_are_ended_one_or_all(sessions: PostgresSessions) -> None:
    his = sessions.begin(OLEG, NOW)
    first, second, third = (sessions.begin(VERA, NOW) for _ in range(3))
    sessions.end(first)
    assert sessions.seen(first, NOW) is None
    assert sessions.seen(second, NOW)
    assert sessions.end_all(VERA) == 2
    assert sessions.seen(third, NOW) is None
    assert sessions.seen(his, NOW)


def test_one_comes_back_once_in_time_and_to_the_same_browser(sessions: PostgresSessions) -> None:
    hers = sessions.leave(UNDER_WAY, NOW)
    elsewhere = sessions.leave(SigningIn("other state", "n", "v", "/"), NOW)
    for state, browser in [("the state", elsewhere), ("other state", hers), ("the state", "")]:
        assert sessions.come_back(state, browser, NOW) is None
    later = NOW + SIGNING_IN - SECOND
    assert sessions.come_back("the state", hers, later) == UNDER_WAY
    assert sessions.come_back("the state", hers, later) is None
    assert sessions.come_back("other state", elsewhere, NOW + SIGNING_IN) is None


@pytest.fixture
def named(people: PostgresPeople) -> Person:
    person = Person(VERA, "Вера Отчётова", "vera@letopis.invalid", NOW)
    people.note(person)
    return person


def test_the_newest_name_counts(
    people: PostgresPeople, sessions: PostgresSessions, named: Person
) -> None:
    session = sessions.seen(sessions.begin(VERA, NOW), NOW)
    assert session
    assert session.name == named.name
    assert people.everybody() == [named]
    renamed = Person(VERA, "Вера Сданова", None, NOW + SECOND)
    people.note(renamed)
    assert people.everybody() == [renamed]


def test_a_name_is_in_no_representation(named: Person) -> None:
    assert "Отчётова" not in repr(named)
    assert "invalid" not in repr(named)


def test_the_owner_erases(
    people: PostgresPeople, sessions: PostgresSessions, named: Person, database: Database
) -> None:
    shown = sessions.begin(VERA, NOW)
    assert erase(database.owner_url, OLEG) is False
    assert sessions.seen(shown, NOW)
    assert erase(database.owner_url, VERA) is True
    assert people.everybody() == []
    assert sessions.seen(shown, NOW) is None
