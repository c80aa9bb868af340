"""The hand-written table of docs/security/roles.md is asked: the code agrees with it cell by cell, and so do
the answers to real requests, inside of a right's scope and outside of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from httpx2 import Response

from api.bootstrap import Letopis
from application.access import ALLOWED, WHOLE, Permission
from application.commands.grant_access import GrantAccess
from application.commands.revoke_access import RevokeAccess
from application.visible import WITHHELD
from domain import access
from domain.access import ANYBODY, Role, Scope
from tests.api.chronicle_of_roles import By, Chronicle, dated
from tests.api.conftest import opened, served
from tests.api.people import bearer, done, granted, key_of, machine
from tests.api.table_of_roles import (
    ANONYMOUS,
    CELLS,
    EVERYWHERE,
    GRANTED,
    OWN,
    PERIOD,
    REFUSED,
    ROLES,
    SCOPES,
    SIDES,
    STRANGER,
    Holder,
    Question,
    expected,
    holders,
    names,
    questions,
    side,
)
from tests.api.town import post, program_of, refusal
from tests.conftest import Server, fresh_database

HOLDERS = list(holders())


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


@pytest.fixture(scope="module")
def chronicle(main_server: Server) -> Iterator[Chronicle]:
    with (
        fresh_database(main_server) as database,
        opened(database, requests_per_minute=1_000_000) as letopis,
        served(letopis) as client,
    ):
        yield Chronicle(letopis, client).founded()


@contextmanager
def credentials(letopis: Letopis, holder: Holder) -> Iterator[By]:
    """The headers of one who holds just this; what anybody holds, they hold as long as it is asked about."""
    if holder.role == Role.PUBLIC:
        # Past the check of what is sent: over HTTP programs are published one by one.
        given = GrantAccess.model_construct(actor=ANYBODY, role=Role.PUBLIC, scope=holder.scope)
        position = done(letopis, given)
        try:
            yield {}
        finally:
            done(letopis, RevokeAccess(actor=ANYBODY, position=position, reason="Спрошено"))
        return
    if holder.role == ANONYMOUS:
        yield {}
        return
    account = machine(str(holder))
    if holder.role != STRANGER:
        granted(letopis, account, Role(holder.role), holder.scope)
    yield bearer(key_of(letopis, account))


def outcome(question: Question, answer: Response) -> str:
    """`done`, `sign in`, `not allowed` or `not there`; anything else as it is."""
    if answer.is_success:
        if question.operation is Permission.READ_LOG:
            hidden = answer.json()["data"]["topic"] == WITHHELD
            return "not allowed" if hidden else "done"
        return "done"
    name = refusal(answer)
    known = {
        (401, "not_signed_in"): "sign in",
        (403, "not_allowed"): "not allowed",
        (404, "unknown_program"): "not there",
        (404, "unknown_paper"): "not there",
    }
    return known.get((answer.status_code, name), f"{answer.status_code} {name}")


@pytest.mark.parametrize("holder", HOLDERS, ids=str)
def test_every_cell_is_answered_as_the_table_says(chronicle: Chronicle, holder: Holder) -> None:
    asked, wrong = set(), []
    with credentials(chronicle.letopis, holder) as by:
        for question in questions():
            told = {outcome(question, answer) for answer in chronicle.ask(question, by)}
            asked.add((question.operation, side(question)))
            if told != {expected(holder, question)}:
                wrong.append((*question, told, expected(holder, question)))
    assert wrong == []
    of_programs = {operation for operation, _ in CELLS} - WHOLE
    by_period = {operation for (operation, _), cell in CELLS.items() if cell == PERIOD}
    assert asked == (
        {(operation, one) for operation in of_programs for one in SIDES}
        | {(operation, "other period") for operation in by_period}
        | {(operation, "everywhere") for operation in WHOLE}
    )


def test_every_role_is_asked_in_every_scope_that_it_may_be_held_in() -> None:
    asked = {(one.role, frozenset(one.scope.named)) for one in HOLDERS}
    wanted = {(ANONYMOUS, frozenset[str]()), (STRANGER, frozenset[str]())}
    for role, (must, may) in SCOPES.items():
        named = (names(must) | names(may)) - {"period"}
        wanted |= {(role, frozenset({one})) for one in named}
        wanted |= {(role, frozenset({one, "period"})) for one in named if "period" in names(may)}
        wanted |= {(role, frozenset[str]())} if not names(must) else set()
    assert asked == wanted


def test_who_submitted_a_report_does_not_accept_it(chronicle: Chronicle) -> None:
    account, program = machine("both"), f"/programs/{OWN.program}"
    for role in (Role.REPORTER, Role.OWNER):
        granted(chronicle.letopis, account, role, Scope(municipality=OWN.municipality))
    both = bearer(key_of(chronicle.letopis, account))

    def step(name: str, by: By, number: int) -> Response:
        kind = "report" if name == "submission" else "memo"
        body = {"document": dated(number, kind), "reason": "Проверка"}
        return post(chronicle.client, f"{program}/periods/2022-Q4/{name}", body, headers=dict(by))

    assert step("submission", both, 901).status_code == 201
    answer = step("acceptance", both, 902)
    assert (answer.status_code, refusal(answer)) == (403, "second_person_needed")
    assert step("acceptance", chronicle.chief, 903).status_code == 201


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_an_operator_grants_nothing_to_oneself(chronicle: Chronicle, role: Role) -> None:
    account = machine(f"operator-{role}")
    granted(chronicle.letopis, account, Role.OPERATOR, Scope())
    by = bearer(key_of(chronicle.letopis, account))
    scope = {"region": "r1"} if role is Role.OVERSIGHT else {"municipality": "a"}
    scope = {} if role in {Role.OPERATOR, Role.AUDITOR} else scope
    own = {"actor": account.model_dump(), "role": role, "scope": scope, "until_on": "2026-12-01"}
    answer = post(chronicle.client, "/access/grants", own, headers=by)
    assert (answer.status_code, refusal(answer)) == (403, "second_person_needed")
    key = {"name": account.subject, "until_on": "2026-12-01"}
    answer = post(chronicle.client, "/access/keys", key, headers=by)
    assert (answer.status_code, refusal(answer)) == (403, "second_person_needed")


@pytest.mark.parametrize(
    ("scope", "municipality", "program", "told"),
    [
        ({"municipality": "a"}, "a", "a-new", "done"),
        ({"municipality": "a"}, "b", "b-new", "403 not_allowed"),
        ({"program": "a-newer"}, "a", "a-newer", "done"),
        ({"program": "a-newer"}, "a", "a-other", "403 not_allowed"),
    ],
)
def test_a_program_is_registered_within_the_scope_alone(
    chronicle: Chronicle, scope: dict[str, str], municipality: str, program: str, told: str
) -> None:
    account = machine(f"founder-{program}")
    granted(chronicle.letopis, account, Role.OWNER, Scope.model_validate(scope))
    body = program_of(program)
    body["municipality"] |= {"id": municipality, "region": "r1"}
    by = bearer(key_of(chronicle.letopis, account))
    answer = post(chronicle.client, "/programs", body, headers=by)
    got = "done" if answer.is_success else f"{answer.status_code} {refusal(answer)}"
    assert got == told
