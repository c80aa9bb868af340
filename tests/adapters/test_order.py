"""The log is strictly ordered: positions, commits and times of recording agree for every reader."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from application.ledger import History
from application.ports import RecordedQuery
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import asked, new_key, request, titled
from tests.conftest import Database

pytestmark = both_servers

APPENDS = 30
WRITERS = {"here": 3, "there": 2, "elsewhere": 2}
"""Processes, the first one this, and how many threads write in each."""

EVENTS = sum(threads * sum(n % 3 + 2 for n in range(APPENDS)) for threads in WRITERS.values())


def write(ledger: PostgresLedger, program: str) -> None:
    """Appends by ones, twos and threes, each with a request's answer."""
    history = History(program)
    for n in range(APPENDS):
        events = [titled(program, str(n))] * (n % 3 + 1)
        ledger.append(history, events, request(new_key()), "write", {})
        history.versions[f"program/{program}"] = history.versions.get(
            f"program/{program}", 0
        ) + len(events)


def write_in_threads(url: str, name: str) -> None:
    """What each process does."""
    ledger = PostgresLedger(url, pool_size=WRITERS[name])
    with ThreadPoolExecutor(WRITERS[name]) as pool:
        for done in [pool.submit(write, ledger, f"{name}-{n}") for n in range(WRITERS[name])]:
            done.result()
    ledger.close()


def tail_by_notifications(ledger: PostgresLedger) -> list[int]:
    """Polls the library's log, each time from after the last one seen."""
    seen: list[int] = []
    deadline = time.monotonic() + 60
    while len(seen) < EVENTS and time.monotonic() < deadline:
        start = seen[-1] + 1 if seen else 1
        all_there = ledger.recorder.max_notification_id() == EVENTS
        found = ledger.notification_log.select(start=start, limit=10)
        if all_there and not found:
            break
        seen += [notification.id for notification in found]
    return seen


def tail_by_events(model: PostgresReadModel) -> list[int]:
    """Polls the events, each time from after the last one seen."""
    seen: list[int] = []
    deadline = time.monotonic() + 60
    while len(seen) < EVENTS and time.monotonic() < deadline:
        all_there = model.size() == EVENTS
        found = model.events(RecordedQuery(after=seen[-1] if seen else 0, limit=7))
        if all_there and not found:
            break
        seen += [recorded.position for recorded in found]
    return seen


def count_holes(owner_url: str) -> list[tuple[int, int]]:
    """Moments at which the last position is not the number of events that are visible."""
    question = "SELECT count(*), coalesce(max(notification_id), 0) FROM history.event"
    holes: list[tuple[int, int]] = []
    with psycopg.connect(owner_url, autocommit=True) as connection:
        last = 0
        deadline = time.monotonic() + 60
        while last < EVENTS and time.monotonic() < deadline:
            row = connection.execute(question).fetchone()
            assert row is not None
            size, last = row
            if size != last:
                holes.append((size, last))
            time.sleep(0.001)
    return holes


def test_readers_miss_nothing_while_threads_and_processes_write(database: Database) -> None:
    readers = PostgresLedger(database.app_url)
    processes = multiprocessing.get_context("spawn")
    others = [
        processes.Process(target=write_in_threads, args=(database.app_url, name))
        for name in list(WRITERS)[1:]
    ]
    with ThreadPoolExecutor(4) as pool:
        tails = [
            pool.submit(tail_by_notifications, readers),
            pool.submit(tail_by_events, PostgresReadModel(readers)),
        ]
        holes = pool.submit(count_holes, database.owner_url)
        for other in others:
            other.start()
        write_in_threads(database.app_url, "here")
        for other in others:
            other.join()
            assert other.exitcode == 0
        for tail in tails:
            assert tail.result() == list(range(1, EVENTS + 1))
        assert holes.result() == []
    readers.close()
    _times_never_decrease(database)
    _versions_are_dense(database)


def _times_never_decrease(database: Database) -> None:
    rows = asked(
        database.owner_url, "SELECT recorded_at FROM history.event ORDER BY notification_id"
    )
    times = [row["recorded_at"] for row in rows]
    assert times == sorted(times)
    assert len(set(times)) > EVENTS / 4


def _versions_are_dense(database: Database) -> None:
    question = """
        SELECT originator_id, array_agg(originator_version ORDER BY notification_id) AS versions
        FROM history.event WHERE program IS NOT NULL GROUP BY originator_id
    """
    rows = asked(database.owner_url, question)
    assert len(rows) == sum(WRITERS.values())
    for row in rows:
        assert row["versions"] == list(range(1, len(row["versions"]) + 1))


def test_a_transaction_that_is_undone_leaves_no_gap(
    ledger: PostgresLedger, database: Database
) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("""
            INSERT INTO history.event (originator_id, originator_version, topic, state, event_id,
                actor, request_id, correlation_id)
            VALUES ('undone', 1, 'undone', '', gen_random_uuid(), '', '', '')
        """)
        connection.rollback()
    receipt = ledger.append(History("p"), [titled("p", "А")], request(), "write", {})
    assert receipt.positions == (1,)
