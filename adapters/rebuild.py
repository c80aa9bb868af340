"""The read model built anew from the log: to check the live one by it, or to take its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Identifier, Literal

from adapters import sql
from adapters.event_store import LOG_LOCK, recorded
from adapters.migrate import APP_ROLE, MIGRATION_LOCK
from adapters.read_model import TABLES, write

BATCH = 2_000
"""Events held in memory at once."""

MOST_DIFFERENCES = 1_000
"""Differences reported per table."""

Progress = Callable[[int, int], None]
"""Told after each batch: the position reached, and the size of the log."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the read model that is not what the log says: as it stands in the live one and as
    built anew. `live` None: it is missing; `built` None: nothing in the log says it.
    """

    table: str
    live: dict[str, Any] | None
    built: dict[str, Any] | None


def check(owner_url: str, *, progress: Progress | None = None) -> list[Difference]:
    """Builds the read model anew beside the live one and compares all rows of all tables both ways.

    Both are seen at one moment, whatever is recorded meanwhile; nothing of the build remains. At
    most 1,000 differences a table are told. `owner_url`: libpq URL of the owner of the schemas.
    """
    with _alone(owner_url) as connection, connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute(sql.read_model_tables("read_check"))
        _load(connection, "read_check", 0, progress)
        return [
            difference
            for table in TABLES.values()
            for difference in _differences(connection, table)
        ]


def rebuild(owner_url: str, *, progress: Progress | None = None) -> int:
    """Builds the read model anew and swaps it in; readers and writers go on. The position reached.

    Writers wait only while the last few events are caught up with. An interrupted rebuild leaves
    the live read model as it was. `owner_url`: libpq URL of the owner of the schemas.
    """
    with _alone(owner_url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS read_old CASCADE")
        with connection.transaction():
            connection.execute(sql.read_model_tables("read_next"))
            reached = _load(connection, "read_next", 0, progress)
            for table in TABLES.values():
                connection.execute(SQL("ANALYZE {}").format(Identifier("read_next", table)))
            reached = _load(connection, "read_next", reached, progress)
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOG_LOCK,))
            reached = _load(connection, "read_next", reached, progress)
            connection.execute(sql.text("swap_read_model"))
            connection.execute(sql.grants(APP_ROLE))
        connection.execute("DROP SCHEMA read_old CASCADE")
        for table in TABLES.values():
            connection.execute(SQL("VACUUM {}").format(Identifier("read", table)))
    return reached


@contextmanager
def _alone(owner_url: str) -> Iterator[Connection[DictRow]]:
    """A connection that no other check, rebuild or migration runs beside."""
    with psycopg.connect(owner_url, autocommit=True, row_factory=dict_row) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        yield connection


def _load(
    connection: Connection[DictRow], schema: str, after: int, progress: Progress | None
) -> int:
    """Copies the rows of all events after a position in, batch by batch; the position reached."""
    asked = {"program": None, "programs": None, "topic": None, "up_to": None, "limit": BATCH}
    while rows := connection.execute(sql.text("events"), {**asked, "after": after}).fetchall():
        after = rows[-1]["notification_id"]
        events = [(r.position, r.event) for r in map(recorded, rows) if r.event]
        write(connection, events, schema)
        if progress is not None:
            size = connection.execute(sql.text("log_size"), {"program": ""}).fetchone()
            progress(after, size["size"] if size else after)
    return after


def _differences(connection: Connection[DictRow], table: str) -> Iterator[Difference]:
    columns = connection.execute(sql.text("columns"), {"table": f"read_check.{table}"}).fetchall()
    question = SQL(sql.text("differences")).format(
        live=Identifier("read", table),
        built=Identifier("read_check", table),
        columns=SQL(", ").join(Identifier(c["name"]) for c in columns),
        key=SQL(", ").join(Identifier(c["name"]) for c in columns if c["is_key"]),
        limit=Literal(MOST_DIFFERENCES),
    )
    for row in connection.execute(question):
        yield Difference(table, row["live"], row["built"])
