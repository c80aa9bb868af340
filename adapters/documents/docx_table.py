"""A printed table as the markup of Word. Built element by element: thousands of rows take a second."""

import re
from collections.abc import Sequence
from functools import cache

from lxml import etree

from adapters.documents.layout import HeadCell, Page, clean, depth, header, side, tall
from application.reports.printed import PrintedRow, PrintedTable

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TWIPS_IN_MM = 1440 / 25.4
_STYLES = {"left": "Cell", "right": "Figure", "center": "Center"}
_BREAKS = {"\n": "br", "\t": "tab"}


def element(
    tag: str, *children: etree._Element, text: str | None = None, **attributes: str
) -> etree._Element:
    """An element of Word's markup with attributes, children and text."""
    named = {_named(name): value for name, value in attributes.items()}
    made = etree.Element(_named(tag), named, nsmap={"w": _WORD})
    made.extend(children)
    if text is not None:
        made.text = text
        made.set(_SPACE, "preserve")
    return made


def table_of(table: PrintedTable, widths: Sequence[float], page: Page) -> etree._Element:
    """A `w:tbl`: fixed widths (millimetres), header rows that repeat, rows that do not break."""
    twips = [round(width * _TWIPS_IN_MM) for width in widths]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val="Form"),
            element("tblW", w=str(sum(twips)), type="dxa"),
            element("tblLayout", type="fixed"),
            *([element("tblCaption", val=clean(table.caption))] if table.caption else []),
        ),
        element("tblGrid", *(element("gridCol", w=str(width)) for width in twips)),
    )
    made.extend(_header(table, twips))
    for row in table.rows:
        made.append(_group(row, twips) if row.kind == "group" else _row(table, row, widths, page))
    return made


def _header(table: PrintedTable, twips: Sequence[int]) -> list[etree._Element]:
    cells = sorted(header(table.columns), key=lambda cell: cell.column)
    rows = [
        [
            _head_cell(cell, level, twips)
            for cell in cells
            if cell.row <= level < cell.row + cell.rows
        ]
        for level in range(depth(table) - table.numbered)
    ]
    if table.numbered:
        rows.append([_cell(str(number), "Center", width) for number, width in enumerate(twips, 1)])
    return [_table_row(cells_, header_row=True) for cells_ in rows]


def _head_cell(cell: HeadCell, level: int, twips: Sequence[int]) -> etree._Element:
    merges = []
    if cell.columns > 1:
        merges.append(element("gridSpan", val=str(cell.columns)))
    if cell.rows > 1:
        merges.append(element("vMerge", val="restart" if level == cell.row else "continue"))
    return _cell(
        cell.text if level == cell.row else "",
        "Center",
        sum(twips[cell.column : cell.column + cell.columns]),
        *merges,
        element("vAlign", val="center"),
    )


def _group(row: PrintedRow, twips: Sequence[int]) -> etree._Element:
    span = element("gridSpan", val=str(len(twips)))
    return _table_row([_cell(row.cells[0].text, "Group", sum(twips), span)])


def _row(
    table: PrintedTable, row: PrintedRow, widths: Sequence[float], page: Page
) -> etree._Element:
    total = row.kind == "total"
    cells = [
        _cell(cell.text, _STYLES[side(cell, column)], round(width * _TWIPS_IN_MM), bold=total)
        for cell, column, width in zip(row.cells, table.columns, widths, strict=True)
    ]
    breaks = tall([cell.text for cell in row.cells], page, widths)
    return _table_row(cells, breaks=breaks)


def _table_row(
    cells: Sequence[etree._Element], *, header_row: bool = False, breaks: bool = False
) -> etree._Element:
    properties = [] if breaks else [element("cantSplit")]
    if header_row:
        properties.append(element("tblHeader"))
    return element("tr", element("trPr", *properties), *cells)


def _cell(
    text: str, style: str, width: int, *merges: etree._Element, bold: bool = False
) -> etree._Element:
    return element(
        "tc",
        element("tcPr", element("tcW", w=str(width), type="dxa"), *merges),
        _paragraph(text, style, bold=bold),
    )


def _paragraph(text: str, style: str, *, bold: bool) -> etree._Element:
    paragraph = element("p", element("pPr", element("pStyle", val=style)))
    if text:
        run = element("r", *([element("rPr", element("b"))] if bold else []))
        run.extend(
            element(_BREAKS[piece]) if piece in _BREAKS else element("t", text=piece)
            for piece in re.split(r"([\n\t])", clean(text))
            if piece
        )
        paragraph.append(run)
    return paragraph


@cache
def _named(tag: str) -> str:
    return f"{{{_WORD}}}{tag}"
