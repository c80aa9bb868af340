"""The read model built anew takes the place of the live one, and nobody notices."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
import pytest

from adapters.event_store import PostgresLedger
from adapters.migrate import migrate
from adapters.read_model import PostgresReadModel
from adapters.rebuild import check, rebuild
from domain.dates import Viewpoint
from domain.state import State
from tests.adapters.going_on import going_on
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import TAMPERING, asked, record, tamper, titled
from tests.adapters.test_migrations import shape
from tests.conftest import Database
from tests.given import TODAY

pytestmark = both_servers
REBUILDS, MOST_REBUILDS = 3, 30
"""Rebuilds during which all others did something, and how many may be needed for it."""


SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read%' ORDER BY 1"


def states(model: PostgresReadModel, at_position: int) -> list[State]:
    """The program at a few moments as known at a position."""
    days = [date(2021, 1, 1), date(2021, 5, 1), date(2021, 12, 31)]
    return [model.state("invented", Viewpoint(day, TODAY, at_position)) for day in days]


def test_rebuild_loses_nothing_while_others_write_and_read(
    log_size: int, ledger: PostgresLedger, model: PostgresReadModel, database: Database
) -> None:
    before = states(model, log_size)
    said = len(before[0].cells)
    assert said > 10
    written: list[int] = []

    def write() -> None:
        written.extend(record(ledger, "other", [titled("other", "А")] * 3).positions)

    def read() -> None:
        assert states(model, log_size) == before

    disturbed = 0
    with going_on(write, read, read) as done:
        for _ in range(MOST_REBUILDS):  # one may be over before anybody came
            then = list(done)
            reached = rebuild(database.owner_url)
            assert log_size < reached <= written[-1]
            disturbed += all(now > earlier for now, earlier in zip(done, then, strict=True))
            if disturbed == REBUILDS:
                break
    assert disturbed == REBUILDS
    assert states(model, log_size) == before
    assert model.size() == written[-1]
    story = model.story("other", "passport:title")
    assert [said.position for said in story.assertions] == written
    assert check(database.owner_url) == []


LATE_EVENT = """
    INSERT INTO history.event (originator_id, originator_version, topic, state, event_id, program,
        document, effective_on, dated_on, actor, request_id, correlation_id)
    SELECT 'program/late', 1, topic, state, gen_random_uuid(), program,
        document, effective_on, dated_on, actor, request_id, correlation_id
    FROM history.event WHERE topic = 'program.passport_set.v1'
"""
LATE_ROW = """
    INSERT INTO read.assertion
    SELECT program, cell, (SELECT max(notification_id) FROM history.event), rank, dated_on,
        day_order, effective_on, until_on, in_force_on, is_act, document, value, was
    FROM read.assertion WHERE cell = 'passport:body.school'
"""
WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted
"""


def test_rebuild_waits_for_a_writer_and_takes_its_event(log_size: int, database: Database) -> None:
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database.app_url) as writer:
        for statement in (LATE_EVENT, LATE_ROW):
            assert writer.execute(statement).rowcount == 1
        rebuilt = pool.submit(rebuild, database.owner_url)
        while asked(database.owner_url, WAITING) == [{"count": 0}]:
            assert not rebuilt.done()
        writer.commit()
        assert rebuilt.result() == log_size + 1
    assert check(database.owner_url) == []


def test_rebuild_puts_tampered_rows_right(
    log_size: int, model: PostgresReadModel, database: Database
) -> None:
    before = states(model, log_size)
    for statement in TAMPERING.values():
        tamper(database.owner_url, statement)
    tamper(database.owner_url, "DELETE FROM read.assertion WHERE cell = 'passport:last_year'")
    assert states(model, log_size) != before
    assert rebuild(database.owner_url) == log_size
    assert states(model, log_size) == before
    assert check(database.owner_url) == []


def test_the_schema_after_a_rebuild_is_the_schema_before(log_size: int, database: Database) -> None:
    rights = """
        SELECT relname, relacl::text FROM pg_class
        WHERE relnamespace = 'read'::regnamespace AND relkind = 'r' ORDER BY 1
    """
    before, granted = shape(database.owner_url, "read"), asked(database.owner_url, rights)
    rebuild(database.owner_url)
    assert shape(database.owner_url, "read") == before
    assert asked(database.owner_url, rights) == granted
    assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]


class Interrupted(Exception):
    pass


def test_an_interrupted_rebuild_leaves_the_live_model_alone(
    log_size: int, model: PostgresReadModel, database: Database
) -> None:
    before = states(model, log_size)

    def interrupt(reached: int, size: int) -> None:
        raise Interrupted

    for work in (check, rebuild):
        with pytest.raises(Interrupted):
            work(database.owner_url, progress=interrupt)
        assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]
    assert states(model, log_size) == before
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE SCHEMA read_old CREATE TABLE left_behind (x int)")
    assert rebuild(database.owner_url) == log_size
    assert states(model, log_size) == before
    assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]


def test_checks_rebuilds_and_migrations_wait_for_each_other(
    log_size: int, database: Database
) -> None:
    with ThreadPoolExecutor(6) as pool:
        rebuilt = [pool.submit(rebuild, database.owner_url) for _ in range(3)]
        checked = [pool.submit(check, database.owner_url) for _ in range(2)]
        migrated = pool.submit(migrate, database.owner_url)
        assert [work.result() for work in rebuilt] == [log_size] * 3
        assert [work.result() for work in checked] == [[], []]
        migrated.result()


def test_an_empty_log_is_checked_and_rebuilt(database: Database) -> None:
    assert check(database.owner_url) == []
    assert rebuild(database.owner_url) == 0
