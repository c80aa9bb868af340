"""The rows of a road map of money: headings, measures, and what goes on from row to row and page to page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from application.intake.kind import Found, Scope
from application.intake.persons import without
from application.intake.road_map_title import above, subprogram
from application.intake.said import Unread
from application.intake.text import folded, plain
from domain.event import SourceCell

TEXTS = ("title", "responsible", "source", "result")
_TOTAL = re.compile(r"(?:всего|итого)\b")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over measures, in the table (`at`) or in a paragraph before it."""

    text: str
    at: SourceCell | None = None


@dataclass(slots=True)
class Line:
    """A measure as its rows print it. `results` are its cells of results, and the paragraphs that flowed
    out of them (without a place).
    """

    found: Found
    row: int
    texts: dict[str, str]
    results: list[tuple[str, SourceCell | None]] = field(default_factory=list)


Item = Group | Line | Unread


def rows(tables: Sequence[Found], scope: Scope) -> list[Item]:
    """All that the tables hold, in their order. Paragraphs before a part without a header flowed out of
    the last cell of results; those before one with a header may name the subprogram.
    """
    items: list[Item] = []
    for found in tables:
        over = above(found, scope)
        if found.first_row:
            items += [Group(text) for text in over if subprogram(text)][-1:]
        elif over:
            items += _flowed(items, found, over)
        for row in found.data_rows:
            items += _taken(items, found, row)
    return items


def _flowed(items: Sequence[Item], found: Found, paragraphs: Sequence[str]) -> Iterator[Item]:
    last = items[-1] if items else None
    if isinstance(last, Line):
        last.results += [(text, None) for text in paragraphs]
    else:
        yield Unread(found.at(0, "title"), "непонятно, к чему относится текст перед таблицей")


def _taken(items: Sequence[Item], found: Found, row: int) -> Iterator[Item]:
    """What one row adds; nothing if it is a total or goes on with the row above."""
    raw = {name: plain(found.cell(row, name)) for name in TEXTS}
    quarters = any(found.cell(row, name).strip() for name in found.columns if "quarter" in name)
    alone = found.alone(row)
    if any(_TOTAL.match(folded(text)) for text in (raw["title"], raw["responsible"], alone)):
        return
    if subprogram(alone) or (alone == raw["title"] != "" and not alone[0].islower()):
        yield Group(alone, found.at(row, "title"))
        return
    title = raw["title"] or (quarters and _seen(found, row, "title")) or ""
    if title and not title[0].islower():
        shared = {name: _seen(found, row, name) for name in ("responsible", "source")}
        line = Line(found, row, {"title": title} | shared)
        line.results.append((found.cell(row, "result"), found.at(row, "result")))
        yield line
        return
    last = items[-1] if items else None
    tails = {name: text for name, text in raw.items() if text}
    if quarters or not isinstance(last, Line) or not all(t[0].islower() for t in tails.values()):
        yield Unread(found.at(row, "title"), f"непонятная строка: «{without(title or alone)}»")
        return
    if tails.pop("result", ""):
        text, at = last.results[-1]
        last.results[-1] = (f"{text} {found.cell(row, 'result')}", at)
    for name, text in tails.items():
        last.texts[name] = f"{last.texts[name]} {text}"


def _seen(found: Found, row: int, name: str) -> str:
    """What one reads in a row, of a cell merged over several rows too."""
    column = found.columns.get(name)
    return plain(found.table.text(row, column)) if column is not None else ""
