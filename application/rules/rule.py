"""What a rule is: published with its source, asked of a program at a viewpoint."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from domain.dates import Register, Viewpoint
from domain.findings import Finding
from domain.state import State


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules look at: a program's state at a viewpoint, and its register as known there (for rules
    about how statements stand to each other, such as an act's «was»).
    """

    program: str
    viewpoint: Viewpoint
    state: State
    register: Register


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
