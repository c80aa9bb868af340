"""A read model in memory: the demo's programs one after another, with events of no program between."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import uuid4

from api.demo.load import packages_of_the_demo
from application.commands.load_package import LoadPackage, Package
from application.ledger import History, Metadata, Recorded
from application.ports import ProgramRow, RecordedQuery, Story
from domain.access import KEYS, AccessEvent, Actor
from domain.dates import Viewpoint, standing
from domain.event import Event
from domain.state import State, state_of
from tests.application.sample import TODAY
from tests.domain.samples import SAMPLES

WHO = Actor(issuer=KEYS, subject="who-recorded-it")
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
FEW = 60
"""Events of a program that the log has; its register knows all of them."""


class Remembered:
    """`application.ports.ReadModel` by folding."""

    def __init__(self, histories: Sequence[History], log: Sequence[Recorded]) -> None:
        self.histories = {history.program: history for history in histories}
        self.log = log

    def state(self, program: str, viewpoint: Viewpoint) -> State:
        return state_of(self.histories[program].register, viewpoint)

    def states(
        self, programs: Sequence[str], viewpoint: Viewpoint, prefixes: Sequence[str]
    ) -> dict[str, State]:
        return {program: self.state(program, viewpoint) for program in programs}

    def programs(self, at_position: int) -> list[ProgramRow]:
        rows = (self.program(name) for name in self.histories)
        return [row for row in rows if row and row.position <= at_position]

    def program(self, program: str) -> ProgramRow | None:
        history = self.histories.get(program)
        if history is None or history.municipality is None:
            return None
        whose = history.municipality
        return ProgramRow(
            program,
            *(whose.id, whose.name, whose.zone, whose.region, whose.invented),
            position=min(history.events),
        )

    def known_since(self, cell: str, program: str) -> date | None:
        said = self.histories[program].register.assertions.get(cell, [])
        return min((one.timing.effective_on for one in said), default=None)

    def last_effect(self, program: str, document: str, at_position: int) -> date:
        said = self.histories[program].register.everything_said()
        of_it = (s.timing.effective_on for s in said if s.timing.document == document)
        return max(of_it, default=date.min)

    def document_edition(self, program: str, document: str) -> tuple[date, int] | None:
        said = self.histories[program].register.everything_said()
        return next((s.timing.edition for s in said if s.timing.document == document), None)

    def position_at(self, instant: datetime) -> int:
        return max((r.position for r in self.log if r.recorded_at <= instant), default=0)

    def recorded_at(self, position: int) -> datetime | None:
        return next((r.recorded_at for r in self.log if r.position == position), None)

    def size(self) -> int:
        return self.log[-1].position

    def last_position(self, program: str, at_position: int) -> int:
        return self.histories[program].last_position

    def events(self, asked: RecordedQuery) -> list[Recorded]:
        found = [
            recorded
            for recorded in self.log
            if asked.after < recorded.position <= (asked.up_to or self.size())
            and asked.program in (None, _program(recorded))
            and (asked.programs is None or _program(recorded) in asked.programs)
            and asked.topic in (None, recorded.topic)
        ]
        return found[: asked.limit]

    def story(self, program: str, cell: str) -> Story:
        register = self.histories[program].register
        return Story(
            register.assertions.get(cell, []),
            standing(register.withdrawals, register.now_known),
            register.postings.get(cell, []),
        )


def _program(recorded: Recorded) -> str | None:
    return recorded.event.program if recorded.event else None


@cache
def remembered() -> Remembered:
    """The demo's five programs, what was granted to actors, and answers to requests."""
    histories: list[History] = []
    log: list[Recorded] = []
    granted = [event for event in SAMPLES if isinstance(event, AccessEvent)]
    for file in packages_of_the_demo():
        package = Package.model_validate_json(file.read_text(encoding="utf-8"))
        history = History(package.program, log_size=len(log))
        decided = LoadPackage.of(package).decide(package.program, history.copy(), TODAY).events
        history.decided(decided[:FEW])
        history.last_position = max(history.events)
        histories.append(history)
        log += [_recorded(p, event) for p, event in history.events.items()]
        for event in (*granted, None):
            log.append(_recorded(len(log) + 1, event))
    assert [one.position for one in log] == list(range(1, len(log) + 1))
    return Remembered(histories, log)


def _recorded(position: int, event: Event | None) -> Recorded:
    payload = event.model_dump(mode="json") if event else {"result": {"secret": "of a request"}}
    return Recorded(
        position=position,
        recorded_at=FIRST + timedelta(minutes=position),
        stream=event.stream if event else f"request/{position:040}",
        version=position,
        topic=event.topic if event else "request.answered.v1",
        event=event,
        payload=payload,
        metadata=Metadata(
            actor=WHO, role="owner", request_id=str(uuid4()), correlation_id="", paper="f" * 64
        ),
    )
