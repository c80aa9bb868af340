"""What a paper is about: the year, or the part of it, that its titles say."""

import re
from collections.abc import Iterator, Sequence

from application.intake.answers import Answers
from application.intake.kind import Found
from application.intake.paper import Paper
from application.intake.refused import AnswersNeeded
from application.intake.text import folded

LONGEST_TITLE = 250
UNTOLD = "?"
"""A part of a year that has no name in Letopis, as eleven months."""

_NUMBERS = {"перв": 1, "втор": 2, "трет": 3, "четв": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = r"(?:i{1,3}|iv|[1-4]|перв\w+|втор\w+|трет\w+|четверт\w+)"
_MONTHS = {"3": "Q1", "три": "Q1", "тре": "Q1", "6": "H1", "шес": "H1", "9": "Q3", "дев": "Q3"}
_YEAR_LONG = {"12", "две"}
_SPANS = {"март": "Q1", "июнь": "H1", "сентябрь": "Q3", "декабрь": ""}
_NAMES = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_PART = re.compile(
    r"(?<![\w.,-])(?:"
    r"(?P<months>[0-9]{1,2}|тр[её]\w*|три|шест\w+|девят\w+|двенадцат\w+)(?:-\w+)? мес(?:яц\w*|\b)\.?"
    rf"|(?P<quarter>{_NUMBER})(?:-\w+)? кв(?:артал\w*|\b)\.?"
    rf"|(?:(?P<half>{_NUMBER})(?:-\w+)? )?полугоди\w+"
    rf"|январь ?- ?(?P<span>{'|'.join(_SPANS)})\b"
    rf"|(?P<month>{'|'.join(_NAMES)})\b)"
)
_OF_YEAR = r"(?: ?\([^()]*\))?,? ?(?P<year>20\d\d)(?!\d)"
_PART_OF_YEAR = re.compile(rf"\bза (?:отчетный период )?(?:{_PART.pattern}){_OF_YEAR}")
_YEAR = re.compile(r"\bза (?:отчетный )?(20\d\d)(?: ?г(?:од)?\b|$)")
_ON_YEAR = re.compile(r"\bна (20\d\d) год\b")
_AS_OF = re.compile(r"\bна 0?1\.(?:04|07|10)\.(20\d\d)\b")


def about(paper: Paper, found: Sequence[Found], answers: Answers) -> tuple[int | None, str]:
    """The year and the part of it ("": the whole of it) that a paper is about. None: it names no year,
    or several.

    A period that is answered wins over what the titles say. Refuses: AnswersNeeded (the period, where
    the titles name several of the year, one that has no name, or another year than the answered one).
    """
    if answers.period is not None:
        return int(answers.period[:4]), answers.period if "-" in answers.period else ""
    titles = [folded(text) for text in (*paper.paragraphs, *_above(found))]
    named = {one for title in titles for one in periods_in(title)} or _as_of(titles)
    year = answers.year or (paper.mark.year if paper.mark else None)
    of_year = {one for one in named if year is None or one.startswith(str(year))}
    if len(of_year) == 1 and UNTOLD not in (only := of_year.copy().pop()):
        return int(only[:4]), only if "-" in only else ""
    several_years = year is None and len({one[:4] for one in of_year}) > 1
    if named and not several_years and any(one.kind.of_year for one in found):
        raise AnswersNeeded.of("period")
    if named or year is not None:
        return year, ""
    years = {one for title in titles for one in _ON_YEAR.findall(title)}
    return (int(years.pop()) if len(years) == 1 else None), ""


def periods_in(title: str) -> Iterator[str]:
    """The periods that a folded text is «за …» of, as 2031, 2031-H1; with `?` where Letopis knows none
    such.
    """
    for found in _PART_OF_YEAR.finditer(title):
        part = _part(found)
        yield f"{found['year']}-{part}" if part else found["year"]
    for year in _YEAR.findall(title):
        yield year
        if len(title) <= LONGEST_TITLE:
            yield from (f"{year}-{part}" for part in parts_in(title) if part)


def parts_in(text: str) -> set[str]:
    """The parts of a year that a folded text names: Q1, H1, 03; "" is all of it."""
    return {_part(found) for found in _PART.finditer(text)}


def _part(found: re.Match[str]) -> str:
    if months := found["months"]:
        return "" if months[:3] in _YEAR_LONG else _MONTHS.get(months[:3], UNTOLD)
    if quarter := found["quarter"]:
        return f"Q{_number(quarter)}"
    if span := found["span"]:
        return _SPANS[span]
    if month := found["month"]:
        return f"{_NAMES.index(month) + 1:02}"
    half = _number(found["half"] or "1")
    return f"H{half}" if half <= 2 else UNTOLD  # noqa: PLR2004 (a year has two halves)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.get(text, 0) or _NUMBERS[text[:4]]


def _as_of(titles: Sequence[str]) -> set[str]:
    """A day in the middle of a year says that the year is not whole, and not since when it counts."""
    short = (title for title in titles if len(title) <= LONGEST_TITLE)
    return {f"{year}-{UNTOLD}" for title in short for year in _AS_OF.findall(title)}


def _above(found: Sequence[Found]) -> Iterator[str]:
    return (text for one in found for text in one.titles)
