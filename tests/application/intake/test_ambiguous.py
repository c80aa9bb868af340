"""Invented tables that may be read in two ways: they are refused cell by cell, never guessed."""

import pytest

from application.intake.answers import Answers
from tests.application.intake.whole import Told, told

HEAD = (
    "№ | Наименование показателя | Ед. изм. | Факт за прошлый год | План | Факт "
    "| Абсолютное отклонение"
)
ROW = "1 | Доля дворов | % | 80 | 90 | 85,5 | −4,5"
GOAL = "= Показатели цели «Порядок»"


def form(
    head: str = HEAD, *rows: str, title: str = "за 2031 год", answers: Answers | None = None
) -> Told:
    return told(title, "\n".join((head, GOAL, *(rows or (ROW,)))), answers=answers)


def test_two_columns_of_one_thing_are_not_chosen_from() -> None:
    found = form(f"{HEAD} | Факт уточнённый", f"{ROW} | 99")
    assert found.unread == ("по заголовку это то же, что графа 6: «факт уточненный»",)
    chosen = Answers(columns={"1": {"fact": 8}})
    assert (
        form(f"{HEAD} | Факт уточнённый", f"{ROW} | 99", answers=chosen)["fact:goal-1:2031"] == "99"
    )


def test_a_second_table_beside_the_first_is_not_passed_over() -> None:
    found = form(f"{HEAD} | {HEAD}", f"{ROW} | {ROW.replace('85,5', '99')}")
    assert len(found.unread) == 4


def test_a_column_that_nobody_reads_is_told() -> None:
    found = form(f"{HEAD} | Согласовано | № п/п", f"{ROW} | да | 1")
    assert not found.unread
    assert found.left_out == ("графа «согласовано», в ней заполнено ячеек: 1",)


@pytest.mark.parametrize(
    "rows",
    [
        ("1 | Доля дворов | % | 80 | 90 | ← | −4,5",),
        (ROW, "2 | Число лип | ед. | 10 | 15 | ↓ | 0"),
    ],
)
def test_a_figure_that_several_cells_share_is_nobodys(rows: tuple[str, ...]) -> None:
    (why,) = form(HEAD, *rows).unread
    assert why.startswith("ячейка объединена с другой")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("| План", "| План на 2030 год"),
        ("| План", "| План на 1 квартал 2031 года"),
        ("| Факт |", "| Факт за 9 месяцев |"),
        ("| Факт |", "| Факт за 2032 год |"),
        ("прошлый год", "прошлый 2031 год"),
    ],
)
def test_a_column_of_another_time_is_refused(header: str, field: str) -> None:
    (why,) = form(HEAD.replace(header, field)).unread
    assert why.startswith("графа не за 203")


@pytest.mark.parametrize(
    ("header", "field", "title"),
    [
        ("прошлый год", "прошлый 2030 год", "за 2031 год"),
        ("| План", "| План на 2031 год", "за 2031 год"),
        ("| Факт |", "| Факт за 9 месяцев 2031 |", "за 9 месяцев 2031 года"),
    ],
)
def test_a_column_of_the_papers_own_time_is_read(header: str, field: str, title: str) -> None:
    assert not form(HEAD.replace(header, field), title=title).unread
