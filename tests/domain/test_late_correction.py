"""Corrections after a report: asked to be returned while it is under review, a basis once it is closed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain import cells, refusals as r
from domain.budget import CashExecutionReversed, report_cash
from domain.dates import Viewpoint
from domain.event import Event
from domain.indicator import ReportedFact, explain_deviation, report_fact
from domain.late_correction import CorrectionGrounded, correct_on_grounds
from domain.legal_act import Document, DocumentKind
from domain.program import DocumentRecorded
from domain.report import PeriodClosedEvent, ReportAccepted, ReportSubmitted
from domain.withdrawal import RightStatement
from tests.domain.promises import Promise, produced, promised, refuses
from tests.domain.test_budget import books, payment, posted
from tests.given import (
    LINE,
    STEPS_BASIS,
    T1,
    TODAY,
    Chronicle,
    basis,
    registered,
    report,
    stated,
    stepped,
    target,
)

REPORT = basis(STEPS_BASIS)
YEARS_END = date(2021, 12, 31)
FACT = cells.fact("i1", "2021")
LETTER = Document(
    kind=DocumentKind.MEMO, type="Письмо", title="Об ошибке", date=date(2023, 6, 1), number="14"
)
TO_THE_END = (ReportSubmitted, ReportAccepted, PeriodClosedEvent)


def facts() -> Chronicle:
    """Facts of a year and of a quarter, and an explanation."""
    chronicle = registered(target("80"))
    for period in ("2021-Q1", "2021"):
        fact = ReportedFact(indicator="i1", period=period, value=stated("70"))
        chronicle.record(report_fact, REPORT, fact, TODAY)
    chronicle.record(explain_deviation, REPORT, "i1", "2021", stated("ремнот"), TODAY)
    return chronicle


def at(chronicle: Chronicle, cell: str) -> int:
    return chronicle.register.assertions[cell][-1].position


def put_right(
    chronicle: Chronicle, position: int, right: RightStatement | None, **named: Any
) -> list[Event]:
    event = chronicle.events[position]
    return chronicle.decided(correct_on_grounds, position, event, right, "описка", TODAY, **named)


def not_put_right(
    chronicle: Chronicle, position: int, right: RightStatement | None, **named: Any
) -> r.Refusal:
    event = chronicle.events[position]
    return chronicle.refusal(correct_on_grounds, position, event, right, "описка", TODAY, **named)


def submitted() -> Chronicle:
    return stepped(facts(), "2021", ReportSubmitted)


def closed() -> Chronicle:
    return stepped(facts(), "2021", *TO_THE_END)


RIGHT = RightStatement(value=stated("71"))
FACT_AT = at(facts(), FACT)
STEP_AT = closed().last_position
FACT_SAID, STEP_SAID = facts().events[FACT_AT], closed().events[STEP_AT]
REFUSED: list[Promise] = [
    refuses(
        r.StepStays, correct_on_grounds, STEP_AT, STEP_SAID, None, "описка", TODAY,
        basis=LETTER, given=closed,
    ),
    refuses(
        r.ReportUnderReview, correct_on_grounds, FACT_AT, FACT_SAID, RIGHT, "описка", TODAY,
        basis=LETTER, given=submitted,
    ),
    refuses(
        r.BasisRequired, correct_on_grounds, FACT_AT, FACT_SAID, RIGHT, "описка", TODAY, given=closed
    ),
    refuses(
        r.DocumentFromTheFuture, correct_on_grounds, FACT_AT, FACT_SAID, RIGHT, "описка", TODAY,
        basis=report(date(2023, 7, 2)), given=closed,
    ),
]  # fmt: skip


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(correct_on_grounds)


def test_a_closed_period_is_corrected_on_the_grounds_of_a_document() -> None:
    chronicle = closed()
    before = chronicle.last_position
    recorded, withdrawn, *_, grounded = put_right(chronicle, FACT_AT, RIGHT, basis=LETTER)
    assert isinstance(recorded, DocumentRecorded)
    assert withdrawn.basis == FACT_SAID.basis
    assert isinstance(grounded, CorrectionGrounded)
    assert (grounded.of_position, grounded.basis.document) == (FACT_AT, "2023-06-01-14")
    assert chronicle.value(FACT, YEARS_END) == stated("71")
    assert chronicle.value(cells.grounds(FACT_AT), YEARS_END) == stated("2023-06-01-14")
    known_before = chronicle.register.cell(FACT, Viewpoint(YEARS_END, TODAY, before))
    assert known_before is not None
    assert known_before.value == stated("70")


def test_a_basis_may_be_given_where_none_is_asked_for() -> None:
    assert [type(e).__name__ for e in put_right(facts(), FACT_AT, RIGHT)][-1] == "FactReported"
    assert isinstance(put_right(facts(), FACT_AT, RIGHT, basis=LETTER)[-1], CorrectionGrounded)


def test_two_papers_of_one_day_without_numbers_stay_two() -> None:
    """The basis of the correction and the right document of the statement."""
    day = date(2023, 6, 1)
    why = Document(kind=DocumentKind.MEMO, title="Об ошибке", date=day)
    right = RightStatement(document=Document(kind=DocumentKind.REPORT, title="Отчёт", date=day))
    events = put_right(closed(), FACT_AT, right, basis=why)
    assert len({e.basis.document for e in events if isinstance(e, DocumentRecorded)}) == 2


def test_plans_are_an_acts_whatever_is_closed() -> None:
    chronicle = closed()
    put_right(chronicle, at(chronicle, T1), RightStatement(value=stated("81")))
    assert chronicle.value(T1, YEARS_END) == stated("81")


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        (cells.fact("i1", "2021-Q1"), RIGHT),
        (FACT, None),
        (cells.explanation("i1", "2021"), RightStatement(value=stated("ремонт"))),
    ],
)
def test_what_was_reported_is_locked(cell: str, right: RightStatement | None) -> None:
    assert isinstance(not_put_right(closed(), at(facts(), cell), right), r.BasisRequired)
    assert isinstance(
        not_put_right(submitted(), at(facts(), cell), right, basis=LETTER), r.ReportUnderReview
    )


def test_money_is_locked_where_it_stood_and_where_it_comes_to_stand() -> None:
    for period in ("2021-Q3", "2021-Q4"):
        chronicle = stepped(books(), period, *TO_THE_END)
        (position,) = (p for p, e in chronicle.events.items() if e == posted("10.00"))
        moved = RightStatement(paid_on=date(2021, 10, 1))
        assert isinstance(not_put_right(chronicle, position, moved), r.BasisRequired)
        undone, *_ = [
            event
            for event in put_right(chronicle, position, moved, basis=LETTER)
            if isinstance(event, CashExecutionReversed)
        ]
        assert Decimal(undone.amount) == Decimal("10.00")


def test_a_fact_may_not_be_moved_into_a_closed_period() -> None:
    chronicle = facts()
    stepped(chronicle, "2022", *TO_THE_END)
    right = RightStatement(cell=cells.fact("i1", "2022"))
    assert isinstance(not_put_right(chronicle, FACT_AT, right), r.BasisRequired)


def test_a_reports_total_is_locked_with_its_period() -> None:

    chronicle = registered()
    chronicle.record(report_cash, REPORT, payment("500.00"), "2021", TODAY)
    stepped(chronicle, "2021", *TO_THE_END)
    position = at(chronicle, cells.cash_report(LINE, "2021"))
    right = RightStatement(amount="400.00")
    assert isinstance(not_put_right(chronicle, position, right), r.BasisRequired)
