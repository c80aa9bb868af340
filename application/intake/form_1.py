"""Form 1: what the indicators of the goal and the objectives reached in the reported year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from application.intake.absence import figure_value, measured, prose
from application.intake.headings import heading
from application.intake.kind import Column, Found, Kind, Scope
from application.intake.levels import Level
from application.intake.said import Read, Said, Unread, not_a_number
from application.intake.text import folded, is_dash, is_empty, is_figure, plain, slug
from domain import cells
from domain.event import SourceCell
from domain.refusals import NotANumber
from domain.values import Stated

_RATIO = "относительн.*отклонени|процент выполнени|% выполнени"
COLUMNS = (
    Column("deviation", "абсолютн.*отклонени", figure=True),
    Column("ratio", _RATIO, required=False, figure=True),
    Column("growth", "темп роста", required=False, figure=True),
    Column("explanation", "обосновани|причин", required=False),
    Column("calculation", "расчет", required=False),
    Column("last_fact", "факт.*(?:на начало|прошл)", figure=True, about="last year"),
    Column("plan", r"(?:^|\| )план\b", figure=True, about="year"),
    Column("fact", r"(?:^|\| )факт\b|фактическ", figure=True, about="period"),
    Column("name", "наименовани.*показател|^показател"),
    Column("unit", "^ед.*изм|единиц"),
    Column("number", "^№|^n п|^номер", required=False),
)
CONTROLS = ("deviation", "ratio", "growth")
_FIGURES = ("last_fact", "plan", "fact", *CONTROLS)
_NUMBER = re.compile(r"(?:[0-9]{1,3}|[IVXivx]{1,5})(?:\.[0-9]{1,3})*\.?")
_TEXTS = ("name", "unit", "explanation", "calculation")


@dataclass(slots=True)
class _Row:
    """One indicator: where it stands, and its texts, put together if they go on in rows below."""

    found: Found
    row: int
    texts: dict[str, str]

    def go_on(self, row: int) -> None:
        """A row below holds the rest of some texts."""
        for field in _TEXTS:
            more = plain(self.found.cell(row, field))
            self.texts[field] = f"{self.texts[field]} {more}".strip()


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """The indicators with their target, facts, calculation and explanation; the computed columns as
    control figures.
    """
    level, open_row, serial = Level(scope), None, 0
    yield from _header(tables[0], scope)
    for found in tables:
        for row in found.data_rows:
            if open_row is not None and _goes_on(found, row, open_row):
                open_row.go_on(row)
                continue
            if open_row is not None:
                serial += 1
                yield from _indicator(open_row, level, serial)
                open_row = None
            above = heading(found.alone(row))
            if above is not None:
                serial = 0
                yield from level.open(above, found.at(row, "name"))
            elif is_empty(found.cell(row, "name")) or found.alone(row):
                yield Unread(found.at(row, "name"), "строка без показателя или без значений")
            else:
                texts = {field: plain(found.cell(row, field)) for field in _TEXTS}
                open_row = _Row(found, row, texts)
    if open_row is not None:
        yield from _indicator(open_row, level, serial + 1)


def _header(found: Found, scope: Scope) -> Iterator[Read]:
    """What a column of shares calls itself, where the table prints shares: it may hold something else."""
    column = found.columns.get("ratio")
    if column is None or not any(is_figure(plain(found.cell(r, "ratio"))) for r in found.data_rows):
        return
    for row in range(found.first_row):
        printed = plain(found.table.text(row, column))
        if re.search(_RATIO, folded(printed)):
            at = SourceCell(table=found.table.number, row=row + 1, cell=column + 1)
            cell = f"control:header:form-1:ratio:{scope.period or scope.needed_year}"
            yield Said(cell, Stated(value=printed, printed=printed), at)
            return


def _goes_on(found: Found, row: int, above: _Row) -> bool:
    """Whether a row has but the rest of a text that begins above: no figure, and in its name, unless it
    has none, a sentence that goes on.
    """
    if any(not is_empty(found.cell(row, field)) for field in ("number", *_FIGURES)):
        return False
    if heading(found.alone(row)) is not None:
        return False
    name = plain(found.cell(row, "name"))
    if name:
        return not name[0].isupper()
    return any(above.texts[f] for f in _TEXTS if not is_empty(found.cell(row, f)))


def _indicator(one: _Row, level: Level, serial: int) -> Iterator[Read]:
    found, row, texts, scope = one.found, one.row, one.texts, level.scope
    if not level.current:
        yield Unread(found.at(row, "name"), "над показателем не назван элемент программы")
        return
    torn = _out_of_place(one)
    if torn:
        yield Unread(
            found.at(row, torn), f"не на своём месте: «{plain(found.cell(row, torn))[:60]}»"
        )
        return
    year = scope.needed_year
    number = plain(found.cell(row, "number")).rstrip(".")
    otherwise = f"{level.current}-{slug(number) if number else serial}"
    name = scope.names.indicator(level.current, texts["name"], otherwise)
    fields = {"element": level.current, "number": number}
    for field, text in (fields | {"name": texts["name"], "unit": texts["unit"]}).items():
        if text:
            yield Said(cells.indicator(name, field), Stated(value=text), found.at(row, "plan"))
    explanation = "" if is_dash(texts["explanation"]) else texts["explanation"]
    said = _said_of(name, year, scope.period or str(year))
    for field in _FIGURES:
        if is_empty(found.cell(row, field)):
            continue
        try:
            value = figure_value(found.cell(row, field))
        except NotANumber:
            yield Unread(found.at(row, field), not_a_number(found.cell(row, field)))
            continue
        if field == "fact":
            value = measured(value, explanation, texts["name"])
        yield Said(said[field], value, found.at(row, field), last_year=field == "last_fact")
    if texts["calculation"] and not is_dash(texts["calculation"]):
        value = Stated(value=texts["calculation"])
        yield Said(said["calculation"], value, found.at(row, "calculation"))
    if explanation:
        yield Said(said["explanation"], prose(explanation), found.at(row, "explanation"))


def _out_of_place(one: _Row) -> str:
    """The field of a text that cannot stand there, as in a row that lost a cell; "" if none."""
    number = plain(one.found.cell(one.row, "number"))
    if number and _NUMBER.fullmatch(number) is None:
        return "number"
    return next((field for field in ("name", "unit") if is_figure(one.texts[field])), "")


def _said_of(name: str, year: int, period: str) -> dict[str, str]:
    """The cell that a column speaks about: plans are of the year, facts of the reported part of it."""
    return {
        "last_fact": cells.fact(name, str(year - 1)),
        "plan": cells.target(name, str(year)),
        "fact": cells.fact(name, period),
        "calculation": cells.calculation(name, period),
        "explanation": cells.explanation(name, period),
    } | {column: f"control:{column}:{name}:{period}" for column in CONTROLS}


KIND = Kind("form-1", "Форма 1. Достигнутые значения показателей", COLUMNS, read, of_year=True)
