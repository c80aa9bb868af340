"""A printed form as lines of text that an economist can read, and its golden samples."""

from pathlib import Path

from application.reports.printed import PrintedCell, PrintedColumn, PrintedForm, PrintedTable

GOLDEN = Path(__file__).parents[3] / "golden" / "forms"
_LONGEST = 44


def lines(form: PrintedForm) -> str:
    """The form, a line a row. Long texts are cut; «=» marks what a spreadsheet computes."""
    told = [f"! {form.invented}"] if form.invented else []
    told += [f"{form.program} {form.form} {form.year} № {form.position}"]
    told += [f"# {line}" for line in form.title]
    for table in form.tables:
        told += ["", *_table(table)]
    told += ["", *(f"* {note}" for note in form.notes), *(f"~ {line}" for line in form.about)]
    return "\n".join(told) + "\n"


def _table(table: PrintedTable) -> list[str]:
    told = [f"== {table.caption}"] if table.caption else []
    told += [f"| {_title(column)}" for column in table.columns]
    for row in table.rows:
        sign = {"row": " ", "group": ">", "total": "="}[row.kind]
        told.append(f"{sign} {' | '.join(map(_cell, row.cells)).rstrip(' |')}")
    return told


def _title(column: PrintedColumn) -> str:
    return f"{column.field}: {' / '.join(column.titles)} [{column.align} {column.width}]"


def _cell(cell: PrintedCell) -> str:
    text = cell.text.replace("\n", " ¶ ").replace("\u00a0", "_")
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"={text}" if cell.formula else text


def check(form: PrintedForm, name: str, *, update: bool) -> None:
    """Compares with the golden sample; writes one that is missing if told to."""
    path = GOLDEN / f"{name}.txt"
    if update and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines(form), encoding="utf-8")
    assert path.exists(), f"нет образца {path.name}: pytest --update-golden"
    assert lines(form) == path.read_text(encoding="utf-8")
