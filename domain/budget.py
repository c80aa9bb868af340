"""Budget of one program and fiscal year: appropriations, plans, cash execution."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar

from domain import cells
from domain.cells import Line
from domain.dates import ALWAYS, Posting, Register, Row, Viewpoint
from domain.event import Event, EventOfProgram, SourceCell, WithdrawsStatement
from domain.legal_act import Basis
from domain.locks import require_open
from domain.periods import Period, PeriodText
from domain.program import require_line, require_period
from domain.refusals import (
    BudgetClosed,
    BudgetNotOpened,
    CashOverAppropriation,
    NegativeAmount,
    NoAppropriation,
    NotYet,
    PaymentOutsideYear,
    ReasonRequired,
    ReversalOverPosting,
    UnknownPosition,
)
from domain.values import CellValue, Day, FundingSource, Identifier, Stated, Text, Value, money


class BudgetEvent(EventOfProgram):
    """An event of the Budget aggregate of one fiscal year."""

    year: int

    @property
    def stream(self) -> str:
        return f"budget/{self.program}/{self.year}"


class LineEvent(BudgetEvent):
    """An event about one budget line: element × executor × source; `-` where a paper is silent."""

    element: Identifier
    executor: str = "-"
    source: FundingSource = FundingSource.NOT_STATED

    @property
    def line(self) -> Line:
        return Line(self.year, self.element, self.executor, self.source)


class Opened(BudgetEvent):
    """The books of a fiscal year were opened."""

    topic: ClassVar = "budget.opened.v1"

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, _status(self.year), Stated(value="open"))


class AppropriationSet(LineEvent):
    """The year's appropriation of a line was stated, in rubles (план на год)."""

    topic: ClassVar = "budget.appropriation_set.v1"
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.appropriation(self.line), self.value, was=self.was)


class PeriodPlanSet(LineEvent):
    """The plan of a line for a period (план на период, quarter) was stated, in rubles."""

    topic: ClassVar = "budget.period_plan_set.v1"
    period: PeriodText
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(
            position, cells.period_plan(self.line, self.period), self.value, was=self.was
        )


class MoneyMoved(LineEvent):
    """An amount in rubles, above zero; `effective_on` is the day it moved."""

    sign: ClassVar[int] = 1
    amount: str

    def posts(self, position: int, cell: str) -> Posting:
        return Posting(position, cell, self.sign * money(self.amount), self.timing)


class CashExecutionPosted(MoneyMoved):
    """Cash went out. A payment adds up; with `cumulative` it is a report's total for `period` since
    the year's start: a statement, never added.
    """

    topic: ClassVar = "budget.cash_execution_posted.v1"
    cumulative: bool = False
    period: PeriodText | None = None
    printed: str = ""
    override_reason: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        if self.cumulative and self.period is not None:
            cell = cells.cash_report(self.line, self.period)
            yield self.says(position, cell, Stated(value=self.amount, printed=self.printed))
        else:
            yield self.posts(position, cells.cash(self.line))


class CashExecutionReversed(MoneyMoved):
    """Cash came back (with the return's own dates), or a posting recorded in error is undone by an
    opposite one with the same dates. `of_position` names the posting.
    """

    topic: ClassVar = "budget.cash_execution_reversed.v1"
    sign: ClassVar = -1
    of_position: int
    recording_error: bool = False
    reason: Text

    def rows(self, position: int) -> Iterator[Row]:
        yield self.posts(position, cells.cash(self.line))


class StatementWithdrawn(WithdrawsStatement, BudgetEvent):
    """A statement about money (an appropriation, a plan, a report's total) was recorded in error."""

    topic: ClassVar = "budget.statement_withdrawn.v1"


class VarianceExplained(LineEvent):
    """Why the execution of a line deviates from its plan."""

    topic: ClassVar = "budget.variance_explained.v1"
    period: PeriodText
    value: CellValue

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.explanation(self.line.key, self.period), self.value)


class Closed(BudgetEvent):
    """The books of a fiscal year were closed."""

    topic: ClassVar = "budget.closed.v1"

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, _status(self.year), Stated(value="closed"))


class Payment(Value):
    """One entry of cash execution: a payment of a day, or a report's cumulative total."""

    year: int
    element: Identifier
    executor: str = "-"
    source: FundingSource = FundingSource.NOT_STATED
    amount: str
    paid_on: Day | None = None
    printed: str = ""
    override_reason: Text = ""
    at: SourceCell | None = None

    @property
    def line(self) -> Line:
        return Line(self.year, self.element, self.executor, self.source)


# Deciders


def _status(year: int) -> str:
    return f"budget:{year}:status"


def on_line(line: Line) -> dict[str, object]:
    """The line as members of an event."""
    return {
        "year": line.year,
        "element": line.element,
        "executor": line.executor,
        "source": line.source,
    }


def status(register: Register, year: int) -> str:
    """`open`, `closed` or `` (never opened)."""
    said = register.cell(_status(year), register.now_known)
    return said.value.value if said is not None and isinstance(said.value, Stated) else ""


def open_year(register: Register, program: str, basis: Basis, year: int) -> list[Event]:
    """Opens the books of a year unless they are open. Refuses: BudgetClosed, PeriodOutsideProgram."""
    require_period(register, str(year))
    current = status(register, year)
    if current == "closed":
        raise BudgetClosed(year=year)
    if current == "open":
        return []
    return [Opened(program=program, basis=basis, effective_on=ALWAYS, year=year)]


def close_year(register: Register, program: str, basis: Basis, year: int, on: date) -> list[Event]:
    """Closes the books. Refuses: BudgetClosed (already), BudgetNotOpened."""
    current = status(register, year)
    if current == "closed":
        raise BudgetClosed(year=year)
    if not current:
        raise BudgetNotOpened(year=year)
    return [Closed(program=program, basis=basis, effective_on=on, year=year)]


def _posting_view(register: Register, on: date, today: date) -> Viewpoint:
    return Viewpoint(on, max(on, today), register.last_position)


def in_force(register: Register, line: Line, on: date, today: date) -> Decimal | None:
    """The appropriation of a line on a day as known now, in rubles; None if none is stated."""
    said = register.cell(cells.appropriation(line), _posting_view(register, on, today))
    if said is None or not isinstance(said.value, Stated):
        return None
    return money(said.value.value)


def spent(register: Register, cell: str) -> Decimal:
    """The sum of all postings of a cell, whenever dated."""
    return sum((p.amount for p in register.postings.get(cell, ())), Decimal("0.00"))


def amount_of(text: str, *, zero: bool = False) -> Decimal:
    """An amount in rubles above zero (`zero`: or none). Refuses: NotMoney, NegativeAmount."""
    amount = money(text)
    if amount < 0 or (amount == 0 and not zero):
        raise NegativeAmount(amount=text)
    return amount


def payable(
    register: Register, program: str, line: Line, amount: str, paid_on: date, today: date
) -> Decimal:
    """The amount of a payment on a line, in rubles.

    Refuses: NotYet, UnknownElement, UnknownExecutor, PaymentOutsideYear, NotMoney, NegativeAmount.
    """
    if paid_on > today:
        raise NotYet(day=paid_on, today=today)
    if paid_on.year != line.year:
        raise PaymentOutsideYear(paid_on=paid_on, year=line.year)
    require_line(register, program, line, register.now_known)
    return amount_of(amount)


def post_cash(
    register: Register, program: str, basis: Basis, payment: Payment, today: date
) -> list[Event]:
    """A payment.

    Refuses: NotYet, UnknownElement, UnknownExecutor, NotMoney, NegativeAmount, PaymentOutsideYear,
    PeriodOutsideProgram, PeriodClosed, ReportUnderReview, BudgetClosed, NoAppropriation and
    CashOverAppropriation (unless overridden with a reason).
    """
    paid_on = payment.paid_on or basis.dated_on
    amount = payable(register, program, payment.line, payment.amount, paid_on, today)
    require_open(register, Period.parse(f"{paid_on:%Y-%m}"), today)
    if not payment.override_reason.strip():
        limit = in_force(register, payment.line, paid_on, today)
        if limit is None:
            raise NoAppropriation(line=payment.line.key, as_of=paid_on)
        cash = spent(register, cells.cash(payment.line)) + amount
        if cash > limit:
            raise CashOverAppropriation(line=payment.line.key, cash=cash, appropriation=limit)
    return [
        *open_year(register, program, basis, payment.year),
        CashExecutionPosted(
            program=program,
            basis=basis,
            effective_on=paid_on,
            at=payment.at,
            **on_line(payment.line),
            amount=payment.amount,
            override_reason=payment.override_reason,
        ),
    ]


def report_cash(
    register: Register, program: str, basis: Basis, payment: Payment, period: str, today: date
) -> list[Event]:
    """A report's cumulative total of a line; it is compared with postings, never added to them.

    Refuses: UnknownElement, UnknownExecutor, NotMoney, NegativeAmount, PeriodOutsideProgram,
    PaymentOutsideYear (the period is of another year), PeriodClosed, ReportUnderReview, BudgetClosed.
    """
    span = require_period(register, period)
    if span.year != payment.year:
        raise PaymentOutsideYear(paid_on=period, year=payment.year)
    require_line(register, program, payment.line, register.now_known)
    require_open(register, span, today)
    amount_of(payment.amount, zero=True)
    return [
        *open_year(register, program, basis, payment.year),
        CashExecutionPosted(
            program=program,
            basis=basis,
            effective_on=span.last_day,
            at=payment.at,
            **on_line(payment.line),
            amount=payment.amount,
            cumulative=True,
            period=period,
            printed=payment.printed,
        ),
    ]


def reverse(
    register: Register,
    program: str,
    basis: Basis,
    posted: CashExecutionPosted,
    of_position: int,
    already: Decimal,
    *,
    amount: str,
    on: date,
    reason: str,
    recording_error: bool,
    today: date,
) -> list[Event]:
    """A return of cash, or the undoing of a posting recorded in error (then with its dates).

    `already` is what earlier reversals of the same posting returned. A return in a closed period or
    year is refused, and so is one in another year (it is that year's income); undoing an error is a
    correction and stays possible.
    Refuses: NotYet, ReasonRequired, UnknownPosition (a cumulative total), NotMoney, NegativeAmount,
    ReversalOverPosting, PaymentOutsideYear, PeriodClosed, ReportUnderReview, BudgetClosed.
    """
    if not reason.strip():
        raise ReasonRequired
    if posted.cumulative:
        raise UnknownPosition(position=of_position, program=program)
    if not recording_error:
        if on > today:
            raise NotYet(day=on, today=today)
        if on.year != posted.year:
            raise PaymentOutsideYear(paid_on=on, year=posted.year)
        require_open(register, Period.parse(f"{on:%Y-%m}"), today)
        if status(register, posted.year) == "closed":
            raise BudgetClosed(year=posted.year)
    rest = money(posted.amount) - already
    if amount_of(amount) > rest:
        raise ReversalOverPosting(amount=amount, rest=rest, position=of_position)
    return [
        CashExecutionReversed(
            program=program,
            basis=posted.basis if recording_error else basis,
            effective_on=posted.effective_on if recording_error else on,
            **on_line(posted.line),
            amount=amount,
            of_position=of_position,
            recording_error=recording_error,
            reason=reason,
        )
    ]


def explain_variance(
    register: Register,
    program: str,
    basis: Basis,
    line: Line,
    period: str,
    value: CellValue,
    today: date,
) -> list[Event]:
    """Why a line's execution deviates. Refuses: UnknownElement, UnknownExecutor, PeriodOutsideProgram,
    PeriodClosed, ReportUnderReview.
    """
    span = require_period(register, period)
    require_line(register, program, line, register.now_known)
    require_open(register, span, today)
    return [
        VarianceExplained(
            program=program,
            basis=basis,
            effective_on=span.last_day,
            **on_line(line),
            period=period,
            value=value,
        )
    ]
