"""Calculations as clerks write them; all figures here are invented."""

import pytest

from application.intake.calculation import calculation


@pytest.mark.parametrize(
    "printed",
    [
        "Д=(52/57)*100",
        "Д = (52 / 57) × 100",
        "(52/57)х100",
        "(52/57)x100%",
        "52:57·100",
        "52÷57 ∙ 100 = 91,2",
        "П=Кп/Кз х 100 (91,2=52/57*100)",
        "100*(52/57)",
        "52*100/57",
        "100 × 52 / 57",
        "52/57*100; то же: 52 / 57 × 100",
    ],
)
def test_two_numbers_divided_are_told(printed: str) -> None:
    found = calculation(printed)
    assert (found.numerator, found.denominator, found.factor) == ("52", "57", "100")
    assert found.formula == " ".join(printed.split())


@pytest.mark.parametrize(
    "printed",
    [
        "Количественный подсчет",
        "52/57",
        "(50+2)/57*100",
        "52/57*100 и 51/57*100",
        "1/52/57*100",
        "2*3/57",
        "Д12/57*100",
        "",
    ],
)
def test_nothing_is_guessed(printed: str) -> None:
    found = calculation(printed)
    assert (found.numerator, found.denominator) == (None, None)


def test_decimals_and_thousands_are_read() -> None:
    found = calculation("(1 234,50/2 000)*1000")
    assert (found.numerator, found.denominator, found.factor) == ("1234.50", "2000", "1000")
