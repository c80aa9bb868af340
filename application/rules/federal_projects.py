"""Codes of federal projects: which subject each serves, and in which alphabet they are written.

Source: Order of the Ministry of Finance of 06.06.2019 № 85н on budget classification, the codes of
federal projects within national projects (a Latin letter and a digit). The table is published with the
rules: `PROJECTS`. Projects of the digital economy (D) serve every branch, so they have no subject.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from application.intake.text import folded
from application.reports.tree import stated_fields
from application.rules.rule import Rule, Subject
from application.rules.windows import positions
from domain import cells, codes
from domain.dates import Assertion
from domain.findings import Finding
from domain.program import ElementAdded
from domain.state import State

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "культура": ("культур", "музе", "библиотек", "театр"),
    "образование": ("образовательн", "школ", "обучающ", "учащ", "педагог"),
}
"""By which beginnings of words a subject is recognized."""


class Project(NamedTuple):
    """A federal project and its subject; None serves every branch."""

    name: str
    subject: str | None


PROJECTS: Mapping[str, Project] = {
    "A1": Project("Культурная среда", "культура"),
    "A2": Project("Творческие люди", "культура"),
    "A3": Project("Цифровая культура", "культура"),
    "D1": Project("Нормативное регулирование цифровой среды", None),
    "D2": Project("Информационная инфраструктура", None),
    "D3": Project("Кадры для цифровой экономики", None),
    "D4": Project("Информационная безопасность", None),
    "D5": Project("Цифровые технологии", None),
    "D6": Project("Цифровое государственное управление", None),
    "E1": Project("Современная школа", "образование"),
    "E2": Project("Успех каждого ребенка", "образование"),
    "E4": Project("Цифровая образовательная среда", "образование"),
    "E5": Project("Учитель будущего", "образование"),
}
_BY_NAME = {folded(project.name): code for code, project in PROJECTS.items()}
_CODE = re.compile(r"[A-ZА-Я][0-9]")
_CODE_IN_NAME = re.compile(r"мероприятие\s+([A-ZА-Я][0-9])\b")
_NAME_OF_PROJECT = re.compile(r"Федеральный проект\s+«([^»]+)»")


class PrintedCode(NamedTuple):
    """The code of a main measure as printed («Д6»), and the statement of the element's name."""

    element: str
    printed: str
    said: Assertion

    @property
    def is_latin(self) -> bool:
        return self.printed.isascii()


def printed_codes(subject: Subject) -> Iterator[PrintedCode]:
    """Codes of a letter and a digit, as the paper prints them beside an element's name (which only the
    event that added it tells) or within it.
    """
    for element, kind in stated_fields(subject.state, "element", "kind").items():
        said = subject.state.said(cells.element(element, "name"))
        added = subject.events.get(kind.position)
        beside = added.printed_code if isinstance(added, ElementAdded) else None
        within = _CODE_IN_NAME.search(_name(subject.state, element))
        printed = beside or (within[1] if within else "")
        if said is not None and _CODE.fullmatch(printed):
            yield PrintedCode(element, printed, said)


def _in_cyrillic(rule: Rule, subject: Subject) -> Iterator[Finding]:
    found = list(printed_codes(subject))
    latin = ", ".join(f"«{code.printed}»" for code in found if code.is_latin)
    beside = f"; латиницей набран {latin}" if latin else ""
    for code in found:
        if not code.is_latin:
            canonical = codes.fold(code.printed)
            yield rule.found(
                code.said.cell,
                f"Код «{code.printed}» набран кириллицей, в классификации он «{canonical}»{beside}",
                printed=code.printed,
                computed=canonical,
                positions=(code.said.position,),
            )


def _of_another_project(rule: Rule, subject: Subject) -> Iterator[Finding]:
    state = subject.state
    projects = _projects(subject)
    for indicator, under in stated_fields(state, "indicator", "element").items():
        code = projects.get(state.text(under.cell) or "")
        said = state.said(cells.indicator(indicator, "name"))
        if code is None or said is None:
            continue
        own = PROJECTS[code].subject
        spoken = _subjects(state.text(said.cell) or "")
        if own is not None and spoken and own not in spoken:
            yield rule.found(
                said.cell,
                f"Показатель о предмете «{', '.join(spoken)}» стоит под федеральным проектом {code} "
                f"«{PROJECTS[code].name}», чей предмет — «{own}»",
                printed=", ".join(spoken),
                computed=own,
                positions=positions(under, said),
            )


def _projects(subject: Subject) -> dict[str, str]:
    """The federal project's code of every element that names one or has its code."""
    found = {code.element: codes.fold(code.printed) for code in printed_codes(subject)}
    for element in stated_fields(subject.state, "element", "name"):
        if named := _NAME_OF_PROJECT.search(_name(subject.state, element)):
            found.setdefault(element, _BY_NAME.get(folded(named[1]), ""))
    return {element: code for element, code in found.items() if code in PROJECTS}


def _subjects(name: str) -> list[str]:
    words = folded(name).split()
    return [
        subject
        for subject, beginnings in SUBJECTS.items()
        if any(word.lstrip("(").startswith(beginnings) for word in words)
    ]


def _name(state: State, element: str) -> str:
    return state.text(cells.element(element, "name")) or ""


RULES: tuple[Rule, ...] = (
    Rule(
        id="code_in_cyrillic",
        severity="warning",
        title="Код федерального проекта набран кириллицей",
        compares="буква печатного кода основного мероприятия с латинской буквой классификации",
        source="приказ Минфина России от 06.06.2019 № 85н: коды набираются латиницей",
        example="Ступино: «Д6» и «Е4» кириллицей рядом с «D2» латиницей",
        check=_in_cyrillic,
    ),
    Rule(
        id="indicator_of_another_project",
        severity="warning",
        title="Показатель стоит под чужим федеральным проектом",
        compares="предмет показателя по его названию с предметом федерального проекта: "
        "A1–A3 культура, E1, E2, E4, E5 образование; D1–D6 служат всем отраслям",
        source="приказ Минфина России от 06.06.2019 № 85н: коды федеральных проектов",
        example="Красногорск: показатель учреждений культуры под E4 "
        "«Цифровая образовательная среда»",
        check=_of_another_project,
    ),
)
