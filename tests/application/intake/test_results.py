"""Results written as sentences; what they say is invented."""

import pytest

from application.intake.results import Result, result, sentences
from domain.refusals import NotANumber
from domain.values import Stated


@pytest.mark.parametrize(
    ("sentence", "name", "unit", "targets"),
    [
        ("Доля А на уровне 100%.", "Доля А", "%", {None: "100"}),
        ("Доля А, в 2031 -41,67%", "Доля А", "%", {"2031": "41.67"}),
        ("Доля А в 2032-95,7%", "Доля А", "%", {"2032": "95.7"}),
        ("Доля А в 2032-12%", "Доля А", "%", {"2032": "12"}),
        ("Доля А в 2031 г. – 75%, в 2032 г. – 80%", "Доля А", "%", {"2031": "75", "2032": "80"}),
        ("Доля от 2030 - 10 дел в 2031 г. – 75%", "Доля от 2030 - 10 дел", "%", {"2031": "75"}),
        ("Доля А в 2031-H1 г. – 75%", "Доля А", "%", {"2031-H1": "75"}),
        (
            "Число А на 100 жителей в 2031 г. – 1 200",
            "Число А на 100 жителей",
            "",
            {"2031": "1200"},
        ),
        (
            "Скорость: не менее 50 Мбит/с на уровне 90%",
            "Скорость: не менее 50 Мбит/с",
            "%",
            {None: "90"},
        ),
        ("Доля А в 2031 г. – нет данных", "Доля А", "", {"2031": "нет: not_reported"}),
    ],
)
def test_a_result(sentence: str, name: str, unit: str, targets: dict[str | None, str]) -> None:
    found = result(sentence)
    assert found is not None
    told_ = {
        period: value.value if isinstance(value, Stated) else f"нет: {value.absent}"
        for period, value in found.targets
    }
    assert (found.name, found.unit, told_) == (name, unit, targets)


@pytest.mark.parametrize(
    "sentence",
    ["Обеспечение деятельности.", "Заключено 7 контрактов", "Скорость не ниже 3G", "к 2031 году"],
)
def test_a_sentence_without_a_figure_to_reach(sentence: str) -> None:
    assert result(sentence) is None


def test_a_figure_that_can_not_be_told() -> None:
    with pytest.raises(NotANumber):
        result("Доля А и Б 95 %")


def test_a_result_is_one_value() -> None:
    assert result("Доля - 5%") == Result("Доля", "%", ((None, Stated(value="5", printed="5")),))


def test_a_line_that_ends_open_goes_on_in_the_next_one() -> None:
    text = "Доля клубов:\nгородских – не менее 50;\nсельских на уровне 90%.\nДоля школ\nгорода - 5%"
    assert [line for line, _ in sentences([(text, None)])] == [
        "Доля клубов: городских – не менее 50; сельских на уровне 90%.",
        "Доля школ города - 5%",
    ]
    assert len(sentences([("доля школ - 5%\nдоля клубов - 6%", None)])) == 2
