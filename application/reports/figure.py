"""A figure of a form: stated by a document, computed by a rule, or absent and why."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Annotated

from pydantic import ConfigDict, Field

from domain.dates import Assertion, Moved
from domain.values import MOST_DIGITS, AbsenceReason, Absent, Stated, Value

RUBLES = "rub"

# Two figures of the most digits each, far apart, still add, subtract and divide without loss.
_EXACT = Context(prec=4 * MOST_DIGITS)


def _nothing(value: object) -> bool:
    return value is None


Shown = Field(exclude_if=_nothing)
"""A field that is left out of the JSON where there is nothing to show."""


class Figure(Value):
    """Exactly one of `value` and `absent` is there, never both, never null for an absence.

    Stated: `position` and `document` say which event and which document. Computed: `rule` and
    `from` say how and from which events; `printed` is what the paper prints in that place. Decimals
    are strings with a point; money is in rubles with two digits.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    value: Annotated[str | None, Shown] = None
    absent: Annotated[AbsenceReason | None, Shown] = None
    reason: Annotated[str | None, Shown] = None
    unit: Annotated[str | None, Shown] = None
    position: Annotated[int | None, Shown] = None
    document: Annotated[str | None, Shown] = None
    rule: Annotated[str | None, Shown] = None
    from_: Annotated[tuple[int, ...] | None, Shown, Field(alias="from")] = None
    printed: Annotated[str | None, Shown] = None

    @property
    def number(self) -> Decimal | None:
        """The decimal, None where absent."""
        return Decimal(self.value) if self.value is not None else None

    @property
    def sources(self) -> tuple[int, ...]:
        """The events behind the figure."""
        if self.from_ is not None:
            return self.from_
        return (self.position,) if self.position is not None else ()


def stated(
    said: Assertion | None,
    unit: str | None = None,
    otherwise: AbsenceReason = AbsenceReason.NOT_STATED,
) -> Figure:
    """What a document states about a cell; absent for the reason `otherwise` where none does."""
    if said is None:
        return Figure(absent=otherwise)
    value, position, document = said.value, said.position, said.timing.document
    if isinstance(value, Absent):
        return Figure(
            absent=value.absent,
            reason=value.reason or None,
            position=position,
            document=document,
            printed=value.printed or None,
        )
    return Figure(
        value=value.value,
        unit=value.unit or unit,
        position=position,
        document=document,
        printed=value.printed or None,
    )


def printed(said: Assertion | None) -> str | None:
    """What a paper prints where Letopis computes (a control figure), None if nothing."""
    if said is None or not isinstance(said.value, Stated):
        return None
    return said.value.printed or said.value.value


def computed(
    value: Decimal | None,
    rule: str,
    sources: Iterable[int],
    *,
    unit: str | None = None,
    control: Assertion | None = None,
) -> Figure:
    """A computed figure; `undefined` where the rule gives none. `control` is the paper's own."""
    undefined = value is None
    return Figure(
        value=None if value is None else format(value, "f"),
        absent=AbsenceReason.UNDEFINED if undefined else None,
        unit=None if undefined else unit,
        rule=rule,
        from_=tuple(sorted(set(sources))),
        printed=printed(control),
    )


def moved(sum_: Moved | None, control: Assertion | None = None) -> Figure:
    """A sum of postings in rubles; absent where nothing was posted."""
    if sum_ is None:
        return Figure(absent=AbsenceReason.NOT_REPORTED)
    return computed(sum_.amount, "postings", sum_.positions, unit=RUBLES, control=control)


def difference(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """One − other, exact, without trailing zeros; None if undefined."""
    if one is None or other is None:
        return None
    with localcontext(_EXACT):
        return shortest(one - other)


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Part ÷ whole × 100, half up to two digits without trailing zeros; None if undefined."""
    if part is None or not whole:
        return None
    with localcontext(_EXACT):
        return shortest((part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def shortest(value: Decimal) -> Decimal:
    """Without trailing zeros after the point, and zero without a sign."""
    with localcontext(_EXACT):
        whole = value.to_integral_value()
        return whole + 0 if value == whole else value.normalize()


def total(
    figures: Iterable[Figure],
    rule: str,
    control: Assertion | None = None,
    otherwise: AbsenceReason = AbsenceReason.NOT_STATED,
) -> Figure:
    """The sum of money figures in rubles, absences left out.

    Absent for the reason `otherwise` where none has a value.
    """
    present = [figure for figure in figures if figure.value is not None]
    if not present:
        return Figure(absent=otherwise, printed=printed(control))
    with localcontext(_EXACT):
        stated_only = (f.number for f in present if f.number is not None)
        amount = sum(stated_only, Decimal("0.00"))
    sources = [position for figure in present for position in figure.sources]
    return computed(amount, rule, sources, unit=RUBLES, control=control)


def sum_of_lines(
    figures: Sequence[Figure],
    *,
    finest: bool,
    control: Assertion | None = None,
    otherwise: AbsenceReason = AbsenceReason.NOT_STATED,
) -> Figure:
    """The money of one cell of a form: the sum of its lines.

    In a row that is itself a line (`finest`) the figure stands as stated, unless several lines
    (sources) share the row.
    """
    if finest and len(figures) == 1:
        return figures[0]
    return total(figures, "sum of lines", control, otherwise)
