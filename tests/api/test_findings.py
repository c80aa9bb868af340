"""Findings over HTTP: at any viewpoint, waived with a reason, in the contract's shape."""

from collections import Counter
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.town import REPORT, Town, decree, line, refusal


def findings(client: TestClient, program: str, **asked: Any) -> list[Any]:
    answer = client.get(f"/api/v1/programs/{program}/findings", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["data"]
    return found


def test_the_nine_errors_of_kedrovy(papers: TestClient) -> None:
    errors = findings(papers, "kedrovy", severity="error")
    assert len(errors) == 9
    misprint = next(one for one in errors if one["printed"] == "9,2")
    assert misprint["computed"] == "91.2"
    assert misprint["positions"] == sorted(misprint["positions"])
    assert misprint.keys() == {
        *("rule", "severity", "message", "cell", "printed", "computed", "positions", "waived")
    }


@pytest.mark.parametrize(
    ("program", "errors"), [("stupino", 2), ("krasnogorsk", 0), ("shatura", 2)]
)
def test_the_errors_of_the_other_papers(papers: TestClient, program: str, errors: int) -> None:
    assert len(findings(papers, program, severity="error")) == errors


def test_shaturas_deadlines(papers: TestClient) -> None:
    rules = Counter(one["rule"] for one in findings(papers, "shatura"))
    assert rules["deadline_on_weekend"] == 150
    assert rules["gap_in_monthly_list"] == 2


def test_before_the_report_there_is_nothing_to_find_in_it(papers: TestClient) -> None:
    assert not findings(
        papers, "kedrovy", as_of="2021-12-31", dated_by="2022-01-30", severity="error"
    )


def test_findings_come_by_pages_too(papers: TestClient) -> None:
    everything = findings(papers, "shatura")
    first = papers.get("/api/v1/programs/shatura/findings?limit=100").json()
    second = papers.get(
        "/api/v1/programs/shatura/findings", params={"limit": 1000, "next": first["meta"]["next"]}
    ).json()
    assert first["data"] + second["data"] == everything


def test_a_finding_is_waived_with_a_reason_and_was_not_before(town: Town) -> None:
    as_printed = {"reason": "Так в бумаге"}
    late = line("target:i1:2021", "70", "90", as_printed=as_printed)
    before = town.amends(decree("55", "2021-03-24"), late)["position"]
    (found,) = findings(town.client, town.program, severity="error")
    assert (found["rule"], found["waived"]) == ("was_does_not_stand", False)
    waiver = {"rule": found["rule"], "cell": found["cell"], "reason": "Опечатка акта признана"}
    assert town.post("/findings/waivers", waiver).status_code == 201
    (waived,) = findings(town.client, town.program, severity="error")
    assert waived == found | {"waived": True}
    (known,) = findings(town.client, town.program, severity="error", at_position=before)
    assert known == found


def test_only_what_is_found_is_waived(town: Town) -> None:
    waiver = {"rule": "was_does_not_stand", "cell": "target:i1:2021", "reason": "Так надо"}
    answer = town.post("/findings/waivers", waiver)
    assert (answer.status_code, refusal(answer)) == (409, "unknown_finding")
    answer = town.post("/findings/waivers", waiver | {"reason": " "})
    assert (answer.status_code, refusal(answer)) == (409, "reason_required")


def test_after_every_command_findings_are_there(town: Town) -> None:
    facts = [{"indicator": "i1", "period": "2021", "value": "99"}]
    assert town.post("/facts/batch", {"document": REPORT, "facts": facts}).status_code == 201
    rules = {one["rule"] for one in findings(town.client, town.program)}
    assert "exceeded_by_a_fifth" in rules


def test_what_the_papers_say_differently_of_one_thing(papers: TestClient) -> None:
    found = papers.get("/api/v1/findings").json()["data"]
    assert len(found) == 5
    assert {one["severity"] for one in found} == {"warning"}
    told = " ".join(one["message"] for one in found)
    for part in ("Отложенные решения", "10 (shatura); 100 (stupino)", "Ответ"):
        assert part.casefold() in told.casefold()
    of_shatura = papers.get("/api/v1/findings?program=shatura").json()["data"]
    assert 0 < len(of_shatura) < 5
    assert papers.get("/api/v1/findings?program=sample").json()["data"] == []
