"""The cash register, drawn small and invented: payments that add up, each recorded once."""

from datetime import date
from decimal import Decimal

import pytest

from application.commands.post_cash import PostCash
from application.intake.answers import Answers
from application.intake.compose import Taken, take_in
from domain.refusals import Refusal
from tests.application.intake.drawn import paper
from tests.application.intake.garden import TODAY, Life, garden

HEAD = "Дата | № платежного поручения | Код | Исполнитель | Источник | Сумма, руб."
TWO = f"""
{HEAD}
15.02.2031 | 17 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 1 000,50
16.02.2031 | 18 | 07.0.01.2 | МУ «Сад» | Местный бюджет | 20
Итого      |    |           |          |                | 1 020,50
"""


def taken(text: str, life: Life) -> Taken:
    return take_in(paper(text), Answers(), life.state, TODAY, life.register)


def test_payments_are_posted_under_their_orders() -> None:
    life = garden()
    life.take(taken(TWO, life))
    assert {cell: moved.amount for cell, moved in life.state.moved.items()} == {
        "cash:2031:07.0.01.1:mu-sad:municipal": Decimal("1000.50"),
        "cash:2031:07.0.01.2:mu-sad:municipal": Decimal("20.00"),
    }
    (posting,) = life.register.postings["cash:2031:07.0.01.1:mu-sad:municipal"]
    assert posting.timing.document == "2031-02-15-17"
    assert posting.timing.effective_on == date(2031, 2, 15)


def test_the_same_register_again_pays_nothing_twice() -> None:
    life = garden()
    life.take(taken(TWO, life))
    assert taken(TWO, life).nothing_new


def test_a_register_that_has_grown_pays_what_is_new() -> None:
    life = garden()
    life.take(taken(TWO, life))
    grown = f"{TWO.strip()}\n17.02.2031 | 19 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 5"
    again = taken(grown, life)
    (command,) = again.commands
    assert isinstance(command, PostCash)
    assert command.document.number == "19"


def test_one_order_may_pay_a_line_twice() -> None:
    life = garden()
    twice = f"{HEAD}\n" + "15.02.2031 | 17 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 5\n" * 2
    life.take(taken(twice, life))
    moved = life.state.moved["cash:2031:07.0.01.1:mu-sad:municipal"]
    assert moved.amount == Decimal("10.00")
    assert taken(twice, life).nothing_new


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("30.02.2031 | 1 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 5", "не дата: «30.02.2031»"),
        ("15.02.2031 |  | 07 0 01 1 | МУ «Сад» | Местный бюджет | 5", "номер платёжного поручения"),
        ("15.02.2031 | 1 | 07 0 09 9 | МУ «Сад» | Местный бюджет | 5", "неизвестное мероприятие"),
        ("15.02.2031 | 1 | 07 0 01 1 | МУ «Сад» | из тумбочки | 5", "неизвестный источник"),
        ("15.02.2031 | 1 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 5,005", "не число: «5,005»"),
        ("15.02.2041 | 1 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 5", "ещё не наступила"),
    ],
)
def test_what_cannot_be_read_is_refused(row: str, why: str) -> None:
    found = taken(f"{HEAD}\n{row}", garden())
    assert any(why in one.why for one in found.unread), found.unread
    with pytest.raises(Refusal, match="Бумага прочитана не вся"):
        _ = found.command


def test_a_body_that_the_program_does_not_have_is_refused_by_name() -> None:
    found = taken(f"{HEAD}\n15.02.2031 | 1 | 07 0 01 1 | МУ «Лес» | Местный бюджет | 5", garden())
    assert len(found.unread) == 1
    assert found.unread[0].why.startswith("Исполнителя «МУ «Лес»» в программе нет")


def test_a_sum_without_a_unit_is_refused() -> None:
    found = taken(TWO.replace(", руб.", ""), garden())
    assert "рубли" in found.unread[0].why
