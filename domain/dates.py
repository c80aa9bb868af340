"""The three dates: which statements a viewpoint sees, and which of them wins.

`docs/time.md` tells the rules in words with the executed table of cases.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain import cells
from domain.values import CellValue

ALWAYS = date.min
"""«From the beginning», and the date of a program's own unknown act: before every dated document."""

FINAL, PRELIMINARY, LAST_YEAR = 2, 1, 0
"""Ranks of a fact: the final one is shown before a preliminary one, and both before the figure that
the next year's report prints as «факт за прошлый год». Everything else is final."""

Edition = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Timing:
    """When a statement holds and which document says so.

    `effective_on`..`until_on` (both included, open if None) is the time in the world; `dated_on` the
    document's date, `day_order` its place within that day, `in_force_on` the first day from which the
    document counts. `is_act` tells whether an edition bounds it.
    """

    effective_on: date
    dated_on: date
    document: str
    in_force_on: date
    day_order: int = 0
    until_on: date | None = None
    is_act: bool = True

    @property
    def edition(self) -> Edition:
        return (self.dated_on, self.day_order)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing said about one cell. `was` is what the act printed as the former value."""

    position: int
    cell: str
    value: CellValue
    timing: Timing
    rank: int = FINAL
    was: CellValue | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What no longer counts: a statement or withdrawal by position, or all that an act says
    (optionally one cell). A recording error withdraws without a document and from always.
    """

    position: int
    timing: Timing
    recording_error: bool
    of_position: int | None = None
    of_document: str | None = None
    of_cell: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """Money moved, in rubles; postings of a cell add up and are never withdrawn, only reversed."""

    position: int
    cell: str
    amount: Decimal
    timing: Timing


@dataclass(frozen=True, slots=True)
class Restatement:
    """An act says a part (cells with a prefix) anew: what it omits there is not stated any more."""

    position: int
    prefix: str
    timing: Timing


Row = Assertion | Withdrawal | Posting | Restatement


@dataclass(frozen=True, slots=True)
class Moved:
    """The sum of a cell's postings at a viewpoint, in rubles, and the events that add up to it."""

    amount: Decimal
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A question's place in time, fully resolved.

    `as_of`: «по состоянию на». `dated_by`: «по документам на». `at_position`: «по сведениям на», the
    last event taken in. `edition`: acts (and what withdraws them) up to this one, day order included.
    """

    as_of: date
    dated_by: date
    at_position: int
    edition: Edition | None = None

    def sees(self, timing: Timing) -> bool:
        """Whether the dates of a statement (not its recording) lie within this viewpoint."""
        return (
            timing.effective_on <= self.as_of
            and (timing.until_on is None or self.as_of <= timing.until_on)
            and timing.dated_on <= self.dated_by
            and timing.in_force_on <= max(self.as_of, self.dated_by)
            and (self.edition is None or not timing.is_act or timing.edition <= self.edition)
        )


def precedence(said: Assertion) -> tuple[int, int, date, int, date, int]:
    """The order in which statements about one cell win: the latest document, not the latest effect. Of
    the steps of a report's way the one that was recorded last.
    """
    timing = said.timing
    step = said.position if cells.is_step(said.cell) else 0
    return (step, said.rank, timing.dated_on, timing.day_order, timing.effective_on, said.position)


def hits(withdrawal: Withdrawal, target: Assertion | Withdrawal) -> bool:
    """Whether a withdrawal names this statement or withdrawal."""
    cell = target.cell if isinstance(target, Assertion) else None
    if withdrawal.of_cell is not None and withdrawal.of_cell != cell:
        return False
    if withdrawal.of_position is not None:
        return withdrawal.of_position == target.position
    if withdrawal.of_document != target.timing.document or cells.is_step(cell or ""):
        return False  # a step that was taken under an act stays taken, whatever becomes of the act
    # An annulled act was adopted all the same: only a recording error takes back its requisites.
    return withdrawal.recording_error or not (cell or "").startswith(
        f"document:{target.timing.document}:"
    )


def standing(withdrawals: Iterable[Withdrawal], viewpoint: Viewpoint) -> list[Withdrawal]:
    """The withdrawals that count: recording errors first, then withdrawn withdrawals, never deeper."""
    known = [w for w in withdrawals if w.position <= viewpoint.at_position]
    errors = [w for w in known if w.recording_error]
    seen = [
        w
        for w in known
        if not w.recording_error
        and viewpoint.sees(w.timing)
        and not any(hits(error, w) for error in errors)
    ]
    return errors + [w for w in seen if not any(hits(other, w) for other in seen if other is not w)]


@dataclass(slots=True)
class Register:
    """All statements of a program (or of some of its streams) in memory: the fold, and the oracle of
    the SQL that answers the same questions.
    """

    assertions: dict[str, list[Assertion]] = field(default_factory=lambda: defaultdict(list))
    withdrawals: list[Withdrawal] = field(default_factory=list)
    postings: dict[str, list[Posting]] = field(default_factory=lambda: defaultdict(list))
    restatements: list[Restatement] = field(default_factory=list)
    last_position: int = 0
    _kinds: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, rows: Iterable[Row]) -> None:
        """Adds what one event says."""
        for row in rows:
            self.last_position = max(self.last_position, row.position)
            match row:
                case Assertion():
                    if row.cell not in self.assertions:
                        self._kinds[row.cell.split(":", 1)[0]].append(row.cell)
                    self.assertions[row.cell].append(row)
                case Withdrawal():
                    self.withdrawals.append(row)
                case Posting():
                    self.postings[row.cell].append(row)
                case Restatement():
                    self.restatements.append(row)

    def copy(self) -> "Register":
        """A register of its own with the same statements."""
        twin = Register(last_position=self.last_position)
        twin.assertions.update({cell: list(said) for cell, said in self.assertions.items()})
        twin.postings.update({cell: list(moved) for cell, moved in self.postings.items()})
        twin.withdrawals, twin.restatements = list(self.withdrawals), list(self.restatements)
        twin._kinds.update({kind: list(said) for kind, said in self._kinds.items()})
        return twin

    def at(self, viewpoint: Viewpoint) -> dict[str, Assertion]:
        """The winner of every cell that has one at the viewpoint."""
        gone = standing(self.withdrawals, viewpoint)
        winners = ((cell, self._winner(cell, viewpoint, gone)) for cell in self.assertions)
        return {cell: winner for cell, winner in winners if winner is not None}

    def cell(self, cell: str, viewpoint: Viewpoint) -> Assertion | None:
        """The winner of one cell, or None where nothing is stated."""
        return self._winner(cell, viewpoint, standing(self.withdrawals, viewpoint))

    def _winner(self, cell: str, viewpoint: Viewpoint, gone: list[Withdrawal]) -> Assertion | None:
        counted = self.counted(cell, viewpoint, gone)
        return max(counted, key=precedence, default=None)

    def counted(
        self, cell: str, viewpoint: Viewpoint, gone: list[Withdrawal] | None = None
    ) -> Iterator[Assertion]:
        """The statements about a cell that the viewpoint sees and that are not withdrawn."""
        if gone is None:
            gone = standing(self.withdrawals, viewpoint)
        return (
            said
            for said in self.assertions.get(cell, ())
            if said.position <= viewpoint.at_position
            and viewpoint.sees(said.timing)
            and not any(hits(withdrawal, said) for withdrawal in gone)
        )

    def living(self, cell: str) -> list[Assertion]:
        """The statements about a cell that no withdrawal takes away for good, whatever their dates:
        recording errors do, and what is annulled from the beginning or before it took effect.
        """
        gone = standing(self.withdrawals, self.now_known)
        return [
            said
            for said in self.assertions.get(cell, ())
            if not any(
                hits(withdrawal, said)
                and (
                    withdrawal.recording_error
                    or withdrawal.timing.effective_on <= said.timing.effective_on
                )
                for withdrawal in gone
            )
        ]

    def of_kind(self, kind: str) -> list[str]:
        """The cells of a kind (`target`, `document`, `period`, …) that were ever stated."""
        return self._kinds.get(kind, [])

    @property
    def now_known(self) -> Viewpoint:
        """Everything recorded and still open, for what must not depend on the day of asking."""
        return Viewpoint(date.max, date.max, self.last_position)

    def moved(self, viewpoint: Viewpoint) -> dict[str, Moved]:
        """The sums of postings per cell."""
        return {
            cell: Moved(
                sum((p.amount for p in seen), Decimal("0.00")), tuple(p.position for p in seen)
            )
            for cell, postings in self.postings.items()
            if (
                seen := [
                    p
                    for p in postings
                    if p.position <= viewpoint.at_position and viewpoint.sees(p.timing)
                ]
            )
        }

    def everything_said(self) -> Iterator[Assertion]:
        """All statements in no particular order, withdrawn ones too."""
        for said in self.assertions.values():
            yield from said


def in_error(register: Register, said: Assertion) -> bool:
    """Whether a statement was taken back as a recording error, by itself or with its act."""
    return any(w.recording_error and hits(w, said) for w in register.withdrawals)


def provisional(rows: Iterable[Row], position: int) -> Iterator[Row]:
    """Rows of events that are decided but not yet recorded, as if recorded at `position`."""
    return (replace(row, position=position) for row in rows)
