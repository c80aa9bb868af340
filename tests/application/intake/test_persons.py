"""Persons in texts; all names here are invented."""

import pytest
from hypothesis import given, strategies as st

from application.intake.answers import Answers
from application.intake.paper import Paragraph
from application.intake.persons import Persons, names_in, without
from application.intake.procedures import KIND
from application.intake.tables import tables_in
from tests.application.intake.drawn import numbered, paper, table

SURNAMES = ("Озерков", "Берёзкина", "Лесная", "Полянский", "Речко", "Дубравин-Луговой")


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("начальник отдела Озерков П.С.", "начальник отдела"),
        ("начальник отдела Озерков П. С.", "начальник отдела"),
        ("П.С. Озерков", ""),
        ("ОЗЕРКОВ П.С.", ""),
        ("ОзерковП.С.", ""),
        ("глава ОЗЕРКОВ ПЁТР СЕРГЕЕВИЧ", "глава"),
        ("глава Рустамов Ильхам Рашид оглы", "глава"),
        ("глава Рустамов И.-Р. А.", "глава"),
        ("Озерков Пётр Сергеевич, начальник", ", начальник"),
        ("директор Анна Сергеевна Лесная", "директор"),
        ("МБУ «Центр» Озерков П.С", "МБУ «Центр»"),
        ("Администрация Озерков П.С,МКУ «Дом»", "Администрация,МКУ «Дом»"),
        ("Директор МКУ П.С. Озерков", "Директор МКУ"),
        ("Управлению (Берёзкина Л.Б.) обеспечить", "Управлению обеспечить"),
        ("под председательством Полянского Н.Н. и Речко И.П.", "под председательством"),
        ("Озерков П.С., Речко И.П.", ""),
        ("П.С. Озерков И.П. Речко", ""),
        ("глава (person-4)", "глава"),
    ],
)
def test_a_text_without_its_persons(printed: str, left: str) -> None:
    assert without(printed) == left


@pytest.mark.parametrize(
    "printed",
    [
        "Школа им. А.П. Сосновского",
        "ремонт улицы Сосновского А.П.",
        "И.о. директора",
        "г.о. Вымышленный",
        "скорость 10 Мбит/с, стандарт «Цифровая школа»",
        "Рейтинг-50, не ниже 3G",
    ],
)
def test_what_names_nobody_stays(printed: str) -> None:
    assert without(printed) == printed


def test_references_are_given_by_first_mention_in_whatever_case() -> None:
    persons = Persons()
    assert persons.named("совещание у Полянского Н.Н. и Речко И.П.") == ("person-1", "person-2")
    assert persons.named("Полянский Н.Н.") == ("person-1",)
    assert persons.named("Полянская Н.Н.") == ("person-1",), (
        "the case of a surname is not told apart"
    )
    assert persons.named("Полянский А.Н.") == ("person-3",)


def test_who_answers_alone_by_surname_is_a_person_too() -> None:
    persons = Persons()
    assert persons.responsible("начальник отдела Озерков П.С.") == (
        "начальник отдела",
        ("person-1",),
    )
    assert persons.responsible("Озерков") == ("", ("person-1",))
    assert persons.responsible("Полянский") == ("", ("person-2",))
    assert persons.responsible("Дуб Т.") == ("", ("person-3",))
    assert persons.responsible("Т. Дуб") == ("", ("person-3",))
    assert persons.responsible("Руководители школ") == ("Руководители школ", ())


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (2, 4, 1, 0, 3)])
def test_persons_are_counted_as_the_paper_names_them_whatever_the_order_of_columns(
    order: tuple[int, ...],
) -> None:
    rows = (
        ("№ п/п", "Мероприятие", "Ответственный", "Дата начала", "Дата завершения"),
        ("1.", "Доклад Речко И.П.", "Озерков П.С.", "01.02.2030", "02.02.2030"),
    )
    drawn = numbered(
        (
            Paragraph("Письмо подготовила Лесная А.А."),
            table([[row[column] for column in order] for row in rows]),
        )
    )
    found, _, _ = tables_in(drawn, [KIND], Answers())
    persons = Persons.of(drawn, found, ("number", "title", "responsible"))
    assert list(persons.met) == [("лесн", "АА"), ("речко", "ИП"), ("озерков", "ПС")]


@given(
    st.lists(
        st.tuples(st.sampled_from(SURNAMES), st.sampled_from("АБВ"), st.sampled_from("ГДЕ")),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    st.sampled_from(("{} {}.{}.", "{} {}. {}.", "{}\u00a0{}.{}.", "{} {}.{}")),
    st.sampled_from((", ", "; ", " и ", " (главный), ")),
)
def test_no_surname_is_left(named: list[tuple[str, str, str]], form: str, between: str) -> None:
    printed = "начальник " + between.join(form.format(*one) for one in named)
    left = without(printed)
    assert not [one[0] for one in named if one[0] in left]
    assert not list(names_in(left))
    assert len(Persons().named(printed)) == len(named)


def test_a_person_is_the_same_in_every_paper_of_a_municipality() -> None:
    met: dict[tuple[str, str], str] = {}
    Persons.of(paper("Отвечает Озерков П.С.\nи Берёзкина А.А."), met=met)
    later = Persons.of(paper("Отвечает Лугов И.И.\nи Берёзкиной А.А."), met=met)
    assert later.named("Берёзкиной А.А.") == ("person-2",)
    assert later.named("Лугов И.И.") == ("person-3",)
    assert list(met.values()) == ["person-1", "person-2", "person-3"]
