"""The road map of money: what is planned for each quarter, who answers, what result is due."""

from collections.abc import Mapping
from itertools import groupby

from application.reports.figure import RUBLES, Figure, stated, sum_of_lines, total
from application.reports.lines import bodies, lines, rolled_up
from application.reports.tree import Tree, indicators, tree
from domain import cells
from domain.cells import Line
from domain.state import State
from domain.values import ElementKind, FundingSource, Value

Quarters = tuple[Figure, Figure, Figure, Figure]


class Result(Value):
    """An indicator that the element is to move, with its targets by period."""

    indicator: str
    name: str | None
    unit: str | None
    targets: dict[str, Figure]


class RoadmapRow(Value):
    """An element and who answers for its money (null where no paper says).

    Rubles by quarter: zero is planned nothing, an absence is said nothing.
    """

    subprogram: str | None
    element: str
    name: str | None
    responsible: str | None
    responsible_id: str | None
    quarters: Quarters
    total: Figure
    result: tuple[Result, ...]


class RoadmapTotal(Value):
    """A subprogram with all below it."""

    element: str
    name: str | None
    quarters: Quarters
    total: Figure


class MoneyRoadmap(Value):
    """The rows in the order of the tree; `quarters` and `total` are the program's."""

    rows: tuple[RoadmapRow, ...]
    subprograms: tuple[RoadmapTotal, ...]
    quarters: Quarters
    total: Figure


def money_roadmap(state: State, year: int) -> MoneyRoadmap:
    """The road map of a year's money."""
    elements = tree(state)
    periods = {f"{year}-Q{n}" for n in range(1, 5)}
    found = [
        line
        for line in lines(state, elements, ["period-plan"], year)
        if any(state.said(cells.period_plan(line, period)) for period in periods)
    ]
    results, names = _results(state, elements), bodies(state)
    whole = _quarters(state, found)
    return MoneyRoadmap(
        rows=tuple(
            _row(state, elements, list(of), names, results)
            for _, of in groupby(found, lambda line: (line.element, line.executor))
        ),
        subprograms=tuple(
            RoadmapTotal(
                element=name,
                name=elements.name(name),
                quarters=(quarters := _quarters(state, of)),
                total=_total(quarters),
            )
            for name, of in rolled_up(elements, found).items()
            if of
            and name in elements.elements
            and elements.elements[name].kind == ElementKind.SUBPROGRAM
        ),
        quarters=whole,
        total=_total(whole),
    )


def _row(
    state: State,
    elements: Tree,
    found: list[Line],
    names: Mapping[str, str],
    results: Mapping[str, list[Result]],
) -> RoadmapRow:
    element, executor = found[0].element, found[0].executor
    quarters = _quarters(state, found, finest=True)
    named = executor if executor != FundingSource.NOT_STATED else None
    return RoadmapRow(
        subprogram=elements.nearest(element, ElementKind.SUBPROGRAM),
        element=element,
        name=elements.name(element),
        responsible=names.get(executor, named),
        responsible_id=named,
        quarters=quarters,
        total=_total(quarters),
        result=tuple(results.get(element, [])),
    )


def _quarters(state: State, found: list[Line], *, finest: bool = False) -> Quarters:
    def quarter(n: int) -> Figure:
        return sum_of_lines(
            [
                stated(state.said(cells.period_plan(line, f"{line.year}-Q{n}")), RUBLES)
                for line in found
            ],
            finest=finest,
        )

    return (quarter(1), quarter(2), quarter(3), quarter(4))


def _total(quarters: Quarters) -> Figure:
    return total(quarters, "sum of quarters")


def _results(state: State, elements: Tree) -> dict[str, list[Result]]:
    """The indicators of every element with all their targets: papers date a result to any year."""
    dated: dict[str, dict[str, Figure]] = {}
    by_element: dict[str, list[Result]] = {}
    found = indicators(state, elements)
    units = {one.id: one.unit for one in found}
    for cell in sorted(state.cells):
        match cells.parts(cell):
            case ["target", name, period]:
                dated.setdefault(name, {})[period] = stated(state.said(cell), units.get(name))
    for one in found:
        by_element.setdefault(one.element, []).append(
            Result(indicator=one.id, name=one.name, unit=one.unit, targets=dated.get(one.id, {}))
        )
    return by_element
