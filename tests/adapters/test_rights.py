"""Rights on PostgreSQL: read anew, ended at once, told for ever."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.event_store import PostgresLedger
from adapters.rebuild import check, rebuild
from adapters.rights import PostgresRights
from application.access import LOCAL_CALLER, Caller
from application.commands.access_command import AccessCommand
from application.commands.command import execute
from application.commands.grant_access import GrantAccess
from application.commands.issue_key import IssueKey
from application.commands.publish_program import PublishProgram
from application.commands.revoke_access import RevokeAccess
from application.keys import digest_of, new_key
from application.ledger import Request
from domain.access import ANYBODY, KEYS, Actor, Role, Scope
from domain.refusals import AccessMoved, NotAllowed
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import Today, amendment, asked, given_program
from tests.conftest import Database
from tests.given import TODAY

pytestmark = both_servers
DAY = timedelta(days=1)
OWNER = Actor(issuer="https://id.example", subject="owner-1")
ROBOT = Actor(issuer=KEYS, subject="robot")
HERE = Scope(program="invented")


def done(ledger: PostgresLedger, command: AccessCommand) -> int:
    return execute(ledger, Today(), "", command, Request(LOCAL_CALLER)).position


def roles(caller: Caller) -> list[Role]:
    return [right.role for right in caller.rights]


def test_what_an_actor_holds_today(ledger: PostgresLedger) -> None:
    rights = PostgresRights(ledger)
    assert rights.caller(OWNER, TODAY) == Caller(OWNER, (), 0)
    for role, more in (
        (Role.OWNER, {}),
        (Role.REPORTER, {"since": TODAY + DAY}),
        (Role.FINANCE, {"since": TODAY - 2 * DAY, "until_on": TODAY - DAY}),
    ):
        done(ledger, GrantAccess(actor=OWNER, role=role, scope=HERE, **more))
    assert roles(rights.caller(OWNER, TODAY)) == [Role.OWNER]
    assert roles(rights.caller(OWNER, TODAY + DAY)) == [Role.OWNER, Role.REPORTER]
    assert roles(rights.caller(OWNER, TODAY - DAY)) == [Role.FINANCE]
    assert rights.caller(OWNER, TODAY).version == 3
    assert rights.caller(ROBOT, TODAY).rights == ()


def test_what_is_revoked_is_held_no_longer(ledger: PostgresLedger) -> None:
    rights = PostgresRights(ledger)
    position = done(ledger, GrantAccess(actor=OWNER, role=Role.OWNER, scope=HERE))
    revoked = done(ledger, RevokeAccess(actor=OWNER, position=position, reason="Уволен"))
    assert rights.caller(OWNER, TODAY).rights == ()
    (told,) = rights.holdings(OWNER)
    assert (told.position, told.role, told.revoked_at) == (position, Role.OWNER, revoked)


def test_what_is_published_is_held_by_all(ledger: PostgresLedger) -> None:
    given_program(ledger)
    rights = PostgresRights(ledger)
    for published, held in ((True, [Role.PUBLIC]), (False, []), (True, [Role.PUBLIC])):
        command = PublishProgram(published=published, reason="По решению")
        execute(ledger, Today(), "invented", command, Request(LOCAL_CALLER))
        for actor in (ANYBODY, OWNER):
            assert roles(rights.caller(actor, TODAY)) == held


def test_days_of_rights_are_those_of_moscow(ledger: PostgresLedger) -> None:
    """Where it is already tomorrow a program is published: in Moscow it is read today."""

    class FarEast(Today):
        def today(self, zone: ZoneInfo) -> date:
            return TODAY if zone.key == "Europe/Moscow" else TODAY + DAY

    given_program(ledger)
    published = PublishProgram(published=True)
    execute(ledger, FarEast(), "invented", published, Request(LOCAL_CALLER))
    assert roles(PostgresRights(ledger).caller(ANYBODY, TODAY)) == [Role.PUBLIC]


def test_a_key_is_known_while_it_lives(ledger: PostgresLedger) -> None:
    rights, key = PostgresRights(ledger), new_key()
    issued = IssueKey(actor=ROBOT, digest=digest_of(key), until_on=TODAY + DAY)
    position = done(ledger, issued)
    assert rights.account(digest_of(key), TODAY + DAY) == ROBOT
    assert rights.account(digest_of(key), TODAY + 2 * DAY) is None
    assert rights.account(digest_of(new_key()), TODAY) is None
    done(ledger, RevokeAccess(actor=ROBOT, position=position, reason="Утёк"))
    assert rights.account(digest_of(key), TODAY) is None


def test_a_key_is_kept_nowhere(ledger: PostgresLedger, database: Database) -> None:
    key = new_key()
    done(ledger, IssueKey(actor=ROBOT, digest=digest_of(key), until_on=TODAY))
    told = asked(
        database.owner_url,
        "SELECT encode(state, 'escape') AS state, one::text AS row"
        " FROM history.event, read.access_key AS one",
    )
    assert told
    assert not [one for one in told if key in str(one) or key.partition("_")[2] in str(one)]


def test_who_is_deprived_meanwhile_records_nothing(
    ledger: PostgresLedger, database: Database
) -> None:
    """The rights are read, then revoked, and only then is the decision appended."""
    given_program(ledger)
    position = done(ledger, GrantAccess(actor=OWNER, role=Role.OWNER, scope=HERE))
    caller = PostgresRights(ledger).caller(OWNER, TODAY)

    def revoked() -> None:
        done(ledger, RevokeAccess(actor=OWNER, position=position, reason="Уволен"))

    with pytest.raises(AccessMoved):
        execute(ledger, Today(revoked), "invented", amendment("80", "90"), Request(caller))
    topics = asked(database.owner_url, "SELECT topic FROM history.event ORDER BY 1")
    assert "program.amendment_applied.v1" not in {row["topic"] for row in topics}
    again = PostgresRights(ledger).caller(OWNER, TODAY)
    with pytest.raises(NotAllowed):
        execute(ledger, Today(), "invented", amendment("80", "90"), Request(again))


def test_who_holds_it_records_in_its_role(ledger: PostgresLedger) -> None:
    given_program(ledger)
    done(ledger, GrantAccess(actor=OWNER, role=Role.OWNER, scope=HERE))
    caller = PostgresRights(ledger).caller(OWNER, TODAY)
    receipt = execute(ledger, Today(), "invented", amendment("80", "90"), Request(caller))
    told = ledger.history("invented").actors
    assert {told[position] for position in receipt.positions} == {OWNER}
    elsewhere = replace(caller, rights=(replace(caller.rights[0], scope=Scope(program="other")),))
    with pytest.raises(NotAllowed):
        execute(ledger, Today(), "invented", amendment("90", "91", number="56"), Request(elsewhere))


def test_rows_of_rights_follow_from_the_log(ledger: PostgresLedger, database: Database) -> None:
    position = done(ledger, GrantAccess(actor=OWNER, role=Role.OWNER, scope=HERE))
    done(ledger, IssueKey(actor=ROBOT, digest=digest_of(new_key()), until_on=TODAY))
    done(ledger, RevokeAccess(actor=OWNER, position=position, reason="Уволен"))
    before = PostgresRights(ledger).holdings()
    assert check(database.owner_url) == []
    rebuild(database.owner_url)
    assert PostgresRights(ledger).holdings() == before
    assert len(before) == 2
