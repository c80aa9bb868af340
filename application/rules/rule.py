"""What a rule is: published with its source, asked of a program at a viewpoint."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from application.reports.tree import Indicator, indicators, tree
from application.rules.checks import Check, checks
from application.rules.figures import number_of
from application.rules.sheet import Sheet, sheets
from application.rules.windows import Procedure, procedures
from domain import cells
from domain.dates import Assertion, Register, Viewpoint
from domain.event import Event
from domain.findings import Finding, told
from domain.state import State, state_of


@dataclass(frozen=True)
class Subject:
    """What rules look at: a program's state at a viewpoint, and its register as known there (for rules
    about how statements stand to each other, such as an act's «was»). `events` by position: what rows
    do not carry, such as a calculation's numbers.
    """

    program: str
    viewpoint: Viewpoint
    state: State
    register: Register
    events: Mapping[int, Event] = field(default_factory=dict)

    def known_at(self, position: int) -> "Subject":
        """The same viewpoint with no more than was recorded by a position."""
        known = {p: event for p, event in self.events.items() if p <= position}
        view, register = replace(self.viewpoint, at_position=position), register_of(known, position)
        return Subject(self.program, view, state_of(register, view), register, known)

    @cached_property
    def told(self) -> Register:
        """The register as if only what the viewpoint's documents say had been said."""
        return told(self.register, self.viewpoint)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The papers that print control figures, each with what stood when it was printed."""
        return sheets(self.state, self.register, self.viewpoint)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The computed columns of the papers, figure by figure."""
        return tuple(check for sheet in self.sheets for check in checks(sheet))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in the order of the tree."""
        return tuple(indicators(self.state, tree(self.state)))

    @cached_property
    def targets(self) -> Mapping[str, Mapping[str, Assertion]]:
        """The targets that have a value: indicator → period → statement, periods in order."""
        found: dict[str, dict[str, Assertion]] = defaultdict(dict)
        for cell in sorted(cell for cell in self.state.cells if cell.startswith("target:")):
            said = self.state.cells[cell]
            if number_of(said) is not None:
                _, indicator, period = cells.parts(cell)
                found[indicator][period] = said
        return found

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        """The road maps' procedures in the order of recording, with their windows."""
        return tuple(procedures(self.state))


def register_of(events: Mapping[int, Event], position: int) -> Register:
    """The register that some events make, as known at a position."""
    register = Register()
    for at, event in events.items():
        register.take(event.rows(at))
    register.last_position = position
    return register


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule. The texts are Russian: `title` names it, `compares` says what with what,
    `source` where the rule comes from (a decree, a form, arithmetic), `example` one case with figures.
    `check` yields at most one finding a cell.
    """

    id: str
    severity: Literal["error", "warning"]
    title: str
    compares: str
    source: str
    example: str
    check: Callable[["Rule", Subject], Iterator[Finding]]

    def found(
        self,
        cell: str,
        message: str,
        *,
        printed: str = "",
        computed: str = "",
        positions: tuple[int, ...] = (),
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            rule=self.id,
            severity=self.severity,
            message=message,
            cell=cell,
            printed=printed,
            computed=computed,
            positions=positions,
        )
