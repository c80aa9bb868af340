"""The quarterly report: which quarter, money since the year's start, what is due in it."""

from datetime import date

import pytest

from application.reports.printing.quarterly import quarterly as printed_quarterly
from application.reports.quarterly import quarter_of, quarterly, since_start
from domain.periods import Period
from domain.refusals import NotAPeriod
from tests.application.reports.printing.seen import of_program

CHOSEN = [
    row.split()
    for row in """
2024-01-15  2024-Q1
2024-03-30  2024-Q1
2024-03-31  2024-Q1
2024-06-29  2024-Q1
2024-06-30  2024-Q2
2024-12-30  2024-Q3
2024-12-31  2024-Q4
2025-02-01  2024-Q4
2023-12-31  2024-Q1
""".strip().splitlines()
]


@pytest.mark.parametrize(("as_of", "quarter"), CHOSEN)
def test_the_last_quarter_that_has_ended(as_of: str, quarter: str) -> None:
    assert quarter_of(2024, date.fromisoformat(as_of)) == quarter


def test_without_a_day_it_is_the_last_one() -> None:
    assert quarter_of(2024) == "2024-Q4"


def test_cumulative_figures_speak_of_a_quarter_s_end() -> None:
    assert [since_start(Period.parse(f"2024-Q{n}")) for n in range(1, 5)] == [
        ("2024-Q1",),
        ("2024-Q2", "2024-H1"),
        ("2024-Q3",),
        ("2024-Q4", "2024"),
    ]


def test_money_adds_up_since_the_year_s_start() -> None:
    """Electronic services: 200 + 200 from the region, 300 + 250 of its own for two quarters."""
    state, _ = of_program("sample", "2024-06-30", "2024-06-30")
    told = quarterly(state, 2024, date(2024, 6, 30))
    assert told.period == "2024-Q2"
    plans = {(one.element, one.source): one.plan_period.value for one in told.money}
    assert plans["07.1.01.1", "regional"] == "400000.00"
    assert plans["07.1.01.1", "municipal"] == "550000.00"
    of_services = [
        sum(
            int(one.cash.value[:-3])
            for one in told.money
            if one.source == source and one.cash.value
        )
        for source in ("regional", "municipal")
    ]
    sums = {one.source: one.cash.value for one in told.sources}
    assert [sums["regional"], sums["municipal"]] == [f"{amount}.00" for amount in of_services]
    assert told.sources[-1].source is None
    assert told.sources[-1].percent_period.rule == "cash / plan_period * 100"


def test_facts_are_those_of_the_quarter() -> None:
    state, _ = of_program("sample", "2024-03-31", "2024-04-30")
    told = quarterly(state, 2024, date(2024, 3, 31))
    wait = next(one for one in told.indicators if one.indicator == "center-wait")
    assert (wait.plan.value, wait.fact.value, wait.ratio.value) == ("14.0", "15.1", "92.72")
    assert wait.explanation.value == "Новое условное окно открыто только в марте"
    satisfaction = next(one for one in told.indicators if one.indicator == "satisfaction")
    assert satisfaction.fact.absent == "not_reported"


def test_procedures_that_end_in_the_quarter() -> None:
    state, _ = of_program("sample", "2024-03-31", "2024-04-30")
    told = quarterly(state, 2024, period="2024-Q1")
    assert [
        (one.number, one.ends_on.isoformat(), bool(one.completed_on)) for one in told.procedures
    ] == [
        ("1.1.", "2024-02-09", True),
        ("2.", "2024-03-22", True),
        ("3.", "2024-03-29", True),
        ("4.1.", "2024-03-29", True),
        ("6.", "2024-02-16", True),
    ]


def test_another_period_may_be_named_but_must_be_one() -> None:
    state, seen = of_program("sample", "2024-12-31", "2025-06-01")
    assert (
        printed_quarterly(state, 2024, seen, period="2024-Q2").title[-1]
        == "за II квартал 2024 года"
    )
    assert printed_quarterly(state, 2024, seen).title[-1] == "за IV квартал 2024 года"
    with pytest.raises(NotAPeriod):
        quarterly(state, 2024, period="2024-Q5")


def test_kedrovy_s_year_report_is_the_fourth_quarter_s() -> None:
    state, _ = of_program("kedrovy", "2021-12-31", "2022-02-01")
    told = quarterly(state, 2021)
    assert told.sources[-1].cash.value == "1097790.00"
    assert told.sources[-1].plan_period.value == "1129010.00"
