"""The rows of a road map of procedures: headings, procedures, and what goes on from row to row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from application.intake.kind import Found, Scope
from application.intake.persons import without
from application.intake.road_map_title import above, heading_over, subprogram
from application.intake.said import Unread
from application.intake.text import is_dash, plain
from domain.event import SourceCell

TEXTS = ("title", "result", "responsible")
EDGES = ("starts_on", "ends_on", "completed_on")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d\d)-(\d\d)(?:T00:00:00)?")
_BETWEEN_DAYS = re.compile(r"(?:\s|[,;]|\bг\.?(?=\s|[,;]|$)|(?<=-\d\d) 00:00:00)+")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over procedures, in the table (`at`) or in a paragraph before it. `doubtful`: in the
    table of a paper whose headings are paragraphs, so that it must be one known otherwise.
    """

    text: str
    at: SourceCell | None = None
    doubtful: bool = False


@dataclass(slots=True)
class Draft:
    """A procedure as its rows print it. `torn`: glued into the cells of dates. `at`: where its fields
    stand. `unread`: why some of it could not be read.
    """

    number: str
    texts: dict[str, str]
    at: dict[str, SourceCell]
    torn: bool = False
    days: dict[str, list[tuple[date | None, SourceCell]]] = field(
        default_factory=lambda: {edge: [] for edge in EDGES}
    )
    unread: list[Unread] = field(default_factory=list)

    def take_days(self, found: Found, row: int, printed: Mapping[str, str]) -> None:
        """Adds the days of a row's cells of dates."""
        for edge in EDGES:
            at = found.at(row, edge)
            try:
                self.days[edge] += [(day, at) for day in days(printed[edge])]
            except ValueError:
                self.unread.append(Unread(at, f"не даты: «{without(printed[edge])}»"))


Item = Group | Draft | Unread


def rows(tables: Sequence[Found], scope: Scope) -> list[Item]:
    """All that the tables hold, in their order, with the headings between them."""
    items: list[Item] = []
    by_paragraphs = False
    for found in tables:
        over = above(found, scope)
        items += [Group(text) for text in over if subprogram(text)][-1:]
        if heading := heading_over(over):
            by_paragraphs = True
            items.append(Group(heading))
        for row in found.data_rows:
            _take(items, found, row, doubtful=by_paragraphs)
    return items


def days(printed: str) -> list[date | None]:
    """The dates in a cell, in their order, None for a dash. Raises ValueError: something else."""
    found: list[date | None] = []
    for text in filter(None, _BETWEEN_DAYS.split(plain(printed))):
        day = _DAY.fullmatch(text)
        if day is None and is_dash(text):
            found.append(None)
            continue
        if day is None:
            raise ValueError
        year, month, of_month = (day[3], day[2], day[1]) if day[3] else (day[4], day[5], day[6])
        found.append(date(int(year), int(month), int(of_month)))
    return found


def _heading(found: Found, row: int) -> str | None:
    """The text of a row that heads those below: it spans them, or stands where numbers do."""
    text = found.alone(row)
    if not text or not re.search("[А-Яа-яЁё]", text):
        return None
    column = next(n for n, cell in enumerate(found.table.rows[row]) if cell.strip())
    spans = (row, column) in {
        place for at, place in found.table.merged.items() if at[0] == row and at != place
    }
    fields = {place: name for name, place in found.columns.items()}
    return text if spans or fields.get(column, "number") == "number" else None


def _take(items: list[Item], found: Found, row: int, *, doubtful: bool) -> None:
    """Takes in one row."""
    heading = _heading(found, row)
    if heading is not None:
        items.append(Group(heading, found.at(row, "number"), doubtful))
        return
    raw = {name: plain(found.cell(row, name)) for name in ("number", *TEXTS, *EDGES)}
    number = raw["number"].replace(" ", "")
    if _torn(raw):
        at = {"number": found.at(row, "starts_on"), "title": found.at(row, "ends_on")}
        items.append(Draft(raw["starts_on"], {"title": raw["ends_on"]}, at, torn=True))
    elif number and not (_NUMBER.fullmatch(number) and raw["title"]):
        items.append(
            Unread(found.at(row, "number"), f"не номер и мероприятие: «{without(number)}»")
        )
    elif raw["title"] and (number or _starts_unnumbered(found, raw)):
        whole = {name: plain(_seen(found, row, name)) for name in (*TEXTS[1:], *EDGES)}
        texts = {"title": raw["title"]} | {name: whole[name] for name in TEXTS[1:]}
        draft = Draft(number, texts, {name: found.at(row, name) for name in ("number", *TEXTS)})
        draft.take_days(found, row, whole)
        items.append(draft)
    else:
        _go_on(items, found, row, raw)


def _go_on(items: list[Item], found: Found, row: int, raw: Mapping[str, str]) -> None:
    """A row without a number of its own: more dates of the procedure above, and tails of its texts,
    which begin with a small letter.
    """
    last = items[-1] if items else None
    tails = {name: raw[name] for name in TEXTS if raw[name]}
    if (
        not isinstance(last, Draft)
        or last.torn
        or not all(text[0].islower() for text in tails.values())
    ):
        items.append(
            Unread(found.at(row, "title"), "непонятно, к какой процедуре относится строка")
        )
        return
    for name, text in tails.items():
        last.texts[name] = f"{last.texts[name]} {text}"
    last.take_days(found, row, raw)


def _torn(raw: Mapping[str, str]) -> bool:
    """Whether a number and a title stand where dates should, and nothing else does."""
    return (
        not any(raw[name] for name in ("number", *TEXTS))
        and raw["starts_on"].endswith(".")
        and _NUMBER.fullmatch(raw["starts_on"]) is not None
        and re.search(r"[А-Яа-яЁё]{3}", raw["ends_on"]) is not None
    )


def _starts_unnumbered(found: Found, raw: Mapping[str, str]) -> bool:
    """Whether a row of a table without numbers begins a procedure."""
    dated = raw["starts_on"] or raw["ends_on"]
    return "number" not in found.columns and bool(dated) and not raw["title"][0].islower()


def _seen(found: Found, row: int, name: str) -> str:
    """What one reads in a row, of a cell merged over several rows too."""
    column = found.columns.get(name)
    return found.table.text(row, column) if column is not None else ""
