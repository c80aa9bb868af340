"""A request is recorded once per key, however often and by however many it is sent."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from httpx2 import Response

from tests.api.town import LINE, REPORT, Body, Town, decree, fact, line, order, refusal

BATCH: Body = {"document": REPORT, "facts": [fact("i1", "81")]}
CLIENTS = 10


def at_once(ask: list[tuple[Town, str, Body, str]]) -> list[Response]:
    """All requests in the same moment, each in a thread of its own."""
    ready = Barrier(len(ask))

    def send(request: tuple[Town, str, Body, str]) -> Response:
        town, path, body, key = request
        ready.wait()
        return town.post(path, body, key=key)

    with ThreadPoolExecutor(len(ask)) as pool:
        return list(pool.map(send, ask))


def test_the_same_request_has_the_first_answer(town: Town) -> None:
    key = uuid4().hex
    first = town.post("/facts/batch", BATCH, key=key)
    assert first.status_code == 201
    assert "idempotent-replayed" not in first.headers
    town.records("/facts/batch", BATCH | {"facts": [fact("i1", "82")]})
    before = town.last_position
    again = town.post("/facts/batch", BATCH, key=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert (town.last_position, town.value("fact:i1:2021")) == (before, "82")


def test_a_key_is_of_one_body_and_one_address(town: Town) -> None:
    key = uuid4().hex
    assert town.post("/facts/batch", BATCH, key=key).status_code == 201
    before = town.last_position
    other_body = town.post("/facts/batch", BATCH | {"facts": [fact("i1", "82")]}, key=key)
    other_path = town.post("/explanations", BATCH, key=key)
    assert (other_body.status_code, refusal(other_body)) == (422, "key_reused")
    assert other_path.status_code == 422
    one = {"document": REPORT, "period": "2021", "value": "81"}
    assert refusal(town.post("/indicators/i1/facts", one, key=key)) == "key_reused"
    assert town.last_position == before


def test_what_was_refused_may_be_put_right_under_the_same_key(town: Town) -> None:
    key = uuid4().hex
    wrong = town.post("/facts/batch", BATCH | {"facts": [fact("i1", "81", "2030")]}, key=key)
    assert wrong.status_code == 409
    assert town.post("/facts/batch", BATCH, key=key).status_code == 201


def test_a_dry_run_does_not_use_its_key(town: Town) -> None:
    key = uuid4().hex
    tried = town.post("/facts/batch", BATCH, key=key, params={"dry_run": "true"})
    assert (tried.status_code, tried.json()["data"]["positions"]) == (200, [])
    assert town.post("/facts/batch", BATCH, key=key).status_code == 201


def test_ten_at_once_with_one_key_write_once(town: Town) -> None:
    before, key = town.last_position, uuid4().hex
    answers = at_once([(town, "/facts/batch", BATCH, key)] * CLIENTS)
    written = [a for a in answers if a.status_code == 201]
    assert all(a.status_code == 201 for a in answers)
    assert len({a.content for a in written}) == 1
    assert sum("idempotent-replayed" not in a.headers for a in written) == 1
    events = town.get("/events", after=before)
    assert [e["topic"] for e in events] == [
        "program.document_recorded.v1",
        "indicator.fact_reported.v1",
    ]


def test_ten_at_once_with_their_own_keys_all_add_up(town: Town) -> None:
    body: Body = {"document": order("118", "2021-05-20"), **LINE, "amount": "10.00"}
    ask = [(town, "/budget/2021/cash-executions", body, uuid4().hex) for _ in range(CLIENTS)]
    answers = at_once(ask)
    assert {a.status_code for a in answers} <= {201, 409}
    assert all(refusal(a) == "lost_race" for a in answers if a.status_code == 409)
    paid = sum(a.status_code == 201 for a in answers)
    told = town.get("/cells/cash:2021:10.1.01.1:school:municipal")
    assert told["sum"] == f"{paid * 10}.00"
    retried = [town.post(path, body, key=key) for _, path, body, key in ask]
    assert {a.status_code for a in retried} == {201}
    assert town.get("/cells/cash:2021:10.1.01.1:school:municipal")["sum"] == "100.00"


def test_an_amendment_that_was_recorded_is_not_stale_when_sent_again(town: Town) -> None:
    body: Body = {"act": decree("55", "2021-03-24"), "lines": [line("target:i1:2021", "80", "90")]}
    headers, key = {"If-Match": str(town.last_position)}, uuid4().hex
    first = town.post("/amendments", body, key=key, headers=headers)
    again = town.post("/amendments", body, key=key, headers=headers)
    assert (first.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
