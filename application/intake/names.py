"""Which thing of the program a printed name means: the answers, what is known, or a new thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from application.intake.text import folded
from domain import cells
from domain.state import State
from domain.values import ElementKind, Stated

Key = tuple[str, ...]


@dataclass(slots=True)
class Names:
    """Things by what papers call them. `answers` gives ids by printed name (as one compares it), which
    wins; then what is known of the program; else the thing is new and gets the id that the reader
    proposes. What was named once in a paper is the same thing when named again.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    met: dict[Key, str] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    coded: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, state: State | None, answers: Mapping[str, str]) -> "Names":
        """With everything that a program is at a viewpoint (None: it is not known yet)."""
        names = cls({folded(printed): id_ for printed, id_ in answers.items()})
        if state is not None:
            for cell, said in state.cells.items():
                if isinstance(said.value, Stated):
                    names.know(state, cell, said.value.value)
        return names

    def element(
        self,
        printed: str,
        otherwise: str,
        *,
        code: str = "",
        place: tuple[str, str, str] | None = None,
    ) -> str:
        """An element of the tree: by its canonical code if it has one, else by its name (two codes are
        two elements whatever their names), else by its place: kind, subprogram, number.
        """
        if code and (known := self.met.get(("code", code))):
            return known
        named = self._answered("element", printed) or self.met.get(("element", folded(printed)))
        if named in self.coded and code:
            named = None
        at_place = ("place", *place) if place and place[2] else None
        found = named or self.met.get(at_place or ()) or self._free("element", otherwise)
        self._meet(("element",), folded(printed), found)
        if at_place:
            self.met.setdefault(at_place, found)
        if code:
            self.met[("code", code)] = found
            self.coded.add(found)
        return found

    def indicator(self, element: str, printed: str, otherwise: str) -> str:
        """An indicator of an element, by its name."""
        return self._find(("indicator", element), printed, otherwise)

    def body(self, printed: str, otherwise: str) -> str:
        """A body (executor, customer), by its name."""
        return self._find(("body",), printed, otherwise)

    def procedure(self, indicator: str, number: str, printed: str, otherwise: str) -> str:
        """A procedure of an indicator's road map, by its number and title."""
        return self._find(("procedure", indicator, number.strip(" .")), printed, otherwise)

    def indicators(self) -> dict[str, set[str]]:
        """All indicators by name (as one compares it), whichever element they measure."""
        found: dict[str, set[str]] = {}
        for key, id_ in self.met.items():
            if key[0] == "indicator":
                found.setdefault(key[2], set()).add(id_)
        return found

    def is_named(self, kind: str, printed: str) -> bool:
        """Whether an `element` or a `body` has been called so already."""
        return (kind, folded(printed)) in self.met

    def is_known(self, kind: str, id_: str) -> bool:
        """Whether a thing (`element`, `indicator`, `body`, `procedure`) has been named already."""
        return (kind, id_) in self.used

    def _find(self, within: Key, printed: str, otherwise: str) -> str:
        name = folded(printed)
        found = self._answered(within[0], printed)
        found = found or self.met.get((*within, name)) or self._free(within[0], otherwise)
        self._meet(within, name, found)
        return found

    def _answered(self, kind: str, printed: str) -> str | None:
        return self.answers.get(folded(printed)) if kind in {"element", "body"} else None

    def _free(self, kind: str, proposed: str) -> str:
        """The proposed id, with the next free letter, then number, if another thing has it."""
        serials = (
            f"{proposed}-{serial}" for serial in chain("bcdefghijklmnopqrstuvwxyz", count(27))
        )
        free = (id_ for id_ in chain([proposed], serials) if (kind, id_) not in self.used)
        return next(free)

    def _meet(self, within: Key, name: str, id_: str) -> None:
        self.met.setdefault((*within, name), id_)
        self.used.add((within[0], id_))

    def know(self, state: State, cell: str, text: str) -> None:
        """Takes in that a cell, if it names a thing, says this."""
        match cells.parts(cell):
            case ["element", id_, "name"]:
                self._meet(("element",), folded(text), id_)
            case ["element", id_, "code"]:
                self.met[("code", text)] = id_
                self.coded.add(id_)
            case ["element", id_, "number"]:
                kind = state.text(cells.element(id_, "kind")) or ""
                self.met[("place", kind, _subprogram(state, id_), text.strip(" ."))] = id_
            case ["indicator", id_, "name"]:
                within = state.text(cells.indicator(id_, "element")) or ""
                self._meet(("indicator", within), folded(text), id_)
            case ["passport", field_] if field_.startswith("body."):
                self._meet(("body",), folded(text), field_.removeprefix("body."))
            case ["procedure", id_, "title"]:
                indicator = state.text(cells.procedure(id_, "indicator")) or ""
                number = (state.text(cells.procedure(id_, "number")) or "").strip(" .")
                self._meet(("procedure", indicator, number), folded(text), id_)


def _subprogram(state: State, element: str) -> str:
    """The subprogram that an element lies in, "" if in none."""
    seen = set[str]()
    step = state.text(cells.element(element, "parent"))
    while step and step not in seen:
        if state.text(cells.element(step, "kind")) == ElementKind.SUBPROGRAM:
            return step
        seen.add(step)
        step = state.text(cells.element(step, "parent"))
    return ""
