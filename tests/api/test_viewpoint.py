"""The dates of a question: how they are asked, how they are resolved, what they hide."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from tests.api.town import Town, decree, line, refusal

TARGET = "target:i1:2021"


def told(papers: TestClient, **asked: Any) -> tuple[Any, Any]:
    """The target and the fact of kedrovy's objective 1.2, each a value or an absence."""
    answer = papers.get("/api/v1/programs/kedrovy/indicators/objective-1-2", params=asked)
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    fact = data["facts"].get("2021", {"absent": "not_stated"})
    return data["targets"]["2021"].get("value"), fact.get("value", fact.get("absent"))


def test_documents_bound_what_is_seen(papers: TestClient) -> None:
    assert told(papers, as_of="2021-12-31", dated_by="2022-01-30") == ("100", "not_stated")
    assert told(papers, as_of="2021-12-31", dated_by="2022-01-31") == ("100", "91.2")
    assert told(papers, as_of="2021-12-30", dated_by="2022-01-31") == ("100", "not_stated")


def test_an_edition_bounds_acts_but_not_reports(papers: TestClient) -> None:
    assert told(papers, as_of="2021-12-31", edition="2021-03-24-55") == ("100", "91.2")
    asked = {"as_of": "2021-12-31", "edition": "2021-03-24-55", "year": "2021"}
    answer = papers.get("/api/v1/programs/kedrovy/forms/3.json", params=asked)
    assert [row["number"] for row in answer.json()["data"]["rows"]] == ["55"]
    assert answer.json()["meta"]["viewpoint"]["edition"] == "2021-03-24-55"


def test_what_is_left_out_is_resolved_by_what_is_known(papers: TestClient) -> None:
    event = papers.get("/api/v1/events/90").json()["data"]
    recorded = datetime.fromisoformat(event["recorded_at"])
    day = recorded.astimezone(ZoneInfo("Asia/Tomsk")).date().isoformat()
    expected = {"as_of": day, "dated_by": day, "at_position": 90}
    for asked in ({"at_position": 90}, {"known_at": event["recorded_at"]}):
        answer = papers.get("/api/v1/programs/kedrovy", params=asked)
        assert answer.json()["meta"]["viewpoint"] == expected


def test_what_was_recorded_later_was_not_known(town: Town) -> None:
    before = town.last_position
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    asked = {"as_of": "2021-12-31", "dated_by": "2021-12-31"}
    assert town.value(TARGET, **asked) == "90"
    assert town.value(TARGET, **asked, at_position=before) == "80"
    event = town.client.get(f"/api/v1/events/{before}").json()["data"]
    assert town.value(TARGET, **asked, known_at=event["recorded_at"]) == "80"
    assert town.get(at_position=before, as_of="2021-12-31")["last_position"] == before


def test_a_day_of_knowledge_ends_with_that_day(town: Town) -> None:
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    today = datetime.now(ZoneInfo("Europe/Moscow")).date()
    seen = town.answer(known_on=today.isoformat())
    assert seen.json()["meta"]["viewpoint"]["at_position"] >= town.last_position
    eve = town.answer(known_on=(today - timedelta(days=1)).isoformat())
    assert (eve.status_code, refusal(eve)) == (404, "unknown_program")


NOT_YET = "2999-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("known_on=2026-01-01&at_position=5", "viewpoint_contradicts"),
        ("known_on=2026-01-01&known_at=2026-01-01T00:00:00Z", "viewpoint_contradicts"),
        ("known_at=2026-01-01T00:00:00Z&at_position=5", "viewpoint_contradicts"),
        ("at_position=99999999", "viewpoint_contradicts"),
        ("known_on=9999-12-31", "viewpoint_contradicts"),
        ("known_on=2999-01-01", "viewpoint_contradicts"),
        (f"known_at={NOT_YET.replace('+', '%2B')}", "viewpoint_contradicts"),
        ("known_at=2026-01-01T00:00:00", "malformed"),
        ("known_at=0001-01-01T00:00:00%2B10:00", "malformed"),
        ("known_at=вчера", "malformed"),
        ("as_of=2021-13-01", "malformed"),
        ("as_of=2021-02-29", "malformed"),
        ("as_of=31.12.2021", "malformed"),
        ("as_of=2021-12-31T00:00:00", "malformed"),
        ("as_of=0", "malformed"),
        ("as_of=86400", "malformed"),
        ("as_of=", "malformed"),
        ("as_of=10000-01-01", "malformed"),
        ("at_position=-1", "malformed"),
        ("at_position=1e3", "malformed"),
        ("at_position=99999999999999999999999", "malformed"),
        ("as_off=2021-12-31", "malformed"),
        ("limit=5", "malformed"),
        ("as_of=2021-12-31&as_of=2021-12-31", "repeated_parameter"),
        ("as_of=2021-12-31%00", "null_character"),
    ],
)
def test_a_malformed_viewpoint_is_refused(papers: TestClient, query: str, name: str) -> None:
    answer = papers.get(f"/api/v1/programs/kedrovy?{query}")
    assert (answer.status_code, refusal(answer)) == (422, name)


def test_a_malformed_parameter_is_pointed_at(papers: TestClient) -> None:
    answer = papers.get("/api/v1/programs/kedrovy?as_of=x&foo=1").json()
    assert answer["errors"] == [
        {"pointer": "/as_of", "in": "query", "detail": "Нужна дата ГГГГ-ММ-ДД"},
        {"pointer": "/foo", "in": "query", "detail": "Такого поля или параметра нет"},
    ]


def test_several_programs_have_no_edition(papers: TestClient) -> None:
    answer = papers.get("/api/v1/programs?edition=2021-03-24-55")
    assert (answer.status_code, refusal(answer)) == (422, "edition_of_what")


@pytest.mark.parametrize("day", ["0001-01-01", "1700-02-28", "9999-12-31"])
def test_the_ends_of_time_are_no_fault(papers: TestClient, day: str) -> None:
    for name in ("as_of", "dated_by"):
        answer = papers.get("/api/v1/programs/kedrovy", params={name: day})
        assert answer.status_code in {200, 404}
    assert papers.get("/api/v1/programs?known_on=0001-01-01").json()["data"] == []


def test_an_annulment_counts_from_its_day(town: Town) -> None:
    """Case 6 and 8 of the worked cases: an act annulled from its day, and from the beginning."""
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    town.records(
        "/acts/2021-03-24-55/withdrawals",
        {"by": decree("61", "2021-10-01", content_stated=False), "reason": "Отмена"},
    )
    assert town.value(TARGET, as_of="2021-09-30", dated_by="2021-12-31") == "90"
    assert town.value(TARGET, as_of="2021-10-01", dated_by="2021-12-31") == "80"
    ruling = decree("Р-1", "2021-11-15", content_stated=False)
    town.records("/acts/2021-10-01-61/withdrawals", {"by": ruling, "since": "beginning"})
    assert town.value(TARGET, as_of="2021-10-01", dated_by="2021-11-14") == "80"
    assert town.value(TARGET, as_of="2021-10-01", dated_by="2021-11-15") == "90"
