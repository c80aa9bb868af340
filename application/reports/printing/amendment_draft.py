"""The draft of an amending decree from a diff: was / becomes, a table a part of the program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from application.queries.diff import Change
from application.queries.viewpoint import Resolved
from application.reports.figure import Figure
from application.reports.printed import (
    Formula,
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, printed_form, titles, viewpoint_in_words
from application.reports.printing.cells import EMPTY, absent, figure, money, text
from application.reports.printing.changed import (
    Names,
    money_line,
    of_field,
    of_passport,
    of_window,
)
from application.reports.printing.words import NOT_NAMED, period_in_words
from domain import cells
from domain.state import State

TITLE = "О внесении изменений в муниципальную программу"
DELTA = Formula("{becomes}-{was}")
NUMBER = PrintedColumn("n", ("№ п/п",), 5, "center")
WAS, BECOMES = ("was", ("Было",)), ("becomes", ("Стало",))
TEXTS = (
    NUMBER,
    PrintedColumn("what", ("Что изменяется",), 34),
    PrintedColumn("field", ("Сведение",), 18),
    PrintedColumn(*WAS, 30),
    PrintedColumn(*BECOMES, 30),
)
FIGURES = (
    PrintedColumn(*WAS, 12, "right"),
    PrintedColumn(*BECOMES, 12, "right"),
    PrintedColumn("delta", ("Изменение",), 12, "right"),
)
TARGETS = (
    NUMBER,
    PrintedColumn("what", ("Показатель",), 44),
    PrintedColumn("unit", ("Ед. изм.",), 9, "center"),
    PrintedColumn("period", ("Период",), 11, "center"),
    *FIGURES,
)
MONEY = (
    NUMBER,
    PrintedColumn("what", ("Мероприятие",), 34),
    PrintedColumn("executor", ("Исполнитель",), 18),
    PrintedColumn("source", ("Источник финансирования",), 14),
    PrintedColumn("period", ("Период",), 11, "center"),
    *FIGURES,
)
PARTS: Mapping[str, tuple[str, tuple[PrintedColumn, ...]]] = {
    "passport": ("Паспорт муниципальной программы", TEXTS),
    "structure": ("Перечень мероприятий и целевых показателей", TEXTS),
    "targets": ("Значения целевых показателей", TARGETS),
    "money": ("Финансирование, тыс. руб.", MONEY),
    "road_map": ("Дорожная карта", TEXTS),
}


def amendment_draft(
    was: State,
    becomes: State,
    changes: Sequence[Change],
    year: int,
    seen: Seen,
    *,
    since: Resolved | None = None,
) -> PrintedForm:
    """A draft that says what a diff says. `was` and `becomes` are the states that were compared, `seen`
    tells the viewpoint of the second, `since` that of the first. Facts, payments and what is done are
    no matter of a decree and are left out.
    """
    names = Names(was, becomes)
    rows: dict[str, list[PrintedRow]] = {part: [] for part in PARTS}
    for change in changes:
        part, said = _part(change, names)
        if part:
            rows[part].append(_row(change, part, said, len(rows[part]) + 1, names))
    form, municipality, program, _ = titles(seen, becomes, TITLE, "")
    told = [(title, columns, rows[part]) for part, (title, columns) in PARTS.items() if rows[part]]
    compared = [f"Было: {viewpoint_in_words(since, was)}"] if since else []
    return printed_form(
        seen,
        becomes,
        "amendment-draft",
        year,
        ("ПРОЕКТ", form, municipality, program),
        [
            PrintedTable(columns, tuple(of), caption=f"{n}. {title}")
            for n, (title, columns, of) in enumerate(told, start=1)
        ],
        notes=compared if told else [*compared, "Изменений нет"],
    )


def _part(change: Change, names: Names) -> tuple[str, dict[str, str]]:
    """Which table a change belongs to, and the words of its row; no table for what no decree says."""
    match cells.parts(change.cell):
        case ["target" | "baseline", name, *period]:
            return "targets", {
                "what": names.thing("indicator", name),
                "unit": names.text(cells.indicator(name, "unit")),
                "period": period_in_words(period[0]) if period else "базовое значение",
            }
        case ["appropriation" | "period-plan", year, element, executor, source, *period]:
            when = period_in_words(period[0] if period else year)
            return "money", money_line(names, element, executor, source) | {"period": when}
        case ["passport", field]:
            return "passport", of_passport(field)
        case ["element" | "indicator" as kind, name, field]:
            return "structure", of_field(names, kind, name, field)
        case ["procedure", name, field] if field not in {"year", "torn", "element"}:
            return "road_map", of_field(names, "procedure", name, field)
        case ["window", name, number, edge]:
            return "road_map", of_window(names, name, number, edge)
        case _:
            return "", {}


def _row(
    change: Change, part: str, said: Mapping[str, str], number: int, names: Names
) -> PrintedRow:
    def words(of: Figure) -> PrintedCell:
        return text(names.meant(said.get("means", ""), of.value or ""))

    printed = {"targets": figure, "money": money}.get(part, words)
    delta = Figure(value=change.delta) if change.delta else None
    told = {column.field: text(said.get(column.field)) for column in PARTS[part][1]}
    told |= {
        "n": text(str(number)),
        "was": _side(change.was, printed),
        "becomes": _side(change.becomes, printed),
        "delta": replace(printed(delta), formula=DELTA) if delta else EMPTY,
    }
    return PrintedRow(tuple(told[column.field] for column in PARTS[part][1]))


def _side(of: Figure, printed: Callable[[Figure], PrintedCell]) -> PrintedCell:
    """One side of a change; a dash where nothing is stated."""
    if of.value is not None:
        return printed(of)
    return text(absent(of).text or NOT_NAMED)
