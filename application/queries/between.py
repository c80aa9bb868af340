"""What several programs say differently of one thing, at one viewpoint."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from application.ports import ReadModel, RecordedQuery
from application.rules.between import FindingBetween, between
from application.rules.rule import Subject
from domain.dates import Register, Viewpoint
from domain.event import Event
from domain.program import ElementAdded

_NEEDED = ("element:", "indicator:")
_PAGE = 1000


def findings_between(
    model: ReadModel, view: Viewpoint, programs: Collection[str] | None = None
) -> list[FindingBetween]:
    """Of the programs named, by id; else of all that are not invented: an illustration contradicts no
    paper.
    """
    compared = [
        row.program
        for row in model.programs(view.at_position)
        if (not row.invented if programs is None else row.program in programs)
    ]
    states = model.states(compared, view, _NEEDED)
    added = _added(model, view)
    return between(
        [
            Subject(program, view, states[program], Register(), added[program])
            for program in sorted(compared)
        ]
    )


def _added(model: ReadModel, view: Viewpoint) -> dict[str, dict[int, Event]]:
    """The events that added elements, by program and position: they keep codes as printed."""
    found: dict[str, dict[int, Event]] = defaultdict(dict)
    for position, event in _events(model, ElementAdded.topic, view.at_position):
        if event.program is not None:
            found[event.program][position] = event
    return found


def _events(model: ReadModel, topic: str, up_to: int) -> Iterator[tuple[int, Event]]:
    after = 0
    while page := model.events(RecordedQuery(after=after, up_to=up_to, topic=topic, limit=_PAGE)):
        yield from ((one.position, one.event) for one in page if one.event is not None)
        after = page[-1].position
