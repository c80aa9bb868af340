"""Budget: appropriations limit payments; payments add up; a report's total never does."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain import cells, refusals as r
from domain.budget import (
    CashExecutionPosted,
    Closed,
    Opened,
    Payment,
    close_year,
    open_year,
    post_cash,
    report_cash,
    reverse,
)
from domain.dates import Moved, Viewpoint
from domain.report import PeriodClosedEvent, ReportAccepted, ReportSubmitted
from domain.values import NOT_STATED, FundingSource
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    FIRST_DAY,
    LINE,
    OWN_ACT,
    PROGRAM,
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
    stepped,
)

PAID_ON = date(2021, 7, 1)
ORDER = basis(payment_order("1", PAID_ON))
REPORT = basis(report(date(2022, 3, 1)))
OWN = basis(OWN_ACT)
NO_ELEMENT = cells.Line(2021, "nowhere", "-", "-")
NO_EXECUTOR = cells.Line(2021, "goal", "nobody", "-")
YEARS_END = date(2021, 12, 31)
POSTED_AT = 9


def payment(
    amount: str, line: cells.Line = LINE, *, paid_on: date | None = None, override: str = ""
) -> Payment:
    return Payment(
        year=line.year,
        element=line.element,
        executor=line.executor,
        source=FundingSource(line.source),
        amount=amount,
        paid_on=paid_on,
        override_reason=override,
    )


def posted(amount: str, *, cumulative: bool = False) -> CashExecutionPosted:
    return CashExecutionPosted(
        program=PROGRAM,
        basis=ORDER,
        effective_on=PAID_ON,
        year=LINE.year,
        element=LINE.element,
        executor=LINE.executor,
        source=FundingSource(LINE.source),
        amount=amount,
        cumulative=cumulative,
        period="2021" if cumulative else None,
    )


def books() -> Chronicle:
    """An appropriation of 1000.00 rubles from 01.01.2021, and 10.00 paid at POSTED_AT."""
    return registered(appropriation("1000.00"), posted("10.00"))


def quarter_closed() -> Chronicle:
    return stepped(books(), "2021-Q3", PeriodClosedEvent)


def quarter_accepted() -> Chronicle:
    return stepped(books(), "2021-Q3", ReportSubmitted, ReportAccepted)


def year_closed() -> Chronicle:
    chronicle = books()
    about = {"program": PROGRAM, "basis": OWN, "year": 2021}
    chronicle.take(
        [Opened(**about, effective_on=FIRST_DAY), Closed(**about, effective_on=YEARS_END)]
    )
    return chronicle


def cash(chronicle: Chronicle, as_of: date, dated_by: date = TODAY) -> Moved | None:
    view = Viewpoint(as_of, dated_by, chronicle.last_position)
    return chronicle.register.moved(view).get(cells.cash(LINE))


BEYOND = payment(
    "1.00", LINE._replace(year=2030), paid_on=date(2030, 1, 10), override="без ассигнований"
)
BEYOND_TODAY = date(2030, 2, 1)
BACK: dict[str, Any] = {
    "on": PAID_ON,
    "reason": "возврат",
    "recording_error": False,
    "today": TODAY,
}
NOTHING = Decimal("0.00")

REFUSED: list[Promise] = [
    refuses(r.BudgetClosed, open_year, OWN, 2021, given=year_closed),
    refuses(r.PeriodOutsideProgram, open_year, OWN, 2019),
    refuses(r.BudgetClosed, close_year, OWN, 2021, YEARS_END, given=year_closed),
    refuses(r.BudgetNotOpened, close_year, OWN, 2021, YEARS_END),
    refuses(r.UnknownElement, post_cash, ORDER, payment("1.00", NO_ELEMENT), TODAY, given=books),
    refuses(r.UnknownExecutor, post_cash, ORDER, payment("1.00", NO_EXECUTOR), TODAY, given=books),
    refuses(r.NotMoney, post_cash, ORDER, payment("1,00"), TODAY, given=books),
    refuses(r.NegativeAmount, post_cash, ORDER, payment("0.00"), TODAY, given=books),
    refuses(
        r.PaymentOutsideYear,
        post_cash,
        ORDER,
        payment("1.00", paid_on=date(2022, 1, 10)),
        TODAY,
        given=books,
    ),
    refuses(r.NotYet, post_cash, ORDER, payment("1.00"), PAID_ON - timedelta(days=1), given=books),
    refuses(
        r.NotYet, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="1.00", given=books,
        **BACK | {"today": PAID_ON - timedelta(days=1)},
    ),
    refuses(r.PeriodClosed, post_cash, ORDER, payment("1.00"), TODAY, given=quarter_closed),
    refuses(r.ReportUnderReview, post_cash, ORDER, payment("1.00"), TODAY, given=quarter_accepted),
    refuses(
        r.ReportUnderReview, report_cash, REPORT, payment("1.00"), "2021-Q3", TODAY,
        given=quarter_accepted,
    ),
    refuses(
        r.ReportUnderReview, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="1.00",
        given=quarter_accepted, **BACK,
    ),
    refuses(r.BudgetClosed, post_cash, ORDER, payment("1.00"), TODAY, given=year_closed),
    refuses(r.PeriodOutsideProgram, post_cash, ORDER, BEYOND, BEYOND_TODAY),
    refuses(r.NoAppropriation, post_cash, ORDER, payment("1.00"), TODAY),
    refuses(r.CashOverAppropriation, post_cash, ORDER, payment("990.01"), TODAY, given=books),
    refuses(r.UnknownElement, report_cash, REPORT, payment("1.00", NO_ELEMENT), "2021", TODAY),
    refuses(r.UnknownExecutor, report_cash, REPORT, payment("1.00", NO_EXECUTOR), "2021", TODAY),
    refuses(r.NotMoney, report_cash, REPORT, payment("1"), "2021", TODAY),
    refuses(r.NegativeAmount, report_cash, REPORT, payment("-0.01"), "2021", TODAY),
    refuses(r.PaymentOutsideYear, report_cash, REPORT, payment("1.00"), "2022", TODAY),
    refuses(r.PeriodOutsideProgram, report_cash, REPORT, payment("1.00"), "2020", TODAY),
    refuses(r.PeriodClosed, report_cash, REPORT, payment("1.00"), "2021-Q3", TODAY, given=quarter_closed),
    refuses(r.BudgetClosed, report_cash, REPORT, payment("1.00"), "2021", TODAY, given=year_closed),
    refuses(
        r.ReasonRequired, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="1.00",
        given=books, **BACK | {"reason": " "},
    ),
    refuses(
        r.UnknownPosition, reverse, ORDER, posted("10.00", cumulative=True), POSTED_AT, NOTHING,
        amount="1.00", given=books, **BACK,
    ),
    refuses(
        r.NotMoney, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="один", given=books,
        **BACK,
    ),
    refuses(
        r.NegativeAmount, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="0.00",
        given=books, **BACK,
    ),
    refuses(
        r.ReversalOverPosting, reverse, ORDER, posted("10.00"), POSTED_AT, Decimal("4.00"),
        amount="6.01", given=books, **BACK,
    ),
    refuses(
        r.PaymentOutsideYear, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="1.00",
        given=books, **BACK | {"on": date(2022, 1, 10)},
    ),
    refuses(
        r.PeriodClosed, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="1.00",
        given=quarter_closed, **BACK,
    ),
    refuses(
        r.BudgetClosed, reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="1.00",
        given=year_closed, **BACK,
    ),
]  # fmt: skip


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    deciders = (
        open_year, close_year, post_cash, report_cash, reverse,
    )  # fmt: skip
    assert produced(REFUSED) == promised(*deciders)


def test_a_refusal_carries_the_values() -> None:
    refusal = books().refusal(post_cash, ORDER, payment("990.01"), TODAY)
    assert refusal.values == {
        "line": "2021:goal:school:municipal", "cash": "1000.01", "appropriation": "1000.00",
    }  # fmt: skip


def test_the_first_payment_opens_the_books() -> None:
    first, second = registered(appropriation("1000.00")), books()
    assert [type(e) for e in first.decided(post_cash, ORDER, payment("1.00"), TODAY)] == [
        Opened,
        CashExecutionPosted,
    ]
    second.record(open_year, OWN, 2021)
    assert second.decided(open_year, OWN, 2021) == []


def test_payments_add_up_to_the_appropriation_and_not_a_kopeck_more() -> None:
    chronicle = books()
    chronicle.record(post_cash, ORDER, payment("989.99"), TODAY)
    chronicle.record(post_cash, ORDER, payment("0.01"), TODAY)
    assert cash(chronicle, YEARS_END) == Moved(Decimal("1000.00"), (9, 11, 12))
    assert type(chronicle.refusal(post_cash, ORDER, payment("0.01"), TODAY)) is (
        r.CashOverAppropriation
    )


def test_over_the_appropriation_or_without_one_with_a_reason() -> None:
    for chronicle in (books(), registered()):
        asked = payment("5000.00", override="исполнение решения суда")
        *_, made = chronicle.decided(post_cash, ORDER, asked, TODAY)
        assert isinstance(made, CashExecutionPosted)
        assert made.override_reason == "исполнение решения суда"
        blank = asked.model_copy(update={"override_reason": "  "})
        refused = chronicle.refusal(post_cash, ORDER, blank, TODAY)
        assert isinstance(refused, r.CashOverAppropriation | r.NoAppropriation)


def test_an_absent_appropriation_is_no_appropriation_of_zero() -> None:
    chronicle = registered(appropriation("1.00").model_copy(update={"value": absent()}))
    assert isinstance(
        chronicle.refusal(post_cash, ORDER, payment("1.00"), TODAY), r.NoAppropriation
    )
    zero = registered(appropriation("0.00"))
    assert isinstance(
        zero.refusal(post_cash, ORDER, payment("1.00"), TODAY), r.CashOverAppropriation
    )


def test_the_limit_is_that_of_the_day_of_payment() -> None:
    more = act("55", date(2021, 9, 1))
    chronicle = registered(appropriation("1000.00"), appropriation("2000.00", by=more))
    early, late = payment("1500.00"), payment("1500.00", paid_on=date(2021, 9, 1))
    assert isinstance(chronicle.refusal(post_cash, ORDER, early, TODAY), r.CashOverAppropriation)
    assert chronicle.decided(post_cash, ORDER, late, TODAY)


def test_a_total_of_a_report_is_stated_and_never_added() -> None:
    chronicle = books()
    chronicle.record(report_cash, REPORT, payment("500.00"), "2021-H1", TODAY)
    chronicle.record(report_cash, REPORT, payment("0.00"), "2021", TODAY)
    assert cash(chronicle, YEARS_END) == Moved(Decimal("10.00"), (9,))
    half = cells.cash_report(LINE, "2021-H1")
    assert chronicle.value(half, date(2021, 6, 30)) == stated("500.00")
    assert chronicle.value(half, date(2021, 6, 29)) == NOT_STATED
    assert chronicle.value(cells.cash_report(LINE, "2021"), YEARS_END) == stated("0.00")


def test_a_return_has_its_own_dates_an_error_those_of_the_posting() -> None:
    returned_on, order = date(2021, 8, 5), basis(payment_order("9", date(2021, 8, 5)))
    chronicle = books()
    named: dict[str, Any] = {
        "amount": "4.00",
        "on": returned_on,
        "reason": "возврат",
        "today": TODAY,
    }
    chronicle.record(
        reverse, order, posted("10.00"), POSTED_AT, NOTHING, recording_error=False, **named
    )
    assert cash(chronicle, date(2021, 8, 4)) == Moved(Decimal("10.00"), (9,))
    assert cash(chronicle, returned_on) == Moved(Decimal("6.00"), (9, 10))
    assert cash(chronicle, returned_on, dated_by=PAID_ON) == Moved(Decimal("10.00"), (9,))
    undone = books()
    undone.record(
        reverse, order, posted("10.00"), POSTED_AT, NOTHING, recording_error=True, **named
    )
    assert cash(undone, PAID_ON, dated_by=PAID_ON) == Moved(Decimal("6.00"), (9, 10))


def test_an_error_is_undone_in_a_closed_period_too() -> None:
    for chronicle in (quarter_closed(), year_closed()):
        undone = BACK | {"recording_error": True}
        assert chronicle.decided(
            reverse, ORDER, posted("10.00"), POSTED_AT, NOTHING, amount="10.00", **undone
        )
