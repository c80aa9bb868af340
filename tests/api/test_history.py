"""The history: events in three shapes, stories of cells, was and becomes."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.town import REPORT, Town, decree, fact, line, order

TARGET = "target:i1:2021"


def data(papers: TestClient, path: str, **asked: Any) -> Any:
    answer = papers.get(f"/api/v1{path}", params=asked or None)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_events_follow_each_other_without_gaps(papers: TestClient) -> None:
    after, positions = "0", list[int]()
    while after is not None:
        page = papers.get(f"/api/v1/events?limit=400&after={after}").json()
        positions += [event["position"] for event in page["data"]]
        after = page["meta"].get("next")
    assert positions == list(range(1, page["meta"]["basis"]["size"] + 1))


def test_the_last_page_has_no_next(papers: TestClient) -> None:
    size = papers.get("/api/v1/events?limit=1").json()["meta"]["basis"]["size"]
    last = papers.get(f"/api/v1/events?after={size - 10}&limit=10").json()
    assert len(last["data"]) == 10
    assert "next" not in last["meta"]


def test_events_of_a_program_are_its_own(papers: TestClient) -> None:
    events = data(papers, "/programs/stupino/events", limit=1000)
    assert {event["program"] for event in events} == {"stupino"}
    assert events[0]["topic"] == "program.registered.v1"
    assert events[0]["event"]["first_year"] == 2020
    recorded = [event["recorded_at"] for event in events]
    assert recorded == sorted(recorded)


def test_events_of_a_topic(papers: TestClient) -> None:
    events = data(papers, "/programs/kedrovy/events", topic="indicator.fact_reported.v1")
    assert {event["topic"] for event in events} == {"indicator.fact_reported.v1"}
    assert data(papers, "/events", topic="nothing.like_it.v1") == []


def test_an_event_carries_its_three_dates_and_who_recorded_it(
    papers: TestClient, clerk: TestClient
) -> None:
    event = data(clerk, "/programs/kedrovy/events", topic="indicator.fact_reported.v1")[-1]
    assert (event["effective_on"], event["dated_on"]) == ("2021-12-31", "2022-01-31")
    assert event["recorded_at"].endswith("Z")
    assert event["document"] == "2022-01-31-a"
    assert event["metadata"]["actor"] == {"issuer": "urn:letopis:local", "subject": "local"}
    assert event["metadata"]["role"] == "owner+reporter+finance"  # a package holds all
    assert event["metadata"]["request_id"]
    assert data(clerk, f"/events/{event['position']}") == event
    published = data(papers, f"/events/{event['position']}")
    assert "actor" not in published["metadata"]
    assert published["metadata"].pop("role") == event["metadata"].pop("role")


def test_events_as_lines(papers: TestClient) -> None:
    answer = papers.get(
        "/api/v1/programs/kedrovy/events?limit=5", headers={"Accept": "application/x-ndjson"}
    )
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    lines = [json.loads(one) for one in answer.text.splitlines()]
    assert lines == data(papers, "/programs/kedrovy/events", limit=5)


def test_events_as_cloud_events(papers: TestClient) -> None:
    media_type = "application/cloudevents-batch+json"
    answer = papers.get("/api/v1/programs/kedrovy/events?limit=5", headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    plain = data(papers, "/programs/kedrovy/events", limit=5)
    for one, event in zip(answer.json(), plain, strict=True):
        assert one.items() >= {"specversion": "1.0", "datacontenttype": "application/json"}.items()
        assert (one["id"], one["type"]) == (str(event["position"]), event["topic"])
        assert (one["source"], one["time"]) == ("/api/v1/programs/kedrovy", event["recorded_at"])
        assert one["data"] == event


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "limit=0", "limit=1001", "as_of=2021-01-01", f"after={2**70}"]
)
def test_malformed_questions_about_events_are_refused(papers: TestClient, query: str) -> None:
    assert papers.get(f"/api/v1/events?{query}").status_code == 422


def test_the_story_of_a_cell_tells_who_wins_and_why(town: Town) -> None:
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    town.amends(
        decree("22", "2022-01-31", applies_from="2021-01-01"),
        line(TARGET, "90", "85", overlap="replaces"),
    )
    told = town.get(f"/cells/{TARGET}", as_of="2021-12-31")
    assert told["cell"] == TARGET
    by_value = {one["said"]["value"]: one for one in told["statements"]}
    assert {value: one["verdict"] for value, one in by_value.items()} == {
        "80": "later_document",
        "90": "later_document",
        "85": "wins",
    }
    winner = by_value["85"]
    assert told["winner"] == winner["said"]["position"] == by_value["90"]["by"]
    assert (winner["dated_on"], winner["effective_on"]) == ("2022-01-31", "2021-01-01")
    assert winner["was"]["value"] == "90"
    assert winner["actor"] == {"issuer": "urn:letopis:keys", "subject": "all-roles"}
    assert winner["role"] == "owner"
    verdicts = {
        one["said"]["value"]: one["verdict"]
        for one in town.get(f"/cells/{TARGET}", as_of="2021-01-31", dated_by="2021-12-31")[
            "statements"
        ]
    }
    assert verdicts == {"80": "wins", "90": "not_yet_effective", "85": "document_too_late"}
    edition = town.get(f"/cells/{TARGET}", as_of="2021-12-31", edition="2021-03-24-55")
    assert [one["verdict"] for one in edition["statements"]].count("after_edition") == 1


def test_the_story_of_money_adds_up(town: Town) -> None:
    paid = {"element": "10.1.01.1", "executor": "school", "source": "municipal"}
    for number, amount in (("1", "300.00"), ("2", "50.50")):
        payment = {"document": order(number, "2021-05-20"), **paid, "amount": amount}
        town.records("/budget/2021/cash-executions", payment)
    told = town.get("/cells/cash:2021:10.1.01.1:school:municipal", as_of="2021-12-31")
    assert (told["sum"], [p["amount"] for p in told["postings"]]) == (
        "350.50",
        ["300.00", "50.50"],
    )


def test_a_cell_is_named_in_the_path_encoded_or_not(papers: TestClient) -> None:
    plain = papers.get("/api/v1/programs/kedrovy/cells/target:goal-1:2021")
    assert plain.status_code == 200
    encoded = papers.get("/api/v1/programs/kedrovy/cells/target%3Agoal-1%3A2021")
    assert encoded.content == plain.content


def test_was_and_becomes_between_two_viewpoints(town: Town) -> None:
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90.5"))
    asked = {"from_dated_by": "2021-03-23", "to_dated_by": "2021-03-24", "to_as_of": "2021-12-31"}
    (change,) = town.get("/diff", **asked)
    assert (change["cell"], change["unit"], change["delta"]) == (TARGET, "%", "10.5")
    assert (change["was"]["value"], change["becomes"]["value"]) == ("80", "90.5")
    assert change["document"] == "2021-03-24-55"
    assert change["positions"] == [change["was"]["position"], change["becomes"]["position"]]
    assert town.get("/diff") == []
    answer = town.answer("/diff", **asked)
    assert answer.json()["meta"]["viewpoint"]["dated_by"] == "2021-03-24"


def test_what_the_report_of_kedrovy_brought(papers: TestClient) -> None:
    changes = data(
        papers,
        "/programs/kedrovy/diff",
        from_dated_by="2022-01-30",
        to_dated_by="2022-02-01",
        to_as_of="2021-12-31",
    )
    facts = {c["cell"]: c for c in changes if c["cell"].endswith(":2021") and "fact:" in c["cell"]}
    assert len(facts) == 10
    assert facts["fact:goal-1:2021"]["becomes"]["absent"] == "not_measured"
    assert facts["fact:objective-1-2:2021"]["becomes"]["value"] == "91.2"
    assert not [c for c in changes if c["cell"].startswith(("target:", "appropriation:"))]


def test_what_was_known_is_compared_too(town: Town) -> None:
    before = town.last_position
    town.records("/facts/batch", {"document": REPORT, "facts": [fact("i1", "81")]})
    (change,) = town.get("/diff", from_at_position=before)
    assert (change["cell"], change["was"]) == ("fact:i1:2021", {"absent": "not_stated"})
    day = town.client.get(f"/api/v1/events/{before}").json()["data"]["recorded_at"]
    (same,) = town.get("/diff", from_known_at=day, to_at_position=town.last_position)
    assert same == change


def test_what_an_act_changed(town: Town, papers: TestClient) -> None:
    town.amends(decree("55", "2021-03-24"), line(TARGET, "80", "90"))
    town.amends(decree("60", "2021-06-01"), line(TARGET, "90", "70"))
    told = town.get("/acts/2021-03-24-55/diff")
    assert told["content_stated"] is True
    assert [(r["cell"], r["was"]["value"], r["becomes"]["value"]) for r in told["rows"]] == [
        (TARGET, "80", "90")
    ]
    unknown = data(papers, "/programs/kedrovy/acts/2022-01-31-22/diff")
    assert (unknown["content_stated"], unknown["rows"]) == (False, [])


@pytest.mark.parametrize(
    "query",
    [
        "from_as_of=x",
        "as_of=2021-12-31",
        "from_known_on=2026-01-01&from_at_position=1",
        "to_known_at=2026-01-01T00:00:00",
        "from_at_position=x",
    ],
)
def test_malformed_differences_are_refused(papers: TestClient, query: str) -> None:
    answer = papers.get(f"/api/v1/programs/kedrovy/diff?{query}")
    assert answer.status_code == 422
