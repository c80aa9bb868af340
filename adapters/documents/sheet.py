"""A printed table as a sheet of a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_range

from adapters.documents.figures import Formulas, figure
from adapters.documents.layout import (
    BOTTOM,
    LEFT,
    PADDING,
    RIGHT,
    TOP,
    Page,
    clean,
    depth,
    header,
    lines,
    side,
)
from application.reports.printed import PrintedForm, PrintedRow, PrintedTable

_FONT = "Times New Roman"
_TITLE, _CAPTION, _ABOUT = 14.0, 12.0, 9.0
_RED = "#B3261E"
_A4 = 9
_LINE = 1.28
_GAINED = 2 * PADDING - 1.2
"""What a cell's text has more than on paper, in millimetres: a spreadsheet keeps little to the borders."""
_MM_IN_INCH = 25.4
_PIXELS_IN_MM = 96 / _MM_IN_INCH
_MOST_OF_CELL, _MOST_OF_MARGIN, _MOST_OF_HEIGHT = 32_767, 255, 409.0
_MOST_OF_WIDTH, _WIDER = 530.0, 1.05
_CUT = " … [не уместилось в ячейку]"
_TAKEN_FOR_FORMULA = ("=", "+", "-", "@", "\t", "\n", "'")


@dataclass(slots=True)
class Sheet:
    """Writes a table to a new sheet. Title, what the form is about and, on the `first` sheet, the notes
    stand above it: what stands below a table of a workbook is taken for its rows.
    """

    book: Any
    name: str
    form: PrintedForm
    table: PrintedTable
    page: Page
    widths: Sequence[float]
    first: bool
    sheet: Any = field(init=False)
    _next: int = field(default=0, init=False)
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.sheet = self.book.add_worksheet(self.name)
        self.widths = [self._wide_enough(place, width) for place, width in enumerate(self.widths)]

    def fill(self) -> None:
        """Everything, from top to bottom."""
        self._set_up()
        if self.form.invented:
            look = {"bold": True, "align": "center", "font_color": _RED, "border": 1}
            self._across(self.form.invented, _CAPTION, **look, border_color=_RED)
        self._across("\n".join(self.form.title), _TITLE, bold=True, align="center")
        self._across("\n".join(self.form.about), _ABOUT, align="center", font_color="#404040")
        if self.first:
            self._across("\n".join(self.form.notes), _ABOUT)
        if self.table.caption:
            self._across(self.table.caption, _CAPTION, bold=True)
        self._next += 1
        head = self._next
        self._head()
        if self._next > head:
            self.sheet.repeat_rows(head, self._next - 1)
        self.sheet.freeze_panes(self._next, 0)
        self._data()

    def _set_up(self) -> None:
        sheet, form = self.sheet, self.form
        if self.page.landscape:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        margins = (side / _MM_IN_INCH for side in (LEFT, RIGHT, TOP, BOTTOM))
        sheet.set_margins(*margins)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        for column, width in enumerate(self.widths):
            sheet.set_column_pixels(column, column, round(width * _PIXELS_IN_MM))
        left, right = f'&L&8&"{_FONT}"', f'&R&8&"{_FONT}"стр. &P из &N'
        about = clean("\n".join(form.about)).replace("&", "&&")
        about = _whole_signs(within(about, _MOST_OF_MARGIN - len(left + right)))
        sheet.set_footer(left + about + right)
        if form.invented:
            look = f'&C&10&"{_FONT}"'
            banner = within(clean(form.invented).replace("&", "&&"), _MOST_OF_MARGIN - len(look))
            sheet.set_header(look + _whole_signs(banner))

    def _wide_enough(self, column: int, width: float) -> float:
        """A row of a sheet has a greatest height; what would not fit it makes the column wider. (Printing
        makes the sheet as narrow as the page again.)
        """
        most = int((_MOST_OF_HEIGHT - 2) / (self.page.size * _LINE))
        texts = [row.cells[column].text for row in self.table.rows if row.kind != "group"]
        for text in texts:
            while width < _MOST_OF_WIDTH and lines(text, width + _GAINED, self.page.size) > most:
                width *= _WIDER
        return min(width, _MOST_OF_WIDTH)

    def _across(self, text: str, size: float, **look: Any) -> None:
        """A line of text over all columns."""
        if not text:
            return
        width = sum(self.widths)
        self._place(self._next, 0, 1, len(self.widths), text, font_size=size, **look)
        taken = lines(text, width, size, bold="bold" in look)
        self._tall(self._next, taken, size)
        self._next += 1

    def _head(self) -> None:
        cells = header(self.table.columns)
        taken = [1] * (depth(self.table) - self.table.numbered)
        for cell in sorted(cells, key=lambda cell: cell.rows):
            width = sum(self.widths[cell.column : cell.column + cell.columns])
            spanned = slice(cell.row, cell.row + cell.rows)
            missing = lines(cell.text, width + _GAINED, self.page.size) - sum(taken[spanned])
            taken[spanned.stop - 1] += max(missing, 0)
            self._place(
                self._next + cell.row,
                cell.column,
                cell.rows,
                cell.columns,
                cell.text,
                **self._bordered(align="center", valign="vcenter"),
            )
        for row, of in enumerate(taken):
            self._tall(self._next + row, of, self.page.size)
        self._next += len(taken)
        if self.table.numbered:
            centered = self._format(**self._bordered(align="center"))
            for column in range(len(self.widths)):
                self.sheet.write_number(self._next, column, column + 1, centered)
            self._next += 1

    def _data(self) -> None:
        first, rows = self._next, self.table.rows
        self._next += len(rows)
        if not rows:
            return
        numbers = [
            [None] * len(self.widths)
            if row.kind == "group"
            else [figure(cell) for cell in row.cells]
            for row in rows
        ]
        formulas = Formulas(self.table, first, numbers)
        for place, row in enumerate(rows):
            if row.kind == "group":
                self._group(first + place, row)
            else:
                self._row(place, row, formulas)
                self._tall(first + place, self._lines(row), self.page.size)
        reached = xl_range(first, 0, self._next - 1, len(self.widths) - 1)
        self.sheet.ignore_errors({"number_stored_as_text": reached})

    def _group(self, at: int, row: PrintedRow) -> None:
        text = row.cells[0].text
        look = self._bordered(align="center", bold=True)
        self._place(at, 0, 1, len(self.widths), text, **look)
        self._tall(at, lines(text, sum(self.widths), self.page.size, bold=True), self.page.size)

    def _row(self, place: int, row: PrintedRow, formulas: Formulas) -> None:
        at, bold = formulas.first_row + place, row.kind == "total"
        for column, (cell, of) in enumerate(zip(row.cells, self.table.columns, strict=True)):
            shown, computed = formulas.numbers[place][column], formulas.at(place, column)
            look = self._bordered(align=side(cell, of), valign="top", bold=bold)
            if shown is not None:
                look["num_format"] = shown.format
            if computed is not None and (shown is not None or not cell.text):
                value = shown.number if shown is not None else " "  # not computed yet, yet a value
                self.sheet.write_formula(at, column, computed, self._format(**look), value)
            elif shown is not None:
                self.sheet.write_number(at, column, shown.number, self._format(**look))
            else:
                self._text(at, column, cell.text, look)

    def _lines(self, row: PrintedRow) -> int:
        bold, size = row.kind == "total", self.page.size
        pairs = zip(row.cells, self.widths, strict=True)
        return max(lines(cell.text, width + _GAINED, size, bold=bold) for cell, width in pairs)

    def _place(
        self, row: int, column: int, rows: int, columns: int, text: str, **look: Any
    ) -> None:
        """A text over several cells, or in one."""
        if rows * columns > 1:
            made = self._format(**_guarded(text, look))
            self.sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", made)
        self._text(row, column, text, look)

    def _text(self, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        made = self._format(**_guarded(text, look))
        shown = clean(text)
        if len(within(shown, _MOST_OF_CELL)) < len(shown):
            shown = within(shown, _MOST_OF_CELL - len(_CUT)) + _CUT
        self.sheet.write_string(row, column, shown, made) if shown else self.sheet.write_blank(
            row, column, None, made
        )

    def _tall(self, row: int, taken: int, size: float) -> None:
        """Not all programs make a row as tall as its text, and none does so for merged cells."""
        self.sheet.set_row(row, min(taken * size * _LINE + 2, _MOST_OF_HEIGHT))

    def _bordered(self, **look: Any) -> dict[str, Any]:
        return {"border": 1, "font_size": self.page.size, **look}

    def _format(self, **look: Any) -> Any:
        """One format of the workbook for one look of this sheet."""
        look = {"font_name": _FONT, "text_wrap": True, "valign": "vcenter", **look}
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]


def within(text: str, most: int) -> str:
    """The beginning of a text that takes at most so many units of UTF-16, as Excel counts."""
    return text.encode("utf-16-le")[: 2 * max(most, 0)].decode("utf-16-le", "ignore")


def _whole_signs(text: str) -> str:
    """Without half of a doubled «&» that the cut left at the end."""
    doubled = len(text) - len(text.rstrip("&"))
    return text[:-1] if doubled % 2 else text


def _guarded(text: str, look: dict[str, Any]) -> dict[str, Any]:
    """What a spreadsheet could take for a formula when a person edits the cell is marked as text."""
    return {**look, "quote_prefix": True} if text.startswith(_TAKEN_FOR_FORMULA) else look
