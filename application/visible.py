"""The read model as one caller may see it: what is not visible to them is not there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from application.access import Caller
from application.ledger import Metadata, Recorded
from application.ports import ProgramRow, ReadModel, RecordedQuery, Story
from domain.dates import Viewpoint
from domain.refusals import UnknownProgram
from domain.state import State

WITHHELD = "withheld"
"""Topic of an event that the caller may not see."""


class Visible:
    """A `ReadModel` that answers about visible programs only. Who recorded what is shown to those who
    hold more than what is published; what the events of no program say, to those who read the whole log.
    """

    def __init__(self, model: ReadModel, caller: Caller) -> None:
        self._model, self.caller = model, caller
        self._known: dict[str, ProgramRow | None] = {}

    def state(self, program: str, viewpoint: Viewpoint) -> State:
        self._require(program)
        return self._model.state(program, viewpoint)

    def states(
        self, programs: Sequence[str], viewpoint: Viewpoint, prefixes: Sequence[str]
    ) -> dict[str, State]:
        if hidden := set(programs) - {row.program for row in self.programs(self.size())}:
            raise UnknownProgram(program=min(hidden), exists="")
        return self._model.states(programs, viewpoint, prefixes)

    def programs(self, at_position: int) -> list[ProgramRow]:
        found = self._model.programs(at_position)
        return [row for row in found if self.caller.reads(row.where)]

    def program(self, program: str) -> ProgramRow | None:
        if program not in self._known:
            row = self._model.program(program)
            visible = row is not None and self.caller.reads(row.where)
            self._known[program] = row if visible else None
        return self._known[program]

    def known_since(self, cell: str, program: str) -> date | None:
        self._require(program)
        return self._model.known_since(cell, program)

    def last_effect(self, program: str, document: str, at_position: int) -> date:
        self._require(program)
        return self._model.last_effect(program, document, at_position)

    def document_edition(self, program: str, document: str) -> tuple[date, int] | None:
        self._require(program)
        return self._model.document_edition(program, document)

    def position_at(self, instant: datetime) -> int:
        return self._model.position_at(instant)

    def recorded_at(self, position: int) -> datetime | None:
        return self._model.recorded_at(position)

    def size(self) -> int:
        return self._model.size()

    def last_position(self, program: str, at_position: int) -> int:
        self._require(program)
        return self._model.last_position(program, at_position)

    def events(self, asked: RecordedQuery) -> list[Recorded]:
        if asked.program is not None:
            self._require(asked.program)
        elif asked.topic is not None and not self.caller.reads_log:
            visible = [row.program for row in self.programs(self._model.size())]
            asked = replace(asked, programs=visible)
        return [self._shown(recorded) for recorded in self._model.events(asked)]

    def story(self, program: str, cell: str) -> Story:
        self._require(program)
        return self._model.story(program, cell)

    def _require(self, program: str) -> None:
        if self.program(program) is None:
            raise UnknownProgram(program=program, exists="")

    def _shown(self, recorded: Recorded) -> Recorded:
        """The event; without who recorded it where only what is published is seen; of what is not
        visible only that it is there, so that the log has no holes for anybody.
        """
        if self.caller.reads_log:
            return recorded
        row = self.program(recorded.event.program or "") if recorded.event else None
        if row is None:
            return replace(
                recorded,
                stream="",
                version=0,
                topic=WITHHELD,
                event=None,
                payload={},
                metadata=Metadata(actor=None, role="", request_id="", correlation_id=""),
            )
        if self.caller.knows_who(row.where):
            return recorded
        unnamed = recorded.metadata.model_copy(update={"actor": None})
        return replace(recorded, metadata=unnamed)
