"""A workbook of LibreOffice (.ods): each visible sheet with anything in it is a table."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from adapters.documents import limits
from adapters.documents.archive import Parts
from adapters.documents.markup import local_name, tree_of
from adapters.documents.number_formats import scaled_text
from adapters.documents.sheet_table import (
    Place,
    duration_text,
    moment_text,
    number_text,
    table_of,
    truth_text,
)
from adapters.documents.texts import Measure, clean
from application.intake.paper import Table
from domain.refusals import PaperBroken, PaperNotComputed, PaperReachesOutside

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _STYLE, _TEXT = (
    f"{_OASIS}{name}:1.0}}" for name in ("table", "office", "style", "text")
)
_GROUPS = {"table-header-rows", "table-row-group", "table-rows"}
_SOURCES = (f"{_TABLE}table-source", f"{_OFFICE}dde-source", f"{_TABLE}cell-range-source")
_NOTES = {"annotation", "note", "ruby-text"}
_DURATION = re.compile(r"PT(\d{1,7})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def read_ods(parts: Parts) -> list[Table]:
    """The tables, as in any workbook.

    Refuses PaperBroken, PaperTooLarge, PaperNotComputed, PaperReachesOutside.
    """
    name = "content.xml"
    limits.at_most(limits.TEXT_PART, len(parts.get(name, b"")), limits.BYTES_)
    root = tree_of(parts, name)
    for one in root.iter(*_SOURCES):
        raise PaperReachesOutside(part=name, target=local_name(one))
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for said in style.iter(f"{_STYLE}table-properties")
        if said.get(f"{_TABLE}display") == "false"
    }
    measure, tables = Measure(), list[Table]()
    for sheet in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        if sheet.get(f"{_TABLE}style-name") not in hidden:
            read = _Sheet(measure)
            read.take(sheet)
            name_ = sheet.get(f"{_TABLE}name", "")
            if table := table_of(len(tables) + 1, name_, read.rows, read.merged, measure):
                tables.append(table)
    return tables


@dataclass(slots=True)
class _Sheet:
    """`rows` are as long as their texts reach; `skipped` rows without texts wait for one with."""

    measure: Measure
    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    skipped: int = 0
    places: int = 0

    def take(self, within: etree._Element) -> None:
        for one in within:
            if local_name(one) in _GROUPS:
                self.take(one)
            elif local_name(one) == "table-row":
                self._row(one, _times(one, "number-rows-repeated"))

    def _row(self, row: etree._Element, times: int) -> None:
        texts: list[str] = []
        column = 0
        for cell in row:
            if local_name(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            repeated = _times(cell, "number-columns-repeated")
            if text := self._text(cell):
                limits.at_most(limits.COLUMNS, column + repeated, limits.COLUMNS_)
                texts += [""] * (column - len(texts)) + [text] * repeated
            self._merge(cell, len(self.rows) + self.skipped, column)
            column += repeated
        if not texts:
            self.skipped += times
            return
        self.measure.take_text("".join(texts), times)
        self.places += (self.skipped + times) * len(texts)
        limits.at_most(limits.CELLS, self.places, limits.CELLS_)
        self.rows += [[] for _ in range(self.skipped)]
        self.rows += [list(texts) for _ in range(times)]
        self.skipped = 0

    def _merge(self, cell: etree._Element, row: int, column: int) -> None:
        down, right = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        if (down, right) != (1, 1) and local_name(cell) == "table-cell":
            self.merged.append(((row, column), (row + down - 1, column + right - 1)))

    def _text(self, cell: etree._Element) -> str:
        if local_name(cell) == "covered-table-cell":
            return ""
        kind = cell.get(f"{_OFFICE}value-type", "")
        value = cell.get(f"{_OFFICE}value") or cell.get(f"{_OFFICE}{kind}-value") or ""
        try:
            match kind:
                case "float" | "currency":
                    return number_text(float(value))
                case "percentage":
                    return scaled_text(float(value), 2)
                case "boolean":
                    return truth_text(value == "true")
                case "date":
                    return moment_text(dt.datetime.fromisoformat(value))
                case "time" if found := _DURATION.fullmatch(value):
                    hours, minutes, seconds = map(int, found.groups())
                    return duration_text(hours * 3600 + minutes * 60 + seconds)
        except ValueError as fault:
            raise PaperBroken(why=(f"ячейка {value[:60]}", f"the cell {value[:60]}")) from fault
        if not kind and cell.get(f"{_TABLE}formula"):
            raise PaperNotComputed(part="content.xml")
        return clean("\n".join("".join(_pieces(one)) for one in cell.iterfind(f"{_TEXT}p")))


def _pieces(within: etree._Element) -> Iterator[str]:
    yield within.text or ""
    for one in within:
        match local_name(one):
            case "s":
                yield " " * _times(one, "c", of=_TEXT)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case name if name not in _NOTES:
                yield from _pieces(one)
        yield one.tail or ""


def _times(within: etree._Element, name: str, of: str = _TABLE) -> int:
    """How many times; one, if nothing sensible is said."""
    said = within.get(f"{of}{name}", "")
    return max(int(said), 1) if re.fullmatch("[0-9]{1,7}", said) else 1
