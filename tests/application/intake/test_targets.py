"""Planned results by year, drawn small and invented: elements, indicators, their figures."""

import pytest
from hypothesis import given, strategies as st

from tests.application.intake.drawn import Rows
from tests.application.intake.whole import rows, shuffled, told

HEAD = """
№ п/п | Основные мероприятия | Целевые показатели | Ед. изм. | Тип показателя | Базовое значение | План
      |                      |                    |          |                |       | 2031 год | 2032 год
1     | 2                    | 3                  | 4        | 5              | 6     | 7        | 8
"""
BODY = """
1.    | Подпрограмма I «Выдуманные парки» | | | | | |
1.1.  | Основное мероприятие 01. Дорожки  | Доля дорожек в порядке | % | основной | 40,0 | 45,0 | 50,5
      |                                   | Жалобы на дорожки | единица | основной | - | 0 | 0
1.2.  | Основное мероприятие Д7. Деревья  | Посажено деревьев | штука | | 7 | 1 200 | х
2.    | Подпрограмма II «Выдуманные катки» | | | | | |
2.1.  | Основное мероприятие 01. Дорожки  | Доля дорожек в порядке | % | | | 90 |
"""
TABLE = HEAD.rstrip() + BODY


def test_elements_are_told_by_their_headings_and_numbers() -> None:
    found = told(TABLE)
    assert not found.unread
    assert found.of("element:") == {
        "1:kind": "subprogram", "1:name": "Подпрограмма I «Выдуманные парки»", "1:number": "1.",
        "1.01:kind": "main_measure", "1.01:name": "Основное мероприятие 01. Дорожки",
        "1.01:parent": "1", "1.01:number": "1.1.",
        "1.D7:kind": "main_measure", "1.D7:name": "Основное мероприятие Д7. Деревья",
        "1.D7:parent": "1", "1.D7:number": "1.2.",
        "2:kind": "subprogram", "2:name": "Подпрограмма II «Выдуманные катки»", "2:number": "2.",
        "2.01:kind": "main_measure", "2.01:name": "Основное мероприятие 01. Дорожки",
        "2.01:parent": "2", "2.01:number": "2.1.",
    }  # fmt: skip


def test_indicators_are_numbered_within_their_element() -> None:
    found = told(TABLE)
    assert found.of("indicator:1.01-2:") == {
        "element": "1.01", "name": "Жалобы на дорожки", "unit": "единица", "type": "основной",
    }  # fmt: skip
    assert found["indicator:2.01-1:element"] == "2.01"
    assert found["indicator:1.D7-1:type"] == ""


def test_figures_keep_their_digits_and_absences_their_reason() -> None:
    found = told(TABLE)
    assert found.of("baseline:") == {"1.01-1": "40.0", "1.01-2": "?not_stated", "1.D7-1": "7"}
    assert found.of("target:") == {
        "1.01-1:2031": "45.0", "1.01-1:2032": "50.5", "1.01-2:2031": "0", "1.01-2:2032": "0",
        "1.D7-1:2031": "1200", "1.D7-1:2032": "?not_applicable", "2.01-1:2031": "90",
    }  # fmt: skip
    assert found.said["target:1.D7-1:2031"].printed == "1 200"


@pytest.mark.parametrize(
    ("whole", "torn"),
    [
        pytest.param(
            "      |                                   | Жалобы на дорожки | единица | основной | - | 0 | 0",
            "      |  | Жалобы | единица | основной | - | 0 | 0\n      |  | на дорожки",
            id="a name goes on in the next row",
        ),
        pytest.param(
            "      |                                   | Жалобы на дорожки | единица | основной | - | 0 | 0",
            "Жалобы на дорожки |  | единица | основной | - | 0 | 0",
            id="a leading cell is lost",
        ),
        pytest.param(
            "1.2.  | Основное мероприятие Д7. Деревья  | Посажено деревьев | штука | | 7 | 1 200 | х",
            "1.2.  | Основное мероприятие D7. Деревья | Посажено деревьев | штука | | 7 | 1\u00a0200 | *",
            id="look-alike letters and spaces",
        ),
    ],
)
def test_damage_is_read_as_the_whole(whole: str, torn: str) -> None:
    assert whole in TABLE
    found, sound = told(TABLE.replace(whole, torn)), told(TABLE)
    assert not found.unread
    for said in (found.said, sound.said):
        said.pop("element:1.D7:name")
    assert {c: found[c] for c in found.said} == {c: sound[c] for c in sound.said}


def test_a_name_torn_by_the_end_of_a_page_is_whole() -> None:
    first, second = BODY.split("      |  ", 1)
    found = told(HEAD.rstrip() + first, HEAD.rstrip() + "\n | | зимой и летом\n      |  " + second)
    assert not found.unread
    assert found["indicator:1.01-1:name"] == "Доля дорожек в порядке зимой и летом"


def test_an_elements_name_torn_over_two_rows_of_indicators_is_whole() -> None:
    torn = BODY.replace("01. Дорожки  | Доля", "01. Дорожки и | Доля", 1).replace(
        "      |                                   | Жалобы", "      | тропы | Жалобы"
    )
    found = told(HEAD.rstrip() + torn)
    assert found["element:1.01:name"] == "Основное мероприятие 01. Дорожки и тропы"
    assert found["indicator:1.01-2:name"] == "Жалобы на дорожки"


def test_cells_merged_downwards_hold_in_all_their_rows() -> None:
    merged = BODY.replace("Жалобы на дорожки | единица | основной", "Жалобы на дорожки | ↓ | ↓")
    found = told(
        HEAD.rstrip() + merged.replace("      |                                   |", "↓ | ↓ |")
    )
    assert found["indicator:1.01-2:unit"] == "%"
    assert found["indicator:1.01-2:element"] == "1.01"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "1.3. | Прочие выдуманные работы | Доля | % | | 1 | 2 | 3",
            "не понято, что это за элемент",
        ),
        (" | | Посажено кустов | штука | | 1 | сорок | 3", "не число: «сорок»"),
        (" | | Посажено кустов | | | | |", "продолжение названия или показатель без значений"),
        (" | | | штука | | 1 | 2 | 3", "показатель не назван"),
        (" | | Посажено деревьев | штука | | 1 | 2 | 3", "показатель назван дважды"),
        (" | | Посажено кустов | 12 | штука | 1 | 2 | 3", "не на своих местах"),
        (" | | | | | | 5 |", "показатель не назван"),
    ],
)
def test_what_can_not_be_read_is_told(row: str, why: str) -> None:
    found = told(TABLE.replace("2.    | Подпрограмма II", f"{row}\n2.    | Подпрограмма II"))
    assert any(why in one for one in found.unread), found.unread


@pytest.mark.parametrize("header", ["2031 год (факт)", "Фактически за 2031 год"])
def test_a_column_of_facts_is_no_plan(header: str) -> None:
    assert told(TABLE.replace("2031 год", header)).of("target:1.01-1:") == {"2032": "50.5"}


def test_a_row_too_full_has_lost_no_cell() -> None:
    row = "Жалобы на дорожки |  | единица | основной | - | 0 | 0 | 7"
    whole = next(line for line in BODY.splitlines() if "Жалобы" in line)
    assert told(TABLE.replace(whole, row)).unread


def test_a_printed_direction_is_said() -> None:
    text = """
Показатели | Ед. изм. | Направленность | Базовое значение | 2031 год
Подпрограмма 3 «Выдуманные пруды» | | | |
Мутность воды | балл | снижение | 5 | 4
"""
    found = told(text)
    assert not found.unread
    assert found["indicator:3-1:direction"] == "decrease"


NOISE: list[Rows] = [[[""] * 8], rows(HEAD), [["Примечание: таблица выдумана"] + [""] * 7]]


@given(
    order=st.permutations(range(8)),
    cut=st.integers(0, 6),
    noise=st.lists(st.tuples(st.integers(0, 6), st.sampled_from(NOISE)), max_size=3),
    headed=st.booleans(),
)
def test_the_same_table_in_another_shape_says_the_same(
    order: list[int], cut: int, noise: list[tuple[int, Rows]], *, headed: bool
) -> None:
    """Columns shuffled, split over pages with the header again or without, noise rows between."""
    body = rows(BODY)
    for place, some in sorted(noise, key=lambda one: one[0], reverse=True):
        body[place:place] = [list(row) for row in some]
    head = rows(HEAD)
    parts: list[Rows] = [head + body[:cut], (head if headed else []) + body[cut:]]
    pages = [shuffled(part, order) for part in parts if part]
    found, sound = told(*pages), told(TABLE)
    assert not found.unread
    assert found.said == sound.said


@given(
    place=st.integers(0, 6),
    row=st.lists(
        st.sampled_from(["", "", "5", "12,5", "—", "* * *", "Подготовил отдел", "стр. 3", "х"]),
        min_size=8,
        max_size=8,
    ),
)
def test_a_row_of_anything_is_refused_or_changes_nothing(place: int, row: list[str]) -> None:
    """But for one with a unit or with all figures, which is an indicator's."""
    body = rows(BODY)
    body.insert(place, [*row[:3], "", *row[4:6], "", row[7]])
    found = told(rows(HEAD) + body)
    assert found.unread or found.said == told(TABLE).said
