"""Forms as workbooks: numbers that are numbers, formulas where a clerk expects them, text that is text."""

import io
import re
from collections.abc import Sequence

import xlsxwriter

from adapters.documents.layout import clean, page
from adapters.documents.mark import AUTHOR, WRITTEN_AT, mark_of
from adapters.documents.sheet import Sheet, within
from adapters.documents.zipped import same_bytes
from application.reports.printed import PrintedForm

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_row_height": 21,
    "default_column_width": 72,
}
_DEFAULT = {"font_name": "Times New Roman", "font_size": 12}
"""A digit of it is 8 points of a screen wide; widths of columns are counted in such digits."""
_MOST_OF_TITLE, _MOST_OF_NAME = 255, 31
_RESERVED = "History"


def write_workbook(form: PrintedForm) -> bytes:
    """The form as .xlsx, a sheet a table. Text of the form is never a formula, a link or a number.

    A text longer than a cell holds (32 767 characters) is cut and says so.
    """
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {**_OPTIONS, "default_format_properties": dict(_DEFAULT)})
    title = within(clean(" ".join(form.title)), _MOST_OF_TITLE)
    book.set_properties({"title": title, "author": AUTHOR, "created": WRITTEN_AT})
    for name, value in mark_of(form).items():
        book.set_custom_property(name, clean(value), "text")
    page_ = page(form)
    names = [_RESERVED]
    for table, widths in zip(form.tables, page_.widths, strict=True):
        names.append(_name(table.caption, names))
        first = table is form.tables[0]
        Sheet(book, names[-1], form, table, page_, widths, first).fill()
    book.close()
    return same_bytes(written.getvalue())


def _name(caption: str, taken: Sequence[str]) -> str:
    """What Excel takes for a sheet's name, unlike the others regardless of case."""
    words = re.sub(r"[\[\]:*?/\\\ufffd]", " ", clean(caption)).split()
    plain = " ".join(words).strip("' ") or "Форма"
    names = (
        within(plain, _MOST_OF_NAME - len(more)).rstrip("' ") + more
        for more in ("", *(f" ({number})" for number in range(2, len(taken) + 2)))
    )
    return next(name for name in names if name.casefold() not in map(str.casefold, taken))
