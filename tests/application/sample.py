"""The life of the invented municipality folded in memory, and how tests read it.

Its expected figures are computed by hand from the decrees and payment orders of the package, in
thousands of rubles unless a figure is written out.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from application.commands.command import Decision
from application.commands.load_package import LoadPackage, Package
from application.commands.move_report import MoveReport
from application.ledger import History
from domain.dates import Edition, Viewpoint
from domain.state import State, state_of
from domain.values import Stated, shown

PACKAGE = Path(__file__).parents[2] / "api" / "demo" / "packages" / "sample.json"
TODAY = date(2026, 11, 1)

SERVICES_CENTER = "appropriation:2024:07.1.01.2:centr-uslug:municipal"
PORTAL = "2024:07.1.02.1:infocentr:municipal"
COURSES = "cash:2024:07.2.02.1:infocentr:municipal"
E_SERVICES = "cash:2024:07.1.01.1:upr-cifra:regional"


def package() -> Package:
    return Package.model_validate_json(PACKAGE.read_text(encoding="utf-8"))


def load() -> tuple[History, Decision]:
    """The package decided on nothing, and the history that its events make."""
    told = package()
    decision = LoadPackage.of(told).decide(told.program, History(told.program), TODAY)
    life = History(told.program)
    life.decided(decision.events)
    return life, decision


def day(text: str) -> date:
    return date.fromisoformat(text)


def rows(table: str) -> list[list[str]]:
    """A text table: columns divided by bars, the last one says why."""
    return [[c.strip() for c in line.split("|")] for line in table.strip().splitlines()]


def at(
    life: History,
    as_of: str,
    dated_by: str,
    *,
    known: int | None = None,
    edition: Edition | None = None,
) -> State:
    position = life.register.last_position if known is None else known
    return state_of(life.register, Viewpoint(day(as_of), day(dated_by), position, edition))


def stands(state: State, cell: str) -> str:
    said = state.said(cell)
    return shown(said.value) if said else "—"


def before(life: History, document: str, cell: str) -> int:
    """What was known just before a document's first word about a cell was taken in."""
    said = life.register.assertions[cell]
    return min(s.position for s in said if s.timing.document == document) - 1


def thousands(state: State, prefix: str, suffix: str = "") -> Decimal:
    """The sum of the money whose cells begin and end so, in thousands of rubles."""
    return sum(
        (
            Decimal(said.value.value) / 1000
            for cell, said in state.cells.items()
            if cell.startswith(prefix) and cell.endswith(suffix) and isinstance(said.value, Stated)
        ),
        Decimal(0),
    )


def decide(life: History, command: Callable[..., Any], **body: Any) -> None:
    """Carries a command out on top of the package's life."""
    life.decided(command(**body).decide("sample", life.copy(), TODAY).events)


def payment(on: str) -> dict[str, str]:
    return {"kind": "payment", "date": on, "number": "999"}


def portal(year: int, amount: str) -> dict[str, Any]:
    """An entry of a payment on the portal's line, in rubles."""
    line = {"element": "07.1.02.1", "executor": "infocentr", "source": "municipal"}
    return {"year": year, **line, "amount": amount}


def returned(life: History, period: str) -> None:
    """The accepted report of a period goes back, so that its facts and money can be corrected."""
    letter = {"kind": "memo", "title": "Вымышленное письмо", "date": "2024-09-02"}
    decide(life, MoveReport, document=letter, period=period, step="return", reason="описка")
