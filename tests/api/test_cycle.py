"""A whole year of an invented program: reports submitted, returned, accepted, closed, corrected late on a
basis, and re-issued byte for byte afterwards.
"""

from hashlib import sha256
from typing import Any

import pytest

from adapters.documents import writing
from tests.api.town import LINE, Body, Town, decree, fact, line, order, refusal

QUARTERS = ("2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4")
REPORTS = {
    "2022-Q1": "2022-04-05",
    "2022-Q2": "2022-07-06",
    "2022-Q3": "2022-10-05",
    "2022-Q4": "2023-01-09",
}
FORMATS = ("docx", "xlsx", "pdf")
Issued = dict[str, bytes]


def memo(number: str, on: str) -> Body:
    return {"kind": "memo", "type": "Письмо", "date": on, "number": number}


def report(number: str, on: str) -> Body:
    return {"kind": "report", "type": "Отчёт", "title": "Отчёт", "date": on, "number": number}


def step(town: Town, period: str, name: str, document: Body, **more: Any) -> Any:
    by = {} if name == "submission" else {"headers": town.second}
    return town.records(f"/periods/{period}/{name}", {"document": document, **more}, **by)


def refused(town: Town, period: str, name: str, document: Body, **more: Any) -> str:
    by = {} if name == "submission" else {"headers": town.second}
    answer = town.post(f"/periods/{period}/{name}", {"document": document, **more}, **by)
    assert answer.status_code == 409, answer.text
    return refusal(answer)


def period_of(town: Town, period: str, **asked: Any) -> Any:
    (found,) = [one for one in town.get("/periods", **asked) if one["period"] == period]
    return found


def files(town: Town, period: str, submission: int = -1) -> Issued:
    """The files of a submission by their addresses, each checked against its digest."""
    told = period_of(town, period)["submissions"][submission]
    found = {}
    for file in told["files"]:
        path = f"/periods/{period}/issued/{told['position']}/{file['form']}.{file['file_format']}"
        answer = town.answer(path)
        assert answer.status_code == 200, answer.text
        assert sha256(answer.content).hexdigest() == file["digest"]
        assert len(answer.content) == file["size"]
        assert answer.headers["etag"] == f'"{file["digest"]}"'
        assert "immutable" in answer.headers["cache-control"]
        found[path] = answer.content
    return found


def works(town: Town, quarter: str) -> None:
    """What happens in a quarter: a payment and a fact."""
    month = 3 * int(quarter[-1])
    day = f"2022-{month:02}-10"
    entry = {**LINE, "amount": "100.00", "document": order(f"1{month}", day)}
    town.records("/budget/2022/cash-executions", entry)
    body = {"document": report(f"ф-{month}", REPORTS[quarter]), **fact("i1", "84", quarter)}
    town.records("/indicators/i1/facts", {k: v for k, v in body.items() if k != "indicator"})


def test_a_whole_year(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    issued: dict[str, Issued] = {}
    for nth, quarter in enumerate(QUARTERS, start=1):
        works(town, quarter)
        signed = report(str(nth), REPORTS[quarter])
        receipt = step(town, quarter, "submission", signed)
        assert [f["file_format"] for f in receipt["files"]] == list(FORMATS)
        issued[f"{quarter}:1"] = files(town, quarter)
        too_late = {"document": report("9", "2023-02-01"), "facts": [fact("i2", "80", quarter)]}
        assert refusal(town.post("/facts/batch", too_late)) == "report_under_review"
    returned = memo("3", REPORTS["2022-Q2"])
    step(town, "2022-Q2", "return", returned, reason="Нет показателя i2")
    town.records(
        "/facts/batch",
        {"document": report("2", REPORTS["2022-Q2"]), "facts": [fact("i2", "81", "2022-Q2")]},
    )
    step(town, "2022-Q2", "submission", report("2", REPORTS["2022-Q2"]), reason="Дополнен")
    issued["2022-Q2:2"] = files(town, "2022-Q2")
    assert set(issued["2022-Q2:1"].values()).isdisjoint(issued["2022-Q2:2"].values())
    for quarter in QUARTERS:
        step(town, quarter, "acceptance", memo(f"п-{quarter}", "2023-01-20"))
        step(town, quarter, "closing", memo(f"з-{quarter}", "2023-01-25"))
    town.records(
        "/facts/batch",
        {"document": report("10", "2023-03-01"), "facts": [fact("i1", "85", "2022")]},
    )
    step(town, "2022", "submission", report("10", "2023-03-01"))
    assert len(files(town, "2022")) == 9
    issued["2022:1"] = files(town, "2022")
    step(town, "2022", "acceptance", memo("20", "2023-03-10"))
    step(town, "2022", "closing", memo("21", "2023-03-15"))

    late = town.get("/cells/fact:i1:2022-Q1")["winner"]
    correction = {"position": late, "reason": "Описка", "right": {"value": {"value": "83"}}}
    assert refusal(town.post("/corrections", correction)) == "basis_required"
    town.records("/corrections", correction | {"basis": memo("30", "2023-04-03")})
    assert town.value("fact:i1:2022-Q1") == "83"
    (gone,) = town.get("/cells/fact:i1:2022-Q1")["withdrawals"]
    assert (gone["reason"], gone["grounds"]) == ("Описка", "2023-04-03-30")
    town.amends(
        decree("40", "2023-05-01", applies_from="2022-01-01"), line("target:i1:2022", "85", "82")
    )

    monkeypatch.setattr(writing, "_WRITERS", dict.fromkeys(writing.MEDIA_TYPES, lambda _: b"newer"))
    for key, before in issued.items():
        period, _, number = key.partition(":")
        assert files(town, period, int(number) - 1) == before, key
    statuses = {
        one["period"]: one["status"]
        for one in town.get("/periods")
        if one["period"].startswith("2022")
    }
    assert set(statuses.values()) == {"closed"}


def test_no_step_is_skipped_and_nobody_forces_one(town: Town) -> None:
    document = memo("1", "2022-05-01")
    assert refused(town, "2022-Q1", "acceptance", document) == "report_not_in_state"
    assert refused(town, "2022-Q1", "closing", document) == "report_not_in_state"
    assert refused(town, "2022-Q1", "return", document, reason="нет") == "report_not_in_state"
    step(town, "2022-Q1", "submission", report("1", "2022-04-05"))
    assert (
        refused(town, "2022-Q1", "submission", report("2", "2022-04-06")) == "report_not_in_state"
    )
    assert refused(town, "2022-Q1", "return", document) == "reason_required"
    assert refused(town, "2022-Q1", "closing", document) == "report_not_in_state"
    sneakies: list[Body] = [{"force": True}, {"override_reason": "надо"}, {"files": []}]
    for sneaky in sneakies:
        answer = town.post("/periods/2022-Q1/closing", {"document": document, **sneaky})
        assert answer.status_code == 422
    step(town, "2022-Q1", "acceptance", document)
    step(town, "2022-Q1", "closing", document)
    taken_back = {"position": town.last_position, "reason": "Рано", "basis": document}
    assert refusal(town.post("/corrections", taken_back)) == "step_stays"


def test_an_exception_has_a_reason_and_an_end(town: Town) -> None:
    for name in ("submission", "acceptance", "closing"):
        step(town, "2022-Q1", name, report("1", "2022-04-05"))
    order_ = memo("7", "2026-10-30")
    assert refused(town, "2022-Q1", "reopening", order_, until_on="2026-11-10") == "reason_required"
    for until_on in (None, "2026-10-31", "2026-12-03"):
        got = refused(town, "2022-Q1", "reopening", order_, reason="Суд", until_on=until_on)
        assert got == "reopening_unbounded"
    step(town, "2022-Q1", "reopening", order_, reason="Суд", until_on="2026-11-10")
    told = period_of(town, "2022-Q1", as_of="2026-11-10")
    assert (told["status"], told["until_on"]) == ("reopened", "2026-11-10")
    assert period_of(town, "2022-Q1", as_of="2026-11-11")["status"] == "closed"
    town.records(
        "/facts/batch",
        {"document": report("1", "2022-04-05"), "facts": [fact("i1", "84", "2022-Q1")]},
    )


def test_the_same_key_submits_once(town: Town) -> None:
    body = {"document": report("1", "2022-04-05")}
    first = town.post("/periods/2022-Q1/submission", body, key=f"once-{town.program}")
    again = town.post("/periods/2022-Q1/submission", body, key=f"once-{town.program}")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.json()["data"] == again.json()["data"]
    assert len(period_of(town, "2022-Q1")["submissions"]) == 1


@pytest.mark.parametrize(
    ("period", "status", "name"),
    [
        ("2022-Q5", 422, "malformed"),
        ("весна", 422, "malformed"),
        ("2030-Q1", 409, "period_outside_program"),
        ("2022-H1", 409, "no_report_for_period"),
        ("2022-03", 409, "no_report_for_period"),
    ],
)
def test_a_period_that_is_none_of_the_programs(
    town: Town, period: str, status: int, name: str
) -> None:
    for way in ("submission", "acceptance"):
        answer = town.post(f"/periods/{period}/{way}", {"document": report("1", "2022-04-05")})
        assert (answer.status_code, refusal(answer)) == (status, name)


def test_the_future_is_not_reported_on(town: Town) -> None:
    """The clock of the tests stands at 01.11.2026."""
    future = report("1", "2026-11-02")
    assert refused(town, "2022-Q1", "submission", future) == "document_from_the_future"


def test_an_issued_file_that_never_was(town: Town) -> None:
    receipt = step(town, "2022-Q1", "submission", report("1", "2022-04-05"))
    at = receipt["position"]
    good = f"/periods/2022-Q1/issued/{at}/quarterly.pdf"
    known = town.client.get(
        f"/api/v1/programs/{town.program}{good}",
        headers={"If-None-Match": town.answer(good).headers["etag"]},
    )
    assert known.status_code == 304
    for bad in (
        f"/periods/2022-Q2/issued/{at}/quarterly.pdf",
        f"/periods/2022-Q1/issued/{at}/quarterly.html",
        f"/periods/2022-Q1/issued/{at}/1.pdf",
        f"/periods/2022-Q1/issued/{at - 1}/quarterly.pdf",
    ):
        answer = town.answer(bad)
        assert (answer.status_code, refusal(answer)) == (404, "unknown_issue"), bad


def test_due_dates_of_a_program_without_a_rule_of_its_own(town: Town) -> None:
    """The fifth of the next month; no day of the year's report is made up."""
    told = {
        one["period"]: one
        for one in town.get("/periods", as_of="2022-04-06", dated_by="2022-04-06")
    }
    assert (told["2022-Q1"]["due_on"], told["2022-Q1"]["status"]) == ("2022-04-05", "overdue")
    assert told["2022-Q1"]["late_days"] == 1
    assert (told["2021"]["due_on"], told["2021"]["status"]) == (None, "due")
    assert told["2022-Q2"]["status"] == "not_due"
    q4 = told["2021-Q4"]
    assert (q4["due_on"], q4["moved"]["stated_on"]) == ("2022-01-10", "2022-01-05")
    assert "каникулы" in q4["moved"]["why"]


def test_a_decree_changes_the_rule_from_its_day_on(town: Town) -> None:
    rule = "passport:quarter_report_day"
    town.amends(
        decree("12", "2022-05-20"),
        line(rule, {"absent": "not_stated"}, "20"),
        line("passport:year_report_due", {"absent": "not_stated"}, "03-01"),
    )
    told = {one["period"]: one["due_on"] for one in town.get("/periods", as_of="2023-05-01")}
    assert (told["2022-Q1"], told["2022-Q2"], told["2022"]) == (
        "2022-04-05",
        "2022-07-20",
        "2023-03-01",
    )
    assert told["2021"] is None
    for cell, was, value in [
        (rule, "20", "32"),
        (rule, "20", "пятого"),
        ("passport:year_report_due", "03-01", "02-30"),
    ]:
        body = {"act": decree("13", "2022-06-01"), "lines": [line(cell, was, value)]}
        answer = town.post("/amendments?dry_run=true", body)
        assert answer.status_code == 422, answer.text
