"""Programs in memory, and what rules find in them: the papers' packages and invented road maps."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from application.commands.load_package import LoadPackage, Package
from application.ledger import History
from application.rules.rule import Rule, Subject
from domain.dates import Edition, Viewpoint
from domain.findings import Finding
from domain.state import state_of
from tests.application.reports.invented import PROGRAM, command
from tests.application.reports.papers import PACKAGES, TODAY

PAPERS = ("kedrovy", "krasnogorsk", "shatura", "stupino")
DECREE = {"kind": "act", "type": "Постановление", "date": "2021-02-01", "number": "7"}
MEMO = {"kind": "memo", "type": "Справка", "date": "2021-12-30", "number": "1"}


@cache
def life(program: str) -> History:
    """All that a paper's package decides, recorded on nothing."""
    text = (PACKAGES / f"{program}.json").read_text(encoding="utf-8")
    return _life(Package.model_validate_json(text))


def invented(*commands: dict[str, Any], **stated: Any) -> History:
    """An invented program that states these things, and what was recorded after it."""
    registered = command("register_program", **(PROGRAM | stated))
    package = {
        "letopis_package": 1,
        "program": "invented",
        "commands": [registered, *commands],
    }
    return _life(Package.model_validate(package))


def road_map(*procedures: dict[str, Any], year: int = 2021, **stated: Any) -> History:
    """An invented road map; a procedure is given by what the case needs of it."""
    titled = [{"title": f"Вымышленная {one['id']}"} | one for one in procedures]
    return invented(**{"road_maps": [{"year": year, "procedures": titled}]} | stated)


def after(told: History, *commands: dict[str, Any]) -> History:
    """What follows in the same life."""
    package = {"letopis_package": 1, "program": told.program, "commands": list(commands)}
    going_on = told.copy()
    load = LoadPackage.of(Package.model_validate(package))
    going_on.decided(load.decide(told.program, told.copy(), TODAY).events)
    return going_on


def windows(*days: tuple[str, str]) -> list[dict[str, str]]:
    """Windows by first and last day."""
    return [{"starts_on": first, "ends_on": last} for first, last in days]


def deadlines(*days: str) -> dict[str, Any]:
    """A procedure with windows of one day each."""
    return {"id": "p", "windows": windows(*((day, day) for day in days))}


def amended(cell: str, was: str, becomes: str) -> dict[str, Any]:
    """A decree with one line."""
    lines = [{"cell": cell, "was": was, "becomes": becomes}]
    return command("amend_program", act=DECREE, lines=lines)


def subject(
    told: History | str,
    as_of: str = "2024-12-31",
    dated_by: str = "2024-12-31",
    edition: Edition | None = None,
) -> Subject:
    """A program at a viewpoint that knows everything."""
    history = life(told) if isinstance(told, str) else told
    view = Viewpoint(
        date.fromisoformat(as_of),
        date.fromisoformat(dated_by),
        history.register.last_position,
        edition,
    )
    state = state_of(history.register, view)
    return Subject(history.program, view, state, history.register, history.events)


def ask(rules: Iterable[Rule], about: Subject | History | str, rule: str = "") -> list[Finding]:
    """What rules (or the one named) find."""
    looked_at = about if isinstance(about, Subject) else subject(about)
    wanted = [one for one in rules if rule in ("", one.id)]
    assert wanted, f"no rule {rule}"
    return [finding for one in wanted for finding in one.check(one, looked_at)]


def brief(found: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Where, what is printed, and what is right."""
    return [(one.cell, one.printed, one.computed) for one in found]


def exemplified(rule: Rule, found: Iterable[Finding]) -> bool:
    """Whether one finding has the very figures, dates or codes of the rule's published example."""
    told = [re.findall(r"[\w.]*\d[\w.]*", one.printed or one.computed) for one in found]
    return any(figures and all(figure in rule.example for figure in figures) for figures in told)


def _life(package: Package) -> History:
    told = History(package.program)
    load = LoadPackage.of(package)
    told.decided(load.decide(package.program, told.copy(), TODAY).events)
    return told
