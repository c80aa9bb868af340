"""Shapes that commands share: a value written inline, or as a plain string."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from domain.values import AbsenceReason, Absent, CellValue, Stated, Text, Value


def _from_text(given: Any) -> Any:
    return {"value": given} if isinstance(given, str) else given


GivenValue = Annotated[
    CellValue,
    BeforeValidator(_from_text),
    Field(
        description='A value `{"value": "91.2"}` (or just `"91.2"`), or an absence '
        '`{"absent": "not_measured", "reason": "…"}`',
        examples=[
            {"value": "91.2"},
            {"absent": "not_measured", "reason": "Мониторинг не проводился"},
        ],
    ),
]


class AsPrinted(Value):
    """Why something is recorded as printed although it contradicts what else is known."""

    reason: Text = Field(min_length=1)


class InlineValue(Value):
    """A value or an absence among other fields: exactly one of `value` and `absent`."""

    value: Text | None = Field(default=None, examples=["91.2"])
    absent: AbsenceReason | None = None
    reason: Text = ""
    printed: str = ""

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.value is None) == (self.absent is None):
            msg = "нужно ровно одно из двух: value или absent"
            raise ValueError(msg)
        return self

    @property
    def stated(self) -> CellValue:
        if self.absent is not None:
            return Absent(absent=self.absent, reason=self.reason, printed=self.printed)
        return Stated(value=self.value or "", printed=self.printed)
