"""Where data are malformed, by JSON pointer, and why, in two languages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from pydantic_core import ErrorDetails

_NEEDED = {
    "bool": "Нужно true или false",
    "date": "Нужна дата ГГГГ-ММ-ДД",
    "datetime": "Нужен момент с часовым поясом, например 2021-03-24T12:00:00+03:00",
    "dict": "Нужен объект",
    "int": "Нужно целое число",
    "list": "Нужен список",
    "model": "Нужен объект",
    "string": "Нужна строка",
    "timezone": "Нужен момент с часовым поясом, например 2021-03-24T12:00:00+03:00",
    "tuple": "Нужен список",
}
_WHY = {
    "enum": "Допустимо: {expected}",
    "extra_forbidden": "Такого поля или параметра нет",
    "greater_than": "Должно быть больше {gt}",
    "greater_than_equal": "Должно быть не меньше {ge}",
    "less_than_equal": "Должно быть не больше {le}",
    "literal_error": "Допустимо: {expected}",
    "missing": "Не хватает обязательного",
    "string_too_long": "Не длиннее {max_length} знаков",
    "string_too_short": "Не короче {min_length} знаков",
    "too_long": "Не больше {max_length} штук",
    "too_short": "Не меньше {min_length} штук",
    "value_error": "{error}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A malformed place: `root` is the body, the query, a header or the path; `pointer` within it
    (RFC 6901, empty for the whole); `why` by language.
    """

    root: str
    pointer: str
    why: Mapping[str, str]


def places_of_request(error: RequestValidationError) -> list[Place]:
    """Every malformed place of a request, once."""
    return _distinct(
        Place(str(root), _pointer(_path(of_error, path, error.body)), _why(of_error))
        for of_error in error.errors()
        for root, *path in [of_error["loc"]]
    )


def places_of(error: ValidationError) -> list[Place]:
    """Every malformed place of a document or of settings, once."""
    return _distinct(
        Place("", _pointer([str(part) for part in of_error["loc"]]), _why(of_error))
        for of_error in error.errors()
    )


def _distinct(places: Iterable[Place]) -> list[Place]:
    """What stands within another malformed place names it better: an empty list of malformed items
    is not too short.
    """
    found = {(place.root, place.pointer, place.why["ru"]): place for place in places}
    return [
        place
        for place in found.values()
        if not any(
            root == place.root and pointer.startswith(f"{place.pointer}/")
            for root, pointer, _ in found
        )
    ]


def _path(error: ErrorDetails, path: Iterable[Any], body: Any) -> list[str]:
    """The parts that are really in the body: the names of a union's members are not."""
    if error["loc"][0] != "body":
        return [str(part) for part in path]
    return list(_walked(error, list(path), body))


def _walked(error: ErrorDetails, path: list[Any], inside: Any) -> Iterator[str]:
    for number, part in enumerate(path, start=1):
        if _holds(inside, part):
            inside = inside[part]
        elif error["type"] != "missing" or number < len(path):
            continue
        yield str(part)


def _holds(inside: Any, part: Any) -> bool:
    if isinstance(inside, list):
        return isinstance(part, int) and part < len(inside)
    return isinstance(inside, dict) and part in inside


def _pointer(path: Iterable[str]) -> str:
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)


def _why(error: ErrorDetails) -> Mapping[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    english = error["msg"].removeprefix("Value error, ")
    if kind == "json_invalid":
        where = re.search(r"line (\d+) column (\d+)", english)
        at = f": строка {where[1]}, знак {where[2]}" if where else ""
        return {"ru": f"Это не JSON{at}", "en": english}
    needed = _NEEDED.get(kind.split("_")[0], "Записано неправильно")
    russian = _WHY.get(kind, needed).format_map(context).replace("' or '", "' или '")
    return {"ru": russian, "en": english}
