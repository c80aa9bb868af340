"""Cells of printed forms: texts, figures, money, percents, days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from application.absences import NOT_COMPUTED, worded
from application.reports.figure import Figure
from application.reports.printed import Formula, PrintedCell, PrintedColumn, PrintedRow
from domain.refusals import NotANumber
from domain.values import MOST_DIGITS, AbsenceReason, number

NO_BREAK, MINUS = "\u00a0", "−"
LEAST_DIGITS = 2
EMPTY = PrintedCell()


def text(words: str | None) -> PrintedCell:
    """A text, nothing where there is none."""
    return PrintedCell(words or "")


def day(of: date | None) -> PrintedCell:
    """A day as papers print it, 24.03.2021."""
    return PrintedCell(f"{of:%d.%m.%Y}" if of else "")


def heading(words: str, columns: Sequence[PrintedColumn]) -> PrintedRow:
    """A row that heads those below it."""
    return PrintedRow((PrintedCell(words), *(EMPTY for _ in columns[1:])), "group")


def figure(of: Figure, formula: Formula | None = None) -> PrintedCell:
    """A figure with the precision it has: «100,0» if stated so. A text as it is; an absence in words."""
    if of.value is None:
        return absent(of)
    try:
        exact = number(of.value)
    except NotANumber:
        return PrintedCell(of.value)
    return PrintedCell(spelled(exact), exact, formula)


def money(of: Figure, formula: Formula | None = None) -> PrintedCell:
    """Rubles in thousands of rubles: at least two digits after the comma, and as many more as keep the
    exact amount.
    """
    if of.number is None:
        return absent(of)
    amount = in_thousands(of.number)
    return PrintedCell(spelled(amount), amount, formula)


def absent(of: Figure) -> PrintedCell:
    """An absence in words; in a computed column an «х»."""
    reason = of.absent or AbsenceReason.NOT_STATED
    if reason == AbsenceReason.UNDEFINED and of.rule is not None:
        return PrintedCell(NOT_COMPUTED)
    return PrintedCell(worded(reason, of.printed or ""))


def in_thousands(rubles: Decimal) -> Decimal:
    """Rubles as thousands of rubles, exact, without zeros that say nothing after the second digit."""
    sign, digits, exponent = rubles.as_tuple()
    shifted = Decimal((sign, digits, int(exponent) - 3))
    whole, _, fraction = format(shifted, "f").partition(".")
    return Decimal(f"{whole}.{fraction.rstrip('0').ljust(LEAST_DIGITS, '0')}")


def spelled(exact: Decimal) -> str:
    """A decimal as forms print it: «−1 129,01», thousands apart, all its digits."""
    whole, _, fraction = format(exact.copy_abs(), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", NO_BREAK)
    return f"{MINUS if exact < 0 else ''}{grouped}{f',{fraction}' if fraction else ''}"


def summed(
    cell: PrintedCell, parts: Sequence[tuple[int, PrintedCell]], *, blank: bool = False
) -> PrintedCell:
    """The cell with the formula that adds up its parts' rows, if they do add up to it; an empty cell
    only of a `blank`.
    """
    if not parts or (cell.number is None and not blank):
        return cell
    with localcontext(prec=4 * MOST_DIGITS):
        if (cell.number or 0) != sum(part.number or 0 for _, part in parts):
            return cell
    return replace(cell, formula=Formula(sum_of=tuple(row for row, _ in parts)))
