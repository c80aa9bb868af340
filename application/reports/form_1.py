"""Form 1: what the indicators of the goal and the objectives reached in a year."""

from application.reports.figure import Figure, computed, difference, percent, stated
from application.reports.tree import Indicator, Tree, indicators, tree
from domain import cells
from domain.state import State
from domain.values import NOT_STATED, AbsenceReason, Direction, Stated, Value


class Form1Row(Value):
    """An indicator in a year. `group` is the element that it measures.

    `deviation` is fact − plan in the indicator's unit; `ratio` is fact ÷ plan × 100, for an
    indicator that is meant to fall plan ÷ fact × 100; `growth` is fact ÷ last year's fact × 100.
    """

    group: str
    group_name: str | None
    group_kind: str
    number: str | None
    indicator: str
    name: str | None
    unit: str | None
    direction: str | None
    last_fact: Figure
    plan: Figure
    fact: Figure
    deviation: Figure
    ratio: Figure
    growth: Figure
    explanation: Figure
    calculation: Figure


class Form1(Value):
    """The rows in the order of the tree."""

    rows: tuple[Form1Row, ...]


def form_1(state: State, year: int) -> Form1:
    """Form 1 of a year: the indicators that have a target or a fact in it."""
    elements = tree(state)
    return Form1(
        rows=tuple(
            _row(state, elements, indicator, year)
            for indicator in indicators(state, elements)
            if _speaks(state, cells.target(indicator.id, str(year)))
            or _speaks(state, cells.fact(indicator.id, str(year)))
        )
    )


def _speaks(state: State, cell: str) -> bool:
    """Whether a document says something of the cell, if only why there is no value."""
    said = state.said(cell)
    if said is None:
        return False
    value = said.value
    return isinstance(value, Stated) or value.absent != NOT_STATED.absent or bool(value.printed)


def _row(state: State, elements: Tree, indicator: Indicator, year: int) -> Form1Row:
    name, period = indicator.id, str(year)
    unit = indicator.unit
    last, fact = (
        stated(state.said(cells.fact(name, str(of))), unit, AbsenceReason.NOT_REPORTED)
        for of in (year - 1, year)
    )
    plan = stated(state.said(cells.target(name, period)), unit)

    def figured(column: str, rule: str, one: Figure, other: Figure) -> Figure:
        absolute = column == "deviation"
        by = difference if absolute else percent
        return computed(
            by(one.number, other.number),
            rule,
            (*one.sources, *other.sources),
            unit=unit if absolute else "%",
            control=state.said(f"control:{column}:{name}:{period}"),
        )

    return Form1Row(
        group=indicator.element,
        group_name=elements.name(indicator.element),
        group_kind=elements.elements[indicator.element].kind,
        number=indicator.number,
        indicator=name,
        name=indicator.name,
        unit=unit,
        direction=indicator.direction,
        last_fact=last,
        plan=plan,
        fact=fact,
        deviation=figured("deviation", "fact - plan", fact, plan),
        ratio=figured("ratio", "plan / fact * 100", plan, fact)
        if indicator.direction == Direction.DECREASE
        else figured("ratio", "fact / plan * 100", fact, plan),
        growth=figured("growth", "fact / last_fact * 100", fact, last),
        explanation=stated(state.said(cells.explanation(name, period))),
        calculation=stated(state.said(cells.calculation(name, period))),
    )
