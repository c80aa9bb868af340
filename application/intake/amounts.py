"""Sums by source and year: whose a source's name is, what a year's header says, printed totals."""

import re

from application.intake.kind import Found, Scope
from application.intake.money import funding_source, in_thousands, money
from application.intake.text import folded, is_empty
from domain.values import Absent, Stated

ALL, TOTAL = "all", "total"
"""Of all sources; of all years."""

YEAR = (
    r"^(?!.*(?:факт|исполн|кассов|освоен|отклонен)).*(?<![.\w])(20[0-9]{2})(?: ?г(?:од\w*)?\b)?"
    r"(?:[,. ]*\(?(?:план\w*|(?:тыс\.? )?руб\w*)\)?)*(?: \| (?:план\w*|[^|]*по годам[^|]*))?$"
)
"""The header of a year's planned column."""

TOTAL_WORDS = r"(?:всего|итого|общий объем)"


def source_of(printed: str) -> str | None:
    """The source of funding that a text names: one of them, `all`, or `-` for a dash. None: of none."""
    if is_empty(printed):
        return None
    return funding_source(printed) or (ALL if re.match(TOTAL_WORDS, folded(printed)) else None)


def table_in_thousands(found: Found, scope: Scope, *, before: bool | None = None) -> bool | None:
    """The unit of all sums of a table; where it says none, that of the part `before` it. None: nobody
    says it, or columns differ.
    """
    told = {in_thousands(found, field, scope) for field in found.columns} - {None}
    return told.pop() if len(told) == 1 else None if told else before


def control(printed: str, *, thousands: bool) -> Stated:
    """A printed figure that Letopis computes itself; a dash stays a dash. Refuses: NotANumber."""
    value = money(printed, thousands=thousands)
    if isinstance(value, Absent):
        return Stated(value=value.printed, printed=value.printed)
    return value
