"""Answers the questions of a case of docs/time.md from the register that its entries left."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from domain import cells
from domain.dates import Edition, Register, Viewpoint
from domain.findings import findings
from domain.state import state_of
from domain.values import AbsenceReason, Absent
from tests.domain.notation import CELLS, ZONES, Said, day, words
from tests.domain.table import Run
from tests.given import T1


def answer(run: Run, asked: Said) -> str:
    """The answer to a question, in the notation's words."""
    if asked.form == "entry":
        number = int(asked["entry"])
        return f"refused: {run.refused[number]}" if number in run.refused else "accepted"
    position = _known(run, asked)
    if asked.form == "findings":
        return _findings(run.chronicle.known_at(position))
    dated_by = asked.day("dated_by") or asked.day("known_on") or run.recorded[position][1]
    edition = _edition(run, asked["edition"]) if asked.has("edition") else None
    viewpoint = Viewpoint(day(asked["as_of"]), dated_by, position, edition)
    return _shown(run.chronicle.register, asked.cell() or T1, viewpoint)


def _shown(register: Register, cell: str, viewpoint: Viewpoint) -> str:
    if cell == CELLS["cash"]:
        moved = register.moved(viewpoint).get(cell)
        return str(moved.amount) if moved else "nothing"
    said = register.at(viewpoint).get(cell)
    if said is None or said.value == Absent(absent=AbsenceReason.NOT_STATED):
        return "not stated"
    shown = state_of(register, viewpoint).said(cell)
    return words(said.value) if shown == said else "hidden"


def _known(run: Run, asked: Said) -> int:
    if asked.has("known_on"):
        return position_on(run, day(asked["known_on"]), ZONES[asked["zone"]])
    entries = run.taken
    if asked.parts.get("known") == "before":
        entries = run.taken[:-1]
    elif asked.has("entry"):
        entries = run.taken[: int(asked["entry"]) + 1]
    return max(position for positions in entries for position in positions)


def position_on(run: Run, known_on: date, zone: ZoneInfo) -> int:
    """The last position recorded by the end of a day in a zone.

    The product resolves the same in `application.queries.viewpoint`, on the ledger's own clock.
    """
    return max(
        (
            at
            for at, (instant, _) in run.recorded.items()
            if instant.astimezone(zone).date() <= known_on
        ),
        default=0,
    )


def _edition(run: Run, number: str) -> Edition:
    kind = cells.document(run.acts[number], "kind")
    return run.chronicle.register.assertions[kind][0].timing.edition


def _findings(register: Register) -> str:
    names = {key: name for name, key in CELLS.items()}
    found = [
        f"{one.rule} in {names[one.cell]} (printed {_plain(one.printed)},"
        f" stood {_plain(one.computed)})"
        for one in findings(register)
    ]
    return " and ".join(found) or "none"


def _plain(shown: str) -> str:
    absence = re.fullmatch(r"нет \((\w+)\)", shown)
    return absence[1].replace("_", " ") if absence else shown
