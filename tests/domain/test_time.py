"""The table of docs/time.md, executed: the document can not lie."""

from pathlib import Path

import pytest

from tests.domain.answers import answer
from tests.domain.notation import HEADER, Case, NotUnderstood, case, cases
from tests.domain.table import play

PAGE = (Path(__file__).parents[2] / "docs" / "time.md").read_text(encoding="utf-8")
CASES = list(cases(PAGE))


def answers(one: Case) -> dict[str, str]:
    """Question → answer; and every entry that no question asks about was accepted."""
    run = play(one)
    asked_about = {int(asked["entry"]) for asked, _ in one.asked if asked.form == "entry"}
    surprising = {n: why for n, why in run.refused.items() if n not in asked_about}
    assert not surprising, f"отказано неожиданно: {surprising}"
    return {asked.text: answer(run, asked) for asked, _ in one.asked}


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.number}")
def test_a_row_of_the_document_is_true(one: Case) -> None:
    assert answers(one) == {asked.text: said for asked, said in one.asked}


def test_no_row_is_lost_or_counted_twice() -> None:
    assert [one.number for one in CASES] == list(range(1, len(CASES) + 1))
    rows = [row for row in PAGE.splitlines() if row.startswith("| ") and row[2].isdigit()]
    assert len(rows) == len(CASES) >= 27 + 15


def test_a_false_answer_is_found() -> None:
    row = ["1", "a lie", "act 55 of 24.03: 80 → 90", "31.12; entry 1", "91; refused: no_target"]
    lie = case(row)
    assert answers(lie) == {"31.12": "90", "entry 1": "accepted"}
    assert answers(lie) != {asked.text: said for asked, said in lie.asked}


def test_an_unexpected_refusal_is_found() -> None:
    with pytest.raises(AssertionError, match="was_does_not_stand"):
        answers(case(["1", "a lie", "act 55 of 24.03: 81 → 90", "31.12", "80"]))


@pytest.mark.parametrize(
    "changed",
    [
        {0: "one"},
        {1: ""},
        {2: "act 55 of 24.03: 80 -> 90"},
        {2: "act 55 of 24.03: 80 → 90 forever"},
        {2: "act 55 of 31.02: 80 → 90"},
        {2: "act 55: 80 → 90"},
        {2: "decree 55 of 24.03: 80 → 90"},
        {2: "act 55 of 24.03: t9 80 → 90"},
        {2: "act 55 of 24.03: 80 → 90;act 56 of 25.03: 90 → 91"},
        {2: "act 55 of 24.03: 80 → 90 (recorded 24.03.2021 09:00)"},
        {2: "act 55 of 24.03: 80 → 90; act 56 of 25.03: 90 → 91 (recorded 26.03.2021 09:00 UTC)"},
        {3: "at the end of the year"},
        {3: "31.12 known on 31.12"},
        {3: "31.12 / 31.12 / 31.12"},
        {3: "31.12; 30.12"},
        {4: "90; 90"},
        {4: ""},
    ],
    ids=str,
)
def test_a_row_that_is_not_understood_is_refused(changed: dict[int, str]) -> None:
    row = ["1", "a row", "act 55 of 24.03: 80 → 90", "31.12", "90"]
    assert answers(case(row)) == {"31.12": "90"}
    for column, text in changed.items():
        row[column] = text
    with pytest.raises(ValueError, match=r"."):
        case(row)


def test_a_row_with_too_few_columns_is_refused() -> None:
    with pytest.raises(NotUnderstood):
        list(cases(f"| {' | '.join(HEADER)} |\n| --- |\n| 1 | a row | act |\n"))
