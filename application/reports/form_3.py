"""Form 3: the acts by which a program was changed."""

from datetime import date

from application.reports.tree import stated_fields
from domain import cells
from domain.legal_act import DocumentKind
from domain.state import State
from domain.values import Value


class Form3Row(Value):
    """An amending act. `act` is its id, `kind` its printed type, `date` the day of its adoption
    (assumed where `date_stated` is false), `in_period` whether that day lies in the year,
    `status` tells which act annulled or suspended it.
    """

    act: str
    kind: str | None
    issuer: str | None
    date: date
    date_stated: bool
    number: str | None
    summary: str | None
    content_stated: bool
    in_period: bool
    status: str | None
    position: int


class Form3(Value):
    """The acts by date, and within a day in their order."""

    rows: tuple[Form3Row, ...]


def form_3(state: State, year: int) -> Form3:
    """Form 3 of a year: every amending act that the viewpoint sees, annulled and suspended ones too:
    they were adopted all the same (`status` says by which act they ended).

    Drafts change nothing, and the act by which the program was founded (with it a program is recorded
    first) is no amendment.
    """
    recorded = [
        (name, said)
        for name, said in stated_fields(state, "document", "kind").items()
        if state.text(said.cell) == DocumentKind.ACT
    ]
    acts = [
        (said.timing.edition, name, said.position)
        for name, said in recorded[1:]
        if state.text(cells.document(name, "date")) is not None and not is_draft(state, name)
    ]
    return Form3(
        rows=tuple(_row(state, name, position, year) for _, name, position in sorted(acts))
    )


def is_draft(state: State, act: str) -> bool:
    """Whether an act is a draft, be it one that was signed as another act since."""
    status = state.text(cells.document(act, "status")) or ""
    return status == "draft" or status.startswith("signed:")


def _row(state: State, act: str, position: int, year: int) -> Form3Row:
    def text(field: str) -> str | None:
        return state.text(cells.document(act, field))

    adopted = date.fromisoformat(text("date") or "")
    return Form3Row(
        act=act,
        kind=text("type"),
        issuer=text("issuer"),
        date=adopted,
        date_stated=text("date_stated") == "true",
        number=text("number"),
        summary=text("summary"),
        content_stated=text("content_stated") == "true",
        in_period=adopted.year == year,
        status=text("status"),
        position=position,
    )
