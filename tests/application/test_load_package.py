"""Loading a package decides each command on what those before it decided, without copying."""

from datetime import date
from pathlib import Path

import pytest

from api.demo.load import packages_of_the_demo
from application.commands.command import Command, Decision
from application.commands.load_package import (
    HalfFolded,
    LoadPackage,
    Package,
    RefusedInPackage,
)
from application.commands.post_cash import PostCash
from application.ledger import History
from domain.event import Event
from tests.application.intake.garden import PROGRAM, TODAY as LATER, garden

TODAY = date(2026, 11, 1)
PACKAGES = list(packages_of_the_demo())


def one_by_one(program: str, commands: tuple[Command, ...], log_size: int) -> list[Event]:
    """Each command on a history of its own."""
    events: list[Event] = []
    for command in commands:
        history = History(program, log_size=log_size)
        history.decided(events)
        events += command.decide(program, history, TODAY).events
    return events


@pytest.mark.parametrize("file", PACKAGES, ids=lambda file: str(file.stem))
@pytest.mark.parametrize("log_size", [0, 500])
def test_all_at_once_is_one_by_one(file: Path, log_size: int) -> None:
    package = Package.model_validate_json(file.read_text(encoding="utf-8"))
    load = LoadPackage.of(package)
    history = History(package.program, log_size=log_size)
    decided = list(load.decide(package.program, history, TODAY).events)
    assert decided == one_by_one(package.program, load.commands, log_size)
    assert list(history.events) == list(range(log_size + 1, log_size + len(decided) + 1))
    assert list(history.events.values()) == decided
    apart = History(package.program, log_size=log_size)
    apart.decided(decided)
    assert history.register.assertions == apart.register.assertions
    assert history.register.postings == apart.register.postings
    assert history.municipality == apart.municipality


class Half(Command):
    """Leaves the first of its two events in the history."""

    of: LoadPackage

    def decide(self, program: str, history: History, today: date) -> Decision:
        events = self.of.decide(program, History(program), today).events[:2]
        history.decided(events[:1])
        return Decision(events)


def test_a_command_that_leaves_half_of_what_it_decided_is_found() -> None:
    whole = LoadPackage.of(Package.model_validate_json(PACKAGES[0].read_text(encoding="utf-8")))
    with pytest.raises(HalfFolded):
        LoadPackage(commands=(Half(of=whole),)).decide("kedrovy", History("kedrovy"), TODAY)


def test_a_report_that_only_cash_cites_is_recorded_once() -> None:
    life = garden()
    line = {"year": 2031, "element": "07.0.01.1", "executor": "mu-sad", "amount": "5.00"}
    document = {"kind": "report", "date": "2032-01-31", "number": "5"}
    cash = PostCash.model_validate(
        {"document": document, "cumulative": True, "period": "2031", "entries": [line]}
    )
    again = cash.model_copy(update={"period": "2030"})
    with pytest.raises(RefusedInPackage, match="Команда № 2"):
        LoadPackage(commands=(cash, again)).decide(PROGRAM, life.history.copy(), LATER)
    events = LoadPackage(commands=(cash, cash)).decide(PROGRAM, life.history, LATER).events
    assert [event.topic for event in events].count("program.document_recorded.v1") == 1
