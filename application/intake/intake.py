"""Reading a paper: what its tables are, and all that they say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from application.intake.answers import Answers
from application.intake.kind import Scope
from application.intake.kinds import KINDS
from application.intake.names import Names
from application.intake.paper import Paper
from application.intake.refused import AnswersNeeded, place_of
from application.intake.said import Said, Sayings, Unread
from application.intake.tables import TableSeen, kinds_in_order, tables_in
from application.intake.text import folded, plain
from domain import cells
from domain.state import State
from domain.values import CellValue, Stated, same, shown

_FOR_YEAR = re.compile(r"\bза (20\d\d) г(?:од\b|\.)")
_ON_YEAR = re.compile(r"\bна (20\d\d) год\b")
_MONTHS = re.compile(r"\bза (3|6|9|12) месяц\w* (20\d\d) г")
_QUARTER = re.compile(r"\bза (i{1,3}|iv|[1-4])(?:-\w+)? квартал (20\d\d) г")
_HALF = re.compile(r"\bза (?:i|1|первое|1-е) полугодие (20\d\d) г")
_PARTS = {"3": "Q1", "6": "H1", "9": "Q3", "i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4"}


@dataclass(frozen=True, slots=True)
class Intake:
    """All that a paper says, each cell once, with its tables as one shows them. `year` and `period` are
    what it is about (None, "": it does not say).
    """

    sayings: Sayings
    tables: tuple[TableSeen, ...]
    year: int | None
    period: str


def read(paper: Paper, answers: Answers, state: State | None) -> Intake:
    """Everything that a paper's tables say, with what the answers add.

    Refuses: AnswersNeeded (the year).
    """
    found, seen, too_long = tables_in(paper, KINDS, answers)
    period = _period(paper)
    year = answers.year or (paper.mark.year if paper.mark else None) or _year(paper, period)
    if year is None and any(one.kind.of_year for one in found):
        raise AnswersNeeded.of("year")
    names = Names.of(state, answers.ids)
    scope = Scope(paper, names, answers, year, state, period)
    sayings = Sayings(unread=too_long)
    for kind in kinds_in_order(found, KINDS):
        for one in kind.read([of for of in found if of.kind is kind], scope):
            sayings.take(one)
    sayings.said = list(_answered(sayings.said, answers))
    _say_once(sayings, answers)
    return Intake(sayings, tuple(seen), year, period)


def _period(paper: Paper) -> str:
    """The part of a year that a report says it is for; "": none."""
    for text in map(_words, paper.paragraphs):
        if found := _MONTHS.search(text):
            return f"{found[2]}-{_PARTS[found[1]]}" if found[1] in _PARTS else found[2]
        if found := _QUARTER.search(text):
            return f"{found[2]}-{_PARTS.get(found[1], f'Q{found[1]}')}"
        if found := _HALF.search(text):
            return f"{found[1]}-H1"
    return ""


def _year(paper: Paper, period: str) -> int | None:
    """The one year that a paper says it is for. None: it says none, or several."""
    if period:
        return int(period[:4])
    texts = [_words(text) for text in paper.paragraphs]
    for words in (_FOR_YEAR, _ON_YEAR):
        years = {year for text in texts for year in words.findall(text)}
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None


def _words(text: str) -> str:
    return plain(text).casefold()


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
