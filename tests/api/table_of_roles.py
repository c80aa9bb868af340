"""What the hand-written table of docs/security/roles.md says: of every role, operation, scope and place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from application.access import WHOLE, Permission
from domain.access import Role, Scope
from tests.house.tree import rows_of, text

PAGE = text("docs/security/roles.md")
ROLES = [role.value for role in Role]
CELLS = {
    (row[1].strip("`"), role): cell
    for row in rows_of(PAGE)
    if len(row) == 2 + len(ROLES)
    for role, cell in zip(ROLES, row[2:], strict=True)
}
SCOPES = {row[0]: row[1:] for row in rows_of(PAGE) if len(row) == 3 and row[0] in ROLES}
OPERATIONS = [operation for operation in Permission if (operation, ROLES[0]) in CELLS]
REFUSED, GRANTED, PERIOD, EVERYWHERE = "—", "granted", "granted, period", "everywhere"

ANONYMOUS, STRANGER = "anonymous", "stranger"
"""Who has not said who they are; who has, and holds nothing."""


class Place(NamedTuple):
    """A program, whose it is, and whether anybody may read it."""

    program: str
    municipality: str
    region: str
    published: bool = False


OWN = Place("a-roads", "a", "r1")
PLACES = (
    OWN,
    Place("a-parks", "a", "r1"),
    Place("c-roads", "c", "r1"),
    Place("b-roads", "b", "r2"),
    Place("b-open", "b", "r2", published=True),
)
"""All are invented: two programs of one municipality, another one of its region, one of another region
with a program that is published.
"""

YEAR, OTHER_YEAR = "2022", "2023"


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks: a role and the scope in which it is held."""

    role: str
    scope: Scope = EVERYTHING

    def __str__(self) -> str:
        named = self.scope.model_dump(exclude_none=True)
        return "-".join([self.role, *(f"{name}.{value}" for name, value in named.items())])


def names(cell: str) -> set[str]:
    """What a cell lists."""
    return set(cell.split(", ")) - {REFUSED}


def holders() -> Iterator[Holder]:
    """Every role in every kind of scope that the table knows, and who holds none."""
    yield from (Holder(ANONYMOUS), Holder(STRANGER))
    within = {"program": OWN.program, "municipality": OWN.municipality, "region": OWN.region}
    for role, (must, may) in SCOPES.items():
        kinds = names(must) | names(may)
        if not names(must):
            yield Holder(role)
        for kind, value in within.items():
            if kind in kinds:
                yield Holder(role, Scope.model_validate({kind: value}))
                if "period" in kinds:
                    yield Holder(role, Scope.model_validate({kind: value, "period": YEAR}))


class Question(NamedTuple):
    """An operation at a place, for a year's period; of no program: at none."""

    operation: Permission
    place: Place | None
    year: str = YEAR


def questions() -> Iterator[Question]:
    """Every operation at every place; for another year too, whatever somebody's period may bound."""
    for operation in OPERATIONS:
        if operation in WHOLE:
            yield Question(operation, None)
            continue
        yield from (Question(operation, place) for place in PLACES)
        if PERIOD in {CELLS[operation, role] for role in ROLES}:
            yield Question(operation, OWN, OTHER_YEAR)


def side(question: Question) -> str:
    """Where a question lies, seen from the program that every scope of a holder is around."""
    place = question.place
    if place is None:
        return "everywhere"
    if place.region != OWN.region:
        return "published" if place.published else "other region"
    if place.municipality != OWN.municipality:
        return "other municipality"
    if place != OWN:
        return "other program"
    return "inside" if question.year == YEAR else "other period"


SIDES = {"inside", "other program", "other municipality", "other region", "published"}


def covers(scope: Scope, question: Question) -> bool:
    """Whether a question lies within a scope, its period aside."""
    place = question.place
    return place is None or (
        scope.region in (None, place.region)
        and scope.municipality in (None, place.municipality)
        and scope.program in (None, place.program)
    )


def expected(holder: Holder, question: Question) -> str:
    """What the table says: `done`, `sign in`, `not allowed` or `not there`."""
    operation, place = question.operation, question.place
    cell = CELLS.get((operation, holder.role), REFUSED)
    reads = CELLS.get(("read", holder.role), REFUSED)
    lies_within = covers(holder.scope, question)
    allowed = {
        REFUSED: False,
        GRANTED: lies_within,
        PERIOD: lies_within and holder.scope.period in (None, question.year),
        EVERYWHERE: not holder.scope.named,
    }[cell]
    visible = place is None or place.published or (reads != REFUSED and lies_within)
    if operation is Permission.READ:
        return "done" if visible else "not there"
    if allowed:
        return "done"
    if operation is Permission.READ_PAPERS:  # its address names no program
        visible = cell == REFUSED
    elif operation is Permission.READ_LOG:  # everybody turns its pages, little is written on them
        return "not allowed"
    if not visible:
        return "not there"
    return "sign in" if holder.role in {ANONYMOUS, Role.PUBLIC} else "not allowed"
