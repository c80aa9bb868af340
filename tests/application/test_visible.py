"""What a caller sees of the read model: nothing of what is not visible, by whichever question."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from application.access import Caller, Right
from application.ledger import Recorded
from application.ports import ReadModel, RecordedQuery
from application.visible import WITHHELD, Visible
from domain.access import KEYS, Actor, Role, Scope
from domain.dates import Viewpoint
from domain.refusals import UnknownProgram
from tests.application.remembered import FIRST, WHO, remembered

ME = Actor(issuer=KEYS, subject="me")
MODEL = remembered()
PROGRAMS = tuple(MODEL.histories)
ROWS = {row.program: row for row in MODEL.programs(MODEL.size())}
NOW = Viewpoint(date(2026, 1, 1), date(2026, 1, 1), MODEL.size())
QUERIES = [
    RecordedQuery(limit=10_000),
    RecordedQuery(after=40, up_to=130, limit=60),
    RecordedQuery(topic="program.registered.v1", limit=10_000),
    RecordedQuery(topic="access.granted.v1", limit=10_000),
    RecordedQuery(topic="request.answered.v1", limit=10_000),
    RecordedQuery(programs=PROGRAMS, limit=10_000),
]

Asked = dict[str, Callable[[str], list[tuple[Any, ...]]]]


def _document(program: str) -> str:
    register = MODEL.histories[program].register
    return next(s.timing.document for s in register.everything_said() if s.timing.document)


def _cell(program: str) -> str:
    return next(iter(MODEL.histories[program].register.assertions))


ASKED: Asked = {
    "state": lambda p: [(p, NOW)],
    "states": lambda p: [([p], NOW, [""]), (list(PROGRAMS), NOW, [""])],
    "programs": lambda p: [(MODEL.size(),), (ROWS[p].position,)],
    "program": lambda p: [(p,)],
    "known_since": lambda p: [(_cell(p), p)],
    "last_effect": lambda p: [(p, _document(p), MODEL.size())],
    "document_edition": lambda p: [(p, _document(p))],
    "position_at": lambda _: [(FIRST,)],
    "recorded_at": lambda p: [(ROWS[p].position,)],
    "size": lambda _: [()],
    "last_position": lambda p: [(p, MODEL.size())],
    "events": lambda p: [(q,) for q in (*QUERIES, RecordedQuery(program=p, limit=10_000))],
    "story": lambda p: [(p, _cell(p))],
}
"""How each question of the read model is asked about a program, and about all."""

METHODS = [name for name in vars(ReadModel) if not name.startswith("_")]

scopes = st.builds(
    Scope,
    region=st.sampled_from([None, None, "RU-MOS", "RU-TOM", "invented", "elsewhere"]),
    municipality=st.sampled_from([None, None, *PROGRAMS, "elsewhere"]),
    program=st.sampled_from([None, None, *PROGRAMS, "elsewhere"]),
    period=st.sampled_from([None, "2024", "2024-Q1"]),
)
callers = st.lists(st.builds(Right, st.sampled_from(Role), scopes), max_size=4).map(
    lambda rights: Caller(ME, tuple(rights))
)


def sees(caller: Caller, program: str, *, inside: bool = False) -> bool:
    """Told anew, from the table of roles: whether a program is visible, `inside`: not as published."""
    row = ROWS[program]
    return any(
        right.role is not Role.OPERATOR
        and not (inside and right.role is Role.PUBLIC)
        and right.scope.region in (None, row.region)
        and right.scope.municipality in (None, row.municipality)
        and right.scope.program in (None, row.program)
        for right in caller.rights
    )


def reads_all(caller: Caller) -> bool:
    return any(
        right.role is Role.AUDITOR and not right.scope.model_dump(exclude_none=True)
        for right in caller.rights
    )


def mentioned(answer: Any) -> set[str]:
    """The programs that an answer names, by their ids or municipalities."""
    told = repr(answer)
    return {
        program
        for program, row in ROWS.items()
        if f"'{program}'" in told or row.municipality_name in told
    }


def answered(caller: Caller, method: str, arguments: tuple[Any, ...]) -> Any:
    """What a caller gets, through eyes that have not seen anything yet; None: there is nothing."""
    with suppress(UnknownProgram):
        return getattr(Visible(MODEL, caller), method)(*arguments)


def asked(method: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every way to ask, once, with the program that it is about (or the first of all)."""
    met: list[tuple[Any, ...]] = []
    for program in PROGRAMS:
        for arguments in ASKED[method](program):
            if arguments not in met:
                met.append(arguments)
                yield program, arguments


def test_every_question_is_asked_here() -> None:
    assert set(ASKED) == set(METHODS)
    assert set(METHODS) <= set(vars(Visible))
    assert mentioned(MODEL.programs(MODEL.size())) == set(PROGRAMS)
    assert mentioned(MODEL.events(QUERIES[0])) == set(PROGRAMS)


@pytest.mark.parametrize("method", METHODS)
@given(caller=callers)
def test_nothing_is_told_of_what_is_not_visible(method: str, caller: Caller) -> None:
    hidden = {program for program in PROGRAMS if not sees(caller, program)}
    for program, arguments in asked(method):
        answer = answered(caller, method, arguments)
        assert not mentioned(answer) & hidden
        if program in hidden and program in arguments:
            assert answer is None


@pytest.mark.parametrize("method", [name for name in METHODS if name not in {"events", "states"}])
@given(caller=callers)
def test_what_is_visible_is_told_as_it_is(method: str, caller: Caller) -> None:
    for program, arguments in asked(method):
        if sees(caller, program):
            whole = getattr(MODEL, method)(*arguments)
            if method == "programs":
                whole = [row for row in whole if sees(caller, row.program)]
            assert answered(caller, method, arguments) == whole


@given(caller=callers)
def test_positions_have_no_holes(caller: Caller) -> None:
    for query in QUERIES[:2]:
        shown = Visible(MODEL, caller).events(query)
        for one, whole in zip(shown, MODEL.events(query), strict=True):
            assert (one.position, one.recorded_at) == (whole.position, whole.recorded_at)
            assert one == as_seen(caller, whole)
    for query in QUERIES[2:5]:
        shown = Visible(MODEL, caller).events(query)
        assert WITHHELD not in {one.topic for one in shown}
        assert shown == [
            as_seen(caller, whole)
            for whole in MODEL.events(query)
            if reads_all(caller) or ((program := of(whole)) and sees(caller, program))
        ]


def of(recorded: Recorded) -> str | None:
    return recorded.event.program if recorded.event else None


def as_seen(caller: Caller, whole: Recorded) -> Recorded:
    """A recorded event as a caller may see it."""
    if reads_all(caller):
        return whole
    program = of(whole)
    if program and sees(caller, program, inside=True):
        return whole
    if program and sees(caller, program):
        return replace(whole, metadata=whole.metadata.model_copy(update={"actor": None}))
    nothing = whole.metadata.model_copy(
        update={"actor": None, "role": "", "request_id": "", "correlation_id": "", "paper": ""}
    )
    return replace(
        whole,
        stream="",
        version=0,
        topic=WITHHELD,
        event=None,
        payload={},
        metadata=nothing,
    )


def test_each_case_is_met() -> None:
    """Published, read from inside, hidden, of no program: none of them is missing from the log."""
    caller = Caller(
        ME,
        (
            Right(Role.PUBLIC, Scope(program="sample")),
            Right(Role.OWNER, Scope(municipality="shatura")),
        ),
    )
    shown = Visible(MODEL, caller).events(QUERIES[0])
    by_program = {
        name: {one.metadata.actor for one in shown if of(one) == name} for name in PROGRAMS
    }
    assert by_program == {
        "sample": {None},
        "shatura": {WHO},
        "kedrovy": set(),
        "stupino": set(),
        "krasnogorsk": set(),
    }
    assert sum(one.topic == WITHHELD for one in shown) > 100


@pytest.mark.parametrize("method", METHODS)
def test_an_auditor_of_everything_sees_all(method: str) -> None:
    everything = Caller(ME, (Right(Role.AUDITOR, Scope()),))
    for _, arguments in asked(method):
        assert answered(everything, method, arguments) == getattr(MODEL, method)(*arguments)
