"""Programs as forms are printed of them: state, and whose it is."""

from datetime import date
from functools import cache

from application.ports import ProgramRow
from application.queries.viewpoint import Resolved
from application.reports.printed import PrintedForm
from application.reports.printing.about import Seen
from application.reports.printing.forms import PRINTED
from domain.dates import Register, Viewpoint
from domain.state import State, state_of
from tests.application import sample
from tests.application.reports.papers import register

POSITION = 148
"""What footers print here: the packages may grow without these tests changing."""

MUNICIPALITIES = {
    "kedrovy": "Город Кедровый",
    "stupino": "Городской округ Ступино",
    "krasnogorsk": "Городской округ Красногорск",
    "shatura": "Городской округ Шатура",
    "sample": "Условный городской округ (вымышленный)",
    "invented": "Вымышленный город",
}
PROGRAMS = [
    ("kedrovy", 2021),
    ("stupino", 2020),
    ("krasnogorsk", 2022),
    ("shatura", 2020),
    ("sample", 2024),
]


@cache
def life(program: str) -> Register:
    """The register of a demo package."""
    return sample.load()[0].register if program == "sample" else register(program)


def seen(program: str, as_of: str, dated_by: str, edition: str | None = None) -> Seen:
    """Whose program, from which viewpoint."""
    view = Viewpoint(date.fromisoformat(as_of), date.fromisoformat(dated_by), POSITION)
    name = MUNICIPALITIES[program]
    row = ProgramRow(program, program, name, "UTC", None, program in {"sample", "invented"}, 1)
    return Seen(row, Resolved(view, edition))


def state(told: Register, as_of: str, dated_by: str) -> State:
    """The state that knows everything."""
    days = date.fromisoformat(as_of), date.fromisoformat(dated_by)
    return state_of(told, Viewpoint(*days, told.last_position))


def of_program(program: str, as_of: str, dated_by: str) -> tuple[State, Seen]:
    """A demo program at a viewpoint."""
    return state(life(program), as_of, dated_by), seen(program, as_of, dated_by)


def printed(name: str, program: str, year: int, as_of: str = "", dated_by: str = "") -> PrintedForm:
    """A form of a demo program, at the year's end by all documents if nothing else is said."""
    at, whose = of_program(program, as_of or f"{year}-12-31", dated_by or "2026-10-01")
    return PRINTED[name](at, year, whose)
