"""What can be read, and in which shape."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.town import Town, refusal

PROGRAMS = ["kedrovy", "krasnogorsk", "sample", "shatura", "stupino"]
READING = [
    "/programs",
    "/programs/kedrovy",
    "/programs/kedrovy/indicators",
    "/programs/kedrovy/indicators/goal-1",
    "/programs/kedrovy/budget",
    "/programs/shatura/road-map",
    "/programs/kedrovy/acts",
    "/programs/kedrovy/acts/2021-03-24-55/diff",
    "/programs/kedrovy/cells/target:goal-1:2021",
    "/programs/kedrovy/diff?from_dated_by=2022-01-30",
    "/programs/kedrovy/forms/1.json?year=2021",
]


def get(papers: TestClient, path: str, **asked: Any) -> Any:
    answer = papers.get(f"/api/v1{path}", params=asked or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("path", READING)
def test_every_answer_has_its_envelope(papers: TestClient, path: str) -> None:
    answer = papers.get(f"/api/v1{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"].startswith("private")
    body = answer.json()
    assert body.keys() == {"data", "meta"}
    viewpoint, size = body["meta"]["viewpoint"], body["meta"]["basis"]["size"]
    assert viewpoint.keys() == {"as_of", "dated_by", "at_position"}
    assert viewpoint["at_position"] == size > 1000
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", viewpoint["as_of"])


def test_programs_are_listed_with_their_summary(papers: TestClient) -> None:
    data = get(papers, "/programs")["data"]
    assert [one["program"] for one in data] == PROGRAMS
    assert {one["program"]: one["indicators"] for one in data}.items() >= {
        ("kedrovy", 10),
        ("stupino", 27),
        ("shatura", 20),
    }
    assert [one["program"] for one in data if one["municipality"]["invented"]] == ["sample"]


def test_programs_are_found_by_municipality_and_words(papers: TestClient) -> None:
    assert [p["program"] for p in get(papers, "/programs", municipality="shatura")["data"]] == [
        "shatura"
    ]
    found = get(papers, "/programs", q="ИНФОРМАЦИОННОГО")["data"]
    assert [p["program"] for p in found] == ["kedrovy"]
    assert get(papers, "/programs", q="такого нет")["data"] == []


def test_pages_follow_each_other_to_the_end(papers: TestClient) -> None:
    seen, mark, pages = list[str](), None, 0
    while pages == 0 or mark:
        page = get(papers, "/programs", limit=2, **({"next": mark} if mark else {}))
        seen += [one["program"] for one in page["data"]]
        mark, pages = page["meta"].get("next"), pages + 1
    assert (seen, pages) == (PROGRAMS, 3)
    assert "next" not in get(papers, "/programs", limit=5)["meta"]
    indicators = get(papers, "/programs/stupino/indicators", limit=26)
    assert len(indicators["data"]) == 26
    rest = get(papers, "/programs/stupino/indicators", limit=26, next=indicators["meta"]["next"])
    assert len(rest["data"]) == 1


@pytest.mark.parametrize("limit", [0, 1001, -1, "x", 1.5, 10**40])
def test_a_page_has_bounds(papers: TestClient, limit: Any) -> None:
    assert papers.get("/api/v1/programs", params={"limit": limit}).status_code == 422


@pytest.mark.parametrize("mark", ["!!!", "Ã", "a", "/w=="])
def test_a_foreign_mark_is_refused(papers: TestClient, mark: str) -> None:
    answer = papers.get("/api/v1/programs", params={"next": mark})
    assert (answer.status_code, refusal(answer)) == (422, "unknown_mark")


def test_a_program_is_told_whole(papers: TestClient) -> None:
    data = get(papers, "/programs/stupino")["data"]
    assert data["years"] == [2020, 2024]
    assert data["municipality"]["invented"] is False
    assert data["passport"]["title"]["value"] == data["title"]
    assert len(data["indicators"]) == 27
    assert {element["kind"] for element in data["elements"]} >= {"subprogram", "main_measure"}
    assert [act["date_stated"] for act in data["acts"]] == [False]
    totals = data["budget"]["totals"]
    assert totals["total"]["value"] == "423767800.00"
    assert totals["by_source"]["municipal"]["2020"]["value"] == "98100900.00"
    assert totals["by_year"]["2024"]["value"] == "75297100.00"


def test_parts_of_a_program_say_what_the_whole_says(papers: TestClient) -> None:
    whole = get(papers, "/programs/kedrovy")["data"]
    assert get(papers, "/programs/kedrovy/budget")["data"] == whole["budget"]
    assert get(papers, "/programs/kedrovy/indicators")["data"] == sorted(
        whole["indicators"], key=lambda one: str(one["id"])
    )
    assert get(papers, "/programs/kedrovy/indicators/goal-1")["data"] in whole["indicators"]
    assert {act["act"] for act in get(papers, "/programs/kedrovy/acts")["data"]} == {
        *("undated-a", "2021-03-24-55", "2022-01-31-22", "2022-01-31-a")
    }
    road_map = get(papers, "/programs/shatura/road-map")["data"]
    assert len(road_map["2020"]["rows"]) == 113


def test_a_stated_value_names_its_event_and_document(papers: TestClient) -> None:
    one = get(papers, "/programs/kedrovy/indicators/objective-1-2")["data"]
    stated, absent = one["facts"]["2021"], one["baseline"]
    assert stated.items() >= {"value": "91.2", "unit": "%", "document": "2022-01-31-a"}.items()
    event = get(papers, f"/events/{stated['position']}")["data"]
    assert event["topic"] == "indicator.fact_reported.v1"
    assert event["event"]["indicator"] == "objective-1-2"
    assert "value" not in absent
    assert absent["absent"] == "not_stated"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/programs/nope", "unknown_program"),
        ("/programs/nope/events", "unknown_program"),
        ("/programs/kedrovy/indicators/nope", "unknown_indicator"),
        ("/programs/kedrovy/acts/nope/diff", "unknown_act"),
        ("/programs/kedrovy/cells/nope", "unknown_cell"),
        ("/programs/kedrovy/cells/target:goal-1:2020", "unknown_cell"),
        ("/programs/kedrovy?edition=nope", "unknown_act"),
        ("/events/0", "unknown_event"),
        ("/events/999999999", "unknown_event"),
        ("/nope", "not_found"),
        ("/programs/", "not_found"),
        ("/programs/kedrovy/forms", "not_found"),
    ],
)
def test_what_is_not_there_is_not_found(papers: TestClient, path: str, name: str) -> None:
    answer = papers.get(f"/api/v1{path}")
    assert (answer.status_code, refusal(answer)) == (404, name)


def test_not_yet_tells_from_when_it_is(papers: TestClient, town: Town) -> None:
    answer = papers.get("/api/v1/programs/kedrovy?as_of=2020-06-01")
    assert answer.status_code == 404
    assert "2021-01-01" in answer.json()["detail"]
    stupino = papers.get("/api/v1/programs/stupino?at_position=5")
    assert stupino.status_code == 404
    assert re.search(r"№ \d+", stupino.json()["detail"])
    town.amends(
        {"kind": "act", "date": "2022-05-01", "number": "7"},
        *({"cell": "indicator:late:element", "was": {"absent": "not_stated"}, "becomes": "goal"},),
    )
    early = town.answer("/indicators/late", as_of="2022-04-30")
    assert (early.status_code, refusal(early)) == (404, "unknown_indicator")
    assert "2022-05-01" in early.json()["detail"]


def test_refusals_speak_english_to_who_asks(papers: TestClient) -> None:
    path = "/api/v1/programs/kedrovy?as_of=2020-06-01"
    english = papers.get(path, headers={"Accept-Language": "en-GB,ru;q=0.5"})
    assert english.headers["content-language"] == "en"
    assert not re.search(
        "[а-яё]", english.json()["title"] + english.json()["detail"], re.IGNORECASE
    )
    russian = papers.get(path, headers={"Accept-Language": "ru,en;q=0.5"})
    assert russian.headers["content-language"] == "ru"
    assert re.search("[а-яё]", russian.json()["detail"], re.IGNORECASE)
    assert "Accept-Language" in russian.headers["vary"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_history_is_never_replaced(papers: TestClient, method: str) -> None:
    for path, allowed in (("/programs/kedrovy", "GET"), ("/programs", "GET, POST")):
        answer = papers.request(method, f"/api/v1{path}")
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
        assert refusal(answer) == "method_not_allowed"


def test_head_is_get_without_a_body(papers: TestClient) -> None:
    got = papers.get("/api/v1/programs/kedrovy?as_of=2021-12-31&dated_by=2022-02-01&at_position=50")
    head = papers.head(str(got.url))
    assert (head.status_code, head.headers["etag"]) == (200, got.headers["etag"])
    assert head.headers["content-length"] == got.headers["content-length"]


def test_health_and_metrics(papers: TestClient) -> None:
    assert papers.get("/health/live").json() == {"status": "ok"}
    ready = papers.get("/health/ready").json()
    assert ready == {"status": "ok", "size": get(papers, "/programs")["meta"]["basis"]["size"]}
    metrics = papers.get("/metrics").text
    assert 'route="/api/v1/programs"' in metrics
    assert f"letopis_log_size {float(ready['size'])}" in metrics


def test_every_answer_has_a_request_id(papers: TestClient) -> None:
    ids = {papers.get("/api/v1/programs").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
