"""The catalogue: order, waivers, viewpoints, published examples, programs with clean sums."""

import re
from datetime import date
from pathlib import Path

import pytest

from application.commands.waive_finding import WaiveFinding
from application.ledger import History
from application.queries.findings import subject_of
from application.rules import basis, columns, form_2, indicators, names, passport, register, sums
from application.rules.catalogue import RULES, findings_at
from application.rules.rule import Rule
from domain.dates import Viewpoint
from domain.findings import Finding
from domain.refusals import ReasonRequired, UnknownFinding
from domain.state import state_of
from tests.application.reports.invented import REPORT, command
from tests.application.rules import test_columns, test_indicators
from tests.application.rules.asked import after, invented, life
from tests.application.rules.tables import form_1

TODAY = date(2024, 12, 31)
FIGURES = (*columns.RULES, *sums.RULES, *passport.RULES, *form_2.RULES)
OWN = (*FIGURES, *indicators.RULES, *names.RULES, *register.RULES, *basis.RULES)
MISPRINT = ("figure_misprinted", "control:ratio:portal:2021")
PORTAL = """
indicator | plan | fact | ratio | why
portal    | 100  | 91,2 | 9,2   | так
"""


def found(told: History, known: int = 0, on: date = TODAY) -> list[Finding]:
    view = Viewpoint(on, on, known or told.register.last_position)
    return findings_at(subject_of(told, view, state_of(told.register, view)))


def marked(told: History, known: int = 0, on: date = TODAY) -> dict[tuple[str, str], bool]:
    return {(one.rule, one.cell): one.waived for one in found(told, known, on)}


def test_rules_have_ids_and_texts_of_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", rule.id)
        for text in (rule.title, rule.compares, rule.source, rule.example):
            assert re.search("[а-я]", text), rule.id


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.id)
def test_every_rule_has_a_case_that_raises_it(rule: Rule) -> None:
    """The cases themselves are in the files of tests beside this one."""
    cases = [file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py")]
    assert any(f'"{rule.id}"' in text for text in cases)


@pytest.mark.parametrize("rule", [*test_columns.RAISED, *test_indicators.RAISED])
def test_the_published_example_is_a_case(rule: str) -> None:
    """The figures of one case are those of the example."""
    example = next(one.example for one in RULES if one.id == rule)
    cases = {**test_columns.RAISED, **test_indicators.RAISED}
    printed = [row[1] for row in cases[rule][1]]
    assert any(one in example or one == "-" for one in printed), printed


def test_errors_come_first_and_the_order_is_stable() -> None:
    told = found(life("kedrovy"))
    assert told == found(life("kedrovy"))
    assert [one.severity for one in told] == sorted(one.severity for one in told)
    places = {rule.id: n for n, rule in enumerate(RULES)}
    assert told == sorted(told, key=lambda one: (one.severity, places[one.rule], one.cell))
    assert len({(one.rule, one.cell) for one in told}) == len(told)


def waive(told: History, rule: str, cell: str, **other: str) -> History:
    told = told.copy()
    waiver = WaiveFinding(rule=rule, cell=cell, **({"reason": "опечатка в отчёте"} | other))
    told.decided(waiver.decide(told.program, told.copy(), TODAY).events)
    return told


def test_a_waived_finding_stays_and_says_so() -> None:
    told = form_1(PORTAL)
    before = told.register.last_position
    assert marked(told) == {MISPRINT: False}
    waived = waive(told, *MISPRINT)
    assert marked(waived) == {MISPRINT: True}
    assert marked(waived, before) == {MISPRINT: False}
    assert marked(waived, on=date(2024, 12, 30)) == {MISPRINT: False}
    shape = found(waived)[0].model_dump(mode="json")
    assert shape == {
        "rule": "figure_misprinted",
        "severity": "error",
        "message": "Отношение факта к плану: напечатано 9,2, а 91,2 ÷ 100 × 100 = 91,2: "
        "опечатка, потеряна цифра 1",
        "cell": "control:ratio:portal:2021",
        "printed": "9,2",
        "computed": "91.2",
        "positions": list(found(told)[0].positions),
        "waived": True,
    }


def test_a_waiver_of_a_packaged_command() -> None:
    body = {"rule": MISPRINT[0], "cell": MISPRINT[1], "reason": "опечатка", "document": REPORT}
    told = after(form_1(PORTAL), command("waive_finding", **body))
    assert marked(told) == {MISPRINT: True}


def test_a_waiver_is_of_the_paper_and_not_of_a_day() -> None:
    waived = waive(form_1(PORTAL), *MISPRINT)
    view = Viewpoint(date(2022, 6, 30), TODAY, waived.register.last_position)
    (one,) = findings_at(subject_of(waived, view, state_of(waived.register, view)))
    assert one.waived


def test_what_is_said_after_a_waiver_is_a_new_finding() -> None:
    """A later paper prints the misprint once more."""
    waived = waive(form_1(PORTAL), *MISPRINT)
    misprinted = {"cell": MISPRINT[1], "printed": "9,2", "value": "9.2"}
    later = {"kind": "report", "type": "Отчёт", "date": "2022-02-20", "number": "4"}
    body = {"document": later, "effective_on": "2021-12-31", "figures": [misprinted]}
    assert marked(after(waived, command("record_document", **body))) == {MISPRINT: False}


def test_what_a_later_act_brings_back_is_a_new_finding() -> None:
    """A decree lowers the target, which is waived; its annulment brings back the target before, which
    nobody waived: all the events behind that finding are older than the waiver.
    """
    told = form_1("indicator | plan | fact\narticles | 300 | 450")
    decree = {"kind": "act", "type": "Постановление", "date": "2022-03-01", "number": "7"}
    line = {"cell": "target:articles:2021", "was": "300", "becomes": "200"}
    lowered = command("amend_program", act=decree | {"applies_from": "2021-01-01"}, lines=[line])
    exceeded = ("exceeded_by_a_fifth", "fact:articles:2021")
    waived = waive(after(told, lowered), *exceeded)
    assert marked(waived)[exceeded]
    annulling = decree | {"date": "2022-04-01", "number": "8"}
    body = {"act": "2022-03-01-7", "by": annulling, "since": "2022-04-01", "reason": "отмена"}
    annulled = after(waived, command("withdraw_act", **body))
    assert not marked(annulled)[exceeded]
    assert marked(annulled, waived.register.last_position)[exceeded]
    assert marked(waive(annulled, *exceeded))[exceeded]


def test_a_cell_has_one_finding_of_a_rule() -> None:
    """Two reports print last year's 91,2 differently."""
    reports = [
        command(
            "report_facts",
            document={"kind": "report", "type": "Отчёт", "date": f"202{n}-02-20", "number": "4"},
            facts=[{"indicator": "portal", "period": "2021", "value": f"9{n}", "last_year": True}],
        )
        for n in (3, 4)
    ]
    told = [one for one in found(after(form_1(PORTAL), *reports)) if one.rule != MISPRINT[0]]
    assert [(one.rule, one.cell, one.printed) for one in told] == [
        ("restated_differently", "fact:portal:2021", "93")
    ]


def test_rules_look_at_what_was_recorded_by_then() -> None:
    told = form_1(PORTAL)
    view = Viewpoint(TODAY, TODAY, told.register.last_position - 1)
    subject = subject_of(told, view, state_of(told.register, view))
    assert subject.register.last_position == view.at_position
    assert MISPRINT[1] not in subject.register.assertions
    assert max(subject.events) == view.at_position


def test_what_is_not_found_is_not_waived() -> None:
    with pytest.raises(UnknownFinding):
        waive(form_1(PORTAL), "figure_truncated", MISPRINT[1])
    with pytest.raises(ReasonRequired):
        waive(form_1(PORTAL), *MISPRINT, reason="  ")


def test_a_paper_is_judged_by_its_own_figures_first() -> None:
    """Its «last year» is 80, which last year's own report puts at 90: growth is right by the paper, and
    another rule tells of the 80."""
    paper = """
    indicator | last | plan | fact | growth
    portal    | 80   | 100  | 100  | 125
    """
    fact = {"indicator": "portal", "period": "2020", "value": "90"}
    report = {"kind": "report", "type": "Отчёт", "date": "2021-01-20", "number": "2"}
    printed = form_1(paper, years={"first": 2020, "last": 2022})
    told = after(printed, command("report_facts", document=report, facts=[fact]))
    assert set(marked(told)) == {("restated_differently", "fact:portal:2020")}


def test_nothing_is_found_before_the_paper_is_known() -> None:
    told = form_1(PORTAL)
    facts = next(s for s in told.register.everything_said() if s.cell.startswith("fact:"))
    assert found(told, facts.position - 1) == []
    assert found(told, on=date(2022, 1, 19)) == []
    assert marked(told, on=date(2022, 1, 20)) == {MISPRINT: False}


def test_the_registers_rules_hold_at_a_viewpoint(loaded: tuple[History, object]) -> None:
    """Of the sample: № 19 came in late and breaks the «was» of № 118; the report of 2025 prints 65,9."""
    told, _ = loaded
    last = told.register.last_position
    late = min(
        s.position for s in told.register.everything_said() if s.timing.document == "2024-02-12-19"
    )
    both = {("was_does_not_stand", "target:wifi:2024"), ("restated_differently", FACT)}
    wanted = {rule.id for rule in register.RULES}

    def of(known: int, on: date) -> set[tuple[str, str]]:
        return {place for place in marked(told, known, on) if place[0] in wanted}

    assert of(last, date(2026, 11, 1)) == both
    assert of(last, date(2025, 3, 9)) == {("was_does_not_stand", "target:wifi:2024")}
    assert of(last, date(2024, 5, 19)) == set()
    assert ("was_does_not_stand", "target:wifi:2024") not in of(late - 1, date(2026, 11, 1))


FACT = "fact:services-online:2023"


def test_a_report_without_its_own_date_and_a_program_without_an_act() -> None:
    act = {"kind": "act", "type": "Постановление", "date": None}
    undated = invented(basis=act, indicators=[])
    assert ("basis_not_stated", "document:undated-a:kind") in marked(undated)
    assumed = {"kind": "report", "type": "Отчёт", "date": "2022-01-20", "date_stated": False}
    body = {"document": assumed, "effective_on": "2021-12-31", "figures": []}
    told = invented(command("record_document", **body), indicators=[])
    assert marked(told) == {("report_date_assumed", "document:2022-01-20-a:date_stated"): False}
    assert marked(invented(indicators=[])) == {}
