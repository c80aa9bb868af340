"""Planned results: the indicators of a program with their baseline and the targets of its years."""

from application.reports.figure import Figure, stated
from application.reports.financing import program_years
from application.reports.tree import indicators, tree
from domain import cells
from domain.state import State
from domain.values import Value


class TargetsRow(Value):
    """An indicator with what is planned for it, year by year."""

    element: str
    element_name: str | None
    indicator: str
    number: str | None
    name: str | None
    unit: str | None
    type: str | None
    direction: str | None
    baseline: Figure
    targets: dict[str, Figure]


class Targets(Value):
    """The rows in the order of the tree."""

    rows: tuple[TargetsRow, ...]


def targets(state: State) -> Targets:
    """Planned results over all years of the program."""
    elements = tree(state)
    years = program_years(state)
    return Targets(
        rows=tuple(
            TargetsRow(
                element=one.element,
                element_name=elements.name(one.element),
                indicator=one.id,
                number=one.number,
                name=one.name,
                unit=one.unit,
                type=one.type,
                direction=one.direction,
                baseline=stated(state.said(cells.baseline(one.id)), one.unit),
                targets={
                    str(of): stated(state.said(cells.target(one.id, str(of))), one.unit)
                    for of in years
                },
            )
            for one in indicators(state, elements)
        )
    )
