"""Which days are working ones. The norms of working days are those that production calendars print."""

from datetime import date, timedelta

import pytest

from application.rules.production_calendar import (
    decree,
    holiday,
    is_holiday,
    is_non_working_by_decree,
    is_weekend,
    next_working_day,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-02-28", False),
        ("2020-02-29", True),
        ("2020-03-01", True),
        ("2021-02-20", False),  # worked for Monday, 22.02
        ("2022-03-05", False),  # worked for 07.03
        ("2024-11-02", False),  # worked for 30.04
        ("2024-11-09", True),
    ],
)
def test_a_saturday_that_was_moved_is_worked(text: str, *, expected: bool) -> None:
    assert is_weekend(day(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-01-01", "Новогодние каникулы"),
        ("2020-01-09", ""),
        ("2020-05-04", "Выходной (перенесено с 04.01.2020)"),
        ("2020-05-11", "День Победы (выходной)"),
        ("2020-06-24", "нерабочий день по Указу Президента от 29.05.2020 № 345"),
        ("2020-06-25", ""),
        ("2020-07-01", "нерабочий день по Указу Президента от 01.06.2020 № 354"),
        ("2020-12-31", ""),
        ("2021-12-31", "Выходной (перенесено с 03.01.2021)"),
    ],
)
def test_holidays_and_days_off_moved_there(text: str, expected: str) -> None:
    assert holiday(day(text)) == expected
    assert is_holiday(day(text)) is bool(expected)


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        ("2020-03-30", "2020-04-03", "от 25.03.2020 № 206"),
        ("2020-04-04", "2020-04-30", "от 02.04.2020 № 239"),
        ("2020-05-06", "2020-05-08", "от 28.04.2020 № 294"),
        ("2021-05-04", "2021-05-07", "от 23.04.2021 № 242"),
        ("2021-10-30", "2021-11-07", "от 20.10.2021 № 595"),
    ],
)
def test_days_declared_non_working(first: str, last: str, named: str) -> None:
    assert decree(day(first)) == decree(day(last)) == named
    assert decree(day(first) - timedelta(days=1)) != named
    assert decree(day(last) + timedelta(days=1)) != named


@pytest.mark.parametrize(
    "text", ["2020-03-29", "2020-05-01", "2020-05-05", "2020-05-09", "2020-07-01", "2021-05-03"]
)
def test_days_between_the_decrees_are_not_theirs(text: str) -> None:
    assert not is_non_working_by_decree(day(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-12-31", "2020-12-31"),
        ("2020-12-20", "2020-12-21"),
        ("2021-01-01", "2021-01-11"),
        ("2020-03-28", "2020-05-12"),
        ("2020-07-01", "2020-07-02"),
        ("2021-02-20", "2021-02-20"),
        ("2024-04-28", "2024-05-02"),
    ],
)
def test_the_next_working_day(text: str, expected: str) -> None:
    assert next_working_day(day(text)) == day(expected)


@pytest.mark.parametrize(
    ("year", "norm"),
    [(2019, 247), (2020, 248 - 2), (2021, 247), (2022, 247), (2023, 247), (2024, 248), (2025, 247)],
)
def test_the_year_has_as_many_working_days_as_production_calendars_print(
    year: int, norm: int
) -> None:
    """For 2020 less the two single days declared later; periods by decree leave the norm as it is."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    worked = [
        one for one in days if one.year == year and not is_weekend(one) and not is_holiday(one)
    ]
    assert len(worked) == norm
