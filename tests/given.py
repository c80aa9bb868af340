"""Given events, when a decider is asked, then it decides or refuses: a chronicle in memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Concatenate, ParamSpec

from domain import cells
from domain.budget import AppropriationSet, CashExecutionReversed
from domain.dates import ALWAYS, Register, Viewpoint
from domain.event import Event
from domain.indicator import Defined, TargetSet
from domain.legal_act import Basis, Document, DocumentKind, basis_of, document_id
from domain.periods import Period
from domain.program import (
    ActRecorded,
    AmendmentLine,
    ElementAdded,
    Municipality,
    PassportSet,
    Registered,
)
from domain.refusals import Refusal
from domain.report import PeriodEvent, ReportSubmitted
from domain.values import (
    NOT_STATED,
    AbsenceReason,
    Absent,
    CellValue,
    Direction,
    ElementKind,
    FundingSource,
    Stated,
    money,
)

PROGRAM = "invented"
TODAY = date(2023, 7, 1)
Asked = ParamSpec("Asked")
Decider = Callable[Concatenate[Register, str, Asked], Sequence[Event]]


@dataclass(slots=True)
class Chronicle:
    """One program's events in the order of recording, at positions from 1, folded."""

    program: str = PROGRAM
    register: Register = field(default_factory=Register)
    events: dict[int, Event] = field(default_factory=dict)

    def take(self, events: Iterable[Event]) -> list[int]:
        """Appends events as the ledger would; their positions."""
        positions = []
        for event in events:
            position = self.last_position + 1
            self.events[position] = event
            self.register.take(event.rows(position))
            self.register.last_position = position
            positions.append(position)
        return positions

    def record(
        self, decider: Decider[Asked], *args: Asked.args, **named: Asked.kwargs
    ) -> list[int]:
        """Asks a decider, on a register of its own, and appends what it decides; the positions."""
        return self.take(decider(self.register.copy(), self.program, *args, **named))

    def decided(
        self, decider: Decider[Asked], *args: Asked.args, **named: Asked.kwargs
    ) -> list[Event]:
        """Like `record`: the events that were decided and appended."""
        return [self.events[position] for position in self.record(decider, *args, **named)]

    def refusal(
        self,
        decider: Callable[Concatenate[Register, str, Asked], Any],
        *args: Asked.args,
        **named: Asked.kwargs,
    ) -> Refusal:
        """The refusal of a decider; nothing is appended. Fails if it does not refuse."""
        try:
            decided = decider(self.register.copy(), self.program, *args, **named)
        except Refusal as refusal:
            return refusal
        msg = f"не отказано: {decided}"
        raise AssertionError(msg)

    @property
    def last_position(self) -> int:
        return self.register.last_position

    def known_at(self, position: int) -> Register:
        """The register folded anew from the events up to a position."""
        register = Register(last_position=position)
        for at, event in self.events.items():
            if at <= position:
                register.take(event.rows(at))
        return register

    def value(self, cell: str, as_of: date, dated_by: date = TODAY) -> CellValue:
        """What stands in a cell as known now."""
        said = self.register.cell(cell, Viewpoint(as_of, dated_by, self.last_position))
        return said.value if said else NOT_STATED

    def returned(self, position: int) -> Decimal:
        """What reversals of the posting at a position already returned, in rubles."""
        return sum(
            (
                money(event.amount)
                for event in self.events.values()
                if isinstance(event, CashExecutionReversed) and event.of_position == position
            ),
            Decimal("0.00"),
        )


def stated(text: str) -> Stated:
    return Stated(value=text)


def absent(reason: AbsenceReason = AbsenceReason.NOT_MEASURED) -> Absent:
    return Absent(absent=reason)


def act(
    number: str | None,
    on: date | None,
    *,
    in_force_on: date | None = None,
    applies_from: date | None = None,
    day_order: int | None = None,
    content_stated: bool = True,
) -> Document:
    return Document(
        kind=DocumentKind.ACT,
        number=number,
        date=on,
        in_force_on=in_force_on,
        applies_from=applies_from,
        day_order=day_order,
        content_stated=content_stated,
    )


def report(on: date, number: str | None = None) -> Document:
    return Document(kind=DocumentKind.REPORT, title="Отчёт", date=on, number=number)


def payment_order(number: str, on: date) -> Document:
    return Document(kind=DocumentKind.PAYMENT, number=number, date=on)


def basis(document: Document) -> Basis:
    """The basis that a numbered document gives."""
    return basis_of(document, document_id(document, ()))


def line(
    cell: str,
    was: CellValue | str,
    becomes: CellValue | str,
    *,
    effective_on: date | None = None,
    until_on: date | None = None,
    as_printed: str = "",
) -> AmendmentLine:
    """A decree's line without a decision on overlap."""
    return AmendmentLine(
        cell=cell,
        was=stated(was) if isinstance(was, str) else was,
        becomes=stated(becomes) if isinstance(becomes, str) else becomes,
        effective_on=effective_on,
        until_on=until_on,
        as_printed=as_printed,
    )


OWN_ACT = act("P", date(2020, 12, 20), in_force_on=date(2021, 1, 1))
FIRST_DAY = date(2021, 1, 1)
T1, T2, T3 = (cells.target(indicator, "2021") for indicator in ("i1", "i2", "i3"))
LINE = cells.Line(2021, "goal", "school", "municipal")


def registered(*also: Event) -> Chronicle:
    """Given: an invented program of 2021–2024 with a goal, a school, three indicators, and the act
    P of 20.12.2020 that is its basis from 01.01.2021 on; and events besides."""
    own = basis(OWN_ACT)
    municipality = Municipality(
        id="invented", name="Вымышленное", zone="Europe/Moscow", invented=True
    )
    chronicle = Chronicle()
    chronicle.take(
        [
            Registered(
                program=PROGRAM,
                basis=own,
                effective_on=FIRST_DAY,
                municipality=municipality,
                first_year=2021,
                last_year=2024,
            ),
            ActRecorded(program=PROGRAM, basis=own, effective_on=ALWAYS, document=OWN_ACT),
            PassportSet(
                program=PROGRAM,
                basis=own,
                effective_on=FIRST_DAY,
                field="body.school",
                value=stated("Школа"),
            ),
            ElementAdded(
                program=PROGRAM,
                basis=own,
                effective_on=FIRST_DAY,
                element="goal",
                kind=ElementKind.GOAL,
                name="Цель",
            ),
            *(
                Defined(
                    program=PROGRAM,
                    basis=own,
                    effective_on=FIRST_DAY,
                    indicator=name,
                    element="goal",
                    name=f"Показатель {name}",
                    unit="%",
                    direction=Direction.INCREASE,
                )
                for name in ("i1", "i2", "i3")
            ),
            *also,
        ]
    )
    return chronicle


STEPS_BASIS = report(date(2022, 3, 1))


def step(
    kind: type[PeriodEvent], period: str, *, by: Document = STEPS_BASIS, **more: Any
) -> PeriodEvent:
    """A step of a period's report as it is recorded, whatever the deciders would say."""
    if kind is ReportSubmitted:
        more |= {"as_of": Period.parse(period).last_day, "dated_by": by.dated_on}
    about = {"program": PROGRAM, "basis": basis(by), "effective_on": by.dated_on, "period": period}
    return kind(**about | more)


def stepped(chronicle: Chronicle, period: str, *kinds: type[PeriodEvent]) -> Chronicle:
    """Given besides: these steps of the period's report."""
    chronicle.take(step(kind, period) for kind in kinds)
    return chronicle


def target(value: str, *, indicator: str = "i1", by: Document = OWN_ACT) -> TargetSet:
    """The target of 2021 that an act states from the day it applies."""
    return TargetSet(
        program=PROGRAM,
        basis=basis(by),
        effective_on=by.applies,
        indicator=indicator,
        period="2021",
        value=stated(value),
    )


def appropriation(value: str, *, by: Document = OWN_ACT) -> AppropriationSet:
    """The appropriation of 2021 of the school's line, in rubles, from the day the act applies."""
    return AppropriationSet(
        program=PROGRAM,
        basis=basis(by),
        effective_on=by.applies,
        year=LINE.year,
        element=LINE.element,
        executor=LINE.executor,
        source=FundingSource(LINE.source),
        value=stated(value),
    )
