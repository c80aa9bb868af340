"""The invented municipality's payments: by quarter, over the appropriation, returned, put right."""

from decimal import Decimal
from typing import Any

import pytest

from application.commands.correct_statement import CorrectStatement
from application.commands.post_cash import PostCash
from application.commands.reverse_cash import ReverseCash
from application.ledger import History
from domain.refusals import (
    BudgetClosed,
    CashOverAppropriation,
    DocumentFromTheFuture,
    LineMalformed,
    NegativeAmount,
    PaymentOutsideYear,
    ReversalOverPosting,
    UnknownElement,
    UnknownPosition,
)
from tests.application.sample import (
    COURSES,
    E_SERVICES,
    PORTAL,
    at,
    decide,
    payment,
    portal,
    returned,
    stands,
    thousands,
)


def test_mistyped_payment_put_right(life: History) -> None:
    """1000 rubles typed for 100: undone by an opposite posting of the same day, then said anew."""
    postings = life.register.postings[COURSES][:3]
    assert [p.amount for p in postings] == [1000, -1000, 100]
    assert {str(p.timing.effective_on) for p in postings} == {"2024-06-13"}
    for known, rubles in ((postings[0].position, 1000), (postings[2].position, 100)):
        assert at(life, "2024-06-30", "2024-06-30", known=known).moved[COURSES].amount == rubles


@pytest.mark.parametrize(
    ("quarter_ends", "since_january"),
    [
        ("2024-03-31", "1315"),  # 300 + 200 | 110 | 500 + 100 + 25 | 80
        ("2024-06-30", "2830.1"),  # + 250 + 200 | 120 + 15 | 60 | 0.1 | 600 + 120 + 30 | 80 | 40
        (
            "2024-09-30",
            "4575.1",
        ),  # + 350 + 250 | 90 | 700 + 140 + 35 | 130 + 20 | 80 | returned − 50
        ("2024-12-31", "6839"),  # + 380 + 250 | 690 + 140 + 35 | 175 | 115 + 94.9 | 105 | 145 + 24
    ],  #   | 80 | 30 over the appropriation
)
def test_cash_by_quarter(life: History, quarter_ends: str, since_january: str) -> None:
    moved = at(life, quarter_ends, quarter_ends).moved
    paid = sum(m.amount for cell, m in moved.items() if cell.startswith("cash:2024:"))
    assert paid == Decimal(since_january) * 1000


def test_annual_report_agrees_with_the_payments(life: History) -> None:
    state = at(life, "2024-12-31", "2025-03-10")
    for cell, moved in state.moved.items():
        if cell.startswith("cash:"):
            reported = stands(state, cell.replace("cash:", "cash-report:", 1) + ":2024")
            assert Decimal(reported) == moved.amount


def test_payment_over_the_appropriation_needs_a_reason(life: History) -> None:
    """Portal: 80 × 4 = 320 as appropriated; the 30 of 27 December went out under a reason, № 31
    appropriated them afterwards. One kopeck more is refused."""
    assert stands(at(life, "2024-12-31", "2024-12-31"), f"appropriation:{PORTAL}") == "320000.00"
    state = at(life, "2024-12-31", "2025-01-27")
    assert state.moved[f"cash:{PORTAL}"].amount == 350_000
    assert stands(state, f"appropriation:{PORTAL}") == "350000.00"
    with pytest.raises(CashOverAppropriation):
        decide(life, PostCash, document=payment("2024-12-28"), entries=[portal(2024, "0.01")])


def test_return_is_named_by_line_and_payment(life: History) -> None:
    """Of the 250 paid on 19 July 50 came back: 200 may still come back, not a kopeck more."""
    back: dict[str, Any] = {
        "document": payment("2024-12-28"),
        "cell": E_SERVICES,
        "reason": "возврат",
    }
    with pytest.raises(ReversalOverPosting):
        decide(life, ReverseCash, **back, of_document="2024-07-19-240", amount="200000.01")
    with pytest.raises(UnknownPosition):
        decide(life, ReverseCash, **back, of_document="2024-07-19-999", amount="1.00")
    decide(life, ReverseCash, **back, of_document="2024-07-19-240", amount="200000.00")
    # 200 + 200 + 250 + 250 − 50 − 200
    assert at(life, "2024-12-31", "2024-12-31").moved[E_SERVICES].amount == 650_000


def test_corrected_payment_can_be_named_again(life: History) -> None:
    """The undone posting and its opposite are passed over: only the right one stands."""
    returned(life, "2024-Q2")
    decide(
        life,
        CorrectStatement,
        cell=COURSES,
        document="2024-06-13-193",
        reason="ещё раз",
        right={"amount": "90.00"},
    )
    assert at(life, "2024-06-30", "2024-06-30").moved[COURSES].amount == 90


def test_commitments_and_their_release(life: History) -> None:
    """Channels: a contract of 2500, less 10 released on 18 December."""
    cell = "commitment:2024:07.2.01.1:upr-shkol:federal"
    for as_of, rubles in (("2024-12-17", 2_500_000), ("2024-12-18", 2_490_000)):
        assert at(life, as_of, "2024-12-31").moved[cell].amount == rubles


def test_books_of_2023_are_closed(life: History) -> None:
    """Executed 5753.5 of 5790; no payment of 2023 is taken any more."""
    state = at(life, "2023-12-31", "2024-03-11")
    assert thousands(state, "appropriation:2023:") == 5790
    assert thousands(state, "cash-report:2023:", ":2023") == Decimal("5753.5")
    with pytest.raises(BudgetClosed):
        decide(life, PostCash, document=payment("2023-12-28"), entries=[portal(2023, "1.00")])


def test_return_belongs_to_the_year_of_its_payment(life: History) -> None:
    """What comes back in another year is that year's income."""
    with pytest.raises(PaymentOutsideYear):
        decide(
            life,
            ReverseCash,
            document=payment("2025-01-14"),
            cell=E_SERVICES,
            of_document="2024-07-19-240",
            amount="1.00",
            reason="возврат",
        )


def test_payment_typed_into_a_wrong_line_moves(life: History) -> None:
    """The 100 rubles of courses were in truth for the portal: 350 thousand and 100 there."""
    returned(life, "2024-Q2")
    decide(
        life,
        CorrectStatement,
        cell=COURSES,
        document="2024-06-13-193",
        reason="не та строка",
        right={"cell": f"cash:{PORTAL}"},
    )
    moved = at(life, "2024-12-31", "2024-12-31").moved
    assert moved[COURSES].amount == 94_900
    assert moved[f"cash:{PORTAL}"].amount == 350_100


@pytest.mark.parametrize(
    ("right", "refusal"),
    [
        ({"amount": "-100.00"}, NegativeAmount),
        ({"paid_on": "2025-06-13"}, PaymentOutsideYear),
        ({"document": payment("2026-11-02")}, DocumentFromTheFuture),
        ({"cell": COURSES.replace("07.2.02.1", "07.9.09.9")}, UnknownElement),
        ({"cell": "target:wifi:2024"}, UnknownPosition),
        ({"value": {"value": "90.00"}}, LineMalformed),
    ],
)
def test_right_payment_is_held_to_the_rules_of_payments(
    life: History, right: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide(
            life,
            CorrectStatement,
            cell=COURSES,
            document="2024-06-13-193",
            reason="описка",
            right=right,
        )


def test_total_of_a_report_put_right(life: History) -> None:
    cell = f"cash-report:{PORTAL}:2024"
    about: dict[str, Any] = {"cell": cell, "document": "2025-03-10-a", "reason": "описка"}
    with pytest.raises(NegativeAmount):
        decide(life, CorrectStatement, **about, right={"amount": "-1.00"})
    decide(life, CorrectStatement, **about, right={"amount": "349000.00"})
    assert stands(at(life, "2024-12-31", "2025-03-10"), cell) == "349000.00"
