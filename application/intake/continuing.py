"""A paper about a program that is known: what it says anew, and what it may not say."""

from collections.abc import Iterable, Iterator, Sequence

from application.commands.amend_program import AmendProgram, Line
from application.commands.command import Command
from application.intake.doubts import plan_differs
from application.intake.known import Known
from application.intake.reported import REPORTED, chunks
from application.intake.said import Said, Unread
from domain import cells
from domain.event import SourceCell
from domain.findings import Finding
from domain.legal_act import Document, DocumentKind
from domain.state import State
from domain.values import NOT_STATED

LINES_AT_ONCE = 5000
_CALLED = {
    "element": "Элемента программы",
    "indicator": "Показателя",
    "body": "Исполнителя",
    "procedure": "Процедуры",
}
_ORDER = ("element", "passport", "indicator")
_EXISTENCE = {"element": "kind", "indicator": "element", "procedure": "title"}


def planned(
    fresh: Iterable[Said], known: Known, document: Document | None
) -> tuple[list[Command], list[Finding], list[Unread]]:
    """What is said of plans: an act changes them line by line; a report only contradicts them, and may
    not name what the program does not have.
    """
    fresh = list(fresh)
    plans = [one for one in fresh if cells.parts(one.cell)[0] not in REPORTED]
    is_act = document is not None and document.kind is DocumentKind.ACT
    strange = {thing for one in fresh for thing in _things(one.cell) if not _exists(known, thing)}
    if is_act:
        strange = {thing for thing in strange if thing[0] == "procedure"}
    unread = _unknown(fresh, strange)
    plans = [one for one in plans if not strange & set(_things(one.cell))]
    if not is_act or document is None:
        return [], [plan_differs(one, known.state.said(one.cell)) for one in plans], unread
    lines = [_line(one, known.state) for one in sorted(plans, key=_existence_first)]
    commands: list[Command] = [
        AmendProgram(act=document, lines=tuple(some)) for some in chunks(lines, LINES_AT_ONCE)
    ]
    return commands, [], unread


def _line(one: Said, state: State) -> Line:
    stands = state.said(one.cell)
    was = stands.value if stands else NOT_STATED
    return Line(cell=one.cell, was=was, becomes=one.value, at=one.at)


def _existence_first(one: Said) -> tuple[int, bool]:
    kind, *rest = cells.parts(one.cell)
    place = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    return place, rest[-1] != _EXISTENCE.get(kind)


def _things(cell: str) -> Iterator[tuple[str, str]]:
    """The things of the program that a cell belongs to."""
    match cells.parts(cell):
        case ["element", name, *_]:
            yield "element", name
        case ["indicator" | "target" | "baseline" | "fact" | "calculation", name, *_]:
            yield "indicator", name
        case ["explanation", name, _]:
            yield "indicator", name
        case ["passport", name] if name.startswith("body."):
            yield "body", name.removeprefix("body.")
        case ["procedure" | "window" | "completion", name, *_]:
            yield "procedure", name
        case [
            "appropriation" | "period-plan" | "cash-report" | "explanation",
            _,
            element,
            body,
            *_,
        ]:
            yield "element", element
            if body != "-":
                yield "body", body


def _exists(known: Known, thing: tuple[str, str]) -> bool:
    kind, name = thing
    cell = cells.body(name) if kind == "body" else f"{kind}:{name}:{_EXISTENCE[kind]}"
    return known.state.text(cell) is not None


def _unknown(fresh: Sequence[Said], strange: set[tuple[str, str]]) -> list[Unread]:
    """Each thing that the program does not have, once, where the paper first speaks of it."""
    found: dict[tuple[str, str], tuple[str, SourceCell | None]] = {}
    for one in fresh:
        for thing in _things(one.cell):
            if thing in strange:
                called, at = found.get(thing, ("", None))
                names = one.cell in {cells.body(thing[1]), f"{thing[0]}:{thing[1]}:name"}
                named = getattr(one.value, "value", "") if names else called
                found[thing] = (named, at or one.at)
    return [
        Unread(
            at, f"{_CALLED[kind]} «{called or name}» в программе нет, завести может правовой акт"
        )
        for (kind, name), (called, at) in found.items()
        if at is not None
    ]
