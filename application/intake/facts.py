"""A plain long list of facts: an indicator, a period, a value in every row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from application.intake.absence import figure_value, measured, prose
from application.intake.kind import Column, Found, Kind, Scope
from application.intake.said import Read, Said, Unread, not_a_number
from application.intake.text import folded, is_dash, is_empty, plain
from domain import cells
from domain.periods import Period
from domain.refusals import NotANumber, NotAPeriod
from domain.values import Absent, CellValue, Stated

COLUMNS = (
    Column("period", "^период"),
    Column("reason", "причина отсутстви|почему нет", required=False),
    Column("calculation", "^расчет", required=False),
    Column("explanation", "обосновани|пояснени", required=False),
    Column("value", "^значени|^факт", figure=True),
    Column("indicator", "^показател|^наименовани.*показател|^id"),
)
_YEAR = re.compile(r"(\d{4})(?:\.0)?(?: ?г(?:\.|од)?)?")
_PART = re.compile(r"(\d|i{1,3}|iv)(?:-\w+)? (кв\w*\.?|полугоди\w*) (\d{4})(?: ?г(?:\.|од\w*)?)?")
_MONTH = re.compile(r"([а-я]{3})[а-я]* (\d{4})(?: ?г(?:\.|од\w*)?)?")
_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """The facts, as the last thing that a paper says: what it names elsewhere is known by then."""
    named = scope.names.indicators()
    for found in tables:
        for row in found.data_rows:
            yield from _fact(found, row, scope, named)


def _fact(found: Found, row: int, scope: Scope, named: Mapping[str, set[str]]) -> Iterator[Read]:
    printed = plain(found.cell(row, "indicator"))
    known = {printed} if scope.names.is_known("indicator", printed) else named.get(folded(printed))
    if not known or len(known) > 1:
        why = "показателей с таким названием несколько" if known else "такого показателя нет"
        yield Unread(found.at(row, "indicator"), f"{why}: «{printed[:80]}»")
        return
    period = period_of(found.cell(row, "period"))
    if period is None:
        yield Unread(
            found.at(row, "period"), f"не период: «{plain(found.cell(row, 'period'))[:60]}»"
        )
        return
    (indicator,) = known
    explanation = plain(found.cell(row, "explanation"))
    try:
        value = _value(found, row, explanation, printed)
    except NotANumber:
        yield Unread(found.at(row, "value"), not_a_number(found.cell(row, "value")))
        return
    if value is not None:
        yield Said(cells.fact(indicator, period), value, found.at(row, "value"))
    calculation = plain(found.cell(row, "calculation"))
    if calculation and not is_dash(calculation):
        cell = cells.calculation(indicator, period)
        yield Said(cell, Stated(value=calculation), found.at(row, "calculation"))
    if explanation and not is_dash(explanation):
        cell = cells.explanation(indicator, period)
        yield Said(cell, prose(explanation), found.at(row, "explanation"))


def _value(found: Found, row: int, explanation: str, name: str) -> CellValue | None:
    """The value of a row; where none stands, why, if that is said. None: nothing is."""
    printed, reason = found.cell(row, "value"), plain(found.cell(row, "reason"))
    if is_empty(printed):
        return figure_value(reason) if reason else None
    value = measured(figure_value(printed), explanation, name)
    if isinstance(value, Absent) and reason:
        return figure_value(reason).model_copy(update={"printed": value.printed})
    return value


@lru_cache(maxsize=1000)
def period_of(printed: str) -> str | None:
    """A period as Letopis writes it (2021-Q3) or as people do (2021 год, 3 квартал 2021 г.)."""
    text = plain(printed)
    if found := _YEAR.fullmatch(text):
        return found[1]
    if found := _PART.fullmatch(folded(text).replace("і", "i")):
        number = _ROMAN.get(found[1], found[1])
        text = f"{found[3]}-{'Q' if found[2].startswith('кв') else 'H'}{number}"
    elif (found := _MONTH.fullmatch(folded(text).replace("май", "мая"))) and found[1] in _MONTHS:
        text = f"{found[2]}-{_MONTHS.index(found[1]) + 1:02}"
    try:
        return Period.parse(text).text
    except NotAPeriod:
        return None


KIND = Kind("facts", "Список фактических значений", COLUMNS, read, is_list=True)
