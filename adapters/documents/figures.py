"""Figures as spreadsheets hold them: a number, how it shows, and the formula behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from application.reports.printed import PrintedCell, PrintedTable

_PRINTED = re.compile(
    r"(?P<sign>[+−-]?)(?P<whole>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d+)(?:,(?P<part>\d+))?"
    r"(?P<unit>[ \u00a0\u202f]?%)?"
)
_FIELD = re.compile(r"\{([^{}]+)\}")
_MOST_DIGITS = 15
_EXACT = Context(prec=60)
_LOCALE = "[$-419]"
_UNGROUPED = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its format, which shows the very text that the form prints."""

    number: float
    format: str


def figure(cell: PrintedCell) -> Figure | None:
    """The cell as a number that shows as printed; None where it is to be written as text.

    A spreadsheet's number is a binary double of at most 15 digits. A decimal that it does not carry
    exactly to its last printed digit, and a number whose printed text says something else (a paper's
    misprint, say), are written as text: what is printed is never changed.
    """
    printed = _PRINTED.fullmatch(cell.text)
    if cell.number is None or printed is None:
        return None
    sign, part, unit = printed["sign"], printed["part"] or "", printed["unit"] or ""
    digits = re.sub(r"\D", "", printed["whole"])
    said = Decimal(f"{'' if sign in {'', '+'} else '-'}{digits}.{part or '0'}")
    if len(digits) + len(part) > _MOST_DIGITS or not cell.number.is_finite():
        return None
    carried = Decimal(float(cell.number))
    unit_of_last = Decimal(1).scaleb(-len(part))
    for exact in (cell.number, carried):
        if exact.copy_abs() >= 10**_MOST_DIGITS:
            return None
        if exact.quantize(unit_of_last, ROUND_HALF_UP, _EXACT) != said:
            return None
    grouped = len(digits) < _UNGROUPED or digits != printed["whole"]
    shown = ("#,##0" if grouped else "0") + ("." + "0" * len(part) if part else "")
    return Figure(float(cell.number), _signed(shown + (f'"{unit}"' if unit else ""), sign))


def _signed(shown: str, sign: str) -> str:
    """With the sign as it is printed: the typographic minus, a plus where the form prints one."""
    positive = f"+{shown};" if sign == "+" else f"{shown};"
    negative = f"-{shown}" if sign == "-" else f'"−"{shown}'
    zero = f";{shown}" if sign == "+" else ""
    return _LOCALE + positive + negative + zero


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a table on a sheet. `first_row` is the sheet's row of the table's first one, counted
    from 0; `numbers` are the table's cells as they are written.
    """

    table: PrintedTable
    first_row: int
    numbers: Sequence[Sequence[Figure | None]]

    def at(self, row: int, column: int) -> str | None:
        """The formula of a cell, beginning with «=».

        None where the cell has none, and where it would give another number than the form prints:
        it reaches for a figure that had to be written as text, or its sum is not the figure.
        """
        cell = self.table.rows[row].cells[column]
        if cell.formula is None or (cell.number is None and cell.text):
            return None
        if cell.formula.sum_of:
            return self._sum(cell, cell.formula.sum_of, column)
        places = {of.field: place for place, of in enumerate(self.table.columns)}
        reached = {field: places[field] for field in _FIELD.findall(cell.formula.text)}
        if not all(self._holds(row, place) for place in reached.values()):
            return None
        return "=" + _FIELD.sub(
            lambda found: self._address(row, reached[found[1]]), cell.formula.text
        )

    def _sum(self, cell: PrintedCell, summands: Sequence[int], column: int) -> str | None:
        amount = sum((self._number(row, column) for row in summands), Decimal(0))
        agrees = cell.number is None or amount == cell.number
        if not agrees or not all(self._holds(row, column) for row in summands):
            return None
        ranges = []
        for _, run in groupby(enumerate(sorted(summands)), lambda pair: pair[1] - pair[0]):
            rows = [row for _, row in run]
            ends = dict.fromkeys(self._address(row, column) for row in (rows[0], rows[-1]))
            ranges.append(":".join(ends))
        over = ",".join(ranges)
        return (
            f"=SUM({over})" if cell.number is not None else f'=IF(COUNT({over})=0,"",SUM({over}))'
        )

    def _number(self, row: int, column: int) -> Decimal:
        return self.table.rows[row].cells[column].number or Decimal(0)

    def _holds(self, row: int, column: int) -> bool:
        figure_there = self.table.rows[row].cells[column].number
        return figure_there is None or self.numbers[row][column] is not None

    def _address(self, row: int, column: int) -> str:
        return str(xl_rowcol_to_cell(self.first_row + row, column))
