"""The tables that were found in a paper, and how a person puts their columns right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from api.pages.posted import Posted
from api.words import COLUMNS
from application.intake.kind import Column
from application.intake.kinds import KINDS
from application.intake.tables import TableSeen

KINDS_BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field `of` a table, by its `name` in the form, with the column that it is read from."""

    of: str
    name: str
    title: str
    column: str
    header: str
    needed: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table that was found, with what can be corrected in it. `seen`: how Letopis reads it by itself."""

    table: TableSeen
    kind: str
    seen: str
    fields: tuple[FieldShown, ...]
    unused: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class OwnReading:
    """How Letopis reads a table by itself: its `kind` by the header, and the columns that the header
    gives if it is taken for a table of kind `taken_for`.
    """

    kind: str = ""
    taken_for: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> "OwnReading":
        """From the form; what is not understood there is not known."""
        kind, taken_for, *said = f"{text}||".split("|")
        columns = re.findall(r"([a-z0-9_-]+)=([0-9]{1,4})", said[0])
        return cls(kind, taken_for, {name: int(column) for name, column in columns})

    def __str__(self) -> str:
        said = " ".join(f"{name}={column}" for name, column in self.columns.items())
        return f"{self.kind}|{self.taken_for}|{said}"


@dataclass(slots=True)
class Corrected:
    """What a person put right: the kinds and columns that differ from Letopis' own reading."""

    kinds: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)


def corrected(form: Posted) -> Corrected:
    """What was put right; what can not be understood goes to `form.wrong`."""
    found = Corrected()
    for name, kind in form.tables.items():
        if not name.startswith("kind.") or not kind:
            continue
        if kind not in KINDS_BY_NAME:
            form.wrong[name] = "Такого вида таблиц нет"
            continue
        number = name.removeprefix("kind.")
        own = OwnReading.parse(form.tables.get(f"seen.{number}", ""))
        columns = own.columns if own.taken_for == kind else {}
        typed = _columns(form, f"column.{number}.{kind}.")
        changed = {of: n for of, n in typed.items() if n != columns.get(of, 0)}
        if changed or kind != own.kind:
            found.kinds[number] = kind
        if changed:
            found.columns[number] = changed
    return found


def _columns(form: Posted, prefix: str) -> dict[str, int]:
    """The columns that were typed; an empty field is a column that is not there (0)."""
    typed: dict[str, int] = {}
    for name, text in form.tables.items():
        if not name.startswith(prefix):
            continue
        if text.strip() and not re.fullmatch(r"[0-9]{1,4}", text.strip()):
            form.wrong[name] = "Нужен номер графы"
            continue
        typed[name.removeprefix(prefix)] = int(text.strip() or 0)
    return typed


def tables_shown(tables: Iterable[TableSeen], form: Posted, given: Corrected) -> list[TableShown]:
    """The tables as read with what was given; columns beyond a table go to `form.wrong`."""
    return [_shown(table, form, given) for table in tables]


def _shown(table: TableSeen, form: Posted, given: Corrected) -> TableShown:
    number = str(table.number)
    kind = given.kinds.get(number) or table.kind
    right = given.columns.get(number, {})
    before = OwnReading.parse(form.tables.get(f"seen.{number}", ""))
    own = {of: n for of, n in before.columns.items() if of in right and before.taken_for == kind}
    own |= {of: n for of, n in table.columns.items() if of not in right}
    seen = OwnReading(before.kind if number in given.kinds else table.kind, kind, own)
    fields = () if table.goes_on or not kind else _fields(table, kind, form, right)
    in_order = sorted(fields, key=lambda one: table.columns.get(one.of, len(table.header) + 1))
    return TableShown(
        table=table,
        kind=kind,
        seen=str(seen),
        fields=tuple(in_order),
        unused=tuple((n, table.header[n - 1]) for n in table.unused if n <= len(table.header)),
    )


def _fields(
    table: TableSeen, kind: str, form: Posted, right: Mapping[str, int]
) -> Iterable[FieldShown]:
    if KINDS_BY_NAME[kind].fits is not None:
        return
    width = len(table.header)
    for column in KINDS_BY_NAME[kind].columns:
        for of in _names(column, table):
            at = f"column.{table.number}.{kind}.{of}"
            if right.get(of, 0) > width:
                form.wrong[at] = f"В таблице {width} граф"
            as_typed = at in form.wrong or of in right or not table.kind
            text = form.tables.get(at, "") if as_typed else str(table.columns.get(of, ""))
            place = table.columns.get(of, 0)
            header = table.header[place - 1] if 0 < place <= width else ""
            yield FieldShown(of, at, title_of(of), text, header, column.required)


def _names(column: Column, table: TableSeen) -> list[str]:
    """The fields of a column: one, or one for each year or quarter that was found."""
    if not re.compile(column.says).groups:
        return [column.field]
    return sorted(name for name in table.columns if name.startswith(f"{column.field}-"))


def title_of(name: str) -> str:
    """A field in words: `year-2021` is «год 2021»."""
    field_, _, part = name.partition("-")
    return f"{COLUMNS.get(field_, field_)} {part}".strip()
