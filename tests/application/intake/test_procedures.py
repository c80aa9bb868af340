"""The road map of procedures in small papers; all that they say is invented."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from application.intake.paper import Block, Paper, Paragraph
from application.intake.procedures import KIND
from tests.application.intake.drawn import Rows, numbered, paper, read, table, told, why

SUB = "Дорожная карта подпрограммы 2 «Связь» муниципальной программы «Город» на 2030 год"
HEAD = "№ п/п | Мероприятие | Ожидаемый результат | Ответственный | Дата начала | Дата завершения"
PLAIN = f"""
{SUB}
Доля школ с Интернетом
{HEAD}
1. | Закупка связи | Связь куплена | начальник отдела Озерков П.С. | 01.03.2030 | 31.03.2030
1.1. | Запрос цен | Цены известны | Озерков П.С. | 01.03.2030 01.09.2030 | 05.03.2030 05.09.2030
2. | Учёт школ | Школы учтены | Руководители школ | 10.01.2030 | 20.01.2030

14. Число серверов
{HEAD}
1. | Осмотр серверов | | Берёзкина А.А. | 01.05.2030 | 02.05.2030
"""


def procedures(text: str) -> dict[str, str]:
    return told(read(KIND, paper(text)), "procedure", "window")


def of(text: str, id_: str) -> dict[str, str]:
    """What is said of one procedure, by field; windows as `1:starts_on`."""
    cells = procedures(text).items()
    return {cell.split(":", 2)[2]: said for cell, said in cells if cell.split(":")[1] == id_}


def rows(body: str) -> str:
    """A paper with these rows under one indicator."""
    return f"{SUB}\nДоля школ с Интернетом\n{HEAD}\n{body}"


def test_a_plain_paper() -> None:
    said = told(read(KIND, paper(PLAIN)))
    assert {cell: text for cell, text in said.items() if cell.split(":")[0] in HEADINGS} == {
        "passport:title": "Город",
        "element:2:kind": "subprogram",
        "element:2:name": "Связь",
        "element:2:number": "2",
        "indicator:1:element": "2",
        "indicator:1:name": "Доля школ с Интернетом",
        "indicator:2:element": "2",
        "indicator:2:name": "Число серверов",
        "indicator:2:number": "14.",
    }
    assert of(PLAIN, "1-1.1") == {
        "year": "2030",
        "title": "Запрос цен",
        "indicator": "1",
        "number": "1.1.",
        "parent": "1-1",
        "result": "Цены известны",
        "position": "начальник отдела",
        "person": "person-1",
        "1:starts_on": "2030-03-01",
        "2:starts_on": "2030-09-01",
        "1:ends_on": "2030-03-05",
        "2:ends_on": "2030-09-05",
    }
    assert "person" not in of(PLAIN, "1-2")
    assert of(PLAIN, "1-2")["position"] == "Руководители школ"
    assert of(PLAIN, "2-1")["person"] == "person-2"
    assert {"position", "result"}.isdisjoint(of(PLAIN, "2-1"))


HEADINGS = {"passport", "element", "indicator"}


def test_a_pair_of_dates_a_line() -> None:
    said = of(
        rows(
            """1. | Обход | Обойдено | Озерков П.С. | 01.01.2030 | 20.01.2030
             | | | | 01.02.2030 | 10.02.2030
             | | | | 01.03.2030 / 01.04.2030 | 10.03.2030, 10.04.2030 г."""
        ),
        "1-1",
    )
    assert [said[f"{n}:ends_on"] for n in range(1, 5)] == [
        "2030-01-20",
        "2030-02-10",
        "2030-03-10",
        "2030-04-10",
    ]


def test_a_procedure_torn_into_the_cells_of_dates() -> None:
    text = rows(
        """1. | Обход | Обойдено | Озерков П.С. | 01.01.2030 | 20.01.2030
         | | | | 2. | Заключение договоров
        3. | Сверка | | Озерков П.С. | 01.02.2030 | 02.02.2030"""
    )
    assert of(text, "1-2") == {
        "year": "2030",
        "title": "Заключение договоров",
        "indicator": "1",
        "number": "2.",
        "torn": "true",
    }
    assert "2:starts_on" not in of(text, "1-1")


def test_a_number_used_twice_is_two_procedures() -> None:
    said = procedures(
        rows(
            """6. | Обход | | | 01.01.2030 | 02.01.2030
            6. | Сверка | | | 01.01.2030 | 02.01.2030"""
        )
    )
    assert (said["procedure:1-6:title"], said["procedure:1-6-b:title"]) == ("Обход", "Сверка")
    assert said["procedure:1-6-b:number"] == "6."


def test_headings_inside_of_one_table() -> None:
    said = told(
        read(
            KIND,
            paper(
                f"""
                {HEAD}
                = Подпрограмма 2 «Связь»
                = Доля школ с Интернетом
                1. | Закупка | | | 01.01.2030 | 02.01.2030
                = 2. Число серверов
                1. | Осмотр | | | 01.01.2030 | 02.01.2030
                Показатель: Доля МФЦ | | | | |
                1. | Ремонт | | | 01.01.2030 | 02.01.2030
                """
            ),
            year=2030,
        )
    )
    names = {cell: text for cell, text in said.items() if cell.endswith(":name")}
    assert list(names.values()) == ["Связь", "Доля школ с Интернетом", "Число серверов", "Доля МФЦ"]
    assert (said["procedure:3-1:title"], said["procedure:3-1:indicator"]) == ("Ремонт", "3")


def test_names_leave_no_person_behind() -> None:
    said = of(
        rows("1. | Доклад у Полянского Н.Н. и Речко И.П. | Принят Речко И.П. | Речко И.П. | |"),
        "1-1",
    )
    assert (said["title"], said["result"], said["person"]) == ("Доклад у", "Принят", "person-2")


def test_a_responsible_merged_over_procedures_answers_for_each() -> None:
    text = rows(
        """1. | Обход | | глава Речко И.П. | 01.01.2030 | 02.01.2030
        2. | Сверка | | ↓ | 03.01.2030 | 04.01.2030"""
    )
    assert (of(text, "1-2")["person"], of(text, "1-2")["position"]) == ("person-1", "глава")


def test_a_procedure_over_two_pages() -> None:
    text = rows(
        """1. | Сверка учётных | Сведения | глава Речко И.П. | 01.01.2030 | 02.01.2030

        Продолжение таблицы
        | записей | сверены | | 01.02.2030 | 02.02.2030"""
    )
    said = of(text, "1-1")
    assert (said["title"], said["result"]) == ("Сверка учётных записей", "Сведения сверены")
    assert said["2:ends_on"] == "2030-02-02"


def test_procedures_of_no_indicator_are_known_ones_or_refused() -> None:
    text = f"Процедуры, не отнесенные к показателям\n{HEAD}\n1. | Обход | | | |"
    said = told(read(KIND, paper(text), year=2030), "procedure")
    assert "procedure:1:indicator" not in said


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("1. | Обход | | | 01.01.2030 02.01.2030 | 03.01.2030", "дат начала 2, дат завершения 1"),
        ("1. | Обход | | | | 03.01.2030", "дат начала 0, дат завершения 1"),
        ("1. | Обход | | | в январе | 03.01.2030", "не даты: «в январе»"),
        ("1. | Обход | | | 31.02.2030 | 03.03.2030", "не даты: «31.02.2030»"),
        ("1. | Обход | | Речко И.П., Лесная А.А. | |", "названы несколько человек"),
        ("первая | Обход | | | |", "не номер и мероприятие"),
        ("1. | | Обойдено | | |", "не номер и мероприятие"),
        (" | Обход | | | 01.01.2030 | 02.01.2030", "непонятно, к какой процедуре"),
        ("1. | Обход | | | |\n= Прочее", "непонятная строка: «Прочее»"),
        ("1. | Обход | | | |\n1. | Обход | | | |", "второй раз"),
        (" | | | | 01.01.2030 | 02.01.2030", "непонятно, к какой процедуре"),
        (" | | | | 2. | Торг\n | | | | 01.01.2030 | 02.01.2030", "непонятно, к какой процедуре"),
    ],
)
def test_what_is_refused(body: str, reason: str) -> None:
    (found,) = why(read(KIND, paper(rows(body))))[:1]
    assert reason in found[1]


def test_refusals_name_no_person() -> None:
    (found,) = why(read(KIND, paper(rows("1. | Обход | | | Речко И.П. | 03.01.2030"))))[:1]
    assert "Речко" not in found[1]


def test_a_table_under_no_indicator_is_refused() -> None:
    assert "какому показателю" in why(read(KIND, paper(f"{SUB}\n{HEAD}\n1. | Обход | | | |")))[0][1]
    lacking = f"на 2030 год\nДоля школ\n{HEAD}\n1. | Обход | | | |"
    assert why(read(KIND, paper(lacking))), "of no subprogram"


# Damage that changes nothing, or is refused

BODY = [
    ["1.", "Закупка связи", "Связь куплена", "начальник Озерков П.С.", "01.03.2030", "31.03.2030"],
    ["1.1.", "Запрос цен", "", "Озерков П.С.", "01.03.2030\n01.09.2030", "05.03.2030\n05.09.2030"],
    ["", "", "", "", "01.11.2030", "05.11.2030"],
    ["2.", "Учёт школ", "Школы учтены Речко И.П.", "Руководители школ", "10.01.2030", "20.01.2030"],
    ["", "", "", "", "3.", "Заключение договоров"],
    ["3.", "Сверка", "Сверено", "Речко И.П.", "01.05.2030", "02.05.2030"],
]
TITLES = HEAD.split(" | ")
NOISE = [
    ["", "", "", "", "", ""],
    TITLES,
    ["1", "2", "3", "4", "5", "6"],
    ["", "Итоги прошлого года", "", "", "", ""],
    ["", "", "", "", "", "12"],
    ["12", "", "", "", "", ""],
    ["", "", "", "", "Срок", ""],
    ["", "", "М.П.", "", "", ""],
    ["", "", "", "Речко И.П.", "", ""],
    ["", "", "", "", "01.01.2030", ""],
    ["= Примечание: сроки уточняются", "", "", "", "", ""],
    ["= Согласовано", "", "", "", "", ""],
]
SPACES = st.sampled_from(("", " ", "\u00a0", "  ", "\n", "\u00ad"))


def drawn(parts: Sequence[Rows], order: Sequence[int], *, headless: bool) -> Paper:
    """The rows as parts of a table, its columns in some order."""
    blocks: list[Block] = [Paragraph(SUB), Paragraph("Доля школ с Интернетом")]
    for n, part in enumerate(parts):
        head = [] if n and headless else [TITLES]
        turned = [[row[column] for column in order] for row in (*head, *part)]
        for row in turned:  # a merged cell has its text in its first column
            merged = next((text for text in row if text.startswith("= ")), "")
            row[:] = [merged, *[""] * 5] if merged else row
        blocks += [Paragraph("Продолжение таблицы")] * bool(n) + [table(turned)]
    return numbered(blocks)


@given(
    st.permutations(range(6)),
    st.sets(st.integers(1, len(BODY) - 1), max_size=3),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, len(BODY)), st.sampled_from(NOISE)), max_size=2),
    st.tuples(st.integers(0, len(BODY) - 1), st.integers(0, 5), SPACES, SPACES),
)
def test_shuffled_split_and_noised_it_says_the_same_or_is_refused(
    order: list[int],
    cuts: set[int],
    headless: bool,  # noqa: FBT001 (drawn by hypothesis)
    noise: list[tuple[int, list[str]]],
    spaced: tuple[int, int, str, str],
) -> None:
    expected = told(read(KIND, drawn([BODY], range(6), headless=False)))
    body = [list(row) for row in BODY]
    row, column, before, after = spaced
    body[row][column] = f"{before}{body[row][column]}{after}"
    edges = sorted({0, *cuts, len(body)})
    parts = [
        [*(one for place, one in noise if place == start), *body[start:end]]
        for start, end in pairwise(edges)
    ]
    found = read(KIND, drawn(parts, order, headless=headless))
    assert found.unread or told(found) == expected


def test_clean_damage_is_read_and_not_only_refused() -> None:
    expected = told(read(KIND, drawn([BODY], range(6), headless=False)))
    for headless in (True, False):
        parts = [BODY[:2], [NOISE[0], *BODY[2:4]], [*BODY[4:], *NOISE[:2]]]
        found = read(KIND, drawn(parts, (3, 5, 1, 0, 4, 2), headless=headless))
        assert told(found) == expected
