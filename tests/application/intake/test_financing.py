"""Financing by source and year, drawn small and invented: lines of money and printed sums."""

import pytest
from hypothesis import given, strategies as st

from tests.application.intake.drawn import Rows
from tests.application.intake.whole import rows, shuffled, told

HEAD = """
Наименование подпрограммы | Источник финансирования | Всего, тыс. руб. | в том числе по годам, тыс. руб.:
                          |                         |                  | 2031 год | 2032 год
"""
BODY = """
Подпрограмма I «Выдуманные парки» | Бюджет городского округа | 1 500,5 | 1 000,5 | 500
                                  | Бюджет Выдуманной области | 20 | 20 | 0
Всего по подпрограмме I           |                          | 1 520,5 | 1 020,5 | 500
Подпрограмма II «Выдуманные катки» | Бюджет городского округа | 3 | 1 | 2
                                  | Внебюджетные источники   | 0,15 | - | 0,15
Всего по подпрограмме II          |                          | 3,15 | 1 | 2,15
ИТОГО по муниципальной программе  |                          | 1 523,65 | 1 021,5 | 502,15
в том числе:                      | Бюджет городского округа | 1 503,5 | 1 001,5 | 502
                                  | Бюджет Выдуманной области | 20 | 20 | 0
"""
TABLE = HEAD.rstrip() + BODY


def test_lines_are_of_an_element_a_source_and_a_year() -> None:
    found = told(TABLE)
    assert not found.unread
    assert found.of("appropriation:") == {
        "2031:1:-:municipal": "1000500.00", "2032:1:-:municipal": "500000.00",
        "2031:1:-:regional": "20000.00", "2032:1:-:regional": "0.00",
        "2031:2:-:municipal": "1000.00", "2032:2:-:municipal": "2000.00",
        "2031:2:-:off_budget": "?not_stated", "2032:2:-:off_budget": "150.00",
    }  # fmt: skip
    assert found.said["appropriation:2031:1:-:municipal"].printed == "1 000,5"


def test_printed_sums_are_control_figures() -> None:
    found = told(TABLE)
    assert found.of("control:financing:1:") == {
        "municipal:total": "1500500.00", "regional:total": "20000.00",
        "all:total": "1520500.00", "all:2031": "1020500.00", "all:2032": "500000.00",
    }  # fmt: skip
    assert found.of("control:financing:program:") == {
        "all:total": "1523650.00", "all:2031": "1021500.00", "all:2032": "502150.00",
        "municipal:total": "1503500.00", "municipal:2031": "1001500.00",
        "municipal:2032": "502000.00",
        "regional:total": "20000.00", "regional:2031": "20000.00", "regional:2032": "0.00",
    }  # fmt: skip


def test_elements_that_nothing_else_names_are_told() -> None:
    assert told(TABLE).of("element:") == {
        "1:kind": "subprogram", "1:name": "Подпрограмма I «Выдуманные парки»",
        "2:kind": "subprogram", "2:name": "Подпрограмма II «Выдуманные катки»",
    }  # fmt: skip


def test_a_name_torn_over_two_rows_is_whole() -> None:
    torn = BODY.replace("«Выдуманные парки»", "«Выдуманные").replace(
        "                                  | Бюджет Выдуманной", "парки» | Бюджет Выдуманной", 1
    )
    assert told(HEAD.rstrip() + torn).said == told(TABLE).said


def test_a_lost_leading_cell_is_found() -> None:
    lost = BODY.replace("                                  | Внебюджетные", "Внебюджетные")
    assert told(HEAD.rstrip() + lost).said == told(TABLE).said


def test_rows_above_other_rows_are_sums() -> None:
    """A subprogram whose measures have money of their own has none."""
    text = """
Наименование | Источник | 2031 год, руб.
Подпрограмма 1 «Выдуманные парки» | Местный бюджет | 30
Основное мероприятие 01 «Дорожки» | Местный бюджет | 10,25
Основное мероприятие 02 «Деревья» | Местный бюджет | 19,75
Всего по программе | | 30
"""
    found = told(text.replace(", руб.", ""), "рубли")
    assert found.unread == ("в заголовке не сказано, рубли это или тысячи рублей",)
    found = told("(руб.)", text.replace(", руб.", ""))
    assert not found.unread
    assert found.of("appropriation:2031:") == {
        "1.01:-:municipal": "10.25", "1.02:-:municipal": "19.75",
    }  # fmt: skip
    assert found.of("control:") == {
        "financing:1:municipal:2031": "30.00", "financing:program:all:2031": "30.00",
    }  # fmt: skip


def test_an_element_without_sources_is_a_line_without_one() -> None:
    found = told("""
Мероприятие | Источник финансирования | 2031 год, тыс. руб.
Основное мероприятие 01 «Дорожки» | Всего | 10
Основное мероприятие 02 «Деревья» | – | 5
""")
    assert found.of("appropriation:") == {"2031:01:-:-": "10000.00", "2031:02:-:-": "5000.00"}


def test_executors_have_lines_of_their_own() -> None:
    found = told("""
Мероприятие | Исполнитель | Источник финансирования | Всего | 2031 год, тыс. руб.
Основное мероприятие 01 «Дорожки» | Отдел парков | Местный бюджет | 10 | 10
                                  | МУ «Тропа» | Местный бюджет | 5 | 5
Всего по основному мероприятию 01 | Всего | | 15 | 15
""")
    assert not found.unread
    assert found.of("passport:body.") == {"otdel-parkov": "Отдел парков", "mu-tropa": "МУ «Тропа»"}
    assert found.of("appropriation:") == {
        "2031:01:otdel-parkov:municipal": "10000.00", "2031:01:mu-tropa:municipal": "5000.00",
    }  # fmt: skip
    assert found.of("control:") == {
        "financing:01:all:total": "15000.00", "financing:01:all:2031": "15000.00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("| Бюджет удачи | 1 | 1 | 0", "не понят источник: «Бюджет удачи»"),
        ("| Внебюджетные источники | 1 | один | 0", "не число: «один»"),
        ("| Внебюджетные источники | 1 | 1,000001 | 0", "не число"),
        ("| Внебюджетные источники | 10 00 | 1 | 0", "не число"),
        ("Прочие расходы | Местный бюджет | 1 | 1 | 0", "не понято, чьи это суммы"),
        ("Всего по подпрограмме VII | | 1 | 1 | 0", "не понято, чьи это суммы"),
        ("Итого | | 1 | 1 | 0", "не понято, чьи это суммы"),
        ("| | | 5 |", "чьи они, не сказано"),
        ("| Бюджет городского округа | 4 | 1 | 2", "уже сказано"),
    ],
)
def test_what_can_not_be_read_is_told(row: str, why: str) -> None:
    place = "Всего по подпрограмме II "
    assert place in TABLE
    found = told(TABLE.replace(place, f"{row}\n{place}"))
    assert any(why in one for one in found.unread), found.unread


NUMBERS = ["1", "2", "3", "4", "5"]
NOISE: list[Rows] = [[[""] * 5], [*rows(HEAD), NUMBERS], [["Примечание: выдумано", *[""] * 4]]]


@given(
    order=st.permutations(range(5)),
    cut=st.integers(0, 9),
    noise=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(NOISE)), max_size=3),
    headed=st.booleans(),
)
def test_the_same_table_in_another_shape_says_the_same(
    order: list[int], cut: int, noise: list[tuple[int, Rows]], *, headed: bool
) -> None:
    """Columns shuffled, split over pages with the header again or without, noise rows between."""
    head, body = [*rows(HEAD), NUMBERS], rows(BODY)
    for place, some in sorted(noise, key=lambda one: one[0], reverse=True):
        body[place:place] = [list(row) for row in some]
    parts: list[Rows] = [head + body[:cut], (head if headed else []) + body[cut:]]
    found = told(*(shuffled(part, order) for part in parts if part))
    assert not found.unread
    assert found.said == told(TABLE).said


@given(
    place=st.integers(0, 9),
    row=st.lists(
        st.sampled_from(["", "", "5", "12,5", "—", "* * *", "Подготовил отдел", "стр. 3", "х"]),
        min_size=5,
        max_size=5,
    ),
)
def test_a_row_of_anything_is_refused_or_changes_nothing(place: int, row: list[str]) -> None:
    """But for a dash as the source: that row is money of a source that is not named."""
    body = rows(BODY)
    body.insert(place, [row[0], row[1].replace("—", ""), *row[2:]])
    found = told(rows(HEAD) + body)
    assert found.unread or found.said == told(TABLE).said
