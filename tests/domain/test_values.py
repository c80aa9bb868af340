"""Values: exact numbers, money to the kopeck, and absences that are never zero."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from domain.legal_act import Document
from domain.refusals import NotANumber, NotMoney
from domain.values import (
    AbsenceReason,
    Absent,
    CellValue,
    Stated,
    Value,
    identifier,
    money,
    number,
    same,
    shown,
)
from tests.given import absent, stated

NO_NUMBERS = [
    "", " 1", "1 ", "+1", "1,5", "1.", ".5", "1e3", "1_000", "0x1", "NaN", "nan", "Infinity",
    "-inf", "1e400", "--1", "१२", "٣", "½", "1" * 29, "1" * 20 + "." + "1" * 9, "1\n",
]  # fmt: skip


@pytest.mark.parametrize("text", ["0", "-0", "91.20", "007", "1" * 28, "-" + "1" * 28])
def test_a_number_is_exact_and_keeps_its_digits(text: str) -> None:
    assert str(number(text)) == str(Decimal(text))


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        number(text)
    assert refused.value.values == {"value": text[:60]}


@pytest.mark.parametrize("text", ["0.00", "-1.00", "312480.00", "0.01", "9" * 25 + ".99"])
def test_money_is_rubles_and_two_digits(text: str) -> None:
    assert str(money(text)) == text


@pytest.mark.parametrize("text", ["1", "1.0", "1.000", "1,00", "9" * 26 + ".99", *NO_NUMBERS])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(NotMoney):
        money(text)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20), max_value=10**20
    )
)
def test_every_amount_to_the_kopeck_is_money(amount: Decimal) -> None:
    assert money(f"{amount:.2f}") == amount


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with suppress(NotANumber):
        assert number(text).is_finite()


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        (stated("90"), stated("90.00"), True),
        (stated("-0"), stated("0"), True),
        (stated("Школа"), stated("Школа"), True),
        (stated("Школа"), stated("школа"), False),
        (stated("04.0"), stated("4"), True),
        (stated("1e1"), stated("10"), False),
        (stated("0"), absent(), False),
        (absent(), stated("0"), False),
        (stated(""), absent(), False),
        (absent(), absent(), True),
        (absent(), absent(AbsenceReason.NOT_REPORTED), False),
        (
            Absent(absent=AbsenceReason.NOT_MEASURED, reason="не проводился"),
            absent(AbsenceReason.NOT_MEASURED),
            True,
        ),
        (Stated(value="90", unit="%", printed="90,0"), stated("90"), True),
    ],
)
def test_saying_the_same(one: CellValue, other: CellValue, *, are_same: bool) -> None:
    assert same(one, other) is are_same


@pytest.mark.parametrize("reason", list(AbsenceReason))
def test_no_absence_is_the_same_as_zero_or_nothing(reason: AbsenceReason) -> None:
    for value in ("0", "0.00", "", "-"):
        assert not same(absent(reason), stated(value))
    assert shown(absent(reason)) == f"нет ({reason})"


def test_an_absence_has_no_value_and_a_value_no_absence() -> None:
    for fields in ({"value": "1", "absent": "not_due"}, {"value": None}, {"absent": "zero"}, {}):
        with pytest.raises(ValidationError):
            Holder.model_validate({"cell": fields})
    assert Holder.model_validate({"cell": {"absent": "not_due"}}).cell == absent(
        AbsenceReason.NOT_DUE
    )


class Holder(Value):
    cell: CellValue


def test_values_do_not_change_and_know_their_fields() -> None:
    with pytest.raises(ValidationError):
        stated("1").value = "2"  # type: ignore[misc]  # refused at run time too
    with pytest.raises(ValidationError):
        Stated.model_validate({"value": "1", "amount": "2"})


@pytest.mark.parametrize("text", ["kedrovy", "04.0.02.4", "mu-kultura", "2-3.1", "A_1", "a" * 80])
def test_an_identifier(text: str) -> None:
    assert identifier(text) == text


@pytest.mark.parametrize("text", ["", "-a", ".a", "a b", "а", "a:b", "a/b", "a" * 81, "a\n", "é"])
def test_what_is_no_identifier(text: str) -> None:
    with pytest.raises(ValueError, match="латинские"):
        identifier(text)


def test_a_date_is_no_number() -> None:
    with pytest.raises(NotANumber):
        number(str(date(2021, 1, 1)))


def test_a_text_can_be_stored() -> None:
    with pytest.raises(ValidationError, match="NUL"):
        Stated(value="а\0б")


@pytest.mark.parametrize("no_boolean", [0, 1, "yes", "true", None])
def test_a_boolean_is_nothing_else(no_boolean: object) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate({"kind": "memo", "date": "2021-01-01", "date_stated": no_boolean})
