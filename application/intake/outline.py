"""Which element of the tree a heading means: «Основное мероприятие 02» of subprogram I is `1.02`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from application.intake.headings import parts
from application.intake.kind import Scope
from application.intake.names import Names
from application.intake.said import Said
from application.intake.text import folded, plain, unquoted
from application.reports.tree import Element, tree
from domain import cells
from domain.codes import fold
from domain.event import SourceCell
from domain.values import ElementKind, Stated

_ROMAN = {"I": 1, "V": 5, "X": 10}
_COUNTED = {ElementKind.SUBPROGRAM, ElementKind.GOAL, ElementKind.OBJECTIVE}
_RANKS = {
    ElementKind.SUBPROGRAM: 0,
    ElementKind.GOAL: 1,
    ElementKind.OBJECTIVE: 2,
    ElementKind.MAIN_MEASURE: 3,
    ElementKind.PROJECT: 3,
    ElementKind.PROCESS_MEASURES: 3,
    ElementKind.MEASURE: 4,
}
_OF_PROGRAM = re.compile(r"(?:муниципальн\w+ )?программ[аеы]\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: its kind, its code (roman numbers as arabic, look-alike letters as Latin),
    the name after them.
    """

    kind: ElementKind | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An element that a heading means. `above`: its ancestors. `new`: nothing named it before."""

    id: str
    kind: ElementKind
    name: str
    number: str
    above: tuple[str, ...]
    new: bool
    registered: bool

    def sayings(self, at: SourceCell) -> Iterator[Said]:
        """What the heading states of a new element; of one that is known its name and number."""
        stated = {"name": self.name, "number": self.number}
        if self.new:
            parent = self.above[-1] if self.above else ""
            stated = {"kind": self.kind, "name": self.name, "parent": parent, "number": self.number}
        elif not self.registered:
            return
        for name, text in stated.items():
            if text:
                yield Said(cells.element(self.id, name), Stated(value=text), at)


def heading(printed: str) -> Heading:
    """The heading read. A text that names no kind of element has none."""
    found = parts(printed)
    if found is None:
        return Heading(None, "", plain(printed))
    return Heading(found.kind, _code(found.kind, found.number), found.name)


def is_program(printed: str) -> bool:
    """Whether a text means the whole program."""
    return _OF_PROGRAM.match(folded(printed)) is not None


Way = tuple[tuple[ElementKind, str], ...]
"""Elements from the top down, with their kinds."""


@dataclass(slots=True)
class Outline:
    """Reads the headings of a table from top to bottom; `path` leads to where it stands. What was met
    is remembered in `names`, so that all tables of a paper mean the same elements.
    """

    names: Names
    known: dict[str, Element] = field(default_factory=dict)
    path: Way = ()

    @classmethod
    def of(cls, scope: Scope) -> "Outline":
        """With the tree that is known."""
        outline = cls(scope.names)
        if scope.state is not None:
            outline.known = dict(tree(scope.state).elements)
            for one in outline.known.values():
                said = heading(one.name or "")
                code = said.code if said.kind == one.kind else ""
                code = code or _code(one.kind, one.number or "")
                outline._remember(one.id, one.kind, code, one.name or "", outline._way(one.id))
        return outline

    def place(self, printed: str, number: str = "") -> Placed | None:
        """The element that a heading means, new ones too. None: it does not say which."""
        said, text = heading(printed), plain(printed)
        id_, new = self._met(said, text), False
        if id_ is None:
            proposed = self._proposed(said, number)
            if said.kind is None or (proposed is None and folded(text) not in self.names.answers):
                return None
            before = len(self.names.used)
            id_ = self.names.element(self._apart(text, said.kind), proposed or "")
            new = len(self.names.used) > before
        kind = self.known[id_].kind if id_ in self.known else said.kind
        if kind is None:
            return None
        above = self._way(id_) if id_ in self.known else self._above(kind)
        self._remember(id_, kind, said.code or _code(kind, number), text, above)
        self.path = (*above, (kind, id_))
        same = id_ in self.known and folded(self.known[id_].name or "") in _spellings(said, text)
        return Placed(
            id_,
            kind,
            name="" if same else text,
            number=number,
            above=tuple(step for _, step in above),
            new=new,
            registered=id_ in self.known,
        )

    def find(self, printed: str) -> str | None:
        """The element that a total's heading means («Всего по подпрограмме I»), one already met."""
        said = heading(printed)
        if said.kind is not None and not said.code and not said.name:
            return next((step for kind, step in reversed(self.path) if kind == said.kind), None)
        return self._met(said, plain(printed))

    def _met(self, said: Heading, text: str) -> str | None:
        """An element met before: the nearest of the name, else by its code within the subprogram."""
        met = self.names.met
        for name in _spellings(said, text):
            for within in (*(step for _, step in reversed(self.path)), ""):
                if found := met.get(("within", within, name)):
                    return found
        if said.kind and said.code:
            return met.get(("heading", _subprogram(self._above(said.kind)), said.kind, said.code))
        found = met.get(("element", folded(text)))
        return found if found in self.known else None

    def _remember(self, id_: str, kind: ElementKind, code: str, name: str, above: Way) -> None:
        self.names.met.setdefault(("within", above[-1][1] if above else "", folded(name)), id_)
        if code:
            self.names.met.setdefault(("heading", _subprogram(above), kind, code), id_)

    def _apart(self, text: str, kind: ElementKind) -> str:
        """The text, told apart from the same one in another subprogram."""
        taken = ("element", folded(text)) in self.names.met
        return f"{_subprogram(self._above(kind))} {text}" if taken else text

    def _above(self, kind: ElementKind) -> Way:
        return tuple(step for step in self.path if _RANKS[step[0]] < _RANKS[kind])

    def _way(self, id_: str) -> Way:
        """The ancestors of an element that is known."""
        parent = self.known[id_].parent
        if parent is None or parent not in self.known:
            return ()
        return (*self._way(parent), (self.known[parent].kind, parent))

    def _proposed(self, said: Heading, number: str) -> str | None:
        """The id of a new element: its code within the subprogram. None: it has none."""
        if said.kind is None:
            return None
        code = said.code or _code(said.kind, number)
        if not re.fullmatch(r"[0-9A-Z.]+", code):
            return None
        if said.kind == ElementKind.SUBPROGRAM:
            return code
        if said.kind in _COUNTED:
            return f"{said.kind}-{code.replace('.', '-')}"
        sub = _subprogram(self._above(said.kind))
        return f"{sub}.{code}" if sub and said.code else code


def _subprogram(way: Way) -> str:
    return next((step for kind, step in way if kind == ElementKind.SUBPROGRAM), "")


def _spellings(said: Heading, text: str) -> tuple[str, ...]:
    """The names that a heading may mean, as one compares them."""
    return tuple(
        dict.fromkeys(folded(one) for one in (text, said.name, unquoted(said.name)) if one)
    )


def _code(kind: ElementKind, printed: str) -> str:
    code = fold(printed.strip(" .")).replace("І", "I")
    if kind in _COUNTED and code and not set(code) - set(_ROMAN):
        values = [_ROMAN[sign] for sign in code]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return str(sum(-one if one < after else one for one, after in pairs))
    return code
