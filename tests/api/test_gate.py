"""What may not come in: bodies that are not strict JSON, too large, too deep, of another kind."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.conftest import opened, served
from tests.api.town import REPORT, Town, fact, refusal
from tests.conftest import Database

GOOD = json.dumps({"document": REPORT, "facts": [fact("i1", "81")]}, ensure_ascii=False)
FACTS = '{"document": {"kind": "report", "date": "2022-02-10"}, "facts": [%s]}'


def send(town: Town, body: bytes | str, **headers: str) -> Response:
    """A body as it is."""
    given = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"} | headers
    address = f"/api/v1/programs/{town.program}/facts/batch"
    return town.client.post(address, content=body, headers=given)


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ("", 400, "not_json"),
        ("{", 400, "not_json"),
        ("facts=1", 400, "not_json"),
        (f"{GOOD}{GOOD}", 400, "not_json"),
        (f"\ufeff{GOOD}", 400, "not_json"),
        ("{'document': 1}", 400, "not_json"),
        ('{"a": 1,}', 400, "not_json"),
        (GOOD.encode("utf-16"), 400, "not_utf8"),
        (GOOD.encode("cp1251"), 400, "not_utf8"),
        (b'{"a": "\xc0\x80"}', 400, "not_utf8"),
        (b'{"a": "\xed\xa0\x80"}', 400, "not_utf8"),
        ('{"a": 1, "a": 2}', 400, "duplicate_member"),
        ('{"b": [{"a": 1, "a": 1}]}', 400, "duplicate_member"),
        (r'{"a": "\ud800"}', 400, "lone_surrogate"),
        (r'{"\udfff": 1}', 400, "lone_surrogate"),
        ("[" * 41 + "]" * 41, 422, "malformed"),
        ("[" * 42 + "]" * 42, 400, "too_deep"),
        ("[" * 100_000, 400, "too_deep"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, 400, "too_deep"),
        (FACTS % '{"value": NaN}', 422, "not_a_number"),
        ("[Infinity]", 422, "not_a_number"),
        ("[-Infinity]", 422, "not_a_number"),
        ("[1e400]", 422, "not_a_number"),
        ("[-1E400]", 422, "not_a_number"),
        (f"[{'9' * 5000}]", 422, "not_a_number"),
        (r'{"a": "\u0000"}', 422, "null_character"),
        (r'{"\u0000": 1}', 422, "null_character"),
        ("null", 422, "malformed"),
        ("[]", 422, "malformed"),
        ("5", 422, "malformed"),
        ('"x"', 422, "malformed"),
        ("{}", 422, "malformed"),
    ],
)
def test_a_body_is_strict_json(town: Town, body: bytes | str, status: int, name: str) -> None:
    answer = send(town, body)
    assert (answer.status_code, refusal(answer)) == (status, name)
    assert send(town, GOOD).status_code == 201


@pytest.mark.parametrize(
    "media_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/json",
        "*",
    ],
)
def test_a_body_is_of_one_media_type(town: Town, media_type: str) -> None:
    answer = send(town, GOOD, **{"Content-Type": media_type})
    assert (answer.status_code, refusal(answer)) == (415, "unsupported_media_type")


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_a_media_type_is_read_as_http_says(town: Town, media_type: str) -> None:
    assert send(town, GOOD, **{"Content-Type": media_type}).status_code == 201


def test_a_body_has_a_size(database: Database) -> None:
    with opened(database, max_body_bytes=2000) as letopis, served(letopis) as client:
        town = Town(client, "nope")
        fits = GOOD + " " * (2000 - len(GOOD.encode()))
        assert send(town, fits).status_code == 404
        answer = send(town, fits + " ")
        assert (answer.status_code, refusal(answer)) == (413, "too_large")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/programs/%00", 422),
        ("/api/v1/programs/kedrovy/cells/%00", 422),
        ("/api/v1/programs?q=%00", 422),
        ("/api/v1/programs/%ff", 400),
        ("/api/v1/programs?q=%ED%A0%80", 400),
        ("/api/v1/programs?%ff=1", 400),
        ("/api/v1/programs/..%2f..%2fetc%2fpasswd", 404),
        ("/api/v1/programs/kedrovy/indicators/%2e%2e", 404),
        ("/api/v1/programs/kedrovy/cells/%0d%0aSet-Cookie:%20x", 404),
        ("/api/v1/programs/%D0%BA%D0%B5%D0%B4%D1%80", 404),
        (f"/api/v1/programs/{'x' * 81}", 404),
        (f"/api/v1/programs/kedrovy/cells/{'x' * 5000}", 404),
        (f"/api/v1/programs?q={'x' * 201}", 422),
        ("/api/v1/events/1e3", 422),
        (f"/api/v1/events/{'9' * 50}", 404),
        (f"/api/v1/events/{'9' * 5000}", 422),
        ("/api/v1/events/%D9%A1", 422),
        ("/api/v1//programs", 404),
        ("//api/v1/programs", 404),
        ("/api/v1/programs;x=1", 404),
        ("/static/../settings.py", 404),
        ("/static/%2e%2e/%2e%2e/settings.py", 404),
    ],
)
def test_addresses_are_read_with_care(papers: TestClient, path: str, status: int) -> None:
    answer = papers.get(path)
    assert answer.status_code == status, answer.text
    assert refusal(answer)


def test_a_write_to_where_nothing_is_written(papers: TestClient) -> None:
    """The address is told first: what stands in the body does not matter then."""
    for path, status in (("/programs/kedrovy", 405), ("/nope", 404), ("/programs/a/b/c", 404)):
        assert papers.post(f"/api/v1{path}", content=b"\xff").status_code == status


WILD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        10**30,
        1.5,
        "",
        " ",
        "0",
        "-",
        ":",
        "/",
        "\n",
        "\\",
        "'; DROP TABLE",
        "🙂",
    ),
    *([], {}, [[]], {"value": {}}, {"absent": None}, "٣", "1e5", "%s", "{x}", "x" * 5000),
]


@pytest.mark.parametrize("wild", WILD, ids=lambda value: repr(value)[:20])
def test_no_value_in_any_place_is_a_fault_of_ours(town: Town, wild: Any) -> None:
    document = {"kind": "report", "date": "2022-02-10", "number": "5", "title": "Отчёт"}
    one = {
        "indicator": "i1",
        "period": "2021",
        "value": "81",
        "explanation": "x",
        "calculation": "f",
    }
    bodies = [{"document": document | {k: wild}, "facts": [one]} for k in document]
    bodies += [{"document": document, "facts": [one | {k: wild}]} for k in one]
    bodies += [{"document": wild, "facts": [one]}, {"document": document, "facts": wild}]
    for body in bodies:
        answer = town.post("/facts/batch", body, params={"dry_run": "true"})
        assert answer.status_code in {200, 409, 422}, (body, answer.text)
    line = {"cell": "target:i1:2021", "was": "80", "becomes": "90", "effective_on": "2021-03-24"}
    act = {"kind": "act", "date": "2021-03-24", "number": "55"}
    for key in line:
        body = {"act": act, "lines": [line | {key: wild}]}
        answer = town.post("/amendments", body, params={"dry_run": "true"})
        assert answer.status_code in {200, 409, 422}, (body, answer.text)


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    papers: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        msg = "password=secret at /srv/letopis/adapters.py"
        raise RuntimeError(msg)

    monkeypatch.setattr("api.routes.reading.view_of", breaks)
    answer = papers.get("/api/v1/programs/kedrovy")
    assert (answer.status_code, refusal(answer)) == (500, "internal_error")
    assert answer.json().keys() == {"type", "title", "status", "detail"}
    assert not re.search("secret|srv|Runtime|Traceback", answer.text)


def test_malformed_data_are_told_in_english_too(town: Town) -> None:
    answer = send(town, FACTS % '{"valeu": "1"}', **{"Accept-Language": "en"}).json()
    assert {(e["pointer"], e["detail"]) for e in answer["errors"]} >= {
        ("/facts/0/indicator", "Field required"),
        ("/facts/0/valeu", "Extra inputs are not permitted"),
    }
    assert answer["title"] == "The data are malformed"
