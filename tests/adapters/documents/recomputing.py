"""A small spreadsheet: the formulas that forms have, computed from the cells they name."""

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

_RANGE = re.compile(r"\b([A-Z]+\d+):([A-Z]+\d+)\b")
_CELL = re.compile(r"(?<![A-Z\"'])\b([A-Z]+\d+)\b(?![\"'])")


class _Blank(Decimal):
    """An empty cell: a zero to calculations, nothing to those who count."""


def computed(sheet: Worksheet, at: str) -> Any:
    """What a cell gives: its value, or that of its formula."""
    value = sheet[at].value
    if not (isinstance(value, str) and value.startswith("=")):
        return Decimal(repr(value)) if isinstance(value, int | float) else value
    text = re.sub(r"(?<![<>=])=", "==", value[1:]).replace("<>", "!=")
    text = _RANGE.sub(r"_all('\1','\2')", text)
    text = _CELL.sub(r"_of('\1')", text)
    text = re.sub(r"(?<![\w.'])(\d+(?:\.\d+)?)(?![\w'])", r"Decimal('\1')", text)

    def all_of(first: str, last: str) -> list[Any]:
        return [computed(sheet, cell.coordinate) for row in sheet[first:last] for cell in row]

    def of(place: str) -> Any:
        value = computed(sheet, place)
        return _Blank() if value in {None, ""} else value

    names: dict[str, Callable[..., Any]] = {"_all": all_of, "_of": of, **_FUNCTIONS}
    return eval(text, {"__builtins__": {}, "Decimal": Decimal}, names)  # noqa: S307 (our own formulas)


def _numbers(given: Sequence[Any]) -> list[Decimal]:
    flat = [one for many in given for one in (many if isinstance(many, list) else [many])]
    return [one for one in flat if isinstance(one, Decimal) and not isinstance(one, _Blank)]


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *given: sum(_numbers(given), Decimal(0)),
    "COUNT": lambda *given: len(_numbers(given)),
    "AND": lambda *given: all(given),
    "IF": lambda condition, then, otherwise: then if condition else otherwise,
    "ROUND": lambda value, digits: value.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP),
}
