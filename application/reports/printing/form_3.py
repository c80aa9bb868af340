"""Form 3 as printed: the acts by which a program was changed."""

from application.reports.form_3 import Form3Row, form_3 as figures
from application.reports.printed import PrintedColumn, PrintedForm, PrintedRow, PrintedTable
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.cells import day, text
from application.reports.printing.words import act_of
from domain.state import State

TITLE = "Форма 3. Сведения о внесенных за отчетный период изменениях в муниципальную программу"
COLUMNS = (
    PrintedColumn("number_in_order", ("№ пп",), 4, "center"),
    PrintedColumn("act", ("Вид правового акта",), 30),
    PrintedColumn("date", ("Дата принятия",), 10, "center"),
    PrintedColumn("number", ("Номер",), 8, "center"),
    PrintedColumn("summary", ("Суть изменений (краткое изложение)",), 40),
)


def form_3(state: State, year: int, seen: Seen) -> PrintedForm:
    """Form 3 of a year: the acts that the viewpoint sees, those of other years told in a note."""
    found = figures(state, year).rows
    return printed_form(
        seen,
        state,
        "3",
        year,
        titles(seen, state, TITLE, f"за {year} год"),
        [acts_table(found)],
        notes=list(acts_notes(found)),
    )


def acts_table(found: tuple[Form3Row, ...], caption: str = "") -> PrintedTable:
    """The acts, one a row."""
    return PrintedTable(
        COLUMNS,
        tuple(
            PrintedRow(
                (
                    text(str(n)),
                    text(act_of(one.kind, one.issuer)),
                    day(one.date),
                    text(one.number),
                    text(one.summary),
                )
            )
            for n, one in enumerate(found, start=1)
        ),
        caption,
    )


def acts_notes(found: tuple[Form3Row, ...]) -> list[str]:
    """What the columns of the acts have no place for."""
    outside = [_short(one) for one in found if not one.in_period]
    assumed = [_short(one) for one in found if not one.date_stated]
    ended = [_short(one) for one in found if (one.status or "").startswith("annulled:")]
    paused = [_short(one) for one in found if (one.status or "").startswith("suspended:")]
    told = [
        ("Приняты вне отчетного периода", outside),
        ("Дата принята условно: в документе ее нет", assumed),
        ("Отменены", ended),
        ("Приостановлены", paused),
    ]
    return [f"{what}: {'; '.join(acts)}" for what, acts in told if acts]


def _short(one: Form3Row) -> str:
    return f"от {one.date:%d.%m.%Y} № {one.number}" if one.number else f"от {one.date:%d.%m.%Y}"
