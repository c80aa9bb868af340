"""A workbook: each visible sheet with anything in it is a table, cells as one would read them exactly."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from adapters.documents import limits
from adapters.documents.archive import Parts
from adapters.documents.sheet_table import (
    Place,
    duration_text,
    moment_text,
    number_text,
    table_of,
    truth_text,
)
from adapters.documents.texts import Measure
from application.intake.paper import Table
from domain.refusals import (
    PaperBroken,
    PaperEncrypted,
    PaperHasMacros,
    PaperNotComputed,
    PaperReachesOutside,
)

Errors = Mapping[int, Mapping[Place, str]]
"""Sheet (counted from 0) → place → what stands there, as #DIV/0!."""

_MACRO_SHEETS = (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba)
_OTHER_BOOKS = re.compile(r"/externalLinks/", re.IGNORECASE)
_FORMULA = re.compile(rb"[<:]f[\s/>]")
_NO_VALUE = re.compile(
    rb"""<(?:\w+:)?c(?:\s(?![^<>]*\bt=["']str["'])[^<>]*)?>\s*"""
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula whose value is not there; that of a text may be empty."""
_ERROR = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt=)(["'])e\2""")


def with_errors_told(parts: Parts) -> Parts:
    """The parts of a workbook, its errors (#DIV/0!) turned into texts, which the parser would leave out.

    Refuses: PaperReachesOutside, PaperNotComputed.
    """
    told = dict(parts)
    for name, part in parts.items():
        if _OTHER_BOOKS.search(name):
            raise PaperReachesOutside(part=name, target=("другая книга", "another workbook"))
        if b"sheetData" in part:
            if _FORMULA.search(part) and _NO_VALUE.search(part):
                raise PaperNotComputed(part=name)
            told[name] = _ERROR.sub(rb"\1\2str\2", part)
    return told


def read_workbook(content: bytes, errors: Errors | None = None) -> list[Table]:
    """The tables of a workbook that has been found safe, with the errors that the parser leaves out.

    Refuses PaperBroken, PaperTooLarge, PaperEncrypted, PaperHasMacros.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return list(_tables(book, errors or {}))
    except PasswordError as fault:
        raise PaperEncrypted(part="Workbook") from fault
    except CalamineError as fault:
        raise PaperBroken(why=("книга не читается", "the workbook can not be read")) from fault


def _tables(book: CalamineWorkbook, errors: Errors) -> Iterator[Table]:
    measure, number = Measure(), 1
    for place, sheet in enumerate(book.sheets_metadata):
        if sheet.typ in _MACRO_SHEETS:
            raise PaperHasMacros(part=sheet.name)
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
            found = book.get_sheet_by_index(place)
            rows = _rows(found, measure, errors.get(place, {}))
            ranges = found.merged_cell_ranges or ()
            if table := table_of(number, sheet.name, rows, ranges, measure):
                number += 1
                yield table


def _rows(sheet: CalamineSheet, measure: Measure, errors: Mapping[Place, str]) -> list[list[str]]:
    """The cells from the first row and column of the sheet."""
    if sheet.start is None or sheet.end is None:
        return []
    limits.at_most(limits.COLUMNS, sheet.end[1] + 1, limits.COLUMNS_)
    limits.at_most(limits.CELLS, (sheet.end[0] + 1) * (sheet.end[1] + 1), limits.CELLS_)
    before = [""] * sheet.start[1]
    rows = [[*before, *(_text_of(cell, measure) for cell in row)] for row in sheet.iter_rows()]
    for (row, column), error in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    return rows


def _text_of(cell: object, measure: Measure) -> str:
    match cell:
        case str():
            return measure.take_text(cell) if cell else ""
        case bool():
            return truth_text(cell)
        case int():
            return str(cell)
        case float():
            return number_text(cell)
        case dt.datetime():
            return moment_text(cell)
        case dt.date():
            return f"{cell:%d.%m.%Y}"
        case dt.time():
            return f"{cell:%H:%M:%S}".removesuffix(":00")
        case dt.timedelta():
            return duration_text(round(cell.total_seconds()))
    raise TypeError(type(cell))
