"""Money in tables: in thousands or not, from which source, of which line."""

import re

from application.intake.absence import figure_value
from application.intake.kind import Found, Scope
from application.intake.text import folded, is_dash, is_empty, plain, rubles
from domain.refusals import NotANumber
from domain.values import Absent, CellValue, FundingSource, Stated

UNIT_NOT_STATED = "в заголовке не сказано, рубли это или тысячи рублей"
_SOURCES = (
    (re.compile("внебюджет|иные источник|собственные средства"), FundingSource.OFF_BUDGET),
    (re.compile("федеральн"), FundingSource.FEDERAL),
    (
        re.compile(r"местн|муниципальн|городск\w+ округ|городского|района|поселени"),
        FundingSource.MUNICIPAL,
    ),
    (re.compile(r"област|региональн|субъект|\bкра[йя]\b|краев|республик"), FundingSource.REGIONAL),
)
_LONGEST_NOTE = 60
WHOLE = frozenset({"всего", "итого"})


def in_thousands(found: Found, field: str, scope: Scope) -> bool | None:
    """Whether a column's figures are thousands of rubles (rubles otherwise), as its header says or a
    note above the table; None where neither does.
    """
    column = found.columns.get(field)
    header = found.header[column] if column is not None else ""
    above = (*scope.paper.before(found.table), *found.titles)
    notes = [folded(one) for one in above if len(one) < _LONGEST_NOTE]
    for text in (header, *reversed(notes)):
        if re.search(r"млн|миллион|млрд", text):
            return None
        if "руб" in text:
            return "тыс" in text
    return None


def money(printed: str, *, thousands: bool) -> CellValue:
    """What a cell says in rubles with two digits, or why there is no amount.

    An empty cell says nothing: ask `is_empty` first. Refuses: NotANumber.
    """
    try:
        amount = rubles(printed, thousands=thousands)
    except NotANumber:
        value = figure_value(printed)
        if isinstance(value, Absent):
            return value
        raise
    return Stated(value=format(amount, "f"), printed=plain(printed))


def is_whole(printed: str) -> bool:
    """Whether «Всего» stands where a part would be named."""
    return folded(printed) in WHOLE


def funding_source(printed: str) -> FundingSource | None:
    """The source that a text names; `-` for nothing and for a dash, None for a text of no meaning."""
    if is_empty(printed) or is_dash(printed):
        return FundingSource.NOT_STATED
    text = folded(printed)
    return next((source for words, source in _SOURCES if words.search(text)), None)
