"""Periods: year `2021`, half-year `2021-H1`, quarter `2021-Q3`, month `2021-03`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from domain.refusals import NotAPeriod

_PERIOD = re.compile(
    r"(?P<year>[12][0-9]{3})(-(H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months: first and last day included."""

    text: str
    first_day: date
    last_day: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """From its text. Refuses: NotAPeriod."""
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise NotAPeriod(value=text[:40])
        year = int(match["year"])
        if match["half"]:
            first, last = (1, 6) if match["half"] == "1" else (7, 12)
        elif match["quarter"]:
            last = 3 * int(match["quarter"])
            first = last - 2
        elif match["month"]:
            first = last = int(match["month"])
        else:
            first, last = 1, 12
        return cls(text, date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def year(self) -> int:
        return self.first_day.year

    @property
    def is_year(self) -> bool:
        return len(self.text) == len("2021")

    @property
    def is_quarter(self) -> bool:
        return "Q" in self.text

    def contains(self, other: "Period") -> bool:
        """Whether `other` lies wholly within this period."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day


def period(text: str) -> str:
    """The text of a period, checked."""
    try:
        return Period.parse(text).text
    except NotAPeriod as refusal:
        raise ValueError(str(refusal)) from refusal


PeriodText = Annotated[
    str,
    AfterValidator(period),
    Field(json_schema_extra={"pattern": "^[12][0-9]{3}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"}),
]
