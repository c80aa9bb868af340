"""The papers that print figures which Letopis computes itself, each beside what it could know."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.dates import Assertion, Register, Viewpoint, precedence, standing
from domain.state import State, existing


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document's control figures that stand at the viewpoint, by cell.

    `state` is what stood when it was printed: what documents up to its date say, and before all of
    them what it says itself. Later documents make no old paper wrong.
    """

    document: str
    figures: Mapping[str, Assertion]
    state: State


def sheets(state: State, register: Register, viewpoint: Viewpoint) -> tuple[Sheet, ...]:
    """The papers with control figures, by date."""
    printed: dict[tuple[date, int, str], dict[str, Assertion]] = defaultdict(dict)
    for cell, said in sorted(state.cells.items()):
        if cell.startswith("control:"):
            timing = said.timing
            printed[(*timing.edition, timing.document)][cell] = said
    return tuple(
        Sheet(document, figures, _as_it_stood(register, viewpoint, document, dated_on))
        for (dated_on, _, document), figures in sorted(printed.items(), key=lambda one: one[0])
    )


def _as_it_stood(register: Register, viewpoint: Viewpoint, document: str, dated_on: date) -> State:
    # A paper speaks of days to come too: whatever its date of effect, it knew what it says.
    view = Viewpoint(date.max, dated_on, viewpoint.at_position, viewpoint.edition)
    gone = standing(register.withdrawals, view)
    winners: dict[str, Assertion] = {}
    for cell in register.assertions:
        counted = list(register.counted(cell, view, gone))
        own = [said for said in counted if said.timing.document == document]
        if counted:
            winners[cell] = max(own or counted, key=precedence)
    return existing(winners, register.moved(view))
