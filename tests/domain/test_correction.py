"""Recording errors put right: what was known before stays known before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain import budget, cells, refusals as r
from domain.dates import Viewpoint
from domain.indicator import Calculation, DeviationExplained, FactReported
from domain.legal_act import Document
from domain.program import documents
from domain.report import PeriodClosedEvent
from domain.values import NOT_STATED, FundingSource
from domain.withdrawal import RightStatement, error_in_act, withdraw_act
from tests.domain.test_withdrawal import (
    ACT_ID,
    LATER,
    REPORT,
    SAID,
    TOMORROW,
    YEARS_END,
    amended,
    at,
    not_put_right,
    put_right,
)
from tests.given import (
    LINE,
    OWN_ACT,
    PROGRAM,
    T1,
    T2,
    T3,
    TODAY,
    Chronicle,
    absent,
    act,
    appropriation,
    basis,
    payment_order,
    registered,
    report,
    stated,
)

FACT = cells.fact("i1", "2021")


@pytest.mark.parametrize(
    ("right", "cell", "becomes"),
    [
        (RightStatement(value=stated("91")), T1, stated("91")),
        (RightStatement(value=absent()), T1, absent()),
        (RightStatement(cell=T3), T3, stated("90")),
        (RightStatement(effective_on=YEARS_END), T1, stated("90")),
        (RightStatement(until_on=YEARS_END), T1, stated("90")),
        (RightStatement(document=act("56", YEARS_END)), T1, stated("90")),
        (None, T1, stated("80")),
    ],
)
def test_what_was_known_before_stays_known_before(
    right: RightStatement | None, cell: str, becomes: object
) -> None:
    chronicle = amended()
    before = chronicle.last_position
    decided = put_right(chronicle, SAID, right)
    assert chronicle.value(cell, YEARS_END) == becomes
    known_before = chronicle.register.cell(T1, Viewpoint(YEARS_END, TODAY, before))
    assert known_before is not None
    assert known_before.value == stated("90")
    assert chronicle.value(T2, YEARS_END) == stated("7")
    if right is not None:
        assert decided[-1].replaces == SAID


def test_a_right_statement_is_refused_like_any_other() -> None:
    for right, reason in [
        (RightStatement(value=stated("много")), r.NotANumber),
        (RightStatement(cell="target:i9:2021"), r.UnknownIndicator),
        (RightStatement(cell="target:i1:2031"), r.PeriodOutsideProgram),
        (RightStatement(cell=FACT), r.NotACell),
        (RightStatement(effective_on=date(2020, 1, 1), document=act("1", date(2020, 1, 1))),
         r.EffectBeforeExistence),
        (RightStatement(document=REPORT), r.NotAnAct),
    ]:  # fmt: skip
        assert type(not_put_right(amended(), SAID, right)) is reason, right


def test_the_right_document_is_recorded_once_for_all_cells_of_an_event() -> None:
    chronicle = registered()
    position = at(chronicle, cells.indicator("i3", "element"))
    decided = put_right(chronicle, position, RightStatement(document=act("2", date(2021, 1, 5))))
    topics = [event.topic for event in decided]
    assert topics.count("program.act_recorded.v1") == 1
    fields = ("element", "name", "unit", "direction")
    for field in fields:
        said = chronicle.register.cell(cells.indicator("i3", field), chronicle.register.now_known)
        assert said is not None
        assert said.timing.document == "2021-01-05-2", field


def test_a_value_for_several_cells_at_once_is_refused() -> None:
    chronicle = registered()
    position = at(chronicle, cells.indicator("i3", "element"))
    right = RightStatement(value=stated("Другой показатель"))
    assert isinstance(not_put_right(chronicle, position, right), r.UnknownPosition)
    name = cells.indicator("i3", "name")
    put_right(chronicle, position, right, cell=name)
    assert chronicle.value(name, YEARS_END) == stated("Другой показатель")
    assert chronicle.value(cells.indicator("i3", "unit"), YEARS_END) == stated("%")


def reported(*, preliminary: bool = False, on: Document = REPORT) -> Chronicle:
    event = FactReported(
        program=PROGRAM,
        basis=basis(on),
        effective_on=min(YEARS_END, on.dated_on),
        indicator="i1",
        period="2021",
        value=stated("66.67"),
        preliminary=preliminary,
        calculation=Calculation(formula="(20/30)·100", numerator="20", denominator="30"),
    )
    return registered(event)


def test_a_fact_is_put_right_with_its_calculation_gone() -> None:
    chronicle = reported()
    put_right(chronicle, at(chronicle, FACT), RightStatement(value=stated("70")), cell=FACT)
    assert chronicle.value(FACT, YEARS_END) == stated("70")
    assert chronicle.value(cells.calculation("i1", "2021"), YEARS_END) == NOT_STATED
    other = reported()
    put_right(other, at(other, FACT), RightStatement(cell=cells.fact("i2", "2022")))
    assert other.value(FACT, YEARS_END) == NOT_STATED
    assert other.value(cells.fact("i2", "2022"), date(2022, 12, 31)) == stated("66.67")
    for cell, reason in [
        ("fact:i9:2021", r.UnknownIndicator),
        ("fact:i1:2031", r.PeriodOutsideProgram),
        (T1, r.UnknownPosition),
    ]:
        refused = not_put_right(reported(), at(reported(), FACT), RightStatement(cell=cell))
        assert type(refused) is reason


def test_a_preliminary_fact_put_right_holds_from_the_same_day() -> None:
    early = date(2021, 10, 20)
    chronicle = reported(preliminary=True, on=report(early))
    put_right(chronicle, at(chronicle, FACT), RightStatement(value=stated("70")), cell=FACT)
    assert chronicle.value(FACT, early) == stated("70")


def test_a_fact_is_put_right_in_a_closed_period() -> None:
    chronicle = reported()
    closed = PeriodClosedEvent(
        program=PROGRAM, basis=basis(OWN_ACT), effective_on=TODAY, period="2021"
    )
    chronicle.take([closed])
    put_right(chronicle, at(chronicle, FACT), RightStatement(value=stated("70")), cell=FACT)
    assert chronicle.value(FACT, YEARS_END) == stated("70")


def test_an_explanation_is_put_right() -> None:
    cell = cells.explanation("i1", "2021")
    chronicle = registered(
        DeviationExplained(
            program=PROGRAM,
            basis=basis(REPORT),
            effective_on=YEARS_END,
            indicator="i1",
            period="2021",
            value=stated("ремнот"),
        )
    )
    put_right(chronicle, at(chronicle, cell), RightStatement(value=stated("ремонт")))
    assert chronicle.value(cell, YEARS_END) == stated("ремонт")


def paid(amount: str = "1000.00", *, cumulative: bool = False) -> tuple[Chronicle, int]:
    event = budget.CashExecutionPosted(
        program=PROGRAM,
        basis=basis(REPORT if cumulative else payment_order("1", date(2021, 7, 1))),
        effective_on=YEARS_END if cumulative else date(2021, 7, 1),
        year=LINE.year,
        element=LINE.element,
        executor=LINE.executor,
        source=FundingSource(LINE.source),
        amount=amount,
        cumulative=cumulative,
        period="2021" if cumulative else None,
    )
    chronicle = registered(appropriation("5000.00"), event)
    return chronicle, chronicle.last_position


def cash(chronicle: Chronicle, line: cells.Line = LINE, as_of: date = YEARS_END) -> Decimal | None:
    moved = chronicle.register.moved(Viewpoint(as_of, TODAY, chronicle.last_position))
    return moved[cells.cash(line)].amount if cells.cash(line) in moved else None


def test_a_payment_is_undone_and_posted_right() -> None:
    chronicle, position = paid()
    undone, right = put_right(chronicle, position, RightStatement(amount="100.00"))
    assert undone.basis == right.basis == chronicle.events[position].basis
    assert cash(chronicle) == Decimal("100.00")
    assert right.replaces == position
    assert cash(chronicle, as_of=date(2021, 6, 30)) is None


def test_a_payment_on_the_wrong_line_of_the_wrong_order_moves() -> None:
    chronicle, position = paid()
    other = LINE._replace(executor="-")
    right = RightStatement(
        cell=cells.cash(other), document=payment_order("2", date(2021, 7, 2)),
        paid_on=date(2021, 7, 2),
    )  # fmt: skip
    put_right(chronicle, position, right)
    assert (cash(chronicle), cash(chronicle, other)) == (Decimal("0.00"), Decimal("1000.00"))
    assert cash(chronicle, other, date(2021, 7, 1)) is None


def test_what_was_returned_of_a_payment_is_not_undone_again() -> None:
    chronicle, position = paid()
    order, posted = basis(payment_order("9", YEARS_END)), chronicle.events[position]
    assert isinstance(posted, budget.CashExecutionPosted)
    back: dict[str, Any] = {
        "on": YEARS_END,
        "reason": "возврат",
        "recording_error": False,
        "today": TODAY,
    }
    chronicle.record(
        budget.reverse, order, posted, position, Decimal("0.00"), amount="400.00", **back
    )
    put_right(chronicle, position, RightStatement(amount="500.00"))
    assert cash(chronicle) == Decimal("100.00")
    assert isinstance(not_put_right(chronicle, position), r.NothingToWithdraw)


def test_a_right_payment_is_refused_like_any_other() -> None:
    for right, reason in [
        (RightStatement(amount="100"), r.NotMoney),
        (RightStatement(amount="-100.00"), r.NegativeAmount),
        (RightStatement(paid_on=date(2022, 1, 10)), r.PaymentOutsideYear),
        (RightStatement(cell="cash:2021:nowhere:-:-"), r.UnknownElement),
        (RightStatement(cell=T1), r.UnknownPosition),
        (RightStatement(value=stated("100.00")), r.LineMalformed),
        (TOMORROW, r.DocumentFromTheFuture),
    ]:
        assert type(not_put_right(*paid(), right)) is reason, right


def test_a_total_of_a_report_is_put_right_as_the_statement_it_is() -> None:
    chronicle, position = paid("500.00", cumulative=True)
    put_right(chronicle, position, RightStatement(amount="0.00"))
    assert chronicle.value(cells.cash_report(LINE, "2021"), YEARS_END) == stated("0.00")
    assert cash(chronicle) is None
    again = paid("500.00", cumulative=True)
    assert isinstance(not_put_right(*again, RightStatement(amount="-1.00")), r.NegativeAmount)
    assert isinstance(not_put_right(*again, RightStatement(cell=T1)), r.UnknownPosition)


def annulled() -> tuple[Chronicle, int]:
    chronicle = amended()
    chronicle.record(withdraw_act, ACT_ID, LATER, TODAY, since=LATER.dated_on)
    return chronicle, chronicle.last_position


def test_an_annulment_is_taken_back_once() -> None:
    chronicle, position = annulled()
    assert chronicle.value(T1, YEARS_END) == stated("80")
    put_right(chronicle, position)
    assert chronicle.value(T1, YEARS_END) == stated("90")
    assert "status" not in documents(chronicle.register)[ACT_ID]
    assert isinstance(not_put_right(chronicle, position), r.NothingToWithdraw)


def test_the_dates_of_an_annulment_are_put_right() -> None:
    chronicle, position = annulled()
    right = RightStatement(effective_on=date(2021, 11, 1), until_on=date(2021, 11, 30))
    put_right(chronicle, position, right)
    assert chronicle.value(T1, date(2021, 10, 31)) == stated("90")
    assert chronicle.value(T1, date(2021, 11, 30)) == stated("80")
    assert chronicle.value(T1, date(2021, 12, 1)) == stated("90")
    assert isinstance(
        not_put_right(*annulled(), RightStatement(value=stated("1"))), r.UnknownPosition
    )


def test_an_act_in_error_is_not_taken_back_but_recorded_anew() -> None:
    chronicle = amended()
    (position,) = chronicle.record(error_in_act, ACT_ID, "не та программа")
    assert isinstance(not_put_right(chronicle, position), r.NothingToWithdraw)


def test_what_says_nothing_can_not_be_put_right() -> None:
    chronicle = amended()
    (applied,) = [p for p, e in chronicle.events.items() if e.topic.startswith("program.amendment")]
    assert isinstance(not_put_right(chronicle, applied), r.UnknownPosition)


def test_a_registration_is_not_taken_back_but_its_years_are_put_right() -> None:
    chronicle = registered()
    assert isinstance(not_put_right(chronicle, 1), r.RegistrationStays)
    later = RightStatement(effective_on=YEARS_END)
    assert isinstance(not_put_right(chronicle, 1, later), r.RegistrationStays)
    last_year = cells.passport("last_year")
    put_right(chronicle, 1, RightStatement(value=stated("2025")), cell=last_year)
    assert chronicle.value(last_year, YEARS_END) == stated("2025")
    assert chronicle.value(cells.passport("first_year"), YEARS_END) == stated("2021")


def test_nothing_ends_before_it_starts() -> None:
    right = RightStatement(until_on=date(2021, 3, 23))
    assert isinstance(not_put_right(amended(), SAID, right), r.EndsBeforeStart)
