"""The official forms at a viewpoint: as data, or as they are printed."""

from dataclasses import replace
from datetime import timedelta

from application.ports import ProgramRow, ReadModel
from application.queries.diff import diff
from application.queries.viewpoint import Resolved
from application.reports.form_3 import form_3
from application.reports.forms import FORMS
from application.reports.printed import PrintedForm
from application.reports.printing.about import Seen
from application.reports.printing.amendment_draft import amendment_draft
from application.reports.printing.forms import BLANKS, PRINTED
from application.reports.quarterly import quarter_of
from domain.periods import Period
from domain.refusals import UnknownProgram
from domain.values import Value

DRAFT = "amendment-draft"
"""The draft of an amending decree: made of two viewpoints, so it is printed only."""


def form_data(model: ReadModel, program: str, form: str, year: int, seen: Resolved) -> Value:
    """A form of `FORMS` as data."""
    seen = _of_its_time(form, year, seen)
    state = model.state(program, seen.viewpoint)
    return FORMS[form](state, year, seen.viewpoint.as_of)


def printed_form(
    model: ReadModel, program: str, form: str, year: int, seen: Resolved, *, blank: bool = False
) -> PrintedForm:
    """A form of `PRINTED` ready for any file; with `blank` one of `BLANKS`, to be filled in.

    Refuses: UnknownProgram.
    """
    seen = _of_its_time(form, year, seen)
    state = model.state(program, seen.viewpoint)
    return (BLANKS if blank else PRINTED)[form](state, year, Seen(_row(model, program), seen))


def drafted(
    model: ReadModel, program: str, year: int, was: Resolved | None, becomes: Resolved
) -> PrintedForm:
    """The draft of an act that makes of one viewpoint another. `was` None: the eve of the last amending
    act that the second viewpoint sees.

    Refuses: UnknownProgram.
    """
    since = was or before_the_last_act(model, program, becomes)
    return amendment_draft(
        model.state(program, since.viewpoint),
        model.state(program, becomes.viewpoint),
        diff(model, program, since.viewpoint, becomes.viewpoint),
        year,
        Seen(_row(model, program), becomes),
        since=since,
    )


def before_the_last_act(model: ReadModel, program: str, seen: Resolved) -> Resolved:
    """The same viewpoint with documents up to the eve of the last amending act."""
    view = seen.viewpoint
    acts = form_3(model.state(program, view), view.as_of.year).rows
    if not acts:
        return seen
    eve = max(act.date for act in acts) - timedelta(days=1)
    return Resolved(replace(view, dated_by=eve, edition=None))


def _of_its_time(form: str, year: int, seen: Resolved) -> Resolved:
    """The viewpoint that a form is made at. The quarterly report is of its quarter's end, however late it
    is asked for: payments count by their own day, and those of the next quarter are not in it.
    """
    if form != "quarterly":
        return seen
    view = seen.viewpoint
    end = Period.parse(quarter_of(year, view.as_of)).last_day
    return replace(seen, viewpoint=replace(view, as_of=min(view.as_of, end)))


def _row(model: ReadModel, program: str) -> ProgramRow:
    row = model.program(program)
    if row is None:
        raise UnknownProgram(program=program, exists="")
    return row
