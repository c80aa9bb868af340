"""The road map of procedures: what is due when, who answers, what was completed."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from application.reports.figure import Shown
from application.reports.tree import indicators, parents_first, stated_fields, tree
from domain import cells
from domain.state import State
from domain.values import Value


class WindowView(Value):
    """First and last day of one occurrence, and the day on which it was done, if it was. An edge is
    null where a document took it away.
    """

    starts_on: date | None
    ends_on: date | None
    completed_on: Annotated[date | None, Shown] = None


class ResponsibleView(Value):
    """The position answerable, and the person who holds it by reference, never by name."""

    position: str | None
    person: str | None


class ProcedureRow(Value):
    """A procedure. `parent` is the procedure that it is a part of.

    `torn`: the paper lost its person and its dates.
    """

    procedure: str
    indicator: str | None
    indicator_name: str | None
    number: str | None
    parent: str | None
    title: str
    result: str | None
    responsible: ResponsibleView | None
    windows: tuple[WindowView, ...]
    torn: bool


class Procedures(Value):
    """The rows by indicator, parts right below what they are parts of."""

    rows: tuple[ProcedureRow, ...]


def procedures(state: State, year: int) -> Procedures:
    """The road map of a year."""
    found = [
        name
        for name, said in stated_fields(state, "procedure", "year").items()
        if state.text(said.cell) == str(year)
    ]
    measured = {one.id: one for one in indicators(state, tree(state))}
    place = {name: n for n, name in enumerate(measured)}

    def text(name: str, field: str) -> str | None:
        return state.text(cells.procedure(name, field))

    found.sort(key=lambda name: place.get(text(name, "indicator") or "", len(place)))
    windows = _windows(state)
    names = {name: one.name for name, one in measured.items()}
    return Procedures(
        rows=tuple(
            _row(state, name, names, windows.get(name, {}))
            for name in parents_first({name: text(name, "parent") for name in found})
        )
    )


def _row(
    state: State,
    name: str,
    names: Mapping[str, str | None],
    windows: Mapping[int, Mapping[str, date]],
) -> ProcedureRow:
    def text(field: str) -> str | None:
        return state.text(cells.procedure(name, field))

    indicator, position, person = text("indicator"), text("position"), text("person")
    answers = position is not None or person is not None
    return ProcedureRow(
        procedure=name,
        indicator=indicator,
        indicator_name=names.get(indicator or ""),
        number=text("number"),
        parent=text("parent"),
        title=text("title") or "",
        result=text("result"),
        responsible=ResponsibleView(position=position, person=person) if answers else None,
        windows=tuple(
            WindowView(
                starts_on=edges.get("starts_on"),
                ends_on=edges.get("ends_on"),
                completed_on=edges.get("completed_on"),
            )
            for _, edges in sorted(windows.items())
        ),
        torn=text("torn") == "true",
    )


def _windows(state: State) -> dict[str, dict[int, dict[str, date]]]:
    """The stated days of every procedure's windows, by number and edge."""
    found: dict[str, dict[int, dict[str, date]]] = {}
    for cell in state.cells:
        match cells.parts(cell):
            case ["window", name, number, edge]:
                day = state.text(cell)
            case ["completion", name, number]:
                day, edge = state.text(cell), "completed_on"
            case _:
                continue
        if day is not None:
            edges = found.setdefault(name, {}).setdefault(int(number), {})
            edges[edge] = date.fromisoformat(day)
    return found
