"""When a quarter's report is due: a table that an economist can check against a production calendar.

The days off are those of the Labor Code (article 112) and of the Government's yearly decrees that move
them, as the library `holidays` has them. `python -m calendar` tells the days of the week.
"""

from datetime import date

import pytest

from application.rules.due_dates import COMMON_DAY, due_of_quarter, due_of_year
from application.rules.production_calendar import decree, is_holiday, is_weekend
from domain.periods import Period

BY_THE_FIFTH = """
2019-Q4 | 2020-01-05 | 2020-01-09 | Новогодние каникулы, Рождество Христово
2020-Q1 | 2020-04-05 | 2020-04-06 | воскресенье; 06.04 was non-working with wages kept, which moves no term
2020-Q2 | 2020-07-05 | 2020-07-06 | воскресенье
2020-Q3 | 2020-10-05 | 2020-10-05 |
2020-Q4 | 2021-01-05 | 2021-01-11 | Новогодние каникулы, Рождество Христово, then Saturday and Sunday
2021-Q1 | 2021-04-05 | 2021-04-05 |
2021-Q2 | 2021-07-05 | 2021-07-05 |
2021-Q3 | 2021-10-05 | 2021-10-05 |
2021-Q4 | 2022-01-05 | 2022-01-10 | Новогодние каникулы, Рождество Христово
2022-Q1 | 2022-04-05 | 2022-04-05 |
2022-Q2 | 2022-07-05 | 2022-07-05 |
2022-Q3 | 2022-10-05 | 2022-10-05 |
2022-Q4 | 2023-01-05 | 2023-01-09 | Новогодние каникулы, Рождество Христово
2023-Q1 | 2023-04-05 | 2023-04-05 |
2023-Q2 | 2023-07-05 | 2023-07-05 |
2023-Q3 | 2023-10-05 | 2023-10-05 |
2023-Q4 | 2024-01-05 | 2024-01-09 | Новогодние каникулы, Рождество Христово
2024-Q1 | 2024-04-05 | 2024-04-05 |
2024-Q2 | 2024-07-05 | 2024-07-05 |
2024-Q3 | 2024-10-05 | 2024-10-07 | суббота
2024-Q4 | 2025-01-05 | 2025-01-09 | Новогодние каникулы, Рождество Христово
2025-Q1 | 2025-04-05 | 2025-04-07 | суббота
2025-Q2 | 2025-07-05 | 2025-07-07 | суббота
2025-Q3 | 2025-10-05 | 2025-10-06 | воскресенье
2025-Q4 | 2026-01-05 | 2026-01-12 | Новогодние каникулы, Рождество Христово, 09.01 moved there
2026-Q1 | 2026-04-05 | 2026-04-06 | воскресенье
2026-Q2 | 2026-07-05 | 2026-07-06 | воскресенье
2026-Q3 | 2026-10-05 | 2026-10-05 |
"""


def rows(table: str) -> list[list[str]]:
    return [[c.strip() for c in row.split("|")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("quarter", "stated", "due", "why"), rows(BY_THE_FIFTH))
def test_by_the_fifth_of_the_next_month(quarter: str, stated: str, due: str, why: str) -> None:
    found = due_of_quarter(Period.parse(quarter), None)
    assert (str(found.stated_on), str(found.due_on)) == (stated, due)
    assert bool(found.why) == (stated != due)
    first = why.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0]
    assert found.why.startswith(first)
    assert not is_weekend(found.due_on)
    assert not is_holiday(found.due_on)


def test_days_declared_non_working_move_nothing() -> None:
    assert decree(date(2020, 4, 6))
    assert due_of_quarter(Period.parse("2020-Q1"), "6").due_on == date(2020, 4, 6)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (None, "2024-04-05"),
        ("10", "2024-04-10"),
        ("13", "2024-04-15"),
        ("27", "2024-04-27"),  # a Saturday that was worked for 29.04
        ("31", "2024-05-02"),  # April has 30 days: 30.04 was off, 01.05 a holiday
    ],
)
def test_a_program_has_a_day_of_its_own(day: str | None, due: str) -> None:
    assert str(due_of_quarter(Period.parse("2024-Q1"), day).due_on) == due
    assert COMMON_DAY == 5


def test_a_year_is_due_when_the_program_says_so_and_never_by_a_guess() -> None:
    year = Period.parse("2024")
    assert due_of_year(year, None) is None
    due = due_of_year(year, "03-01")
    assert due is not None
    assert (str(due.stated_on), str(due.due_on)) == ("2025-03-01", "2025-03-03")
    assert due.why == "суббота, воскресенье"
