"""The passport, drawn small and invented: fields, aims, money in a sentence and as a table."""

import re

import pytest
from hypothesis import given, strategies as st

from application.intake.money_sentence import sums
from application.intake.passport import field_of
from application.reports.printing.passport import FIELDS as PRINTED
from tests.application.intake.drawn import Rows
from tests.application.intake.whole import Told, rows, shuffled, told

MONEY = (
    "Всего 1 523,65 тыс. руб., в т.ч. по годам реализации: 2031 год – 1 021,5 тыс. руб.; "
    "2032 год – 502,15 тыс. руб. / Всего 1 523,65 тыс. руб. в т.ч. по источникам: / "
    "Федеральный бюджет: всего 0. / Бюджет Выдуманной области: всего 20 тыс. руб., в т.ч.: "
    "2031 год – 20; 2032 год – 0. / Бюджет городского округа: всего 1 503,65 тыс. руб."
)
TABLE = f"""
Наименование муниципальной программы | Выдуманные парки (далее – программа)
Основания разработки программы | Выдуманный порядок
 | и ещё один
Цели муниципальной программы | Парки чисты и / открыты; / Катки работают
Муниципальный заказчик муниципальной программы | Управление парков
Координатор муниципальной программы | Заместитель главы округа Выдуманов В.В.
Сроки реализации муниципальной программы | 2031-2032 годы
Перечень подпрограмм | Подпрограмма I «Парки» (далее - Подпрограмма I). / Подпрограмма II «Катки»
Источники финансирования муниципальной программы | {MONEY}
Планируемые результаты реализации программы | Выдуманные
Контроль за реализацией муниципальной программы | Контроль за программой осуществляет глава округа
"""
RULE = "Заказчик отчитывается до 7 числа месяца, следующего за отчетным кварталом, по форме."


def money(found: Told) -> dict[str, str]:
    return found.of("control:passport:")


def test_fields_are_texts_without_persons() -> None:
    found = told(TABLE, RULE)
    assert not found.unread
    assert found.of("passport:") == {
        "title": "Выдуманные парки", "customer": "Управление парков",
        "coordinator": "Заместитель главы округа", "period": "2031-2032 годы",
        "first_year": "2031", "last_year": "2032", "control": "Глава округа",
        "reporting_rule": "до 7 числа месяца, следующего за отчетным кварталом",
    }  # fmt: skip
    assert found.said["passport:control"].printed == "глава округа"
    assert not [one for one in found.said.values() if "Выдуманов" in str(one)]


def test_what_is_left_out_is_told() -> None:
    assert told(TABLE).left_out == (
        "текст не переносится", "лицо не переносится, только должность", "текст не переносится",
    )  # fmt: skip


def test_aims_and_subprograms_are_elements() -> None:
    assert told(TABLE).of("element:") == {
        "goal-1:kind": "goal", "goal-1:name": "Парки чисты и открыты",
        "goal-2:kind": "goal", "goal-2:name": "Катки работают",
        "1:kind": "subprogram", "1:name": "Подпрограмма I «Парки»",
        "2:kind": "subprogram", "2:name": "Подпрограмма II «Катки»",
    }  # fmt: skip


def test_a_subprogram_that_another_table_names_is_that_tables_to_say() -> None:
    found = told(
        TABLE,
        """
Наименование | Источник | 2031 год, тыс. руб.
Подпрограмма I «Парки и скверы» | Местный бюджет | 1
""",
    )
    assert not found.unread
    assert found["element:1:name"] == "Подпрограмма I «Парки и скверы»"
    assert found["element:2:name"] == "Подпрограмма II «Катки»"


def test_the_sentence_of_money_says_sums_by_source_and_year() -> None:
    found = told(TABLE)
    assert money(found) == {
        "all:total": "1523650.00", "all:2031": "1021500.00", "all:2032": "502150.00",
        "federal:total": "0.00", "regional:total": "20000.00", "regional:2031": "20000.00",
        "regional:2032": "0.00", "municipal:total": "1503650.00",
    }  # fmt: skip
    assert found.said["control:passport:all:total"].printed == "1 523,65"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Всего на 2031-2032 гг.: 5 тыс. рублей", {"all:total": "5000.00"}),
        ("Всего 5,5 руб., 2031 г. - 5,5 руб.", {"all:total": "5.50", "all:2031": "5.50"}),
        (
            "Всего 5 тыс. руб., в том числе: средства бюджета области – 2; местный бюджет – 3.",
            {"all:total": "5000.00", "regional:total": "2000.00", "municipal:total": "3000.00"},
        ),
        (
            "Местный бюджет: 2031 год – 1 тыс. руб.; 2032 год – –.",
            {"municipal:2031": "1000.00", "municipal:2032": "–"},
        ),
        ("–: всего 4 тыс. руб.", {"-:total": "4000.00"}),
        ("Всего –", {}),
        ("Приведены в приложении № 1 к программе", {}),
    ],
)
def test_ways_to_write_the_sentence(sentence: str, said: dict[str, str]) -> None:
    found = told(TABLE.replace(MONEY, sentence))
    assert not found.unread
    assert money(found) == said


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Всего 5, 2031 год – 5.", "рубли это или тысячи рублей"),
        ("Всего 5 млн руб.", "рубли это или тысячи рублей"),
        ("Всего 5 тыс. руб., из них 3 руб.", "рубли это или тысячи рублей"),
        ("Школам 5 тыс. руб.", "не понято, что за сумма"),
        ("Всего 1523 767,8 тыс. руб.", "не понято, что за сумма"),
        ("2031 год – 5 тыс. руб., местный бюджет – 5.", "за год или за все годы"),
        ("Местный бюджет – 1; областной бюджет – 2 тыс. руб.; 2031 год – 2.", "какого источника"),
        ("2031 год – 5 тыс. руб. Всего 9.", "не сказано, чья это сумма"),
        ("Всего 5 тыс. руб. / Всего 6 тыс. руб.", "уже сказано"),
        ("Всего 5 тыс. руб., в т.ч. на ремонт городских школ 3 тыс. руб.", "не понято"),
    ],
)
def test_a_sentence_that_can_be_read_in_two_ways_is_refused(sentence: str, why: str) -> None:
    found = told(TABLE.replace(MONEY, sentence))
    assert any(why in one for one in found.unread), (found.unread, money(found))


GRID = {
    "all:total": "30000.00", "all:2031": "10000.00", "all:2032": "20000.00",
    "municipal:total": "30000.00", "municipal:2031": "10000.00", "municipal:2032": "20000.00",
}  # fmt: skip


def test_money_as_a_table_of_its_own() -> None:
    found = told(
        TABLE.replace(MONEY, ""),
        """
Источники финансирования, тыс. руб. | Всего | 2031 год | 2032 год
Всего | 30 | 10 | 20
Средства бюджета городского округа | 30 | 10 | 20
""",
    )
    assert not found.unread
    assert money(found) == GRID


def test_money_as_rows_of_the_passport() -> None:
    found = told("""
Наименование программы | Выдуманные парки | | |
Сроки реализации программы | 2031-2032 годы | | |
Координатор программы | Глава округа | | |
Источники финансирования по годам | Расходы (тыс. рублей) | | |
 | Всего | 2031 год | 2032 год |
Средства бюджета городского округа | 30 | 10 | 20 |
Всего | 30 | 10 | 20 |
Контроль | Глава округа | | |
""")
    assert not found.unread
    assert money(found) == GRID
    assert found["passport:control"] == "Глава округа"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Погода | Хорошая", "неизвестное поле паспорта: «Погода»"),
        ("Срок реализации | до победы", "не понято, какие это годы"),
        ("Перечень подпрограмм | Скверы", "не понято, какая это подпрограмма: «Скверы»"),
    ],
)
def test_what_can_not_be_read_is_told(row: str, why: str) -> None:
    assert any(why in one for one in told(f"{TABLE}{row}").unread)


def test_every_row_that_letopis_prints_is_its_own_field() -> None:
    others = {"grounds": "prose", "results": "prose", "financing": "money"}
    for field, label in PRINTED.items():
        assert field_of(label) == others.get(field, field)


def test_a_table_that_names_aims_in_its_rows_is_no_passport() -> None:
    found = told("""
№ | Основные мероприятия | Показатели | Ед. изм. | 2031 год
1. | Подпрограмма I «Парки» | | |
2. | Цель 1 «Чистота» | Урны | штука | 5
3. | Задача 1 «Уборка» | Мётлы | штука | 6
""")
    assert not found.unread
    assert not found.of("passport:")
    assert found["target:goal-1-1:2031"] == "5"


def test_a_title_on_the_sheet_is_no_field() -> None:
    found = told([["Паспорт программы", ""], ["на 2031-2032 годы", ""], *rows(TABLE)])
    assert not found.unread
    assert found.said == told(TABLE).said


@given(swap=st.booleans(), cut=st.integers(3, 8), blank=st.integers(0, 10))
def test_the_same_passport_in_another_shape_says_the_same(
    cut: int, blank: int, *, swap: bool
) -> None:
    """Columns swapped, split over pages, an empty row between."""
    body: Rows = rows(TABLE)
    body = [*body[:blank], ["", ""], *body[blank:]]
    order = [1, 0] if swap else [0, 1]
    found = told(shuffled(body[:cut], order), shuffled(body[cut:], order))
    assert not found.unread
    assert found.said == told(TABLE).said


@given(st.lists(st.sampled_from([*MONEY.split(" "), "\n", "из", "школы", "5"]), max_size=14))
def test_no_figure_of_a_sentence_is_lost(words: list[str]) -> None:
    """Whatever the words: each figure is said of some cell, or reading stops and says why."""
    text = " ".join(words)
    found = list(sums(text))
    if not any(one.why for one in found):
        figures = re.sub(r"20[0-9]{2} ?год", "", text)
        assert digits("".join(one.printed for one in found)) == digits(figures)


def digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
