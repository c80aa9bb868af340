"""Rows into tables through COPY: triggers, rights and constraints hold as they do for INSERT."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Identifier

AT_ONCE = 5_000
"""Rows of one statement: each ends long before the time that the application's role has for it."""


def copy_in(
    connection: Connection[Any], schema: str, table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Writes rows that all have the columns of the first one."""
    columns = list(rows[0])
    into = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(schema, table), SQL(", ").join(map(Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([row[column] for column in columns])
