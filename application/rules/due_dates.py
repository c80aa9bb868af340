"""On which day a period's report is due: by the program's own rule, moved by the production calendar.

A day that is a Saturday, a Sunday or a holiday moves to the next working day. Days that the President
declared non-working with wages kept move nothing (see `production_calendar`).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from application.rules.production_calendar import holiday, is_holiday, is_weekend
from domain.periods import Period

COMMON_DAY = 5
"""«До 5 числа месяца, следующего за отчётным кварталом»: where a program states no day of its own."""

_DAYS = ("суббота", "воскресенье")
_SATURDAY = 5


class Due(NamedTuple):
    """When a report is due: the day by the rule, the day it moves to, and why it moves (in Russian)."""

    stated_on: date
    due_on: date
    why: str


def due_of_quarter(quarter: Period, day: str | None) -> Due:
    """`day`: the day of the month after the quarter; left out, the common one. A month that is shorter
    ends with its last day.
    """
    first = quarter.last_day + timedelta(days=1)
    number = min(int(day) if day else COMMON_DAY, monthrange(first.year, first.month)[1])
    return _moved(first.replace(day=number))


def due_of_year(year: Period, month_and_day: str | None) -> Due | None:
    """`month_and_day`: `03-01` of the next year; left out, no day is stated and none is made up."""
    if not month_and_day:
        return None
    month, day = re.split("-", month_and_day)
    return _moved(date(year.year + 1, int(month), int(day)))


def _moved(stated_on: date) -> Due:
    day, passed = stated_on, list[str]()
    while is_weekend(day) or is_holiday(day):
        passed.append(holiday(day) or _DAYS[day.weekday() - _SATURDAY])
        day += timedelta(days=1)
    return Due(stated_on, day, ", ".join(dict.fromkeys(passed)))
