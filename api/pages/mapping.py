"""The tables that were found in a paper, and how a person puts their columns right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.pages.posted import Posted
from api.words import COLUMNS
from application.intake.kind import Column, Kind
from application.intake.kinds import KINDS
from application.intake.tables import TableSeen

KINDS_BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of a table with the column that it is read from, as typed or as found."""

    name: str
    title: str
    column: str
    header: str
    needed: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table that was found, with what can be corrected in it. `seen`: how Letopis itself reads it."""

    table: TableSeen
    kind: str
    seen: str
    fields: tuple[FieldShown, ...]
    unused: tuple[tuple[int, str], ...]


Corrected = tuple[dict[str, str], dict[str, dict[str, int]]]


def corrected(form: Posted) -> Corrected:
    """The kinds and columns that a person put right, of the tables that differ from what Letopis read
    by itself. What can not be understood goes to `form.wrong`.
    """
    kinds: dict[str, str] = {}
    columns: dict[str, dict[str, int]] = {}
    for name, kind in form.tables.items():
        if not name.startswith("kind.") or not kind:
            continue
        number = name.removeprefix("kind.")
        if kind not in KINDS_BY_NAME:
            form.wrong[name] = "Такого вида таблиц нет"
            continue
        typed = _columns(form, f"column.{number}.{kind}.")
        if _spelled(kind, typed) != form.tables.get(f"seen.{number}", ""):
            kinds[number] = kind
            if any(typed.values()):
                columns[number] = typed
    return kinds, columns


def _columns(form: Posted, prefix: str) -> dict[str, int]:
    """The columns that were typed; an empty field means that there is no such column (0)."""
    typed: dict[str, int] = {}
    for name, text in form.tables.items():
        if not name.startswith(prefix):
            continue
        if text.strip() and not re.fullmatch(r"[0-9]{1,4}", text.strip()):
            form.wrong[name] = "Нужен номер графы"
            continue
        typed[name.removeprefix(prefix)] = int(text.strip() or 0)
    return typed


def _spelled(kind: str, columns: Mapping[str, int]) -> str:
    said = (f"{name}={columns[name]}" for name in sorted(columns) if columns[name])
    return f"{kind} {' '.join(said)}".strip()


def tables_shown(tables: Iterable[TableSeen], form: Posted) -> list[TableShown]:
    """The tables with what was typed about them; columns beyond a table go to `form.wrong`."""
    return [_shown(table, form) for table in tables]


def _shown(table: TableSeen, form: Posted) -> TableShown:
    kind = table.kind or form.tables.get(f"kind.{table.number}", "")
    fields = tuple(_fields(table, KINDS_BY_NAME[kind], form)) if kind in KINDS_BY_NAME else ()
    return TableShown(
        table=table,
        kind=kind,
        seen=form.tables.get(f"seen.{table.number}", _spelled(table.kind, table.columns)),
        fields=fields if table.goes_on is None else (),
        unused=tuple((n, table.header[n - 1]) for n in table.unused if n <= len(table.header)),
    )


def _fields(table: TableSeen, kind: Kind, form: Posted) -> Iterable[FieldShown]:
    if kind.fits is not None:
        return
    for column in kind.columns:
        for name in _names(column, table):
            at = f"column.{table.number}.{kind.name}.{name}"
            typed = form.tables.get(at, str(table.columns.get(name, "")))
            place = int(typed) if typed.isdecimal() else 0
            if place > len(table.header):
                form.wrong[at] = f"В таблице {len(table.header)} граф"
            header = table.header[place - 1] if 0 < place <= len(table.header) else ""
            yield FieldShown(at, title_of(name), typed, header, column.required)


def _names(column: Column, table: TableSeen) -> list[str]:
    """The fields of a column: one, or one for each year or quarter that was found."""
    if not re.compile(column.says).groups:
        return [column.field]
    return sorted(name for name in table.columns if name.startswith(f"{column.field}-"))


def title_of(name: str) -> str:
    """A field in words: `year-2021` is «год 2021»."""
    field_, _, part = name.partition("-")
    return f"{COLUMNS.get(field_, field_)} {part}".strip()
