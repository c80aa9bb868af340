"""The state at a viewpoint: the winners of all cells, less what hangs on things that do not exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain import cells
from domain.dates import Assertion, Moved, Register, Viewpoint
from domain.values import Stated


@dataclass(frozen=True, slots=True)
class State:
    """All that a program is at one viewpoint: stated cells, and sums of money moved."""

    cells: Mapping[str, Assertion]
    moved: Mapping[str, Moved] = field(default_factory=dict)

    def said(self, cell: str) -> Assertion | None:
        """The winning statement about a cell."""
        return self.cells.get(cell)

    def text(self, cell: str) -> str | None:
        """The stated text of a cell, None where it is absent or not stated."""
        said = self.cells.get(cell)
        return said.value.value if said is not None and isinstance(said.value, Stated) else None


def state_of(register: Register, viewpoint: Viewpoint) -> State:
    """The state by folding in memory: the oracle of the read model."""
    return existing(register.at(viewpoint), register.moved(viewpoint))


def existing(winners: Mapping[str, Assertion], moved: Mapping[str, Moved]) -> State:
    """Hides what does not exist: an element without a kind or under a hidden parent, an indicator
    without its element, a procedure without a title, and all that hangs on them.
    """
    stated = {cell for cell, said in winners.items() if isinstance(said.value, Stated)}
    hidden: dict[tuple[str, str], bool] = {}

    def text(cell: str) -> str | None:
        value = winners[cell].value if cell in stated else None
        return value.value if isinstance(value, Stated) else None

    def gone(thing: str, name: str | None) -> bool:
        if name is None:
            return False
        key = (thing, name)
        if key not in hidden:
            hidden[key] = True  # a ring of parents hides itself
            if thing == "element":
                hidden[key] = text(cells.element(name, "kind")) is None or gone(
                    "element", text(cells.element(name, "parent"))
                )
            elif thing == "indicator":
                element = text(cells.indicator(name, "element"))
                hidden[key] = element is None or gone("element", element)
            else:
                hidden[key] = (
                    text(cells.procedure(name, "title")) is None
                    or gone("procedure", text(cells.procedure(name, "parent")))
                    or gone("indicator", text(cells.procedure(name, "indicator")))
                )
        return hidden[key]

    def shown(cell: str) -> bool:
        match cells.parts(cell):
            case ["element", name, *_]:
                return not gone("element", name)
            case ["indicator" | "target" | "baseline" | "fact" | "calculation", name, *_]:
                return not gone("indicator", name)
            case ["procedure" | "window" | "completion", name, *_]:
                return not gone("procedure", name)
            case ["explanation", name, _]:
                return not gone("indicator", name)
            case [
                "appropriation"
                | "period-plan"
                | "cash"
                | "cash-report"
                | "commitment"
                | "explanation",
                _,
                element,
                *_,
            ]:
                return not gone("element", element)
            case _:
                return True

    return State(
        {cell: said for cell, said in winners.items() if shown(cell)},
        {cell: sum_ for cell, sum_ in moved.items() if shown(cell)},
    )
