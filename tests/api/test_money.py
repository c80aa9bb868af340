"""Money: commitments, payments, returns, and the limits that they may not break."""

import pytest

from tests.api.town import LINE, LINE_2021, REPORT, Body, Town, order, refusal

CASH, COMMITMENTS = "/budget/2021/cash-executions", "/budget/2021/commitments"


def pays(amount: str, number: str = "118", on: str = "2021-05-20", **more: object) -> Body:
    return {"document": order(number, on), **LINE, "amount": amount, **more}


def sum_of(town: Town, kind: str) -> str:
    return str(town.get(f"/cells/{kind}:{LINE_2021}")["sum"])


def test_payments_add_up_to_the_appropriation_and_no_further(town: Town) -> None:
    town.records(CASH, pays("600.00"))
    over = town.post(CASH, pays("400.01", "119"))
    assert (over.status_code, refusal(over)) == (409, "cash_over_appropriation")
    assert over.json()["values"] == {
        "line": LINE_2021,
        "cash": "1000.01",
        "appropriation": "1000.00",
    }
    town.records(CASH, pays("400.00", "119"))
    town.records(CASH, pays("0.01", "120", override_reason="Решение суда"))
    assert sum_of(town, "cash") == "1000.01"
    (line,) = [one for one in town.get("/budget")["lines"] if one["year"] == 2021]
    assert (line["cash"]["value"], line["cash"]["unit"]) == ("1000.01", "rub")


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"amount": "10"}, 422, "not_money"),
        ({"amount": "10.5"}, 422, "not_money"),
        ({"amount": "1e3"}, 422, "not_money"),
        ({"amount": "9" * 26 + ".00"}, 422, "not_money"),
        ({"amount": 10.5}, 422, "malformed"),
        ({"amount": "0.00"}, 409, "negative_amount"),
        ({"amount": "-5.00"}, 409, "negative_amount"),
        ({"paid_on": "2022-01-10"}, 409, "payment_outside_year"),
        ({"paid_on": "20.05.2021"}, 422, "malformed"),
        ({"source": "federal"}, 409, "no_appropriation"),
        ({"source": "космос"}, 422, "malformed"),
        ({"cumulative": True}, 422, "malformed"),
        ({"period": "2021"}, 422, "malformed"),
        ({"document": {"kind": "payment", "number": "1"}}, 422, "malformed"),
    ],
)
def test_a_payment_that_can_not_be(town: Town, change: Body, status: int, name: str) -> None:
    answer = town.post(CASH, pays("10.00") | change)
    assert (answer.status_code, refusal(answer)) == (status, name), answer.text
    entries = {k: v for k, v in (pays("10.00") | change).items() if k != "document"}
    batch: Body = {"document": order("118", "2021-05-20"), "entries": [LINE | {"amount": "1.00"}]}
    if "document" not in change and not change.keys() & {"cumulative", "period"}:
        batch["entries"].append(entries)
        whole = town.post(f"{CASH}/batch", batch)
        assert (whole.status_code, refusal(whole)) == (status, name)
        assert town.answer(f"/cells/cash:{LINE_2021}").status_code == 404


def test_a_report_states_cash_and_payments_are_not_added_to_it(town: Town) -> None:
    report: Body = {"document": REPORT, **LINE, "cumulative": True, "period": "2021"}
    town.records(CASH, report | {"amount": "950.00"})
    (line,) = [one for one in town.get("/budget")["lines"] if one["year"] == 2021]
    assert line["cash_reports"]["2021"]["value"] == "950.00"
    assert line["cash"] == {"absent": "not_reported"}
    total = town.get("/forms/2.json", year=2021)["total"]
    assert (total["cash"]["value"], total["percent_year"]["value"]) == ("950.00", "95")
    wrong = town.post(f"{CASH}/batch", {"document": REPORT, "entries": [], "cumulative": True})
    assert {e["pointer"] for e in wrong.json()["errors"]} >= {"/entries"}


def test_commitments_are_taken_and_released(town: Town) -> None:
    town.records(COMMITMENTS, pays("800.00", subject="Договор"))
    over = town.post(COMMITMENTS, pays("200.01", "119"))
    assert (over.status_code, refusal(over)) == (409, "commitment_over_appropriation")
    town.records(COMMITMENTS, pays("300.00", "120", releases=True, subject="Расторгнут"))
    assert sum_of(town, "commitment") == "500.00"
    more = town.post(COMMITMENTS, pays("500.01", "121", releases=True))
    assert (more.status_code, refusal(more)) == (409, "release_over_commitment")


def test_a_return_is_bounded_by_what_was_paid(town: Town) -> None:
    paid = town.records(CASH, pays("100.00"))["position"]
    returned: Body = {"document": order("77", "2021-06-01"), "position": paid, "reason": "Возврат"}
    town.records("/budget/2021/reversals", returned | {"amount": "40.00"})
    over = town.post("/budget/2021/reversals", returned | {"amount": "60.01"})
    assert (over.status_code, refusal(over)) == (409, "reversal_over_posting")
    assert over.json()["values"] == {"amount": "60.01", "rest": "60.00", "position": str(paid)}
    assert sum_of(town, "cash") == "60.00"
    may = town.get(f"/cells/cash:{LINE_2021}", as_of="2021-05-31")
    assert may["sum"] == "100.00"


@pytest.mark.parametrize(
    ("year", "change", "status", "name"),
    [
        ("2021", {"reason": ""}, 409, "reason_required"),
        ("2021", {"amount": "0.00"}, 409, "negative_amount"),
        ("2021", {"amount": "x"}, 422, "not_money"),
        ("2021", {"position": 999_999_999}, 409, "unknown_position"),
        ("2021", {"position": None}, 422, "malformed"),
        ("2021", {"returned_on": "2022-01-10"}, 409, "payment_outside_year"),
        ("2022", {}, 409, "unknown_position"),
    ],
)
def test_a_return_that_can_not_be(
    town: Town, year: str, change: Body, status: int, name: str
) -> None:
    paid = town.records(CASH, pays("100.00"))["position"]
    returned: Body = {
        "document": order("77", "2021-06-01"),
        "position": paid,
        "amount": "40.00",
        "reason": "Возврат",
    }
    answer = town.post(f"/budget/{year}/reversals", returned | change)
    assert (answer.status_code, refusal(answer)) == (status, name), answer.text


def test_an_execution_is_explained(town: Town) -> None:
    line = {"year": 2021, **LINE}
    body = {"document": REPORT, "period": "2021", "line": line, "explanation": "Экономия"}
    town.records("/explanations", body)
    assert town.value(f"explanation:{LINE_2021}:2021") == "Экономия"
    both = town.post("/explanations", body | {"indicator": "i1"})
    assert (both.status_code, both.json()["errors"][0]["pointer"]) == (422, "")
    nowhere = town.post("/explanations", body | {"line": line | {"element": "nope"}})
    assert (nowhere.status_code, refusal(nowhere)) == (409, "unknown_element")
