"""A calculation as a clerk writes it: «ДМУ=(52/57)*100»."""

import re
from decimal import Decimal

from application.intake.text import figure, plain
from domain.indicator import Calculation

_NUMBER = r"(\d+(?: \d{3})*(?:[.,]\d+)?)"
_BY, _TIMES = r" ?[/:÷∕] ?", r" ?[*xхXХ×·∙⋅] ?"
_LEAD, _TAIL = r"(?<![\w.,/])", r"(?![\w.,/]|\d)"
_WAYS = (
    (re.compile(rf"{_LEAD}{_NUMBER}{_BY}{_NUMBER} ?\)? ?{_TIMES}{_NUMBER}{_TAIL}"), (1, 2, 3)),
    (re.compile(rf"{_LEAD}{_NUMBER}{_TIMES}{_NUMBER} ?\)?{_BY}{_NUMBER}{_TAIL}"), (1, 3, 2)),
    (re.compile(rf"{_LEAD}{_NUMBER}{_TIMES}\( ?{_NUMBER}{_BY}{_NUMBER} ?\)"), (2, 3, 1)),
)
HUNDRED = Decimal(100)


def calculation(printed: str) -> Calculation:
    """The formula, and where it divides two numbers and multiplies once, and only once, these.

    Which of two multiplied numbers is the factor is known only where it is 100.
    """
    formula = plain(printed)
    found = {
        numbers
        for way, order in _WAYS
        for hit in way.finditer(formula)
        if (numbers := _numbers(hit, order)) is not None
    }
    if len(found) != 1:
        return Calculation(formula=formula)
    numerator, denominator, factor = found.pop()
    return Calculation(formula=formula, numerator=numerator, denominator=denominator, factor=factor)


def _numbers(hit: re.Match[str], order: tuple[int, int, int]) -> tuple[str, str, str] | None:
    numerator, denominator, factor = (figure(hit[place]) for place in order)
    if order == (1, 3, 2) and HUNDRED not in (numerator, factor):
        return None
    if order == (1, 3, 2) and numerator == HUNDRED:
        numerator, factor = factor, numerator
    return format(numerator, "f"), format(denominator, "f"), format(factor, "f")
