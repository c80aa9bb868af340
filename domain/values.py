"""Values: what a cell may hold. A number keeps its printed precision; an absence is never zero."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from domain.refusals import NotANumber, NotMoney

MOST_DIGITS = 28
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MONEY = re.compile(r"-?[0-9]+\.[0-9]{2}")
_IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Value(BaseModel):
    """An immutable value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def number(text: str) -> Decimal:
    """The exact decimal written in `text` («91.20» stays 91.20).

    Refuses (NotANumber): NaN, infinity, exponents, more than 28 digits.
    """
    digits = len(text) - text.count("-") - text.count(".")
    if not _NUMBER.fullmatch(text) or digits > MOST_DIGITS:
        raise NotANumber(value=text[:60])
    return Decimal(text)


def money(text: str) -> Decimal:
    """Rubles with two digits after the point, exact to the kopeck. Refuses: NotMoney."""
    if not _MONEY.fullmatch(text) or len(text) > MOST_DIGITS:
        raise NotMoney(value=text[:60])
    return Decimal(text)


def identifier(text: str) -> str:
    """A name inside stream ids and cell keys: Latin letters, digits, point, hyphen, underscore."""
    if not re.fullmatch(_IDENTIFIER, text):
        msg = "латинские буквы, цифры, точка, дефис и подчёркивание, до 80 знаков"
        raise ValueError(msg)
    return text


Identifier = Annotated[
    str, AfterValidator(identifier), Field(json_schema_extra={"pattern": f"^{_IDENTIFIER}$"})
]


def _storable(text: str) -> str:
    if "\0" in text:
        msg = "в тексте стоит знак NUL, который нельзя хранить"
        raise ValueError(msg)
    return text


Text = Annotated[str, Field(max_length=4000), AfterValidator(_storable)]


def _day(given: object) -> object:
    if isinstance(given, date) or (isinstance(given, str) and _DAY.fullmatch(given)):
        return given
    raise PydanticCustomError("date_type", "Input should be a date, YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day)]
"""A day as documents give it, never a number of seconds."""


class AbsenceReason(StrEnum):
    """Why there is no value."""

    NOT_MEASURED = "not_measured"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    NOT_STATED = "not_stated"
    NOT_DUE = "not_due"
    NOT_CARRIED = "not_carried"
    UNDEFINED = "undefined"


class Stated(Value):
    """A value that a document states: a decimal, money in rubles, a date or a text, as a string."""

    value: Text
    unit: str = ""
    printed: str = ""


class Absent(Value):
    """A document (or nobody) says that there is no value, and why. `printed` is what stood there."""

    absent: AbsenceReason
    reason: Text = ""
    printed: str = ""


CellValue = Stated | Absent
NOT_STATED = Absent(absent=AbsenceReason.NOT_STATED)


class Direction(StrEnum):
    """Which way an indicator is meant to move; printed in none of the forms, so always explicit."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class ElementKind(StrEnum):
    """Levels of a program's tree; any level may be missing."""

    SUBPROGRAM = "subprogram"
    GOAL = "goal"
    OBJECTIVE = "objective"
    MAIN_MEASURE = "main_measure"
    MEASURE = "measure"
    PROJECT = "project"
    PROCESS_MEASURES = "process_measures"


class FundingSource(StrEnum):
    """Where the money comes from; `-` where the paper does not say."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    OFF_BUDGET = "off_budget"
    NOT_STATED = "-"


Edge = Literal["starts_on", "ends_on"]


def same(one: CellValue, other: CellValue) -> bool:
    """Whether two cell values say the same: 90 and 90.0 do, «нет данных» and zero never do."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return isinstance(one, Absent) and isinstance(other, Absent) and one.absent == other.absent
    if _NUMBER.fullmatch(one.value) and _NUMBER.fullmatch(other.value):
        return Decimal(one.value) == Decimal(other.value)
    return one.value == other.value


def shown(value: CellValue, language: Literal["ru", "en"] = "ru") -> str:
    """The value in words for a refusal or a diff."""
    none = "нет" if language == "ru" else "none"
    return value.value if isinstance(value, Stated) else f"{none} ({value.absent})"
