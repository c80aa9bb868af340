"""What the application asks of the read model, of the stores of papers and of issued files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from application.ledger import Recorded
from application.reports.printed import PrintedForm
from domain.dates import Assertion, Posting, Viewpoint, Withdrawal
from domain.state import State


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program and whose it is. `invented` marks illustrations."""

    program: str
    municipality: str
    municipality_name: str
    zone: str
    invented: bool
    position: int


@dataclass(frozen=True, slots=True)
class RecordedQuery:
    """Which events of the log: of a program or of all, after a position, up to one, of a topic."""

    program: str | None = None
    after: int = 0
    up_to: int | None = None
    topic: str | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Story:
    """Everything said about a cell, and what may withdraw it."""

    assertions: list[Assertion]
    withdrawals: list[Withdrawal]
    postings: list[Posting]


class ReadModel(Protocol):
    """Questions about the rows that events left; every answer is for ever the same for the same
    viewpoint.
    """

    def state(self, program: str, viewpoint: Viewpoint) -> State: ...

    def states(
        self, programs: Sequence[str], viewpoint: Viewpoint, prefixes: Sequence[str]
    ) -> dict[str, State]: ...

    def programs(self, at_position: int) -> list[ProgramRow]: ...

    def program(self, program: str) -> ProgramRow | None: ...

    def known_since(self, cell: str, program: str) -> date | None: ...

    def last_effect(self, program: str, document: str, at_position: int) -> date: ...

    def document_edition(self, program: str, document: str) -> tuple[date, int] | None: ...

    def position_at(self, instant: datetime) -> int: ...

    def recorded_at(self, position: int) -> datetime | None: ...

    def size(self) -> int: ...

    def last_position(self, program: str, at_position: int) -> int: ...

    def events(self, asked: RecordedQuery) -> list[Recorded]: ...

    def story(self, program: str, cell: str) -> Story: ...


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A file as it was handed in; `digest` is its SHA-256."""

    digest: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table is read: its kind, and the column (counted from 1) of fields."""

    kind: str
    columns: Mapping[str, int]


class Papers(Protocol):
    """The files that figures were read from (erasable, outside of the history), and how tables of a
    municipality are to be read where their headers mislead, by the header's text.
    """

    def keep(self, paper: KeptPaper) -> None: ...

    def paper(self, digest: str) -> KeptPaper | None: ...

    def remember(self, municipality: str, header: str, mapping: TableMapping) -> None: ...

    def mappings(self, municipality: str) -> dict[str, TableMapping]: ...


class Issued(Protocol):
    """The files in which reports were issued: a part of the history, kept for ever as they were."""

    def keep(self, file: KeptPaper) -> None: ...

    def issued(self, digest: str) -> KeptPaper | None: ...


class Writer(Protocol):
    """Writes a form as a file of a format; the same form is the same bytes."""

    def __call__(self, form: PrintedForm, file_format: str) -> bytes: ...
