"""Invented programs at which every operation of the table of roles is asked for real: each request is one
that succeeds unless a right is missing, so that no rule hides a gap.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from api.bootstrap import Letopis
from application.access import Permission
from application.ports import KeptPaper
from domain.access import KEYS, Role, Scope
from tests.api.people import bearer, granted, key_of, machine
from tests.api.table_of_roles import PLACES, Place, Question
from tests.api.town import LINE, Body, decree, fact, line, order, post, program_of

By = Mapping[str, str]
TARGET = "target:i1:2024"


def dated(number: int, kind: str = "memo", on: str = "2026-02-10") -> Body:
    """A document of its own."""
    return {"kind": kind, "type": "Бумага", "date": on, "number": f"р-{number}"}


@dataclass(slots=True)
class Chronicle:
    """The programs with what is needed for the next request to be right. `deputy` and `chief` prepare it:
    machines that may do everything, and are not who is asked about.
    """

    letopis: Letopis
    client: TestClient
    deputy: By = field(default_factory=dict)
    chief: By = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    submitted: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    quarters: dict[str, Iterator[str]] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)
    acts: dict[str, str] = field(default_factory=dict)
    days: Iterator[int] = field(default_factory=lambda: count(1))

    def founded(self) -> "Chronicle":
        """With the programs registered, a file and a finding at each, and one of them published."""
        self.deputy, self.chief = self._preparing("deputy"), self._preparing("chief")
        for place in PLACES:
            body = program_of(place.program)
            body["municipality"] |= {"id": place.municipality, "region": place.region}
            self._right("/programs", body, self.chief)
            paper = KeptPaper(self.paper_of(place), "paper.docx", b"-")
            self.letopis.papers.keep(paper, place.program)
            quarters = [f"{year}-Q{n}" for year in (2021, 2024) for n in range(1, 5)]
            self.quarters[place.program] = iter(quarters)
            self.targets[place.program] = 95
            wrong = line("target:i1:2021", "70", "90", as_printed={"reason": "Так в бумаге"})
            self._amended(place, wrong, self.chief)
            if place.published:
                self._right(
                    f"/programs/{place.program}/publication", {"published": True}, self.chief
                )
        return self

    def _preparing(self, name: str) -> By:
        account = machine(name)
        for municipality in {place.municipality for place in PLACES}:
            for role in (Role.OWNER, Role.REPORTER, Role.FINANCE):
                granted(self.letopis, account, role, Scope(municipality=municipality))
        granted(self.letopis, account, Role.OPERATOR, Scope())
        return bearer(key_of(self.letopis, account))

    def ask(self, question: Question, by: By) -> list[Response]:
        """The answers to the requests that an operation consists of, in their order."""
        place = question.place
        match question.operation:
            case Permission.GRANT_ACCESS:
                return list(self._grants(by))
            case Permission.READ_ACCESS:
                return [self._get("/access/holdings", by), self._get("/refusals", by)]
            case Permission.READ_LOG:
                return [self._get("/events/1", by)]
        assert place is not None
        match question.operation:
            case Permission.READ:
                parts = ("", "/findings", "/events", "/periods", f"/cells/{TARGET}", "/acts")
                return [self._get(f"/programs/{place.program}{part}", by) for part in parts]
            case Permission.READ_PAPERS:
                return [self._get(f"/papers/{self.paper_of(place)}", by)]
            case Permission.ACCEPT_REPORT:
                return list(self._judges(place, by))
            case Permission.CLOSE_PERIOD:
                return list(self._closes(place, by))
            case Permission.SUBMIT_REPORT:
                return list(self._submits(place, f"{question.year}-Q3", by))
            case Permission.PLAN:
                return list(self._plans(place, by))
            case Permission.PUBLISH:
                return list(self._publishes(place, by))
        return [self._records(question, place, by)]

    def paper_of(self, place: Place) -> str:
        """The digest of the file that was handed in about a program."""
        return sha256(place.program.encode()).hexdigest()

    def _records(self, question: Question, place: Place, by: By) -> Response:
        number, year = next(self.numbers), question.year
        match question.operation:
            case Permission.REPORT:
                told = fact("i1", "81", year)
                body = {"document": dated(number, "report"), "facts": [told]}
                return self._post(place, "/facts/batch", body, by)
            case Permission.POST_MONEY:
                entry = {
                    "document": order(f"р-{number}", f"{year}-05-20"),
                    **LINE,
                    "amount": "0.01",
                }
                return self._post(place, f"/budget/{year}/cash-executions", entry, by)
            case Permission.WAIVE_FINDING:
                waived = {"rule": "was_does_not_stand", "cell": "target:i1:2021", "reason": "Так"}
                return self._post(place, "/findings/waivers", waived, by)
        raise AssertionError(question)

    def _plans(self, place: Place, by: By) -> Iterator[Response]:
        """Amends the program, then withdraws an act of another one's."""
        was = self.targets[place.program]
        answer = self._amended(place, line(TARGET, str(was), str(was + 1)), by)
        self.targets[place.program] += answer.is_success
        yield answer
        if place.program not in self.acts:
            told = self._amended(place, line("target:i2:2024", "95", "96"), self.chief)
            self.acts[place.program] = told.json()["data"]["act"]
        act = self.acts[place.program]
        wrong = {"since": "beginning", "recording_error": True, "reason": "Не та программа"}
        answer = self._post(place, f"/acts/{act}/withdrawals", wrong, by)
        yield answer
        if answer.is_success:
            del self.acts[place.program]

    def _amended(self, place: Place, changed: Body, by: By) -> Response:
        """The answer to an act of a day of its own, on what stands."""
        path = f"/programs/{place.program}"
        last = self._get(path, self.chief).json()["data"]["last_position"]
        day = date(2025, 1, 1) + timedelta(days=next(self.days))
        act = decree("1", f"{day}")
        body, more = {"act": act, "lines": [changed]}, {"If-Match": str(last)}
        return post(self.client, f"{path}/amendments", body, headers={**by, **more})

    def _submits(self, place: Place, period: str, by: By) -> Iterator[Response]:
        answer = self._step(place, period, "submission", by)
        yield answer
        if answer.is_success:
            self._right_step(place, period, "return", self.deputy)

    def _judges(self, place: Place, by: By) -> Iterator[Response]:
        """Returns a report that another one submitted, then accepts it."""
        period = self.submitted.get(place.program) or next(self.quarters[place.program])
        if place.program not in self.submitted:
            self._right_step(place, period, "submission", self.deputy)
            self.submitted[place.program] = period
        answer = self._step(place, period, "return", by)
        yield answer
        if answer.is_success:
            self._right_step(place, period, "submission", self.deputy)
        answer = self._step(place, period, "acceptance", by)
        yield answer
        if answer.is_success:
            del self.submitted[place.program]

    def _closes(self, place: Place, by: By) -> Iterator[Response]:
        """Closes a period, then reopens it."""
        period = self.accepted.get(place.program) or next(self.quarters[place.program])
        if place.program not in self.accepted:
            self._right_step(place, period, "submission", self.deputy)
            self._right_step(place, period, "acceptance", self.chief)
            self.accepted[place.program] = period
        answer = self._step(place, period, "closing", by)
        yield answer
        if answer.is_success:
            del self.accepted[place.program]
        yield self._step(place, period, "reopening", by, until_on="2026-11-10")

    def _publishes(self, place: Place, by: By) -> Iterator[Response]:
        """Publishes a program, then takes it back; one that is published: the other way round."""
        steps = (not place.published, place.published)
        for published in steps:
            body = {"published": published, "reason": "Проверка прав"}
            yield self._post(place, "/publication", body, by)

    def _grants(self, by: By) -> Iterator[Response]:
        """Grants a role, issues a key, revokes a role: to and of others."""
        number = next(self.numbers)
        role = {"role": "owner", "scope": {"municipality": "a"}}
        grant = {"actor": {"issuer": KEYS, "subject": f"robot-{number}"}, **role}
        yield post(self.client, "/access/grants", grant, headers=dict(by))
        key = {"name": f"robot-{number}", "until_on": "2026-12-01"}
        yield post(self.client, "/access/keys", key, headers=dict(by))
        position = granted(
            self.letopis, machine(f"gone-{number}"), Role.OWNER, Scope(municipality="a")
        )
        revoked = {"position": position, "reason": "Проверка прав"}
        yield post(self.client, "/access/revocations", revoked, headers=dict(by))

    def _step(self, place: Place, period: str, name: str, by: By, **more: Any) -> Response:
        kind = "report" if name == "submission" else "memo"
        body = {"document": dated(next(self.numbers), kind), "reason": "Проверка прав", **more}
        return self._post(place, f"/periods/{period}/{name}", body, by)

    def _right_step(self, place: Place, period: str, name: str, by: By) -> None:
        answer = self._step(place, period, name, by)
        assert answer.status_code == 201, answer.text

    def _right(self, path: str, body: Body, by: By) -> None:
        answer = post(self.client, path, body, headers=dict(by))
        assert answer.status_code == 201, answer.text

    def _post(self, place: Place, path: str, body: Body, by: By) -> Response:
        return post(self.client, f"/programs/{place.program}{path}", body, headers=dict(by))

    def _get(self, path: str, by: By) -> Response:
        return self.client.get(f"/api/v1{path}", headers=dict(by))
