"""What was recorded in error is put right by its position; acts are annulled, suspended, taken back."""

import pytest

from tests.api.town import LINE, LINE_2021, REPORT, Body, Town, decree, fact, line, order, refusal

TARGET = "target:i1:2021"


def position_of(town: Town, cell: str) -> int:
    """Where the last statement about a cell was recorded."""
    return int(town.get(f"/cells/{cell}")["statements"][-1]["said"]["position"])


def test_a_mistyped_date_is_put_right_and_the_story_shows_both(town: Town) -> None:
    """Case 16: № 55 typed as of 2022 overruled № 22 until the date was put right."""
    town.amends(decree("22", "2022-01-31", applies_from="2021-01-01"), line(TARGET, "80", "85"))
    typed = town.amends(
        decree("55", "2022-03-24", applies_from="2021-03-24"), line(TARGET, "85", "90")
    )
    before = town.last_position
    assert town.value(TARGET, as_of="2021-12-31") == "90"
    wrong = typed["position"]
    receipt = town.records(
        "/corrections",
        {
            "position": wrong,
            "reason": "Год набран неверно",
            "right": {"document": decree("55", "2021-03-24")},
        },
    )
    assert receipt["replaces"] == wrong
    assert town.value(TARGET, as_of="2021-12-31") == "85"
    assert town.value(TARGET, as_of="2021-12-31", at_position=before) == "90"
    told = town.get(f"/cells/{TARGET}", as_of="2021-12-31")
    verdicts = {one["said"]["position"]: one for one in told["statements"]}
    assert verdicts[wrong]["verdict"] == "withdrawn"
    assert verdicts[wrong]["dated_on"] == "2022-03-24"
    (anew,) = [one for one in told["statements"] if one["replaces"] == wrong]
    assert (anew["dated_on"], anew["said"]["value"]) == ("2021-03-24", "90")
    (gone,) = told["withdrawals"]
    assert (gone["of_position"], gone["recording_error"]) == (wrong, True)
    assert gone["reason"] == "Год набран неверно"


@pytest.mark.parametrize(
    ("right", "values"),
    [
        ({"value": {"value": "99"}}, {TARGET: "99"}),
        ({"value": "99"}, {TARGET: "99"}),
        ({"value": {"absent": "not_stated"}}, {TARGET: "not_stated"}),
        ({"cell": "target:i2:2021"}, {TARGET: "80", "target:i2:2021": "90"}),
        ({"effective_on": "2022-01-01"}, {TARGET: "80"}),
        (None, {TARGET: "80"}),
    ],
)
def test_only_what_differs_is_said(town: Town, right: Body | None, values: Body) -> None:
    recorded = town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    body = {"position": recorded["position"], "reason": "Опечатка", "right": right}
    town.records("/corrections", body)
    assert {cell: town.value(cell, as_of="2021-12-31") for cell in values} == values


def test_a_fact_is_put_right_and_may_be_named_by_its_document(town: Town) -> None:
    document = town.records("/facts/batch", {"document": REPORT, "facts": [fact("i1", "18")]})
    town.records(
        "/corrections",
        {
            "cell": "fact:i1:2021",
            "document": document["document"],
            "reason": "Цифры переставлены",
            "right": {"value": "81"},
        },
    )
    assert town.value("fact:i1:2021") == "81"


def test_a_payment_is_put_right_by_an_opposite_posting(town: Town) -> None:
    """Case 24: a thousand typed for a hundred."""
    payment = {"document": order("118", "2021-05-20"), **LINE, "amount": "1000.00"}
    posted = town.records("/budget/2021/cash-executions", payment)["position"]
    before = town.last_position
    body = {"position": posted, "reason": "Лишний ноль", "right": {"amount": "100.00"}}
    town.records("/corrections", body)
    told = town.get(f"/cells/cash:{LINE_2021}")
    assert [p["amount"] for p in told["postings"]] == ["1000.00", "-1000.00", "100.00"]
    assert told["sum"] == "100.00"
    assert town.get(f"/cells/cash:{LINE_2021}", at_position=before)["sum"] == "1000.00"


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"position": 999_999_999}, 409, "unknown_position"),
        ({"position": 1}, 409, "unknown_position"),
        ({"position": 0}, 422, "malformed"),
        ({"position": "x"}, 422, "malformed"),
        ({"position": None}, 422, "malformed"),
        ({"reason": ""}, 422, "malformed"),
        ({"reason": "  "}, 409, "reason_required"),
        ({"right": {"value": "x"}}, 422, "not_a_number"),
        ({"right": {"value": 5}}, 422, "malformed"),
        ({"right": {"cell": "target:nope:2021"}}, 409, "unknown_indicator"),
        ({"right": {"cell": "target:i1:2030"}}, 409, "period_outside_program"),
        ({"right": {"cell": "не ячейка"}}, 422, "not_a_cell"),
        ({"right": {"document": decree("1", "2026-11-02")}}, 409, "document_from_the_future"),
        ({"right": {"effective_on": "x"}}, 422, "malformed"),
        ({"right": {"extra": 1}}, 422, "malformed"),
    ],
)
def test_a_correction_that_can_not_be_made(
    town: Town, change: Body, status: int, name: str
) -> None:
    recorded = town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    body = {"position": recorded["position"], "reason": "Опечатка", "right": {"value": "91"}}
    answer = town.post("/corrections", body | change)
    assert (answer.status_code, refusal(answer)) == (status, name), answer.text
    assert town.value(TARGET, as_of="2021-12-31") == "90"


def test_a_fact_is_not_moved_to_where_nothing_is(town: Town) -> None:
    town.records("/facts/batch", {"document": REPORT, "facts": [fact("i1", "81")]})
    position = position_of(town, "fact:i1:2021")
    for cell, name in (
        ("fact:nope:2021", "unknown_indicator"),
        ("fact:не то:2021", "unknown_indicator"),
        ("fact:i1:2030", "period_outside_program"),
        ("fact:i1:2021-13", "not_a_period"),
        ("target:i1:2021", "unknown_position"),
    ):
        body = {"position": position, "reason": "Не туда", "right": {"cell": cell}}
        assert refusal(town.post("/corrections", body)) == name
    assert town.value("fact:i1:2021") == "81"


def test_what_was_taken_back_is_not_taken_back_again(town: Town) -> None:
    recorded = town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    body = {"position": recorded["position"], "reason": "Опечатка"}
    town.records("/corrections", body)
    again = town.post("/corrections", body)
    assert (again.status_code, refusal(again)) == (409, "nothing_to_withdraw")


def test_an_act_is_suspended_for_a_while(town: Town) -> None:
    """Case 9."""
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    by = decree("58", "2021-05-25", content_stated=False)
    body = {"by": by, "since": "2021-06-01", "until_on": "2021-08-31"}
    tried = town.client.post(
        f"/api/v1/programs/{town.program}/acts/2021-03-24-55/withdrawals?dry_run=true", json=body
    )
    assert (tried.status_code, tried.json()["data"]["positions"]) == (200, [])
    town.records("/acts/2021-03-24-55/withdrawals", body)
    days = ("2021-05-31", "2021-06-01", "2021-08-31", "2021-09-01")
    assert [town.value(TARGET, as_of=day) for day in days] == ["90", "80", "80", "90"]
    statuses = {act["act"]: act["status"] for act in town.get("/acts", as_of="2021-07-01")}
    assert statuses["2021-03-24-55"] == "suspended:2021-05-25-58"


def test_an_annulment_that_revives_nothing(town: Town) -> None:
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    body = {"by": decree("61", "2021-10-01", content_stated=False), "revives": False}
    town.records("/acts/2021-03-24-55/withdrawals", body)
    assert town.value(TARGET, as_of="2021-09-30") == "90"
    assert town.value(TARGET, as_of="2021-10-01") == "not_stated"


def test_an_act_recorded_in_error_never_was(town: Town) -> None:
    """Case 19."""
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    before = town.last_position
    body = {"recording_error": True, "reason": "Акт другой программы"}
    town.records("/acts/2021-03-24-55/withdrawals", body)
    assert town.value(TARGET, as_of="2021-12-31") == "80"
    assert town.value(TARGET, as_of="2021-12-31", at_position=before) == "90"
    assert "2021-03-24-55" not in {act["act"] for act in town.get("/acts")}


@pytest.mark.parametrize(
    ("act", "change", "status", "name"),
    [
        ("nope", {}, 404, "unknown_act"),
        ("2021-03-24-55", {"by": decree("1", "2021-01-01")}, 409, "withdrawn_by_itself"),
        ("2021-03-24-55", {"by": decree("55", "2021-03-24")}, 409, "withdrawn_by_itself"),
        ("2021-03-24-55", {"by": decree("1", "2026-11-02")}, 409, "document_from_the_future"),
        ("2021-03-24-55", {"by": None}, 409, "reason_required"),
        ("2021-03-24-55", {"cell": "target:i2:2021"}, 409, "nothing_to_withdraw"),
        ("2021-03-24-55", {"since": "вчера"}, 422, "malformed"),
        ("2021-03-24-55", {"by": None, "recording_error": True}, 409, "reason_required"),
    ],
)
def test_a_withdrawal_that_can_not_be_made(
    town: Town, act: str, change: Body, status: int, name: str
) -> None:
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    body = {"by": decree("61", "2021-10-01", content_stated=False)} | change
    answer = town.post(f"/acts/{act}/withdrawals", body)
    assert (answer.status_code, refusal(answer)) == (status, name), answer.text
