"""The read model built anew: it finds what was tampered with, and takes the place of the live one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Event as Signal

import psycopg
import pytest

from adapters import rebuild as rebuilding
from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from adapters.rebuild import Difference, check, rebuild
from application.commands.command import execute
from application.commands.correct_statement import CorrectStatement
from application.commands.post_cash import PostCash
from application.commands.withdraw_act import WithdrawAct
from domain.dates import Viewpoint
from domain.state import State
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import (
    Today,
    amendment,
    asked,
    given_program,
    new_key,
    record,
    request,
    titled,
)
from tests.adapters.test_migrations import shape
from tests.conftest import Database
from tests.given import LINE, TODAY, appropriation

pytestmark = both_servers

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read%' ORDER BY 1"


@pytest.fixture
def program(ledger: PostgresLedger, monkeypatch: pytest.MonkeyPatch) -> int:
    """A program with rows of every kind, in batches of five events; the size of the log."""
    monkeypatch.setattr(rebuilding, "BATCH", 5)
    given_program(ledger)
    record(ledger, "invented", [appropriation("5000.00")])
    payment = PostCash.model_validate(
        {
            "document": {"kind": "payment", "number": "1", "date": "2021-05-01"},
            "entries": [{**LINE._asdict(), "amount": "100.10"}],
        }
    )
    annulment = WithdrawAct.model_validate(
        {
            "act": "2021-03-24-55",
            "by": {"kind": "act", "number": "61", "date": "2021-10-01"},
        }
    )
    correction = CorrectStatement.model_validate(
        {
            "cell": "target:i1:2021",
            "document": "2020-12-20-P",
            "reason": "опечатка",
            "right": {"value": {"value": "81"}},
        }
    )
    for command in (amendment("80", "90"), payment, annulment, correction):
        execute(ledger, Today(), "invented", command, request(new_key()))
    return PostgresReadModel(ledger).size()


def states(model: PostgresReadModel, at_position: int) -> list[State]:
    """The program at a few moments as known at a position."""
    days = [date(2021, 1, 1), date(2021, 5, 1), date(2021, 12, 31)]
    return [model.state("invented", Viewpoint(day, TODAY, at_position)) for day in days]


def tamper(database: Database, statement: str) -> None:
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute(statement.encode()).rowcount == 1


def test_check_finds_nothing_in_honest_rows(program: int, database: Database) -> None:
    for table in ("program", "assertion", "withdrawal", "posting"):
        (rows,) = asked(database.owner_url, f"SELECT count(*) FROM read.{table}")  # noqa: S608
        assert rows["count"] > 0
    assert check(database.owner_url) == []
    assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]


CHANGED = {
    "value": """UPDATE read.assertion SET value = '{"value": "99"}' WHERE value = '{"value": "90"}'""",
    "absence": 'UPDATE read.assertion SET was = NULL WHERE was = \'{"value": "80"}\' AND position < 15',
    "end": "UPDATE read.assertion SET until_on = '2030-01-01' WHERE cell = 'passport:first_year'",
    "rank": "UPDATE read.assertion SET rank = 1 WHERE cell = 'passport:last_year'",
    "act": "UPDATE read.withdrawal SET of_document = 'x' WHERE of_document IS NOT NULL",
    "amount": "UPDATE read.posting SET amount = amount + 0.01",
    "municipality": "UPDATE read.program SET invented = false",
}


@pytest.mark.parametrize("statement", CHANGED.values(), ids=CHANGED)
def test_check_finds_a_changed_row(program: int, database: Database, statement: str) -> None:
    tamper(database, statement)
    (found,) = check(database.owner_url)
    table = statement.split()[1]
    assert f"read.{found.table}" == table
    assert found.live is not None
    assert found.built is not None
    column = statement.split()[3]
    assert {c for c in found.live if found.live[c] != found.built[c]} == {column}


@pytest.mark.parametrize(
    ("table", "which"),
    [
        ("assertion", "cell = 'passport:first_year'"),
        ("withdrawal", "recording_error"),
        ("posting", "true"),
        ("program", "true"),
    ],
)
def test_check_finds_a_missing_row(
    program: int, database: Database, table: str, which: str
) -> None:
    (row,) = asked(database.owner_url, f"SELECT to_jsonb(t) FROM read.{table} t WHERE {which}")  # noqa: S608
    tamper(database, f"DELETE FROM read.{table} WHERE {which}")  # noqa: S608
    assert check(database.owner_url) == [Difference(table, None, row["to_jsonb"])]


@pytest.mark.parametrize("position", ["1", "1000000", "-1"])
def test_check_finds_a_row_that_nothing_says(
    program: int, database: Database, position: str
) -> None:
    extra = """
        INSERT INTO read.posting
        SELECT program, 'cash:extra', {}, amount, dated_on, day_order, effective_on, until_on,
            in_force_on, is_act, document FROM read.posting LIMIT 1
    """
    tamper(database, extra.format(position))
    (found,) = check(database.owner_url)
    assert (found.table, found.built) == ("posting", None)
    assert found.live is not None
    assert (found.live["cell"], found.live["position"]) == ("cash:extra", int(position))


def test_check_tells_all_kinds_at_once(program: int, database: Database) -> None:
    for statement in (
        CHANGED["value"],
        CHANGED["amount"],
        "DELETE FROM read.assertion WHERE cell = 'passport:first_year'",
    ):
        tamper(database, statement)
    found = [(d.table, d.live is None, d.built is None) for d in check(database.owner_url)]
    assert sorted(found) == [
        ("assertion", False, False),
        ("assertion", True, False),
        ("posting", False, False),
    ]


def test_progress_is_told_up_to_the_size_of_the_log(program: int, database: Database) -> None:
    told: list[tuple[int, int]] = []
    check(database.owner_url, progress=lambda reached, size: told.append((reached, size)))
    assert told[-1] == (program, program)
    assert [reached for reached, _ in told] == [*range(5, program, 5), program]


@contextmanager
def going_on(*work: Callable[[], object]) -> Iterator[list[int]]:
    """Works are done over and over beside, at least five times before and after; how often each."""
    done, end = [0] * len(work), Signal()

    def run(which: int) -> None:
        while not end.is_set():
            work[which]()
            done[which] += 1

    def five_more(running: list[int]) -> None:
        while any(now < then + 5 for now, then in zip(done, running, strict=True)):
            assert not [f.result() for f in futures if f.done()]
            end.wait(0.005)

    with ThreadPoolExecutor(len(work)) as pool:
        futures = [pool.submit(run, which) for which in range(len(work))]
        try:
            five_more([0] * len(work))
            yield done
            five_more(list(done))
        finally:
            end.set()
        for future in futures:
            future.result()


def test_check_is_right_while_others_write(
    program: int, ledger: PostgresLedger, database: Database
) -> None:
    with going_on(lambda: record(ledger, "other", [titled("other", "А")] * 3)) as done:
        for _ in range(5):
            before = done[0]
            assert check(database.owner_url) == []
            assert done[0] > before


def test_rebuild_loses_nothing_while_others_write_and_read(
    program: int, ledger: PostgresLedger, model: PostgresReadModel, database: Database
) -> None:
    before = states(model, program)
    said = len(before[0].cells)
    assert said > 10
    written: list[int] = []

    def write() -> None:
        written.extend(record(ledger, "other", [titled("other", "А")] * 3).positions)

    def read() -> None:
        assert states(model, program) == before

    with going_on(write, read, read) as done:
        for _ in range(3):
            then = list(done)
            reached = rebuild(database.owner_url)
            assert program < reached <= written[-1]
            assert all(now > earlier for now, earlier in zip(done, then, strict=True))
    assert states(model, program) == before
    assert model.size() == written[-1]
    story = model.story("other", "passport:title")
    assert [said.position for said in story.assertions] == written
    assert check(database.owner_url) == []


def test_rebuild_puts_tampered_rows_right(
    program: int, model: PostgresReadModel, database: Database
) -> None:
    before = states(model, program)
    for statement in CHANGED.values():
        tamper(database, statement)
    tamper(database, "DELETE FROM read.assertion WHERE cell = 'passport:last_year'")
    assert states(model, program) != before
    assert rebuild(database.owner_url) == program
    assert states(model, program) == before
    assert check(database.owner_url) == []


def test_the_schema_after_a_rebuild_is_the_schema_before(program: int, database: Database) -> None:
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
    program: int, model: PostgresReadModel, database: Database
) -> None:
    before = states(model, program)

    def interrupt(reached: int, size: int) -> None:
        raise Interrupted

    for work in (check, rebuild):
        with pytest.raises(Interrupted):
            work(database.owner_url, progress=interrupt)
        assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]
    assert states(model, program) == before
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE SCHEMA read_old CREATE TABLE left_behind (x int)")
    assert rebuild(database.owner_url) == program
    assert states(model, program) == before
    assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]


def test_an_empty_log_is_checked_and_rebuilt(database: Database) -> None:
    assert check(database.owner_url) == []
    assert rebuild(database.owner_url) == 0
