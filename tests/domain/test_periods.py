"""Periods: years, half-years, quarters and months, first and last day included."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from domain.periods import Period
from domain.refusals import NotAPeriod


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-H1", date(2021, 1, 1), date(2021, 6, 30)),
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30)),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
    ],
)
def test_a_period_is_whole_months(text: str, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.first_day, period.last_day, period.text) == (first, last, text)
    assert period.year == first.year


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-", "2021-H3", "2021-Q0", "2021-Q5", "2021-00", "2021-13", "2021-1", "0021",
     "2021 ", "2021-q1", "2021-Q1\n", "2021-03-24", "٢٠٢١", "весна"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(NotAPeriod) as refused:
        Period.parse(text)
    assert refused.value.values == {"value": text}


def test_what_contains_what() -> None:
    year, half, quarter, month = (Period.parse(f"2021{p}") for p in ("", "-H1", "-Q2", "-04"))
    assert year.contains(half)
    assert half.contains(quarter)
    assert quarter.contains(month)
    assert year.contains(year)
    assert not quarter.contains(half)
    assert not half.contains(Period.parse("2021-Q3"))
    assert not year.contains(Period.parse("2022-01"))


@given(st.integers(1000, 2999), st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4"]))
def test_parts_of_a_year_are_halves_or_quarters_of_it(year: int, part: str) -> None:
    period = Period.parse(f"{year}{part}")
    months = 12 if not part else 6 if part[1] == "H" else 3
    assert (period.last_day.month - period.first_day.month) + 1 == months
    assert Period.parse(str(year)).contains(period)
