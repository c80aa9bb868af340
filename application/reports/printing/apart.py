"""The money of a program told apart: the same forms over one source or one executor alone."""

from domain import cells
from domain.cells import Line
from domain.state import State

_LINES = {"appropriation", "period-plan", "cash", "cash-report", "commitment"}


def narrowed(state: State, *, source: str | None = None, executor: str | None = None) -> State:
    """The state with the lines of one source or of one executor only."""

    def belongs(cell: str) -> bool:
        parts = cells.parts(cell)
        if parts[0] not in _LINES:
            return True
        line = Line(int(parts[1]), *parts[2:5])
        return source in (None, line.source) and executor in (None, line.executor)

    return State(
        {cell: said for cell, said in state.cells.items() if belongs(cell)},
        {cell: sum_ for cell, sum_ in state.moved.items() if belongs(cell)},
    )
