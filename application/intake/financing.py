"""Financing: money of elements by source and year; lines of the finest level, and printed sums."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from application.intake.absence import figure_value
from application.intake.amounts import ALL, TOTAL_WORDS, YEAR, source_of, table_in_thousands
from application.intake.headings import parts
from application.intake.kind import Column, Found, Kind, Scope
from application.intake.money import UNIT_NOT_STATED, is_whole
from application.intake.money_lines import MoneyLines, MoneyRow
from application.intake.outline import Outline, is_program
from application.intake.persons import without
from application.intake.rows import Row, fitted, goes_on, joined, years_of
from application.intake.said import Read, Said
from application.intake.text import folded, is_dash, slug
from application.reports.tree import PROGRAM
from domain import cells
from domain.refusals import NotANumber
from domain.values import FundingSource, Stated

COLUMNS = (
    Column("number", r"^(?:№|n) ?(?:п ?/? ?п)?$", required=False),
    Column("year", YEAR, figure=True),
    Column("source", r"источник"),
    Column("total", TOTAL_WORDS + r"|\bсумма", required=False, figure=True),
    Column("executor", r"исполнител|ответственн|распорядител", required=False),
    Column("element", r"программ|мероприяти|элемент|наименование"),
)
_OF_IT = re.compile(r"в том числе|в т\.? ?ч|из них")
_SUM_OF = re.compile(rf"(?i){TOTAL_WORDS}(?: по)?\b[ :,]*")


@dataclass(slots=True)
class _Subject:
    """Whose money rows tell: an element by its heading, or with `is_sum` the sum of what `name` says
    (of the program, if it says nothing and ends the table).
    """

    row: Row
    name: str
    number: str = ""
    is_sum: bool = False


@dataclass(slots=True)
class _Reader:
    """The rows of the tables: whose money, and the money."""

    scope: Scope
    subjects: list[_Subject] = field(default_factory=list)
    money: list[MoneyRow] = field(default_factory=list)

    def take(self, found: Found, number: int, *, thousands: bool) -> Iterator[Read]:
        """Takes in a row."""
        figures = ("total", *years_of(found, "year"))
        # one figure that is none leaves the row in its place
        row = fitted(found, number, lambda row: _makes_sense(row, figures)) or Row(found, number)
        element, source = row.text("element"), row.shared("source")
        if not row.says_any(figures):
            yield from self._words(row)
            return
        if source and source_of(source) is None:
            yield row.unread(f"не понят источник: «{source[:60]}»", "source")
            return
        if not element and source_of(source) == ALL and parts(_SUM_OF.sub("", source)):
            element = source
        self._name(row, element)
        if not self.subjects or not (element or source):
            yield row.unread("суммы есть, а чьи они, не сказано", "element")
            return
        executor = yield from self._executor(row)
        place = len(self.subjects) - 1
        self.money.append(MoneyRow(row, place, executor, source_of(source) or ALL, thousands))

    def _words(self, row: Row) -> Iterator[Read]:
        """A row without money: a heading over the rows below, or the rest of a name."""
        alone = row.found.alone(row.number)
        headed = parts(alone) or _SUM_OF.match(alone) or _OF_IT.match(folded(alone))
        text = row.text("element") or (alone if headed else "")
        if not text or set(row.filled) - {text, row.text("number")}:
            yield row.unread(f"строка без сумм: «{' '.join(row.filled)[:60]}»")
        else:
            self._name(row, text)

    def _name(self, row: Row, text: str) -> None:
        """Goes on with whose money follows, by the text in the element's column."""
        number, last = row.text("number"), self.subjects[-1] if self.subjects else None
        if not text or _OF_IT.match(folded(text)):
            return
        if hit := _SUM_OF.match(text):
            self.subjects.append(_Subject(row, text[hit.end() :], is_sum=True))
        elif last and not number and not parts(text) and goes_on(last.name, text):
            last.name = joined(last.name, text)
        else:
            self.subjects.append(_Subject(row, text, number, is_sum=is_program(text)))

    def _executor(self, row: Row) -> Generator[Read, None, str | None]:
        """Who spends the money: a body, `-` for nobody named, "" where no column says it, None for all.
        A cell left empty goes on with the body above it.
        """
        if "executor" not in row.found.columns:
            return ""
        printed = without(row.shared("executor"))
        if is_whole(printed) or self.subjects[-1].is_sum:
            return None
        if not printed:
            last = self.money[-1] if self.money else None
            same = last and last.subject == len(self.subjects) - 1
            return last.executor if last and same else FundingSource.NOT_STATED
        if is_dash(printed):
            return FundingSource.NOT_STATED
        new = not self.scope.names.is_named("body", printed)
        id_ = self.scope.names.body(printed, slug(printed))
        if new:
            yield Said(cells.body(id_), Stated(value=printed), row.at("executor"))
        return id_


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """What the tables say: elements that nothing named before, lines of money, sums of it."""
    reader, thousands = _Reader(scope), None
    for found in tables:
        thousands = table_in_thousands(found, scope, before=thousands)
        if thousands is None:
            yield Row(found, max(found.first_row - 1, 0)).unread(UNIT_NOT_STATED)
            return
        for number in found.data_rows:
            yield from reader.take(found, number, thousands=thousands)
    lines = MoneyLines.of(scope, reader.money)
    outline = Outline.of(scope)
    for place, subject in enumerate(reader.subjects):
        ends = place + 1 == len(reader.subjects)
        if subject.is_sum:
            whole = is_program(subject.name) or (ends and not subject.name)
            lines.add(place, PROGRAM if whole else outline.find(subject.name), is_sum=True)
        elif placed := outline.place(subject.name, subject.number):
            lines.add(place, placed.id, above=placed.above)
            if placed.new:
                yield from placed.sayings(subject.row.at("element"))
        if place not in lines.whose:
            why = f"не понято, чьи это суммы: «{subject.row.text('element') or subject.name}»"
            yield subject.row.unread(why, "element")
    yield from lines.read()


def _makes_sense(row: Row, figures: Sequence[str]) -> bool:
    """Whether a source stands where it belongs, and figures where they do."""
    source = row.text("source")
    if source and source_of(source) is None:
        return False
    if any((text := row.text(name)) and not _is_figure(text) for name in figures):
        return False
    told = row.says_all(("source", *(set(figures) & set(row.found.columns))))
    return not row.lost or (told and not is_dash(source))


def _is_figure(text: str) -> bool:
    try:
        return bool(figure_value(text))
    except NotANumber:
        return False


KIND = Kind("financing", "Финансирование по источникам и годам", COLUMNS, read, is_list=True)
