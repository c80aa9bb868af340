"""Road maps as rules read them: procedures and the edges of their windows, each with its statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from application.reports.tree import stated_fields
from domain import cells
from domain.dates import Assertion
from domain.state import State
from domain.values import Stated


class Edge(NamedTuple):
    """The first or last day of a window, and the statement that says it."""

    day: date
    said: Assertion

    @property
    def known_in_time(self) -> bool:
        """Whether the document that says it is not younger than the day: nobody owes a duty that was
        not known.
        """
        return self.said.timing.dated_on <= self.day


class Window(NamedTuple):
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


def deadlines(found: Iterable[Procedure]) -> Iterator[Edge]:
    """The last day of every window."""
    for procedure in found:
        for window in procedure.windows:
            if window.ends is not None:
                yield window.ends


def by_year(found: Iterable[Procedure]) -> Mapping[str, list[Procedure]]:
    """The procedures of every road map, by its year."""
    years: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in found:
        years[procedure.year].append(procedure)
    return years


def _windows(state: State) -> dict[str, list[Window]]:
    edges: dict[tuple[str, int, str], Edge] = {}
    for cell, said in state.cells.items():
        if cell.startswith("window:") and isinstance(said.value, Stated):
            _, name, number, edge = cells.parts(cell)
            edges[name, int(number), edge] = Edge(date.fromisoformat(said.value.value), said)
    windows: dict[str, list[Window]] = defaultdict(list)
    for name, n in sorted({(name, n) for name, n, _ in edges}):
        starts, ends = edges.get((name, n, "starts_on")), edges.get((name, n, "ends_on"))
        windows[name].append(Window(name, n, starts, ends))
    return windows


def shown(day: date) -> str:
    """A day as papers print it: 28.02.2020."""
    return f"{day:%d.%m.%Y}"


def positions(*said: Assertion | None) -> tuple[int, ...]:
    """The events behind some statements, each once, in order."""
    return tuple(sorted({one.position for one in said if one is not None}))
