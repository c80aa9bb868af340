"""Printed figures against exact ones, at the precision that the paper prints."""

from collections.abc import Iterable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    localcontext,
)
from enum import StrEnum
from itertools import pairwise

from application.intake.text import figure
from domain.dates import Assertion
from domain.refusals import NotANumber
from domain.values import MOST_DIGITS, CellValue, Stated

EXACT = Context(prec=4 * MOST_DIGITS)
_NBSP = "\u00a0"
_FEW_DIGITS = 2


class Slip(StrEnum):
    """How a printed figure misses the exact one."""

    TRUNCATED = "truncated"
    ROUNDED = "rounded otherwise"
    SIGN = "sign"
    DIGIT = "digit"
    OTHER = "other"


def slip(printed: Decimal, exact: Decimal) -> Slip | None:
    """How `printed` misses `exact` at the digits that it has; None if it is `exact` rounded half up."""
    unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    with localcontext(EXACT):
        nearest = exact.quantize(unit, ROUND_HALF_UP)
        if printed == nearest:
            return None
        if printed == exact.quantize(unit, ROUND_DOWN):
            return Slip.TRUNCATED
        otherwise = (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_EVEN)
        if printed in {exact.quantize(unit, rounding) for rounding in otherwise}:
            return Slip.ROUNDED
        if -printed in {nearest, exact.quantize(unit, ROUND_DOWN)}:
            return Slip.SIGN
    return Slip.DIGIT if wrong_digit(printed, exact) else Slip.OTHER


def wrong_digit(printed: Decimal, exact: Decimal) -> str:
    """The one slip of a typist's finger that makes the exact figure the printed one, in Russian words;
    empty if there is none.
    """
    if (printed < 0) != (exact < 0):
        return ""
    stands = russian(abs(printed)).replace(_NBSP, "")
    return next((told for right in _spellings(abs(exact)) if (told := _slipped(stands, right))), "")


def _spellings(exact: Decimal) -> Iterable[str]:
    """The exact figure as papers print it: with none to three digits after the comma."""
    for digits in range(4):
        with localcontext(EXACT):
            rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        yield russian(rounded).replace(_NBSP, "")


def _slipped(stands: str, right: str) -> str:
    if len(right.replace(",", "")) < _FEW_DIGITS or stands == right:
        return ""
    for place, digit in enumerate(right):
        if digit != "," and right[:place] + right[place + 1 :] == stands:
            return f"потеряна цифра {digit}"
    for place, digit in enumerate(stands):
        if digit != "," and stands[:place] + stands[place + 1 :] == right:
            return f"лишняя цифра {digit}"
    if stands.replace(",", "") == right.replace(",", ""):
        return "сдвинута запятая"
    if len(stands) != len(right):
        return ""
    apart = [place for place in range(len(right)) if stands[place] != right[place]]
    if (
        len(apart) == 1
        and len(right) > _FEW_DIGITS
        and "," not in {stands[apart[0]], right[apart[0]]}
    ):
        return f"вместо цифры {right[apart[0]]} стоит {stands[apart[0]]}"
    for one, other in pairwise(apart):
        if len(apart) == _FEW_DIGITS and stands[one] + stands[other] == right[other] + right[one]:
            return "цифры переставлены"
    return ""


def read(said: Assertion | None) -> Decimal | None:
    """The figure as printed, with its printed digits; None if nothing or no number is printed."""
    if said is None or not isinstance(said.value, Stated):
        return None
    try:
        return figure(said.value.printed or said.value.value)
    except NotANumber:
        return None


def text_of(value: CellValue) -> str:
    """What the paper prints there."""
    return value.printed or (value.value if isinstance(value, Stated) else "")


def told(said: Assertion) -> str:
    """What the paper prints there, for a sentence: a figure that came without a text is spelled."""
    exact = None if said.value.printed else number_of(said)
    return text_of(said.value) if exact is None else russian(exact)


def number_of(said: Assertion | None) -> Decimal | None:
    """The stated decimal of a cell, None where it is absent, not stated or no number."""
    if said is None or not isinstance(said.value, Stated):
        return None
    try:
        return figure(said.value.value)
    except NotANumber:
        return None


def russian(value: Decimal) -> str:
    """The figure as Russian papers print it: decimal comma, no-break spaces between thousands."""
    return f"{value:,f}".replace(",", _NBSP).replace(".", ",").replace("-", "−")


def rounded(exact: Decimal, digits: int = 2) -> Decimal:
    """The figure half up at most to so many digits, without trailing zeros."""
    with localcontext(EXACT):
        near = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        whole = near.to_integral_value()
        return whole + 0 if near == whole else near.normalize()


def as_printed(exact: Decimal, printed: Decimal) -> Decimal:
    """The exact figure half up to the digits that the printed one has."""
    with localcontext(EXACT):
        return exact.quantize(Decimal(1).scaleb(int(printed.as_tuple().exponent)), ROUND_HALF_UP)


def difference(one: Decimal, other: Decimal) -> Decimal:
    """One − other, exact."""
    with localcontext(EXACT):
        return one - other


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Part ÷ whole × 100 without rounding; `whole` is not zero."""
    with localcontext(EXACT):
        return part * 100 / whole


def change(one: Decimal, other: Decimal) -> Decimal:
    """(One − other) ÷ other × 100 without rounding; `other` is not zero."""
    return percent(difference(one, other), other)
