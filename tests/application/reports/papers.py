"""The four papers folded in memory, and what their forms answer."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from application.commands.load_package import LoadPackage, Package
from application.ledger import History
from application.reports.forms import FORMS
from domain.dates import Register, Viewpoint
from domain.state import State, state_of

PACKAGES = Path(__file__).parents[3] / "api" / "demo" / "packages"
TODAY = date(2024, 12, 31)

Data = dict[str, Any]


@cache
def register(program: str) -> Register:
    """The register of a paper's package."""
    text = (PACKAGES / f"{program}.json").read_text(encoding="utf-8")
    return folded(program, LoadPackage.of(Package.model_validate_json(text)))


def folded(program: str, *loads: LoadPackage) -> Register:
    """The register after several loads."""
    history = History(program)
    for load in loads:
        history.decided(load.decide(program, history.copy(), TODAY).events)
    return history.register


def at(register_: Register, as_of: str, dated_by: str) -> State:
    """The state at a viewpoint that knows everything."""
    view = Viewpoint(
        date.fromisoformat(as_of), date.fromisoformat(dated_by), register_.last_position
    )
    return state_of(register_, view)


def form(
    name: str, program: str, year: int, as_of: str = "2024-12-31", dated_by: str = "2024-12-31"
) -> Data:
    """A form of a paper as the JSON that clients get."""
    return FORMS[name](at(register(program), as_of, dated_by), year).model_dump(mode="json")


def values(figures: list[Data]) -> list[str | None]:
    """The values of figures, None for an absence."""
    return [figure.get("value") for figure in figures]
