"""Figures that Letopis computes itself, on its own forms: what a clerk typed over is told from the rest."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from application.intake.paper import Mark
from application.intake.said import Said
from application.reports.figure import Figure
from application.reports.forms import FORMS
from domain.dates import ALWAYS, Assertion, Timing
from domain.state import State
from domain.values import Stated, Value, number

_TOLERANCE = Decimal("0.005")
"""A spreadsheet keeps more digits than are printed."""
_NOBODYS = Timing(ALWAYS, ALWAYS, "", ALWAYS)


def typed_over(mark: Mark, said: Sequence[Said], state: State) -> frozenset[str]:
    """The cells of computed figures that are not what Letopis computes from the rest of the form: they are
    somebody's statement, and a finding. The others say nothing.
    """
    if mark.form not in FORMS:
        return frozenset()
    figures = {one.cell: one for one in said if _is_computed(one)}
    trial = dict(state.cells)
    for one in said:
        # A figure of the form tells as printed which control figure stands beside it.
        value = Stated(value="0", printed=one.cell) if one.cell in figures else one.value
        trial[one.cell] = Assertion(0, one.cell, value, _NOBODYS)
    form = FORMS[mark.form](State(trial, state.moved), mark.year)
    return frozenset(
        figure.printed or ""
        for figure in _figures(form)
        if figure.printed in figures and not _agrees(figures[figure.printed], figure.number)
    )


def _is_computed(one: Said) -> bool:
    return one.cell.startswith("control:") and not one.cell.startswith("control:header:")


def _agrees(one: Said, computed: Decimal | None) -> bool:
    if not isinstance(one.value, Stated):
        return True
    return computed is not None and abs(number(one.value.value) - computed) <= _TOLERANCE


def _figures(value: Any) -> Iterator[Figure]:
    """All figures of a form, however deep."""
    match value:
        case Figure():
            yield value
        case Value():
            for field in type(value).model_fields:
                yield from _figures(getattr(value, field))
        case tuple():
            for one in value:
                yield from _figures(one)
        case dict():
            yield from _figures(tuple(value.values()))
