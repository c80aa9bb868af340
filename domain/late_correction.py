"""Corrections after a period's report: none while it is under review, with a basis once it is closed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from domain import budget, cells, indicator
from domain.dates import ALWAYS, Register, Row
from domain.event import Event
from domain.legal_act import Document
from domain.locks import CLOSED, locks_on
from domain.periods import Period
from domain.program import ProgramEvent, cite
from domain.refusals import BasisRequired, ReportUnderReview, StepStays
from domain.report import PeriodEvent
from domain.road_map import OccurrenceCompleted
from domain.values import Stated, Text
from domain.withdrawal import RightStatement, correct


class CorrectionGrounded(ProgramEvent):
    """What was recorded at a position was put right on the grounds of a document: its basis."""

    topic: ClassVar = "program.correction_grounded.v1"
    of_position: int
    reason: Text

    def rows(self, position: int) -> Iterator[Row]:
        document = Stated(value=self.basis.document)
        yield self.says(position, cells.grounds(self.of_position), document)


def correct_on_grounds(
    register: Register,
    name: str,
    position: int,
    event: Event,
    right: RightStatement | None,
    reason: str,
    today: date,
    *,
    basis: Document | None = None,
    cell: str | None = None,
    reversed_before: str = "0.00",
) -> list[Event]:
    """As `correct`, with the document on whose grounds it is done, which a closed period asks for.

    Periods lock what is reported in them (facts, money, explanations, procedures done), both where it
    stood and where it comes to stand; plans are an act's, whatever its day.
    Refuses: StepStays, ReportUnderReview, BasisRequired, DocumentFromTheFuture.
    """
    if isinstance(event, PeriodEvent):
        raise StepStays(position=position)
    recorded, grounded = list[Event](), list[Event]()
    if basis is not None:
        grounds, recorded = cite(register, name, basis, today)
        register = register.copy()
        for one in recorded:
            register.take(one.rows(register.last_position))
        grounded.append(
            CorrectionGrounded(
                program=name,
                basis=grounds,
                effective_on=ALWAYS,
                of_position=position,
                reason=reason,
            )
        )
    events = correct(
        register,
        name,
        position,
        event,
        right,
        reason,
        today,
        cell=cell,
        reversed_before=reversed_before,
    )
    for span in _reported_in([event, *events]):
        _require_correctable(register, span, today, grounded=basis is not None)
    return [*recorded, *events, *grounded]


def _require_correctable(register: Register, span: Period, today: date, *, grounded: bool) -> None:
    locks = locks_on(register, span, today)
    for period, status in locks.items():
        if status != CLOSED:
            raise ReportUnderReview(period=period)
    for period in locks:
        if not grounded:
            raise BasisRequired(period=period)


def _reported_in(events: Iterable[Event]) -> Iterator[Period]:
    for event in events:
        match event:
            case indicator.FactReported() if event.last_year:
                pass
            case (
                indicator.FactReported()
                | indicator.DeviationExplained()
                | budget.VarianceExplained()
            ):
                yield Period.parse(event.period)
            case budget.CashExecutionPosted() if event.period is not None:
                yield Period.parse(event.period)
            case (
                budget.CashExecutionPosted()
                | budget.CashExecutionReversed()
                | OccurrenceCompleted()
            ):
                yield Period.parse(f"{event.effective_on:%Y-%m}")
