"""The notation of the table in docs/time.md: text of a row → entries, questions and answers.

What it does not understand, to the last character, it refuses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain import cells
from domain.legal_act import Document
from domain.values import NOT_STATED, AbsenceReason, Absent, CellValue, Stated
from tests.given import LINE, T1, T2, T3, act

CELLS = {
    "t1": T1,
    "t2": T2,
    "t3": T3,
    "fact": cells.fact("i1", "2021"),
    "plan": cells.appropriation(LINE),
    "cash": cells.cash(LINE),
}
ZONES = {
    "Moscow": ZoneInfo("Europe/Moscow"),
    "Kamchatka": ZoneInfo("Asia/Kamchatka"),
    "Kaliningrad": ZoneInfo("Europe/Kaliningrad"),
}
UNSAID = datetime(2023, 7, 1, 9, tzinfo=UTC)
"""When an entry is recorded whose row does not say it."""

HEADER = ["№", "what it shows", "recorded after P, in this order", "question", "answer"]

DAY = r"\d\d\.\d\d(?:\.\d{4})?"
MONEY = r"\d+\.\d\d"
ABSENCE = "|".join(reason.replace("_", " ") for reason in AbsenceReason)
VALUE = rf"(?:-?\d+(?:\.\d+)?|{ABSENCE})"
CELL = "|".join(CELLS)
HEAD = (
    rf"(?P<number>[\w-]+) of (?P<on>{DAY})(?:, in force (?P<in_force>{DAY}))?"
    rf"(?:, applies from (?P<applies>{DAY}))?(?:, day order (?P<order>\d+))?"
)
IN_CELL = rf"(?: in (?P<cell>{CELL}))?(?P<dead> without revival)?"
DAYS = {"on", "in_force", "applies", "since", "until", "paid", "as_of", "dated_by", "known_on"}
LINES = {
    "change": rf"(?:(?P<cell>{CELL}) )?(?P<was>{VALUE}) → (?P<becomes>{VALUE})"
    rf"(?: from (?P<since>{DAY}))?(?: until (?P<until>{DAY}))?(?: (?P<overlap>replaces|keeps))?"
    r"(?P<printed> as printed)?",
    "retired": r"indicator of (?P<cell>t[123]) retired",
}
ENTRIES = {
    "act": rf"act {HEAD}(?P<restates>, restating targets)?: (?P<lines>.+)",
    "draft": r"draft (?P<draft>[A-Z]): (?P<lines>.+)",
    "signed": rf"act {HEAD} signs draft (?P<draft>[A-Z])",
    "annulled": rf"(?:act|ruling) {HEAD} annuls act (?P<act>[\w-]+)"
    rf"(?: from (?P<since>{DAY}))?{IN_CELL}",
    "voided": rf"(?:act|ruling) {HEAD} voids act (?P<act>[\w-]+){IN_CELL}",
    "suspended": rf"(?:act|ruling) {HEAD} suspends act (?P<act>[\w-]+) from (?P<since>{DAY})"
    rf" to (?P<until>{DAY}){IN_CELL}",
    "act_in_error": r"act (?P<act>[\w-]+) was recorded in error",
    "reported": rf"report of (?P<on>{DAY}): (?P<kind>|preliminary |last year's )"
    rf"fact (?P<value>{VALUE})",
    "paid": rf"payment (?P<number>\d+) of (?P<on>{DAY}): (?P<amount>{MONEY})",
    "returned": rf"payment (?P<number>\d+) of (?P<on>{DAY}) returns (?P<amount>{MONEY})"
    r" of entry (?P<entry>\d+)",
    "put_right": rf"(?:(?P<of>{CELL}) of )?entry (?P<entry>\d+) put right:"
    rf" (?:act {HEAD}|from (?P<since>{DAY})|until (?P<until>{DAY})|paid (?P<paid>{DAY})"
    rf"|(?P<cell>{CELL})|(?P<value>{VALUE}))",
    "taken_back": rf"(?:(?P<of>{CELL}) of )?entry (?P<entry>\d+) taken back",
}
RECORDED = re.compile(
    rf" \(recorded (?P<on>{DAY}) (?P<at>\d\d:\d\d) UTC(?: in (?P<zone>{'|'.join(ZONES)}))?\)$"
)
QUESTIONS = {
    "value": rf"(?:(?P<cell>{CELL}) at )?(?P<as_of>{DAY})(?: / (?P<dated_by>{DAY}))?"
    r"(?: in edition (?P<edition>[\w-]+))?"
    r"(?: (?P<known>before|after)| known after entry (?P<entry>\d+)"
    rf"| known on (?P<known_on>{DAY}) in (?P<zone>{'|'.join(ZONES)}))?",
    "entry": r"entry (?P<entry>\d+)",
    "findings": r"findings(?: (?P<known>before|after))?",
}


class NotUnderstood(ValueError):
    """The text is not in the notation."""

    def __init__(self, text: object) -> None:
        super().__init__(f"не понято: {text}")


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of notation: which form it has, and its parts by name (None where left out)."""

    text: str
    form: str
    parts: dict[str, str | None]

    def __getitem__(self, part: str) -> str:
        text = self.parts[part]
        if text is None:
            raise NotUnderstood((self.text, part))
        return text

    def has(self, part: str) -> bool:
        return self.parts.get(part) is not None

    def day(self, part: str) -> date | None:
        return day(self[part]) if self.has(part) else None

    def cell(self, part: str = "cell") -> str | None:
        return CELLS[self[part]] if self.has(part) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """What is recorded, when (UTC), and in which zone's day."""

    said: Said
    lines: tuple[Said, ...]
    recorded_at: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.recorded_at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Case:
    """One row: entries in the order of recording, questions, and the answer to each."""

    number: int
    shows: str
    entries: tuple[Entry, ...]
    asked: tuple[tuple[Said, str], ...]


def cases(page: str) -> Iterator[Case]:
    """Every row of every table of the page that has the header; other tables are skipped."""
    inside = False
    for text in page.splitlines():
        row = [part.strip() for part in text.strip().strip("|").split("|")]
        if not text.startswith("|"):
            inside = False
        elif row == HEADER:
            inside = True
        elif inside and not re.fullmatch(r"[|\s:-]+", text):
            yield case(row)


def case(row: list[str]) -> Case:
    """One row. Raises NotUnderstood."""
    if len(row) != len(HEADER) or not row[0].isdecimal() or not row[1]:
        raise NotUnderstood(row)
    questions, answers = row[3].split("; "), row[4].split("; ")
    if len(questions) != len(answers) or not all(answers):
        raise NotUnderstood((questions, answers))
    entries = tuple(entry(text) for text in row[2].split("; "))
    if any(one.recorded_at > two.recorded_at for one, two in pairwise(entries)):
        raise NotUnderstood((row[2], "время записи убывает"))
    asked = tuple(
        (said(text, QUESTIONS), answer) for text, answer in zip(questions, answers, strict=True)
    )
    return Case(int(row[0]), row[1], entries, asked)


def entry(text: str) -> Entry:
    """One entry with its lines."""
    recorded_at, zone = UNSAID, ZONES["Moscow"]
    if at := RECORDED.search(text):
        recorded_at = datetime.combine(day(at["on"]), time.fromisoformat(at["at"]), UTC)
        zone = ZONES[at["zone"] or "Moscow"]
        text = text[: at.start()]
    whole = said(text, ENTRIES)
    lines = whole["lines"].split(", ") if whole.has("lines") else []
    if lines == ["content not stated"]:
        return Entry(whole, (), recorded_at, zone)
    return Entry(whole, tuple(said(one, LINES) for one in lines), recorded_at, zone)


def said(text: str, forms: dict[str, str]) -> Said:
    """The one form that the whole text has. Raises NotUnderstood."""
    for form, pattern in forms.items():
        if match := re.fullmatch(pattern, text):
            found = Said(text, form, match.groupdict())
            for part in DAYS:
                found.day(part)
            return found
    raise NotUnderstood(text)


def day(text: str) -> date:
    """`24.03.2021`, or `24.03` of 2021."""
    day_, month, year = (text if text.count(".") == 2 else f"{text}.2021").split(".")
    return date(int(year), int(month), int(day_))


def value(text: str) -> CellValue:
    """A figure, or an absence in words."""
    reason = text.replace(" ", "_")
    if reason == NOT_STATED.absent:
        return NOT_STATED
    if reason in set(AbsenceReason):
        return Absent(absent=AbsenceReason(reason))
    return Stated(value=text)


def words(given: CellValue | None) -> str:
    """A value in the notation's words."""
    if given is None:
        return "not stated"
    return given.value if isinstance(given, Stated) else given.absent.replace("_", " ")


def document(head: Said, *, content_stated: bool = True) -> Document:
    """The act whose requisites an entry names."""
    return act(
        head["number"],
        day(head["on"]),
        in_force_on=head.day("in_force"),
        applies_from=head.day("applies"),
        content_stated=content_stated,
        day_order=int(head["order"]) if head.has("order") else None,
    )
