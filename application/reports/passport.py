"""The passport: the fields of a program, its bodies, its aims, its money by source."""

from application.reports.figure import Figure, stated
from application.reports.financing import FinancingRow, passport_rows, program_years
from application.reports.lines import bodies
from application.reports.tree import tree
from domain import cells
from domain.state import State
from domain.values import Value

_SHOWN_APART = ("body.", "first_year", "last_year")


class PassportElement(Value):
    """An element as the passport lists it: a goal, an objective, a subprogram, a measure."""

    element: str
    kind: str
    parent: str | None
    number: str | None
    name: str | None


class Passport(Value):
    """`fields` by name as stated, `bodies` by id, `elements` in the order of the tree.

    `financing` is by source (null: all) with what the passport prints beside.
    """

    years: tuple[int, ...]
    fields: dict[str, Figure]
    bodies: dict[str, str]
    elements: tuple[PassportElement, ...]
    financing: tuple[FinancingRow, ...]


def passport(state: State) -> Passport:
    """The passport of the whole program."""
    prefix = cells.passport("")
    fields = sorted(
        (said.position, cell.removeprefix(prefix), said)
        for cell, said in state.cells.items()
        if cell.startswith(prefix) and not cell.removeprefix(prefix).startswith(_SHOWN_APART)
    )
    return Passport(
        years=tuple(program_years(state)),
        fields={field: stated(said) for _, field, said in fields},
        bodies=bodies(state),
        elements=tuple(
            PassportElement(
                element=one.id, kind=one.kind, parent=one.parent, number=one.number, name=one.name
            )
            for one in tree(state).elements.values()
        ),
        financing=passport_rows(state),
    )
