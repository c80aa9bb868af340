"""Indicators: facts and their calculation, absences, preliminary figures, closed periods."""

from datetime import date
from decimal import Decimal

import pytest

from domain import cells, refusals as r
from domain.dates import Viewpoint
from domain.indicator import (
    Calculation,
    DeviationExplained,
    FactReported,
    ReportedFact,
    Retired,
    explain_deviation,
    report_fact,
    require_indicator,
)
from domain.report import PeriodClosedEvent, ReportSubmitted
from domain.values import NOT_STATED, AbsenceReason, CellValue
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    PROGRAM,
    TODAY,
    Chronicle,
    absent,
    basis,
    registered,
    report,
    stated,
    stepped,
)

SIGNED_ON = date(2022, 3, 1)
REPORT = basis(report(SIGNED_ON))
FACT = cells.fact("i1", "2021")
YEARS_END = date(2021, 12, 31)


def fact(
    value: CellValue | str,
    *,
    indicator: str = "i1",
    period: str = "2021",
    preliminary: bool = False,
    last_year: bool = False,
    calculation: Calculation | None = None,
    explanation: CellValue | None = None,
    as_printed: str = "",
) -> ReportedFact:
    return ReportedFact(
        indicator=indicator,
        period=period,
        value=stated(value) if isinstance(value, str) else value,
        preliminary=preliminary,
        last_year=last_year,
        calculation=calculation,
        explanation=explanation,
        as_printed=as_printed,
    )


def divided(numerator: str, denominator: str) -> Calculation:
    return Calculation(
        formula=f"({numerator}/{denominator})·100", numerator=numerator, denominator=denominator
    )


def year_closed() -> Chronicle:
    return stepped(registered(), "2021", PeriodClosedEvent)


def year_submitted() -> Chronicle:
    return stepped(registered(), "2021", ReportSubmitted)


def unperioded() -> ReportedFact:
    """A fact whose period was not checked on its way in."""
    return fact("1").model_copy(update={"period": "2021-13"})


WHY = stated("ремонт")
REFUSED: list[Promise] = [
    refuses(r.UnknownIndicator, report_fact, REPORT, fact("1", indicator="i9"), TODAY),
    refuses(r.NotAPeriod, report_fact, REPORT, unperioded(), TODAY),
    refuses(r.PeriodOutsideProgram, report_fact, REPORT, fact("1", period="2020"), TODAY),
    refuses(r.PeriodClosed, report_fact, REPORT, fact("1"), TODAY, given=year_closed),
    refuses(r.ReportUnderReview, report_fact, REPORT, fact("1"), TODAY, given=year_submitted),
    refuses(r.UnknownIndicator, explain_deviation, REPORT, "i9", "2021", WHY, TODAY),
    refuses(r.NotAPeriod, explain_deviation, REPORT, "i1", "2021-13", WHY, TODAY),
    refuses(r.PeriodOutsideProgram, explain_deviation, REPORT, "i1", "2020", WHY, TODAY),
    refuses(r.PeriodClosed, explain_deviation, REPORT, "i1", "2021", WHY, TODAY, given=year_closed),
    refuses(
        r.ReportUnderReview, explain_deviation, REPORT, "i1", "2021-Q2", WHY, TODAY,
        given=year_submitted,
    ),
    refuses(r.PeriodNotEnded, report_fact, REPORT, fact("1", period="2023"), TODAY),
    refuses(r.NotANumber, report_fact, REPORT, fact("много"), TODAY),
    refuses(
        r.ValueContradictsCalculation,
    report_fact,
        REPORT,
        fact("20", calculation=divided("20", "30")),
        TODAY,
    ),
    refuses(r.UnknownIndicator, require_indicator, "i9"),
]  # fmt: skip


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(report_fact, explain_deviation, require_indicator)


def test_a_fact_holds_from_the_last_day_of_its_period() -> None:
    chronicle = registered()
    (event,) = chronicle.decided(report_fact, REPORT, fact("91.20"), TODAY)
    assert event.effective_on == YEARS_END
    assert chronicle.value(FACT, YEARS_END) == stated("91.20")
    assert chronicle.value(FACT, date(2021, 12, 30)) == NOT_STATED
    assert chronicle.value(FACT, YEARS_END, dated_by=date(2022, 2, 28)) == NOT_STATED


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400", "1" * 29, "", "1,5", "+1", "١"])
def test_what_is_not_a_decimal_is_refused(value: str) -> None:
    refusal = registered().refusal(report_fact, REPORT, fact(value), TODAY)
    assert isinstance(refusal, r.NotANumber)
    assert refusal.values == {"value": value}


@pytest.mark.parametrize("reason", list(AbsenceReason))
def test_an_absence_is_recorded_as_such_and_is_never_zero(reason: AbsenceReason) -> None:
    chronicle = registered()
    chronicle.record(report_fact, REPORT, fact(absent(reason)), TODAY)
    assert chronicle.value(FACT, YEARS_END) == absent(reason)
    assert chronicle.value(FACT, YEARS_END) != stated("0")


def test_an_absence_contradicts_no_calculation() -> None:
    asked = fact(absent(), calculation=divided("20", "30"))
    assert registered().decided(report_fact, REPORT, asked, TODAY)


@pytest.mark.parametrize(
    ("value", "numerator", "denominator"),
    [
        ("99.5", "2981", "2996"),
        ("91.2", "52", "57"),
        ("100", "57", "57"),
        ("100.0", "8", "8"),
        ("66.6", "20", "30"),  # cut, not rounded: printed so in the papers
        ("66.67", "20", "30"),
        ("67", "20", "30"),
        ("7", "1", "0"),  # divides by zero: nothing to compare with
    ],
)
def test_the_papers_calculations_agree(value: str, numerator: str, denominator: str) -> None:
    asked = fact(value, calculation=divided(numerator, denominator))
    assert registered().decided(report_fact, REPORT, asked, TODAY)


def test_a_value_against_its_own_calculation_is_recorded_only_as_printed() -> None:
    against = fact("20", calculation=divided("20", "30"))
    refusal = registered().refusal(report_fact, REPORT, against, TODAY)
    assert refusal.values == {"indicator": "i1", "value": "20", "computed": "66.67"}
    chronicle = registered()
    printed = against.model_copy(update={"as_printed": "так в отчёте"})
    (event,) = chronicle.decided(report_fact, REPORT, printed, TODAY)
    assert isinstance(event, FactReported)
    assert event.as_printed == "так в отчёте"
    assert chronicle.value(cells.calculation("i1", "2021"), YEARS_END) == stated("(20/30)·100")


def test_a_calculation_of_text_only_computes_nothing() -> None:
    assert Calculation(formula="по данным мониторинга").computed() is None
    assert divided("1", "3").computed() == pytest.approx(Decimal(100) / 3)


def test_a_calculation_keeps_all_digits() -> None:
    huge = divided("9" * 28, "1")
    assert huge.computed() == Decimal("9" * 28) * 100
    assert huge.contradicts("9" * 26 + "00") == Decimal("9" * 28 + "00.00")


def test_a_period_that_has_not_ended_takes_a_preliminary_fact_only() -> None:
    chronicle = registered()
    today = date(2021, 11, 1)
    early = basis(report(date(2021, 10, 20)))
    assert isinstance(chronicle.refusal(report_fact, early, fact("8"), today), r.PeriodNotEnded)
    (event,) = chronicle.decided(report_fact, early, fact("8", preliminary=True), today)
    assert event.effective_on == date(2021, 10, 20)
    assert chronicle.value(FACT, date(2021, 10, 20)) == stated("8")


def test_a_period_that_ends_today_has_not_ended_before() -> None:
    asked = fact("8", period="2021-Q1")
    early = basis(report(date(2021, 3, 30)))
    assert registered().refusal(report_fact, early, asked, date(2021, 3, 30)).values == {
        "period": "2021-Q1",
        "today": "2021-03-30",
    }
    on_time = basis(report(date(2021, 3, 31)))
    assert registered().decided(report_fact, on_time, asked, date(2021, 3, 31))


def test_last_years_figure_may_be_of_the_year_before_the_program() -> None:
    (event,) = registered().decided(
        report_fact, REPORT, fact("7", period="2020", last_year=True), TODAY
    )
    assert event.effective_on == date(2020, 12, 31)
    refused = registered().refusal(
        report_fact, REPORT, fact("7", period="2019", last_year=True), TODAY
    )
    assert refused.values == {"period": "2019", "first": "2021", "last": "2024"}


def test_a_closed_year_closes_its_quarters_and_not_the_next_year() -> None:
    quarter = fact("7", period="2021-Q4")
    refused = year_closed().refusal(report_fact, REPORT, quarter, TODAY)
    assert refused.values == {"period": "2021"}
    assert year_closed().decided(report_fact, REPORT, fact("7", period="2022-Q1"), TODAY)


def test_an_explanation_stands_beside_the_fact() -> None:
    chronicle = registered()
    asked = fact("7", explanation=stated("ремонт"))
    _, explained = chronicle.decided(report_fact, REPORT, asked, TODAY)
    assert isinstance(explained, DeviationExplained)
    assert chronicle.value(cells.explanation("i1", "2021"), YEARS_END) == stated("ремонт")


def test_a_retired_indicator_takes_no_more_facts() -> None:
    gone = Retired(
        program=PROGRAM, basis=REPORT, effective_on=SIGNED_ON, indicator="i1", value=absent()
    )
    chronicle = registered(gone)
    assert isinstance(chronicle.refusal(report_fact, REPORT, fact("1"), TODAY), r.UnknownIndicator)
    view = Viewpoint(SIGNED_ON, TODAY, chronicle.last_position)
    assert chronicle.register.at(view)[cells.indicator("i1", "element")].value == absent()
