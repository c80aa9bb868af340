"""Road maps as rules read them: procedures and the edges of their windows, each with its statement."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from application.reports.tree import stated_fields
from domain import cells
from domain.dates import Assertion
from domain.state import State
from domain.values import Stated


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last day of a window, and the statement that says it."""

    day: date
    said: Assertion

    @property
    def known_in_time(self) -> bool:
        """Whether the document that says it is not younger than the day: nobody owes a duty that was
        not known.
        """
        return self.said.timing.dated_on <= self.day


@dataclass(frozen=True, slots=True)
class Window:
    """One occurrence of a procedure; an edge is None where a document took it away."""

    procedure: str
    number: int
    starts: Edge | None
    ends: Edge | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure. `block` is the indicator (or the element) that it stands under."""

    id: str
    year: str
    block: str
    indicator: str | None
    parent: str | None
    title: Assertion
    windows: tuple[Window, ...]


def procedures(state: State) -> list[Procedure]:
    """All procedures in the order of recording, their windows in printed order."""
    found = _windows(state)

    def procedure(name: str, title: Assertion) -> Procedure:
        def text(field: str) -> str | None:
            return state.text(cells.procedure(name, field))

        return Procedure(
            id=name,
            year=text("year") or "",
            block=text("indicator") or text("element") or "",
            indicator=text("indicator"),
            parent=text("parent"),
            title=title,
            windows=tuple(found.get(name, ())),
        )

    return [procedure(*one) for one in stated_fields(state, "procedure", "title").items()]


def deadlines(state: State) -> Iterator[Edge]:
    """The last day of every window."""
    for procedure in procedures(state):
        for window in procedure.windows:
            if window.ends is not None:
                yield window.ends


def by_year(state: State) -> Mapping[str, list[Procedure]]:
    """The procedures of every road map, by its year."""
    found: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in procedures(state):
        found[procedure.year].append(procedure)
    return found


def _windows(state: State) -> dict[str, list[Window]]:
    edges: dict[tuple[str, int], dict[str, Edge]] = defaultdict(dict)
    for cell, said in state.cells.items():
        if cell.startswith("window:") and isinstance(said.value, Stated):
            _, name, number, edge = cells.parts(cell)
            edges[name, int(number)][edge] = Edge(date.fromisoformat(said.value.value), said)
    found: dict[str, list[Window]] = defaultdict(list)
    for (procedure, n), of in sorted(edges.items()):
        found[procedure].append(Window(procedure, n, of.get("starts_on"), of.get("ends_on")))
    return found


def shown(day: date) -> str:
    """A day as papers print it: 28.02.2020."""
    return f"{day:%d.%m.%Y}"


def positions(*said: Assertion | None) -> tuple[int, ...]:
    """The events behind some statements, each once, in order."""
    return tuple(sorted({one.position for one in said if one is not None}))
