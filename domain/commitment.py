"""Commitments of a budget: contracts taken against an appropriation, and their release."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from domain import cells
from domain.budget import MoneyMoved, Payment, amount_of, in_force, on_line, open_year, spent
from domain.dates import Register, Row
from domain.event import Event
from domain.legal_act import Basis
from domain.locks import require_open
from domain.periods import Period
from domain.program import require_line
from domain.refusals import CommitmentOverAppropriation, NoAppropriation, ReleaseOverCommitment
from domain.values import Text


class CommitmentMade(MoneyMoved):
    """A commitment (contract) was taken against the appropriation of a line."""

    topic: ClassVar = "budget.commitment_made.v1"
    subject: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        yield self.posts(position, cells.commitment(self.line))


class CommitmentReleased(MoneyMoved):
    """A commitment or part of it was released."""

    topic: ClassVar = "budget.commitment_released.v1"
    sign: ClassVar = -1
    reason: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        yield self.posts(position, cells.commitment(self.line))


# Deciders


def commit(
    register: Register, program: str, basis: Basis, payment: Payment, subject: str, today: date
) -> list[Event]:
    """A commitment within the appropriation in force.

    Refuses: UnknownElement, UnknownExecutor, NotMoney, NegativeAmount, NoAppropriation,
    CommitmentOverAppropriation, BudgetClosed, PeriodClosed, ReportUnderReview.
    """
    on = payment.paid_on or basis.dated_on
    require_line(register, program, payment.line, register.now_known)
    require_open(register, Period.parse(f"{on:%Y-%m}"), today)
    amount = amount_of(payment.amount)
    limit = in_force(register, payment.line, on, today)
    if limit is None:
        raise NoAppropriation(line=payment.line.key, as_of=on)
    total = spent(register, cells.commitment(payment.line)) + amount
    if total > limit:
        raise CommitmentOverAppropriation(
            line=payment.line.key, commitments=total, appropriation=limit
        )
    return [
        *open_year(register, program, basis, payment.year),
        CommitmentMade(
            program=program,
            basis=basis,
            effective_on=on,
            at=payment.at,
            **on_line(payment.line),
            amount=payment.amount,
            subject=subject,
        ),
    ]


def release(
    register: Register, program: str, basis: Basis, payment: Payment, reason: str, today: date
) -> list[Event]:
    """Releases a commitment or a part of it.

    Refuses: NotMoney, NegativeAmount, ReleaseOverCommitment, PeriodClosed, ReportUnderReview.
    """
    on = payment.paid_on or basis.dated_on
    require_open(register, Period.parse(f"{on:%Y-%m}"), today)
    amount = amount_of(payment.amount)
    rest = spent(register, cells.commitment(payment.line))
    if amount > rest:
        raise ReleaseOverCommitment(line=payment.line.key, amount=amount, rest=rest)
    return [
        CommitmentReleased(
            program=program,
            basis=basis,
            effective_on=on,
            **on_line(payment.line),
            amount=payment.amount,
            reason=reason,
        )
    ]
