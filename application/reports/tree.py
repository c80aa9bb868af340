"""The tree of a program's elements and its indicators, in the order in which papers print them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain import cells
from domain.dates import Assertion
from domain.state import State
from domain.values import ElementKind

PROGRAM = "program"
"""Stands for the whole program where an element's id is asked for (control figures, totals)."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the tree as named at the viewpoint."""

    id: str
    kind: ElementKind
    parent: str | None
    number: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as named at the viewpoint. `direction` None: not stated."""

    id: str
    element: str
    number: str | None
    name: str | None
    unit: str | None
    direction: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class Tree:
    """Elements by id, parents before children, siblings in the order of registration."""

    elements: Mapping[str, Element]

    def path(self, element: str) -> Iterator[str]:
        """The element, its parent, and so on up to a root."""
        step: str | None = element
        while step is not None and step in self.elements:
            yield step
            step = self.elements[step].parent

    def name(self, element: str) -> str | None:
        """The name of an element, None where not stated."""
        return self.elements[element].name if element in self.elements else None

    def nearest(self, element: str, kind: ElementKind) -> str | None:
        """The closest element of a kind on the way up, the element itself included."""
        return next((e for e in self.path(element) if self.elements[e].kind == kind), None)


def tree(state: State) -> Tree:
    """The tree of what exists at the viewpoint."""
    kinds = stated_fields(state, "element", "kind")
    found = {
        name: Element(
            id=name,
            kind=ElementKind(state.text(said.cell) or ""),
            parent=state.text(cells.element(name, "parent")),
            number=state.text(cells.element(name, "number")),
            name=state.text(cells.element(name, "name")),
        )
        for name, said in kinds.items()
    }
    order = parents_first({name: element.parent for name, element in found.items()})
    return Tree({name: found[name] for name in order})


def indicators(state: State, elements: Tree) -> list[Indicator]:
    """All indicators, by element in the order of the tree, then in the order of registration."""
    place = {name: n for n, name in enumerate(elements.elements)}
    found = [
        Indicator(
            id=name,
            element=state.text(said.cell) or "",
            **{
                field: state.text(cells.indicator(name, field))
                for field in ("number", "name", "unit", "direction", "type")
            },
        )
        for name, said in stated_fields(state, "indicator", "element").items()
    ]
    return sorted(found, key=lambda one: place.get(one.element, len(place)))


def stated_fields(state: State, kind: str, field: str) -> dict[str, Assertion]:
    """The field of every thing of a kind that states it, in the order of recording."""
    found = [
        (said, parts[1])
        for cell, said in state.cells.items()
        if (parts := cells.parts(cell))[0] == kind
        and parts[2:] == [field]
        and state.text(cell) is not None
    ]
    return {name: said for said, name in sorted(found, key=lambda one: (one[0].position, one[1]))}


def parents_first(parents: Mapping[str, str | None]) -> list[str]:
    """The names with each child right below its parent, siblings as they come; a name whose parent
    is not among them is a root.
    """
    children: dict[str | None, list[str]] = {}
    for name, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(name)
    order: list[str] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        order.append(waiting.pop())
        waiting += reversed(children.get(order[-1], []))
    return order
