"""Everything that can be recorded: accepted with positions, refused by name, tried without a trace."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.api.conftest import opened, served
from tests.api.people import bearer, key_of_all_roles
from tests.api.town import (
    LINE,
    OWN_ACT,
    REPORT,
    Body,
    FixedClock,
    Town,
    decree,
    fact,
    line,
    order,
    post,
    program_of,
    refusal,
)
from tests.conftest import Database

MEMO: Body = {"kind": "memo", "date": "2022-04-04", "title": "Служебная записка"}
PAYMENT: Body = {"document": order("118", "2021-05-20"), **LINE, "amount": "400.00"}
WRITES: dict[str, Body] = {
    "/facts/batch": {"document": REPORT, "facts": [fact("i1", "81"), fact("i2", "82")]},
    "/indicators/i1/facts": {"document": REPORT, "period": "2021", "value": "81"},
    "/explanations": {
        "document": REPORT,
        "period": "2021",
        "indicator": "i1",
        "explanation": "Спрос вырос",
    },
    "/budget/2021/commitments": PAYMENT,
    "/budget/2021/cash-executions": PAYMENT,
    "/budget/2021/cash-executions/batch": {
        "document": order("119", "2021-05-21"),
        "entries": [LINE | {"amount": "1.00"}, LINE | {"amount": "2.50"}],
    },
    "/road-map/2022/completions": {
        "document": MEMO,
        "procedure": "p1",
        "window": 1,
        "completed_on": "2022-03-30",
        "evidence": "Протокол",
    },
}
CELLS = {
    "/facts/batch": ("fact:i2:2021", "82"),
    "/indicators/i1/facts": ("fact:i1:2021", "81"),
    "/explanations": ("explanation:i1:2021", "Спрос вырос"),
    "/road-map/2022/completions": ("completion:p1:1", "2022-03-30"),
}
MONEY = {
    "/budget/2021/commitments": ("commitment", "400.00"),
    "/budget/2021/cash-executions": ("cash", "400.00"),
    "/budget/2021/cash-executions/batch": ("cash", "3.50"),
}


@pytest.mark.parametrize("path", WRITES)
def test_what_is_recorded_has_positions_and_is_there(town: Town, path: str) -> None:
    answer = town.post(path, WRITES[path])
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    data = answer.json()["data"]
    assert data["positions"] == sorted(set(data["positions"]))
    assert data["position"] == data["positions"][-1] == town.last_position
    for position in data["positions"]:
        event = town.client.get(f"/api/v1/events/{position}").json()["data"]
        assert event["program"] == town.program
    if path in CELLS:
        cell, value = CELLS[path]
        assert town.value(cell) == value
    else:
        kind, amount = MONEY[path]
        told = town.get(f"/cells/{kind}:2021:10.1.01.1:school:municipal")
        assert told["sum"] == amount


@pytest.mark.parametrize("path", WRITES)
def test_a_key_is_required(town: Town, path: str) -> None:
    before = town.last_position
    address = f"/api/v1/programs/{town.program}{path}"
    for headers in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 201}):
        answer = town.client.post(address, json=WRITES[path], headers=headers)
        assert (answer.status_code, refusal(answer)) == (400, "no_idempotency_key")
    assert town.last_position == before


@pytest.mark.parametrize("path", WRITES)
def test_a_document_from_the_future_is_refused(town: Town, path: str) -> None:
    body = WRITES[path]
    future = {"document": body["document"] | {"date": "2026-11-02"}}
    answer = town.post(path, body | future)
    assert (answer.status_code, refusal(answer)) == (409, "document_from_the_future")
    assert answer.json()["values"] == {"dated_on": "2026-11-02", "today": "2026-11-01"}


@pytest.mark.parametrize("path", WRITES)
def test_unknown_fields_and_parameters_are_refused(town: Town, path: str) -> None:
    extra = town.post(path, WRITES[path] | {"extra": 1})
    assert (extra.status_code, extra.json()["errors"][0]["pointer"]) == (422, "/extra")
    lacking = {k: v for k, v in WRITES[path].items() if k != "document"}
    answer = town.post(path, lacking)
    assert {e["pointer"] for e in answer.json()["errors"]} == {"/document"}
    assert town.post(path, WRITES[path], params={"dry": "true"}).status_code == 422


@pytest.mark.parametrize("path", WRITES)
def test_an_unknown_program_is_not_found(town: Town, path: str) -> None:
    answer = post(town.client, f"/programs/nope{path}", WRITES[path])
    assert (answer.status_code, refusal(answer)) == (404, "unknown_program")


@pytest.mark.parametrize("path", ["/facts/batch", "/indicators/i1/facts"])
def test_a_dry_run_shows_changes_and_writes_nothing(town: Town, path: str) -> None:
    before = town.last_position
    address = f"/api/v1/programs/{town.program}{path}"
    answer = town.client.post(address, json=WRITES[path], params={"dry_run": "true"})
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert (data["position"], data["positions"]) == (before, [])
    changed = {c["cell"]: c["becomes"]["value"] for c in data["changes"]}
    assert changed.items() >= {"fact:i1:2021": "81"}.items()
    assert (town.last_position, town.value("target:i1:2021")) == (before, "80")
    town.records(path, WRITES[path])


def test_a_program_is_registered_once(town: Town) -> None:
    body = program_of(town.program)
    answer = post(town.client, "/programs", body)
    assert (answer.status_code, refusal(answer)) == (409, "already_exists")
    listed = town.client.get("/api/v1/programs", params={"q": town.program}).json()["data"]
    assert [one["municipality"]["invented"] for one in listed] == [True]


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"program": "не латиница"}, 422, "malformed"),
        ({"program": ""}, 422, "malformed"),
        ({"years": {"first": 2024, "last": 2021}}, 422, "malformed"),
        ({"municipality": {"id": "t", "name": "t", "zone": "Mars/Phobos"}}, 422, "malformed"),
        ({"municipality": {"id": "t", "name": "t", "zone": "../../etc"}}, 422, "malformed"),
        ({"passport": {"заголовок": "x"}}, 422, "malformed"),
        ({"basis": OWN_ACT | {"date": "2026-12-01"}}, 409, "document_from_the_future"),
        ({"basis": OWN_ACT | {"number": "9" * 101}}, 422, "malformed"),
        ({"basis": OWN_ACT | {"day_order": 10**12}}, 422, "malformed"),
        ({"elements": []}, 409, "unknown_element"),
        ({"bodies": []}, 409, "unknown_executor"),
        ({"indicators": []}, 409, "unknown_indicator"),
        ({"appropriations": [{"year": 2030, **LINE, "value": "1.00"}]}, 409, "period_outside_"),
        ({"appropriations": [{"year": 2021, **LINE, "value": "1"}]}, 422, "not_money"),
        ({"appropriations": [{"year": 2021, **LINE, "value": "1.00"}] * 2}, 409, "already_exists"),
    ],
)
def test_a_malformed_program_is_refused_whole(
    town: Town, change: Body, status: int, name: str
) -> None:
    body = program_of() | change
    answer = post(town.client, "/programs", body)
    assert (answer.status_code, refusal(answer)[: len(name)]) == (status, name), answer.text
    if body["program"].isascii() and body["program"]:
        assert town.client.get(f"/api/v1/programs/{body['program']}").status_code == 404


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"value": "1e5"}, 422, "not_a_number"),
        ({"value": "9" * 29}, 422, "not_a_number"),
        ({"value": "NaN"}, 422, "not_a_number"),
        ({"value": "91,2"}, 422, "not_a_number"),
        ({"value": " 91"}, 422, "not_a_number"),
        ({"value": "٩"}, 422, "not_a_number"),
        ({"value": 91.2}, 422, "malformed"),
        ({"value": None}, 422, "malformed"),
        ({"absent": "not_measured"}, 422, "malformed"),
        ({"value": "x" * 4001}, 422, "malformed"),
        ({"period": "2021-13"}, 422, "malformed"),
        ({"period": "2021-Q5"}, 422, "malformed"),
        ({"period": 2021}, 422, "malformed"),
        ({"period": "2030"}, 409, "period_outside_program"),
        ({"period": "2020"}, 409, "period_outside_program"),
        ({"calculation": {"formula": "x", "numerator": "1", "denominator": "y"}}, 422, "not_a_n"),
        ({"document": REPORT | {"date": "2022-02-30"}}, 422, "malformed"),
        ({"document": REPORT | {"date": 0}}, 422, "malformed"),
        ({"document": REPORT | {"date": None}}, 422, "malformed"),
        ({"document": REPORT | {"kind": "letter"}}, 422, "malformed"),
        ({"document": REPORT | {"number": "1" * 101}}, 422, "malformed"),
    ],
)
def test_a_malformed_fact_is_refused(town: Town, change: Body, status: int, name: str) -> None:
    answer = town.post("/indicators/i1/facts", WRITES["/indicators/i1/facts"] | change)
    assert (answer.status_code, refusal(answer)[: len(name)]) == (status, name), answer.text


def test_a_fact_of_a_period_that_has_not_ended(database: Database) -> None:
    with opened(database) as letopis:
        early = replace(letopis, clock=FixedClock(date(2022, 6, 30)))
        with served(early) as client:
            client.headers |= bearer(key_of_all_roles(early))
            town = Town.registered(client, program_of())
            body = {"document": REPORT, "period": "2022", "value": "81"}
            answer = town.post("/indicators/i1/facts", body)
            assert (answer.status_code, refusal(answer)) == (409, "period_not_ended")
            town.records("/indicators/i1/facts", body | {"preliminary": True})
            town.records("/indicators/i1/facts", body | {"period": "2022-H1"})


def test_a_value_that_its_calculation_contradicts(town: Town) -> None:
    calculation = {"formula": "20/30*100", "numerator": "20", "denominator": "30"}
    body = WRITES["/indicators/i1/facts"] | {"value": "20", "calculation": calculation}
    answer = town.post("/indicators/i1/facts", body)
    assert (answer.status_code, refusal(answer)) == (409, "value_contradicts_calculation")
    assert answer.json()["values"] == {"indicator": "i1", "value": "20", "computed": "66.67"}
    town.records("/indicators/i1/facts", body | {"as_printed": {"reason": "Так в отчёте"}})
    assert town.value("calculation:i1:2021") == "20/30*100"


def test_an_absence_is_recorded_with_its_reason(town: Town) -> None:
    body = {"document": REPORT, "period": "2021", "absent": "not_measured", "reason": "Опроса нет"}
    town.records("/indicators/i1/facts", body)
    found = town.get("/indicators/i1")["facts"]["2021"]
    assert (found["absent"], found["reason"]) == ("not_measured", "Опроса нет")
    assert "value" not in found


COMPLETIONS, CASH = "/road-map/2022/completions", "/budget/2021/cash-executions"


@pytest.mark.parametrize(
    ("like", "path", "change", "status", "name"),
    [
        ("/indicators/i1/facts", "/indicators/nope/facts", {}, 404, "unknown_indicator"),
        ("/facts/batch", "", {"facts": [fact("nope", "1")]}, 409, "unknown_indicator"),
        ("/explanations", "", {"indicator": "nope"}, 409, "unknown_indicator"),
        (COMPLETIONS, "", {"procedure": "nope"}, 409, "unknown_procedure"),
        (COMPLETIONS, "", {"window": 2}, 409, "unknown_window"),
        (COMPLETIONS, "", {"window": 0}, 422, "malformed"),
        (COMPLETIONS, "", {"completed_on": "2022-02-28"}, 409, "completed_before_start"),
        (COMPLETIONS, "/road-map/x/completions", {}, 422, "malformed"),
        (CASH, "", {"element": "nope"}, 409, "unknown_element"),
        (CASH, "", {"executor": "nope"}, 409, "unknown_executor"),
        (CASH, "/budget/99999/cash-executions", {}, 422, "malformed"),
    ],
)
def test_unknown_in_the_path_is_not_found_in_the_body_refused(
    town: Town, like: str, path: str, change: Body, status: int, name: str
) -> None:
    answer = town.post(path or like, WRITES[like] | change)
    assert (answer.status_code, refusal(answer)) == (status, name), answer.text


def _many(count: int) -> list[Body]:
    months = [f"{year}-{month:02}" for year in range(2021, 2025) for month in range(1, 13)]
    found = [fact(f"i{n}", str(n), month) for n in range(1, 22) for month in months]
    return found[:count]


@pytest.fixture
def big_town(town: Town) -> Town:
    return Town.registered(town.client, program_of(indicators=21))


def test_a_thousand_facts_are_one_unit(big_town: Town) -> None:
    data: Any = big_town.records("/facts/batch", {"document": REPORT, "facts": _many(1000)})
    assert len(data["positions"]) == 1001  # the report itself, and its facts
    assert big_town.value("fact:i21:2021-02") == "21"


def test_one_wrong_fact_of_a_thousand_leaves_nothing(big_town: Town) -> None:
    before = big_town.last_position
    wrong = [*_many(999), fact("i1", "1", "2030")]
    answer = big_town.post("/facts/batch", {"document": REPORT, "facts": wrong})
    assert (answer.status_code, refusal(answer)) == (409, "period_outside_program")
    assert big_town.last_position == before
    malformed = [*_many(998), fact("i1", "x"), fact("i1", "1") | {"extra": 1}]
    answer = big_town.post("/facts/batch", {"document": REPORT, "facts": malformed})
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/facts/999/extra"]
    assert big_town.last_position == before


def test_a_batch_has_bounds(big_town: Town) -> None:
    facts = _many(1001)
    answer = big_town.post("/facts/batch", {"document": REPORT, "facts": facts})
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/facts"]
    answer = big_town.post("/facts/batch", {"document": REPORT, "facts": []})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/facts")


def test_an_act_whose_content_is_not_known(town: Town) -> None:
    town.amends(decree("55", "2021-03-24", content_stated=False, summary="О внесении изменений"))
    rows = town.get("/forms/3.json", year=2021)["rows"]
    assert [(row["act"], row["content_stated"]) for row in rows] == [("2021-03-24-55", False)]
    lines = [line("target:i1:2021", "80", "90")]
    answer = town.post(
        "/amendments",
        {"act": decree("56", "2021-03-25", content_stated=False), "lines": lines},
        headers={"If-Match": str(town.last_position)},
    )
    assert (answer.status_code, refusal(answer)) == (409, "content_not_stated")
