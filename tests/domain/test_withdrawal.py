"""What no longer counts: annulments and recording errors. Their dates are told in docs/time.md."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain import budget, cells, refusals as r
from domain.amendment import amend
from domain.dates import ALWAYS, Viewpoint
from domain.event import Event
from domain.indicator import Calculation, DeviationExplained, FactReported
from domain.legal_act import Document
from domain.program import ActWithdrawn, documents
from domain.refusals import Refusal
from domain.report import PeriodClosedEvent
from domain.values import NOT_STATED, FundingSource
from domain.withdrawal import RightStatement, correct, error_in_act, withdraw_act
from tests.domain.promises import Promise, produced, promised, refuses
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
    line,
    payment_order,
    registered,
    report,
    stated,
    target,
)

ADOPTED_ON = date(2021, 3, 24)
ACT, ACT_ID = act("55", ADOPTED_ON), "2021-03-24-55"
LATER = act("61", date(2021, 10, 1))
YEARS_END = date(2021, 12, 31)
REPORT = report(date(2022, 3, 1))
FACT = cells.fact("i1", "2021")


def amended() -> Chronicle:
    """Act 55 of 24.03.2021: the first target 80 → 90 (position 13), the second 7."""
    chronicle = registered(target("80"), appropriation("1000.00"))
    lines = [line(T1, "80", "90"), line(T2, NOT_STATED, "7")]
    chronicle.record(amend, ACT, lines, (), TODAY)
    return chronicle


def at(chronicle: Chronicle, cell: str) -> int:
    """The position of the last statement about a cell."""
    return chronicle.register.assertions[cell][-1].position


def put_right(
    chronicle: Chronicle,
    position: int,
    right: RightStatement | None = None,
    *,
    cell: str | None = None,
) -> list[Event]:
    return chronicle.decided(
        correct,
        position,
        chronicle.events[position],
        right,
        "ошибка ввода",
        TODAY,
        cell=cell,
        reversed_before=str(chronicle.returned(position)),
    )


def not_put_right(
    chronicle: Chronicle, position: int, right: RightStatement | None = None, **named: Any
) -> Refusal:
    return chronicle.refusal(
        correct,
        position,
        chronicle.events[position],
        right,
        named.pop("reason", "ошибка ввода"),
        TODAY,
        reversed_before=str(chronicle.returned(position)),
        **named,
    )


AMENDED = amended()
SAID, EVENT = at(AMENDED, T1), AMENDED.events[at(AMENDED, T1)]
TOMORROW = RightStatement(document=act("55", date(2023, 7, 2)))


def taken_back() -> Chronicle:
    chronicle = amended()
    put_right(chronicle, SAID)
    return chronicle


FROM_DAY = {"since": date(2021, 10, 1)}
REFUSED: list[Promise] = [
    refuses(r.UnknownAct, withdraw_act, "2021-01-01-1", LATER, TODAY, given=amended, **FROM_DAY),
    refuses(r.NotAnAct, withdraw_act, ACT_ID, REPORT, TODAY, given=amended, **FROM_DAY),
    refuses(
        r.DocumentFromTheFuture, withdraw_act, ACT_ID, LATER, ADOPTED_ON, given=amended, **FROM_DAY
    ),
    refuses(r.WithdrawnByItself, withdraw_act, ACT_ID, ACT, TODAY, given=amended, **FROM_DAY),
    refuses(
        r.NothingToWithdraw, withdraw_act, ACT_ID, LATER, TODAY, given=amended, cell=T3, **FROM_DAY
    ),
    refuses(r.UnknownAct, error_in_act, "2021-01-01-1", "ошибка", given=amended),
    refuses(r.ReasonRequired, error_in_act, ACT_ID, "  ", given=amended),
    refuses(r.ReasonRequired, correct, SAID, EVENT, None, " ", TODAY, given=amended),
    refuses(r.UnknownPosition, correct, 999, EVENT, None, "ошибка", TODAY, given=amended),
    refuses(r.NothingToWithdraw, correct, SAID, EVENT, None, "ошибка", TODAY, given=taken_back),
    refuses(
        r.DocumentFromTheFuture, correct, SAID, EVENT, TOMORROW, "ошибка", TODAY, given=amended
    ),
]


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(withdraw_act, error_in_act, correct)


def test_an_act_of_the_same_day_and_a_lower_number_can_not_withdraw() -> None:
    refusal = amended().refusal(withdraw_act, ACT_ID, act("54", ADOPTED_ON), TODAY, since=YEARS_END)
    assert refusal.values == {"act": "2021-03-24-54"}


def test_an_annulled_act_stays_known_and_tells_by_which_act() -> None:
    chronicle = amended()
    *_, annulled = chronicle.decided(withdraw_act, ACT_ID, LATER, TODAY, since=LATER.dated_on)
    assert isinstance(annulled, ActWithdrawn)
    known = documents(chronicle.register)[ACT_ID]
    assert (known["number"], known["status"]) == ("55", "annulled:2021-10-01-61")
    suspended = amended()
    suspended.record(withdraw_act, ACT_ID, LATER, TODAY, since=LATER.dated_on, until_on=YEARS_END)
    assert documents(suspended.register)[ACT_ID]["status"] == "suspended:2021-10-01-61"


def test_what_does_not_revive_is_said_under_the_annulling_act() -> None:
    chronicle = amended()
    decided = chronicle.decided(
        withdraw_act, ACT_ID, LATER, TODAY, since="beginning", revives=False
    )
    assert {event.basis.document for event in decided} == {"2021-10-01-61"}
    for cell in (T1, T2):
        said = chronicle.value(cell, ADOPTED_ON)
        assert said.model_dump()["absent"] == "not_stated"
        assert chronicle.value(T1, date(2021, 3, 23)) == stated("80")


def test_a_statement_in_error_is_no_matter_of_the_annulment() -> None:
    """A line typed into the wrong row and put right leaves that row alone."""
    chronicle = registered(target("80"), target("5", indicator="i3"))
    wrong = line(T3, "5", "90", as_printed="строка перепутана")
    position = chronicle.record(amend, ACT, [wrong], (), TODAY)[-1]
    put_right(chronicle, position, RightStatement(cell=T1))
    chronicle.record(withdraw_act, ACT_ID, LATER, TODAY, since="beginning", revives=False)
    assert chronicle.value(T3, YEARS_END) == stated("5")
    refusal = chronicle.refusal(withdraw_act, ACT_ID, LATER, TODAY, since=YEARS_END, cell=T3)
    assert isinstance(refusal, r.NothingToWithdraw)


def test_an_act_in_error_is_not_known_any_more() -> None:
    chronicle = amended()
    (event,) = chronicle.decided(error_in_act, ACT_ID, "не та программа")
    assert isinstance(event, ActWithdrawn)
    assert (event.recording_error, event.effective_on) == (True, ALWAYS)
    assert ACT_ID not in documents(chronicle.register)
    refusal = chronicle.refusal(withdraw_act, ACT_ID, LATER, TODAY, since=YEARS_END)
    assert isinstance(refusal, r.UnknownAct)


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
    back = {"on": YEARS_END, "reason": "возврат", "recording_error": False}
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
