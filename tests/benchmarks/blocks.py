"""Rows as PostgreSQL's own binary blocks: the fastest way out of a table and into another."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection, sql


def block(
    connection: Connection[Any], table: str, *, key: str = "position", first: int = 0, last: int
) -> bytes:
    """The rows of a table (schema and name) whose key lies between two positions, both included."""
    out = sql.SQL("COPY (SELECT * FROM {} WHERE {} BETWEEN {} AND {}) TO STDOUT (FORMAT BINARY)")
    with (
        connection.cursor() as cursor,
        cursor.copy(out.format(_named(table), sql.Identifier(key), first, last)) as stream,
    ):
        return b"".join(map(bytes, stream))


def copy_blocks(connection: Connection[Any], blocks: Sequence[tuple[str, bytes]]) -> None:
    """Blocks into tables (schema and name), in one transaction."""
    with connection.transaction(), connection.cursor() as cursor:
        for table, rows in blocks:
            into = sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(_named(table))
            with cursor.copy(into) as stream:
                stream.write(rows)


def _named(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))
