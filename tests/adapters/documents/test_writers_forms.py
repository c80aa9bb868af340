"""The official forms of all five programs as files that intake reads, and that compute what they print."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from adapters.documents.contents import read
from adapters.documents.writing import write
from application.intake import intake
from application.intake.answers import Answers
from application.intake.paper import Paper
from application.intake.text import folded
from application.reports.printed import PrintedForm
from application.reports.printing.forms import PRINTED
from domain.values import CellValue, Stated, same
from tests.adapters.documents.recomputing import computed
from tests.application.reports.printing.seen import PROGRAMS, of_program, printed

EVERY_FORM = [(form, program, year) for program, year in PROGRAMS for form in PRINTED]


def says(told: PrintedForm, program: str, file_format: str) -> dict[str, CellValue]:
    """What intake reads in the file, cell by cell."""
    state, _ = of_program(program, f"{told.year}-12-31", "2026-10-01")
    blocks, mark = read(write(told, file_format))
    paper = Paper(f"форма.{file_format}", "0" * 64, tuple(blocks), mark)
    found = intake.read(paper, Answers(), state).sayings
    return {one.cell: one.value for one in found.said}


@pytest.mark.parametrize(("form", "program", "year"), EVERY_FORM)
def test_both_files_say_the_same(form: str, program: str, year: int) -> None:
    told = printed(form, program, year)
    word, workbook = (says(told, program, file_format) for file_format in ("docx", "xlsx"))
    assert word.keys() == workbook.keys()
    for cell, value in word.items():
        assert same(value, workbook[cell]) or wording(value) == wording(workbook[cell]), cell


def wording(value: CellValue) -> str:
    """A text as one compares it."""
    return folded(value.value) if isinstance(value, Stated) else f"absent: {value.absent}"


@pytest.mark.parametrize(("form", "program", "year"), EVERY_FORM)
def test_every_figure_is_a_number_and_every_formula_gives_it(
    form: str, program: str, year: int
) -> None:
    told = printed(form, program, year)
    content = write(told, "xlsx")
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for table, sheet, shown in zip(
        told.tables, formulas.worksheets, values.worksheets, strict=True
    ):
        first = shown.max_row - len(table.rows) + 1
        for place, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells, 1):
                there = shown.cell(first + place, column)
                if cell.number is not None:
                    assert there.value == float(cell.number)
                if sheet[there.coordinate].data_type == "f":
                    assert float(computed(sheet, there.coordinate)) == there.value


@pytest.mark.parametrize(("form", "program", "year"), EVERY_FORM)
def test_it_is_archival_and_has_no_empty_page(form: str, program: str, year: int) -> None:
    content = write(printed(form, program, year), "pdf")
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    about = printed(form, program, year).about
    for page in PdfReader(io.BytesIO(content)).pages:
        said = page.extract_text()
        assert len(said) > len("".join(about)) + 100
