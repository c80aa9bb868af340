"""Planned results by year: elements, their indicators, baselines and targets."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from application.intake.absence import figure_value
from application.intake.amounts import YEAR
from application.intake.kind import Column, Found, Kind, Scope
from application.intake.outline import Outline, heading
from application.intake.rows import Row, fitted, goes_on, has_words, joined, years_of
from application.intake.said import Read, Said, Unread
from application.intake.text import folded
from domain import cells
from domain.refusals import NotANumber
from domain.values import Direction, Stated

COLUMNS = (
    Column("number", r"^(?:№|n) ?(?:п ?/? ?п)?$", required=False),
    Column("unit", r"единиц\w* измерени|^ед\.? ?изм"),
    Column("type", r"^тип\b|^вид показател", required=False),
    Column("direction", r"направлен|^динамика", required=False),
    Column("baseline", r"базов", required=False, figure=True),
    Column("target", YEAR, figure=True),
    Column("indicator", r"показател"),
    Column("element", r"мероприяти|подпрограмм|задач|\bцел|элемент", required=False),
)
_DIRECTIONS = {
    "увелич": Direction.INCREASE,
    "рост": Direction.INCREASE,
    "больше": Direction.INCREASE,
    "повыш": Direction.INCREASE,
    "сниж": Direction.DECREASE,
    "уменьш": Direction.DECREASE,
    "меньше": Direction.DECREASE,
    "сохран": Direction.MAINTAIN,
    "поддерж": Direction.MAINTAIN,
    "не мен": Direction.MAINTAIN,
}


@dataclass(slots=True)
class _Element:
    """A heading of the table, its name made whole."""

    row: Row
    field: str
    name: str
    number: str


@dataclass(slots=True)
class _Indicator:
    """A row of figures, its indicator's name made whole."""

    row: Row
    name: str
    number: str


@dataclass(slots=True)
class _Reader:
    """The rows of the tables as things, in order; what could not be read comes out at once. `known`:
    names of indicators, as one compares them.
    """

    known: Collection[str]
    things: list[_Element | _Indicator] = field(default_factory=list)

    def take(self, found: Found, number: int) -> Iterator[Unread]:
        figures = ("baseline", *years_of(found, "target"))
        row = fitted(found, number, lambda row: _makes_sense(row, figures))
        if row is None:
            # one figure that is none leaves the row in its place
            row = Row(found, number)
            if not row.text("indicator") or _is_figure(row.shared("unit")) or _misplaced(row):
                yield row.unread("клетки строки не на своих местах: не понять, где что")
                return
        name = row.text("indicator")
        if row.says_any(figures) or (name and (row.text("unit") or folded(name) in self.known)):
            yield from self._figures(row)
        else:
            yield from self._words(row)

    def _figures(self, row: Row) -> Iterator[Unread]:
        element, name, number = (row.text(f) for f in ("element", "indicator", "number"))
        if row.lost and not name:
            element, name = "", element
        if not has_words(name):
            yield row.unread("значения есть, а показатель не назван", "indicator")
            return
        if not row.shared("unit") and folded(name) not in self.known:
            yield row.unread(f"не названа единица измерения: «{name[:60]}»", "unit")
            return
        if element:
            yield from self._heading(row, "element", element, number)
        self.things.append(_Indicator(row, name, "" if element else number))

    def _words(self, row: Row) -> Iterator[Unread]:
        """A row without figures: a heading, or the rest of names torn by the end of a row or page."""
        number, alone = row.text("number"), [t for t in row.filled if t != row.text("number")]
        element, name = row.text("element"), row.text("indicator")
        if len(alone) == 1 and (number or heading(alone[0]).kind or not (element or name)):
            field_ = next((f for f in row.found.columns if row.text(f) == alone[0]), "")
            yield from self._heading(row, field_, alone[0], number)
            return
        if not alone or set(alone) - {element, name}:
            yield row.unread(f"не понято, что это: «{' '.join(row.filled)}»")
            return
        if element:
            yield from self._heading(row, "element", element, number)
        last = self.things[-1] if self.things else None
        if name and isinstance(last, _Indicator) and goes_on(last.name, name):
            last.name = joined(last.name, name)
        elif name:
            why = f"не понято: продолжение названия или показатель без значений: «{name}»"
            yield row.unread(why, "indicator")

    def _heading(self, row: Row, field_: str, text: str, number: str) -> Iterator[Unread]:
        last = next((one for one in reversed(self.things) if isinstance(one, _Element)), None)
        if last and not number and heading(text).kind is None and goes_on(last.name, text):
            last.name = joined(last.name, text)
        else:
            self.things.append(_Element(row, field_, text, number))
        yield from ()


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """What the tables say: first the elements, then the indicators with their figures."""
    reader = _Reader(scope.names.indicators())
    for found in tables:
        for number in found.data_rows:
            yield from reader.take(found, number)
    outline, indicators = Outline.of(scope), _Indicators(scope)
    said: list[Read] = []
    for thing in reader.things:
        if isinstance(thing, _Indicator):
            said.extend(indicators.read(thing))
            continue
        placed = outline.place(thing.name, thing.number)
        if placed is None:
            yield thing.row.unread(f"не понято, что это за элемент: «{thing.name}»", thing.field)
        else:
            yield from placed.sayings(thing.row.at(thing.field))
        indicators.element = placed.id if placed else ""
    yield from said


@dataclass(slots=True)
class _Indicators:
    """Reads rows of figures below the element that was named last."""

    scope: Scope
    element: str | None = None
    counted: dict[str, int] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def read(self, one: _Indicator) -> Iterator[Read]:
        row, element = one.row, self.element
        if not element:
            if element is None:
                yield row.unread("показатель стоит до первого элемента программы", "indicator")
            return
        self.counted[element] = self.counted.get(element, 0) + 1
        proposed = f"{element}-{self.counted[element]}"
        id_ = self.scope.names.indicator(element, one.name, proposed)
        if id_ in self.met:
            yield row.unread(f"показатель назван дважды: «{one.name}»", "indicator")
            return
        self.met.add(id_)
        fields = {
            "element": element,
            "name": one.name,
            "unit": self.scope.answers.units.get(id_) or row.shared("unit"),
            "direction": _direction(row),
            "type": row.shared("type"),
            "number": one.number,
        }
        named = row.at("indicator" if row.text("indicator") else "element")
        years = {
            name: year for name, year in years_of(row.found, "target").items() if row.text(name)
        }
        begins = row.at(next(iter(years))) if years else named
        for name, text in fields.items():
            if text:
                at = begins if name == "element" else named
                yield Said(cells.indicator(id_, name), Stated(value=text), at)
        if row.text("baseline"):
            yield _figure(row, "baseline", cells.baseline(id_))
        for name, year in years.items():
            yield _figure(row, name, cells.target(id_, year))


def _direction(row: Row) -> str:
    """Which way an indicator is meant to move, where a column says it; else the answers do."""
    printed = folded(row.shared("direction"))
    return next((to for word, to in _DIRECTIONS.items() if printed.startswith(word)), "")


def _makes_sense(row: Row, figures: Sequence[str]) -> bool:
    """Whether texts stand where texts belong and figures where figures do."""
    if any((text := row.text(name)) and not _is_figure(text) for name in figures):
        return False
    if any(_is_figure(row.text(name)) for name in ("unit", "type", "direction")):
        return False
    if row.says_any(figures) and _misplaced(row):
        return False
    return not row.lost or row.says_all(("unit", *(set(figures) & set(row.found.columns))))


def _misplaced(row: Row) -> bool:
    """Whether a name stands where a number should."""
    return re.search(r"[^\W\d_]{5}", row.text("number")) is not None


def _is_figure(text: str) -> bool:
    try:
        return bool(text) and bool(figure_value(text))
    except NotANumber:
        return False


def _figure(row: Row, name: str, cell: str) -> Read:
    printed = row.text(name)
    try:
        return Said(cell, figure_value(printed), row.at(name))
    except NotANumber:
        return row.unread(f"не число: «{printed[:60]}»", name)


KIND = Kind("targets", "Планируемые результаты", COLUMNS, read)
