"""Headings: what they are made of can be found in them again."""

import pytest

from application.intake.text import folded
from application.reports.printing.words import (
    act_of,
    aim,
    answering,
    indicators_of,
    money_of,
    period_in_words,
    titled,
)
from application.reports.tree import Element
from domain.values import ElementKind

HEADINGS = [
    [cell.strip() for cell in row.split("|")]
    for row in """
subprogram   | I    | Услуги                  | Подпрограмма I «Услуги»     | подпрограммы I «Услуги»
subprogram   | 1.   | Подпрограмма I «Я»      | Подпрограмма I «Я»         | подпрограммы «Подпрограмма I «Я»»
goal         |      | Развитие                | Цель «Развитие»             | цели «Развитие»
objective    | 1.   | Качество                | Задача 1 «Качество»         | задачи 1 «Качество»
main_measure |      | Мост                    | Основное мероприятие «Мост» | основного мероприятия «Мост»
measure      | 01.1 | Мост                    | Мост                        | мероприятия 01.1 «Мост»
project      | 2    | Проект 2 «Мост»         | Проект 2 «Мост»             | проекта «Проект 2 «Мост»»
""".strip().splitlines()
]


@pytest.mark.parametrize(("kind", "number", "name", "row", "group"), HEADINGS)
def test_headings(kind: str, number: str, name: str, row: str, group: str) -> None:
    element = Element("e", ElementKind(kind), None, number or None, name)
    assert titled(element) == row
    assert indicators_of(element) == f"Показатели {group}"
    assert folded(name) in folded(row)
    assert folded(name) in folded(group)


def test_totals_and_aims() -> None:
    subprogram = Element("1", ElementKind.SUBPROGRAM, None, "1.", "Подпрограмма II «Сети»")
    federal = Element("2.D6", ElementKind.MAIN_MEASURE, "1", None, "Основное мероприятие Д6. Мост")
    objective = Element("o", ElementKind.OBJECTIVE, None, "2.", "Открытость")
    assert money_of(subprogram) == "Всего по подпрограмме II"
    assert money_of(federal) == "Всего по основному мероприятию Д6"
    assert aim(objective) == "Задача 2. Открытость"


def test_who_answers() -> None:
    assert answering("Начальник отдела", "person-4") == "Начальник отдела (person-4)"
    assert answering(None, "person-4") == "(person-4)"
    assert answering("Руководители школ", None) == "Руководители школ"


def test_acts() -> None:
    assert act_of("Постановление", "Администрация города") == "Постановление Администрации города"
    assert act_of("Решение", None) == "Решение"
    assert act_of("Решение суда", "Условный суд") == "Решение суда Условный суд"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024", "2024 год"),
        ("2024-Q3", "III квартал 2024 года"),
        ("2024-H2", "II полугодие 2024 года"),
        ("2024-03", "март 2024 года"),
    ],
)
def test_periods(period: str, words: str) -> None:
    assert period_in_words(period) == words
