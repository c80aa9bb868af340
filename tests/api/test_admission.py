"""Who is let in: nothing that is not declared is served; who asks is told by one credential alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import APIRouter, FastAPI
from httpx2 import Response
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient

from api.admission import UndeclaredRoute, needs, page_needs
from api.app import web_app
from api.pages import pages
from api.routes import reading, running
from application.access import Permission
from application.keys import new_key
from domain.access import Actor, Role, Scope
from tests.api.people import bearer, granted, key_of, letopis_of, machine, person, sign_in
from tests.api.town import REPORT, TODAY, FixedClock, Town, fact, post, program_of, refusal

BATCH = {"document": REPORT, "facts": [fact("i1", "81")]}


def answers() -> str:
    return "ok"


def answers_plainly(_: Any) -> PlainTextResponse:
    return PlainTextResponse("ok")


def of_the_interface(router: APIRouter) -> None:
    router.add_api_route("/left-out", answers)


def that_writes(router: APIRouter) -> None:
    router.add_api_route("/programs/{program}/left-out", answers, methods=["POST"])


def declared_twice(router: APIRouter) -> None:
    router.add_api_route("/left-out", answers, dependencies=[needs(), needs(Permission.PLAN)])


def of_pages_and_of_the_interface(router: APIRouter) -> None:
    router.add_api_route("/left-out", answers, dependencies=[needs(), page_needs()])


def of_starlette(router: APIRouter) -> None:
    router.routes.append(Route("/left-out", answers_plainly))


def mounted(router: APIRouter) -> None:
    router.routes.append(Mount("/left-out", routes=[Route("/inside", answers_plainly)]))


def of_a_socket(router: APIRouter) -> None:
    router.routes.append(WebSocketRoute("/left-out", answers_plainly))


@pytest.mark.parametrize(
    "adds",
    [
        of_the_interface,
        that_writes,
        declared_twice,
        of_pages_and_of_the_interface,
        of_starlette,
        mounted,
        of_a_socket,
    ],
)
@pytest.mark.parametrize("room", [reading, running, pages])
def test_a_route_that_declares_nothing_stops_the_start(
    papers: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    adds: Callable[[APIRouter], None],
    room: Any,
) -> None:
    router = APIRouter()
    router.include_router(room.router)
    monkeypatch.setattr(room, "router", router)
    web_app(letopis_of(papers))
    adds(router)
    with pytest.raises(UndeclaredRoute, match="left-out"):
        web_app(letopis_of(papers))


@pytest.fixture
def anybody(town: Town) -> TestClient:
    """A client that shows nothing of itself."""
    assert isinstance(town.client.app, FastAPI)
    return TestClient(town.client.app, base_url="https://testserver", raise_server_exceptions=False)


@pytest.fixture
def robot(town: Town) -> Actor:
    """A machine that may report about the test's program."""
    account = machine(f"robot-{uuid4().hex[:8]}")
    granted(letopis_of(town.client), account, Role.REPORTER, Scope(program=town.program))
    return account


def reads(client: TestClient, town: Town, **headers: Any) -> Response:
    return client.get(f"/api/v1/programs/{town.program}", **headers)


def test_a_cookie_says_nothing_to_the_interface(anybody: TestClient, town: Town) -> None:
    clerk = person(f"clerk-{uuid4().hex[:8]}")
    granted(letopis_of(anybody), clerk, Role.REPORTER, Scope(program=town.program))
    sign_in(anybody, clerk)
    assert anybody.get(f"/programs/{town.program}").status_code == 200
    answer = reads(anybody, town)
    assert (answer.status_code, refusal(answer)) == (404, "unknown_program")
    listed = anybody.get("/api/v1/programs", params={"municipality": "town"}).json()["data"]
    assert town.program not in {one["program"] for one in listed}
    answer = post(anybody, "/programs", program_of())
    assert (answer.status_code, refusal(answer)) == (401, "not_signed_in")


def test_a_bearer_says_nothing_to_a_page(anybody: TestClient, town: Town, robot: Actor) -> None:
    shown = bearer(key_of(letopis_of(anybody), robot))
    assert reads(anybody, town, headers=shown).status_code == 200
    assert anybody.get(f"/programs/{town.program}", headers=shown).status_code == 404


KEY = new_key()
MALFORMED: dict[str, list[bytes]] = {
    "empty": [b""],
    "a space": [b" "],
    "basic": [b"Basic cm9ib3Q6a2V5"],
    "a scheme alone": [b"Bearer"],
    "a scheme and a space": [b"Bearer "],
    "a key alone": [b"{key}"],
    "two spaces": [b"Bearer  {key}"],
    "a tab": [b"Bearer\t{key}"],
    "two keys": [b"Bearer {key} {key}"],
    "a list": [b"Bearer {key}, Bearer {key}"],
    "a parameter": [b'Bearer token="{key}"'],
    "very long": [b"Bearer " + b"a" * 50_000],
    "very long key": [b"Bearer {key}" + b"a" * 50_000],
    "not ASCII": ["Bearer ключ".encode()],
    "not UTF-8": [b"Bearer \xff\xfe"],
    "a key that is not ASCII": ["Bearer {key}ы".encode()],
    "not ASCII before": ["Вход {key}".encode()],
    "several": [b"Bearer {key}", b"Bearer {key}"],
    "a good one and another": [b"Bearer {key}", b"Basic cm9ib3Q6a2V5"],
    "another and a good one": [b"Basic cm9ib3Q6a2V5", b"Bearer {key}"],
    "an unknown key": [f"Bearer {KEY}".encode()],
    "half a key": [f"Bearer {KEY[:20]}".encode()],
    "a prefix alone": [b"Bearer letopis_"],
    "no token": [b"Bearer a.b.c"],
    "a line of another header": [b"Bearer {key}\x0bX-Role: operator"],
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_credential_lets_nobody_in(
    anybody: TestClient, town: Town, robot: Actor, name: str
) -> None:
    """The key within is a good one: it is the header around it that is not."""
    letopis = letopis_of(anybody)
    good = key_of(letopis, robot).encode()
    shown = [(b"Authorization", one.replace(b"{key}", good)) for one in MALFORMED[name]]
    for path in (f"/programs/{town.program}", "/programs", "/events"):
        answer = anybody.get(f"/api/v1{path}", headers=shown)
        assert answer.status_code == 401, (path, answer.text)
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert refusal(answer) in {"not_signed_in", "unknown_key"}
    again = [*shown, (b"Idempotency-Key", uuid4().hex.encode())]
    facts = f"/api/v1/programs/{town.program}/facts/batch"
    size = letopis.model.size()
    assert anybody.post(facts, json=BATCH, headers=again).status_code == 401
    assert letopis.model.size() == size


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_has_no_case(anybody: TestClient, town: Town, robot: Actor, scheme: str) -> None:
    key = key_of(letopis_of(anybody), robot)
    shown = {"Authorization": f"{scheme} {key}"}
    assert reads(anybody, town, headers=shown).status_code == 200


def test_what_is_open_asks_for_no_credential(anybody: TestClient) -> None:
    shown = [(b"Authorization", b"Basic \xff")]
    assert anybody.get("/health/live", headers=shown).status_code == 200


def test_a_key_that_has_expired_is_refused_from_then_on(
    anybody: TestClient, town: Town, robot: Actor
) -> None:
    letopis = letopis_of(anybody)
    shown = bearer(key_of(letopis, robot, days=1))
    assert isinstance(anybody.app, FastAPI)
    try:
        for days, status in ((0, 200), (1, 200), (2, 401)):
            clock = FixedClock(TODAY + timedelta(days=days))
            anybody.app.state.letopis = replace(letopis, clock=clock)
            answer = reads(anybody, town, headers=shown)
            assert answer.status_code == status, days
        assert refusal(answer) == "unknown_key"
        answer = town.post("/facts/batch", BATCH, headers=shown)
        assert (answer.status_code, refusal(answer)) == (401, "unknown_key")
    finally:
        anybody.app.state.letopis = letopis


def test_a_key_is_of_its_account_alone(anybody: TestClient, town: Town, robot: Actor) -> None:
    """Two machines, each with a role at a program of its own; and one that was granted nothing."""
    letopis = letopis_of(anybody)
    other = Town.registered(town.client, program_of())
    neighbour, nobody = machine(f"{robot.subject}-2"), machine(f"{robot.subject}-3")
    granted(letopis, neighbour, Role.REPORTER, Scope(program=other.program))
    keys = {one: bearer(key_of(letopis, one)) for one in (robot, neighbour, nobody)}
    may = {
        (one.subject, there.program): reads(anybody, there, headers=shown).status_code
        for one, shown in keys.items()
        for there in (town, other)
    }
    assert {who for who, status in may.items() if status == 200} == {
        (robot.subject, town.program),
        (neighbour.subject, other.program),
    }
    assert {status for status in may.values() if status != 200} == {404}
    answer = town.post("/facts/batch", BATCH, headers=keys[neighbour])
    assert (answer.status_code, refusal(answer)) == (404, "unknown_program")
    position = town.records("/facts/batch", BATCH, headers=keys[robot])["position"]
    recorded = town.client.get(f"/api/v1/events/{position}").json()["data"]
    assert recorded["metadata"]["actor"] == robot.model_dump()


def test_an_answer_is_not_given_to_another(anybody: TestClient, town: Town, robot: Actor) -> None:
    """The same Idempotency-Key and the same body, sent by two: each has an answer of their own."""
    letopis = letopis_of(anybody)
    neighbour, stranger = machine(f"{robot.subject}-2"), machine(f"{robot.subject}-3")
    granted(letopis, neighbour, Role.REPORTER, Scope(program=town.program))
    granted(letopis, stranger, Role.FINANCE, Scope(program=town.program))
    first, second, third = (bearer(key_of(letopis, one)) for one in (robot, neighbour, stranger))
    key = uuid4().hex
    answer = town.post("/facts/batch", BATCH, key=key, headers=first)
    again = town.post("/facts/batch", BATCH, key=key, headers=first)
    assert (again.content, again.headers["idempotent-replayed"]) == (answer.content, "true")
    theirs = town.post("/facts/batch", BATCH, key=key, headers=second)
    assert "idempotent-replayed" not in theirs.headers
    assert theirs.json().get("data") != answer.json()["data"]
    refused = town.post("/facts/batch", BATCH, key=key, headers=third)
    assert (refused.status_code, refusal(refused)) == (403, "not_allowed")


def test_a_replay_is_not_given_to_who_was_deprived(
    anybody: TestClient, town: Town, robot: Actor
) -> None:
    letopis = letopis_of(anybody)
    key, shown = uuid4().hex, key_of(letopis, robot)
    assert town.post("/facts/batch", BATCH, key=key, headers=bearer(shown)).status_code == 201
    (grant,) = [one.position for one in letopis.rights.holdings(robot) if one.role]
    gone = {"position": grant, "reason": "Проверка"}
    assert post(town.client, "/access/revocations", gone).status_code == 201
    answer = town.post("/facts/batch", BATCH, key=key, headers=bearer(shown))
    assert (answer.status_code, refusal(answer)) == (404, "unknown_program")
