"""The papers as intake takes them in, and what their packages say."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from adapters.documents.reading import read_paper
from application.commands.load_package import LoadPackage, Package
from application.intake.answers import Answers
from application.intake.compose import take_in
from application.intake.intake import read
from application.intake.paper import Paper
from application.ledger import History
from domain.dates import Assertion, Timing
from domain.state import State
from domain.values import CellValue
from tests.acceptance.sources import PAPERS, ROOT, SOURCES, package

TODAY = date(2026, 1, 1)
Cells = dict[str, CellValue]


@cache
def paper(program: str) -> Paper:
    """A paper, read from its Word file."""
    file = SOURCES / f"{PAPERS[program]}.docx"
    if not file.exists():
        pytest.skip(f"the papers are not in {SOURCES}")
    return read_paper(file.read_bytes(), file.name)


def answers(program: str) -> Answers:
    """What the paper does not print."""
    file = ROOT / "docs" / "answers" / f"{program}.toml"
    return Answers.from_toml(file.read_text(encoding="utf-8"))


def sayings(program: str) -> Cells:
    """All that the paper says; every cell of it could be read."""
    found = read(paper(program), answers(program), None).sayings
    assert not found.unread
    return {one.cell: one.value for one in found.said}


@dataclass(frozen=True)
class Recorded:
    """A program in memory, all of it known."""

    history: History

    @property
    def winners(self) -> dict[str, Assertion]:
        return self.history.register.at(self.history.register.now_known)

    @property
    def state(self) -> State:
        return State(self.winners)

    @property
    def values(self) -> Cells:
        return {cell: said.value for cell, said in self.winners.items()}

    @property
    def dated(self) -> dict[str, tuple[CellValue, Timing]]:
        """Every cell with its value, its document and its dates."""
        return {cell: (said.value, said.timing) for cell, said in self.winners.items()}


@cache
def packaged(program: str) -> Recorded:
    """The program as its package makes it."""
    return _recorded(program, LoadPackage.of(Package.model_validate(package(program))))


def taken(program: str) -> Recorded:
    """The program as its paper makes it, with the answers."""
    found = take_in(paper(program), answers(program), None, TODAY)
    assert found.command is not None
    return _recorded(found.program, found.command)


def _recorded(program: str, command: LoadPackage) -> Recorded:
    history = History(program)
    history.decided(command.decide(program, history.copy(), TODAY).events)
    return Recorded(history)
