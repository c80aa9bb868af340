"""All programs at a viewpoint, each with a short summary."""

from application.ports import ProgramRow, ReadModel
from application.queries.program import MunicipalityView
from domain import cells
from domain.dates import Viewpoint
from domain.state import State
from domain.values import Value

_NEEDED = ("passport:", "element:", "indicator:")


class ProgramSummary(Value):
    """A program in a list: whose it is, its title and years, how many indicators it has."""

    program: str
    municipality: MunicipalityView
    title: str | None
    code: str | None
    years: tuple[int, int]
    indicators: int


def programs(
    model: ReadModel, viewpoint: Viewpoint, *, municipality: str | None = None, q: str | None = None
) -> list[ProgramSummary]:
    """The programs that exist at the viewpoint, by id; of a municipality, or with `q` in the title or
    the municipality's name.
    """
    rows = [
        row
        for row in model.programs(viewpoint.at_position)
        if municipality in (None, row.municipality)
    ]
    states = model.states([row.program for row in rows], viewpoint, _NEEDED)
    found = [s for row in rows if (s := _summary(row, states[row.program])) is not None]
    if q is None:
        return found
    sought = q.casefold()
    return [
        one
        for one in found
        if sought in f"{one.title or ''} {one.municipality.name} {one.program}".casefold()
    ]


def _summary(row: ProgramRow, state: State) -> ProgramSummary | None:
    first, last = (state.text(cells.passport(field)) for field in ("first_year", "last_year"))
    if first is None or last is None:
        return None
    return ProgramSummary(
        program=row.program,
        municipality=MunicipalityView(
            id=row.municipality, name=row.municipality_name, zone=row.zone, invented=row.invented
        ),
        title=state.text(cells.passport("title")),
        code=state.text(cells.passport("code")),
        years=(int(first), int(last)),
        indicators=sum(
            cell.startswith("indicator:") and cell.endswith(":element") for cell in state.cells
        ),
    )
