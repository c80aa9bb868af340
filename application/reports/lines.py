"""The budget lines behind the money of a form, and how they roll up along the tree."""

from collections.abc import Iterable

from application.reports.tree import PROGRAM, Tree
from domain import cells
from domain.cells import Line
from domain.state import State
from domain.values import FundingSource

SOURCES = [source.value for source in FundingSource]


def lines(
    state: State, elements: Tree, kinds: Iterable[str], year: int | None = None
) -> list[Line]:
    """The lines that cells of these kinds speak about, of one year or of all.

    In the order of the tree, then of the bodies, then of the sources.
    """
    wanted = frozenset(kinds)
    found = {
        Line(int(parts[1]), *parts[2:5])
        for cell in (*state.cells, *state.moved)
        if (parts := cells.parts(cell))[0] in wanted
    }
    element_place = {name: n for n, name in enumerate(elements.elements)}
    body_place = {name: n for n, name in enumerate(bodies(state))}

    def place(line: Line) -> tuple[int, int, str, int, int]:
        return (
            element_place.get(line.element, len(element_place)),
            body_place.get(line.executor, len(body_place)),
            line.executor,
            SOURCES.index(line.source),
            line.year,
        )

    return sorted((line for line in found if year in (None, line.year)), key=place)


def rolled_up(elements: Tree, found: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines of every element and of all below it, and of the whole program."""
    by_element: dict[str, list[Line]] = {PROGRAM: [], **{name: [] for name in elements.elements}}
    for line in found:
        for element in (PROGRAM, *elements.path(line.element)):
            by_element[element].append(line)
    return by_element


def bodies(state: State) -> dict[str, str]:
    """The names of bodies by id, in the order of recording."""
    prefix = cells.body("")
    named = sorted(
        (said.position, cell) for cell, said in state.cells.items() if cell.startswith(prefix)
    )
    return {cell.removeprefix(prefix): state.text(cell) or "" for _, cell in named}


def told_apart(names: Iterable[str]) -> list[str]:
    """The executors or sources of some lines, each once; none if no paper names any, for then their
    total says it all.
    """
    apart = list(dict.fromkeys(names))
    return [] if apart == [FundingSource.NOT_STATED] else apart
