"""Form 1, drawn small and invented: facts and plans, absences, calculations, computed columns."""

import pytest

from application.intake.answers import Answers
from application.intake.refused import AnswersNeeded
from application.intake.text import folded
from domain.values import Absent
from tests.application.intake.whole import Told, told

TITLES = (
    *("№ пп", "Наименование показателя", "Ед. измерения"),
    *("факт на начало отчетного периода (за прошлый год)", "план на конец отчетного года"),
    *("факт на конец отчетного периода", "Абсолютное отклонение факта от плана"),
    *("Относительное отклонение факта от плана, %", "Темп роста к прошлому году, %"),
    *("Обоснование отклонений", "Расчет значения показателя"),
)
HEAD = " | ".join(TITLES)
BODY = """
= Показатели цели «Выдуманный порядок»
1 | Доля убранных дворов | % | 80 | 90 | 85,5 | −4,5 | 95 | 106,88 | Снегопад | Д=(171/200)*100
= Показатели задачи 1 «Выдуманная чистота.»
1. | Вывезено мусора | тонн | 1 000 | 1 200 | 1\u00a0250,50 | 50,50 | 104,21 | 125,05 | |
"""
TITLE = "за 2031 год"


def form(body: str, *, head: str = HEAD) -> Told:
    return told(TITLE, head + body)


def one(**cells: str) -> Told:
    """A form of one indicator with these cells."""
    names = (
        "number",
        "name",
        "unit",
        "last",
        "plan",
        "fact",
        "off",
        "ratio",
        "growth",
        "why",
        "how",
    )
    given = {"number": "1", "name": "Доля дворов", "unit": "%"} | cells
    row = " | ".join(given.get(name, "") for name in names)
    return form(f"\n= Показатели цели «Порядок»\n{row}\n")


def test_every_column_speaks_of_its_cell() -> None:
    found = form(BODY)
    assert not found.unread
    assert found.of("target:") == {"goal-1:2031": "90", "objective-1-1:2031": "1200"}
    assert found.of("fact:goal-1:") == {"2030": "80", "2031": "85.5"}
    assert found.of("fact:objective-1-1:") == {"2030": "1000", "2031": "1250.50"}
    assert found.said["fact:objective-1-1:2031"].printed == "1 250,50"
    assert found.of("control:deviation:") == {"goal-1:2031": "-4.5", "objective-1-1:2031": "50.50"}
    assert found.of("control:ratio:") == {"goal-1:2031": "95", "objective-1-1:2031": "104.21"}
    assert found.of("control:growth:") == {"goal-1:2031": "106.88", "objective-1-1:2031": "125.05"}
    assert found.of("calculation:") == {"goal-1:2031": "Д=(171/200)*100"}
    assert found.of("explanation:") == {"goal-1:2031": "Снегопад"}


def test_headings_are_the_tree() -> None:
    found = form(BODY)
    assert found.of("element:") == {
        "goal:kind": "goal", "goal:name": "Выдуманный порядок",
        "objective-1:kind": "objective", "objective-1:parent": "goal",
        "objective-1:number": "1.", "objective-1:name": "Выдуманная чистота",
    }  # fmt: skip
    assert found["indicator:objective-1-1:element"] == "objective-1"
    assert found["indicator:objective-1-1:number"] == "1"
    assert found["indicator:objective-1-1:unit"] == "тонн"


def test_a_heading_keeps_the_quotes_that_close_a_name_within_it() -> None:
    found = form("\n= Показатели цели «Порядок в городе «Выдуманный»\n1 | Д | % | 1 | 1 | 1\n")
    assert found["element:goal:name"] == "Порядок в городе «Выдуманный»"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"fact": "0"}, "0"),
        ({"fact": "-"}, "?not_stated"),
        ({"fact": "х"}, "?not_applicable"),
        ({"fact": "Показатель не подвергался мониторингу"}, "?not_measured"),
        ({"fact": "нет данных"}, "?not_reported"),
        ({"fact": "срок не наступил"}, "?not_due"),
        ({"fact": ""}, ""),
        (
            {"fact": "0", "why": "не проводился / в связи с отсутствием специалиста"},
            "?not_measured",
        ),
        ({"fact": "0,0", "why": "Мониторинг в отчетном году не проводился"}, "?not_measured"),
        ({"fact": "-", "why": "Опрос не проводился"}, "?not_measured"),
        ({"fact": "0", "why": "Субботники не проводились"}, "0"),
        ({"fact": "5", "why": "Мониторинг не проводился"}, "5"),
        ({"fact": "0", "name": "Число опросов", "why": "Опрос не проводился"}, "0"),
    ],
)
def test_an_absence_is_no_zero_and_a_zero_no_absence(cells: dict[str, str], said: str) -> None:
    found = one(**cells)
    assert not found.unread
    assert found["fact:goal-1:2031"] == said


def test_an_absence_keeps_what_is_printed() -> None:
    value = one(fact="0", why="не проводился").said["fact:goal-1:2031"]
    assert isinstance(value, Absent)
    assert (value.printed, value.reason) == ("0", "Мониторинг не проводился")


@pytest.mark.parametrize(
    "printed", ["12.5.1", "1 2", "12а", "мониторинг не проводился, было 5", "?"]
)
def test_what_is_no_figure_is_refused_by_its_cell(printed: str) -> None:
    found = one(fact=printed)
    assert len(found.unread) == 1
    assert printed in found.unread[0]
    assert "fact:goal-1:2031" not in found.said


def test_figures_one_a_line_are_several_and_not_thousands() -> None:
    found = one(fact="90 / 910", plan="1 000")
    assert found.unread == ("не число: «90 / 910»",)
    assert one(fact="90\t910").unread == ("не число: «90 910»",)
    assert found["target:goal-1:2031"] == "1000"


def test_a_unit_with_a_raised_figure_is_the_same_unit() -> None:
    assert folded("кв. м²") == folded("кв. м2")


def test_a_dash_explains_nothing() -> None:
    assert not one(fact="1", why="-", how="–").of("explanation:")


def test_an_explanation_that_names_a_person_stays_in_the_paper() -> None:
    assert one(fact="1", why="Болел Озерков П.С.")["explanation:goal-1:2031"] == "?not_carried"


def test_a_name_goes_on_in_the_next_row() -> None:
    found = form(
        """
        = Показатели цели «Порядок»
        1 | Доля убранных дворов, | % | 80 | 90 | 85 | | | | Снегопад и |
          | площадок и скверов    |   |    |    |    | | | | метель     |
        2 | Доля садов            | % | 1 | 2 | 3
        """
    )
    assert not found.unread
    assert found["indicator:goal-1:name"] == "Доля убранных дворов, площадок и скверов"
    assert found["explanation:goal-1:2031"] == "Снегопад и метель"
    assert found["indicator:goal-2:name"] == "Доля садов"


def test_a_row_that_may_be_another_indicator_is_not_glued_to_the_one_above() -> None:
    found = form("\n= Показатели цели «Порядок»\n1 | Доля | % | 1 | 2 | 3\n | Доля садов | | | |\n")
    assert found["indicator:goal-1:name"] == "Доля"
    assert len(found.unread) == 1


def test_an_indicator_under_no_heading_is_refused() -> None:
    found = form("\n1 | Доля | % | 1 | 2 | 3\n")
    assert found.unread == ("над показателем не назван элемент программы",)


def test_an_indicator_without_a_number_gets_its_place() -> None:
    found = form(
        "\n= Показатели цели «Порядок»\n | Доля | % | 1 | 2 | 3\n | Часть | % | 1 | 2 | 4\n"
    )
    assert found.of("fact:") == {
        "goal-1:2030": "1", "goal-1:2031": "3", "goal-2:2030": "1", "goal-2:2031": "4",
    }  # fmt: skip
    assert not found["indicator:goal-1:number"]


def test_two_rows_of_a_header_are_one() -> None:
    """As the official form prints it: «Значение показателя» over three columns."""
    upper = " | ".join([*TITLES[:3], "Значение показателя", "", "", *TITLES[6:]])
    lower = " | ".join(["", "", "", *TITLES[3:6], *[""] * 5])
    assert form(BODY, head=f"{upper}\n{lower}").said == form(BODY).said


def test_facts_of_a_part_of_a_year_are_of_that_part() -> None:
    found = told("за 9 месяцев 2031 года", HEAD + BODY)
    assert found["fact:goal-1:2031-Q3"] == "85.5"
    assert found["target:goal-1:2031"] == "90"
    assert found["control:ratio:goal-1:2031-Q3"] == "95"


def test_the_year_is_asked_for_where_the_paper_says_none_or_several() -> None:
    for titles in ([], ["за 2031 год", "за 2032 год"]):
        with pytest.raises(AnswersNeeded, match=r"\(year\)"):
            told(*titles, HEAD + BODY)
        found = told(*titles, HEAD + BODY, answers=Answers(year=2032))
        assert found["fact:goal-1:2032"] == "85.5"


def test_answers_name_directions_units_and_what_is_printed_torn() -> None:
    given = Answers.model_validate(
        {
            "direction": "increase",
            "directions": {"goal-1": "decrease"},
            "units": {"goal-1": "процент"},
            "names": {"element:goal:name": "Порядок"},
        }
    )
    found = told(TITLE, HEAD + BODY, answers=given)
    assert found["indicator:goal-1:direction"] == "decrease"
    assert found["indicator:objective-1-1:direction"] == "increase"
    assert found["indicator:goal-1:unit"] == "%"
    assert found["element:goal:name"] == "Порядок"
