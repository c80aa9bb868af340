"""The read model compared with the log: what was tampered with is found, row by row."""

import pytest

from adapters.event_store import PostgresLedger
from adapters.rebuild import Difference, check
from tests.adapters.going_on import going_on
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import TAMPERING, asked, record, tamper, titled
from tests.conftest import Database

pytestmark = both_servers

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read%' ORDER BY 1"


def test_check_finds_nothing_in_honest_rows(log_size: int, database: Database) -> None:
    for table in ("program", "assertion", "withdrawal", "posting"):
        (rows,) = asked(database.owner_url, f"SELECT count(*) FROM read.{table}")  # noqa: S608 (our own names)
        assert rows["count"] > 0
    assert check(database.owner_url) == []
    assert asked(database.owner_url, SCHEMAS) == [{"nspname": "read"}]


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_check_finds_a_changed_row(log_size: int, database: Database, statement: str) -> None:
    tamper(database.owner_url, statement)
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
    log_size: int, database: Database, table: str, which: str
) -> None:
    (row,) = asked(database.owner_url, f"SELECT to_jsonb(t) FROM read.{table} t WHERE {which}")  # noqa: S608 (our own names)
    tamper(database.owner_url, f"DELETE FROM read.{table} WHERE {which}")  # noqa: S608 (our own names)
    assert check(database.owner_url) == [Difference(table, None, row["to_jsonb"])]


@pytest.mark.parametrize("position", ["1", "1000000", "-1"])
def test_check_finds_a_row_that_nothing_says(
    log_size: int, database: Database, position: str
) -> None:
    extra = """
        INSERT INTO read.posting
        SELECT program, 'cash:extra', {}, amount, dated_on, day_order, effective_on, until_on,
            in_force_on, is_act, document FROM read.posting LIMIT 1
    """
    tamper(database.owner_url, extra.format(position))
    (found,) = check(database.owner_url)
    assert (found.table, found.built) == ("posting", None)
    assert found.live is not None
    assert (found.live["cell"], found.live["position"]) == ("cash:extra", int(position))


def test_check_tells_all_kinds_at_once(log_size: int, database: Database) -> None:
    for statement in (
        TAMPERING["value"],
        TAMPERING["amount"],
        "DELETE FROM read.assertion WHERE cell = 'passport:first_year'",
    ):
        tamper(database.owner_url, statement)
    found = [(d.table, d.live is None, d.built is None) for d in check(database.owner_url)]
    assert sorted(found) == [
        ("assertion", False, False),
        ("assertion", True, False),
        ("posting", False, False),
    ]


def test_progress_is_told_up_to_the_size_of_the_log(log_size: int, database: Database) -> None:
    told: list[tuple[int, int]] = []
    check(database.owner_url, progress=lambda reached, size: told.append((reached, size)))
    assert told[-1] == (log_size, log_size)
    assert [reached for reached, _ in told] == [*range(5, log_size, 5), log_size]


def test_check_is_right_while_others_write(
    log_size: int, ledger: PostgresLedger, database: Database
) -> None:
    with going_on(lambda: record(ledger, "other", [titled("other", "А")] * 3)) as done:
        before, checks = done[0], 0
        while checks < 5 or done[0] < before + 5:  # a check may be quicker than a write
            assert check(database.owner_url) == []
            checks += 1
