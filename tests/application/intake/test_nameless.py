"""No name of a person gets into what is recorded, wherever in a paper it stands; all names are invented."""

import pytest

from application.intake.answers import Answers
from application.intake.intake import read
from application.intake.nameless import IN_CALCULATION, IN_SUMMARY, NAMES_A_PERSON
from application.intake.persons import may_name
from domain.values import AbsenceReason, Absent
from tests.application.intake import test_form_2
from tests.application.intake.drawn import paper
from tests.application.intake.test_form_1 import one
from tests.application.intake.test_form_3 import HEAD

NAME = "Озерков П.С."


@pytest.mark.parametrize(
    "printed",
    [
        NAME,
        "П. С. Озерков",
        "Озеркова-Луговая П. С.",
        "ОЗЕРКОВ ПЁТР СЕРГЕЕВИЧ",
        "Озерков П.",
        "согласовано: П. Озеркову",
        "Озерков П С",
        "Озерков, П.С.",
        "Рустамов Ильхам Рашид оглы",
        "Рустамов И.-Р. А.",
        "Пётр Озерков",
        "Озеркова Мария",
        "Ozerkov P.S.",
    ],
)
def test_a_name_in_any_shape_is_seen(printed: str) -> None:
    assert may_name(f"исполнил {printed}")


@pytest.mark.parametrize(
    "printed",
    [
        "91,2",
        "Постановление Администрации города Выдуманного",
        "Школа им. А.П. Сосновского",
        "глава (person-4)",
        "Доля дворов, %",
        "Развитие МБУ «Сад» в г. Выдуманск",
        "ДМУ=(52/57)*100",
    ],
)
def test_what_names_nobody_is_kept(printed: str) -> None:
    assert not may_name(printed)


def test_words_in_place_of_a_figure_are_kept_without_the_name_in_them() -> None:
    found = one(plan="90", fact=f"Мониторинг не проводился, отв. {NAME}")
    value = found.said["fact:goal-1:2031"]
    assert isinstance(value, Absent)
    assert (value.absent, value.printed) == (AbsenceReason.NOT_MEASURED, "")


def test_a_calculation_that_names_a_person_is_left_out() -> None:
    found = one(plan="90", fact="95", how=f"Д=(171/180)*100, исп. {NAME}")
    assert not found["calculation:goal-1:2031"]
    assert found.left_out == (IN_CALCULATION,)


def test_a_name_where_none_belongs_is_refused() -> None:
    assert one(name=f"Поручения, данные {NAME}", plan="90").unread == (NAMES_A_PERSON,)
    assert one(unit=NAME, plan="90").unread == (NAMES_A_PERSON,)
    body = test_form_2.BODY.replace("МУ «Сад»", f"ИП {NAME}")
    assert NAMES_A_PERSON in test_form_2.form(body).unread


@pytest.mark.parametrize(
    ("row", "said", "unread"),
    [
        (f"1 | Постановление | 24.03.2031 | 55 | Ответственный: {NAME}", [("55", "")], []),
        (f"1 | Постановление Главы {NAME} | 24.03.2031 | 55 | О деньгах", [], [NAMES_A_PERSON]),
    ],
)
def test_acts_are_listed_without_names(
    row: str, said: list[tuple[str, str]], unread: list[str]
) -> None:
    found = read(paper(f"{HEAD}\n{row}"), Answers(), None).sayings
    assert [(act.number, act.summary or act.title) for act in found.acts] == said
    assert [one.why for one in found.unread] == unread
    assert [one.why for one in found.left_out] == [IN_SUMMARY] * len(said)
