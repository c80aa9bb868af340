"""What people do to a program, as values that a strategy can draw and play through the deciders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from domain import budget, cells, indicator, program
from domain.amendment import amend
from domain.dates import Assertion, Posting, Withdrawal
from domain.event import Event
from domain.legal_act import Document
from domain.program import AmendmentLine, cite
from domain.refusals import Refusal
from domain.values import NOT_STATED, AbsenceReason, Absent, CellValue, FundingSource, Stated
from domain.withdrawal import RightStatement, correct, error_in_act, withdraw_act
from tests.given import (
    LINE,
    OWN_ACT,
    T1,
    T2,
    T3,
    TODAY,
    Chronicle,
    act,
    basis,
    payment_order,
    report,
)

Thing = TypeVar("Thing")

DAYS = [
    *(date(2021, *day) for day in [(1, 1), (2, 10), (3, 24), (3, 25), (6, 1), (7, 1), (9, 30)]),
    *(date(2021, 12, 31), date(2022, 1, 31), date(2022, 3, 1)),
]
"""Few, so that documents, effects and terms meet on one day."""

PLAN = cells.appropriation(LINE)
RETIRED = cells.indicator("i3", "element")
CELLS = [T1, T2, T3, cells.baseline("i1"), PLAN, cells.passport("title"), RETIRED]
FACT = cells.fact("i1", "2021")

OWN, OWN_EVENTS = 30, 9
"""The choice that means the program's own act, and how many events its registration is."""


def value_of(cell: str, drawn: int) -> CellValue:
    """The value that a drawn number means in a cell; 0 is an absence."""
    if drawn == 0:
        return Absent(absent=AbsenceReason.NOT_APPLICABLE)
    if cell == RETIRED:
        return Stated(value="goal")
    return Stated(value=f"{drawn}000.00" if cell == PLAN else str(80 + drawn))


class NothingThere(Exception):
    """A move chooses among things of which there are none yet."""


def chosen(among: Sequence[Thing], choice: int) -> Thing:
    if not among:
        raise NothingThere
    return among[choice % len(among)]


class Move:
    """Something that a person does. What the deciders refuse does not happen."""

    def play(self, chronicle: Chronicle) -> None:
        try:
            decided = self.decide(chronicle)
        except (Refusal, NothingThere):
            return
        chronicle.take(decided)

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        raise NotImplementedError


@dataclass(frozen=True)
class DrawnLine:
    cell: str
    becomes: int
    since: date | None
    until: date | None
    overlap: Literal["replaces", "keeps"]


@dataclass(frozen=True)
class Decree(Move):
    """An act, early or late, with terms, restating or not; or a missed line of a known act."""

    number: str
    on: date
    in_force: date | None
    applies: date | None
    lines: tuple[DrawnLine, ...]
    restates: bool
    missed_of: int | None

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        document = act(self.number, self.on, in_force_on=self.in_force, applies_from=self.applies)
        if self.missed_of is not None and (known := acts(chronicle)):
            document = chosen(known, self.missed_of)
        lines = [
            AmendmentLine(
                cell=line.cell,
                was=NOT_STATED,
                becomes=value_of(line.cell, line.becomes),
                effective_on=line.since,
                until_on=line.until,
                as_printed="вымышлено",
                overlap=line.overlap,
            )
            for line in self.lines
        ]
        return amend(
            chronicle.register.copy(),
            chronicle.program,
            document,
            lines,
            ("target:",) if self.restates else (),
            TODAY,
        )


def acts(chronicle: Chronicle) -> list[Document]:
    """The acts recorded so far besides the program's own."""
    return [
        event.document
        for event in chronicle.events.values()
        if isinstance(event, program.ActRecorded) and event.document != OWN_ACT
    ]


@dataclass(frozen=True)
class Withdrawing(Move):
    """An annulment from a day or from the beginning, or a suspension; of a withdrawal, too."""

    of: int
    number: str
    on: date
    since: date | Literal["beginning"]
    until: date | None
    cell: int | None
    revives: bool

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        of = chosen([OWN_ACT] if self.of == OWN else acts(chronicle), self.of)
        identity, by = basis(of).document, act(self.number, max(self.on, of.dated_on))
        cell = None
        if self.cell is not None:
            cell = chosen(
                sorted(
                    said.cell
                    for said in chronicle.register.everything_said()
                    if said.timing.document == identity and said.cell in CELLS
                ),
                self.cell,
            )
        return withdraw_act(
            chronicle.register.copy(),
            chronicle.program,
            identity,
            by,
            TODAY,
            since=self.since,
            until_on=self.until,
            cell=cell,
            revives=self.revives,
        )


@dataclass(frozen=True)
class PuttingRight(Move):
    """A recording error: of a value, a cell, a date, a document, a payment, or all of it."""

    of: int
    what: Literal["value", "cell", "since", "until", "document", "nothing"]
    to: int
    day: date
    cell: str

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        position = chosen(correctable(chronicle), self.of)
        event = chronicle.events[position]
        paid = isinstance(event, budget.CashExecutionPosted)
        right = {
            "value": RightStatement(amount=f"{self.to + 1}00.00")
            if paid
            else RightStatement(value=Stated(value=str(90 + self.to))),
            "cell": RightStatement(cell=self.cell),
            "since": RightStatement(effective_on=self.day, paid_on=self.day),
            "until": RightStatement(until_on=self.day),
            "document": RightStatement(document=act(str(self.to), self.day)),
        }.get(self.what)
        return correct(
            chronicle.register.copy(),
            chronicle.program,
            position,
            event,
            right,
            "вымышлено",
            TODAY,
            reversed_before=str(chronicle.returned(position)),
        )


def correctable(chronicle: Chronicle) -> list[int]:
    """Positions of what may be put right: statements, payments, annulments."""
    return [
        position
        for position, event in chronicle.events.items()
        if position > OWN_EVENTS
        and any(
            isinstance(row, Posting | Withdrawal)
            or (isinstance(row, Assertion) and row.cell in {*CELLS, FACT})
            for row in event.rows(position)
        )
    ]


@dataclass(frozen=True)
class ActInError(Move):
    """A whole act was recorded in error."""

    of: int

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        of = basis(chosen(acts(chronicle), self.of)).document
        return error_in_act(chronicle.register.copy(), chronicle.program, of, "вымышлено")


@dataclass(frozen=True)
class Reporting(Move):
    """A fact of the year: final, preliminary, or printed as last year's."""

    on: date
    value: int
    kind: Literal["final", "preliminary", "last_year"]

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        register, name = chronicle.register.copy(), chronicle.program
        by, recorded = cite(register, name, report(self.on), TODAY)
        fact = indicator.ReportedFact(
            indicator="i1",
            period="2021",
            value=value_of(FACT, self.value),
            preliminary=self.kind == "preliminary",
            last_year=self.kind == "last_year",
        )
        return [*recorded, *indicator.report_fact(register, name, by, fact, TODAY)]


@dataclass(frozen=True)
class Paying(Move):
    """A payment, or a return of an earlier one."""

    on: date
    amount: int
    returns: int | None

    def decide(self, chronicle: Chronicle) -> Sequence[Event]:
        register, name = chronicle.register.copy(), chronicle.program
        order = basis(payment_order(str(self.amount), self.on))
        amount = f"{self.amount + 1}{'00' if self.returns is None else '0'}.00"
        if self.returns is None:
            payment = budget.Payment(
                year=LINE.year,
                element=LINE.element,
                executor=LINE.executor,
                source=FundingSource(LINE.source),
                amount=amount,
            )
            return budget.post_cash(register, name, order, payment, TODAY)
        posted = {
            at: event
            for at, event in chronicle.events.items()
            if isinstance(event, budget.CashExecutionPosted)
        }
        position = chosen(list(posted), self.returns)
        return budget.reverse(
            register,
            name,
            order,
            posted[position],
            position,
            chronicle.returned(position),
            amount=amount,
            on=self.on,
            reason="вымышлено",
            recording_error=False,
            today=TODAY,
        )
