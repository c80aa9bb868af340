"""The findings of the four papers and of the invented municipality: those of findings.md, no others."""

from collections import Counter
from datetime import date

import pytest

from application.ledger import History
from application.queries.findings import subject_of
from application.rules import basis, columns, form_2, indicators, names, passport, register, sums
from application.rules.catalogue import findings_at
from domain.dates import Viewpoint
from domain.findings import Finding
from domain.state import state_of
from tests.application.reports.invented import command
from tests.application.reports.papers import Data
from tests.application.rules.asked import after, life

OWN = {
    rule.id
    for of in (basis, columns, form_2, indicators, names, passport, register, sums)
    for rule in of.RULES
}
TODAY = date(2026, 11, 1)

ERRORS = {
    "kedrovy": """
        figure_of_an_absence      | control:deviation:goal-1:2021      | 90    |
        figure_of_an_absence      | control:ratio:goal-1:2021          | 0     |
        division_by_zero          | control:growth:objective-3-2:2021  | 0     |
        figure_truncated          | control:ratio:objective-1-1:2021   | 110,5 | 110.56
        figure_truncated          | control:ratio:objective-2-1:2021   | 88,88 | 88.89
        figure_truncated          | control:ratio:objective-3-1:2021   | 66,6  | 66.67
        figure_misprinted         | control:ratio:objective-1-2:2021   | 9,2   | 91.2
        absence_printed_as_zero   | fact:goal-1:2021                   | 0     |
        value_against_calculation | fact:objective-3-1:2021            | 20    | 66.67
    """,
    "stupino": """
        passport_years   | control:passport:municipal:total | 421 246,4 | 421246100.00
        passport_sources | control:passport:all:total       | 423 767,8 | 423768100.00
    """,
    "krasnogorsk": "",
    "shatura": "",
}
WARNINGS = {
    "kedrovy": """
        zero_of_zero             | form-2:2021
        plan_below_last_year     | target:objective-1-1:2021
        exceeded_by_a_fifth      | fact:objective-2-2:2021
        exceeded_by_a_fifth      | fact:objective-2-3:2021
        body_under_two_names     | passport:body.mu-cbs
        share_of_something_else  | indicator:objective-3-1:name
        counts_differ            | fact:goal-2:2021
        executors_do_not_roll_up | appropriation:2021:04.0.02.3:otdel-obrazovaniya:-
        two_precisions           | form-2:2021
        report_date_assumed      | document:2022-01-31-a:date_stated
        basis_not_stated         | document:undated-a:kind
    """,
    "stupino": """
        target_worse_than_baseline | target:1.01-1:2020
        target_worse_than_baseline | target:1.02-1:2020
        target_worse_than_baseline | target:2.01-2:2020
        target_worse_than_baseline | target:2.03-4:2020
        baseline_missing           | baseline:1.02-2
        target_of_zero             | target:1.02-2:2020
        source_not_in_appendix     | control:passport:federal:total
    """,
    "krasnogorsk": "",
    "shatura": "",
}
HEADER = {
    "cell": "control:header:form-1:ratio:2021",
    "printed": "Относительное отклонение факта от плана, %",
    "at": {"table": 1, "row": 1, "cell": 8},
}


def found(told: History) -> list[Finding]:
    view = Viewpoint(TODAY, TODAY, told.register.last_position)
    every = findings_at(subject_of(told, view, state_of(told.register, view)))
    return [one for one in every if one.rule in OWN]


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize("paper", ERRORS)
def test_errors_are_those_of_the_paper_and_no_others(paper: str) -> None:
    told = [
        (one.rule, one.cell, one.printed, one.computed)
        for one in found(life(paper))
        if one.severity == "error"
    ]
    assert Counter(told) == Counter(rows(ERRORS[paper]))


@pytest.mark.parametrize("paper", WARNINGS)
def test_warnings_are_those_of_the_paper_and_no_others(paper: str) -> None:
    told = [(one.rule, one.cell) for one in found(life(paper)) if one.severity == "warning"]
    headed = [one for one in told if one[0] != "column_against_header"]
    assert Counter(headed) == Counter(rows(WARNINGS[paper]))


def test_column_8_of_kedrovy_is_one_warning() -> None:
    """Once the header is recorded beside the figures: which formula holds, the figures themselves tell."""
    report: Data = {
        "kind": "report",
        "type": "Отчёт",
        "title": "Заголовки граф",
        "date": "2022-01-31",
    }
    body = {"document": report, "effective_on": "2021-12-31", "figures": [HEADER]}
    told = found(after(life("kedrovy"), command("record_document", **body)))
    (one,) = [one for one in told if one.rule == "column_against_header"]
    assert (one.severity, one.cell, one.printed) == ("warning", HEADER["cell"], HEADER["printed"])
    assert "отношение факта к плану" in one.message


def test_the_sample_has_the_two_that_it_was_made_to_have(loaded: tuple[History, object]) -> None:
    """№ 19 came in late and breaks the «was» of № 118; a report prints last year's 65,9 for 65,8."""
    told = [(one.rule, one.cell) for one in found(loaded[0])]
    assert told == [
        ("was_does_not_stand", "target:wifi:2024"),
        ("restated_differently", "fact:services-online:2023"),
    ]


@pytest.mark.parametrize("paper", ERRORS)
def test_every_finding_names_its_events(paper: str) -> None:
    told = life(paper)
    for one in found(told):
        assert one.positions, one.rule
        assert set(one.positions) <= set(told.events)
        assert list(one.positions) == sorted(one.positions)
