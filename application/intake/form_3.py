"""Form 3: the acts that changed the program in the reported period."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from application.intake.kind import Column, Found, Kind, Scope
from application.intake.said import ActSaid, Read, Unread
from application.intake.text import folded, is_dash, plain

COLUMNS = (
    Column("date", "^дата"),
    Column("kind", "вид .*акта|^правовой акт|^вид документа"),
    Column("act_number", r"^номер|^№ (?:акта|документа)|рег.*номер"),
    Column("summary", "^суть|содержание изменени", required=False),
    Column("title", "^наименовани|^заглавие", required=False),
    Column("number", "^№ п", required=False),
)
LONGEST_NUMBER = 100
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?(?:ода)?)?")
_MORE_THAN_A_NUMBER = re.compile(r"№|\d\.\d\d\.\d|\bот\b")
_NONE = re.compile("изменени[яй] не вносил|не вносилось|изменений не было|нет$")
_ISSUERS = {
    "администрации": "Администрация",
    "главы": "Глава",
    "думы": "Дума",
    "комитета": "Комитет",
    "мэра": "Мэр",
    "правительства": "Правительство",
    "собрания": "Собрание",
    "совета": "Совет",
    "управления": "Управление",
}
"""Who issued an act, as «Постановление Администрации города» names it, and as it calls itself."""


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """The acts with their requisites; what they changed is not known from this form."""
    for found in tables:
        for row in found.data_rows:
            if not _NONE.search(folded(found.alone(row))):
                yield _act(found, row)


def _act(found: Found, row: int) -> Read:
    type_, _, issuer = plain(found.cell(row, "kind")).partition(" ")
    number = plain(found.cell(row, "act_number")).removeprefix("№").strip()
    adopted = day(found.cell(row, "date"))
    if not type_ or not 0 < len(number) <= LONGEST_NUMBER or is_dash(number):
        field = "act_number" if type_ else "kind"
        return Unread(found.at(row, field), "не назван вид или номер акта")
    if _MORE_THAN_A_NUMBER.search(number):
        return Unread(found.at(row, "act_number"), f"не один номер акта: «{number[:60]}»")
    if adopted is None:
        return Unread(found.at(row, "date"), f"не дата: «{plain(found.cell(row, 'date'))[:60]}»")
    summary = plain(found.cell(row, "summary"))
    return ActSaid(
        type=type_,
        issuer=_nominative(issuer),
        title=plain(found.cell(row, "title")) or summary,
        date=adopted.isoformat(),
        number=number,
        summary=summary,
        at=found.at(row, "act_number"),
    )


def day(printed: str) -> date | None:
    """A day as papers print it, 24.03.2021, or as workbooks give it, 2021-03-24."""
    text = plain(printed)
    try:
        if found := _DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text.removesuffix(" 00:00:00"))
    except ValueError:
        return None


def _nominative(issuer: str) -> str:
    first, space, rest = issuer.partition(" ")
    return f"{_ISSUERS.get(first.casefold(), first)}{space}{rest}"


KIND = Kind("form-3", "Форма 3. Изменения программы за период", COLUMNS, read)
