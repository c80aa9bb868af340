"""Form 2, drawn small and invented: which rows are lines of money, and which are printed sums."""

import pytest

from application.intake.answers import Answers
from tests.application.intake.whole import Told, told

CODES, SPENT, SHARE = "Коды классификации", "Расходы, тыс. рублей", "Кассовые расходы, %"
UPPER = (
    *(CODES, CODES, CODES, CODES, "Наименование программы, мероприятия", "Исполнитель"),
    *(SPENT, SPENT, SPENT, SHARE, SHARE, "Обоснование отклонений"),
)
LOWER = (
    *("МП", "Пп", "ОМ", "М", "", "", "план на отчетный год", "план на отчетный период"),
    *("кассовое исполнение на конец отчетного периода", "к плану на год", "к плану на период", ""),
)
HEAD = " | ".join(UPPER) + "\n" + " | ".join(LOWER)
BODY = """
07 | 0 | 0  | 0 | Муниципальная программа «Сад» | Всего | 1 300,5 | 1 300,5 | 1\u00a0200,25 | 92,3 | 92 | Зной
   |   |    |   |                       | МУ «Сад» | 1 300,5 | 1 300,5 | 1 200,25 | 92,3 | 92,3 |
Задача 1. Посадить деревья |  |  |      |          |         |         |          |      |      |
07 | 0 | 01 | 0 | Основное мероприятие «Посадки» | Всего | 1 300,5 | 1 300,5 | 1 200,25 | 92,3 | 92,3 |
   |   |    |   |                       | МУ «Сад» | 1 300,5 | 1 300,5 | 1 200,25 | 92,3 | 92,3 |
07 | 0 | 01 | 1 | Липы                  | Всего    | 1 000   | 1 000   | 1 000    | 100  | 100  |
   |   |    |   |                       | МУ «Сад» | 1 000   | 1 000   | 1 000    | 100  | 100  |
07 | 0 | 01 | 2 | Клены                 | Всего    | 300,5   | 300,5   | 200,25   | 66,6 | 66,6 |
   |   |    |   |                       | МУ «Сад» | 300,5   | 300,5   | 200,25   | 66,6 | 66,6 | Зной
"""
TITLE = "за 2031 год"


def form(body: str = BODY, *, head: str = HEAD, title: str = TITLE) -> Told:
    return told(title, head + body)


def test_rows_of_executors_of_the_lowest_elements_are_lines() -> None:
    found = form()
    assert not found.unread
    assert found.of("appropriation:2031:") == {
        "07.0.01.1:mu-sad:-": "1000000.00", "07.0.01.2:mu-sad:-": "300500.00",
    }  # fmt: skip
    assert found.of("period-plan:2031:") == {
        "07.0.01.1:mu-sad:-:2031": "1000000.00", "07.0.01.2:mu-sad:-:2031": "300500.00",
    }  # fmt: skip
    assert found.of("cash-report:2031:") == {
        "07.0.01.1:mu-sad:-:2031": "1000000.00", "07.0.01.2:mu-sad:-:2031": "200250.00",
    }  # fmt: skip
    assert found.said["cash-report:2031:07.0.01.2:mu-sad:-:2031"].printed == "200,25"


def test_every_other_sum_and_all_percents_are_control_figures() -> None:
    found = form()
    cash = found.of("control:cash:2031:")
    assert cash == {
        "program:all": "1200250.00", "program:mu-sad": "1200250.00",
        "07.0.01.0:all": "1200250.00", "07.0.01.0:mu-sad": "1200250.00",
        "07.0.01.1:all": "1000000.00", "07.0.01.2:all": "200250.00",
    }  # fmt: skip
    assert found.said["control:cash:2031:program:all"].printed == "1 200,25"
    assert found.of("control:percent-year:2031:07.0.01.2:") == {"all": "66.6", "mu-sad": "66.6"}


def test_codes_are_the_tree_under_the_headings() -> None:
    found = form()
    assert found["passport:title"] == "Сад"
    assert found["passport:code"] == "07"
    assert found["passport:body.mu-sad"] == "МУ «Сад»"
    assert found.of("element:objective-1:") == {
        "kind": "objective", "number": "1.", "name": "Посадить деревья",
    }  # fmt: skip
    assert found.of("element:07.0.01.0:") == {
        "kind": "main_measure", "parent": "objective-1", "code": "07.0.01.0",
        "name": "Основное мероприятие «Посадки»",
    }  # fmt: skip
    assert found["element:07.0.01.1:parent"] == "07.0.01.0"
    assert found.said["element:07.0.01.1:code"].printed == "07 0 01 1"


def test_explanations_are_of_lines_and_those_of_sums_are_said_to_be_left_out() -> None:
    found = form()
    assert found.of("explanation:") == {"2031:07.0.01.2:mu-sad:-:2031": "Зной"}
    assert len(found.left_out) == 1


def test_a_code_in_one_column_is_the_same_code() -> None:
    head = " | ".join(UPPER[3:]) + "\n" + " | ".join(["", *LOWER[4:]])
    body = BODY.replace("07 | 0 | 0  | 0 ", "07 0 0 0").replace(
        "Задача 1. Посадить деревья | | | ", "Задача 1. Посадить деревья"
    )
    for measure in ("01 | 0", "01 | 1", "01 | 2"):
        body = body.replace(f"07 | 0 | {measure}", f"07 0 {measure.replace(' |', '')}")
    body = body.replace("   |   |    |   |", "  |")
    assert form(body, head=head).said == form().said


def test_one_header_over_four_columns_is_that_of_a_split_code() -> None:
    head = HEAD.replace("МП | Пп | ОМ | М |", "| | | |")
    assert form(head=head).said == form().said


@pytest.mark.parametrize(("one", "other"), [("Е4", "E4"), ("D2", "Д2")])
def test_look_alike_letters_of_a_code_are_one_code(one: str, other: str) -> None:
    letters = [form(BODY.replace("| 01 |", f"| {letter} |")) for letter in (one, other)]
    assert letters[0].of("appropriation:") == letters[1].of("appropriation:")


def test_rubles_are_rubles_and_a_unit_that_nobody_says_is_refused() -> None:
    in_rubles = form(head=HEAD.replace("тыс. рублей", "рублей"))
    assert in_rubles["appropriation:2031:07.0.01.1:mu-sad:-"] == "1000.00"
    unsaid = form(head=HEAD.replace(", тыс. рублей", ""))
    assert len(unsaid.unread) == 3
    assert not unsaid.of("appropriation:")
    assert unsaid["control:percent-year:2031:program:all"] == "92.3"
    noted = told(TITLE, "(тыс. руб.)", HEAD.replace(", тыс. рублей", "") + BODY)
    assert noted.said == form().said


def test_an_element_that_has_no_executors_states_its_own_line() -> None:
    found = form("\n07 | 0 | 01 | 1 | Липы | Всего | 10 | 10 | 5 | 50 | 50 |\n")
    assert found.of("appropriation:") == {"2031:07.0.01.1:-:-": "10000.00"}
    assert found.of("control:") == {
        "percent-year:2031:07.0.01.1:all": "50", "percent-period:2031:07.0.01.1:all": "50",
    }  # fmt: skip


SOURCES_HEAD = "\n".join(
    " | ".join([*titles[:6], above, *titles[6:]])
    for titles, above in ((UPPER, "Источник финансирования"), (LOWER, ""))
)


def test_sources_tell_lines_apart_and_their_whole_is_a_sum() -> None:
    found = form(
        """
        07 | 0 | 01 | 1 | Липы | Всего | | 15 | 15 | 6 | 40 | 40 |
        | | | | | МУ «Сад» | Всего | 15 | 15 | 6 | 40 | 40 |
        | | | | | | Бюджет городского округа | 10 | 10 | 4 | 40 | 40 |
        | | | | | | Бюджет Выдуманной области | 5 | 5 | 2 | 40 | 40 |
        """,
        head=SOURCES_HEAD,
    )
    assert not found.unread
    assert found.of("appropriation:2031:07.0.01.1:") == {
        "mu-sad:municipal": "10000.00", "mu-sad:regional": "5000.00",
    }  # fmt: skip
    assert found.of("control:plan-year:2031:07.0.01.1:") == {
        "all": "15000.00",
        "mu-sad": "15000.00",
    }
    assert len(found.left_out) == 4


def test_a_row_printed_twice_is_still_a_line() -> None:
    row = "   |   |    |   |                       | МУ «Сад» | 1 000   | 1 000   | 1 000    | 100  | 100  |"
    assert row in BODY
    assert form(BODY.replace(row, f"{row}\n{row}")).said == form().said
    twice = form(BODY.replace(row, f"{row}\n{row.replace('1 000   |', '2 000   |')}"))
    assert len(twice.unread) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("07 | 0 | 01 | ? | Липы | Всего | 1 | 1 | 1 | 1 | 1 |", "не код"),
        ("- | 0 | 01 | 1 | Липы | Всего | 1 | 1 | 1 | 1 | 1 |", "не код"),
        ("07 | 0 | 01 |  | Липы | Всего | 1 | 1 | 1 | 1 | 1 |", "не код"),
        ("07 | 0 | 01 | 1 | Липы | Всего | 1 2 | 1 | 1 | 1 | 1 |", "не число: «1 2»"),
        ("07 | 0 | 01 | 1 | Липы | Всего | 0,000001 | 1 | 1 | 1 | 1 |", "не число"),
        ("07 | 0 | 01 | 1 | Липы | 1 000 | 1 | 1 | 1 | 1 | 1 |", "не на своём месте: «1 000»"),
        ("| | | | Липы | | | | | | |", "строка без сумм и без кода: «Липы»"),
        (" | | | | | МУ «Сад» | 1 | 1 | 1 | 1 | 1 |", "о каком мероприятии"),
    ],
)
def test_what_cannot_be_read_is_refused(row: str, why: str) -> None:
    found = form(f"\n{row}\n")
    assert found.unread
    assert why in found.unread[0]
    assert not found.of("appropriation:")


def test_a_row_of_nobody_is_refused() -> None:
    found = form(
        "\n07 | 0 | 01 | 1 | Липы | Всего | 1 | 1 | 1 | 1 | 1 |\n | | | | | | 1 | 1 | 1 | 1 | 1 |\n"
    )
    assert found.unread == ("строка без исполнителя",)


def test_an_unknown_source_is_refused() -> None:
    found = form(
        "\n07 | 0 | 01 | 1 | Липы | МУ «Сад» | из тумбочки | 1 | 1 | 1 | 1 | 1 |\n",
        head=SOURCES_HEAD,
    )
    assert found.unread == ("неизвестный источник «из тумбочки»",)


def test_sums_of_a_part_of_a_year_are_left_out_for_those_kept_are_of_the_year() -> None:
    found = form(title="за I квартал 2031 года")
    assert found["cash-report:2031:07.0.01.1:mu-sad:-:2031-Q1"] == "1000000.00"
    assert found["appropriation:2031:07.0.01.1:mu-sad:-"] == "1000000.00"
    assert set(found.of("control:")) == {
        f"plan-year:2031:{of}"
        for of in ("program:all", "program:mu-sad", "07.0.01.0:all", "07.0.01.0:mu-sad",
                   "07.0.01.1:all", "07.0.01.2:all")
    }  # fmt: skip


def test_a_body_goes_by_two_names_if_the_answers_say_so() -> None:
    body = """
    07 | 0 | 01 | 1 | Липы  | МУ «Сад» | 1 | 1 | 1 | 1 | 1 |
    07 | 0 | 01 | 2 | Клены | «Сад»    | 2 | 2 | 2 | 2 | 2 |
    """
    apart = form(body)
    assert apart.of("passport:body.") == {"mu-sad": "МУ «Сад»", "sad": "«Сад»"}
    given = Answers(ids={"МУ «Сад»": "sad", "«Сад»": "sad"})
    one = told(TITLE, HEAD + body, answers=given)
    assert not one.unread
    assert one.of("passport:body.") == {"sad": "МУ «Сад»"}
