"""A Word paper: paragraphs and tables in their order, as one reads them with all changes accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from adapters.documents import limits
from adapters.documents.archive import Parts
from adapters.documents.lines import SEEN_THROUGH, chosen, line_of, text_boxes
from adapters.documents.markup import WORD, local_name, tree_of
from adapters.documents.texts import Measure
from application.intake.paper import Block, Paragraph, Table
from domain.refusals import PaperBroken

Place = tuple[int, int]


def read_docx(parts: Parts, main: str) -> list[Block]:
    """Everything between the first and the last line of the document's body.

    Refuses PaperBroken, PaperTooLarge, PaperReachesOutside, PaperDeclaresEntities.
    """
    limits.at_most(limits.TEXT_PART, len(parts.get(main, b"")), limits.BYTES_)
    body = tree_of(parts, main).find(f"{WORD}body")
    if body is None:
        raise PaperBroken(why=("нет текста документа", "the document has no body"))
    return list(_Reader().blocks(body))


@dataclass(slots=True)
class _Reader:
    measure: Measure = field(default_factory=Measure)
    tables: int = 0

    def blocks(self, within: etree._Element) -> Iterator[Block]:
        torn = ""
        for one in _content(within, "p", "tbl"):
            if local_name(one) == "tbl":
                self.tables += 1
                number = self.tables
                rows, merged = self._table(one, depth=1)
                yield Table(number, rows, merged)
            else:
                torn += line_of(one)
                if not _is_joined(one):
                    yield Paragraph(self.measure.take_text(torn))
                    torn = ""
                for box in text_boxes(one):
                    yield from self.blocks(box)
        if torn:
            yield Paragraph(self.measure.take_text(torn))

    def _table(
        self, table: etree._Element, depth: int
    ) -> tuple[tuple[tuple[str, ...], ...], dict[Place, Place]]:
        limits.at_most(limits.DEPTH, depth, limits.DEPTH_)
        rows: list[list[str]] = []
        merged: dict[Place, Place] = {}
        above: dict[int, Place] = {}
        for row in _content(table, "tr"):
            if row.find(f"{WORD}trPr/{WORD}del") is None:
                texts, above = self._row(row, len(rows), above, depth)
                merged |= {
                    (len(rows), column): at
                    for column, at in above.items()
                    if at != (len(rows), column)
                }
                rows.append(texts)
        width = max(map(len, rows), default=0)
        self.measure.take_table(len(rows), width)
        return tuple((*texts, *[""] * (width - len(texts))) for texts in rows), merged

    def _row(
        self, row: etree._Element, number: int, above: dict[int, Place], depth: int
    ) -> tuple[list[str], dict[int, Place]]:
        """The texts of a row, and for each column the place that holds its text."""
        texts = [""] * _columns(row, "trPr/gridBefore", 0)
        holding: dict[int, Place] = {}
        for cell in _content(row, "tc"):
            first, span = len(texts), _columns(cell, "tcPr/gridSpan", 1)
            limits.at_most(limits.COLUMNS, first + span, limits.COLUMNS_)
            at = (number, first)
            if _continues(cell, "vMerge"):
                at = above.get(first, at)
            elif _continues(cell, "hMerge"):
                at = holding.get(first - 1, at)
            own = at == (number, first)
            text = self.measure.take_text("\n".join(self._lines(cell, depth))) if own else ""
            texts += [text, *[""] * (span - 1)]
            holding |= dict.fromkeys(range(first, first + span), at)
        return texts, holding

    def _lines(self, cell: etree._Element, depth: int) -> Iterator[str]:
        torn = ""
        for one in _content(cell, "p", "tbl"):
            if local_name(one) == "tbl":
                rows, merged = self._table(one, depth + 1)
                places = ((r, c) for r, texts in enumerate(rows) for c in range(len(texts)))
                yield from (rows[r][c] for r, c in places if (r, c) not in merged and rows[r][c])
            else:
                torn += line_of(one)
                if not _is_joined(one):
                    yield torn
                    torn = ""
                for box in text_boxes(one):
                    yield from self._lines(box, depth)
        if torn:
            yield torn


def _content(within: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """What stands in it, seen through what only wraps it."""
    for one in within:
        name = local_name(one)
        if name in wanted:
            yield one
        elif name == "AlternateContent":
            yield from _content(chosen(one), *wanted)
        elif name in SEEN_THROUGH:
            yield from _content(one, *wanted)


def _is_joined(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one continues it."""
    return paragraph.find(f"{WORD}pPr/{WORD}rPr/{WORD}del") is not None


def _continues(cell: etree._Element, merge: str) -> bool:
    """Whether a cell belongs to the one above it (`vMerge`) or before it (`hMerge`)."""
    found = cell.find(f"{WORD}tcPr/{WORD}{merge}")
    return found is not None and found.get(f"{WORD}val") != "restart"


def _columns(within: etree._Element, path: str, otherwise: int) -> int:
    """A number of columns. Refuses more than may be (PaperTooLarge)."""
    found = within.find("/".join(WORD + name for name in path.split("/")))
    text = found.get(f"{WORD}val", "") if found is not None else ""
    if not re.fullmatch("[0-9]{1,9}", text):
        return otherwise
    limits.at_most(limits.COLUMNS, int(text), limits.COLUMNS_)
    return max(int(text), otherwise)
