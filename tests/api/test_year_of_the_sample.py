"""The year 2025 of the invented municipality, lived through by its people, who prove themselves to the
issuer of development: the reporter submits, the owner accepts and closes, finance posts, the auditor reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from starlette.testclient import TestClient

from adapters.documents import writing
from api.demo.load import load_demo
from api.demo.people import CLIENT_ID, give_roles
from api.local_issuer import local_issuer
from application.commands.revoke_access import RevokeAccess
from tests.api.conftest import opened, served
from tests.api.people import bearer, done, letopis_of
from tests.api.town import Body, post, refusal
from tests.conftest import Server, fresh_database

CALENDAR = {
    "2025-Q1": ("2025-04-10", None),
    "2025-Q2": ("2025-07-10", None),
    "2025-Q3": ("2025-10-10", None),
    "2025-Q4": ("2026-01-12", "2026-01-10"),
}
"""By the 10th of the next month, as the sample's own rule says; 10.01.2026 was a Saturday."""
PAYMENT = {"element": "07.1.01.1", "executor": "upr-cifra", "source": "municipal"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the sample, who asks in their own name."""

    client: TestClient
    header: dict[str, str]

    def does(self, path: str, body: Body) -> Any:
        answer = self.asks(path, body)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    def asks(self, path: str, body: Body) -> Any:
        return post(self.client, f"/programs/sample{path}", body, headers=self.header)

    def reads(self, path: str, **asked: Any) -> Any:
        answer = self.client.get(
            f"/api/v1/programs/sample{path}", params=asked, headers=self.header
        )
        assert answer.status_code == 200, answer.text
        return answer


@dataclass(frozen=True, slots=True)
class People:
    """The people of the sample."""

    reporter: Person
    finance: Person
    owner: Person
    auditor: Person


@pytest.fixture(scope="module")
def people(main_server: Server) -> Iterator[People]:
    with (
        local_issuer(client_id=CLIENT_ID, redirect_uris=(), audience="letopis") as issuer,
        fresh_database(main_server) as database,
        opened(database, oidc_issuer=issuer.url, oidc_client_id=CLIENT_ID) as letopis,
        served(letopis) as client,
    ):
        list(load_demo(letopis))
        give_roles(letopis, issuer.url)

        def person(subject: str) -> Person:
            return Person(client, bearer(issuer.access_token(subject)))

        yield People(
            reporter=person("otchetova"),
            finance=person("rubleva"),
            owner=person("hozyaykin"),
            auditor=person("sverkina"),
        )


def document(kind: str, number: str, on: str) -> Body:
    return {"kind": kind, "type": "Документ (вымышленный)", "date": on, "number": number}


def status(person: Person, period: str, **asked: str) -> Any:
    told = person.reads("/periods", **asked).json()["data"]
    return next(one for one in told if one["period"] == period)


def issued(person: Person, period: str) -> dict[str, bytes]:
    """The files of the last submission, each as its event promised."""
    last = status(person, period)["submissions"][-1]
    found = {}
    for file in last["files"]:
        path = f"/periods/{period}/issued/{last['position']}/{file['form']}.{file['file_format']}"
        found[path] = person.reads(path).content
        assert sha256(found[path]).hexdigest() == file["digest"]
    return found


def test_the_year_2025(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, dict[str, bytes]] = {}
    for nth, (quarter, (due_on, stated_on)) in enumerate(CALENDAR.items(), start=1):
        on = {"as_of": due_on, "dated_by": due_on}
        told = status(people.auditor, quarter, **on)
        assert (told["status"], told["due_on"]) == ("due", due_on)
        assert (told["moved"] or {}).get("stated_on") == stated_on
        paid_on = f"2025-{3 * nth:02}-20"
        people.finance.does(
            "/budget/2025/cash-executions",
            {"document": document("payment", f"50{nth}", paid_on), **PAYMENT, "amount": "1000.00"},
        )
        report = document("report", f"кв-{nth}", due_on)
        fact = {"document": report, "period": quarter, "value": f"8{nth}.5"}
        people.reporter.does("/indicators/satisfaction/facts", fact)
        submitted = people.reporter.does(f"/periods/{quarter}/submission", {"document": report})
        kept[quarter] = issued(people.auditor, quarter)
        assert len(kept[quarter]) == 3
        accepted = {"document": document("memo", f"п-{nth}", due_on)}
        assert people.reporter.asks(f"/periods/{quarter}/acceptance", accepted).status_code == 403
        assert people.owner.asks(f"/periods/{quarter}/submission", accepted).status_code == 403
        people.owner.does(f"/periods/{quarter}/acceptance", accepted)
        people.owner.does(f"/periods/{quarter}/closing", accepted)
        assert status(people.auditor, quarter)["status"] == "closed"
        who = people.auditor.client.get(
            f"/api/v1/events/{submitted['position']}", headers=people.auditor.header
        ).json()["data"]["metadata"]
        assert (who["role"], who["actor"]["subject"]) == ("reporter", "otchetova")

    late = people.auditor.reads("/cells/fact:satisfaction:2025-Q1").json()["data"]["winner"]
    wrong = {"position": late, "reason": "Описка", "right": {"value": {"value": "80.5"}}}
    assert refusal(people.reporter.asks("/corrections", wrong)) == "basis_required"
    basis = {"basis": document("memo", "исправить", "2026-02-02")}
    assert people.finance.asks("/corrections", wrong | basis).status_code == 403
    people.reporter.does("/corrections", wrong | basis)

    monkeypatch.setattr(writing, "_WRITERS", dict.fromkeys(writing.MEDIA_TYPES, lambda _: b"newer"))
    for quarter, files in kept.items():
        assert issued(people.auditor, quarter) == files, quarter


def test_what_was_not_submitted_is_overdue(people: People) -> None:
    day = {"as_of": "2026-04-13", "dated_by": "2026-04-13"}
    told = status(people.auditor, "2026-Q1", **day)
    assert (told["status"], told["due_on"], told["late_days"]) == ("overdue", "2026-04-10", 3)


def test_a_good_token_whose_grant_is_revoked_does_nothing(people: People) -> None:
    """Stands last: the finance person of the sample leaves."""
    letopis = letopis_of(people.finance.client)
    held = [one for one in letopis.rights.holdings() if one.actor.subject == "rubleva"]
    payment = {
        "document": document("payment", "900", "2026-05-20"),
        **PAYMENT,
        "amount": "1.00",
    }
    path = "/budget/2026/cash-executions"
    assert people.finance.asks(path, payment).status_code == 201
    for one in held:
        gone = RevokeAccess(actor=one.actor, position=one.position, reason="Уволена")
        done(letopis, gone)
    answer = people.finance.asks(path, payment)
    assert (answer.status_code, refusal(answer)) == (403, "not_allowed")
