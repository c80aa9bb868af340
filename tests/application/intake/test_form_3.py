"""Form 3, drawn small and invented: acts by their requisites."""

import pytest

from application.intake.form_3 import KIND, day
from application.intake.said import ActSaid, Sayings
from tests.application.intake.drawn import paper, read

HEAD = "№ пп | Вид правового акта | Дата принятия | Номер | Суть изменений (краткое изложение)"


def acts(rows: str) -> Sayings:
    return read(KIND, paper(f"{HEAD}\n{rows}"))


def test_an_act_is_its_requisites_as_the_form_prints_them() -> None:
    found = acts(
        "1 | Постановление Администрации города Выдуманного | 24.03.2031 | № 55 | О деньгах"
    )
    (act,) = found.acts
    assert isinstance(act, ActSaid)
    assert (act.type, act.issuer) == ("Постановление", "Администрация города Выдуманного")
    assert (act.date, act.number) == ("2031-03-24", "55")
    assert act.title == act.summary == "О деньгах"
    assert (act.at.row, act.at.cell) == (2, 4)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1 | Постановление | 31.02.2031 | 55 | О деньгах", "не дата: «31.02.2031»"),
        ("1 | Постановление | весной | 55 | О деньгах", "не дата: «весной»"),
        ("1 | Постановление | 24.03.2031 | | О деньгах", "не назван вид или номер акта"),
        ("1 | | 24.03.2031 | 55 | О деньгах", "не назван вид или номер акта"),
        (f"1 | Постановление | 24.03.2031 | {'5' * 101} |", "не назван вид или номер акта"),
        ("1 | Постановление | 24.03.2031 | — | О деньгах", "не назван вид или номер акта"),
        ("1 | Постановление | 24.03.2031 | № 55, № 56 |", "не один номер акта: «55, № 56»"),
        ("1 | Приказ | 24.03.2031 | 55 от 24.03.2031 |", "не один номер акта: «55 от 24.03.2031»"),
    ],
)
def test_what_is_missing_is_refused(row: str, why: str) -> None:
    found = acts(row)
    assert [one.why for one in found.unread] == [why]
    assert not found.acts


def test_an_act_that_speaks_of_a_remark_is_no_remark() -> None:
    found = acts(" | Приказ | 24.03.2031 | 55-п | Примечание к разделу 3 изложить иначе\n")
    assert [act.number for act in found.acts] == ["55-п"]
    assert not acts("Примечание: все акты опубликованы | | | |").acts


def test_no_changes_are_no_act() -> None:
    found = acts("Изменения не вносились | | | |")
    assert not found.unread
    assert not found.acts


@pytest.mark.parametrize(
    "printed",
    [
        "24.03.2031",
        "24.3.2031",
        "24.03.2031 г.",
        "24.03.2031г",
        "2031-03-24",
        "2031-03-24 00:00:00",
    ],
)
def test_days_are_read_as_printed_and_as_workbooks_give_them(printed: str) -> None:
    assert str(day(printed)) == "2031-03-24"
