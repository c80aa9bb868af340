"""A log of a given size: invented programs through COPY, rows as the ledger would have written them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID, uuid5

import psycopg
from psycopg import sql

from adapters.event_store import ANSWERED, Envelope, EnvelopeMapper, StoredEnvelope
from adapters.read_model import TABLES, rows_of
from application.ledger import Metadata
from domain.dates import Withdrawal
from domain.event import Event
from tests.benchmarks.chronicles import EVENTS_A_PROGRAM, NAME, SIZES, chronicle

ASKED = 12
"""The first programs are asked about: every size once, three of them (3, 7, 11) with withdrawals."""

_CHUNK = 20_000
_SPACE = UUID(int=0)
_CLERK = Metadata(actor="clerk-1", role="reporting", request_id="r", correlation_id="r")
_MAPPER = EnvelopeMapper.__new__(EnvelopeMapper)


def name_of(program: int) -> str:
    """The name of the n-th program, from 0."""
    return f"program-{program:04}"


def withdrawals_of(program: int) -> int:
    """How many withdrawals the n-th program has: a tenth of the programs some, three asked ones five."""
    if program < ASKED:
        return 5 if program % 4 == 3 else 0
    return 1 + program // 10 % 5 if program % 10 == 3 else 0


@dataclass(frozen=True, slots=True)
class Place:
    """One event of a template: its stored form and its read rows, under the template's name."""

    stored: StoredEnvelope
    rows: tuple[tuple[type, dict[str, Any]], ...]


@cache
def template(size: int, withdrawn: int) -> tuple[tuple[date, tuple[Place, ...]], ...]:
    """The batches of an invented program with their days, ready to be copied under any name."""
    versions: dict[str, int] = {}
    place = 0
    made = []
    for number, batch in enumerate(chronicle(size, withdrawn)):
        places = []
        for event in batch.events:
            place += 1
            versions[event.stream] = versions.get(event.stream, 0) + 1
            stored = _stored(event.stream, versions[event.stream], event.topic, event, None)
            places.append(Place(stored, tuple(rows_of(place, event))))
        place += 1
        answer = {"digest": "0" * 64, "events": len(batch.events), "result": {}}
        stored = _stored(f"request/{NAME}-{number}", 1, ANSWERED, None, answer)
        made.append((batch.on, (*places, Place(stored, ()))))
    return tuple(made)


def _stored(
    stream: str, version: int, topic: str, event: Event | None, answer: dict[str, Any] | None
) -> StoredEnvelope:
    payload = event.model_dump(mode="json", exclude_none=True) if event else answer or {}
    identity = uuid5(_SPACE, f"{stream}/{version}")
    envelope = Envelope(stream, version, topic, identity, _CLERK, event, payload)
    stored = _MAPPER.to_stored_event(envelope)
    if not isinstance(stored, StoredEnvelope):
        raise TypeError(type(stored).__name__)
    return stored


def seed(owner_url: str, events: int) -> int:
    """Fills an empty migrated database with about so many events of whole programs; how many programs.

    Batches of all programs stand in the log by day, so that the rows of one are scattered.
    """
    programs = max(4, round(events / EVENTS_A_PROGRAM))
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # positions are chosen here
        connection.execute("SET synchronous_commit = off")
        waiting: dict[str, list[dict[str, Any]]] = {}
        for table, row in _rows(programs):
            waiting.setdefault(table, []).append(row)
            if len(waiting[table]) == _CHUNK:
                copy(connection, table, waiting.pop(table))
        for table, rows in waiting.items():
            copy(connection, table, rows)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return programs


def copy(connection: psycopg.Connection[Any], table: str, rows: list[dict[str, Any]]) -> None:
    """COPY of rows with the same columns into a table, its schema named."""
    columns = list(rows[0])
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(*table.split(".")), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(into) as stream:
        for row in rows:
            stream.write_row(list(row.values()))


def _rows(programs: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """All rows of all programs in the order of the log, each with its table."""
    random = Random(programs)  # noqa: S311 (a shuffle)
    templates = [template(number % SIZES, withdrawals_of(number)) for number in range(programs)]
    order = sorted(
        (on, random.random() + batch, number, batch)
        for number, batches in enumerate(templates)
        for batch, (on, _) in enumerate(batches)
    )
    positions: list[list[int]] = [[0] for _ in range(programs)]
    last = 0
    for on, _, number, batch in order:
        for place in templates[number][batch][1]:
            last += 1
            positions[number].append(last)
            yield "history.event", _event(place.stored, number, last, on)
            for kind, columns in place.rows:
                row = columns | {"program": name_of(number), "position": last}
                if kind is Withdrawal and row["of_position"] is not None:
                    row["of_position"] = positions[number][row["of_position"]]
                yield f"read.{TABLES[kind]}", row


def _event(stored: StoredEnvelope, number: int, position: int, on: date) -> dict[str, Any]:
    name, identity = name_of(number), uuid5(_SPACE, str(position))
    state = stored.state.replace(NAME.encode(), name.encode())
    noon = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return {
        **stored.columns,
        "notification_id": position,
        "recorded_at": noon + timedelta(microseconds=position),
        "originator_id": str(stored.originator_id).replace(NAME, name),
        "originator_version": stored.originator_version,
        "topic": stored.topic,
        "state": state.replace(str(stored.columns["event_id"]).encode(), str(identity).encode()),
        "event_id": identity,
        "program": name if stored.columns["program"] else None,
    }
