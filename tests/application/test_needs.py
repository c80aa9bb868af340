"""What it takes to record something: told for every topic, decided by what is recorded."""

from dataclasses import replace

import pytest

from application.access import (
    ALLOWED,
    LOCAL_CALLER,
    THE_REQUEST,
    WRITES,
    Caller,
    Need,
    Permission,
    Right,
    require,
)
from application.ledger import History
from application.needs import needed_for, place_of
from domain.access import ANYBODY, KEYS, LOCAL, AccessGranted, Actor, Role, Scope, Where
from domain.event import Event, WithdrawsStatement
from domain.program import DocumentRecorded, Registered
from domain.refusals import NotAllowed, NotSignedIn, Refusal, SecondPersonNeeded
from domain.report import ReportAccepted, ReportSubmitted
from domain.topics import EVENTS
from tests.domain.samples import SAMPLES

ROBOT = Actor(issuer=KEYS, subject="robot")
OTHER = Actor(issuer=KEYS, subject="other")
HERE = Where("invented", "town", "region")
BY_TOPIC = {event.topic: event for event in SAMPLES}
REPORT, MONEY, PLAN = Permission.REPORT, Permission.POST_MONEY, Permission.PLAN


def history(*events: Event, by: Actor = OTHER) -> History:
    """A history of these events at positions from 1."""
    told = History("invented")
    told.events = dict(enumerate(events, start=1))
    told.actors = dict.fromkeys(told.events, by)
    return told


def caller(role: Role, scope: Scope | None = None, actor: Actor = ROBOT) -> Caller:
    return Caller(actor, (Right(role, scope or Scope(program="invented")),))


@pytest.mark.parametrize("topic", EVENTS)
def test_every_topic_needs_a_right(topic: str) -> None:
    event = BY_TOPIC[topic]
    withdrawn = BY_TOPIC["indicator.fact_reported.v1"]
    told = History("invented", events={getattr(event, "of_position", 0): withdrawn})
    need = needed_for(event, told)
    assert need.one_of
    assert all(any(one in ALLOWED[role] for role in Role) for one in need.one_of)


@pytest.mark.parametrize(
    ("topic", "one_of", "period"),
    [
        ("indicator.fact_reported.v1", {REPORT}, "2021"),
        ("indicator.target_set.v1", {PLAN}, None),
        ("budget.cash_execution_posted.v1", {MONEY}, "2021"),
        ("budget.cash_execution_reversed.v1", {MONEY}, "2021-04"),
        ("budget.appropriation_set.v1", {PLAN}, None),
        ("budget.closed.v1", {Permission.CLOSE_PERIOD}, "2021"),
        ("road_map.occurrence_completed.v1", {REPORT}, "2021-04"),
        ("program.amendment_applied.v1", {PLAN}, None),
        ("program.report_returned.v1", {Permission.ACCEPT_REPORT}, "2021-Q3"),
        ("program.period_reopened.v1", {Permission.CLOSE_PERIOD}, "2021-Q3"),
        ("program.finding_waived.v1", {Permission.WAIVE_FINDING}, None),
    ],
)
def test_what_an_event_needs(topic: str, one_of: set[Permission], period: str | None) -> None:
    need = needed_for(_newest(topic), history())
    assert need.one_of == one_of
    assert need.period == period


def _newest(topic: str) -> Event:
    """The sample of the newest version of a topic."""
    stem = topic.rpartition(".")[0]
    return next(event for known, event in BY_TOPIC.items() if known.rpartition(".")[0] == stem)


def test_what_is_taken_back_needs_the_right_to_record_it() -> None:
    withdrawn = BY_TOPIC["indicator.statement_withdrawn.v1"]
    assert isinstance(withdrawn, WithdrawsStatement)
    of_first = withdrawn.model_copy(update={"of_position": 1})
    fact, target = BY_TOPIC["indicator.fact_reported.v1"], BY_TOPIC["indicator.target_set.v1"]
    assert needed_for(of_first, history(fact)).one_of == {REPORT}
    assert needed_for(of_first, history(target)).one_of == {PLAN}


def test_a_document_that_is_only_cited_comes_with_any_writing() -> None:
    cited = BY_TOPIC["program.document_recorded.v1"]
    assert isinstance(cited, DocumentRecorded)
    assert needed_for(cited.model_copy(update={"figures": ()}), history()).one_of == WRITES


def test_a_new_program_is_placed_by_its_registration() -> None:
    registered = BY_TOPIC["program.registered.v1"]
    assert isinstance(registered, Registered)
    assert place_of([registered], History("invented")) == Where("invented", "invented", None)
    assert place_of([], History("invented")) is None


@pytest.mark.parametrize(
    ("who", "need", "refused"),
    [
        (caller(Role.REPORTER), Need(frozenset({REPORT})), None),
        (caller(Role.REPORTER), Need(frozenset({PLAN})), NotAllowed),
        (caller(Role.REPORTER, Scope(program="other")), Need(frozenset({REPORT})), NotAllowed),
        (
            caller(Role.REPORTER, Scope(program="invented", period="2021")),
            Need(frozenset({REPORT}), "2022"),
            NotAllowed,
        ),
        (
            caller(Role.REPORTER, Scope(program="invented", period="2021")),
            Need(frozenset({REPORT}), "2021-Q1"),
            None,
        ),
        (Caller(ANYBODY, ()), Need(frozenset({REPORT})), NotSignedIn),
        (Caller(ROBOT, ()), Need(frozenset({REPORT})), NotAllowed),
        (caller(Role.AUDITOR, Scope(region="region")), _whole := Need(
            frozenset({Permission.READ_ACCESS})
        ), NotAllowed),
        (caller(Role.AUDITOR, Scope()), _whole, None),
        (caller(Role.OWNER), Need(frozenset({PLAN}), None, ROBOT), SecondPersonNeeded),
        (caller(Role.OWNER), Need(frozenset({PLAN}), None, OTHER), None),
        (caller(Role.OWNER), Need(frozenset({PLAN}), None, THE_REQUEST), SecondPersonNeeded),
        (LOCAL_CALLER, Need(frozenset({PLAN}), None, THE_REQUEST), None),
        (LOCAL_CALLER, Need(frozenset({PLAN}), None, LOCAL), SecondPersonNeeded),
    ],
)  # fmt: skip
def test_who_is_let_through(who: Caller, need: Need, refused: type[Refusal] | None) -> None:
    if refused is None:
        assert require(who, [need], HERE)
        return
    with pytest.raises(refused) as caught:
        require(who, [need], HERE)
    assert type(caught.value) is refused


def test_the_roles_that_were_used_are_told() -> None:
    both = Caller(ROBOT, (*caller(Role.REPORTER).rights, *caller(Role.OWNER).rights))
    needs = [Need(frozenset({one})) for one in (REPORT, PLAN, REPORT)]
    assert require(both, needs, HERE) == "reporter+owner"


def test_who_submitted_a_report_does_not_accept_it() -> None:
    accepted = BY_TOPIC[ReportAccepted.topic]
    submitted = BY_TOPIC[ReportSubmitted.topic]
    need = needed_for(accepted, history(submitted, by=ROBOT))
    owner = caller(Role.OWNER)
    with pytest.raises(SecondPersonNeeded):
        require(owner, [need], HERE)
    assert require(replace(owner, actor=OTHER), [need], HERE) == "owner"


def test_who_submitted_last_counts() -> None:
    submitted = BY_TOPIC[ReportSubmitted.topic]
    told = history(submitted, submitted)
    told.actors[2] = ROBOT
    assert needed_for(BY_TOPIC[ReportAccepted.topic], told).apart_from == ROBOT


def test_nobody_grants_to_oneself() -> None:
    granted = BY_TOPIC[AccessGranted.topic]
    assert isinstance(granted, AccessGranted)
    need = needed_for(granted, history())
    assert need.one_of == {Permission.GRANT_ACCESS}
    assert need.apart_from == granted.actor
