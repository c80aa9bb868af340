"""What the page of papers sends back: a file, what is answered to it, how its tables are to be read."""

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import UploadFile

from adapters.documents.limits import MIB
from api.page_forms import MOST_BYTES, AsSent

_MOST_ANSWERS = 100_000
_TEXTS = {"step", "name", "content", "program", "answers", "remember", "checked", "csrf"}
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
        return bool(self.content) and all(map(_OF_TABLES.fullmatch, self.wrong))

    @property
    def wrong_tables(self) -> set[str]:
        """The numbers of the tables that something is wrong about."""
        return {name.split(".")[1] for name in self.wrong if _OF_TABLES.fullmatch(name)}


async def posted(form: AsSent) -> Posted:
    """The form that a request sends."""
    sent = form.multi_items()
    files = [(name, one) for name, one in sent if isinstance(one, UploadFile)]
    texts = [
        (name, one)
        for name, one in sent
        if isinstance(one, str) and (name, one) != ("file", "")  # none was chosen
    ]
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
