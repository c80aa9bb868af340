"""A form as a table that intake reads: all that it says stands already."""

import pytest

from application.intake import intake
from application.intake.answers import Answers
from application.intake.paper import Block, Mark, Paper, Paragraph, Table
from application.intake.text import folded
from application.reports.printed import PrintedForm, PrintedTable, headings
from application.reports.printing.forms import PRINTED
from domain.values import NOT_STATED, AbsenceReason, Absent, CellValue, same
from tests.application.reports.printing.seen import PROGRAMS, of_program, printed

NOT_READ = {"quarterly", "explanatory"}
"""Reports over what other forms say; of the second one only the list of acts is a kind of table."""

EVERY_FORM = [(form, program, year) for program, year in PROGRAMS for form in PRINTED]


def table(told: PrintedTable, number: int) -> Table:
    """A printed table as a reader of files gives it, its header merged."""
    depth = headings(told.columns)
    rows = [
        [column.titles[level] if level < len(column.titles) else "" for column in told.columns]
        for level in range(depth)
    ]
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for place, column in enumerate(told.columns):
        last = len(column.titles) - 1
        merged |= {(level, place): (last, place) for level in range(last + 1, depth)}
        before = told.columns[place - 1].titles if place else ()
        for level in range(last):
            if before[: level + 1] == column.titles[: level + 1] and len(before) > level + 1:
                rows[level][place] = ""
                merged[level, place] = merged.get((level, place - 1), (level, place - 1))
    if told.numbered:
        rows.append([str(n) for n, _ in enumerate(told.columns, start=1)])
    rows += [[cell.text for cell in row.cells] for row in told.rows]
    return Table(number, tuple(map(tuple, rows)), merged)


def paper(told: PrintedForm) -> Paper:
    """A printed form as a paper that is handed in."""
    blocks: list[Block] = [Paragraph(line) for line in told.title]
    for number, one in enumerate(told.tables, start=1):
        blocks += [Paragraph(one.caption), table(one, number)]
    blocks += [Paragraph(line) for line in (*told.notes, *told.about)]
    mark = Mark(told.program, told.form, told.year, told.position)
    return Paper("form", "0" * 64, tuple(blocks), mark)


def agree(one: CellValue, other: CellValue) -> bool:
    if same(one, other):
        return True
    if isinstance(one, Absent) or isinstance(other, Absent):
        return False
    return folded(one.value) == folded(other.value)


@pytest.mark.parametrize(("form", "program", "year"), EVERY_FORM)
def test_what_a_form_says_stands_already(form: str, program: str, year: int) -> None:
    state, _ = of_program(program, f"{year}-12-31", "2026-10-01")
    told = printed(form, program, year)
    read = intake.read(paper(told), Answers(), state)
    assert not read.sayings.unread
    assert bool(read.sayings.said) <= bool(form not in NOT_READ)
    computed = ("control:", "cash-report:") if state.moved else ("control:",)
    for one in read.sayings.said:
        if not one.cell.startswith(computed):
            stands = state.said(one.cell)
            assert agree(one.value, stands.value if stands else NOT_STATED), one.cell


@pytest.mark.parametrize(
    ("form", "program", "year", "cells"),
    [
        ("1", "kedrovy", 2021, ("target:", "fact:", "calculation:", "explanation:")),
        ("2", "kedrovy", 2021, ("appropriation:", "cash-report:")),
        ("2", "sample", 2024, ("appropriation:",)),
        ("financing", "stupino", 2020, ("appropriation:",)),
        ("financing", "sample", 2024, ("appropriation:",)),
        ("targets", "stupino", 2020, ("target:", "baseline:")),
        ("money-roadmap", "krasnogorsk", 2022, ("period-plan:", "target:")),
        ("money-roadmap", "sample", 2024, ("period-plan:",)),
        ("procedures", "shatura", 2020, ("window:",)),
        ("procedures", "sample", 2024, ("window:",)),
    ],
)
def test_it_says_all_of_a_kind(form: str, program: str, year: int, cells: tuple[str, ...]) -> None:
    """Every stated cell of the kind is read back; of the sample's money that of the form's year."""
    state, _ = of_program(program, f"{year}-12-31", "2026-10-01")
    read = intake.read(paper(printed(form, program, year)), Answers(), state)
    one_year = program == "sample" and form in {"2", "money-roadmap"}
    stated = {
        cell
        for cell, one in state.cells.items()
        if cell.startswith(cells)
        and not (isinstance(one.value, Absent) and one.value.absent == AbsenceReason.NOT_STATED)
        and (not one_year or str(year) in cell.split(":"))
    }
    assert stated
    assert not stated - {one.cell for one in read.sayings.said}
