"""Codes of federal projects: an example that raises and one that does not, and the papers' codes."""

from typing import Any

import pytest

from application.rules.federal_projects import PROJECTS, RULES, SUBJECTS
from application.rules.rule import Subject
from domain import codes
from domain.dates import Register
from tests.application.rules.asked import ask, brief, invented, subject

CULTURE = "Доля вымышленных учреждений культуры с доступом к сети"
SCHOOLS = "Доля вымышленных школ с доступом к сети"


def under(name: str, indicator: str = CULTURE, printed_code: str | None = None) -> Any:
    """A main measure of this name, with one indicator."""
    element = {"id": "m", "kind": "main_measure", "name": name, "printed_code": printed_code}
    named = {"id": "x", "element": "m", "name": indicator}
    return invented(
        elements=[element], indicators=[named], appropriations=[], road_maps=[], bodies=[]
    )


@pytest.mark.parametrize(
    ("name", "printed_code", "found"),
    [
        ("Основное мероприятие Е4. Вымышленное", None, [("element:m:name", "Е4", "E4")]),
        ("Основное мероприятие Д6. Вымышленное", "Д6", [("element:m:name", "Д6", "D6")]),
        ("Вымышленное", "Д6", [("element:m:name", "Д6", "D6")]),
        ("Основное мероприятие D2. Вымышленное", "D2", []),
        ("Основное мероприятие 01. Вымышленное", "01", []),
        ("Вымышленное", None, []),
    ],
)
def test_code_in_cyrillic(
    name: str, printed_code: str | None, found: list[tuple[str, str, str]]
) -> None:
    told = under(name, printed_code=printed_code)
    assert brief(ask(RULES, told, "code_in_cyrillic")) == found


@pytest.mark.parametrize(
    ("name", "indicator", "printed_code", "found"),
    [
        ("Федеральный проект «Цифровая образовательная среда»", CULTURE, None, True),
        ("Вымышленное", CULTURE, "E4", True),
        ("Вымышленное", CULTURE, "Е4", True),
        ("Вымышленное", SCHOOLS, "A3", True),
        ("Вымышленное", SCHOOLS, "E4", False),
        ("Вымышленное", CULTURE, "A3", False),
        ("Вымышленное", SCHOOLS, "D2", False),  # serves every branch
        ("Вымышленное", "Число вымышленных столов муниципального образования", "E4", False),
        ("Вымышленное", CULTURE, "04", False),
        ("Федеральный проект «Неизвестный»", CULTURE, None, False),
    ],
)
def test_indicator_of_another_project(
    name: str, indicator: str, printed_code: str | None, *, found: bool
) -> None:
    told = under(name, indicator, printed_code)
    cells = [one.cell for one in ask(RULES, told, "indicator_of_another_project")]
    assert cells == ["indicator:x:name"] * found


def test_codes_of_stupino_and_the_indicator_of_krasnogorsk() -> None:
    assert brief(ask(RULES, "stupino")) == [
        ("element:2.D6:name", "Д6", "D6"),
        ("element:2.E4:name", "Е4", "E4"),
    ]
    (astray,) = ask(RULES, "krasnogorsk")
    assert (astray.rule, astray.cell) == ("indicator_of_another_project", "indicator:2.E4-1:name")
    assert (astray.printed, astray.computed) == ("культура", "образование")


@pytest.mark.parametrize("program", ["kedrovy", "shatura"])
def test_the_other_papers_have_no_federal_projects(program: str) -> None:
    assert not ask(RULES, program)


def test_without_events_the_names_tell() -> None:
    """What is printed beside a name only the event knows; Krasnogorsk names the project too."""
    for program, count in (("stupino", 2), ("krasnogorsk", 1)):
        seen = subject(program)
        bare = Subject(seen.program, seen.viewpoint, seen.state, Register())
        assert len(ask(RULES, bare)) == count


def test_the_table_is_in_latin_and_of_known_subjects() -> None:
    assert all(codes.fold(code) == code and code.isascii() for code in PROJECTS)
    assert {project.subject for project in PROJECTS.values()} == {*SUBJECTS, None}
