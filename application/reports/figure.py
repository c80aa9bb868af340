"""A figure of a form: stated by a document, computed by a rule, or absent and why."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pydantic import ConfigDict, Field, model_serializer

from domain.dates import Assertion, Moved
from domain.values import Absent, AbsenceReason, Stated, Value


class Figure(Value):
    """Exactly one of `value` and `absent` is there, never both, never null for an absence.

    Stated: `position` and `document` say which event and which document. Computed: `rule` and `from`
    say how and from which events; `printed` is what the paper prints in that place. Decimals are
    strings with a point; money is in rubles with two digits.
    """

    model_config = ConfigDict(populate_by_name=True)

    value: str | None = None
    absent: AbsenceReason | None = None
    reason: str | None = None
    unit: str | None = None
    position: int | None = None
    document: str | None = None
    rule: str | None = None
    from_: tuple[int, ...] | None = Field(default=None, alias="from")
    printed: str | None = None

    @model_serializer
    def without_gaps(self) -> dict[str, Any]:
        """Only what is there; `from_` under its name `from`."""
        shown = {name: getattr(self, name) for name in type(self).model_fields}
        shown["from"] = shown.pop("from_")
        return {name: value for name, value in shown.items() if value is not None}

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


def stated(said: Assertion | None, unit: str | None = None) -> Figure:
    """What a document states about a cell; «not stated» where none does."""
    if said is None:
        return Figure(absent=AbsenceReason.NOT_STATED)
    where = {"position": said.position, "document": said.timing.document}
    printed = said.value.printed or None
    if isinstance(said.value, Absent):
        reason = said.value.reason or None
        return Figure(absent=said.value.absent, reason=reason, printed=printed, **where)
    return Figure(value=said.value.value, unit=said.value.unit or unit, printed=printed, **where)


def printed(said: Assertion | None) -> str | None:
    """What a paper prints where Letopis computes (a control figure), None if nothing."""
    if said is None or not isinstance(said.value, Stated):
        return None
    return said.value.printed or said.value.value


def computed(
    value: Decimal | None, rule: str, sources: Iterable[int], *, unit: str | None = None,
    control: Assertion | None = None,
) -> Figure:
    """A computed figure; `undefined` where the rule gives none. `control` is the paper's own."""
    about = {
        "rule": rule, "from": tuple(sorted(set(sources))), "printed": printed(control),
    }
    if value is None:
        return Figure(absent=AbsenceReason.UNDEFINED, **about)
    return Figure(value=format(value, "f"), unit=unit, **about)


def moved(sum_: Moved | None, control: Assertion | None = None) -> Figure:
    """A sum of postings in rubles; absent where nothing was posted."""
    if sum_ is None:
        return Figure(absent=AbsenceReason.NOT_REPORTED)
    return computed(sum_.amount, "postings", sum_.positions, unit="rub", control=control)


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """part ÷ whole × 100, rounded half up to two digits without trailing zeros; None if undefined."""
    if part is None or not whole:
        return None
    return shortest((part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP))


def shortest(value: Decimal) -> Decimal:
    """Without trailing zeros after the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def total(figures: Iterable[Figure], rule: str, control: Assertion | None = None) -> Figure:
    """The sum of money figures in rubles, absences left out; absent where none has a value."""
    present = [figure for figure in figures if figure.value is not None]
    if not present:
        return Figure(absent=AbsenceReason.NOT_STATED, printed=printed(control))
    amount = sum((Decimal(f.value or "0") for f in present), Decimal("0.00"))
    sources = [position for figure in present for position in figure.sources]
    return computed(amount, rule, sources, unit="rub", control=control)
