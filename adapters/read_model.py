"""The read model: rows written with their events, and the questions asked of them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Protocol

from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from pydantic import Field, TypeAdapter

from adapters import sql
from adapters.copying import copy_in
from application.ledger import Recorded
from application.ports import ProgramRow, RecordedQuery, Story
from domain.access import AccessEvent, AccessGranted, AccessRevoked, KeyIssued
from domain.dates import Assertion, Moved, Posting, Row, Timing, Viewpoint, Withdrawal
from domain.event import Event
from domain.program import Registered
from domain.state import State, existing
from domain.values import CellValue

_VALUES: TypeAdapter[list[CellValue]] = TypeAdapter(
    list[Annotated[CellValue, Field(union_mode="left_to_right")]]
)
_timing = lru_cache(maxsize=10_000)(Timing)
TABLES: dict[type, str] = {
    Assertion: "assertion",
    Withdrawal: "withdrawal",
    Posting: "posting",
    Registered: "program",
    AccessGranted: "access_grant",
    KeyIssued: "access_key",
    AccessRevoked: "access_revoked",
}
"""The table of each kind of row."""


def rows_of(position: int, event: Event) -> Iterator[tuple[type, dict[str, Any]]]:
    """The rows of the read model that an event gives, each with its kind."""
    if isinstance(event, Registered | AccessEvent):
        yield type(event), {**_of_event(event), "position": position}
    for row in event.rows(position):
        if type(row) in TABLES:
            yield type(row), {"program": event.program, **_columns(row)}


def _of_event(event: Registered | AccessEvent) -> dict[str, Any]:
    """The row of an event that says nothing about cells (a registration: besides what it says)."""
    match event:
        case Registered():
            whose = event.municipality
            return {
                "program": event.program,
                "municipality": whose.id,
                "municipality_name": whose.name,
                "zone": whose.zone,
                "region": whose.region,
                "invented": whose.invented,
            }
        case AccessGranted():
            holds = {"effective_on": event.effective_on, "until_on": event.until_on}
            return {**_actor(event), **dict(event.scope), "role": event.role, **holds}
        case KeyIssued():
            return {**_actor(event), "digest": event.digest, "until_on": event.until_on}
        case AccessRevoked():
            return {"of_position": event.of_position}
        case _:
            raise TypeError(type(event).__name__)


def _actor(event: AccessEvent) -> dict[str, str]:
    return {"issuer": event.actor.issuer, "subject": event.actor.subject}


def _columns(row: Row) -> dict[str, Any]:
    columns = {
        field: getattr(row, field) for field in row.__dataclass_fields__ if field != "timing"
    }
    columns |= {field: getattr(row.timing, field) for field in Timing.__dataclass_fields__}
    for field in ("value", "was"):
        if (value := columns.get(field)) is not None:
            columns[field] = Jsonb(value.model_dump(mode="json", exclude_defaults=True))
    return columns


def write(
    connection: Connection[DictRow], events: Iterable[tuple[int, Event]], schema: str = "read"
) -> None:
    """Writes the rows of events at positions, when they are recorded or anew."""
    rows: dict[type, list[dict[str, Any]]] = {}
    for position, event in events:
        for kind, columns in rows_of(position, event):
            rows.setdefault(kind, []).append(columns)
    for kind, of_kind in rows.items():
        copy_in(connection, schema, TABLES[kind], of_kind)


class Connections(Protocol):
    """Where connections and recorded events come from (the ledger)."""

    def connection(self) -> AbstractContextManager[Connection[DictRow]]: ...

    def recorded(self, row: DictRow) -> Recorded: ...


class PostgresReadModel:
    """The questions of `application.ports.ReadModel`, answered by SQL."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def _all(self, name: str, **values: Any) -> list[DictRow]:
        with self._ledger.connection() as connection:
            return connection.execute(sql.text(name), values).fetchall()

    def _one(self, name: str, **values: Any) -> DictRow | None:
        rows = self._all(name, **values)
        return rows[0] if rows else None

    def state(self, program: str, viewpoint: Viewpoint) -> State:
        """The state of one program at a viewpoint."""
        asked = {"program": program, **_dates(viewpoint)}
        with self._ledger.connection() as connection, connection.pipeline():
            stated = connection.execute(sql.text("state"), asked, binary=True)
            moved = connection.execute(sql.text("moved"), asked)
            winners = {said.cell: said for said in assertions(stated.fetchall())}
            sums = {
                row["cell"]: Moved(row["amount"], tuple(row["positions"]))
                for row in moved.fetchall()
            }
        return existing(winners, sums)

    def states(
        self, programs: Sequence[str], viewpoint: Viewpoint, prefixes: Sequence[str]
    ) -> dict[str, State]:
        """The states of many programs at once, only the cells that begin with one of the prefixes
        (the tree is needed to hide what does not exist: ask for `element:` and `indicator:` too).
        """
        asked = {
            "programs": list(programs),
            "prefixes": list(prefixes),
            **_dates(viewpoint),
        }
        winners: dict[str, dict[str, Assertion]] = {program: {} for program in programs}
        rows = self._all("states", **asked)
        for row, said in zip(rows, assertions(rows), strict=True):
            winners[row["program"]][said.cell] = said
        sums: dict[str, dict[str, Moved]] = {program: {} for program in programs}
        for row in self._all("moved_of_programs", **asked):
            sums[row["program"]][row["cell"]] = Moved(row["amount"], tuple(row["positions"]))
        return {program: existing(winners[program], sums[program]) for program in programs}

    def programs(self, at_position: int) -> list[ProgramRow]:
        """All programs registered up to a position."""
        return [ProgramRow(**row) for row in self._all("programs", at_position=at_position)]

    def program(self, program: str) -> ProgramRow | None:
        """Whose a program is; None if there never was one."""
        row = self._one("program", program=program)
        return ProgramRow(**row) if row else None

    def known_since(self, cell: str, program: str) -> date | None:
        """The first day from which a cell is stated at all."""
        row = self._one("known_since", program=program, cell=cell)
        return row["effective_on"] if row else None

    def last_effect(self, program: str, document: str, at_position: int) -> date:
        """The latest day from which a statement of a document holds, as known at a position."""
        row = self._one("last_effect", program=program, document=document, at_position=at_position)
        return row["effective_on"] if row and row["effective_on"] else date.min

    def document_edition(self, program: str, document: str) -> tuple[date, int] | None:
        """The date and day order of an act."""
        row = self._one("document_edition", program=program, cell=f"document:{document}:kind")
        return (row["dated_on"], row["day_order"]) if row else None

    def position_at(self, instant: datetime) -> int:
        """The last event taken in at or before an instant; 0 if none."""
        row = self._one("position_at", instant=instant)
        return row["position"] if row else 0

    def recorded_at(self, position: int) -> datetime | None:
        """When an event was taken in; None if there is no such position."""
        row = self._one("recorded_at", position=position)
        return row["recorded_at"] if row else None

    def size(self) -> int:
        """The size of the log: the last position, since positions are dense."""
        row = self._one("log_size", program="")
        return row["size"] if row else 0

    def last_position(self, program: str, at_position: int) -> int:
        """The last event of a program up to a position."""
        row = self._one("last_position", program=program, at_position=at_position)
        return row["position"] if row else 0

    def events(self, asked: RecordedQuery) -> list[Recorded]:
        """Recorded events in the order of the log."""
        rows = self._all(
            "events",
            program=asked.program,
            after=asked.after,
            limit=asked.limit,
            up_to=asked.up_to,
            topic=asked.topic,
            programs=list(asked.programs) if asked.programs is not None else None,
        )
        return [self._ledger.recorded(row) for row in rows]

    def story(self, program: str, cell: str) -> Story:
        """All statements about a cell and everything that may withdraw them."""
        return Story(
            assertions(self._all("story", program=program, cell=cell)),
            [withdrawal(row) for row in self._all("withdrawals", program=program)],
            [posting(row) for row in self._all("postings", program=program, cell=cell)],
        )


def _dates(viewpoint: Viewpoint) -> dict[str, Any]:
    edition = viewpoint.edition
    return {
        "as_of": viewpoint.as_of,
        "dated_by": viewpoint.dated_by,
        "counts_by": max(viewpoint.as_of, viewpoint.dated_by),
        "at_position": viewpoint.at_position,
        "edition_dated_on": edition[0] if edition else date.max,
        "edition_day_order": edition[1] if edition else 2_147_483_647,
    }


def timing(row: DictRow) -> Timing:
    """The dates of a row; the same for all that one document says from one day."""
    return _timing(
        row["effective_on"],
        row["dated_on"],
        row["document"],
        row["in_force_on"],
        row["day_order"],
        row["until_on"],
        row["is_act"],
    )


def assertions(rows: Sequence[DictRow]) -> list[Assertion]:
    """Rows of `read.assertion`, values as JSON text, as statements."""
    values = _values(row["value"] for row in rows)
    formerly = iter(_values(row["was"] for row in rows if row["was"] is not None))
    return [
        Assertion(
            row["position"],
            row["cell"],
            value,
            timing(row),
            row["rank"],
            None if row["was"] is None else next(formerly),
        )
        for row, value in zip(rows, values, strict=True)
    ]


def _values(texts: Iterable[str]) -> list[CellValue]:
    """Values parsed together: one by one costs twice the time."""
    return _VALUES.validate_json(f"[{','.join(texts)}]")


def withdrawal(row: DictRow) -> Withdrawal:
    """A row of `read.withdrawal` as a withdrawal."""
    return Withdrawal(
        position=row["position"],
        timing=timing(row),
        recording_error=row["recording_error"],
        of_position=row["of_position"],
        of_document=row["of_document"],
        of_cell=row["of_cell"],
        reason=row["reason"],
    )


def posting(row: DictRow) -> Posting:
    """A row of `read.posting` as a posting."""
    return Posting(row["position"], row["cell"], Decimal(row["amount"]), timing(row))
