"""Rows of a recognized table: read in place, or moved back where cells before them were lost."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from application.intake.kind import Found
from application.intake.said import Unread
from application.intake.text import is_empty, plain
from domain.event import SourceCell

MOST_LOST = 2
_GOES_ON = re.compile(r"[а-яёa-z\-–—(),;:»]")
_UNFINISHED = (",", ":", "-")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table (counted from 0) whose cells stand `lost` places left of their columns."""

    found: Found
    number: int
    lost: int = 0

    def text(self, field: str) -> str:
        """What is printed under a field as a text; a cell merged downwards is read in its first row."""
        column = self._column(field)
        return "" if column is None else plain(self.found.table.rows[self.number][column])

    def shared(self, field: str) -> str:
        """As `text`, but a cell merged downwards is read in all of its rows."""
        column = self._column(field)
        if column is None:
            return ""
        table = self.found.table
        at = table.merged.get((self.number, column), (self.number, column))
        return plain(table.rows[at[0]][at[1]]) if at[1] == column else ""

    def at(self, field: str = "") -> SourceCell:
        """The place in the paper, counted from 1."""
        column = self._column(field)
        return SourceCell(
            table=self.found.table.number,
            row=self.number + 1,
            cell=None if column is None else column + 1,
        )

    def unread(self, why: str, field: str = "") -> Unread:
        """That a cell, or the row, could not be read."""
        return Unread(self.at(field), why)

    def says_all(self, fields: Iterable[str]) -> bool:
        """Whether something is printed under every one of the fields."""
        return all(self.text(field) for field in fields)

    def says_any(self, fields: Iterable[str]) -> bool:
        """Whether anything is printed under one of the fields."""
        return any(self.text(field) for field in fields)

    @property
    def ends_in_time(self) -> bool:
        """Whether the places that the lost cells would have filled are empty."""
        width = max(self.found.columns.values()) + 1
        return all(is_empty(text) for text in self._cells[width - self.lost : width])

    @property
    def filled(self) -> list[str]:
        """All texts of the row."""
        return [plain(text) for text in self._cells if not is_empty(text)]

    @property
    def _cells(self) -> tuple[str, ...]:
        return self.found.table.rows[self.number]

    def _column(self, field: str) -> int | None:
        column = self.found.columns.get(field)
        return None if column is None or column < self.lost else column - self.lost


def fitted(found: Found, number: int, fits: Callable[[Row], bool]) -> Row | None:
    """The row as it makes sense: in place, else with one or two leading cells lost. None: in no way."""
    for lost in range(MOST_LOST + 1):
        row = Row(found, number, lost)
        if row.ends_in_time and fits(row):
            return row
    return None


def has_words(text: str) -> bool:
    """Whether a text holds a word, so that it could be a name."""
    return re.search(r"[^\W\d_]{2}", text) is not None


def goes_on(before: str, text: str) -> bool:
    """Whether a text continues the one that stood before it, torn by the end of a row or page."""
    opened = before.count("«") > before.count("»") or before.count("(") > before.count(")")
    begun = _GOES_ON.match(text) is not None or opened or before.endswith(_UNFINISHED)
    return begun and has_words(text)


def joined(before: str, text: str) -> str:
    """A torn text made whole. A word torn at its hyphen keeps the hyphen."""
    torn = re.search(r"\w-$", before) is not None
    return f"{before}{'' if torn else ' '}{text}"


def years_of(found: Found, field: str) -> dict[str, str]:
    """The year's fields of a table in the order of years: field → year."""
    named = sorted(name for name in found.columns if name.startswith(f"{field}-"))
    return {name: name.removeprefix(f"{field}-") for name in named}
