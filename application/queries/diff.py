"""Was → becomes between two viewpoints of a program, or of one act."""

from dataclasses import replace
from decimal import Decimal

from application.ports import ReadModel
from application.reports.figure import Figure, moved, stated
from domain import cells
from domain.dates import Viewpoint
from domain.refusals import UnknownAct
from domain.state import State
from domain.values import Value

_QUIET = {"document", "control", "waiver", "correction"}


class Change(Value):
    """One cell that differs. `delta` where both are decimals."""

    cell: str
    was: Figure
    becomes: Figure
    unit: str | None
    delta: str | None
    document: str | None
    positions: tuple[int, ...]


class ActDiff(Value):
    """What one act changes, as stated at the viewpoint just after it against just before it."""

    act: str
    content_stated: bool
    rows: tuple[Change, ...]


def diff(model: ReadModel, program: str, was: Viewpoint, becomes: Viewpoint) -> tuple[Change, ...]:
    """All cells that differ between two viewpoints, by key."""
    return changes_between(model.state(program, was), model.state(program, becomes))


def act_diff(model: ReadModel, program: str, act: str, view: Viewpoint) -> ActDiff:
    """What an act changes: the edition just before it against its own, once it has taken effect.

    The viewpoint gives what is known; `as_of` of the comparison is the latest day from which a line of
    the act holds. Refuses: UnknownAct.
    """
    edition = model.document_edition(program, act)
    if edition is None:
        raise UnknownAct(act=act, program=program)
    as_of = max(model.last_effect(program, act, view.at_position), edition[0])
    after = replace(view, as_of=as_of, edition=edition)
    before = replace(after, edition=(edition[0], edition[1] - 1))
    state = model.state(program, after)
    return ActDiff(
        act=act,
        content_stated=state.text(cells.document(act, "content_stated")) == "true",
        rows=changes_between(model.state(program, before), state),
    )


def changes_between(was: State, becomes: State) -> tuple[Change, ...]:
    """All cells that differ between two states, by key."""
    found = [
        _change(
            cell,
            stated(was.said(cell), _unit(was, becomes, cell)),
            stated(becomes.said(cell), _unit(was, becomes, cell)),
        )
        for cell in sorted(was.cells.keys() | becomes.cells.keys())
        if cells.parts(cell)[0] not in _QUIET
    ]
    found += [
        _change(cell, moved(was.moved.get(cell)), moved(becomes.moved.get(cell)))
        for cell in sorted(was.moved.keys() | becomes.moved.keys())
    ]
    return tuple(
        c for c in found if (c.was.value, c.was.absent) != (c.becomes.value, c.becomes.absent)
    )


def _unit(was: State, becomes: State, cell: str) -> str | None:
    match cells.parts(cell):
        case ["target" | "fact" | "baseline", name, *_]:
            unit = cells.indicator(name, "unit")
            return becomes.text(unit) or was.text(unit)
        case ["appropriation" | "period-plan" | "cash-report", *_]:
            return "rub"
        case _:
            return None


def _change(cell: str, was: Figure, becomes: Figure) -> Change:
    return Change(
        cell=cell,
        was=was,
        becomes=becomes,
        unit=becomes.unit or was.unit,
        delta=_delta(was, becomes),
        document=becomes.document or was.document,
        positions=(*was.sources, *becomes.sources),
    )


def _delta(was: Figure, becomes: Figure) -> str | None:
    """Quantities have a unit, texts have none."""
    if None in (was.value, becomes.value, was.unit, becomes.unit):
        return None
    return format(Decimal(str(becomes.value)) - Decimal(str(was.value)), "f")
