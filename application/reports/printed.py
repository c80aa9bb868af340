"""A form as it is printed, whatever file it becomes: titles, columns, rows, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Formula:
    """How a spreadsheet computes a cell. `text` is an expression without «=» in English function names,
    `{field}` in it stands for the cell of that column in the same row: `{cash}/{plan_year}*100`.
    `sum_of`: the rows (counted from 0) of the same column that add up to it, instead of `text`.

    A cell that is empty but for its formula stands in a blank: it shows nothing while nothing that it
    is made of is filled in.
    """

    text: str = ""
    sum_of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell: `text` as printed (decimal comma, no-break spaces between thousands), and for a figure
    its exact `number` in the printed unit. `formula` is for files that compute.
    """

    text: str = ""
    number: Decimal | None = None
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column. `titles` are its header from top to bottom; neighbours that share an upper title share a
    merged cell. `width` is relative to the others.
    """

    field: str
    titles: tuple[str, ...]
    width: int = 10
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: a `group` heading spans all columns with its first cell's text."""

    cells: tuple[PrintedCell, ...]
    kind: Literal["row", "group", "total"] = "row"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table. `numbered`: a row under the header numbers the columns from 1."""

    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    caption: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form ready for any file. `about` are the footer's lines (viewpoint, edition, log position);
    `invented` is printed over everything that is an illustration. `program`, `form`, `year` and
    `position` are what a file carries inside, so that it is recognized when handed in again.
    """

    program: str
    form: str
    year: int
    position: int
    title: tuple[str, ...]
    tables: tuple[PrintedTable, ...]
    about: tuple[str, ...]
    invented: str = ""
    notes: tuple[str, ...] = ()


def headings(columns: Sequence[PrintedColumn]) -> int:
    """How many header rows the columns need."""
    return max(len(column.titles) for column in columns)
