"""The invented municipality's facts and periods, and errors of recording: the register keeps both."""

from typing import Any

import pytest

from application.commands.correct_statement import CorrectStatement
from application.commands.move_report import MoveReport
from application.commands.post_cash import PostCash
from application.commands.report_facts import ReportFacts
from application.ledger import History
from domain.refusals import BasisRequired, PeriodClosed, ReportUnderReview
from domain.values import shown
from tests.application.sample import (
    SERVICES_CENTER,
    at,
    before,
    decide,
    payment,
    portal,
    rows,
    stands,
)

FACTS = """
fact:services-online:2023 | 2024-03-10 | 66.0 | preliminary
fact:services-online:2023 | 2024-03-11 | 65.8 | final
fact:services-online:2023 | 2026-11-01 | 65.8 | not the 65.9 printed by the report for 2024
fact:services-online:2024 | 2025-03-09 | 72.5 | preliminary
fact:services-online:2024 | 2025-03-10 | 72.8 | final
fact:satisfaction:2023    | 2024-03-11 | нет (not_measured) | the survey was put off, which is not 0
fact:wifi:2023            | 2024-03-11 | нет (not_applicable) | measured from 2024 on
fact:incidents:2024-Q3    | 2024-10-08 | нет (not_reported) | nobody answered
fact:requests-on-time:2024 | 2025-03-10 | 95.4 | 3436 of 3600 is 95.44
"""


@pytest.mark.parametrize(("cell", "dated_by", "expected", "why"), rows(FACTS))
def test_which_fact_stands(
    life: History, cell: str, dated_by: str, expected: str, why: str
) -> None:
    assert stands(at(life, "2024-12-31", dated_by), cell) == expected, why


def test_late_report_was_unknown_before_it_came_in(life: History) -> None:
    """The report of 10 March 2025 was taken in after № 140 of 23 June 2025."""
    cell = "fact:services-online:2024"
    not_yet = before(life, "2025-03-10-a", cell)
    state = at(life, "2025-12-31", "2025-12-31", known=not_yet)
    assert stands(state, cell) == "72.5"
    assert stands(state, "target:services-online:2025") == "80.0"


def test_way_of_the_quarterly_reports(life: History) -> None:
    way = {
        period: [shown(s.value) for s in life.register.assertions[f"period:{period}:status"]]
        for period in ("2024-Q1", "2024-Q2")
    }
    assert way == {
        "2024-Q1": ["submitted", "accepted", "closed"],
        "2024-Q2": ["submitted", "returned", "submitted", "accepted"],
    }


def test_closed_quarter_takes_corrections_only(life: History) -> None:
    report = {"kind": "report", "title": "Вымышленный отчёт", "date": "2024-05-06"}
    fact = {"indicator": "deferred-answers", "value": "5.1"}
    for period in ("2024-Q1", "2024-02"):
        with pytest.raises(PeriodClosed):
            decide(life, ReportFacts, document=report, facts=[{**fact, "period": period}])
    with pytest.raises(PeriodClosed):
        decide(life, PostCash, document=payment("2024-03-28"), entries=[portal(2024, "1.00")])
    with pytest.raises(ReportUnderReview):
        decide(life, ReportFacts, document=report, facts=[{**fact, "period": "2024-Q2"}])
    decide(life, ReportFacts, document=report, facts=[{**fact, "period": "2024-Q3"}])

    cell, known = "fact:services-online:2024-Q1", life.register.last_position
    about: dict[str, Any] = {
        "cell": cell,
        "document": "2024-04-08-a",
        "reason": "описка",
        "right": {"value": {"value": "66.8"}},
    }
    with pytest.raises(BasisRequired):
        decide(life, CorrectStatement, **about)
    letter = {"kind": "memo", "title": "Вымышленное письмо", "date": "2024-06-03"}
    decide(life, CorrectStatement, **about, basis=letter)
    assert stands(at(life, "2024-12-31", "2024-12-31", known=known), cell) == "66.9"
    assert stands(at(life, "2024-12-31", "2024-12-31"), cell) == "66.8"


def test_corrected_fact_takes_its_calculation_along(life: History) -> None:
    """95.4 is 3436 of 3600; with another figure that calculation no longer counts, with another
    document it does."""
    fact, calculation = "fact:requests-on-time:2024", "calculation:requests-on-time:2024"
    about: dict[str, Any] = {"cell": fact, "document": "2025-03-10-a", "reason": "описка"}
    report = {"kind": "report", "title": "Вымышленный отчёт", "date": "2025-03-11"}

    redated = life.copy()
    decide(redated, CorrectStatement, **about, right={"document": report})
    assert stands(at(redated, "2024-12-31", "2025-03-10"), fact) == "—"
    assert stands(at(redated, "2024-12-31", "2025-03-11"), fact) == "95.4"
    assert stands(at(redated, "2024-12-31", "2025-03-11"), calculation) == "(3436 / 3600) · 100"

    decide(life, CorrectStatement, **about, right={"value": {"value": "95.9"}})
    assert stands(at(life, "2024-12-31", "2025-03-10"), fact) == "95.9"
    assert stands(at(life, "2024-12-31", "2025-03-10"), calculation) == "—"


@pytest.mark.parametrize(
    "cell",
    ["explanation:open-data:2024", "explanation:2024:07.2.01.1:upr-shkol:federal:2024"],
)
def test_explanation_put_right(life: History, cell: str) -> None:
    decide(
        life,
        CorrectStatement,
        cell=cell,
        document="2025-03-14-17",
        reason="описка",
        right={"value": {"value": "Иначе (вымышлено)"}},
    )
    assert stands(at(life, "2024-12-31", "2025-03-14"), cell) == "Иначе (вымышлено)"


def test_mistyped_date_put_right(life: History) -> None:
    """№ 118 raises the center's 480 to 510 from 20 May; first typed as from 2 May."""
    right = max(s.position for s in life.register.assertions[SERVICES_CENTER])
    for known, on_10_may in ((right - 2, "510000.00"), (right, "480000.00")):
        state = at(life, "2024-05-10", "2024-12-31", known=known)
        assert stands(state, SERVICES_CENTER) == on_10_may
        state = at(life, "2024-05-20", "2024-12-31", known=known)
        assert stands(state, SERVICES_CENTER) == "510000.00"
    of_118 = [
        (str(s.timing.effective_on), shown(s.value))
        for s in life.register.assertions[SERVICES_CENTER]
        if s.timing.document == "2024-05-20-118"
    ]
    assert of_118 == [("2024-05-02", "510000.00"), ("2024-05-20", "510000.00")]


def test_mistyped_fact_put_right(life: History) -> None:
    said = life.register.assertions["fact:center-wait:2024-Q2"]
    assert [shown(s.value) for s in said] == ["41.3", "14.3"]
    for one in said:
        state = at(life, "2024-06-30", "2024-07-31", known=one.position)
        assert stands(state, "fact:center-wait:2024-Q2") == shown(one.value)


def test_only_an_exception_has_an_end() -> None:
    letter = {"kind": "memo", "title": "Вымышленное письмо", "date": "2024-06-03"}
    with pytest.raises(ValueError, match="reopening"):
        MoveReport.model_validate(
            {"document": letter, "period": "2024", "step": "closing", "until_on": "2024-07-01"}
        )
