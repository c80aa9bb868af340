"""The state of one program, and of all at once, against answers that are kept ready."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import psycopg
from psycopg import Connection
from pydantic import TypeAdapter

from adapters import sql
from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from domain.dates import Viewpoint
from domain.state import State
from tests.benchmarks.seeding import ASKED, name_of, withdrawals_of
from tests.benchmarks.timing import Figure, compare

KINDS = ("target:", "appropriation:2023:", "cash:2023:")
"""Kinds of cells that all programs are asked for."""

_LAST_DAY = date(2024, 12, 31)
_STATE = TypeAdapter(State)
_KEPT = "SELECT state FROM benchmark.kept WHERE program = %(program)s"
_CURRENT = "SELECT * FROM benchmark.current WHERE program = %(program)s"
_FILL = "INSERT INTO benchmark.current\n"
_TABLES = """
CREATE SCHEMA benchmark;
CREATE TABLE benchmark.kept (program text PRIMARY KEY, state text NOT NULL);
CREATE TABLE benchmark.current (
    program text, cell text, position bigint, rank smallint, dated_on date, day_order integer,
    effective_on date, until_on date, in_force_on date, is_act boolean, document text,
    value text, was text, PRIMARY KEY (program, cell)
);
GRANT USAGE ON SCHEMA benchmark TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA benchmark TO PUBLIC;
"""


@dataclass(frozen=True)
class Reader:
    """Whoever asks about the end of 2024 with all that is known."""

    connection: Connection[Any]
    ledger: PostgresLedger
    model: PostgresReadModel
    programs: int
    size: int

    @property
    def view(self) -> Viewpoint:
        return Viewpoint(_LAST_DAY, _LAST_DAY, self.size)

    @property
    def asked(self) -> dict[str, Any]:
        return {
            "as_of": _LAST_DAY,
            "dated_by": _LAST_DAY,
            "counts_by": _LAST_DAY,
            "at_position": self.size,
            "edition_dated_on": date.max,
            "edition_day_order": 2_147_483_647,
        }

    def of_one(self, program: int) -> dict[str, Any]:
        return {**self.asked, "program": name_of(program)}

    def of_many(self, programs: range, prefix: str) -> dict[str, Any]:
        names = [name_of(program) for program in programs]
        return {**self.asked, "programs": names, "prefixes": [prefix]}


@contextmanager
def reader(owner_url: str, app_url: str, programs: int) -> Iterator[Reader]:
    """A reader of a seeded database, with the answers about all programs kept ready."""
    ledger = PostgresLedger(app_url)
    try:
        with psycopg.connect(app_url, autocommit=True) as connection:
            found = Reader(
                connection, ledger, model := PostgresReadModel(ledger), programs, model.size()
            )
            _keep_ready(owner_url, found)
            yield found
    finally:
        ledger.close()


def _keep_ready(owner_url: str, asked: Reader) -> None:
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(_TABLES)
        for program in range(asked.programs):
            name, of_one = name_of(program), asked.of_many(range(program, program + 1), "")
            state = _STATE.dump_json(asked.model.state(name, asked.view)).decode()
            owner.execute("INSERT INTO benchmark.kept VALUES (%s, %s)", (name, state))
            owner.execute(_FILL + sql.text("states"), of_one)
        owner.execute("VACUUM (ANALYZE) benchmark.kept, benchmark.current")


def one_program(asked: Reader, repetitions: int) -> Iterator[Figure]:
    """One program at a moment: SQL until the answer has arrived, and the whole method."""
    for withdrawn in (0, 5):
        programs = [n for n in range(min(ASKED, asked.programs)) if withdrawals_of(n) == withdrawn]
        for what, against, one, other in _WAYS:
            pairs = [(partial(one, asked, n), partial(other, asked, n)) for n in programs]
            named = f"{what}, {withdrawn or 'no'} withdrawals"
            yield compare(asked.size, named, against, pairs, repetitions)


def _statements(asked: Reader, program: int) -> None:
    asked.connection.execute(sql.text("state"), asked.of_one(program), binary=True)


def _current_rows(asked: Reader, program: int) -> None:
    asked.connection.execute(_CURRENT, asked.of_one(program), binary=True)


def _with_sums(asked: Reader, program: int) -> None:
    with asked.connection.pipeline():
        _statements(asked, program)
        asked.connection.execute(sql.text("moved"), asked.of_one(program))


def _kept_row(asked: Reader, program: int) -> None:
    asked.connection.execute(_KEPT, asked.of_one(program))


def _method(asked: Reader, program: int) -> State:
    return asked.model.state(name_of(program), asked.view)


def _kept_objects(asked: Reader, program: int) -> State:
    with asked.ledger.connection() as connection:
        row = connection.execute(_KEPT, asked.of_one(program)).fetchone()
    if row is None:
        raise LookupError(program)
    return _STATE.validate_json(row["state"])


_WAYS = (
    ("statements (SQL)", "as many current rows by key", _statements, _current_rows),
    ("state with sums (SQL)", "the answer kept in one row", _with_sums, _kept_row),
    ("state (method)", "the answer kept in one row, as objects", _method, _kept_objects),
)


def all_programs(asked: Reader, repetitions: int) -> Iterator[Figure]:
    """All programs at once, cells of one kind: SQL, and the whole method."""
    everyone = range(asked.programs)
    names = [name_of(program) for program in everyone]
    for prefix in KINDS:
        name = "moved_of_programs" if prefix.startswith("cash") else "states"

        def at_once(name: str = name, prefix: str = prefix) -> None:
            asked.connection.execute(sql.text(name), asked.of_many(everyone, prefix), binary=True)

        def one_by_one(name: str = name, prefix: str = prefix) -> None:
            for program in everyone:
                of_one = asked.of_many(range(program, program + 1), prefix)
                asked.connection.execute(sql.text(name), of_one, binary=True)

        def method(prefix: str = prefix) -> None:
            asked.model.states(names, asked.view, ["element:", "indicator:", prefix])

        what = f"{prefix} of all {asked.programs:,} programs"
        sums = "one by one (SQL)"
        yield compare(asked.size, f"{what} (SQL)", sums, [(at_once, one_by_one)], repetitions)
        if prefix == KINDS[0]:
            what = f"{what}, with the tree (method)"
            yield compare(
                asked.size, what, "its statements (SQL)", [(method, at_once)], repetitions
            )
