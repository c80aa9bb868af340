"""A second evaluator of the three dates, built differently on purpose.

For a fixed «по документам», knowledge and edition it cuts time at every day on which anything may
change, and paints each cell's strip of days with one document after the other, the oldest first: what
is painted last stands. What is withdrawn is masked before it is painted. Days are bits of an integer.
It shares with `domain.dates` the shape of rows and nothing else.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.dates import Assertion, Edition, Posting, Row, Timing, Withdrawal

Days = int
"""A set of strips of days, as bits."""

Name = tuple[str, int | str, str | None]
"""What a withdrawal names: a position or a document, all of it or one cell."""


class Asked(NamedTuple):
    """All of a viewpoint but `as_of`."""

    dated_by: date
    at_position: int
    edition: Edition | None


class Painting:
    """What stands in every cell on every day, as one reader knows it."""

    def __init__(self, rows: Iterable[Row], asked: Asked) -> None:
        self._asked = asked
        known = [row for row in rows if row.position <= asked.at_position]
        statements = [row for row in known if isinstance(row, Assertion)]
        withdrawals = [row for row in known if isinstance(row, Withdrawal)]
        self._postings = [row for row in known if isinstance(row, Posting)]
        self._cuts = self._turning_days([*statements, *withdrawals, *self._postings])
        self._gone = self._withdrawn(withdrawals)
        self._strips: dict[str, list[Assertion | None]] = {}
        for statement in sorted(statements, key=_age):
            self._paint(statement)

    def stands(self, as_of: date) -> dict[str, int]:
        """The position of what stands in each cell on a day."""
        at = self._slot(as_of)
        return {cell: said.position for cell, strip in self._strips.items() if (said := strip[at])}

    def moved(self, as_of: date) -> dict[str, Decimal]:
        """The sum of what was posted to each cell by a day."""
        sums: dict[str, Decimal] = {}
        for posting in self._postings:
            if self._days(posting.timing) >> self._slot(as_of) & 1:
                sums[posting.cell] = sums.get(posting.cell, Decimal(0)) + posting.amount
        return sums

    def _turning_days(self, rows: Iterable[Assertion | Withdrawal | Posting]) -> list[date]:
        found = {date.min}
        for row in rows:
            found |= {row.timing.effective_on, row.timing.in_force_on}
            if row.timing.until_on is not None and row.timing.until_on < date.max:
                found.add(row.timing.until_on + timedelta(days=1))
        return sorted(found)

    def _slot(self, day: date) -> int:
        return bisect_right(self._cuts, day) - 1

    def _days(self, timing: Timing) -> Days:
        """The days on which the dates of a document let its statement be seen."""
        if timing.dated_on > self._asked.dated_by:
            return 0
        late = self._asked.edition is not None and self._asked.edition < (
            timing.dated_on,
            timing.day_order,
        )
        if timing.is_act and late:
            return 0
        first = timing.effective_on
        if timing.in_force_on > self._asked.dated_by:
            first = max(first, timing.in_force_on)
        end = len(self._cuts)
        if timing.until_on is not None:
            end = self._slot(timing.until_on) + 1
        start = self._slot(first)
        return (1 << end) - (1 << start) if start < end else 0

    def _withdrawn(self, withdrawals: list[Withdrawal]) -> dict[Name, Days]:
        """On which days each name no longer counts."""
        gone: dict[Name, Days] = defaultdict(int)
        everything = (1 << len(self._cuts)) - 1
        for error in withdrawals:
            if error.recording_error:
                gone[_name(error)] = everything
        others = [
            (one, self._days(one.timing) & ~_masked(gone, one))
            for one in withdrawals
            if not one.recording_error
        ]
        for one, days in others:
            for other, its_days in others:
                if other.position != one.position and _name(other) in _names(one):
                    days &= ~its_days  # noqa: PLW2901 - what is left of it
            gone[_name(one)] |= days
        return gone

    def _paint(self, statement: Assertion) -> None:
        strip = self._strips.setdefault(statement.cell, [None] * len(self._cuts))
        days = self._days(statement.timing) & ~_masked(self._gone, statement)
        for slot in range(len(strip)):
            if days >> slot & 1:
                strip[slot] = statement


def _age(said: Assertion) -> tuple[int, int, int, int, int, int]:
    """Documents in the order in which they are painted; a fact's final figure over all others. The steps of
    a report go as they were recorded.
    """
    when = said.timing
    return (
        said.position if _a_step(said) else 0,
        said.rank,
        when.dated_on.toordinal(),
        when.day_order,
        when.effective_on.toordinal(),
        said.position,
    )


def _name(withdrawal: Withdrawal) -> Name:
    if withdrawal.of_position is not None:
        return ("position", withdrawal.of_position, withdrawal.of_cell)
    kind = "document in error" if withdrawal.recording_error else "document"
    return (kind, withdrawal.of_document or "", withdrawal.of_cell)


def _names(row: Assertion | Withdrawal) -> list[Name]:
    """Under which names a row may be withdrawn."""
    of: list[tuple[str, int | str]] = [("position", row.position)]
    if not _a_step(row):
        of.append(("document in error", row.timing.document))
    if not _requisite(row) and not _a_step(row):
        of.append(("document", row.timing.document))
    names: list[Name] = [(*name, None) for name in of]
    if isinstance(row, Assertion):
        names += [(*name, row.cell) for name in of]
    return names


def _requisite(row: Assertion | Withdrawal) -> bool:
    """What a document says of itself: that it was adopted stays true when it is annulled."""
    kind, of, *_ = row.cell.split(":") if isinstance(row, Assertion) else ("", "")
    return kind == "document" and of == row.timing.document


def _a_step(row: Assertion | Withdrawal) -> bool:
    """A step of a report that was taken stays taken, whatever becomes of its document."""
    return isinstance(row, Assertion) and row.cell.split(":")[0] == "period"


def _masked(gone: dict[Name, Days], row: Assertion | Withdrawal) -> Days:
    days = 0
    for name in _names(row):
        days |= gone.get(name, 0)
    return days
