"""Kinds of tables, recognized by their headers and never by their place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from application.intake.answers import Answers
from application.intake.names import Names
from application.intake.paper import Paper, Table
from application.intake.said import Read
from application.intake.text import folded
from domain.event import SourceCell
from domain.state import State

HEADER_STARTS_WITHIN = 12
HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of table has. `says` is a pattern over the header's text as one compares it
    (all header rows of the column, top to bottom, joined by « | »). A group in it makes one field
    a match: `year` with «(20..) год» gives `year-2020`, `year-2021`, …
    """

    field: str
    says: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """What reading a table needs to know besides the table. `year` is the paper's own (the report's,
    the road map's), `state` what Letopis knows of the program (None: nothing yet).
    """

    paper: Paper
    names: Names
    answers: Answers
    year: int | None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A table, recognized: which kind it is, which column (counted from 0) holds which field, where the
    data begin, and the header's text.
    """

    table: Table
    kind: "Kind"
    columns: Mapping[str, int]
    first_row: int
    header: tuple[str, ...] = ()

    def cell(self, row: int, field_: str) -> str:
        """What is printed in a row (counted from 0) under a field, "" where there is no such column."""
        column = self.columns.get(field_)
        return self.table.rows[row][column] if column is not None else ""

    def at(self, row: int, field_: str, printed: str = "") -> SourceCell:
        """The place in the paper, counted from 1."""
        column = self.columns.get(field_)
        return SourceCell(
            table=self.table.number,
            row=row + 1,
            cell=None if column is None else column + 1,
            printed=printed,
        )

    @property
    def data_rows(self) -> range:
        return range(self.first_row, len(self.table.rows))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its name, what people call it, its columns, and how it is read."""

    name: str
    title: str
    columns: tuple[Column, ...]
    read: Callable[[Sequence[Found], Scope], Iterator[Read]]
    mapped: bool = field(default=True)

    def match(self, header: Sequence[str]) -> dict[str, int] | None:
        """Which column holds which field, None if a required one is not there. A column of the table
        is given to the first field that its header says.
        """
        found: dict[str, int] = {}
        met: set[str] = set()
        for place, text in enumerate(header):
            for column in self.columns:
                hit = re.search(column.says, text)
                if hit is None:
                    continue
                name = f"{column.field}-{hit[1]}" if hit.re.groups else column.field
                if name not in found:
                    found[name] = place
                    met.add(column.field)
                    break
        needed = {column.field for column in self.columns if column.required}
        return found if needed <= met else None


def recognize(table: Table, kinds: Sequence[Kind]) -> Found | None:
    """The kind of a table whose required columns all stand in its header; of several the one that
    explains most columns. None: its header is of no known kind.
    """
    best: Found | None = None
    last_start = min(HEADER_STARTS_WITHIN, len(table.rows))
    for start in range(last_start):
        for depth in range(1, HEADER_ROWS + 1):
            if start + depth > len(table.rows):
                break
            header = header_of(table, start, depth)
            for kind in kinds:
                columns = kind.match(header)
                if columns is None or (best and len(columns) <= len(best.columns)):
                    continue
                first = start + depth
                if first < len(table.rows) and _is_numbering(table.rows[first]):
                    first += 1
                best = Found(table, kind, columns, first, tuple(header))
    return best


def header_of(table: Table, start: int, depth: int) -> list[str]:
    """The text above every column, as one compares it, top to bottom."""
    header = []
    for column in range(table.width):
        texts = [folded(table.text(row, column)) for row in range(start, start + depth)]
        header.append(" | ".join(dict.fromkeys(text for text in texts if text)))
    return header


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3, …"""
    filled = [text.strip() for text in row if text.strip()]
    return len(filled) > 1 and filled == [str(n) for n in range(1, len(filled) + 1)]
