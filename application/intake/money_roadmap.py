"""The road map of money: what is planned for each quarter, who answers, what result is due."""

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from application.intake.kind import Column, Found, Kind, Scope
from application.intake.money import UNIT_NOT_STATED, funding_source, in_thousands, money
from application.intake.money_rows import Group, Line, rows
from application.intake.outline import Outline, heading
from application.intake.persons import without
from application.intake.results import Result, result, sentences
from application.intake.road_map_title import Title, subprogram
from application.intake.said import Read, Said, Unread
from application.intake.text import folded, is_dash, is_empty, slug, unquoted
from domain import cells
from domain.event import SourceCell
from domain.refusals import NotANumber
from domain.values import AbsenceReason, Absent, FundingSource, Stated

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"(?:^|[ |])(i{1,3}|iv|[1-4])(?:-?й)? кв(?:артал|\.|$)"
_EMPTY = Absent(absent=AbsenceReason.NOT_STATED, reason="Пустая ячейка")
_BETWEEN_BODIES = re.compile(r"[,;](?![^«]*»)")

Says = Generator[Read, None, str | None]
"""What is said, and the id of the thing that it is said of (None: it is not told)."""


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """All measures of a paper with their money, executors and indicators. Refuses: AnswersNeeded."""
    title = Title.of(tables, scope)
    yield from title.says()
    unclear = [one for found in tables for one in _unclear(found, scope)]
    yield from unclear
    if unclear:
        return
    years = sorted({year for found in tables for year in _years(found)})
    year = scope.year or next(iter(years), title.year) or scope.needed_year
    reading = _Reading(scope, year, Outline.of(scope))
    for one in rows(tables, scope):
        match one:
            case Group():
                yield from reading.group(one)
            case Line():
                yield from reading.line(one)
            case Unread():
                yield one


@dataclass(slots=True)
class _Reading:
    """What has been read so far. `outline`: under which heading the rows stand."""

    scope: Scope
    year: int
    outline: Outline
    indicators: dict[str, str] = field(default_factory=dict)

    def group(self, group: Group) -> Iterator[Read]:
        """Goes on under a heading."""
        named = subprogram(group.text)
        if named is not None:
            yield from named.open(self.outline, group.at)[1]
        elif group.at is not None:
            yield from self._element(group.text, group.at)

    def line(self, line: Line) -> Iterator[Read]:
        """What one measure says."""
        at = line.found.at(line.row, "title")
        element = yield from self._element(line.texts["title"], at)
        source = funding_source(line.texts["source"])
        executor = yield from self._executor(line)
        if source is None:
            yield Unread(line.found.at(line.row, "source"), "непонятный источник финансирования")
        if element is None or source is None or executor is None:
            return
        yield from _money(line, cells.Line(self.year, element, executor, source), self.scope)
        for sentence, place in sentences(line.results):
            try:
                found = result(sentence)
            except NotANumber:
                yield Unread(place or at, f"непонятный результат: «{without(sentence)}»")
            else:
                yield from self._indicator(element, found, place) if found else ()

    def _element(self, printed: str, at: SourceCell) -> Says:
        """The element that a text means, and what the text says of a new one."""
        text = without(printed)
        placed = self.outline.place(text)
        if placed is None:
            yield Unread(at, f"неизвестное мероприятие: «{text}»")
            return None
        bare = heading(text).name or text
        bare = unquoted(bare) if bare.startswith("«") else bare
        said = {"name": bare} if placed.registered and placed.name else {}
        if placed.new:
            parent = placed.above[-1] if placed.above else ""
            said = {"kind": str(placed.kind), "name": bare, "parent": parent}
        for name, value in said.items():
            if value:
                yield Said(cells.element(placed.id, name), Stated(value=value), at)
        return placed.id

    def _executor(self, line: Line) -> Says:
        """The body whose money it is: the only one named, else the one beside the administration. All
        that are named are bodies.
        """
        at = line.found.at(line.row, "responsible")
        found = {name: self._body(name) for name in self._bodies(line.texts["responsible"])}
        for name, (id_, new) in found.items():
            if new:
                yield Said(cells.body(id_), Stated(value=name), at)
        spend = [name for name in found if not folded(name).startswith("администраци")]
        if len(spend) > 1 or (len(found) > 1 and not spend):
            yield Unread(at, "названы несколько исполнителей, а деньги одного")
            return None
        return found[(spend or list(found))[0]][0] if found else FundingSource.NOT_STATED

    def _bodies(self, printed: str) -> list[str]:
        """The bodies that a cell names; one that is known goes whole, with the commas in its name."""
        text = without(printed)
        if is_dash(text) or is_empty(text):
            return []
        if self.scope.names.is_named("body", text):
            return [text]
        parts = (part.strip() for part in _BETWEEN_BODIES.split(text))
        return [re.sub(r"(?<=\w)«", " «", part) for part in parts if part]

    def _body(self, name: str) -> tuple[str, bool]:
        """A body's id, and whether nobody named it before."""
        new = not self.scope.names.is_named("body", name)
        id_ = self.scope.names.body(name, slug(name))
        return id_, new and not self.scope.knows(cells.body(id_))

    def _indicator(self, element: str, found: Result, at: SourceCell | None) -> Iterator[Read]:
        serial = Counter(self.indicators.values())[element] + 1
        id_ = self.scope.names.indicator(element, found.name, f"{element}-{serial}")
        self.indicators[id_] = element
        for name, text in (("element", element), ("name", found.name), ("unit", found.unit)):
            if text:
                yield Said(cells.indicator(id_, name), Stated(value=text), at)
        for period, value in found.targets:
            yield Said(cells.target(id_, period or str(self.year)), value, at)


def _money(line: Line, of: cells.Line, scope: Scope) -> Iterator[Read]:
    """What is planned for each quarter: a zero is planned nothing, an empty cell says nothing."""
    for name, quarter in _quarters(line.found).items():
        printed, at = line.found.cell(line.row, name), line.found.at(line.row, name)
        if (line.row, line.found.columns[name]) in line.found.table.merged:
            yield Unread(at, "одна сумма на несколько строк или граф")
            continue
        thousands = in_thousands(line.found, name, scope) is True
        try:
            value = _EMPTY if is_empty(printed) else money(printed, thousands=thousands)
        except NotANumber:
            yield Unread(at, f"не сумма: «{without(printed)}»")
        else:
            yield Said(cells.period_plan(of, f"{of.year}-Q{quarter}"), value, at)


def _quarters(found: Found) -> Mapping[str, int]:
    """The columns of quarters: field → quarter."""
    names = ((name, name.removeprefix("quarter-")) for name in found.columns)
    return {name: QUARTERS[quarter] for name, quarter in names if quarter in QUARTERS}


def _years(found: Found) -> set[int]:
    """The years over the columns of quarters."""
    over = " ".join(found.header[found.columns[name]] for name in _quarters(found))
    return {int(year) for year in re.findall(r"\b20\d\d\b", over)}


def _unclear(found: Found, scope: Scope) -> Iterator[Unread]:
    """Why the columns of a table can not be told apart or mean nothing."""
    at = found.at(0, "title")
    if sum(bool(re.search(_QUARTER, text)) for text in found.header) > len(_quarters(found)):
        yield Unread(at, "несколько граф одного квартала")
    if any(in_thousands(found, name, scope) is None for name in _quarters(found)):
        yield Unread(at, UNIT_NOT_STATED)
    if len(_years(found) | ({scope.year} - {None})) > 1:
        yield Unread(at, f"в заголовке не {scope.year or 'один'} год")


KIND = Kind(
    "money-roadmap",
    "Дорожная карта с деньгами по кварталам",
    (
        Column("quarter", _QUARTER, figure=True),
        Column("total", r"всего|итого|за год", required=False, figure=True),
        Column("source", r"источник", required=False),
        Column("responsible", r"исполнител|ответствен", required=False),
        Column("result", r"результат", required=False),
        Column("title", r"мероприят|процедур|наименован"),
    ),
    read,
    flows=True,
)
