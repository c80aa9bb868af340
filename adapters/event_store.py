"""The ledger on the event library and PostgreSQL: all that touches the library stands here."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, OperationalError as StoreAway, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.utils import Environment
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow
from pydantic_core import to_json

from adapters import read_model, sql
from adapters.copying import AT_ONCE, copy_in
from application.access import Caller
from application.ledger import History, Metadata, Receipt, Recorded, Request
from application.progress import Progress, Stage, unheard
from domain.event import Event
from domain.refusals import AccessMoved, DiskFull, KeyReused, LedgerAway, LostRace, Refusal
from domain.report import ReportSubmitted
from domain.topics import event_from

ANSWERED = "request.answered.v1"
"""Topic of the last event of an append that a client's key names: what was asked, the answer."""

LOG_LOCK = 7305809155
"""Key of the advisory lock that the log's trigger takes: who holds it is the only writer."""

_ADDRESS = ("dbname", "host", "port", "user", "password")
_RECONNECT_S = 1.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event on its way into the log or out of it; `event` None is a request's answer. `payload` is
    the answer, or the event as it was stored.
    """

    originator_id: str
    originator_version: int
    topic: str
    event_id: UUID
    metadata: Metadata
    event: Event | None
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StoredEnvelope(StoredEvent):
    """The library's stored event with the typed columns beside the payload."""

    columns: dict[str, Any]


class EnvelopeMapper(Mapper[str]):
    """Envelopes to stored rows: readable JSON under a stable topic, as exact bytes."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        envelope: Envelope = domain_event
        event, metadata = envelope.event, envelope.metadata
        state = {
            "event_id": envelope.event_id,
            "metadata": metadata.model_dump(exclude_defaults=True),
            "event": event or envelope.payload,
        }
        return StoredEnvelope(
            originator_id=envelope.originator_id,
            originator_version=envelope.originator_version,
            topic=envelope.topic,
            state=to_json(state, exclude_none=event is not None),
            columns={
                "event_id": envelope.event_id,
                "program": event.program if event else None,
                "document": event.basis.document if event else None,
                "effective_on": event.effective_on if event else None,
                "dated_on": event.basis.dated_on if event else None,
                "actor": str(metadata.actor),
                "request_id": metadata.request_id,
                "correlation_id": metadata.correlation_id,
            },
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        return _envelope(
            str(stored_event.originator_id),
            stored_event.originator_version,
            stored_event.topic,
            stored_event.state,
        )


def _envelope(stream: str, version: int, topic: str, stored: bytes) -> Envelope:
    state = json.loads(stored)
    return Envelope(
        originator_id=stream,
        originator_version=version,
        topic=topic,
        event_id=UUID(state["event_id"]),
        metadata=Metadata.model_validate(state["metadata"]),
        event=None if topic == ANSWERED else event_from(topic, state["event"]),
        payload=state["event"],
    )


def recorded(row: DictRow) -> Recorded:
    """A row of the log as a recorded event."""
    envelope = _envelope(
        row["originator_id"], row["originator_version"], row["topic"], bytes(row["state"])
    )
    return Recorded(
        position=row["notification_id"],
        recorded_at=row["recorded_at"],
        stream=envelope.originator_id,
        version=envelope.originator_version,
        topic=envelope.topic,
        event=envelope.event,
        payload=envelope.payload,
        metadata=envelope.metadata,
    )


class Recorder(PostgresApplicationRecorder):
    """The library's recorder on our table: the insert trigger orders writers, so that the table
    lock (a right that the application's role must not have) is not needed; read rows go in beside.
    """

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "event") -> None:
        del events_table_name
        super().__init__(datastore, events_table_name="event")

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """All events and their read rows in one transaction. Never tried again blindly: a commit
        whose answer was lost would look like a conflict.
        """
        history: History = kwargs["history"]
        envelopes: Sequence[Envelope] = kwargs["envelopes"]
        progress: Progress = kwargs["progress"]
        count = len(stored_events)
        starts = range(0, count, AT_ONCE)
        with self.datastore.get_connection() as connection, connection.transaction():
            for start in starts:
                progress(Stage.RECORDING, start, 2 * count)
                _insert(connection, stored_events[start : start + AT_ONCE])
            positions = _positions(connection, count)
            _require_unmoved(connection, history, envelopes, positions)
            _require_rights(connection, kwargs["caller"])
            recorded = [(p, e.event) for p, e in zip(positions, envelopes, strict=True) if e.event]
            for start in starts:
                progress(Stage.RECORDING, count + start, 2 * count)
                read_model.write(connection, recorded[start : start + AT_ONCE])
        return positions


def _insert(connection: Connection[DictRow], stored: Sequence[StoredEvent]) -> None:
    rows = [
        {
            "originator_id": s.originator_id,
            "originator_version": s.originator_version,
            "topic": s.topic,
            "state": s.state,
            **s.columns,
        }
        for s in stored
        if isinstance(s, StoredEnvelope)
    ]
    copy_in(connection, "history", "event", rows)


def _positions(connection: Connection[DictRow], count: int) -> range:
    """Of the events that this transaction has just inserted: under the log's lock they are the last."""
    row = connection.execute(sql.text("log_size"), {"program": ""}).fetchone()
    last = row["size"] if row else 0
    return range(last - count + 1, last + 1)


def _newest(connection: Connection[DictRow], stream: str) -> int:
    row = connection.execute(sql.text("newest_version"), {"stream": stream}).fetchone()
    return row["version"] if row else 0


def _require_rights(connection: Connection[DictRow], caller: Caller) -> None:
    """What the caller holds is what the decision read. Runs under the log's lock: after a revocation
    nothing more is recorded.
    """
    if caller.version not in (None, _newest(connection, caller.actor.stream)):
        raise AccessMoved


def _require_unmoved(
    connection: Connection[DictRow],
    history: History,
    envelopes: Sequence[Envelope],
    positions: Sequence[int],
) -> None:
    """The Program stream that the decision read is still the newest, and positions that the batch
    itself refers to are the ones it got. Runs under the log's lock.
    """
    stream = f"program/{history.program}"
    own = sum(envelope.originator_id == stream for envelope in envelopes)
    if _newest(connection, stream) - own != history.versions.get(stream, 0):
        raise LostRace(stream=stream)
    refers = [
        getattr(e.event, "of_position", 0) or getattr(e.event, "replaces", 0) or 0
        for e in envelopes
    ]
    if max(refers, default=0) > history.log_size and positions[0] != history.log_size + 1:
        raise LostRace(stream="log")
    for envelope in envelopes:
        if isinstance(envelope.event, ReportSubmitted):
            _require_issued_of_now(connection, envelope.event, positions)


def _require_issued_of_now(
    connection: Connection[DictRow], submitted: ReportSubmitted, positions: Sequence[int]
) -> None:
    """The program's history has not moved past the position that the report's files were issued at. It may
    have in streams that the decision does not depend on: a payment, a fact.
    """
    if submitted.at_position is None:
        return
    asked = {"program": submitted.program, "at_position": positions[0] - 1}
    row = connection.execute(sql.text("last_position"), asked).fetchone()
    if row is not None and row["position"] > submitted.at_position:
        raise LostRace(stream="report")


class PostgresLedger(Application[str]):
    """The ledger (`application.ledger.Ledger`) on PostgreSQL 15 to 18."""

    name = "chronicle"

    def __init__(self, url: str, *, pool_size: int = 5, wait: int = 2) -> None:
        """`url`: libpq URL of the application's role; `wait`: seconds for a free connection.

        Refuses: LedgerAway.
        """
        target = conninfo_to_dict(url)
        self._rest_of_url = {k: v for k, v in target.items() if k not in _ADDRESS}
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "APPLICATION_RECORDER_TOPIC": "adapters.event_store:Recorder",
            "MAPPER_TOPIC": "adapters.event_store:EnvelopeMapper",
            "ORIGINATOR_ID_TYPE": "text",
            "CREATE_TABLE": "no",
            "POSTGRES_SCHEMA": "history",
            "POSTGRES_DBNAME": str(target.get("dbname", "letopis")),
            "POSTGRES_HOST": str(target.get("host", "localhost")),
            "POSTGRES_PORT": str(target.get("port", "5432")),
            "POSTGRES_USER": str(target.get("user", "letopis_app")),
            "POSTGRES_PASSWORD": str(target.get("password", "-")),
            "POSTGRES_POOL_SIZE": "1",
            "POSTGRES_MAX_OVERFLOW": str(pool_size - 1),
            "POSTGRES_CONNECT_TIMEOUT": str(wait),
            "POSTGRES_PRE_PING": "yes",
        }
        try:
            with answers_for_the_database():
                super().__init__(settings)
        except Refusal:
            self.close()
            raise

    def construct_factory(self, env: Environment) -> Any:
        """The library's, before its first connection told what it has no setting for: `sslmode`,
        `options`, `application_name`, …
        """
        factory: Any = super().construct_factory(env)
        factory.datastore.pool.kwargs |= self._rest_of_url
        # A pool that waits for a database that went away waits ever longer: give up, ask anew.
        factory.datastore.pool.reconnect_timeout = _RECONNECT_S
        return factory

    @property
    def datastore(self) -> PostgresDatastore:
        """The library's pool, shared with the read model."""
        recorder = self.recorder
        if not isinstance(recorder, Recorder):
            raise TypeError(type(recorder).__name__)
        return recorder.datastore

    @contextmanager
    def connection(self) -> Iterator[Connection[DictRow]]:
        """A connection of the application's role. Refuses: LedgerAway, DiskFull."""
        with answers_for_the_database(), self.datastore.get_connection() as connection:
            yield connection

    def history(self, program: str, streams: Sequence[str] | None = None) -> History:
        """A program's events folded, in the order of the log."""
        history = History(program)
        wanted = None if streams is None else [f"program/{program}", *streams]
        name = "history_of_program" if wanted is None else "history_of_streams"
        asked = {"program": program, "streams": wanted}
        with self.connection() as connection:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                size = connection.execute(sql.text("log_size"), asked).fetchone()
                rows = connection.execute(sql.text(name), asked)
            # A long history is folded for longer than a transaction may idle: its rows are here.
            for row in rows:
                history.record(self.recorded(row))
        if size is not None:
            history.log_size, history.last_position = size["size"], size["last_position"]
        return history

    def recorded(self, row: DictRow) -> Recorded:
        """A row of the log as a recorded event."""
        return recorded(row)

    def append(
        self,
        history: History,
        events: Sequence[Event],
        request: Request,
        command: str,
        result: dict[str, Any],
        progress: Progress = unheard,
    ) -> Receipt:
        """See `application.ledger.Ledger.append`."""
        metadata = request.metadata(command)
        versions = dict(history.versions)
        envelopes: list[Envelope] = []
        for event in events:
            versions[event.stream] = versions.get(event.stream, 0) + 1
            envelopes.append(
                Envelope(
                    event.stream, versions[event.stream], event.topic, uuid4(), metadata, event
                )
            )
        if request.key is not None:
            answer = {"digest": request.digest, "events": len(events), "result": result}
            envelopes.append(
                Envelope(_stream_of(request.key), 1, ANSWERED, uuid4(), metadata, None, answer)
            )
        try:
            with answers_for_the_database():
                recordings = self.save(
                    *envelopes,
                    history=history,
                    envelopes=envelopes,
                    caller=request.caller,
                    progress=progress,
                )
        except LostRace:
            if (first := self.answered(request)) is not None:
                return first
            raise
        positions = tuple(r.notification.id for r in recordings)[: len(events)]
        return Receipt(positions[-1], positions, result)

    def answered(self, request: Request) -> Receipt | None:
        """See `application.ledger.Ledger.answered`."""
        if request.key is None:
            return None
        with self.connection() as connection:
            row = connection.execute(
                sql.text("event_of_stream"), {"stream": _stream_of(request.key)}
            ).fetchone()
        if row is None:
            return None
        answer = self.recorded(row)
        if answer.payload["digest"] != request.digest:
            raise KeyReused
        end, count = answer.position - 1, answer.payload["events"]
        return Receipt(
            end, tuple(range(end - count + 1, end + 1)), answer.payload["result"], replayed=True
        )


def _stream_of(key: str) -> str:
    return f"request/{key}"


@contextmanager
def answers_for_the_database() -> Iterator[None]:
    """Turns the driver's and the library's errors into refusals by name."""
    try:
        yield
    except (StoreAway, psycopg.OperationalError) as error:
        cause = error.__cause__ or error
        if isinstance(cause, psycopg.errors.DiskFull):
            raise DiskFull from error
        raise LedgerAway from error
    except Exception as error:
        cause = error.__cause__ or error
        if isinstance(cause, psycopg.errors.UniqueViolation) and cause.diag.table_name == "event":
            raise LostRace(stream=cause.diag.constraint_name) from error
        raise
