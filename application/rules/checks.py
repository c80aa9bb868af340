"""The computed columns of Forms 1 and 2: each printed figure beside the exact one."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from application.reports.figure import Figure
from application.reports.form_1 import Form1Row, form_1
from application.reports.form_2 import form_2
from application.reports.tree import PROGRAM
from application.rules.figures import Slip, change, difference, percent, read, russian, slip
from application.rules.sheet import Sheet
from domain import cells
from domain.dates import Assertion
from domain.values import AbsenceReason, Direction

COLUMNS = {
    "deviation": "Отклонение",
    "ratio": "Отношение факта к плану",
    "growth": "Темп роста",
    "percent-year": "Процент к плану на год",
    "percent-period": "Процент к плану на период",
}

_AGREES = {None, Slip.TRUNCATED}

Nothing = Literal["absence", "zero", "zero of zero"]
Reading = Literal["share", "change"]


class Formula(NamedTuple):
    """How a column follows from two figures, in words with `{one}` and `{other}`."""

    by: Callable[[Decimal, Decimal], Decimal]
    words: str
    divides: bool


DEVIATION = Formula(difference, "{one} − {other}", divides=False)
SHARE = Formula(percent, "{one} ÷ {other} × 100", divides=True)
CHANGE = Formula(change, "({one} − {other}) ÷ {other} × 100", divides=True)


@dataclass(frozen=True, slots=True)
class Check:
    """A figure that a paper prints in a computed column, and what it should be.

    `exact` is not rounded; None where there is none, and `nothing` says why: an input is absent, the
    divisor is zero, or both are. `formula` is the computation in figures, Russian. `growth` beside a
    ratio: what the next column should hold.
    """

    form: str
    column: str
    said: Assertion
    printed: Decimal | None
    exact: Decimal | None
    nothing: Nothing | None
    formula: str
    positions: tuple[int, ...]
    growth: Decimal | None = None

    @property
    def cell(self) -> str:
        return self.said.cell

    @property
    def agrees(self) -> bool:
        """Whether a figure is printed and it is the right one."""
        return self.printed is not None and self.exact is not None and self.slip is None

    @property
    def slip(self) -> Slip | None:
        """How the printed figure misses the exact one; None if it does not, or there is none."""
        if self.printed is None or self.exact is None:
            return None
        return slip(self.printed, self.exact)


def checks(sheet: Sheet) -> Iterator[Check]:
    """All checks of a paper, form by form."""
    for year in _years(sheet, "deviation", "ratio", "growth"):
        yield from _form_1(sheet, year)
    for year in _years(sheet, "percent-year", "percent-period"):
        yield from _form_2(sheet, year)


def _years(sheet: Sheet, *columns: str) -> list[int]:
    """The years for which the paper prints some of these columns: Form 1 keeps the year last."""
    found = {
        parts[2] if parts[1].startswith("percent") else parts[3]
        for cell in sheet.figures
        if (parts := cells.parts(cell))[1] in columns and len(parts) > 3  # noqa: PLR2004 (see above)
    }
    return sorted(int(year) for year in found if year.isdigit())


def header(column: str, year: int | str) -> str:
    """The cell with the printed header of a column of Form 1."""
    return f"control:header:form-1:{column}:{year}"


def readings(sheet: Sheet, year: int, column: str) -> Counter[Reading]:
    """How many figures of a column of Form 1 can be read as a share (fact ÷ plan) and as a change
    ((fact − plan) ÷ plan), where the two differ.
    """
    found: Counter[Reading] = Counter()
    for row in form_1(sheet.state, year).rows:
        printed = read(sheet.state.said(f"control:{column}:{row.indicator}:{year}"))
        fact, plan = row.fact.number, _divisor(row, column).number
        if printed is None or fact is None or not plan:
            continue
        found["share"] += slip(printed, percent(fact, plan)) in _AGREES
        found["change"] += slip(printed, change(fact, plan)) in _AGREES
    return found


def _form_1(sheet: Sheet, year: int) -> Iterator[Check]:
    formulas = {"deviation": DEVIATION, "ratio": SHARE, "growth": SHARE}
    for column in ("ratio", "growth"):
        found = readings(sheet, year, column)
        formulas[column] = CHANGE if found["change"] > found["share"] else SHARE
    for row in form_1(sheet.state, year).rows:
        for column, formula in formulas.items():
            said = sheet.figures.get(f"control:{column}:{row.indicator}:{year}")
            if said is not None and _carried(row.fact, _divisor(row, column)):
                yield _of_row(said, row, column, year, formula)


def _divisor(row: Form1Row, column: str) -> Figure:
    return row.last_fact if column == "growth" else row.plan


def _growth(row: Form1Row) -> Decimal | None:
    fact, last = row.fact.number, row.last_fact.number
    return percent(fact, last) if fact is not None and last else None


def _of_row(said: Assertion, row: Form1Row, column: str, year: int, formula: Formula) -> Check:
    growth = _growth(row) if column == "ratio" else None
    form = f"form-1:{year}"
    plain = _check(said, form, column, formula, row.fact, _divisor(row, column), growth)
    if column != "ratio" or formula is not SHARE or row.direction != Direction.DECREASE:
        return plain
    # The forms turn the ratio of an indicator that is meant to fall; a paper may not.
    turned = _check(said, form, column, formula, row.plan, row.fact, growth)
    return plain if plain.agrees else turned


def _form_2(sheet: Sheet, year: int) -> Iterator[Check]:
    for row in form_2(sheet.state, year).rows:
        of = f"{year}:{row.element or PROGRAM}:{row.executor_id or 'all'}"
        for column, plan in (("percent-year", row.plan_year), ("percent-period", row.plan_period)):
            said = sheet.figures.get(f"control:{column}:{of}")
            if said is not None and _carried(row.cash, plan):
                yield _check(said, f"form-2:{year}", column, SHARE, row.cash, plan)


def _carried(*figures: Figure) -> bool:
    """Whether nothing that the paper prints was left out of the ledger."""
    return all(figure.absent != AbsenceReason.NOT_CARRIED for figure in figures)


def _check(
    said: Assertion,
    form: str,
    column: str,
    formula: Formula,
    one: Figure,
    other: Figure,
    growth: Decimal | None = None,
) -> Check:
    part, whole = one.number, other.number
    nothing: Nothing | None = None
    exact = None
    if part is None or whole is None:
        nothing = "absence"
    elif formula.divides and not whole:
        nothing = "zero" if part else "zero of zero"
    else:
        exact = formula.by(part, whole)
    return Check(
        form=form,
        column=column,
        said=said,
        printed=read(said),
        exact=exact,
        nothing=nothing,
        formula=formula.words.format(one=_shown(one), other=_shown(other)),
        positions=tuple(sorted({*one.sources, *other.sources, said.position})),
        growth=growth,
    )


def _shown(figure: Figure) -> str:
    return "нет значения" if figure.number is None else russian(figure.number)


def by_form(found: tuple[Check, ...]) -> Mapping[str, list[Check]]:
    """The checks of each form."""
    forms: dict[str, list[Check]] = {}
    for check in found:
        forms.setdefault(check.form, []).append(check)
    return forms
