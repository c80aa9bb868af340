"""The production calendar of Russia: on which days nobody has to work, and by which document.

Sources, by kind of day:

* Saturdays and Sundays: Labor Code, article 111. A Saturday whose day off the Government has moved to
  another day is a working day; its decrees are those of the library `holidays`, year by year.
* Holidays and days off moved to weekdays: Labor Code, article 112, and the same decrees of the
  Government (for 2020 that of 10.07.2019 № 875). Years without a decree yet have the days of the law.
* Single days that the President declared non-working in 2020, which production calendars show as days
  off: 24.06.2020 (decree of 29.05.2020 № 345) and 01.07.2020 (decree of 01.06.2020 № 354).
* Periods that the President declared non-working with wages kept, against the epidemic: `_PERIODS`.
  They were no days off in the sense of article 193 of the Civil Code (Supreme Court, review № 1 of
  21.04.2020, question 5): a term that ends in them is not moved by law. Hence they are asked apart.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from holidays import country_holidays

_FRIDAY = 4

_SINGLE_DAYS: Mapping[date, str] = {
    date(2020, 6, 24): "нерабочий день по Указу Президента от 29.05.2020 № 345",
    date(2020, 7, 1): "нерабочий день по Указу Президента от 01.06.2020 № 354",
}
_PERIODS: tuple[tuple[date, date, str], ...] = (
    (date(2020, 3, 30), date(2020, 4, 3), "от 25.03.2020 № 206"),
    (date(2020, 4, 4), date(2020, 4, 30), "от 02.04.2020 № 239"),
    (date(2020, 5, 6), date(2020, 5, 8), "от 28.04.2020 № 294"),
    (date(2021, 5, 4), date(2021, 5, 7), "от 23.04.2021 № 242"),
    (date(2021, 10, 30), date(2021, 11, 7), "от 20.10.2021 № 595"),
)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or Sunday on which nobody has to work."""
    return day.weekday() > _FRIDAY and day not in _year(day.year).working_saturdays


def is_holiday(day: date) -> bool:
    """Whether it is a holiday, a day off moved there, or a single day declared non-working."""
    return bool(holiday(day))


def holiday(day: date) -> str:
    """What makes it a holiday, in Russian; empty if it is none."""
    return _SINGLE_DAYS.get(day) or _year(day.year).days_off.get(day, "")


def is_non_working_by_decree(day: date) -> bool:
    """Whether it lies in a period of days that the President declared non-working."""
    return bool(decree(day))


def decree(day: date) -> str:
    """The President's decree («от 25.03.2020 № 206») in whose non-working days it lies; else empty."""
    return next((named for first, last, named in _PERIODS if first <= day <= last), "")


def next_working_day(day: date) -> date:
    """The first working day on or after `day`, days declared non-working not counted as such."""
    while is_weekend(day) or is_holiday(day) or is_non_working_by_decree(day):
        day += timedelta(days=1)
    return day


class _Year(NamedTuple):
    days_off: Mapping[date, str]
    working_saturdays: frozenset[date]


@cache
def _year(year: int) -> _Year:
    known = country_holidays("RU", years=year, expand=False, language="ru")
    return _Year(dict(known.items()), frozenset(known.weekend_workdays))
