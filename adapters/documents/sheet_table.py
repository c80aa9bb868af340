"""What sheets of all kinds of workbooks have in common: how values read, and where a table ends."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from adapters.documents import limits
from adapters.documents.texts import Measure
from application.intake.paper import Table

Place = tuple[int, int]
_ALL_DIGITS_MEAN = 1e16


def table_of(
    number: int,
    name: str,
    rows: Sequence[Sequence[str]],
    ranges: Iterable[tuple[Place, Place]],
    measure: Measure,
) -> Table | None:
    """The table on a sheet from its first row and column to the last ones with text; None without any.

    `ranges` are the merged cells, each with its first and last place: what stands under them is not
    seen and left out. Refuses: PaperTooLarge.
    """
    height = max((n for n, row in enumerate(rows, 1) if any(row)), default=0)
    width = max(map(len, rows), default=0)
    while width and not any(len(row) >= width and row[width - 1] for row in rows):
        width -= 1
    if not height:
        return None
    measure.take_table(height, width)
    whole = [(*row[:width], *[""] * (width - len(row))) for row in rows[:height]]
    merged = _merged(ranges, height, width)
    for row, column in merged:
        if whole[row][column]:
            whole[row] = (*whole[row][:column], "", *whole[row][column + 1 :])
    return Table(number, tuple(whole), merged, measure.take_text(name))


def _merged(ranges: Iterable[tuple[Place, Place]], height: int, width: int) -> dict[Place, Place]:
    """As far as the table reaches: place → first place. Those that lie on others may not be many."""
    merged: dict[Place, Place] = {}
    places = 0
    for first, last in ranges:
        down = range(first[0], min(last[0] + 1, height))
        right = range(first[1], min(last[1] + 1, width))
        places += len(down) * len(right)
        limits.at_most(limits.CELLS, places, limits.CELLS_)
        merged |= {(row, column): first for row in down for column in right}
    return {place: first for place, first in merged.items() if place != first}


def number_text(value: float) -> str:
    """The number to the fifteen digits that a sheet shows of a double: no exponent, no «.0», none of
    the dust that sums of binary fractions leave.

    >>> number_text(0.1 + 0.2), number_text(5.0), number_text(1e22)
    ('0.3', '5', '10000000000000000000000')
    """
    if value.is_integer() and abs(value) < _ALL_DIGITS_MEAN:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def moment_text(value: dt.datetime) -> str:
    """A day, with the time to the second if it is not midnight."""
    half = dt.timedelta(milliseconds=500)
    value = value.replace(tzinfo=None)
    value = (value + half if value.year < dt.MAXYEAR else value).replace(microsecond=0)
    clock = f" {value:%H:%M:%S}".removesuffix(":00") if value.time() != dt.time() else ""
    return f"{value:%d.%m.%Y}{clock}"


def duration_text(seconds: int) -> str:
    """Hours, of which there may be more than a day has, minutes, and seconds if there are any."""
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours}:{minute:02}:{second:02}".removesuffix(":00")


def truth_text(value: bool) -> str:  # noqa: FBT001 (it is the value itself)
    """As a Russian spreadsheet shows it."""
    return "ИСТИНА" if value else "ЛОЖЬ"
