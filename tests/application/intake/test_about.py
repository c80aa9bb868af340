"""What an invented paper is about: the periods that its titles name, and what is asked where they do not."""

import pytest

from application.intake.about import parts_in, periods_in
from application.intake.answers import Answers
from application.intake.refused import AnswersNeeded
from application.intake.text import folded
from tests.application.intake.test_form_1 import BODY, HEAD
from tests.application.intake.whole import Told, told

SHEET = "{title} | | | | | | | | | |\n" + HEAD + BODY


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Отчёт за 2031 год", "2031"),
        ("за отчётный 2031 г.", "2031"),
        ("за 1 квартал 2031 года", "2031-Q1"),
        ("за I кв. 2031 г.", "2031-Q1"),
        ("за первый квартал 2031 года", "2031-Q1"),
        ("за 3-й квартал 2031г", "2031-Q3"),
        ("за IV квартал\u00a02031 года", "2031-Q4"),
        ("за 6 месяцев 2031 года", "2031-H1"),
        ("за полугодие 2031 года", "2031-H1"),
        ("за второе полугодие 2031 года", "2031-H2"),
        ("за девять месяцев 2031 года", "2031-Q3"),
        ("за 9 мес. (январь – сентябрь) 2031 года", "2031-Q3"),
        ("за январь–июнь 2031 года", "2031-H1"),
        ("за 12 месяцев 2031 года", "2031"),
        ("за январь-декабрь 2031 года", "2031"),
        ("за март 2031 года", "2031-03"),
        ("за 11 месяцев 2031 года", "2031-?"),
    ],
)
def test_a_title_names_a_period(title: str, period: str) -> None:
    assert set(periods_in(folded(title))) == {period}


@pytest.mark.parametrize(
    "title",
    ["на 2031 год", "за 2031-2033 годы", "за счёт средств 2031 года", "маркетинг в 2031 году"],
)
def test_other_words_name_none(title: str) -> None:
    assert not set(periods_in(folded(title)))


def test_a_year_whose_title_speaks_of_a_part_of_it_may_be_either() -> None:
    assert set(periods_in(folded("за 2031 год (9 месяцев)"))) == {"2031", "2031-Q3"}
    assert parts_in(folded("факт за 1 квартал и полугодие")) == {"Q1", "H1"}


def form(*titles: str, **answers: object) -> Told:
    return told(*titles, HEAD + BODY, answers=Answers.model_validate(answers))


@pytest.mark.parametrize(
    "titles",
    [
        ("за 2031 год", "за 6 месяцев 2031 года"),
        ("за 11 месяцев 2031 года",),
        ("по состоянию на 01.07.2031",),
    ],
)
def test_a_part_of_a_year_is_never_taken_for_the_year(titles: tuple[str, ...]) -> None:
    for answers in ({}, {"year": 2031}):
        with pytest.raises(AnswersNeeded, match=r"\(period"):
            form(*titles, **answers)
    assert form(*titles, period="2031-H1")["fact:goal-1:2031-H1"] == "85.5"
    assert form(*titles, period="2031")["fact:goal-1:2031"] == "85.5"


def test_a_year_that_is_answered_does_not_overrule_the_paper_in_silence() -> None:
    with pytest.raises(AnswersNeeded, match=r"\(period"):
        form("за 2030 год", year=2031)
    assert form("за 2030 год", period="2031")["fact:goal-1:2031"] == "85.5"
    assert form("за 2030 год", "за 2031 год", year=2031)["fact:goal-1:2031"] == "85.5"


def test_a_sheet_has_its_title_in_a_row_over_the_header() -> None:
    assert told(SHEET.format(title="Отчёт за 2031 год"))["fact:goal-1:2031"] == "85.5"
    quarter = told(SHEET.format(title="за 1 квартал 2031 г."), answers=Answers(year=2031))
    assert quarter["fact:goal-1:2031-Q1"] == "85.5"
    assert not quarter["fact:goal-1:2031"]
