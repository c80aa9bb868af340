"""What the four papers say differently of one thing: exactly the list of findings.md.

Subprogram I has four names in the papers. Two of them are in the packages: those of Krasnogorsk and of
Stupino's Appendix 2; Stupino's Appendix 1 and its text print two more, which no cell holds.
"""

from typing import Any

import pytest

from application.rules.between import RULES, FindingBetween, between
from application.rules.rule import Subject
from tests.application.reports.invented import PROGRAM
from tests.application.rules.asked import PAPERS, invented, subject


def papers(as_of: str = "2024-12-31", dated_by: str = "2024-12-31") -> list[Subject]:
    return [subject(program, as_of, dated_by) for program in PAPERS]


def told(found: FindingBetween) -> list[list[tuple[str, str]]]:
    """Program and cell of every place, version by version."""
    return [[(place.program, place.cell) for place in version.places] for version in found.versions]


def test_exactly_what_findings_md_lists() -> None:
    found = {one.rule: one for one in between(papers())}
    assert list(found) == [
        "figures_of_indicator_differ",
        "definition_of_indicator_differs",
        "title_of_indicator_differs",
        "subprogram_names_differ",
        "codes_in_two_alphabets",
    ]
    assert len(between(papers())) == len(found)
    assert {one.severity for one in found.values()} == {"warning"}


def of(rule: str) -> FindingBetween:
    (found,) = (one for one in between(papers()) if one.rule == rule)
    return found


def test_internet_of_town_schools_10_against_100() -> None:
    speed = of("figures_of_indicator_differ")
    assert [version.said for version in speed.versions] == ["10", "100"]
    assert told(speed) == [
        [("shatura", "indicator:15:name")],
        [("stupino", "indicator:2.D2-1:name")],
    ]
    assert "10 (shatura); 100 (stupino)" in speed.message


def test_deferred_decisions_are_defined_in_two_ways() -> None:
    deferred = of("definition_of_indicator_differs")
    assert told(deferred) == [
        [("krasnogorsk", "indicator:2.02-11:name"), ("shatura", "indicator:11:name")],
        [("stupino", "indicator:2.03-8:name")],
    ]
    assert "«Отложенные решения»" in deferred.message
    first, second = (version.said for version in deferred.versions)
    assert "два и более раз" in first
    assert "8 р.д." in second


def test_answer_in_time_is_spelled_in_two_ways() -> None:
    title = of("title_of_indicator_differs")
    assert [version.said for version in title.versions] == ["«Ответь вовремя»", "«Ответ вовремя»"]
    assert told(title) == [
        [("krasnogorsk", "indicator:2.02-12:name"), ("shatura", "indicator:12:name")],
        [("stupino", "indicator:2.03-9:name")],
    ]


def test_subprogram_one_has_two_of_its_four_names_in_the_packages() -> None:
    names = of("subprogram_names_differ")
    assert told(names) == [[("krasnogorsk", "element:1:name")], [("stupino", "element:1:name")]]
    assert "почтовой связи" in names.versions[0].said


def test_codes_mix_alphabets() -> None:
    alphabets = of("codes_in_two_alphabets")
    assert [[place.text for place in version.places] for version in alphabets.versions] == [
        ["E4", "D2"],
        ["Д6", "Е4"],
    ]
    assert told(alphabets)[0] == [
        ("krasnogorsk", "element:2.E4:name"),
        ("stupino", "element:2.D2:name"),
    ]


def test_every_place_names_its_event() -> None:
    for one in between(papers()):
        for version in one.versions:
            for place in version.places:
                state = subject(place.program).state
                said = state.said(place.cell)
                assert said is not None
                assert said.position == place.position


def test_what_is_not_seen_is_not_compared() -> None:
    """Before 2020 only Stupino is there; up to 2021 Krasnogorsk is not."""
    alone = between(papers(as_of="2021-12-31", dated_by="2020-01-01"))
    assert [one.rule for one in alone] == ["codes_in_two_alphabets"]
    two = between(papers(as_of="2021-12-31", dated_by="2021-12-31"))
    assert [one.rule for one in two] == [
        "figures_of_indicator_differ",
        "definition_of_indicator_differs",
        "title_of_indicator_differs",
        "codes_in_two_alphabets",
    ]


def town(program: str, *names: str, **fields: Any) -> Subject:
    """An invented program with indicators of these names."""
    named = [
        {"id": f"i{n}", "element": "goal", "name": name} | fields for n, name in enumerate(names)
    ]
    elements: list[Any] = PROGRAM["elements"]
    own = fields.get("elements", elements)
    looked_at = subject(invented(indicators=named, elements=own, road_maps=[]))
    return Subject(program, looked_at.viewpoint, looked_at.state, looked_at.register)


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("Вход за 5 минут", "Вход за 15 минут", "figures_of_indicator_differ"),
        ("Вход – Доля вошедших", "Вход - Число вошедших", "definition_of_indicator_differs"),
        ("Вход – Доля вошедших", "Вхождение – Доля вошедших", "title_of_indicator_differs"),
        ("Вход – Доля до 5 минут", "Вход – Доля до 6 минут", "figures_of_indicator_differ"),
        ("Вход за 5 минут", "Вход за  «5» минут.", None),
        ("Вход – Доля вошедших", "вход - Доля вошедших;", None),
        ("Вход за 5 минут", "Выход за 15 минут", None),
    ],
)
def test_one_indicator_of_two_towns(first: str, second: str, rule: str | None) -> None:
    found = between([town("one", first), town("two", second)])
    assert [one.rule for one in found] == ([rule] if rule else [])


def test_one_program_does_not_contradict_another_by_itself() -> None:
    assert not between([town("one", "Вход за 5 минут", "Вход за 15 минут")])


def test_directions_differ() -> None:
    up, down = (town(d, "Доля отказов", direction=d) for d in ("increase", "decrease"))
    (found,) = between([up, down])
    assert found.rule == "direction_of_indicator_differs"
    assert [version.said for version in found.versions] == ["increase", "decrease"]
    assert not between([up, up])


def subprogram(program: str, name: str) -> Subject:
    told_by = {"id": "s", "kind": "subprogram", "name": name}
    told = invented(elements=[told_by], indicators=[], appropriations=[], road_maps=[])
    looked_at = subject(told)
    return Subject(program, looked_at.viewpoint, looked_at.state, looked_at.register)


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("Услуги жителям в центрах", "Услуги жителям в новых центрах", True),
        ("Услуги жителям в центрах", "Подпрограмма I «Услуги жителям в центрах»", False),
        ("Услуги жителям в центрах", "Сети и связь в школах", False),
    ],
)
def test_names_of_subprograms(first: str, second: str, *, differ: bool) -> None:
    found = between([subprogram("one", first), subprogram("two", second)])
    assert [one.rule for one in found] == ["subprogram_names_differ"] * differ


def test_rules_are_published_once() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.title and rule.compares and rule.source and rule.example for rule in RULES)
