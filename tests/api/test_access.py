"""Rights over HTTP: given, shown once, taken back at once."""

from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from domain.access import Role, Scope
from tests.api.people import bearer, granted, key_of, machine
from tests.api.town import REPORT as REPORT_OF_YEAR, Town, fact, post, program_of, refusal

UNTIL = "2026-12-01"


@pytest.fixture(scope="session")
def operator(towns: TestClient) -> dict[str, str]:
    """The header of an operator, who holds nothing else."""
    letopis = letopis_of(towns)
    granted(letopis, machine("operator"), Role.OPERATOR, Scope())
    return bearer(key_of(letopis, machine("operator")))


def letopis_of(client: TestClient) -> Any:
    return getattr(client.app, "state").letopis  # noqa: B009 (the test client does not know its type)


def asked(client: TestClient, path: str, body: Any, by: dict[str, str], **more: Any) -> Any:
    return post(client, path, body, headers=by, **more)


def new_machine(client: TestClient, operator: dict[str, str], **more: Any) -> tuple[str, Any]:
    """A machine with a key; its name, and what the answer told."""
    name = f"robot-{uuid4().hex[:8]}"
    answer = asked(client, "/access/keys", {"name": name, "until_on": UNTIL, **more}, operator)
    assert answer.status_code == 201, answer.text
    return name, answer.json()["data"]


def test_a_key_with_its_role_writes_where_it_may(town: Town, operator: dict[str, str]) -> None:
    scope = {"program": town.program}
    _, told = new_machine(town.client, operator, roles=["reporter"], scope=scope)
    shown = bearer(told["key"])
    batch = {"document": REPORT_OF_YEAR, "facts": [fact("i1", "81")]}
    assert town.post("/facts/batch", batch, headers=shown).status_code == 201
    other = Town.registered(town.client, program_of())
    assert refusal(other.post("/facts/batch", batch, headers=shown)) == "unknown_program"
    amendment = {"act": REPORT_OF_YEAR | {"kind": "act"}, "lines": []}
    answer = town.post("/amendments?dry_run=true", amendment, headers=shown)
    assert (answer.status_code, refusal(answer)) == (403, "not_allowed")
    assert "вносить программу" in answer.json()["detail"]


def test_a_key_is_shown_once(towns: TestClient, operator: dict[str, str]) -> None:
    body, key = {"name": f"robot-{uuid4().hex[:8]}", "until_on": UNTIL}, uuid4().hex
    first = asked(towns, "/access/keys", body, operator, key=key)
    again = asked(towns, "/access/keys", body, operator, key=key)
    assert first.json()["data"]["key"].startswith("letopis_")
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert "key" not in again.json()["data"]
    assert again.json()["data"]["shown_once"] == ["key"]
    assert again.json()["data"]["position"] == first.json()["data"]["position"]


def test_two_keys_live_for_rotation(towns: TestClient, operator: dict[str, str]) -> None:
    name, first = new_machine(towns, operator)
    body = {"name": name, "until_on": UNTIL}
    assert asked(towns, "/access/keys", body, operator).status_code == 201
    third = asked(towns, "/access/keys", body, operator)
    assert (third.status_code, refusal(third)) == (409, "two_keys_live")
    gone = {"position": first["position"], "reason": "Смена ключа"}
    assert asked(towns, "/access/revocations", gone, operator).status_code == 201
    assert asked(towns, "/access/keys", body, operator).status_code == 201


def test_what_is_revoked_is_refused_at_once(town: Town, operator: dict[str, str]) -> None:
    name, told = new_machine(town.client, operator)
    shown = bearer(told["key"])
    reads = f"/api/v1/programs/{town.program}"
    role = {
        "actor": {"issuer": "urn:letopis:keys", "subject": name},
        "role": "auditor",
    }
    assert town.client.get(reads, headers=shown).status_code == 404
    grant = asked(town.client, "/access/grants", role, operator).json()["data"]["position"]
    answer = town.client.get(reads, headers=shown)
    assert answer.status_code == 200
    tag = {"If-None-Match": answer.headers["etag"]}
    assert town.client.get(reads, headers=shown | tag).status_code in {200, 304}
    gone = {"position": grant, "reason": "Проверка окончена"}
    assert asked(town.client, "/access/revocations", gone, operator).status_code == 201
    assert town.client.get(reads, headers=shown | tag).status_code == 404
    key_gone = {"position": told["position"], "reason": "Утерян"}
    assert asked(town.client, "/access/revocations", key_gone, operator).status_code == 201
    answer = town.client.get(reads, headers=shown)
    assert (answer.status_code, refusal(answer)) == (401, "unknown_key")


def test_nobody_grants_to_oneself(towns: TestClient, operator: dict[str, str]) -> None:
    own = {"actor": {"issuer": "urn:letopis:keys", "subject": "operator"}, "role": "auditor"}
    answer = asked(towns, "/access/grants", own, operator)
    assert (answer.status_code, refusal(answer)) == (403, "second_person_needed")
    key = {"name": "operator", "until_on": UNTIL}
    answer = asked(towns, "/access/keys", key, operator)
    assert (answer.status_code, refusal(answer)) == (403, "second_person_needed")


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ({"role": "public", "scope": {"program": "kedrovy"}}, 422, "malformed"),
        ({"role": "king"}, 422, "malformed"),
        ({"role": "owner"}, 409, "scope_does_not_fit"),
        ({"role": "reporter", "scope": {"program": "x", "period": "весна"}}, 422, "malformed"),
        ({"role": "auditor", "until_on": "2026-10-01"}, 409, "ends_before_start"),
        (
            {"role": "auditor", "document": {"kind": "memo", "date": "2026-11-02"}},
            409,
            "document_from_the_future",
        ),
    ],
)
def test_a_grant_that_can_not_be(
    towns: TestClient, operator: dict[str, str], body: Any, status: int, name: str
) -> None:
    given = {"actor": {"issuer": "https://id.example", "subject": "clerk"}, **body}
    answer = asked(towns, "/access/grants", given, operator)
    assert (answer.status_code, refusal(answer)) == (status, name)


def test_a_key_for_ever_is_refused(towns: TestClient, operator: dict[str, str]) -> None:
    answer = asked(towns, "/access/keys", {"name": "r", "until_on": "2028-01-01"}, operator)
    assert refusal(answer) == "key_too_long"


def test_what_is_not_there_is_not_revoked(towns: TestClient, operator: dict[str, str]) -> None:
    answer = asked(towns, "/access/revocations", {"position": 10**9, "reason": "нет"}, operator)
    assert (answer.status_code, refusal(answer)) == (409, "unknown_grant")


def test_what_was_given_is_told_page_by_page(towns: TestClient, operator: dict[str, str]) -> None:
    name, told = new_machine(towns, operator)
    found: list[Any] = []
    following: str | None = ""
    while following is not None:
        answer = towns.get(
            "/api/v1/access/holdings",
            params={"limit": 3, "holds": True} | ({"next": following} if following else {}),
            headers=operator,
        ).json()
        found += answer["data"]
        following = answer["meta"].get("next")
    positions = [one["position"] for one in found]
    assert positions == sorted(set(positions))
    (one,) = [one for one in found if one["actor"]["subject"] == name]
    assert (one["position"], one["until_on"], one["holds"]) == (told["position"], UNTIL, True)
    assert "role" not in one
    assert told["key"] not in str(found)


@pytest.mark.parametrize(
    "marked", ["x", "YQ", "LTE", "4paa", "MS41", "OTk5OTk5OTk5OTk5OTk5OTk5OTk"]
)
def test_a_mark_that_no_answer_gave(
    towns: TestClient, operator: dict[str, str], marked: str
) -> None:
    answer = towns.get("/api/v1/access/holdings", params={"next": marked}, headers=operator)
    assert (answer.status_code, refusal(answer)) == (422, "unknown_mark")


def test_a_program_is_published_and_taken_back(town: Town) -> None:
    reads = f"/api/v1/programs/{town.program}"
    anybody = TestClient(town.client.app)

    def status() -> int:
        return int(anybody.get(reads).status_code)

    assert status() == 404
    town.records("/publication", {"published": True})
    assert status() == 200
    again = town.post("/publication", {"published": True})
    assert refusal(again) == "granted_already"
    assert refusal(town.post("/publication", {"published": False})) == "reason_required"
    town.records("/publication", {"published": False, "reason": "Черновик"})
    assert status() == 404
    assert (
        refusal(town.post("/publication", {"published": False, "reason": "x"})) == "not_published"
    )
