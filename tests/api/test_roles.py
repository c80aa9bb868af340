"""The hand-written table of docs/security/roles.md is asked: the code agrees with it cell by cell, and so do
the answers to real requests, inside of a right's scope and outside of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.bootstrap import Letopis
from application.access import ALLOWED, WHOLE, Permission
from application.ports import KeptPaper
from application.visible import WITHHELD
from domain import access
from domain.access import Role, Scope
from tests.api.conftest import opened, served
from tests.api.people import bearer, granted, key_of, key_of_all_roles, machine
from tests.api.town import LINE, REPORT, Body, decree, fact, line, order, post, program_of
from tests.conftest import Server, fresh_database
from tests.house.tree import rows_of, text

PAGE = text("docs/security/roles.md")
ROLES = [role.value for role in Role]
CELLS = {
    (row[1].strip("`"), role): cell
    for row in rows_of(PAGE)
    if len(row) == 2 + len(ROLES)
    for role, cell in zip(ROLES, row[2:], strict=True)
}
SCOPES = {row[0]: row[1:] for row in rows_of(PAGE) if len(row) == 3 and row[0] in ROLES}
REFUSED, GRANTED, PERIOD, EVERYWHERE = "—", "granted", "granted, period", "everywhere"

HERE, SAME_TOWN, ELSEWHERE, PUBLISHED = "here", "same-town", "elsewhere", "published"
"""Programs: two of municipality `town` in region `r1`, one of another in `r2`, one published."""

PAPER = "0" * 64


def names(cell: str) -> set[str]:
    return set(cell.split(", ")) - {REFUSED}


def test_the_table_is_what_the_code_allows() -> None:
    assert {operation for operation, _ in CELLS} == {str(one) for one in Permission}
    for (operation, role), cell in CELLS.items():
        allowed = Permission(operation) in ALLOWED[Role(role)]
        assert allowed == (cell != REFUSED), (operation, role)
        assert (cell == EVERYWHERE) == (allowed and Permission(operation) in WHOLE)
        assert cell in {REFUSED, GRANTED, PERIOD, EVERYWHERE}


def test_the_scopes_are_what_the_code_takes() -> None:
    assert set(SCOPES) == set(ROLES)
    for role, (must, may) in SCOPES.items():
        one_of, allowed = access._SCOPES[Role(role)]
        assert (names(must), names(must) | names(may)) == (one_of, allowed), role


def test_only_who_may_name_a_period_is_bound_by_one() -> None:
    for role in ROLES:
        bound = {cell for (_, of), cell in CELLS.items() if of == role and cell == PERIOD}
        assert bool(bound) == ("period" in SCOPES[role][1]), role


class Place(NamedTuple):
    """Where a request is made: at a program, for a period."""

    program: str
    period: str = "2021"


@dataclass(slots=True)
class Towns:
    """The programs, and who asks."""

    letopis: Letopis
    client: TestClient
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: set[tuple[str, str, str]] = field(default_factory=set)

    def header(self, role: str, scope: Scope) -> dict[str, str]:
        """The key of one who holds just this role within just this scope."""
        name = f"{role}-{scope.model_dump_json(exclude_none=True)}".translate(_PLAIN)
        if name not in self.headers:
            granted(self.letopis, machine(name), Role(role), scope)
            self.headers[name] = bearer(key_of(self.letopis, machine(name)))
        return self.headers[name]


_PLAIN = str.maketrans(dict.fromkeys('{}":,', "."))


@pytest.fixture(scope="module")
def towns(main_server: Server) -> Iterator[Towns]:
    with (
        fresh_database(main_server) as database,
        opened(database) as letopis,
        served(letopis) as client,
    ):
        account = machine("all-roles")
        shown = bearer(key_of_all_roles(letopis))
        granted(letopis, account, Role.OWNER, Scope(municipality="other"))
        for program, town, region in (
            (HERE, "town", "r1"),
            (SAME_TOWN, "town", "r1"),
            (ELSEWHERE, "other", "r2"),
            (PUBLISHED, "other", "r2"),
        ):
            body = program_of(program)
            body["municipality"] |= {"id": town, "region": region}
            assert post(client, "/programs", body, headers=shown).status_code == 201
            letopis.papers.keep(KeptPaper(PAPER, "paper.docx", b"-"), program)
        published = post(
            client, f"/programs/{PUBLISHED}/publication", {"published": True}, headers=shown
        )
        assert published.status_code == 201
        yield Towns(letopis, client)


def get(path: str) -> Callable[[TestClient, Mapping[str, str]], Response]:
    return lambda client, by: client.get(f"/api/v1{path}", headers=by)


def send(path: str, body: Body) -> Callable[[TestClient, Mapping[str, str]], Response]:
    return lambda client, by: post(client, path, body, headers=dict(by))


def request(operation: str, at: Place) -> Callable[[TestClient, Mapping[str, str]], Response]:
    """A request that needs an operation at a place. What only a rule stands against was let in."""
    program = f"/programs/{at.program}"
    quarter = f"{at.period}-Q1"
    document = {"kind": "memo", "date": "2026-01-10", "number": "1"}
    match Permission(operation):
        case Permission.READ:
            return get(program)
        case Permission.READ_PAPERS:
            return get(f"/papers/{PAPER}")
        case Permission.READ_LOG:
            return get("/events/1")
        case Permission.REPORT:
            facts = {"document": REPORT, "facts": [fact("i1", "81", at.period)]}
            return send(f"{program}/facts/batch?dry_run=true", facts)
        case Permission.POST_MONEY:
            day = f"{at.period}-05-20"
            entry = {"document": order("1", day), **LINE, "amount": "0.01"}
            return send(f"{program}/budget/{at.period}/cash-executions", entry)
        case Permission.PLAN:
            act = decree("9", "2026-01-10")
            lines = [line("target:i1:2024", "95", "96")]
            return send(f"{program}/amendments?dry_run=true", {"act": act, "lines": lines})
        case Permission.SUBMIT_REPORT:
            return send(f"{program}/periods/{quarter}/submission", {"document": REPORT})
        case Permission.ACCEPT_REPORT:
            return send(f"{program}/periods/{quarter}/acceptance", {"document": document})
        case Permission.CLOSE_PERIOD:
            return send(f"{program}/periods/{quarter}/closing", {"document": document})
        case Permission.WAIVE_FINDING:
            waived = {"rule": "figure_misprinted", "cell": "fact:i1:2021", "reason": "так"}
            return send(f"{program}/findings/waivers", waived)
        case Permission.PUBLISH:
            return send(f"{program}/publication", {"published": False, "reason": "проверка"})
        case Permission.GRANT_ACCESS:
            return send("/access/revocations", {"position": 10**9, "reason": "проверка"})
        case Permission.READ_ACCESS:
            return get("/access/holdings")


LET_IN_BUT = {
    "report_not_in_state",
    "unknown_finding",
    "not_published",
    "unknown_grant",
    "granted_already",
}
"""Rules that refuse only who was let in: the operation itself was allowed."""


def outcome(operation: str, answer: Response) -> str:
    """`let in`, `sign in`, `not allowed` or `not there`."""
    name = ""
    if "problem" in answer.headers.get("content-type", ""):
        name = answer.json()["type"].removeprefix("urn:letopis:problem:")
    if operation == Permission.READ_LOG:
        withheld = answer.json()["data"]["topic"] == WITHHELD
        return "not allowed" if withheld else "let in"
    if answer.status_code in {200, 201} or name in LET_IN_BUT:
        return "let in"
    known = {401: "sign in", 403: "not allowed", 404: "not there"}
    return known.get(answer.status_code, f"{answer.status_code} {name}")


def ways(role: str) -> Iterator[tuple[str, Scope, Place, bool]]:
    """The scopes in which a role may be held, each with a place inside and outside of it."""
    within = {
        "program": Scope(program=HERE),
        "municipality": Scope(municipality="town"),
        "region": Scope(region="r1"),
    }
    must, may = SCOPES[role]
    for name, scope in within.items():
        if name in names(must) | names(may):
            yield f"inside {name}", scope, Place(HERE), True
            outside = SAME_TOWN if name == "program" else ELSEWHERE
            yield f"outside {name}", scope, Place(outside), False
    if "period" in names(may):
        scope = Scope(program=HERE, period="2022")
        yield "inside period", scope, Place(HERE, "2022"), True
        yield "outside period", scope, Place(HERE, "2023"), False
    if not names(must):
        yield "everywhere", Scope(), Place(ELSEWHERE), True


def expected(operation: str, role: str, way: str, *, inside: bool) -> str:
    """What the table says of a request."""
    cell = CELLS[operation, role]
    is_scoped = way != "everywhere"
    elsewhere = way.startswith("outside") and way != "outside period"
    if cell == EVERYWHERE:
        return "not allowed" if is_scoped else "let in"
    if Permission(operation) in WHOLE:
        return "not allowed"
    reads = CELLS["read", role] != REFUSED
    if operation == Permission.READ_PAPERS:  # of one file that was handed in about all programs
        return "let in" if cell != REFUSED else "not allowed"
    if elsewhere or not reads:
        return "not there"
    if cell == REFUSED or (cell == PERIOD and not inside):
        return "not allowed"
    return "let in"


@pytest.mark.parametrize("operation", list(Permission))
@pytest.mark.parametrize("role", [role for role in ROLES if role != Role.PUBLIC])
def test_every_cell_is_answered_as_the_table_says(towns: Towns, operation: str, role: str) -> None:
    for way, scope, place, inside in ways(role):
        answer = request(operation, place)(towns.client, towns.header(role, scope))
        told = (operation, role, way, outcome(operation, answer))
        wanted = expected(operation, role, way, inside=inside)
        assert told == (operation, role, way, wanted), answer.text[:300]
        towns.asked.add((operation, role, way))


@pytest.mark.parametrize("operation", list(Permission))
def test_who_has_not_said_who_they_are_reads_what_is_published(
    towns: Towns, operation: str
) -> None:
    of_a_program = not (Permission(operation) in WHOLE or operation == Permission.READ_PAPERS)
    for program in (PUBLISHED, HERE):
        told = outcome(operation, request(operation, Place(program))(towns.client, {}))
        if operation == Permission.READ_LOG:
            wanted = "not allowed"
        elif of_a_program and program == HERE:
            wanted = "not there"
        else:
            wanted = "let in" if operation == Permission.READ else "sign in"
        assert (program, told) == (program, wanted)
    towns.asked.add((operation, "public", "published"))


def test_every_cell_was_asked(towns: Towns) -> None:
    """This test stands last in the file: the whole table was asked before it."""
    wanted = {
        (operation, role, way)
        for operation, role in CELLS
        if role != Role.PUBLIC
        for way, *_ in ways(role)
    } | {(operation, "public", "published") for operation, _ in CELLS}
    assert towns.asked == wanted
    assert {(operation, role) for operation, role, _ in towns.asked} == set(CELLS)


def test_who_submitted_a_report_does_not_accept_it(towns: Towns) -> None:
    account = machine("both")
    for role in (Role.REPORTER, Role.OWNER):
        granted(towns.letopis, account, role, Scope(program=SAME_TOWN))
    by = bearer(key_of(towns.letopis, account))
    period = f"/programs/{SAME_TOWN}/periods/2023-Q1"
    document = {"kind": "memo", "date": "2026-01-10", "number": "1"}
    assert (
        post(
            towns.client,
            f"{period}/submission",
            {"document": REPORT | {"date": "2023-04-05"}},
            headers=by,
        ).status_code
        == 201
    )
    answer = post(towns.client, f"{period}/acceptance", {"document": document}, headers=by)
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (
        403,
        "second_person_needed",
    )
    other = towns.header("owner", Scope(program=SAME_TOWN))
    assert (
        post(
            towns.client, f"{period}/acceptance", {"document": document}, headers=other
        ).status_code
        == 201
    )
