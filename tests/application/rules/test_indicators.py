"""Indicators: facts against calculations, targets against baselines and years before, names."""

import pytest

from application.rules import indicators, names
from tests.application.reports.invented import REPORT, command
from tests.application.rules.asked import ask, brief, invented
from tests.application.rules.tables import form_1

RULES = (*indicators.RULES, *names.RULES)

RAISED = {
    "absence_printed_as_zero": (
        """
        indicator | plan | fact | why
        survey    | 90   | 0?   | мониторинг не проводился
        """,
        [("fact:survey:2021", "0", "")],
    ),
    "value_against_calculation": (
        """
        indicator | plan | fact | calculation
        software  | 20   | 20   | 20/30
        """,
        [("fact:software:2021", "20", "66.67")],
    ),
    "target_worse_than_baseline": (
        """
        indicator | direction | baseline | plan
        queue     | decrease  | 2,38     | 11,5
        content   | increase  | 96,68    | 94,6
        """,
        [("target:queue:2021", "11,5", "2.38"), ("target:content:2021", "94,6", "96.68")],
    ),
    "baseline_missing": (
        """
        indicator | direction | baseline | plan
        waiting   | decrease  | -        | 5
        """,
        [("baseline:waiting", "-", "")],
    ),
    "target_of_zero": (
        """
        indicator | direction | plan
        waiting   | decrease  | 0
        """,
        [("target:waiting:2021", "0", "")],
    ),
    "plan_below_last_year": (
        """
        indicator | direction | last | plan
        services  | increase  | 97,9 | 90
        refusals  | decrease  | 10   | 12
        """,
        [("target:services:2021", "90", "97.9"), ("target:refusals:2021", "12", "10")],
    ),
    "exceeded_by_a_fifth": (
        """
        indicator | direction | plan | fact
        articles  | increase  | 300  | 450
        refusals  | decrease  | 15   | 10
        """,
        [("fact:articles:2021", "450", "150"), ("fact:refusals:2021", "10", "150")],
    ),
    "deviation_unexplained": (
        """
        indicator | direction | plan | fact
        portal    | increase  | 100  | 91,2
        refusals  | decrease  | 10   | 12
        """,
        [("fact:portal:2021", "91,2", ""), ("fact:refusals:2021", "12", "")],
    ),
    "share_of_something_else": (
        """
        indicator | plan | name
        software  | 30   | Доля офисных программ, от общего количества используемых операционных систем
        """,
        [
            (
                "indicator:software:name",
                "Доля офисных программ, от общего количества используемых операционных систем",
                "",
            )
        ],
    ),
    "counts_differ": (
        """
        indicator | plan | fact | calculation | why | name
        percent   | 100  | 100  | 8/8         |     | Процент проведения публичных слушаний по бюджету
        number    | 9    | 8    |             | да  | Количество проведенных публичных слушаний
        """,
        [("fact:percent:2021", "8", "9")],
    ),
}
CLEAN = """
indicator | direction | baseline | last | plan | fact | calculation | why | name
portal    | increase  | 90       | 93   | 100  | 91,2 | 52/57       | так | Доля услуг портала
cut       | increase  | 60       | 60   | 66   | 66,6 | 20/30       |     | Доля программ
refusals  | decrease  | 22       | 20   | 15   | 14   |             |     | Доля отказов
steady    | maintain  | 15       | 15   | 14   | 20   |             |     | Число наборов
fifth     | increase  | 100      | 100  | 100  | 120  |             |     | Число чего-то
frost     | increase  | -9       | -8   | -5   | -8   |             | так | Температура у чего-то
services  | increase  | 50       | 50   | 50   | 60   |     |  | Доля услуг, от общего числа таких услуг
percent   | increase  | 80       | 100  | 100  | 100  | 9/9 |  | Процент проведения публичных слушаний
number    | increase  | 8        | 8    | 9    | 9    |     |  | Количество проведенных публичных слушаний
planned   | increase  | 100      | 100  | 100  | 100  |     |  | Доля слушаний от общего числа запланированных
"""


@pytest.mark.parametrize("rule", RAISED)
def test_what_is_odd_is_found_by_its_rule_alone(rule: str) -> None:
    table, expected = RAISED[rule]
    found = ask(RULES, form_1(table))
    assert {one.rule for one in found} == {rule}
    assert brief(found) == expected


def test_what_is_in_order_raises_nothing() -> None:
    assert ask(RULES, form_1(CLEAN)) == []


def test_a_figure_without_a_paper_is_spelled_in_the_message() -> None:
    fact = {"indicator": "up", "period": "2021", "value": "1500.5"}
    planned = {"id": "up", "element": "goal", "name": "Рост", "direction": "increase"}
    told = invented(
        command("report_facts", document=REPORT, facts=[fact]),
        indicators=[planned | {"targets": {"2021": "1000.25"}}],
    )
    (one,) = ask(RULES, told)
    assert one.message.replace("\u00a0", " ").startswith("Факт 1 500,5 при плане 1 000,25:")
    assert one.printed == "1500.5"


def test_an_explanation_left_in_the_paper_counts() -> None:
    table = """
    indicator | plan | fact
    portal    | 100  | 91,2
    """
    told = form_1(table)
    assert [one.rule for one in ask(RULES, told)] == ["deviation_unexplained"]
    explained = form_1(table.replace("91,2", "91,2 | в бумаге").replace("fact", "fact | why"))
    assert ask(RULES, explained) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("МУ «Кедровская ЦБС»", "МУ «ЦБС»", True),
        ("МУ «Центр»", 'МУ "ЦЕНТР"', True),
        ("МУ «ЦБ»", "МУ «ЦБС»", False),
        ("МКУ «ЦБС»", "МУ «Кедровская ЦБС»", False),
        ("МУ «Дом культуры»", "МУ «Дом спорта»", False),
        ("Отдел культуры", "Отдел образования", False),
    ],
)  # fmt: skip
def test_one_body_under_two_names(one: str, other: str, alike: bool) -> None:  # noqa: FBT001 (a verdict)
    named = [{"id": "a", "name": one}, {"id": "b", "name": other}]
    found = ask(names.RULES, invented(bodies=named), "body_under_two_names")
    assert brief(found) == alike * [("passport:body.b", other, "")]
