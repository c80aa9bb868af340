"""Resolve a viewpoint as asked (some dates left out) into one that never changes its answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, ConfigDict, Field

from application.ports import ReadModel
from domain.dates import Edition, Viewpoint
from domain.refusals import UnknownAct, UnknownProgram, ViewpointContradicts
from domain.values import Day, Value

DEFAULT_ZONE = ZoneInfo("Europe/Moscow")
"""The zone of questions about several programs at once."""

_KNOWN = ("known_on", "known_at", "at_position")


Instant = Annotated[AwareDatetime, Field(ge=datetime(1990, 1, 1, tzinfo=UTC))]
Position = Annotated[int, Field(ge=0, le=2**62)]


class AskedViewpoint(Value):
    """The three dates of a question; what is left out is resolved.

    `as_of`: «по состоянию на», left out: the local day of what is known. `dated_by`: «по документам на»,
    left out: the same day. `edition`: an act, and everything up to it. One of `known_on` (end of that day
    in the municipality's zone), `known_at` (an instant) and `at_position` (exact): «по сведениям на»,
    left out: now.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: Day | None = Field(default=None, description="По состоянию на", examples=["2021-12-31"])
    dated_by: Day | None = Field(default=None, description="По документам на")
    edition: str | None = Field(
        default=None, description="В редакции акта", examples=["2021-03-24-55"]
    )
    known_on: Day | None = Field(default=None, description="По сведениям на конец дня")
    known_at: Instant | None = Field(default=None, description="По сведениям на момент")
    at_position: Position | None = Field(default=None, description="По сведениям на запись журнала")

    @property
    def spelled_out(self) -> bool:
        """Whether nothing is left to resolve, so that the answer never changes."""
        return None not in (self.as_of, self.dated_by, self.at_position)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A viewpoint and how to ask for it again. `edition` is the act's id."""

    viewpoint: Viewpoint
    edition: str | None = None

    def parameters(self) -> dict[str, str]:
        """The query parameters that spell it out."""
        spelled = {
            "as_of": self.viewpoint.as_of.isoformat(),
            "dated_by": self.viewpoint.dated_by.isoformat(),
            "at_position": str(self.viewpoint.at_position),
        }
        return spelled | ({"edition": self.edition} if self.edition else {})


def two_sides(since: AskedViewpoint, to: AskedViewpoint) -> tuple[AskedViewpoint, AskedViewpoint]:
    """Two viewpoints to compare: what the first leaves out is as in the second."""
    given, rest = since.model_dump(exclude_none=True), to.model_dump(exclude_none=True)
    if not given.keys().isdisjoint(_KNOWN):
        rest = {name: value for name, value in rest.items() if name not in _KNOWN}
    return AskedViewpoint(**rest | given), to


def resolve_for(model: ReadModel, program: str, asked: AskedViewpoint, now: datetime) -> Resolved:
    """The viewpoint of a question about one program. Refuses: UnknownProgram, UnknownAct,
    ViewpointContradicts.
    """
    row = model.program(program)
    if row is None:
        raise UnknownProgram(program=program, exists="")
    edition: Edition | None = None
    if asked.edition is not None:
        edition = model.document_edition(program, asked.edition)
        if edition is None:
            raise UnknownAct(act=asked.edition, program=program)
    viewpoint = resolve(model, ZoneInfo(row.zone), asked, now, edition)
    if row.position > viewpoint.at_position:
        first = (
            f"Она записана в журнал под № {row.position}.",
            f"It was recorded as event {row.position}.",
        )
        raise UnknownProgram(program=program, exists=first)
    return Resolved(viewpoint, asked.edition)


def resolve(
    model: ReadModel,
    zone: ZoneInfo,
    asked: AskedViewpoint,
    now: datetime,
    edition: Edition | None = None,
) -> Viewpoint:
    """The viewpoint of a question in a zone. Refuses: ViewpointContradicts."""
    given = [name for name in _KNOWN if getattr(asked, name) is not None]
    if len(given) > 1:
        both = ", ".join(given)
        raise ViewpointContradicts(
            why=(f"названы сразу {both}, нужно одно из них", f"of {both} only one is possible")
        )
    position, day = _known(model, zone, asked, now)
    return Viewpoint(
        as_of=asked.as_of or day,
        dated_by=asked.dated_by or day,
        at_position=position,
        edition=edition,
    )


def _known(
    model: ReadModel, zone: ZoneInfo, asked: AskedViewpoint, now: datetime
) -> tuple[int, date]:
    """The position that a knowledge date means, and the local day of what is known then."""
    today = now.astimezone(zone).date()
    if asked.at_position is not None:
        recorded_at = model.recorded_at(asked.at_position) if asked.at_position else now
        if recorded_at is None:
            raise _not_yet(f"записи № {asked.at_position} ещё нет", f"event {asked.at_position}")
        return asked.at_position, recorded_at.astimezone(zone).date()
    if asked.known_at is not None:
        if asked.known_at > now:
            instant = asked.known_at.isoformat()
            raise _not_yet(f"момент {instant} ещё не наступил", f"the instant {instant}")
        return model.position_at(asked.known_at), asked.known_at.astimezone(zone).date()
    if asked.known_on is not None:
        if asked.known_on > today:
            raise _not_yet(f"день {asked.known_on} ещё не наступил", f"the day {asked.known_on}")
        return model.position_at(end_of(asked.known_on, zone)), asked.known_on
    return model.size(), today


def _not_yet(russian: str, english: str) -> ViewpointContradicts:
    return ViewpointContradicts(why=(russian, f"{english} is yet to come"))


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last instant of a day in a zone, in UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
