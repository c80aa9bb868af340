"""What stands over a road map: which program and subprogram it is of, and of which year."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from application.intake.kind import Found, Scope
from application.intake.outline import Outline
from application.intake.said import Read, Said
from application.intake.text import plain
from domain import cells
from domain.event import SourceCell
from domain.values import ElementKind, Stated

_QUOTED = r"«((?:[^«»]|«[^«»]*»)+)»"
_PROGRAM = re.compile(
    rf"муниципальной программы\b[^«]{{0,80}}{_QUOTED}"
    r"(?: на (20\d\d ?[-–—] ?20\d\d ?(?:годы|гг\.?)))?",
    re.IGNORECASE,
)
_SUBPROGRAM = re.compile(rf"\bподпрограмм[аы](?: №? ?([IVX]+|\d+)\b\.?)? ?{_QUOTED}", re.IGNORECASE)
_UNQUOTED = re.compile(r"^Подпрограмма (?:№ ?)?([IVX]+|\d+)\b[.:]? ?([^«»]+)$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:на|за) (20\d\d) год\b")
_PAGE = re.compile(
    r"[^А-Яа-яЁё]*|(?:продолжение|приложение|таблица|лист|стр(?:аница)?)\b.{0,40}", re.IGNORECASE
)
_TITLE = re.compile(
    r"«?(?:дорожн\w+ карт|план\b|подпрограмм\w* |муниципальн\w+ программ|на 20\d\d год)",
    re.IGNORECASE,
)


def above(found: Found, scope: Scope) -> list[str]:
    """The lines over a table: paragraphs, and on a sheet the rows before its header."""
    lines = list(scope.paper.before(found.table))
    return lines + [text for row in range(found.first_row) if (text := found.alone(row))]


@dataclass(frozen=True, slots=True)
class Title:
    """What the lines over a road map say, "" or None where they do not."""

    program: str = ""
    period: str = ""
    year: int | None = None

    @classmethod
    def of(cls, tables: Iterable[Found], scope: Scope) -> "Title":
        """The first mention of each."""
        text = plain(" ".join(line for found in tables for line in above(found, scope)))
        program, year = _PROGRAM.search(text), _YEAR.search(text)
        return cls(
            program[1] if program else "",
            (program[2] or "") if program else "",
            int(year[1]) if year else None,
        )

    def says(self) -> Iterator[Read]:
        """The passport's fields."""
        for field, text in (("title", self.program), ("period", self.period)):
            if text:
                yield Said(cells.passport(field), Stated(value=text, printed=text))


@dataclass(frozen=True, slots=True)
class Subprogram:
    """A subprogram as a heading names it; its number, if one is printed, as printed. `text`: the whole
    heading, or of a sentence that mentions it a heading made of that.
    """

    number: str
    name: str
    text: str

    def open(self, outline: Outline, at: SourceCell | None) -> tuple[str, list[Read]]:
        """Its id, and what the heading says of it if it is new."""
        names, kind = outline.names, ElementKind.SUBPROGRAM
        before = len(names.used)
        placed = outline.place(self.text)
        id_ = placed.id if placed else names.element(self.name, kind)
        outline.path = ((kind, id_),)
        said = {"kind": str(kind), "name": self.name, "number": self.number}
        if len(names.used) == before:
            said = {"name": self.name} if placed and placed.registered and placed.name else {}
        return id_, [
            Said(cells.element(id_, field), Stated(value=text), at)
            for field, text in said.items()
            if text
        ]


def subprogram(text: str) -> Subprogram | None:
    """The last subprogram that a text names, None if it names none."""
    found = [*_SUBPROGRAM.finditer(plain(text))] or [*_UNQUOTED.finditer(plain(text))]
    if not found:
        return None
    number, name = found[-1][1] or "", found[-1][2]
    whole = plain(text) if found[-1].start() == 0 else f"Подпрограмма {number} «{name}»"
    return Subprogram(number, name, whole)


def heading_over(lines: Sequence[str]) -> str:
    """The heading right above a table, "" if there is none: numbers of pages, titles of papers and what
    says that a table goes on head nothing. A line that ends open (a colon, a semicolon) goes on.
    """
    texts = [text for text in map(plain, lines) if not _PAGE.fullmatch(text)]
    if not texts or _TITLE.match(texts[-1]):
        return ""
    start = len(texts) - 1
    while start and texts[start - 1].endswith((":", ";")):
        start -= 1
    return " ".join(texts[start:])
