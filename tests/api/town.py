"""An invented program, and how a client talks about it over HTTP. All its data are invented."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from httpx2 import Response
from starlette.testclient import TestClient

TODAY = date(2026, 11, 1)
Body = dict[str, Any]

OWN_ACT: Body = {"kind": "act", "type": "Постановление", "date": "2020-12-20", "number": "1"}
REPORT: Body = {"kind": "report", "type": "Отчёт", "date": "2022-02-10", "number": "5"}
LINE: Body = {"element": "10.1.01.1", "executor": "school", "source": "municipal"}
LINE_2021 = "2021:10.1.01.1:school:municipal"


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that always shows the same day."""

    day: date

    def today(self, zone: ZoneInfo) -> date:
        return self.day


def order(number: str, on: str) -> Body:
    """A payment order."""
    return {"kind": "payment", "type": "Платёжное поручение", "date": on, "number": number}


def decree(number: str, on: str, **more: Any) -> Body:
    """An act of the administration."""
    return {"kind": "act", "type": "Постановление", "date": on, "number": number, **more}


def line(cell: str, was: Any, becomes: Any, **more: Any) -> Body:
    """A line of a decree."""
    return {"cell": cell, "was": was, "becomes": becomes, **more}


def fact(indicator: str, value: str, period: str = "2021") -> Body:
    """A fact of a report."""
    return {"indicator": indicator, "period": period, "value": value}


def program_of(program: str = "", *, indicators: int = 2) -> Body:
    """The body that registers an invented program of 2021–2024: `i1`, `i2`, … with targets 80, 85,
    90, 95 and baseline 75; one measure of 1000.00 rubles a year; one procedure in 2022.
    """
    planned = [
        {"year": year, **LINE, "value": {"value": "1000.00"}} for year in (2021, 2022, 2023, 2024)
    ]
    measured = [
        {
            "id": f"i{n}",
            "element": "goal",
            "name": f"Показатель {n}",
            "unit": "%",
            "direction": "increase",
            "baseline": {"value": "75"},
            "targets": {"2021": "80", "2022": "85", "2023": "90", "2024": "95"},
        }
        for n in range(1, indicators + 1)
    ]
    procedure = {
        "id": "p1",
        "indicator": "i1",
        "number": "1.",
        "title": "Провести опрос",
        "windows": [{"starts_on": "2022-03-01", "ends_on": "2022-03-31"}],
    }
    return {
        "program": program or f"town-{uuid4().hex[:12]}",
        "municipality": {
            "id": "town",
            "name": "Вымышленный город",
            "zone": "Europe/Moscow",
            "invented": True,
        },
        "years": {"first": 2021, "last": 2024},
        "basis": OWN_ACT,
        "effective_on": "2021-01-01",
        "passport": {"title": "Вымышленная программа", "code": "10"},
        "bodies": [{"id": "school", "name": "Школа"}],
        "elements": [
            {"id": "goal", "kind": "goal", "name": "Цель"},
            {"id": "10.1.01.1", "kind": "measure", "name": "Мероприятие", "code": "10.1.01.1"},
        ],
        "indicators": measured,
        "appropriations": planned,
        "road_maps": [{"year": 2022, "procedures": [procedure]}],
    }


def post(client: TestClient, path: str, body: Any, *, key: str = "", **more: Any) -> Response:
    """Posts a body under a key of its own, unless one is given."""
    headers = {"Idempotency-Key": key or uuid4().hex} | more.pop("headers", {})
    return client.post(f"/api/v1{path}", json=body, headers=headers, **more)


@dataclass(frozen=True, slots=True)
class Town:
    """A client's view of one program. `second`: the header that shows another person's key."""

    client: TestClient
    program: str
    second: Body = field(default_factory=dict)

    @classmethod
    def registered(cls, client: TestClient, body: Body) -> "Town":
        """Registers a program."""
        answer = post(client, "/programs", body)
        assert answer.status_code == 201, answer.text
        return cls(client, body["program"])

    def get(self, path: str = "", **asked: Any) -> Any:
        """The data of an answer."""
        answer = self.answer(path, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def answer(self, path: str = "", **asked: Any) -> Response:
        """The answer to a question about the program."""
        return self.client.get(f"/api/v1/programs/{self.program}{path}", params=asked)

    def post(self, path: str, body: Any, **more: Any) -> Response:
        """Asks for something to be recorded."""
        return post(self.client, f"/programs/{self.program}{path}", body, **more)

    def records(self, path: str, body: Any, **more: Any) -> Any:
        """Records something that must not be refused: the data of the receipt."""
        answer = self.post(path, body, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    def amends(self, act: Body, *lines: Body, **more: Any) -> Any:
        """Records a decree on what stands now: the data of the receipt."""
        return self.records(
            "/amendments",
            {"act": act, "lines": lines, **more},
            headers={"If-Match": str(self.last_position)},
        )

    @property
    def last_position(self) -> int:
        return int(self.get()["last_position"])

    def value(self, cell: str, **asked: Any) -> Any:
        """What wins in a cell: its value, or the name of the absence; None where nothing does."""
        story = self.get(f"/cells/{cell}", **asked)
        for one in story["statements"]:
            if one["verdict"] == "wins":
                return one["said"].get("value", one["said"].get("absent"))
        return None


def refusal(answer: Response) -> str:
    """The name of the rule that refuses."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    return str(body["type"].removeprefix("urn:letopis:problem:"))
