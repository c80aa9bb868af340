"""An address that spells its viewpoint out answers with the same bytes for ever."""

import re
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.town import REPORT, Town, decree, line, order

PARTS = [
    "",
    "/indicators",
    "/indicators/i1",
    "/budget",
    "/road-map",
    "/acts",
    "/acts/2021-03-24-55-п/diff",
    "/cells/target:i1:2021",
    "/cells/document:2021-03-24-55-п:number",
    "/diff?from_as_of=2021-01-01&to_as_of=2021-12-31",
    *(f"/forms/{n}.json?year=2021" for n in ("1", "2", "3", "passport", "financing", "targets")),
    *(f"/forms/{n}.json?year=2022" for n in ("money-roadmap", "procedures")),
]


def canonical(answer: Response) -> str:
    found = re.fullmatch(r'<(.+)>; rel="canonical"', answer.headers["link"])
    assert found is not None
    return found[1]


def test_only_what_is_spelled_out_is_immutable(papers: TestClient) -> None:
    whole = {"as_of": "2021-12-31", "dated_by": "2022-02-01", "at_position": "500"}
    for left_out in (None, *whole):
        asked = {name: value for name, value in whole.items() if name != left_out}
        control = papers.get("/api/v1/programs/kedrovy", params=asked).headers["cache-control"]
        assert control.startswith("private")
        assert ("immutable" in control) == (left_out is None)


def test_every_answer_links_to_its_permanent_address(town: Town) -> None:
    town.amends(decree("55-п", "2021-03-24"), line("target:i1:2021", "80", "90"))
    for part in PARTS:
        answer = town.client.get(f"/api/v1/programs/{town.program}{part}")
        assert answer.status_code == 200, (part, answer.text)
        again = town.client.get(canonical(answer))
        assert again.status_code == 200, again.text
        assert again.content == answer.content
        assert canonical(again) == canonical(answer)
        assert again.headers["etag"] == answer.headers["etag"]
        assert "immutable" in again.headers["cache-control"]
        assert "immutable" not in answer.headers["cache-control"]


def test_an_answer_that_is_known_is_not_sent_again(papers: TestClient) -> None:
    path = "/api/v1/programs/kedrovy/budget"
    first = papers.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = papers.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["link"] == first.headers["link"]
    assert papers.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_tags_tell_viewpoints_and_questions_apart(papers: TestClient) -> None:
    paths = [
        "/programs/kedrovy",
        "/programs/kedrovy?as_of=2021-12-31",
        "/programs/kedrovy?dated_by=2022-02-01",
        "/programs/kedrovy?at_position=500",
        "/programs/kedrovy?edition=2021-03-24-55",
        "/programs/kedrovy/forms/1.json?year=2021",
        "/programs/kedrovy/forms/1.json?year=2022",
        "/programs?limit=1",
        "/programs?limit=2",
    ]
    assert len({papers.get(f"/api/v1{path}").headers["etag"] for path in paths}) == len(paths)


def test_further_writes_change_no_byte(town: Town) -> None:
    """Neither a later act, nor a late line of an old one, nor a correction of what was seen."""
    passing = line("target:i2:2021", "80", "85", until_on="2021-12-31")
    seen = town.amends(decree("55-п", "2021-03-24"), passing, line("target:i1:2021", "80", "90"))
    asked = ["/api/v1/programs?limit=1000"]
    asked += [f"/api/v1/programs/{town.program}{part}" for part in PARTS]
    addresses = [canonical(town.client.get(one)) for one in asked]
    first = {address: town.client.get(address).content for address in addresses}
    _write_everything(town, seen["position"])
    changed = [one for one, content in first.items() if town.client.get(one).content != content]
    assert changed == []
    assert town.client.get(f"/api/v1/programs/{town.program}").content not in first.values()


def _write_everything(town: Town, position: int) -> None:
    late: dict[str, Any] = line("target:i2:2024", "95", "99", effective_on="2024-01-01")
    town.amends(decree("55-п", "2021-03-24"), late)
    town.amends(decree("60", "2021-06-01"), line("target:i1:2021", "90", "91"))
    town.records("/corrections", {"position": position, "reason": "Опечатка", "right": None})
    town.records("/facts/batch", {"document": REPORT, "facts": [_FACT]})
    town.records("/budget/2021/cash-executions", _PAYMENT)
    annulled = {"by": decree("61", "2021-10-01", content_stated=False)}
    town.records("/acts/2021-06-01-60/withdrawals", annulled)


_FACT = {"indicator": "i1", "period": "2021", "value": "81"}
_PAYMENT = {
    "document": order("118", "2021-05-20"),
    "element": "10.1.01.1",
    "executor": "school",
    "source": "municipal",
    "amount": "400.00",
}


@pytest.mark.parametrize("path", ["/events/1", "/events/500"])
def test_an_event_is_immutable(papers: TestClient, path: str) -> None:
    assert "immutable" in papers.get(f"/api/v1{path}").headers["cache-control"]
