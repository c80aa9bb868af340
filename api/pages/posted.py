"""What the page of papers sends back: a file, what is answered to it, how its tables are to be read."""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from adapters.documents.limits import MIB
from api.words import COLUMNS
from application.intake.kind import Column, Kind
from application.intake.kinds import KINDS
from application.intake.tables import TableSeen

MOST_BYTES = 6 * MIB
"""Of a file that travels with the page."""
_MOST_TEXT = MOST_BYTES * 4 // 3 + MIB
_MOST_FIELDS = 20_000
_MOST_ANSWERS = 100_000
_KINDS = {kind.name: kind for kind in KINDS}
_TEXTS = {"step", "name", "content", "program", "answers", "remember", "checked"}
_OF_TABLES = re.compile(r"(kind|seen)\.[0-9]{1,5}|column\.[0-9]{1,5}\.[a-z0-9-]+\.[a-z0-9_-]+")
_NUL = "в тексте стоит нулевой знак"

TOO_LARGE = (
    f"Файл больше {MOST_BYTES // MIB} МБ: на странице столько не проверить. "
    "Сдайте его командой letopis load ФАЙЛ --program ПРОГРАММА."
)


@dataclass(slots=True)
class Posted:
    """A form as it was sent. `tables`: what was typed about tables, by the form's names; `checked` tells
    what the person saw before pressing «Записать»; `wrong`: why a field is not accepted, by its name.
    """

    step: str = "check"
    name: str = ""
    content: bytes = b""
    program: str = ""
    answers: str = ""
    remember: bool = False
    checked: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether there is a file, and nothing is wrong but what was typed about its tables."""
        return bool(self.content) and not any(map(_is_not_of_tables, self.wrong))


async def posted(request: Request) -> Posted:
    """The form that a request sends."""
    async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT) as form:
        sent = form.multi_items()
        files = [(name, one) for name, one in sent if isinstance(one, UploadFile)]
        texts = [(name, one) for name, one in sent if isinstance(one, str)]
        found = _texts(texts)
        for name, file in files:
            if name != "file":
                found.wrong[name] = "Такого поля нет"
            elif file.filename:
                await _take(file, found)
    if not found.content:
        found.wrong.setdefault("file", "Выберите файл")
    return found


AsPosted = Annotated[Posted, Depends(posted)]


async def _take(file: UploadFile, found: Posted) -> None:
    """A file that is chosen takes the place of the one that travelled, and of all typed about it."""
    found.tables, found.checked, found.content = {}, "", b""
    found.name = (file.filename or "")[-200:]
    if "\0" in found.name:
        found.name, found.wrong["file"] = "", _NUL
    elif (file.size or 0) > MOST_BYTES:
        found.wrong["file"] = TOO_LARGE
    else:
        found.content = await file.read()
        if not found.content:
            found.wrong["file"] = "Файл пуст"


def _texts(sent: Sequence[tuple[str, str]]) -> Posted:
    found = Posted()
    given: dict[str, str] = {}
    for name, text in sent:
        if name not in _TEXTS and not _OF_TABLES.fullmatch(name):
            found.wrong[name] = "Такого поля нет"
        elif name in given:
            found.wrong[name] = "Поле прислано дважды"
        elif "\0" in text:
            found.wrong[name] = _NUL
        else:
            given[name] = text
    found.tables = {name: text for name, text in given.items() if _OF_TABLES.fullmatch(name)}
    found.step, found.checked = given.get("step", "check"), given.get("checked", "")
    found.name, found.program = given.get("name", "")[-200:], given.get("program", "")
    found.answers, found.remember = given.get("answers", ""), given.get("remember") == "yes"
    if found.step not in {"check", "record"}:
        found.wrong["step"] = "Допустимо: check, record"
    if len(found.answers) > _MOST_ANSWERS:
        found.wrong["answers"] = f"Не длиннее {_MOST_ANSWERS} знаков"
    try:
        found.content = b64decode(given.get("content", ""), validate=True)
    except ValueError:
        found.wrong["content"] = "Файл пришёл испорченным: выберите его снова"
    if len(found.content) > MOST_BYTES:
        found.content, found.wrong["file"] = b"", TOO_LARGE
    return found


def _is_not_of_tables(name: str) -> bool:
    return _OF_TABLES.fullmatch(name) is None


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
        if kind not in _KINDS:
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
    fields = tuple(_fields(table, _KINDS[kind], form)) if kind in _KINDS else ()
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
