"""Forms as PDF for archives and for readers who listen: PDF/A-2a and PDF/UA-1."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from adapters.documents import layout
from adapters.documents.layout import (
    Page,
    captions_numbered,
    clean,
    depth,
    header,
    page,
    tall,
    too_wide,
)
from adapters.documents.mark import AUTHOR, WRITTEN_AT, mark_of
from application.reports.printed import PrintedForm, PrintedRow, PrintedTable

_ARCHIVAL: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
_LONGEST_HYPHENATED = 30
_BREAK_HERE, _NO_BREAK_HERE = "\u200b", "\u2060"
_TITLE, _CAPTION, _NOTE, _ABOUT = 14, 12, 9, 8
"""Sizes of type in form.typ, in points."""
_PAGE_NUMBER = 30.0
"""What the footer keeps for it, in millimetres."""
_BOLD = 1.1
_SHORT = re.compile(r"(?<!\w)\w{1,3}/(?=\w{1,3}(?!\w))")
_WORDS = re.compile(r"[^ \n\t\u200b-]+")


def write_pdf(form: PrintedForm) -> bytes:
    """The form as .pdf: tagged, with embedded type, headers that repeat, pages that are numbered.

    Where a text has a character that the embedded type does not know (an emoji), the standards of
    archives can not be met: the file then makes no claim to them.
    """
    data = json.dumps(_data(form), ensure_ascii=False)
    try:
        return _compiled(data, _ARCHIVAL)
    except typst.TypstError:
        return _compiled(data, [])


def _compiled(data: str, standards: "list[typst.PDFStandard]") -> bytes:
    return typst.compile(
        _template(),
        format="pdf",
        font_paths=_type(),
        ignore_system_fonts=True,
        sys_inputs={"form": data},
        pdf_standards=standards,
        timestamp=int(WRITTEN_AT.timestamp()),
    )


@cache
def _template() -> bytes:
    return (files("adapters.documents") / "form.typ").read_bytes()


@cache
def _type() -> typst.Fonts:
    """Only the type that the library brings: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _data(form: PrintedForm) -> dict[str, Any]:
    page_ = page(form)

    def on_page(texts: Sequence[str], size: float, beside: float = 0) -> list[str]:
        return [_breakable(clean(text), page_.width - beside, size) for text in texts]

    return {
        "title": [clean(line) for line in form.title],
        "heading": on_page(form.title, _TITLE * _BOLD),
        "author": AUTHOR,
        "mark": [f"{name}={clean(value)}" for name, value in mark_of(form).items()],
        "invented": clean(form.invented),
        "about": on_page(form.about, _ABOUT, _PAGE_NUMBER),
        "notes": on_page(form.notes, _NOTE),
        "landscape": page_.landscape,
        "size": page_.size,
        "captions_numbered": captions_numbered(form),
        "padding": layout.PADDING,
        "margins": {
            "left": layout.LEFT,
            "right": layout.RIGHT,
            "top": layout.TOP,
            "bottom": layout.BOTTOM,
        },
        "tables": [
            _table(table, widths, page_)
            for table, widths in zip(form.tables, page_.widths, strict=True)
        ],
    }


def _table(table: PrintedTable, widths: Sequence[float], page_: Page) -> dict[str, Any]:
    return {
        "caption": _breakable(clean(table.caption), page_.width, _CAPTION * _BOLD),
        "widths": widths,
        "depth": depth(table),
        "numbered": table.numbered,
        "head": [
            asdict(cell) | {"text": _together(clean(cell.text))} for cell in header(table.columns)
        ],
        "rows": [_row(table, row, widths, page_) for row in table.rows],
    }


def _row(
    table: PrintedTable, row: PrintedRow, widths: Sequence[float], page_: Page
) -> dict[str, Any]:
    if row.kind == "group":
        text = _breakable(clean(row.cells[0].text), sum(widths), page_.size * _BOLD)
        return {"kind": row.kind, "texts": [text]}
    return {
        "kind": row.kind,
        "texts": [
            _breakable(clean(cell.text), width, page_.size)
            for cell, width in zip(row.cells, widths, strict=True)
        ],
        "aligns": [
            layout.side(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)
        ],
        "hyphens": [
            any(too_wide(word, width, page_.size) for word in _WORDS.findall(cell.text))
            for cell, width in zip(row.cells, widths, strict=True)
        ],
        "breaks": tall([cell.text for cell in row.cells], page_, widths),
    }


def _together(text: str) -> str:
    """«№ п/п» is never divided at its stroke."""
    return _SHORT.sub(rf"\g<0>{_NO_BREAK_HERE}", text)


def _breakable(text: str, width: float, size: float) -> str:
    """With places to break in words that fit no line and that no hyphen divides (addresses, codes)."""

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        divided = len(word) <= _LONGEST_HYPHENATED and word.isalpha()
        return word if divided or not too_wide(word, width, size) else _BREAK_HERE.join(word)

    return _WORDS.sub(broken, text)
