"""The road map of money in small papers; all that they say is invented."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from application.intake.money_roadmap import KIND
from application.intake.paper import Block, Paper, Paragraph
from domain.values import AbsenceReason, Absent, Stated
from tests.application.intake.drawn import Rows, numbered, paper, read, table, told, why

TITLE = "План-график муниципальной программы городского округа «Город» на 2030-2034 годы"
HEAD = """
Основное мероприятие | Ответственный исполнитель | 2031 год (тыс. руб.) | | | | Результат
 | | I квартал | II квартал | III квартал | IV квартал |
""".strip().replace("(тыс. руб.) | | | |", "(тыс. руб.) | ← | ← | ← |")
PLAIN = f"""
{TITLE}
{HEAD}
= Подпрограмма I «Связь»
Основное мероприятие 01. Сети | МКУ «Сеть» | 1 200,50 | 0 | | - | Доля школ - 95,5%
Основное мероприятие Е4. Классы | Администрация, МКУ«Сеть» | 10 | 20 | 30 | 40 |
Итого по подпрограмме I | | 1 210,50 | 20 | 30 | 40 |
= Подпрограмма II «Учёт»
Основное мероприятие 01. Архив | МУ «Архив» Речко И.П. | 1 | 2 | 3 | 4 |
"""
MONEY, THINGS = "period-plan", ("element", "passport")


def rows(body: str) -> str:
    """A paper with these rows in one subprogram."""
    return f"{TITLE}\n{HEAD}\n= Подпрограмма I «Связь»\n{body}"


def said(text: str, *kinds: str) -> dict[str, str]:
    return told(read(KIND, paper(text)), *kinds)


def test_a_plain_paper() -> None:
    assert said(PLAIN, *THINGS) == {
        "passport:title": "Город",
        "passport:period": "2030-2034 годы",
        "element:1:kind": "subprogram",
        "element:1:name": "Связь",
        "element:1:number": "I",
        "element:1.01:kind": "main_measure",
        "element:1.01:name": "Сети",
        "element:1.01:parent": "1",
        "passport:body.mku-set": "МКУ «Сеть»",
        "element:1.E4:kind": "main_measure",
        "element:1.E4:name": "Классы",
        "element:1.E4:parent": "1",
        "passport:body.administraciya": "Администрация",
        "element:2:kind": "subprogram",
        "element:2:name": "Учёт",
        "element:2:number": "II",
        "element:2.01:kind": "main_measure",
        "element:2.01:name": "Архив",
        "element:2.01:parent": "2",
        "passport:body.mu-arhiv": "МУ «Архив»",
    }


def test_money_by_quarter_in_rubles() -> None:
    """Zero is planned nothing, an empty cell and a dash say nothing; totals are no statements."""
    money = said(PLAIN, MONEY)
    assert [money[f"period-plan:2031:1.01:mku-set:-:2031-Q{n}"] for n in range(1, 5)] == [
        "1200500.00",
        "0.00",
        "нет: not_stated",
        "нет: not_stated",
    ]
    assert money["period-plan:2031:1.E4:mku-set:-:2031-Q4"] == "40000.00"
    assert len(money) == 12
    values = {one.cell: one.value for one in read(KIND, paper(PLAIN)).said}
    empty = values["period-plan:2031:1.01:mku-set:-:2031-Q3"]
    assert empty == Absent(absent=AbsenceReason.NOT_STATED, reason="Пустая ячейка")
    first = values["period-plan:2031:1.01:mku-set:-:2031-Q1"]
    assert first == Stated(value="1200500.00", printed="1 200,50")


def test_results_become_indicators_with_the_years_that_they_name() -> None:
    text = rows(
        "Основное мероприятие 01. Сети | МКУ «Сеть» | 1 | 2 | 3 | 4 | Обеспечение связи. / Доля школ"
        " в 2033 г. - 95,5%. / Проведены работы и Доля домов -100% / Время ожидания 2032 году-4,4 минуты"
    )
    assert said(text, "indicator", "target") == {
        "indicator:1.01-1:element": "1.01",
        "indicator:1.01-1:name": "Доля школ",
        "indicator:1.01-1:unit": "%",
        "target:1.01-1:2033": "95.5",
        "indicator:1.01-2:element": "1.01",
        "indicator:1.01-2:name": "Доля домов",
        "indicator:1.01-2:unit": "%",
        "target:1.01-2:2031": "100",
        "indicator:1.01-3:element": "1.01",
        "indicator:1.01-3:name": "Время ожидания",
        "indicator:1.01-3:unit": "минуты",
        "target:1.01-3:2032": "4.4",
    }


def test_results_that_flowed_out_between_a_table_and_its_headless_part() -> None:
    text = (
        rows("Основное мероприятие 01. Сети | МКУ «Сеть» | 1 | 2 | 3 | 4 | Доля школ - 5%")
        + """

        Доля домов в 2033 г. - 6%.
        Доля дворов на уровне не более 7%.
        Основное мероприятие 02. Посты | МКУ «Сеть» | 1 | 2 | 3 | 4 | Доля постов - 8%
        """
    )
    found = said(text, "indicator", "target")
    assert [found[f"indicator:1.01-{n}:name"] for n in (1, 2, 3)] == [
        "Доля школ",
        "Доля домов",
        "Доля дворов",
    ]
    assert (found["target:1.01-3:2031"], found["target:1.02-1:2031"]) == ("7", "8")


def test_a_subprogram_named_in_the_paragraph_before_its_table() -> None:
    text = f"""
    {TITLE} подпрограммы II «Учёт»
    {HEAD}
    Основное мероприятие 03. Архив | МУ «Архив» | 1 | 2 | 3 | 4 |
    """
    assert said(text, "element")["element:2.03:parent"] == "2"


def test_names_and_results_that_go_on_in_the_next_row() -> None:
    text = rows(
        """Основное мероприятие 01. Сети | МКУ «Сеть» | 1 | 2 | 3 | 4 | Доля школ,
        и узлы связи | | | | | | подключенных к сети, - 95%"""
    )
    found = said(text, "element", "indicator")
    assert found["element:1.01:name"] == "Сети и узлы связи"
    assert found["indicator:1.01-1:name"] == "Доля школ, подключенных к сети"


def test_sources_and_rubles() -> None:
    text = f"""
    {TITLE}
    Основное мероприятие | Исполнитель | Источник финансирования | I квартал 2031 года, руб.
    = Подпрограмма I «Связь»
    Основное мероприятие 01. Сети | МКУ «Сеть» | Областной бюджет | 10,50
    ↓ | ↓ | Местный бюджет | 20
    """
    assert said(text, MONEY) == {
        "period-plan:2031:1.01:mku-set:regional:2031-Q1": "10.50",
        "period-plan:2031:1.01:mku-set:municipal:2031-Q1": "20.00",
    }


def test_no_person_leaves() -> None:
    assert "Речко" not in repr(said(PLAIN))
    refused = read(KIND, paper(rows("Сети Речко И.П. | Речко И.П. | 1 | 2 | 3 | 4 |")))
    assert refused.unread
    assert "Речко" not in repr(refused)


ROW = "Основное мероприятие 01. Сети"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"{ROW} | МКУ «Сеть» | много | 2 | 3 | 4 |", "не сумма: «много»"),
        (f"{ROW} | МКУ «Сеть» | 1,000001 | 2 | 3 | 4 |", "не сумма"),
        (f"{ROW} | МКУ «Сеть», МУ «Архив» | 1 | 2 | 3 | 4 |", "несколько исполнителей"),
        ("Сети и узлы | МКУ «Сеть» | 1 | 2 | 3 | 4 |", "неизвестное мероприятие"),
        (" | МКУ «Сеть» | 1 | 2 | 3 | 4 |", "непонятная строка"),
        ("Примерный перечень | | | | | |", "неизвестное мероприятие"),
        (f"{ROW} | МКУ «Сеть» | 1 | 2 | 3 | 4 | Доля школ 95%", "непонятный результат"),
        (
            f"{ROW} | МКУ «Сеть» | 1 | 2 | 3 | 4 |\n{ROW} | МКУ «Сеть» | ↓ | 2 | 3 | 4 |",
            "одна сумма",
        ),
    ],
)
def test_what_is_refused(body: str, reason: str) -> None:
    assert reason in why(read(KIND, paper(rows(body))))[0][1]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Мероприятие | I квартал 2031 года", "рубли это или тысячи"),
        ("Мероприятие | I квартал 2031 года, млн руб.", "рубли это или тысячи"),
        ("Мероприятие | I квартал, руб. план | I квартал, руб. факт", "одного квартала"),
        ("Мероприятие | I квартал 2031, руб. | II квартал 2032, руб.", "год"),
    ],
)
def test_headers_that_are_refused(header: str, reason: str) -> None:
    assert reason in why(read(KIND, paper(f"{header}\n{ROW} | 1 | 2"), year=2031))[0][1]


# Damage that changes nothing, or is refused

TITLES = [
    ["Основное мероприятие", "Исполнитель", "2031 год (тыс. руб.)", "", "", "", "Результат"],
    ["", "", "I квартал", "II квартал", "III квартал", "IV квартал", ""],
]
BODY = [
    ["= Подпрограмма I «Связь»", "", "", "", "", "", ""],
    ["Основное мероприятие 01. Сети", "МКУ «Сеть»", "1 200,50", "0", "", "-", "Доля школ - 95,5%"],
    ["и узлы связи", "", "", "", "", "", ""],
    ["Основное мероприятие E4. Классы", "Администрация, МКУ «Сеть»", "1", "2", "3", "4", ""],
    ["Итого по подпрограмме I", "", "1 201,50", "2", "3", "4", ""],
    ["= Подпрограмма II «Учёт»", "", "", "", "", "", ""],
    [
        "Основное мероприятие 01. Архив",
        "МУ «Архив» Речко И.П.",
        "1",
        "2",
        "3",
        "4",
        "Доля дел - 5%",
    ],
]
NOISE = [
    ["", "", "", "", "", "", ""],
    ["1", "2", "3", "4", "5", "6", "7"],
    ["Всего", "", "10", "20", "30", "40", ""],
    ["", "", "10", "20", "30", "40", ""],
    ["", "", "", "", "", "", "М.П."],
    ["Срок", "", "", "", "", "", ""],
    ["", "Речко И.П.", "", "", "", "", ""],
    ["= Согласовано", "", "", "", "", "", ""],
    ["= Примечание: суммы уточняются", "", "", "", "", "", ""],
    *TITLES,
]
SPACES = st.sampled_from(("", " ", "\u00a0", "  ", "\n", "\u00ad"))


def drawn(parts: Sequence[Rows], order: Sequence[int], *, headless: bool) -> Paper:
    """The rows as parts of a table, its columns in some order; «2031 год» is over its own quarters."""
    wide = [[*TITLES[0][:3], *[TITLES[0][2]] * 3, TITLES[0][6]], TITLES[1]]
    blocks: list[Block] = [Paragraph(TITLE)]
    for n, part in enumerate(parts):
        head = [] if n and headless else wide
        turned = [[row[column] for column in order] for row in (*head, *part)]
        for row in turned:  # a merged cell has its text in its first column
            merged = next((text for text in row if text.startswith("= ")), "")
            row[:] = [merged, *[""] * 6] if merged else row
        blocks.append(table(turned))
    return numbered(blocks)


@given(
    st.permutations(range(7)),
    st.sets(st.integers(1, len(BODY) - 1), max_size=3),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, len(BODY)), st.sampled_from(NOISE)), max_size=2),
    st.tuples(st.integers(0, len(BODY) - 1), st.integers(0, 6), SPACES, SPACES),
)
def test_shuffled_split_and_noised_it_says_the_same_or_is_refused(
    order: list[int],
    cuts: set[int],
    headless: bool,  # noqa: FBT001 (drawn by hypothesis)
    noise: list[tuple[int, list[str]]],
    spaced: tuple[int, int, str, str],
) -> None:
    expected = told(read(KIND, drawn([BODY], range(7), headless=False)))
    body = [list(row) for row in BODY]
    row, column, before, after = spaced
    if not body[row][column].startswith("= "):
        body[row][column] = f"{before}{body[row][column]}{after}"
    edges = sorted({0, *cuts, len(body)})
    parts = [
        [*(one for place, one in noise if place == start), *body[start:end]]
        for start, end in pairwise(edges)
    ]
    found = read(KIND, drawn(parts, order, headless=headless))
    assert found.unread or told(found) == expected


def test_clean_damage_is_read_and_not_only_refused() -> None:
    expected = told(read(KIND, drawn([BODY], range(7), headless=False)))
    for headless in (True, False):
        parts = [BODY[:2], [NOISE[0], NOISE[2], *BODY[2:4]], [*BODY[4:], *NOISE[8:9]]]
        found = read(KIND, drawn(parts, (3, 5, 1, 0, 6, 4, 2), headless=headless))
        assert told(found) == expected
