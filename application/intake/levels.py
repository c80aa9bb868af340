"""Where in a program's tree a form's rows stand: what its headings and element rows open."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from application.intake.headings import Heading, heading, same_name
from application.intake.kind import Scope
from application.intake.said import Read, Said
from application.intake.text import folded, plain, slug, unquoted
from domain import cells
from domain.codes import ClassificationCode
from domain.event import SourceCell
from domain.refusals import NotACode
from domain.values import CellValue, ElementKind, Stated

PROGRAM = "program"
_BELOW_AIMS = {ElementKind.MAIN_MEASURE, ElementKind.PROJECT, ElementKind.PROCESS_MEASURES}
_BY_WORD = {*_BELOW_AIMS, ElementKind.SUBPROGRAM}


@dataclass(slots=True)
class Level:
    """The elements opened last: the subprogram, the goal, the aim (a goal or objective) and the main
    measure that rows below lie in, and the one that they are about (`current`).

    What the place of a row only suggests (kind, parent) is said of new elements alone.
    """

    scope: Scope
    subprogram: str = ""
    goal: str = ""
    aim: str = ""
    main: str = ""
    current: str = ""
    _opened: dict[str, int] = field(default_factory=dict)

    def open(self, found: Heading, at: SourceCell) -> Iterator[Read]:
        """Goes on under a heading."""
        place = (str(found.kind), self.subprogram, found.number)
        id_ = self.scope.names.element(found.name, found.proposed, place=place)
        number = f"{found.number}." if found.number else ""
        parent = self._parent(found.kind)
        yield from self._say(id_, found.kind, parent, found.name, at, number=Stated(value=number))
        self._enter(id_, found.kind)

    def row(self, code: ClassificationCode | None, printed: str, at: SourceCell) -> Iterator[Read]:
        """Goes on with the element of a row: by its code, else by its name."""
        if _is_program(code, printed):
            self.current = PROGRAM
            yield from _program(self.scope, code, printed, at)
            return
        kind = _kind(code, printed)
        parent = self._above(kind, code)
        if code is None:
            serial = self._opened[parent] = self._opened.get(parent, 0) + 1
            proposed = f"{parent or slug(kind)}-{serial}"
        else:
            proposed = code.canonical
        canonical = code.canonical if code else ""
        id_ = self.scope.names.element(self._known_as(printed), proposed, code=canonical)
        printed_code = Stated(value=canonical, printed=code.printed if code else "")
        yield from self._say(id_, kind, parent, printed, at, code=printed_code)
        self._enter(id_, kind)

    def _known_as(self, printed: str) -> str:
        """The name without its kind and number where only that is known."""
        found = heading(printed)
        inner = unquoted(found.name) if found else printed
        met = self.scope.names.met
        only_inner = ("element", folded(inner)) in met and ("element", folded(printed)) not in met
        return inner if only_inner else printed

    def _say(
        self, id_: str, kind: ElementKind, parent: str, name: str, at: SourceCell, **fields: Stated
    ) -> Iterator[Said]:
        said = dict[str, CellValue](fields)
        if not self.scope.knows(cells.element(id_, "kind")):
            said |= {"kind": Stated(value=kind), "parent": Stated(value=parent)}
        known = self.scope.state.text(cells.element(id_, "name")) if self.scope.state else None
        if name and not (known and same_name(name, known)):
            said["name"] = Stated(value=name)
        for of, value in said.items():
            if isinstance(value, Stated) and value.value:
                yield Said(cells.element(id_, of), value, at)

    def _enter(self, id_: str, kind: ElementKind) -> None:
        self.current = id_
        if kind is ElementKind.SUBPROGRAM:
            self.subprogram, self.aim, self.main = id_, "", ""
        elif kind in {ElementKind.GOAL, ElementKind.OBJECTIVE}:
            self.goal = id_ if kind is ElementKind.GOAL else self.goal
            self.aim, self.main = id_, ""
        elif kind in _BELOW_AIMS:
            self.main = id_

    def _parent(self, kind: ElementKind) -> str:
        if kind in {ElementKind.GOAL, ElementKind.SUBPROGRAM}:
            return ""
        if kind is ElementKind.OBJECTIVE:
            return self.subprogram or self.goal
        return self.aim or self.subprogram

    def _above(self, kind: ElementKind, code: ClassificationCode | None) -> str:
        """What a row's element lies in: a measure in the main measure of its code, else the last one."""
        main = self.main
        if code is not None:
            above = f"{code.program}.{code.subprogram}.{code.main_measure}.0"
            main = self.scope.names.met.get(("code", above), "")
        return (kind is ElementKind.MEASURE and main) or self._parent(kind)


def _program(
    scope: Scope, code: ClassificationCode | None, printed: str, at: SourceCell
) -> Iterator[Read]:
    title = unquoted(printed)
    if title and "«" in printed:
        yield Said(cells.passport("title"), Stated(value=title, printed=title), at)
    known = scope.state.text(cells.passport("code")) if scope.state else None
    if code is not None and not (known and _same_program(known, code)):
        value = Stated(value=code.program, printed=plain(code.printed).split(" ")[0])
        yield Said(cells.passport("code"), value, at)


def _same_program(known: str, code: ClassificationCode) -> bool:
    """Whether the program's code, however many of its parts are recorded, is the one printed."""
    try:
        return ClassificationCode.parse(known).canonical == code.canonical
    except NotACode:
        return known == code.program


def _is_program(code: ClassificationCode | None, printed: str) -> bool:
    if code is None:
        return folded(printed).startswith("муниципальная программа")
    return all(_zero(part) for part in (code.subprogram, code.main_measure, code.measure))


def _kind(code: ClassificationCode | None, printed: str) -> ElementKind:
    """The kind of element: as its name says, else as the zeros of its code do."""
    found = heading(printed)
    if found is not None and (code is None or found.kind in _BY_WORD):
        return found.kind
    if code is None or not _zero(code.measure):
        return ElementKind.MEASURE
    return ElementKind.SUBPROGRAM if _zero(code.main_measure) else ElementKind.MAIN_MEASURE


def _zero(part: str) -> bool:
    return not part.strip("0")
