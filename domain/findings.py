"""Findings: what does not add up. They never block and nothing is repaired silently."""

from typing import Literal

from domain.dates import FINAL, Assertion, Register, Viewpoint, precedence
from domain.values import NOT_STATED, Value, same, shown


class Finding(Value):
    """Something that does not add up, with its figures and the events that say them."""

    rule: str
    severity: Literal["error", "warning"]
    message: str
    cell: str
    printed: str = ""
    computed: str = ""
    positions: tuple[int, ...] = ()
    waived: bool = False


def findings(register: Register) -> list[Finding]:
    """The findings that the ledger itself gives rise to, as known now, in the order of the cells."""
    found: list[Finding] = []
    for cell in sorted(register.assertions):
        living = register.living(cell)
        found += [f for said in living if (f := _broken_was(register, said)) is not None]
        found += _restated(living)
    return found


def _broken_was(register: Register, said: Assertion) -> Finding | None:
    """An act's «was» against what stood before it: other documents before the act, and its own
    earlier steps.
    """
    if said.was is None:
        return None
    timing = said.timing
    view = Viewpoint(
        max(timing.effective_on, timing.in_force_on),
        timing.dated_on,
        register.last_position,
        timing.edition,
    )
    before = max(
        (
            other
            for other in register.counted(said.cell, view)
            if other.timing.document != timing.document or other.position < said.position
        ),
        key=precedence,
        default=None,
    )
    stood = before.value if before else NOT_STATED
    if same(stood, said.was):
        return None
    return Finding(
        rule="was_does_not_stand",
        severity="error",
        message=f"В акте {timing.document} «было {shown(said.was)}», а действовало {shown(stood)}",
        cell=said.cell,
        printed=shown(said.was),
        computed=shown(stood),
        positions=tuple(p.position for p in (before, said) if p is not None),
    )


def _restated(living: list[Assertion]) -> list[Finding]:
    """A report's figure of last year against the fact that last year's own report stated."""
    reported = max((s for s in living if s.rank == FINAL), key=precedence, default=None)
    if reported is None or not reported.cell.startswith("fact:"):
        return []
    return [
        Finding(
            rule="restated_differently",
            severity="warning",
            message=(
                f"Документ {said.timing.document} печатает {shown(said.value)}, "
                f"а отчёт {reported.timing.document} сообщил {shown(reported.value)}"
            ),
            cell=said.cell,
            printed=shown(said.value),
            computed=shown(reported.value),
            positions=(reported.position, said.position),
        )
        for said in living
        if said.rank < FINAL
        and said.timing.dated_on > reported.timing.dated_on
        and not same(said.value, reported.value)
    ]
