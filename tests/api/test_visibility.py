"""What is not visible is not there: two municipalities, one published and one not, over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from api.bootstrap import Letopis
from api.demo.load import publish
from application.commands.revoke_access import RevokeAccess
from application.ports import KeptPaper
from domain.access import Role, Scope
from tests.api.conftest import opened, served
from tests.api.people import bearer, done, granted, key_of, machine
from tests.api.town import OWN_ACT, REPORT, Body, Town, fact, post, program_of
from tests.conftest import Database

OPEN, HIDDEN = "open-town", "hush-town"
DOCUMENT = "2020-12-20-1"
FILLED = {
    "indicator": "i1",
    "act": DOCUMENT,
    "cell": "target:i1:2021",
    "form": "1",
    "file_format": "html",
    "period": "2021",
}
ASKED = {
    "/forms/": {"year": "2021"},
    "/diff": {"from_as_of": "2021-01-01", "to_as_of": "2021-12-31"},
}
"""What some routes must be asked with."""


def told_of(program: str) -> Body:
    """A municipality's own program. Not marked as invented, which the rules between programs leave out."""
    body = program_of(program)
    body["municipality"] |= {
        "id": program,
        "name": f"Город {program}",
        "region": f"region-{program}",
        "invented": False,
    }
    if program == HIDDEN:
        body["indicators"][1]["direction"] = "decrease"  # what the rules between programs tell of
    body["passport"]["title"] = f"Программа города {program}"
    return body


@dataclass(frozen=True, slots=True)
class Two:
    """The client and the headers of those who ask."""

    client: TestClient
    letopis: Letopis
    submitted: int
    anybody: dict[str, str]
    other: dict[str, str]
    own: dict[str, str]
    auditor: dict[str, str]

    def get(self, path: str, who: dict[str, str], **asked: Any) -> Response:
        return self.client.get(path, headers=who, params=asked)

    def api(self, path: str, who: dict[str, str], **asked: Any) -> Any:
        answer = self.get(f"/api/v1{path}", who, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]


@pytest.fixture
def two(database: Database) -> Iterator[Two]:
    with opened(database) as letopis, served(letopis) as client:
        everywhere = machine("everywhere")
        for program in (OPEN, HIDDEN):
            for role in (Role.OWNER, Role.REPORTER):
                granted(letopis, everywhere, role, Scope(municipality=program))
        client.headers |= bearer(key_of(letopis, everywhere))
        submitted = [_recorded(client, program) for program in (OPEN, HIDDEN)]
        publish(letopis, OPEN)
        del client.headers["authorization"]
        keys: dict[str, dict[str, str]] = {}
        for name, role, scope in (
            ("other", Role.REPORTER, Scope(municipality=OPEN)),
            ("own", Role.REPORTER, Scope(municipality=HIDDEN)),
            ("auditor", Role.AUDITOR, Scope()),
        ):
            granted(letopis, machine(name), role, scope)
            keys[name] = bearer(key_of(letopis, machine(name)))
        yield Two(client, letopis, submitted[1], {}, **keys)


def _recorded(client: TestClient, program: str) -> int:
    """A program with facts and a submitted report, whose position is given back."""
    town = Town.registered(client, told_of(program))
    facts = [fact("i1", "81"), fact("i2", "82")]
    town.records("/facts/batch", {"document": REPORT, "facts": facts})
    report = {**REPORT, "number": "6", "date": "2022-02-20"}
    return int(town.records("/periods/2021/submission", {"document": report})["position"])


def templates(two: Two) -> list[str]:
    """The address templates of all GET routes that name a program, of the interface and of the pages."""
    assert isinstance(two.client.app, FastAPI)
    described = two.client.get("/openapi.json").json()["paths"]
    of_interface = [p for p, methods in described.items() if "{program}" in p and "get" in methods]
    pages = ["/programs/{program}", "/programs/{program}/findings"]
    return [*of_interface, *pages, "/programs/{program}/cells/{cell}"]


def address(two: Two, template: str, program: str) -> tuple[str, dict[str, str]]:
    filled = FILLED | {"program": program, "position": str(two.submitted)}
    if "/issued/" in template:
        filled["file_format"] = "pdf"
    path = template.replace("{cell:path}", "{cell}").format_map(filled)
    asked = next((given for part, given in ASKED.items() if part in f"{path}"), {})
    return path, asked if not path.endswith(
        f"/acts/{DOCUMENT}/diff"
    ) and "/issued/" not in path else {}


def test_every_address_of_a_hidden_program_answers_404(two: Two) -> None:
    found = templates(two)
    assert len(found) > 17
    for template in found:
        path, asked = address(two, template, HIDDEN)
        nothing, _ = address(two, template, "never-there")
        for who in (two.anybody, two.other):
            if who and not path.startswith("/api"):
                continue  # pages listen to no key
            hidden, missing = two.get(path, who, **asked), two.get(nothing, who, **asked)
            assert hidden.status_code == 404, (path, hidden.text)
            assert hidden.text.replace(HIDDEN, "never-there") == missing.text, path
            assert hidden.headers.keys() == missing.headers.keys()
        if path.startswith("/api"):
            for own in (two.own, two.auditor):
                answer = two.get(path, own, **asked)
                assert answer.status_code == 200, (path, answer.text)
    for template in found:
        path, asked = address(two, template, OPEN)
        if "/issued/" not in path:
            answer = two.get(path, two.anybody, **asked)
            assert answer.status_code == 200, (path, answer.text)


def test_lists_pass_over_what_is_hidden(two: Two) -> None:
    for who, seen in (
        (two.anybody, {OPEN}),
        (two.other, {OPEN}),
        (two.own, {OPEN, HIDDEN}),
        (two.auditor, {OPEN, HIDDEN}),
    ):
        for asked in ({}, {"q": "город"}, {"limit": "1"}):
            listed = two.api("/programs", who, **asked)
            names = {one["program"] for one in listed}
            assert names <= seen
            assert asked.get("limit") or names == seen
        assert bool(two.api("/programs", who, municipality=HIDDEN)) == (HIDDEN in seen)
        for asked in ({}, {"program": HIDDEN}):
            between = two.api("/findings", who, **asked)
            assert (HIDDEN in str(between)) == (HIDDEN in seen)
    assert HIDDEN not in two.get("/", two.anybody).text
    assert OPEN in two.get("/", two.anybody).text


def test_the_log_has_no_holes_and_tells_nothing_hidden(two: Two) -> None:
    whole = two.api("/events", two.auditor, limit=1000)
    assert [one["position"] for one in whole] == list(range(1, len(whole) + 1))
    hidden = {one["position"] for one in whole if one.get("program") == HIDDEN}
    nobodys = {one["position"] for one in whole if "program" not in one}
    assert hidden
    assert nobodys
    for who, named in ((two.anybody, False), (two.other, True)):
        shown = two.api("/events", who, limit=1000)
        assert [(one["position"], one["recorded_at"]) for one in shown] == [
            (one["position"], one["recorded_at"]) for one in whole
        ]
        for one in shown:
            withheld = one["position"] in hidden | nobodys
            assert (one["topic"] == "withheld") == withheld
            assert ("actor" in one["metadata"]) == (named and not withheld)
            single = two.api(f"/events/{one['position']}", who)
            assert single == one
        assert HIDDEN not in str(shown)
        for accept in ("application/x-ndjson", "application/cloudevents-batch+json"):
            told = two.client.get("/api/v1/events?limit=1000", headers={**who, "Accept": accept})
            assert HIDDEN not in told.text
            assert told.text.count("withheld") >= len(hidden)
        for topic in ("program.registered.v1", "access.granted.v1", "access.key_issued.v1"):
            of_topic = two.api("/events", who, topic=topic, limit=1000)
            assert {one.get("program") for one in of_topic} <= {OPEN}


def test_what_was_learned_before_a_revocation_gives_no_304_after_it(two: Two) -> None:
    account = machine("guest")
    position = granted(two.letopis, account, Role.AUDITOR, Scope(program=HIDDEN))
    guest = bearer(key_of(two.letopis, account))
    issued = f"/periods/2021/issued/{two.submitted}/1.pdf"
    learned = {}
    for part in ("", "/budget", "/forms/1.json?year=2021", "/forms/1.html?year=2021", issued):
        path = f"/api/v1/programs/{HIDDEN}{part}"
        first = two.client.get(path, headers=guest)
        assert first.status_code == 200, first.text
        learned[path] = {**guest, "If-None-Match": first.headers["etag"]}
        assert two.client.get(path, headers=learned[path]).status_code == 304
    listed = two.client.get("/api/v1/programs", headers=guest)
    done(two.letopis, RevokeAccess(actor=account, position=position, reason="Проверка окончена"))
    for path, known in learned.items():
        assert two.client.get(path, headers=known).status_code == 404, path
        for who in (two.anybody, two.other):
            tag = {**who, "If-None-Match": known["If-None-Match"]}
            assert two.client.get(path, headers=tag).status_code == 404, path
    now = two.client.get(
        "/api/v1/programs", headers={**guest, "If-None-Match": listed.headers["etag"]}
    )
    assert now.status_code == 200
    assert HIDDEN not in now.text


def test_a_file_is_opened_by_who_may_open_those_of_its_program(two: Two) -> None:
    content = b"handed in"
    paper = KeptPaper(sha256(content).hexdigest(), "report.docx", content)
    two.letopis.papers.keep(paper, HIDDEN)
    granted(two.letopis, machine("oversight"), Role.OVERSIGHT, Scope(region=f"region-{HIDDEN}"))
    oversight = bearer(key_of(two.letopis, machine("oversight")))
    path = f"/api/v1/papers/{paper.digest}"
    for who, status in (
        (two.anybody, 401),
        (two.other, 404),
        (oversight, 403),
        (two.own, 200),
        (two.auditor, 200),
    ):
        answer = two.get(path, who)
        assert answer.status_code == status, (who, answer.text)
        assert (content in answer.content) == (status == 200)
    missing = two.get(f"/api/v1/papers/{'0' * 64}", two.other)
    assert missing.json() == two.get(path, two.other).json()
    published = KeptPaper(sha256(b"open").hexdigest(), "open.docx", b"open")
    two.letopis.papers.keep(published, OPEN)
    statuses = [
        two.get(f"/api/v1/papers/{published.digest}", who).status_code
        for who in (two.anybody, two.own, two.other)
    ]
    assert statuses == [401, 404, 200]  # what is published is the program, not its files


def test_nothing_is_recorded_about_a_hidden_program(two: Two) -> None:
    before = two.letopis.model.size()
    facts = {"document": REPORT, "facts": [fact("i1", "99")]}
    for who in (two.anybody, two.other):
        for path in (f"/programs/{HIDDEN}/facts/batch", "/programs/never-there/facts/batch"):
            assert post(two.client, path, facts, headers=who).status_code == 404
    own = {**OWN_ACT, "number": "3"}
    refused = post(two.client, f"/programs/{HIDDEN}/amendments", {"act": own, "lines": []})
    assert refused.status_code == 404
    assert two.letopis.model.size() == before


def test_how_tables_are_read_is_remembered_by_who_may_record_there(two: Two) -> None:
    """A paper that says nothing new takes no right to be recorded; to be remembered it does."""
    blank = two.get(f"/api/v1/programs/{OPEN}/forms/1.xlsx", {}, year="2021")
    assert blank.status_code == 200
    file = {"file": ("form.xlsx", blank.content)}
    tried = two.client.post("/api/v1/intake", files=file, data={"dry_run": "1"}, headers=two.other)
    table = next(one for one in tried.json()["data"]["tables"] if one["kind"])
    columns = "".join(f"{field} = {n}\n" for field, n in table["columns"].items())
    asked = {"answers": f'program = "{OPEN}"\n[columns.{table["number"]}]\n{columns}'}
    for who, status in ((two.own, 403), (two.other, 200)):
        answer = two.client.post(
            "/api/v1/intake",
            files=file,
            data={**asked, "remember": "true"},
            headers=who,
        )
        assert answer.status_code == status, answer.text
        assert bool(two.letopis.papers.mappings(OPEN)) == (status == 200)
