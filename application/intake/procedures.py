"""The road map of procedures: what is due when, who answers, by indicator."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from application.intake.kind import Column, Found, Kind, Scope
from application.intake.outline import Outline
from application.intake.persons import Persons, without
from application.intake.procedure_rows import EDGES, TEXTS, Draft, Group, rows
from application.intake.road_map_title import Title, subprogram
from application.intake.said import Read, Said, Unread
from application.intake.text import folded
from domain import cells
from domain.event import SourceCell
from domain.values import Stated

_INDICATOR = re.compile(
    r"(?:показатель\b[ №:]*)?(?P<number>\d+(?:\.\d+)*\.(?= ))? *(?P<name>.+?)[ :]*", re.IGNORECASE
)
UNASSIGNED = folded("Процедуры, не отнесенные к показателям")
"""The heading of procedures that serve no indicator, as Letopis prints it."""


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """All procedures of a paper with the indicators that they serve. Refuses: AnswersNeeded."""
    title = Title.of(tables, scope)
    persons = Persons.of(scope.paper, tables, ("number", *TEXTS), scope.met)
    reading = _Reading(scope, persons, scope.year or title.year or scope.needed_year)
    yield from title.says()
    for one in rows(tables, scope):
        match one:
            case Group():
                yield from reading.group(one)
            case Draft():
                yield from reading.procedure(one)
            case Unread():
                yield one


@dataclass(slots=True)
class _Reading:
    """What has been read so far: under which indicator the rows stand (None: it is not known, "": under
    none), who holds which position.
    """

    scope: Scope
    persons: Persons
    year: int
    outline: Outline = field(init=False)
    element: str = ""
    indicator: str | None = None
    heading: tuple[str, str, SourceCell | None] | None = None
    indicators: list[str] = field(default_factory=list)
    positions: dict[str, str] = field(default_factory=dict)
    numbered: dict[tuple[str, str], str] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outline = Outline.of(self.scope)

    def group(self, group: Group) -> Iterator[Read]:
        """Goes on under a heading: a subprogram or an indicator."""
        named = subprogram(group.text)
        if named is not None:
            self.indicator = self.heading = None
            self.element, said = named.open(self.outline, group.at)
            yield from said
        elif folded(group.text) == UNASSIGNED:
            self.indicator, self.heading = "", None
        elif found := _INDICATOR.fullmatch(without(group.text)):
            number, name = found["number"] or "", found["name"]
            if group.at and group.doubtful and folded(name) not in self.scope.names.indicators():
                yield Unread(group.at, f"непонятная строка: «{name}»")
                return
            self.indicator, self.heading = None, (number, name, group.at)

    def _under_heading(self) -> Iterator[Read]:
        """Begins the first procedure under a heading, which makes it the name of an indicator."""
        if self.heading is None:
            return
        (number, name, at), self.heading = self.heading, None
        self.indicator = self._indicator(name)
        said = {"element": self.element, "name": name, "number": number}
        for field_, text in said.items() if self.indicator else ():
            cell = cells.indicator(self.indicator or "", field_)
            if text and not (field_ == "element" and self.scope.knows(cell)):
                yield Said(cell, Stated(value=text), at)

    def _indicator(self, name: str) -> str | None:
        """The indicator of this name: the only one, else that of the subprogram. None: whose is it?"""
        names = self.scope.names
        known = names.indicators().get(folded(name), set())
        if len(known) != 1 and not self.element:
            return None
        proposed = str(len(self.indicators) + 1)
        found = min(known) if len(known) == 1 else names.indicator(self.element, name, proposed)
        if found not in self.indicators:
            self.indicators.append(found)
        return found

    def procedure(self, draft: Draft) -> Iterator[Read]:
        """What one procedure says."""
        yield from draft.unread
        yield from self._under_heading()
        at, title, key = draft.at["title"], without(draft.texts["title"]), draft.number.strip(".")
        if self.indicator is None:
            yield Unread(at, f"не сказано, какому показателю служит процедура «{title}»")
            return
        id_ = self._id(key, title)
        if id_ in self.met:
            yield Unread(at, f"процедура напечатана второй раз: «{title}»")
            return
        self.met.append(id_)
        self.numbered[self.indicator, key] = id_
        position, persons = self._responsible(draft.texts.get("responsible", ""))
        if len(persons) > 1:
            yield Unread(draft.at["responsible"], "названы несколько человек, а отвечает один")
        said = {
            "year": str(self.year),
            "title": title,
            "indicator": self.indicator,
            "number": draft.number,
            "parent": self.numbered.get((self.indicator, key.rpartition(".")[0]), ""),
            "result": without(draft.texts.get("result", "")),
            "position": position,
            "person": persons[0] if len(persons) == 1 else "",
            "torn": "true" if draft.torn else "",
        }
        for name, text in said.items():
            if text:
                yield Said(cells.procedure(id_, name), Stated(value=text), draft.at.get(name, at))
        yield from self._windows(id_, draft)

    def _id(self, key: str, title: str) -> str:
        serial = key or str(len(self.met) + 1)
        proposed = f"{self.indicator}-{serial}" if self.indicator else serial
        return self.scope.names.procedure(self.indicator or "", key, title, proposed)

    def _responsible(self, printed: str) -> tuple[str, tuple[str, ...]]:
        """The position and the persons; a position named with a person once is hers ever after."""
        position, persons = self.persons.responsible(printed)
        if persons and position:
            self.positions[persons[0]] = position
        return position or self.positions.get("".join(persons), ""), persons

    def _windows(self, id_: str, draft: Draft) -> Iterator[Read]:
        """The windows in printed order, first with first. A new one has both of its edges."""
        counts = {len(draft.days[edge]) for edge in EDGES if draft.days[edge]}
        lacking = bool(counts) and not all(draft.days[edge] for edge in EDGES[:2])
        if len(counts) > 1 or (lacking and self.scope.state is None):
            starts, ends = (len(draft.days[edge]) for edge in EDGES[:2])
            yield Unread(draft.at["title"], f"дат начала {starts}, дат завершения {ends}")
            return
        for edge in EDGES:
            for n, (day, at) in enumerate(draft.days[edge], start=1):
                if day is not None:
                    done = edge == "completed_on"
                    cell = cells.completion(id_, n) if done else cells.window(id_, n, edge)
                    yield Said(cell, Stated(value=day.isoformat()), at)


KIND = Kind(
    "procedures",
    "Дорожная карта процедур",
    (
        Column("number", r"^(?:№|номер|n\b)", required=False),
        Column("completed_on", r"дата (?:исполнени|выполнени)", required=False),
        Column("starts_on", r"начал", figure=True),
        Column("ends_on", r"заверш|оконч|конец", figure=True),
        Column("result", r"результат", required=False),
        Column("responsible", r"ответствен|исполнител", required=False),
        Column("title", r"мероприят|процедур"),
    ),
    read,
    flows=True,
)
