"""Reading a paper: what its tables are, and all that they say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from application.intake.about import about
from application.intake.ambiguous import doubts
from application.intake.answers import Answers
from application.intake.kind import Scope
from application.intake.kinds import KINDS
from application.intake.nameless import nameless
from application.intake.names import Names
from application.intake.paper import Paper
from application.intake.refused import AnswersNeeded, place_of
from application.intake.said import Said, Sayings, Unread
from application.intake.tables import TableSeen, kinds_in_order, tables_in
from application.intake.text import folded
from domain import cells
from domain.state import State
from domain.values import CellValue, Stated, same, shown


@dataclass(frozen=True, slots=True)
class Intake:
    """All that a paper says, each cell once, with its tables as one shows them. `year` and `period` are
    what it is about (None, "": it does not say).
    """

    sayings: Sayings
    tables: tuple[TableSeen, ...]
    year: int | None
    period: str


def read(
    paper: Paper,
    answers: Answers,
    state: State | None,
    met: dict[tuple[str, str], str] | None = None,
) -> Intake:
    """Everything that a paper's tables say, with what the answers add. `met`: the persons named before.

    Refuses: AnswersNeeded (the year, the period).
    """
    found, seen, too_long = tables_in(paper, KINDS, answers)
    year, period = about(paper, found, answers)
    if year is None and any(one.kind.of_year for one in found):
        raise AnswersNeeded.of("year")
    names = Names.of(state, answers.ids)
    scope = Scope(paper, names, answers, year, state, period, {} if met is None else met)
    sayings = Sayings(unread=too_long)
    for doubt in doubts(found, answers, year, period):
        sayings.take(doubt)
    for kind in kinds_in_order(found, KINDS):
        for one in nameless(kind.read([of for of in found if of.kind is kind], scope), scope):
            sayings.take(one)
    sayings.said = list(_answered(sayings.said, answers))
    _say_once(sayings, answers)
    return Intake(sayings, tuple(seen), year, period)


def _answered(said: Iterable[Said], answers: Answers) -> Iterator[Said]:
    """What is said, as the answers put it, and what only they say."""
    put = answers.names
    measured = dict[str, Said]()
    met = set[str]()
    for one in said:
        met.add(one.cell)
        match cells.parts(one.cell):
            case ["indicator", id_, "element"]:
                measured[id_] = one
        yield _put(one, put[one.cell]) if one.cell in put else one
    for id_, one in measured.items():
        if direction := answers.directions.get(id_, answers.direction):
            of = cells.indicator(id_, "direction")
            yield replace(one, cell=of, value=Stated(value=direction))
        unit = cells.indicator(id_, "unit")
        if id_ in answers.units and unit not in met:
            yield replace(one, cell=unit, value=Stated(value=answers.units[id_]))
    for cell, text in put.items():
        if cell not in met:
            yield Said(cell, Stated(value=text))


def _put(one: Said, text: str) -> Said:
    printed = one.value.printed
    return replace(one, value=Stated(value=text, printed=printed))


def _say_once(sayings: Sayings, answers: Answers) -> None:
    """Leaves each cell said once; one said twice differently could not be read."""
    first = dict[str, Said]()
    for one in sayings.said:
        known = first.setdefault(one.cell, one)
        if known is one:
            continue
        if _agree(known.value, one.value) or _is_named_in_answers(one.cell, answers):
            first[one.cell] = one if known.last_year and not one.last_year else known
        elif (at := one.at or known.at) is not None:
            sayings.unread.append(Unread(at, _twice(known, one)))
    sayings.said = list(first.values())


def _agree(one: CellValue, other: CellValue) -> bool:
    if same(one, other):
        return True
    texts = isinstance(one, Stated) and isinstance(other, Stated)
    return texts and folded(shown(one)) == folded(shown(other))


def _is_named_in_answers(cell: str, answers: Answers) -> bool:
    """Whether a body goes by two names because the answers say that it is one."""
    return cell.startswith("passport:body.") and cell.partition("body.")[2] in answers.ids.values()


def _twice(known: Said, other: Said) -> str:
    where = f" ({place_of(known.at)})" if known.at else ""
    return f"{known.cell}: уже сказано {shown(known.value)}{where}, а здесь {shown(other.value)}"
