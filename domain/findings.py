"""Findings: what does not add up. They never block and nothing is repaired silently."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from domain.dates import FINAL, Assertion, Register, Viewpoint, Withdrawal, precedence
from domain.values import NOT_STATED, CellValue, Stated, Value, same, shown


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
    found = [*broken_was(register), *restated(register)]
    return sorted(found, key=lambda finding: finding.cell)


def broken_was(register: Register) -> Iterator[Finding]:
    """The acts whose «was» is not what stood before them."""
    printing = {said.cell for said in register.everything_said() if said.was is not None}
    for cell in sorted(printing):
        for said in register.living(cell):
            if (found := _broken_was(register, said)) is not None:
                yield found


def restated(register: Register) -> Iterator[Finding]:
    """The figures of last year that are not the fact which that year's own report stated."""
    for cell in sorted(register.of_kind("fact")):
        yield from _restated(register.living(cell))


def told(register: Register, viewpoint: Viewpoint) -> Register:
    """The register as if nothing had been said but what the documents of a viewpoint say up to its day,
    whatever has ended since. Recording errors count by when they were recorded alone.
    """

    def says(row: Assertion | Withdrawal) -> bool:
        return row.position <= viewpoint.at_position and viewpoint.sees(
            replace(row.timing, until_on=None)
        )

    known = Register(last_position=viewpoint.at_position)
    known.take(said for said in register.everything_said() if says(said))
    known.withdrawals = [
        w
        for w in register.withdrawals
        if says(w) or (w.recording_error and w.position <= viewpoint.at_position)
    ]
    known.last_position = viewpoint.at_position
    return known


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
        message=f"В акте {timing.document} «было {_words(said.was)}», а действовало {_words(stood)}",
        cell=said.cell,
        printed=shown(said.was),
        computed=shown(stood),
        positions=tuple(p.position for p in (before, said) if p is not None),
    )


def _restated(living: list[Assertion]) -> list[Finding]:
    """A report's figure of last year against the fact that last year's own report stated."""
    reported = max((s for s in living if s.rank == FINAL), key=precedence, default=None)
    if reported is None:
        return []
    return [
        Finding(
            rule="restated_differently",
            severity="warning",
            message=(
                f"Документ {said.timing.document} печатает {_words(said.value)}, "
                f"а отчёт {reported.timing.document} сообщил {_words(reported.value)}"
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


def _words(value: CellValue) -> str:
    """The value as a Russian sentence has it."""
    return value.value.replace(".", ",") if isinstance(value, Stated) else "нет значения"
