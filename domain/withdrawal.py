"""What no longer counts: acts annulled or suspended, and recording errors put right."""

from datetime import date
from decimal import Decimal
from typing import Literal

from domain import budget, cells, indicator, program
from domain.amendment import late_omissions, omissions_left, withdrawal_of
from domain.dates import ALWAYS, Assertion, Register, Viewpoint, in_error
from domain.event import Event
from domain.legal_act import Basis, Document, DocumentKind
from domain.program import basis_from, cite, cite_act, documents
from domain.refusals import (
    EndsBeforeStart,
    LineMalformed,
    NothingToWithdraw,
    ReasonRequired,
    RegistrationStays,
    ReversalOverPosting,
    UnknownAct,
    UnknownPosition,
    WithdrawnByItself,
)
from domain.statement import event_of, unstated
from domain.values import (
    CellValue,
    Day,
    FundingSource,
    Stated,
    Value,
    money,
    number,
)

_SOURCES = set(FundingSource)


class RightStatement(Value):
    """What should have been recorded: only what differs from the statement in error.

    A value or an absence, another cell, other dates of effect, the document with its right requisites.
    """

    value: CellValue | None = None
    cell: str | None = None
    effective_on: Day | None = None
    until_on: Day | None = None
    document: Document | None = None
    paid_on: Day | None = None
    amount: str | None = None


def withdraw_act(
    register: Register,
    name: str,
    act: str,
    by: Document,
    today: date,
    *,
    since: date | Literal["beginning"],
    until_on: date | None = None,
    cell: str | None = None,
    revives: bool = True,
    reason: str = "",
) -> list[Event]:
    """Annuls an act (or one cell of it) under another act or a ruling: from a day, from the beginning,
    or until a day (a suspension). `revives` false: earlier values do not come back, the annulling act
    says «not stated» of the cells instead.

    Refuses: UnknownAct, NotAnAct, DocumentFromTheFuture, WithdrawnByItself, EndsBeforeStart,
    NothingToWithdraw.
    """
    known = documents(register)
    if act not in known:
        raise UnknownAct(act=act, program=name)
    basis, recorded = cite_act(register, name, by, today)
    target = register.assertions[cells.document(act, "kind")][0].timing
    if basis.document == act or basis.edition < target.edition:
        raise WithdrawnByItself(act=basis.document)
    effective_on = ALWAYS if since == "beginning" else since
    if until_on is not None and until_on < effective_on:
        raise EndsBeforeStart(cell=act, effective_on=effective_on, until_on=until_on)
    withdrawn = program.ActWithdrawn(
        program=name,
        basis=basis,
        effective_on=effective_on,
        until_on=until_on,
        act=act,
        cell=cell,
        reason=reason,
    )
    touched = _said_by(register, act, cell)
    if not touched and cell is not None:
        raise NothingToWithdraw(thing=f"{act} {cell}")
    events: list[Event] = [*recorded, withdrawn]
    if not revives:
        for touched_cell, first_day in touched.items():
            events += unstated(
                register,
                name,
                basis,
                touched_cell,
                "Прежнее значение не восстановлено",
                max(effective_on, first_day),
                until_on=until_on,
            )
    return events


def _said_by(register: Register, act: str, cell: str | None) -> dict[str, date]:
    """The cells that an act states (recording errors and steps left out), each with its first day."""
    first_days: dict[str, date] = {}
    for said in register.everything_said():
        if (
            said.timing.document == act
            and (cell is None or said.cell == cell)
            and not said.cell.startswith("document:")
            and not cells.is_step(said.cell)
            and not in_error(register, said)
        ):
            day = said.timing.effective_on
            first_days[said.cell] = min(day, first_days.get(said.cell, day))
    return first_days


def error_in_act(register: Register, name: str, act: str, reason: str) -> list[Event]:
    """A whole act recorded in error: nothing under it counts, what is recorded of it later neither.

    Refuses: UnknownAct, ReasonRequired.
    """
    if not reason.strip():
        raise ReasonRequired
    said = register.assertions.get(cells.document(act, "kind"))
    if not said:
        raise UnknownAct(act=act, program=name)
    return [
        program.ActWithdrawn(
            program=name,
            basis=basis_from(said[0].timing),
            effective_on=ALWAYS,
            act=act,
            recording_error=True,
            reason=reason,
        )
    ]


def correct(
    register: Register,
    name: str,
    position: int,
    event: Event,
    right: RightStatement | None,
    reason: str,
    today: date,
    *,
    cell: str | None = None,
    reversed_before: str = "0.00",
) -> list[Event]:
    """Takes back what was recorded in error at a position and records the right statement under the
    same document (or under the document with its right requisites).

    `event` is what stands at the position, `cell` names one of its several cells. What was known
    before stays known before. A period that is closed does not stand in the way.
    Refuses: ReasonRequired, RegistrationStays (a program's registration without a right value),
    UnknownPosition, NothingToWithdraw (already taken back),
    DocumentFromTheFuture, and what the right statement itself may be refused for.
    """
    if not reason.strip():
        raise ReasonRequired
    if isinstance(event, budget.CashExecutionPosted) and not event.cumulative:
        return _posting_put_right(
            register, name, position, event, right, reason, today, reversed_before
        )
    if isinstance(event, program.ActWithdrawn):
        return _withdrawal_put_right(register, name, position, event, right, reason, today)
    if isinstance(event, program.Registered) and (right is None or right.value is None):
        raise RegistrationStays(position=position)
    said = _said_at(register, position, event, cell)
    if not said:
        raise UnknownPosition(position=position, program=name)
    if any(in_error(register, one) for one in said):
        raise NothingToWithdraw(thing=f"№ {position}")
    events = [withdrawal_of(register, name, one, reason) for one in said]
    for one in said:
        if right is None or right.cell not in (None, one.cell):
            events += omissions_left(register, name, one)
    if right is None:
        return events
    if isinstance(event, indicator.FactReported):
        said = [one for one in said if one.cell.startswith("fact:")] or said
    if len(said) > 1 and (right.value is not None or right.cell is not None):
        raise UnknownPosition(position=position, program=name)
    basis = None
    if right.document is not None:
        basis, recorded = _cited(register, name, event, right.document, today)
        events += recorded
    for one in said:
        events += _said_right(register, name, position, event, one, right, basis)
    return events


def _cited(
    register: Register, name: str, event: Event, document: Document, today: date
) -> tuple[Basis, list[Event]]:
    """The right document; what an act states is put right under an act only."""
    if event.basis.kind is DocumentKind.ACT:
        return cite_act(register, name, document, today)
    return cite(register, name, document, today)


def _said_at(register: Register, position: int, event: Event, cell: str | None) -> list[Assertion]:
    """What an event says, of one cell if it is named. A fact takes its calculation along."""
    said = [one for one in register.everything_said() if one.position == position]
    if isinstance(event, indicator.FactReported) and cell == cells.fact(
        event.indicator, event.period
    ):
        return said
    return [one for one in said if cell is None or one.cell == cell]


def _withdrawal_put_right(
    register: Register,
    name: str,
    position: int,
    event: program.ActWithdrawn,
    right: RightStatement | None,
    reason: str,
    today: date,
) -> list[Event]:
    """An annulment taken back, and the right one. An act in error stays so: it is recorded anew."""
    if event.recording_error or any(
        w.recording_error and w.of_position == position for w in register.withdrawals
    ):
        raise NothingToWithdraw(thing=f"№ {position}")
    taken_back = program.StatementWithdrawn(
        program=name,
        basis=event.basis,
        effective_on=event.effective_on,
        of_position=position,
        reason=reason,
    )
    if right is None:
        return [taken_back]
    if right.value is not None:
        raise UnknownPosition(position=position, program=name)
    basis, recorded = event.basis, list[Event]()
    if right.document is not None:
        basis, recorded = cite_act(register, name, right.document, today)
    anew = {
        "basis": basis,
        "cell": right.cell or event.cell,
        "effective_on": right.effective_on or event.effective_on,
        "until_on": right.until_on or event.until_on,
        "replaces": position,
    }
    return [taken_back, *recorded, event.model_copy(update=anew)]


def _said_right(
    register: Register,
    name: str,
    position: int,
    event: Event,
    said: Assertion,
    right: RightStatement,
    basis: Basis | None,
) -> list[Event]:
    omitted = list[Event]()
    basis = basis or basis_from(said.timing, event.basis.kind)
    cell = right.cell or said.cell
    value = right.value or said.value
    effective_on = right.effective_on or said.timing.effective_on
    until_on = right.until_on or said.timing.until_on
    if isinstance(event, indicator.FactReported):
        anew: Event = _fact_put_right(register, event, basis, cell, value)
    elif isinstance(event, budget.CashExecutionPosted):
        anew = _total_put_right(event, basis, right)
    elif isinstance(event, indicator.DeviationExplained | budget.VarianceExplained):
        if cell != said.cell:
            raise UnknownPosition(position=cell, program=name)
        anew = event.model_copy(update={"basis": basis, "value": value})
    else:
        view = Viewpoint(max(effective_on, basis.in_force_on), date.max, register.last_position)
        anew = event_of(
            register,
            name,
            basis,
            cell,
            value,
            effective_on,
            view,
            until_on=until_on,
            was=said.was,
        )
        omitted = late_omissions(register, name, anew)
    return [anew.model_copy(update={"replaces": position, "at": event.at}), *omitted]


def _fact_put_right(
    register: Register, event: indicator.FactReported, basis: Basis, cell: str, value: CellValue
) -> indicator.FactReported:
    match cells.parts(cell):
        case ["fact", name, period]:
            indicator.require_indicator(register, event.program, name)
            span = program.require_period(register, period, year_before=event.last_year)
            if isinstance(value, Stated):
                number(value.value)
            return event.model_copy(
                update={
                    "basis": basis,
                    "indicator": name,
                    "period": period,
                    "value": value,
                    "effective_on": indicator.holds_from(
                        span, basis, preliminary=event.preliminary
                    ),
                    "calculation": event.calculation if value == event.value else None,
                }
            )
        case _:
            raise UnknownPosition(position=cell, program=event.program)


def _posting_put_right(
    register: Register,
    name: str,
    position: int,
    event: budget.CashExecutionPosted,
    right: RightStatement | None,
    reason: str,
    today: date,
    reversed_before: str,
) -> list[Event]:
    """The whole posting is undone and said anew; what was truly returned of it stays returned."""
    rest = money(event.amount) - money(reversed_before)
    if rest <= 0:
        raise NothingToWithdraw(thing=f"№ {position}")
    said = _amount_said(event, right) if right is not None else "0.00"
    if money(said) < money(reversed_before) != 0:
        raise ReversalOverPosting(amount=reversed_before, rest=said, position=position)
    events = budget.reverse(
        register,
        name,
        event.basis,
        event,
        position,
        Decimal("0.00"),
        amount=event.amount,
        on=event.effective_on,
        reason=reason,
        recording_error=True,
        today=today,
    )
    if right is None:
        return events
    basis, recorded = event.basis, list[Event]()
    if right.document is not None:
        basis, recorded = cite(register, name, right.document, today)
    line = _line_of(right.cell, name) if right.cell else event.line
    paid_on = right.paid_on or event.effective_on
    budget.payable(register, name, line, said, paid_on, today)
    anew = {"basis": basis, **budget.on_line(line), "amount": said, "effective_on": paid_on}
    return [*events, *recorded, event.model_copy(update={**anew, "replaces": position})]


def _line_of(cell: str, name: str) -> cells.Line:
    match cells.parts(cell):
        case ["cash", year, element, executor, source] if year.isdecimal() and source in _SOURCES:
            return cells.Line(int(year), element, executor, FundingSource(source))
        case _:
            raise UnknownPosition(position=cell, program=name)


def _total_put_right(
    event: budget.CashExecutionPosted, basis: Basis, right: RightStatement
) -> budget.CashExecutionPosted:
    if right.cell is not None:
        raise UnknownPosition(position=right.cell, program=event.program)
    amount = _amount_said(event, right)
    budget.amount_of(amount, zero=True)
    return event.model_copy(update={"basis": basis, "amount": amount, "printed": ""})


def _amount_said(event: budget.CashExecutionPosted, right: RightStatement) -> str:
    if right.value is not None:
        raise LineMalformed(
            cell=event.line.key,
            why=("сумма исправляется в поле amount", "the amount is put right in the field amount"),
        )
    return right.amount or event.amount
