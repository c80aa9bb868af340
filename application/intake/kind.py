"""Kinds of tables, recognized by their headers and never by their place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from application.intake.answers import Answers
from application.intake.names import Names
from application.intake.paper import Paper, Table
from application.intake.refused import AnswersNeeded
from application.intake.said import Read
from application.intake.text import folded, is_empty, plain
from domain.event import SourceCell
from domain.state import State

HEADER_STARTS_WITHIN = 12
HEADER_ROWS = 3
LONGEST_WITHOUT_HEADER = 500
_FIGURE = re.compile(r"[-+]?[0-9 ]*[0-9](?:[.,][0-9]+)?%?")
_YEAR = re.compile(r"20[0-9]{2}")
_PAGE = re.compile(r"(?:стр\.?|страница|лист) ?[0-9]+")
_REMARKS = ("примечани", "продолжение таблицы")
FEWEST_NUMBERED = 3

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of table has. `says` is a pattern over the header's text as one compares it
    (all header rows of the column, top to bottom, joined by « | »). A group in it makes one field
    a match: `year` with «(20..) год» gives `year-2020`, `year-2021`, …

    `figure`: one figure a row, which no other column may claim. `about`: what its figures are of, so that
    a header that names another year or part of it is not read as this one.
    """

    field: str
    says: str
    required: bool = True
    figure: bool = False
    about: Literal["", "year", "last year", "period"] = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What reading a table needs to know besides the table. `year` is the paper's own (the report's,
    the road map's), `period` the part of it that a report is about (left out: the whole year), `state`
    what Letopis knows of the program (None: nothing yet), `met` the persons that its municipality's papers
    have named so far: those whom the paper names first are added.
    """

    paper: Paper
    names: Names
    answers: Answers
    year: int | None
    state: State | None = None
    period: str = ""
    met: dict[tuple[str, str], str] = field(default_factory=dict)

    def knows(self, cell: str) -> bool:
        """Whether a value of the cell is known."""
        return self.state is not None and self.state.text(cell) is not None

    @property
    def needed_year(self) -> int:
        """The paper's year. Refuses: AnswersNeeded."""
        if self.year is None:
            raise AnswersNeeded.of("year")
        return self.year


@dataclass(frozen=True, slots=True)
class Found:
    """A table, recognized: which kind it is, which column (counted from 0) holds which field, where the
    data begin, and the header's text. `repeats`: rows of the header, which pages repeat.
    """

    table: Table
    kind: "Kind"
    columns: Mapping[str, int]
    first_row: int
    header: tuple[str, ...] = ()
    repeats: frozenset[Row] = frozenset()

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

    def alone(self, row: int) -> str:
        """The text of a row in which nothing else stands (a heading), "" for other rows. What stands in
        columns that are of no known field does not count, unless nothing else is there.
        """
        texts = self.table.rows[row]
        known = [texts[column] for column in dict.fromkeys(self.columns.values())]
        filled = [text for text in known if not is_empty(text)]
        filled = filled or [text for text in texts if not is_empty(text)]
        return plain(filled[0]) if len(filled) == 1 else ""

    @property
    def titles(self) -> Sequence[str]:
        """What stands above the header in the table itself, as on a sheet."""
        rows = (row for row in self.table.rows[: self.first_row] if _bare(row) not in self.repeats)
        return [plain(text) for row in rows for text in row if not is_empty(text)]

    @property
    def data_rows(self) -> Sequence[int]:
        """The rows that say something: not empty, no header again, no remark below the table."""
        rows = enumerate(map(_bare, self.table.rows[self.first_row :]), self.first_row)
        return [
            row
            for row, bare in rows
            if any(bare) and bare not in self.repeats and not _is_remark(bare)
        ]

    def continued(self, table: Table) -> "Found":
        """The same table going on in the next one, which has no header, or repeats it further below."""
        return replace(self, table=table, first_row=0)

    def goes_on_in(self, table: Table, other: "Found | None") -> bool:
        """Whether the next table, recognized as the `other`, is the same one going on: without a header,
        or with data above the header.
        """
        if table.width != self.table.width or other is None:
            return table.width == self.table.width
        rows = (row for row in table.rows[: other.first_row] if _bare(row) not in other.repeats)
        same = self.kind is other.kind and self.columns == other.columns
        return same and any(sum(bool(text.strip()) for text in row) > 1 for row in rows)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its name, what people call it, its columns, and how it is read. `of_year`: what
    it says is of the paper's year, so that one must be known. `fits` recognizes such a table where
    no header does (two columns «field, text»), None if it is none. `flows`: its text may stand in
    paragraphs between its parts.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    read: Callable[[Sequence[Found], Scope], Iterator[Read]]
    mapped: bool = field(default=True)
    fits: Callable[[Table], "Found | None"] | None = None
    of_year: bool = False
    is_list: bool = False
    flows: bool = False

    def match(
        self, header: Sequence[str], given: Mapping[str, int] | None = None
    ) -> dict[str, int] | None:
        """Which column holds which field, None if a required one is not there. A column of the table
        is given to the first field that its header says. What is `given` (counted from 0, -1: there is
        no such column) is not asked of the header.
        """
        given = given or {}
        if any(self.column(name) is None for name in given):
            return None
        found = {name: place for name, place in given.items() if 0 <= place < len(header)}
        met = {column.field for name in found if (column := self.column(name))}
        taken = set(found.values())
        for place, text in enumerate(header):
            if place in taken:
                continue
            for column in self.columns:
                hit = re.search(column.says, text)
                if hit is None:
                    continue
                name = f"{column.field}-{hit[1]}" if hit.re.groups else column.field
                if name not in found and name not in given:
                    found[name] = place
                    met.add(column.field)
                    break
        needed = {column.field for column in self.columns if column.required}
        return found if needed <= met else None

    def column(self, name: str) -> Column | None:
        """The column that a field is of."""
        return next(
            (
                column
                for column in self.columns
                if name == column.field
                or (re.compile(column.says).groups and name.startswith(f"{column.field}-"))
            ),
            None,
        )


def recognize(
    table: Table, kinds: Sequence[Kind], given: Mapping[str, int] | None = None
) -> Found | None:
    """The kind of a table whose required columns all stand in its header (or are `given`); of several
    the one that explains most columns, down to the row that numbers them if there is one. None: its
    header is of no known kind.
    """
    for kind in kinds if len(table.rows) <= LONGEST_WITHOUT_HEADER else ():
        if kind.fits is not None and (found := kind.fits(table)) is not None:
            return found
    best: Found | None = None
    explained = (0, False)
    for start in range(min(HEADER_STARTS_WITHIN, len(table.rows))):
        for depth in range(1, HEADER_ROWS + 1):
            first = start + depth
            if first > len(table.rows) or not _may_be_header(table, first - 1):
                break
            header = header_of(table, start, depth)
            for kind in kinds:
                columns = kind.match(header, given)
                if columns is None:
                    continue
                numbered = first < len(table.rows) and _is_numbering(table.rows[first], columns)
                if (len(columns), numbered) <= explained:
                    continue
                explained = len(columns), numbered
                data = first + 1 if numbered else first
                repeats = frozenset(_bare(row) for row in table.rows[start:data])
                best = Found(table, kind, columns, data, tuple(header), repeats)
    return best


def header_of(table: Table, start: int, depth: int) -> list[str]:
    """The text above every column, as one compares it, top to bottom."""
    header = []
    for column in range(table.width):
        texts = [folded(table.text(row, column)) for row in range(start, start + depth)]
        header.append(" | ".join(dict.fromkeys(text for text in texts if text)))
    return header


def _may_be_header(table: Table, row: int) -> bool:
    """A header's row names several columns, and no figure stands in it but a year."""
    texts = {plain(table.text(row, column)) for column in range(table.width)} - {""}
    figures = (text for text in texts if _FIGURE.fullmatch(text))
    return len(texts) > 1 and all(_YEAR.fullmatch(figure) for figure in figures)


def _is_numbering(row: Row, columns: Mapping[str, int]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3, …, in whichever order they stand."""
    filled = [plain(text) for text in row if not is_empty(text)]
    numbers = {str(n) for n in range(1, len(filled) + 1)}
    return len(filled) >= max(FEWEST_NUMBERED, len(columns)) and set(filled) == numbers


def _bare(row: Row) -> Row:
    return tuple(map(plain, row))


def _is_remark(row: Row) -> bool:
    """Whether a bare row begins as a remark on the table, and no figure stands in it."""
    first = next(filter(None, row), "")
    return first.casefold().startswith(_REMARKS) and not any(map(_FIGURE.fullmatch, row))
