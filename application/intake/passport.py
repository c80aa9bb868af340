"""The passport: two columns «field, text», its money in a sentence or as a table by source and year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from application.intake.absence import prose
from application.intake.amounts import table_in_thousands
from application.intake.kind import Found, Kind, Scope
from application.intake.outline import Outline, heading
from application.intake.paper import Paragraph, Table
from application.intake.passport_money import COLUMNS, in_sentence, in_table, table_below
from application.intake.persons import without
from application.intake.rows import Row, goes_on, joined
from application.intake.said import LeftOut, Read, Said
from application.intake.text import folded, plain
from domain import cells
from domain.values import Absent, ElementKind, Stated

_ITS = r"(?: реализации)?(?: муниципальной)?(?: программы)?$"
FIELDS = (
    ("title", r"(?:полное )?наименование (?:муниципальной )?программы"),
    ("code", r"код\b"),
    ("customer", r"(?:муниципальный )?заказчик (?:муниципальной )?программы"),
    ("coordinator", r"координатор"),
    ("period", r"(?:этапы и )?срок\w* (?:и этапы )?реализации"),
    ("control", r"(?:организация )?контрол"),
    ("reporting_rule", r"срок\w* представления отчетност"),
    ("goals", rf"цел[ьи]{_ITS}"),
    ("objectives", rf"задачи{_ITS}"),
    ("subprograms", rf"(?:перечень )?подпрограммы?{_ITS}"),
    (
        "money",
        r"(?:источник\w*|объ?ем\w*) (?:\w+ )?(?:финансирован|финансовых|ресурс)|финансирование",
    ),
    (
        "prose",
        r"основани|(?:планируемые|ожидаемые|конечные) результат|характеристик|показател|целевые",
    ),
)
"""A field and how its row begins. `prose` is not carried."""

FEWEST_FIELDS = 3
_AS_PRINTED = frozenset({"title", "code"})
_ASIDE = re.compile(r"\s*\(далее[^)]*\)")
_NUMBERED = re.compile(r"(?:([0-9]{1,2})[.)]|[-–—•])\s+")
_RULE = re.compile(r"до [0-9]{1,2}(?:-го)? числа месяца,? следующего за отч[её]тным \w+")


@dataclass(slots=True)
class _Field:
    """A row of the passport: its name, the text with its line ends."""

    row: Row
    name: str
    text: str


def fits(table: Table) -> Found | None:
    """The table as a passport, if one of its columns names fields of it. Lines that stand alone above it
    (on a sheet) are its title.
    """
    named = {
        column: {name for row in table.rows if (name := field_of(row[column]))}
        for column in range(table.width)
    }
    most = max(named, key=lambda column: len(named[column]), default=None)
    if most is None or len(named[most]) < FEWEST_FIELDS or table.width == 1:
        return None
    others = [column for column in range(table.width) if column != most]
    text = max(others, key=lambda column: sum(len(row[column]) for row in table.rows))
    whole = Found(table, KIND, {"field": most, "text": text}, 0)
    titles = (
        bool(whole.alone(n)) and bool(row[most].strip()) and not field_of(row[most])
        for n, row in enumerate(table.rows)
    )
    return replace(whole, first_row=next(n for n, title in enumerate(titles) if not title))


def field_of(label: str) -> str:
    """The field that a row's name means, "" if none."""
    said = folded(label)
    return next((name for name, words in FIELDS if re.match(words, said)), "")


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """What the passport says of the program, its aims and its money."""
    fields = _Fields(scope, frozenset(found.table.number for found in tables))
    thousands: bool | None = None
    for found in (*_pages_before(tables[0], scope), *tables):
        if "field" in found.columns:
            yield from fields.take(found)
        else:
            thousands = table_in_thousands(found, scope, before=thousands)
            yield from in_table(found, found.data_rows, thousands=thousands)
    for one in fields.found:
        yield from fields.read(one)
    yield from fields.rule()


def _pages_before(first: Found, scope: Scope) -> list[Found]:
    """The beginning of a passport that is too short to be recognized by itself."""
    pages: list[Found] = []
    for block in reversed(scope.paper.blocks[: _place(first, scope)]):
        if "field" not in first.columns or not isinstance(block, Table):
            if pages or not isinstance(block, Paragraph) or plain(block.text):
                break
            continue
        column = first.columns["field"]
        if block.width != first.table.width or not any(field_of(row[column]) for row in block.rows):
            break
        pages.insert(0, first.continued(block))
    return pages


def _place(found: Found, scope: Scope) -> int:
    numbers = [block.number if isinstance(block, Table) else 0 for block in scope.paper.blocks]
    return numbers.index(found.table.number)


@dataclass(slots=True)
class _Fields:
    """The fields of a passport, whichever tables hold them."""

    scope: Scope
    tables: frozenset[int]
    found: list[_Field] = field(default_factory=list)

    def take(self, found: Found) -> Iterator[Read]:
        """Takes in the rows of a table; a row without a name goes on with the field before it."""
        money: Found | None = None
        for number in found.data_rows:
            row = Row(found, number)
            label, text = row.text("field"), _raw(row)
            name = field_of(label) or self._by_its_name(label)
            if money is not None and not name:
                if number >= money.first_row:
                    unit = table_in_thousands(money, self.scope)
                    yield from in_table(money, [number], thousands=unit)
            elif name:
                money = table_below(found, number, KIND) if name == "money" else None
                if money is None:
                    self.found.append(_Field(row, name, text))
            elif label or not self.found:
                yield row.unread(
                    f"неизвестное поле паспорта: «{label or plain(text)[:60]}»", "field"
                )
            else:
                last = self.found[-1]
                last.text = f"{last.text}\n{text}"

    def read(self, one: _Field) -> Iterator[Read]:
        """What a field says."""
        match one.name:
            case "prose":
                yield LeftOut(one.row.at("text"), "текст не переносится")
            case "goals":
                yield from self._aims(one, ElementKind.GOAL)
            case "objectives":
                yield from self._aims(one, ElementKind.OBJECTIVE)
            case "subprograms":
                yield from self._subprograms(one)
            case "money":
                yield from in_sentence(one.row, one.text)
            case _:
                yield from _stated(one)

    def rule(self) -> Iterator[Read]:
        """When reports are due, where the text below the passport says it."""
        if not self.found or any(one.name == "reporting_rule" for one in self.found):
            return
        for text in self.scope.paper.paragraphs:
            if hit := _RULE.search(plain(text)):
                yield Said(cells.passport("reporting_rule"), Stated(value=hit[0], printed=hit[0]))
                return

    def _by_its_name(self, label: str) -> str:
        """A field that the program already has and that forms call by its own name."""
        known = self.scope.state
        return label if known and label and known.said(cells.passport(label)) else ""

    def _aims(self, one: _Field, kind: ElementKind) -> Iterator[Read]:
        names, lines = self.scope.names, _lines(one.text)
        for place, line in enumerate(lines, start=1):
            said, hit = heading(line), _NUMBERED.match(line)
            name = said.name if said.kind == kind else line[hit.end() :] if hit else line
            number = said.code if said.kind == kind else hit[1] or "" if hit else ""
            name = name.strip(" .;")
            proposed = kind if len(lines) == 1 else f"{kind}-{number or place}"
            before = len(names.used)
            id_ = names.element(name, proposed)
            if len(names.used) > before:
                yield Said(cells.element(id_, "kind"), Stated(value=kind), one.row.at("text"))
                yield Said(cells.element(id_, "name"), Stated(value=name), one.row.at("text"))

    def _subprograms(self, one: _Field) -> Iterator[Read]:
        """The subprograms that no other table names: those are the other table's to say."""
        elsewhere = {
            said.code
            for table in self.scope.paper.tables
            if table.number not in self.tables
            for row in table.rows
            for text in row
            if (said := heading(text)).kind == ElementKind.SUBPROGRAM
        }
        outline = Outline.of(self.scope)
        for line in _lines(_ASIDE.sub("", one.text)):
            name = line.strip(" .;")
            if heading(name).code in elsewhere:
                continue
            placed = outline.place(name)
            if placed is None:
                yield one.row.unread(f"не понято, какая это подпрограмма: «{name}»", "text")
            elif placed.new:
                yield from placed.sayings(one.row.at("text"))


def _stated(one: _Field) -> Iterator[Read]:
    """A field that is one text. Persons in it are left out, their positions stay."""
    printed = plain(_ASIDE.sub("", one.text))
    if one.name == "control":
        printed = re.sub(r"(?i)^контроль .*?\bосуществля\w+\s+", "", printed)
    at = one.row.at("text")
    if one.name not in _AS_PRINTED:
        position = without(printed).strip(" ,;")
        if position != printed.strip(" ,;"):
            yield LeftOut(at, "лицо не переносится, только должность")
        printed = position
    if not printed:
        return
    worded = prose(printed)
    if isinstance(worded, Absent):
        yield Said(cells.passport(one.name), worded, at)
        return
    quoted = re.fullmatch(r"(?:муниципальная программа )?«(.*)»", printed, re.IGNORECASE)
    if one.name == "title" and quoted:
        printed = quoted[1]
    value = printed[0].upper() + printed[1:] if one.name == "control" else printed
    yield Said(cells.passport(one.name), Stated(value=value, printed=printed), at)
    if one.name == "period":
        years = re.findall(r"\b20[0-9]{2}\b", printed)
        if not years or years != sorted(years):
            yield one.row.unread(f"не понято, какие это годы: «{printed}»", "text")
            return
        yield Said(cells.passport("first_year"), Stated(value=years[0]), at)
        yield Said(cells.passport("last_year"), Stated(value=years[-1]), at)


def _raw(row: Row) -> str:
    """A text with its line ends."""
    return row.found.table.rows[row.number][row.found.columns["text"]]


def _lines(text: str) -> list[str]:
    """The items of a list, one a line; a line that goes on is part of the one before."""
    found: list[str] = []
    for line in filter(None, map(plain, text.splitlines())):
        if found and not _NUMBERED.match(line) and goes_on(found[-1].rstrip(","), line):
            found[-1] = joined(found[-1], line)
        else:
            found.append(line)
    return found


KIND = Kind("passport", "Паспорт", COLUMNS, read, fits=fits)
