"""Money of a passport: in a sentence, or as a table by source and year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from application.intake.amounts import TOTAL, TOTAL_WORDS, YEAR, control, source_of
from application.intake.kind import Column, Found, Kind, header_of
from application.intake.money import UNIT_NOT_STATED
from application.intake.money_sentence import sums, thousands_in
from application.intake.rows import Row, years_of
from application.intake.said import Read, Said, not_a_number
from application.intake.text import folded
from domain.refusals import NotANumber

COLUMNS = (
    Column("year", YEAR),
    Column("source", r"источник"),
    Column("total", TOTAL_WORDS, required=False),
)


def in_sentence(row: Row, text: str) -> Iterator[Read]:
    """The sums of a field's text."""
    thousands = thousands_in(f"{row.text('field')}\n{text}")
    for sum_ in sums(text):
        if sum_.why or thousands is None:
            yield row.unread(sum_.why or UNIT_NOT_STATED, "text")
            return
        cell = f"control:passport:{sum_.source}:{sum_.year}"
        yield Said(cell, control(sum_.printed, thousands=thousands), row.at("text"))


def in_table(found: Found, numbers: Sequence[int], *, thousands: bool | None) -> Iterator[Read]:
    """The sums of a table's rows."""
    fields = {"total": TOTAL, **years_of(found, "year")}
    for number in numbers:
        row = Row(found, number)
        source = source_of(row.text("source"))
        if not row.says_any(fields) and source is None:
            continue
        if source is None or thousands is None:
            why = f"не понят источник: «{row.text('source')}»" if thousands else UNIT_NOT_STATED
            yield row.unread(why, "source")
            continue
        for name, year in fields.items():
            if printed := row.text(name):
                try:
                    value = control(printed, thousands=thousands)
                except NotANumber:
                    yield row.unread(not_a_number(printed), name)
                    continue
                yield Said(f"control:passport:{source}:{year}", value, row.at(name))


def table_below(found: Found, number: int, kind: Kind) -> Found | None:
    """The table of money inside of a passport: years head it in the row of its name or in the next."""
    rows = found.table.rows
    for start in range(number, min(number + 2, len(rows))):
        header = header_of(found.table, start, 1)
        columns = kind.match(header, {"source": found.columns["field"]})
        if columns is not None:
            above = [folded(text) for row in rows[number:start] for text in row]
            texts = tuple(" | ".join((one, *above)) for one in header)
            return replace(found, columns=columns, first_row=start + 1, header=texts)
    return None
