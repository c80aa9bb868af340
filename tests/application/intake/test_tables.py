"""Which tables a paper has: recognized by header, going on over pages, mapped by hand."""

import pytest

from application.intake.answers import Answers
from application.intake.intake import read
from application.intake.tables import TableSeen
from tests.application.intake.drawn import paper
from tests.application.intake.garden import garden
from tests.application.intake.whole import told

HEAD = "Показатель | Период | Значение"
ROWS = "goal-1 | 2030 | 1\ngoal-1 | 2031 | 2"
SAID = {"goal-1:2030": "1", "goal-1:2031": "2"}


def seen(text: str, answers: Answers | None = None) -> tuple[TableSeen, ...]:
    return read(paper(text), answers or Answers(), garden().state).tables


def test_what_a_table_is_taken_for_is_shown_with_its_columns() -> None:
    table, other = seen(f"{HEAD} | Примечание к строке\n{ROWS}\n\nИмя | Место\nЛипа | Сад")
    assert (table.number, table.kind, table.rows) == (1, "facts", 2)
    assert table.columns == {"indicator": 1, "period": 2, "value": 3}
    assert table.unused == (4,)
    assert table.header[3] == "примечание к строке"
    assert (other.number, other.kind, other.header) == (2, "", ("Имя", "Место"))


def test_titles_numbers_of_columns_and_remarks_say_nothing() -> None:
    found = told(
        f"Список фактов | |\n{HEAD}\n1 | 2 | 3\ngoal-1 | 2030 | 1\n | |\n{HEAD}\n1 | 2 | 3\n"
        "goal-1 | 2031 | 2\nПримечание: выдумано | |",
        state=garden().state,
    )
    assert not found.unread
    assert found.of("fact:") == SAID


@pytest.mark.parametrize("between", ["", "Продолжение таблицы 1\n\n"])
def test_a_table_without_a_header_right_after_goes_on(between: str) -> None:
    text = f"{HEAD}\ngoal-1 | 2030 | 1\n\n{between}goal-1 | 2031 | 2"
    found = read(paper(text), Answers(), garden().state)
    assert {one.cell: one.at.table for one in found.sayings.said if one.at} == {
        "fact:goal-1:2030": 1, "fact:goal-1:2031": 2,
    }  # fmt: skip
    assert found.tables[1].goes_on == 1


@pytest.mark.parametrize("between", ["Подписи сторон\n\n", ""])
def test_a_table_of_another_place_or_width_does_not_go_on(between: str) -> None:
    width = "" if between else " | и ещё"
    found = seen(f"{HEAD}\n{ROWS}\n\n{between}goal-1 | 2031 | 7{width}")
    assert [table.kind for table in found] == ["facts", ""]


def test_a_header_again_on_the_next_page_is_a_header() -> None:
    found = told(f"{HEAD}\ngoal-1 | 2030 | 1", f"{HEAD}\ngoal-1 | 2031 | 2", state=garden().state)
    assert found.of("fact:") == SAID


def test_a_misread_header_is_mapped_by_hand() -> None:
    text = f"Что | Когда | Сколько | Значение\n{ROWS.replace(' | ', '|')}".replace("|", " | ")
    rows = "\n".join(f"{row} | мимо" for row in ROWS.splitlines())
    text = f"Что | Когда | Сколько | Значение\n{rows}"
    assert [table.kind for table in seen(text)] == [""]
    given = Answers(columns={"1": {"indicator": 1, "period": 2, "value": 3}})
    found = read(paper(text), given, garden().state)
    assert {one.cell for one in found.sayings.said} == {f"fact:{cell}" for cell in SAID}
    assert not found.sayings.unread
    assert found.tables[0].columns == {"indicator": 1, "period": 2, "value": 3}


def test_a_table_without_any_header_is_mapped_by_hand() -> None:
    given = Answers(kinds={"1": "facts"}, columns={"1": {"indicator": 1, "period": 2, "value": 3}})
    found = read(paper(ROWS), given, garden().state)
    assert {one.cell for one in found.sayings.said} == {f"fact:{cell}" for cell in SAID}


def test_a_column_can_be_taken_away_from_a_field() -> None:
    text = f"{HEAD} | Обоснование\n" + "\n".join(
        f"{row} | к делу не относится" for row in ROWS.split("\n")
    )
    read_all = read(paper(text), Answers(), garden().state)
    assert any(one.cell.startswith("explanation:") for one in read_all.sayings.said)
    without = Answers(columns={"1": {"explanation": 0}})
    found = read(paper(text), without, garden().state)
    assert {one.cell for one in found.sayings.said} == {f"fact:{cell}" for cell in SAID}
    assert found.tables[0].unused == (4,)


def test_a_field_that_a_kind_does_not_have_maps_nothing() -> None:
    given = Answers(columns={"1": {"nonsense": 1}})
    assert [table.kind for table in seen(f"{HEAD}\n{ROWS}", given)] == [""]


def test_a_text_too_long_to_be_kept_is_refused_by_its_cell() -> None:
    found = told(f"{HEAD} | Обоснование\ngoal-1 | 2031 | 1 | {'а' * 4001}", state=garden().state)
    assert found.unread == ("текст длиннее 4000 знаков",)
