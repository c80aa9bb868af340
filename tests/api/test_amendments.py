"""Decrees: a dry run, what was seen, two clients at once, drafts, late and same-day acts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from httpx2 import Response

from tests.api.town import Body, Town, decree, line, refusal

TARGET = "target:i1:2021"


def amend(town: Town, act: Body, *lines: Body, seen: Any = None, **more: Any) -> Response:
    headers = {"If-Match": str(town.last_position if seen is None else seen)}
    return town.post("/amendments", {"act": act, "lines": lines, **more}, headers=headers)


def test_a_decree_is_recorded_with_its_lines_as_one(town: Town) -> None:
    answer = amend(
        town,
        decree("55", "2021-03-24"),
        line(TARGET, "80", {"value": "90"}),
        line("appropriation:2021:10.1.01.1:school:municipal", "1000.00", "1500.00"),
        line("passport:title", "Вымышленная программа", "Новое имя"),
    )
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["act"], data["findings"]) == ("2021-03-24-55", [])
    assert len(data["positions"]) == 5  # the act, the unit, three lines
    state = town.get(as_of="2021-12-31")
    assert state["title"] == "Новое имя"
    assert state["budget"]["totals"]["by_year"]["2021"]["value"] == "1500.00"
    assert state["indicators"][0]["targets"]["2021"]["document"] == "2021-03-24-55"


def test_a_dry_run_needs_neither_key_nor_match_and_leaves_nothing(town: Town) -> None:
    before = town.last_position
    body = {"act": decree("55", "2021-03-24"), "lines": [line(TARGET, "80", "90")]}
    address = f"/api/v1/programs/{town.program}/amendments"
    answer = town.client.post(address, json=body, params={"dry_run": "true"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["changes"] == [
        {"cell": TARGET, "was": {"value": "80"}, "becomes": {"value": "90"}}
    ]
    assert (town.last_position, town.answer("/acts/2021-03-24-55/diff").status_code) == (
        before,
        404,
    )
    wrong = town.client.post(
        address,
        json=body | {"lines": [line(TARGET, "81", "90")]},
        params={"dry_run": "true"},
    )
    assert (wrong.status_code, refusal(wrong)) == (409, "was_does_not_stand")


def test_was_must_stand(town: Town) -> None:
    before = town.last_position
    good = line("target:i2:2021", "80", "90")
    answer = amend(town, decree("55", "2021-03-24"), good, line(TARGET, "81", "90"))
    assert (answer.status_code, refusal(answer)) == (409, "was_does_not_stand")
    assert answer.json()["values"] == {
        "cell": TARGET,
        "was": "81",
        "as_of": "2021-03-24",
        "stands": "80",
        "document": "2020-12-20-1",
    }
    assert (town.last_position, town.value("target:i2:2021")) == (before, "80")
    printed = line(TARGET, "81", "90", as_printed={"reason": "Прежний акт не найден"})
    recorded = amend(town, decree("55", "2021-03-24"), printed).json()["data"]
    assert [f["rule"] for f in recorded["findings"]] == ["was_does_not_stand"]


def test_what_was_seen_must_be_named(town: Town) -> None:
    body = {"act": decree("55", "2021-03-24"), "lines": [line(TARGET, "80", "90")]}
    answer = town.post("/amendments", body)
    assert (answer.status_code, refusal(answer)) == (428, "no_if_match")
    without_key = town.client.post(
        f"/api/v1/programs/{town.program}/amendments",
        json=body,
        headers={"If-Match": str(town.last_position)},
    )
    assert (without_key.status_code, refusal(without_key)) == (400, "no_idempotency_key")


@pytest.mark.parametrize("seen", ["x", "*", "-1", "", "1.5", "9" * 5000, '"1', "1, 2"])
def test_what_was_seen_is_a_position(town: Town, seen: str) -> None:
    answer = amend(town, decree("55", "2021-03-24"), line(TARGET, "80", "90"), seen=seen)
    assert answer.status_code in {412, 422}
    assert refusal(answer) in {"bad_if_match", "stale"}
    assert town.value(TARGET) == "80"


def test_what_was_seen_may_be_quoted(town: Town) -> None:
    seen = f'"{town.last_position}"'
    answer = amend(town, decree("55", "2021-03-24"), line(TARGET, "80", "90"), seen=seen)
    assert answer.status_code == 201


def test_of_two_clients_one_wins_and_the_other_is_told_both_values(town: Town) -> None:
    seen = town.last_position
    first = amend(town, decree("55", "2021-03-24"), line(TARGET, "80", "90"), seen=seen)
    second = amend(town, decree("56", "2021-03-25"), line(TARGET, "80", "70"), seen=seen)
    assert first.status_code == 201
    assert (second.status_code, refusal(second)) == (412, "stale")
    values = second.json()["values"]
    assert (values["seen"], values["last"]) == (str(seen), str(town.last_position))
    assert "80" in values["lines"]
    assert "90" in values["lines"]
    assert town.value(TARGET) == "90"


def test_of_ten_at_once_one_wins(town: Town) -> None:
    seen, ready = town.last_position, Barrier(10)

    def send(number: int) -> Response:
        ready.wait()
        act = decree(str(number), "2021-03-24")
        return amend(town, act, line(TARGET, "80", str(number)), seen=seen)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(send, range(10, 20)))
    assert 201 in {a.status_code for a in answers}
    others = [a for a in answers if a.status_code != 201]
    assert len(others) == 9
    assert {refusal(a) for a in others} <= {"stale", "was_does_not_stand", "lost_race"}
    assert len(town.get("/acts")) == 2


def test_a_late_act_is_compared_as_of_its_own_time(town: Town) -> None:
    """Case 26: a later act's «was» no longer fits: a finding, not a refusal."""
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    late = town.amends(decree("40", "2021-02-10"), line(TARGET, "80", "88"))
    assert [(f["rule"], f["cell"]) for f in late["findings"]] == [("was_does_not_stand", TARGET)]
    assert town.value(TARGET, as_of="2021-03-01") == "88"
    assert town.value(TARGET, as_of="2021-12-31") == "90"


def test_overlapping_acts_must_be_decided(town: Town) -> None:
    """Cases 2 and 3: an earlier act's value that starts after a later act's."""
    town.amends(decree("10", "2021-01-10", applies_from="2021-07-01"), line(TARGET, "80", "90"))
    answer = amend(town, decree("30", "2021-03-15"), line(TARGET, "80", "85"))
    assert (answer.status_code, refusal(answer)) == (409, "overlap_undecided")
    town.amends(decree("30", "2021-03-15"), line(TARGET, "80", "85", overlap="keeps"))
    assert town.value(TARGET, as_of="2021-06-30") == "85"
    assert town.value(TARGET, as_of="2021-07-01") == "90"


def test_two_acts_of_one_day_need_an_order(town: Town) -> None:
    """Case 4."""
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    tie = amend(town, decree("56", "2021-03-24", day_order=55), line(TARGET, "90", "91"))
    assert (tie.status_code, refusal(tie)) == (409, "same_day_tie")
    town.amends(decree("56", "2021-03-24"), line(TARGET, "90", "91"))
    assert town.value(TARGET) == "91"
    assert town.value(TARGET, edition="2021-03-24-55") == "90"


def test_a_draft_states_nothing_until_it_is_signed(town: Town) -> None:
    """Case 20."""
    change = line(TARGET, "80", "90")
    kept = town.amends(decree("55", "2021-04-05"), change, draft=True)
    assert kept["act"] == "draft-a"
    assert town.value(TARGET) == "80"
    town.amends(decree("55", "2021-04-05"), signs="draft-a")
    assert town.value(TARGET, as_of="2021-04-05") == "90"
    again = amend(town, decree("57", "2021-04-06"), signs="draft-a")
    assert (again.status_code, refusal(again)) == (409, "unknown_act")


def test_what_a_new_text_leaves_out_is_not_stated(town: Town) -> None:
    """Case 12."""
    act = decree("59", "2021-06-01")
    town.amends(act, line(TARGET, "80", "90"), restates=["target:"])
    assert town.value("target:i2:2021", as_of="2021-05-31") == "80"
    assert town.value("target:i2:2021", as_of="2021-06-01") == "not_stated"


@pytest.mark.parametrize(
    ("cell", "status", "name"),
    [
        ("nonsense", 422, "not_a_cell"),
        ("", 422, "not_a_cell"),
        ("fact:i1:2021", 422, "not_a_cell"),
        ("passport:first_year", 422, "line_malformed"),
        ("passport:поле", 422, "not_a_cell"),
        ("passport:x y", 422, "not_a_cell"),
        ("element:п:kind", 422, "not_a_cell"),
        ("element:-:name", 422, "not_a_cell"),
        ("appropriation:2021:10.1.01.1:school:nobody", 422, "not_a_cell"),
        ("appropriation:٢٠٢١:10.1.01.1:school:municipal", 422, "not_a_cell"),
        (f"appropriation:{'9' * 5000}:10.1.01.1:school:municipal", 422, "not_a_cell"),
        (f"window:p1:{'9' * 5000}:starts_on", 422, "not_a_cell"),
        ("appropriation:2021:10.1.01.1:school:municipal", 422, "not_money"),
        ("target:i1:2021-13", 422, "not_a_period"),
        ("target:i1:2030", 409, "period_outside_program"),
        ("target:nope:2021", 409, "unknown_indicator"),
        ("appropriation:2021:nope:school:municipal", 422, "not_money"),
        ("window:nope:1:starts_on", 409, "unknown_procedure"),
        ("window:p1:1:starts_on", 422, "line_malformed"),
        ("element:new:kind", 422, "line_malformed"),
        ("indicator:new:element", 409, "unknown_element"),
    ],
)
def test_a_line_about_what_can_not_be_changed(
    town: Town, cell: str, status: int, name: str
) -> None:
    as_printed = {"reason": "Что было, не сверяется"}
    answer = amend(town, decree("55", "2021-03-24"), line(cell, "", "чушь", as_printed=as_printed))
    assert (answer.status_code, refusal(answer)) == (status, name), answer.text


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"becomes": 90}, "/lines/0/becomes"),
        ({"becomes": {"valeu": "90"}}, "/lines/0/becomes/valeu"),
        ({"becomes": {"absent": "forgotten"}}, "/lines/0/becomes/absent"),
        ({"effective_on": "24.03.2021"}, "/lines/0/effective_on"),
        ({"overlap": "maybe"}, "/lines/0/overlap"),
        ({"was": None}, "/lines/0/was"),
        ({"a/b~c": 1}, "/lines/0/a~1b~0c"),
    ],
)
def test_a_malformed_line_is_pointed_at(town: Town, change: Body, pointer: str) -> None:
    answer = amend(town, decree("55", "2021-03-24"), line(TARGET, "80", "90") | change)
    assert (answer.status_code, refusal(answer)) == (422, "malformed")
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert not [e for e in answer.json()["errors"] if "Stated" in e["pointer"]]
