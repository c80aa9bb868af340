"""How a printed form is laid out, whatever file it becomes: page, widths, merged header, clean text."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from application.reports.printed import (
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedTable,
    headings,
)

LEFT, RIGHT, TOP, BOTTOM = 20.0, 10.0, 15.0, 15.0
"""Margins of a page in millimetres, the left one wide enough to file it."""
PADDING = 1.3
"""Between the text of a cell and its border to the left and the right, in millimetres."""

_A4 = (210.0, 297.0)
_MM_IN_POINT = 25.4 / 72
_LINE = 1.2
_SLACK = 0.7
_SIZES = (10.0, 9.0, 8.0, 7.0)
_UPRIGHT_COLUMNS = 5
_LONGEST_WORD = 8.0
_HALVINGS = 40
_BOLD = 1.08
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NUMBERED = re.compile(r"\s*(?:Таблица\b|[\d№])")
_BREAKS = re.compile(r"[ \t\n]+")
_EMS = (
    (" \u00a0\u202f.,", 0.25),
    ("iljftrI:;'!|()[]-/", 0.32),
    ("мыфmw%", 0.68),
    ("жшщюД№—@WM", 0.8),
    ("ЖМШЩЫЮФ", 0.95),
)
_ORDINARY, _CAPITAL = 0.495, 0.72


class _Widths(dict[str, float]):
    """Letter → its width in a serif type, in the type's size, rather more than less."""

    def __missing__(self, letter: str) -> float:
        self[letter] = _CAPITAL if letter.isupper() else _ORDINARY
        return self[letter]


_WIDTHS = _Widths({letter: ems for letters, ems in _EMS for letter in letters})


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a header: its place counted from 0, and how many rows and columns it spans."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Page:
    """An A4 page. `size` is the tables' type in points, `widths` those of every table's columns in
    millimetres; both are such that no figure is broken.
    """

    landscape: bool
    size: float
    widths: tuple[tuple[float, ...], ...]

    @property
    def width(self) -> float:
        """What the margins leave, in millimetres."""
        return _room(landscape=self.landscape)

    @property
    def height(self) -> float:
        """What the margins leave, in millimetres."""
        return _A4[not self.landscape] - TOP - BOTTOM


def clean(text: str) -> str:
    """The text without what no XML can hold: such characters show as �. Lines end as in Unix."""
    return _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def header(columns: Sequence[PrintedColumn]) -> tuple[HeadCell, ...]:
    """The cells of a header, row by row; none where no column has a title.

    Neighbours with the same upper titles share a cell; a column's last title reaches down to the data.
    """
    if not any(title for column in columns for title in column.titles):
        return ()
    depth = headings(columns)

    def shared(level: int) -> Callable[[int], tuple[str, ...] | int]:
        def by(place: int) -> tuple[str, ...] | int:
            titles = columns[place].titles
            return titles[: level + 1] if len(titles) > level + 1 else place

        return by

    return tuple(
        HeadCell(
            text=titles[level],
            row=level,
            column=places[0],
            rows=1 if len(titles) > level + 1 else depth - level,
            columns=len(places),
        )
        for level in range(depth)
        for _, group in groupby(range(len(columns)), shared(level))
        if len(titles := columns[(places := list(group))[0]].titles) > level
    )


def captions_numbered(form: PrintedForm) -> bool:
    """Whether «Таблица 1.» stands before the captions: of several ones that do not number themselves."""
    captions = [table.caption for table in form.tables if table.caption]
    return len(captions) > 1 and not any(map(_NUMBERED.match, captions))


def depth(table: PrintedTable) -> int:
    """How many rows stand above the data: the header's and the one that numbers the columns."""
    head = max((cell.row + cell.rows for cell in header(table.columns)), default=0)
    return head + table.numbered


def page(form: PrintedForm) -> Page:
    """The page of a form: upright for few columns; type as large as leaves a fifth of the width to long
    texts, then as large as words, at worst figures, fit.
    """
    landscape = any(len(table.columns) > _UPRIGHT_COLUMNS for table in form.tables)
    room = _room(landscape=landscape)
    needs = [_needs(table) for table in form.tables]
    size, figures_only = next(
        (size, figures_only)
        for share, figures_only in ((0.8, False), (1.0, False), (math.inf, True))
        for size in (_SIZES if share <= 1 else _SIZES[-1:])
        if all(need.width(size, figures_only=figures_only) <= room * share for need in needs)
    )
    widths = (
        _divided(
            room,
            [column.width for column in table.columns],
            [_millimetres(ems, size) for ems in (need.figures if figures_only else need.words)],
            [_millimetres(ems, size) for ems in need.texts],
        )
        for table, need in zip(form.tables, needs, strict=True)
    )
    return Page(landscape, size, tuple(widths))


def lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a cell of that many millimetres, about."""
    room = max(width - 2 * PADDING, 1) / (size * _MM_IN_POINT * (_BOLD if bold else 1))
    taken = 0
    for line in clean(text).split("\n"):
        used = 0.0
        taken += 1
        for word in _BREAKS.split(line):
            ems = _ems(word)
            if used and used + ems > room:
                taken += 1
                used = 0.0
            taken += int(ems // room)
            used += ems % room + _ems(" ")
    return taken


def too_wide(word: str, width: float, size: float) -> bool:
    """Whether a word fits no line of a cell of that many millimetres."""
    return _millimetres(_ems(word), size) > width


def side(cell: PrintedCell, column: PrintedColumn) -> str:
    """Where a cell's text stands: a figure on the right wherever its column's texts stand on the left."""
    return "right" if cell.number is not None and column.align == "left" else column.align


def line_height(size: float) -> float:
    """Of a line in points."""
    return size * _LINE


def tall(texts: Sequence[str], page_: Page, widths: Sequence[float]) -> bool:
    """Whether a row takes so much of a page that it must be let break."""
    most = max(lines(text, width, page_.size) for text, width in zip(texts, widths, strict=True))
    return most * line_height(page_.size) * _MM_IN_POINT > page_.height / 2


def _room(*, landscape: bool) -> float:
    return _A4[landscape] - LEFT - RIGHT


def _millimetres(ems: float, size: float) -> float:
    return ems * size * _MM_IN_POINT + 2 * PADDING + _SLACK


def _ems(text: str) -> float:
    return sum(map(_WIDTHS.__getitem__, text))


@dataclass(frozen=True, slots=True)
class _Needs:
    """What every column needs, in widths of type: so that no figure breaks, that no word breaks (but
    words of unusual length), that no text breaks.
    """

    figures: Sequence[float]
    words: Sequence[float]
    texts: Sequence[float]

    def width(self, size: float, *, figures_only: bool) -> float:
        """Of all columns together in millimetres."""
        return sum(
            _millimetres(ems, size) for ems in (self.figures if figures_only else self.words)
        )


def _needs(table: PrintedTable) -> _Needs:
    figures, words, texts = ([0.0] * len(table.columns) for _ in range(3))
    for head in header(table.columns):
        if head.columns == 1:
            words[head.column] = max(words[head.column], _longest_word(head.text))
    for row in table.rows:
        if row.kind == "group":
            continue
        bold = _BOLD if row.kind == "total" else 1
        for place, cell in enumerate(row.cells):
            whole = bold * max(map(_ems, cell.text.split("\n")))
            if cell.number is not None:
                figures[place] = max(figures[place], whole)
            word = whole if cell.number is not None else bold * _longest_word(cell.text)
            words[place] = max(words[place], word)
            texts[place] = max(texts[place], whole)
    return _Needs(figures, words, [max(pair) for pair in zip(words, texts, strict=True)])


def _longest_word(text: str) -> float:
    return min(max(map(_ems, _BREAKS.split(text))), _LONGEST_WORD)


def _divided(
    room: float, weights: Sequence[float], least: Sequence[float], most: Sequence[float]
) -> tuple[float, ...]:
    """The room divided by weights, no column under its least nor, while others want room, over its most."""
    if sum(least) >= room:
        return tuple(room * width / sum(least) for width in least)
    if sum(most) <= room:
        most = [room] * len(weights)
    shares: tuple[float, ...] = tuple(least)
    low, high = 0.0, room / min(weights)
    for _ in range(_HALVINGS):
        times = (low + high) / 2
        shares = tuple(
            min(max(times * weight, low_), high_)
            for weight, low_, high_ in zip(weights, least, most, strict=True)
        )
        low, high = (times, high) if sum(shares) < room else (low, times)
    return shares
