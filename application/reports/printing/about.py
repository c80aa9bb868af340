"""What every printed form carries besides its tables: whose it is, and from which viewpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from application.ports import ProgramRow
from application.queries.viewpoint import Resolved
from application.reports.financing import program_years
from application.reports.printed import PrintedForm, PrintedTable
from application.reports.printing.words import quoted
from domain import cells
from domain.state import State

INVENTED = "Вымышленные данные: показательный округ, не настоящий муниципалитет"


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose program a form is of, and the viewpoint that it was asked at."""

    whose: ProgramRow
    resolved: Resolved


def printed_form(
    seen: Seen,
    state: State,
    form: str,
    year: int,
    title: Sequence[str],
    tables: Sequence[PrintedTable],
    notes: Sequence[str] = (),
) -> PrintedForm:
    """A form with the footer and the marks that all of them carry."""
    return PrintedForm(
        program=seen.whose.program,
        form=form,
        year=year,
        position=seen.resolved.viewpoint.at_position,
        title=tuple(line for line in title if line),
        tables=tuple(tables),
        about=about(seen, state),
        invented=INVENTED if seen.whose.invented else "",
        notes=tuple(notes),
    )


def titles(seen: Seen, state: State, form: str, when: str) -> tuple[str, ...]:
    """The lines over a form: its name, the municipality, the program, the time."""
    title = state.text(cells.passport("title"))
    program = f"Муниципальная программа {quoted(title)}" if title else ""
    return (form, seen.whose.municipality_name, program, when)


def all_years(state: State) -> str:
    """«на 2020–2024 годы», for forms over all years of a program."""
    years = program_years(state)
    if not years:
        return ""
    return f"на {years[0]}–{years[-1]} годы" if len(years) > 1 else f"на {years[0]} год"


def about(seen: Seen, state: State) -> tuple[str, ...]:
    """The lines of the footer."""
    return (seen.whose.municipality_name, viewpoint_in_words(seen.resolved, state))


def viewpoint_in_words(resolved: Resolved, state: State) -> str:
    """«По состоянию на …, по документам на … (в редакции …), по сведениям на запись № …»."""
    view = resolved.viewpoint
    edition = f" (в редакции: {act_in_words(state, resolved.edition)})" if resolved.edition else ""
    return (
        f"По состоянию на {view.as_of:%d.%m.%Y}, по документам на {view.dated_by:%d.%m.%Y}"
        f"{edition}, по сведениям на запись № {view.at_position}"
    )


def act_in_words(state: State, act: str) -> str:
    """«Постановление от 24.03.2021 № 55»; its id where the viewpoint knows no more."""
    type_, adopted, number = (
        state.text(cells.document(act, field)) for field in ("type", "date", "number")
    )
    if adopted is None:
        return act
    of = f"{type_ or 'Акт'} от {date.fromisoformat(adopted):%d.%m.%Y}"
    return f"{of} № {number}" if number else of
