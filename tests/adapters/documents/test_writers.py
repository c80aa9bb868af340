"""What holds for forms in every format: the same bytes for ever, text that stays text, size and time."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.documents.layout import clean, header, page
from adapters.documents.reading import read_paper
from adapters.documents.writing import MEDIA_TYPES, write
from application.intake.paper import Mark
from application.reports.printed import PrintedCell, PrintedColumn, PrintedRow, PrintedTable
from tests.adapters.documents.invented_form import MONEY, figure, form, hostile, long

ROOT = Path(__file__).parents[3]
SECONDS = 20
ODD = "\0\x01\x1f\x7f\ud800\ufffe \r\n 中 😀 \u202e \u0301"


def written_elsewhere(file_format: str, seed: str, zone: str) -> bytes:
    """The invented form, written by a process of another day's zone and another order of hashes."""
    return subprocess.run(
        [sys.executable, "-m", "tests.adapters.documents.invented_form", file_format],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("file_format", MEDIA_TYPES)
def test_the_same_form_is_the_same_bytes(file_format: str) -> None:
    here = write(form(), file_format)
    time.sleep(2.1)  # the clock of archives ticks every other second
    assert write(form(), file_format) == here
    assert written_elsewhere(file_format, "1", "UTC") == here
    assert written_elsewhere(file_format, "77", "Asia/Kamchatka") == here


@pytest.mark.parametrize("file_format", MEDIA_TYPES)
def test_another_form_is_other_bytes(file_format: str) -> None:
    assert write(form(), file_format) != write(replace(form(), position=63), file_format)


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_a_form_handed_in_again_is_recognized(file_format: str) -> None:
    paper = read_paper(write(form(), file_format), f"форма.{file_format}")
    assert paper.mark == Mark(program="sample", form="2", year=2021, position=62)
    assert len(list(paper.tables)) == 2


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_a_form_that_looks_hostile_is_no_hostile_file(file_format: str) -> None:
    """Nothing in it that intake would refuse: no link to elsewhere, no macro, no formula."""
    assert list(read_paper(write(hostile(), file_format), "x").tables)


@pytest.mark.parametrize("file_format", MEDIA_TYPES)
def test_characters_that_no_file_holds_do_not_break_it(file_format: str) -> None:
    cells = tuple(PrintedCell(text) for text in (ODD, "а" * 40_000))
    columns = (PrintedColumn("a", (ODD,)), PrintedColumn("b", ("б",)))
    odd = form(PrintedTable(columns, (PrintedRow(cells),), caption=ODD), invented=ODD)
    assert write(replace(odd, title=(ODD,), about=(ODD * 50,), program=ODD), file_format)


@pytest.mark.parametrize("file_format", MEDIA_TYPES)
def test_an_empty_table_and_one_without_a_header_are_written(file_format: str) -> None:
    empty = PrintedTable(MONEY.columns, ())
    bare = PrintedTable((PrintedColumn("a", ()), PrintedColumn("b", ())), (), numbered=False)
    one = PrintedTable((PrintedColumn("a", ("А",)),), (PrintedRow((PrintedCell("а"),), "group"),))
    assert write(form(empty, bare, one, invented=""), file_format)


@pytest.mark.parametrize("file_format", MEDIA_TYPES)
def test_five_thousand_rows_take_seconds(file_format: str) -> None:
    many = long(5_000)
    begun = time.perf_counter()
    assert write(many, file_format)
    assert time.perf_counter() - begun < SECONDS


def test_a_format_that_is_not_there_is_none() -> None:
    with pytest.raises(KeyError):
        write(form(), "doc")


def test_a_header_shares_what_neighbours_share() -> None:
    columns = [
        PrintedColumn("a", ("А",)),
        PrintedColumn("b", ("Б", "б1")),
        PrintedColumn("c", ("Б", "б2", "в1")),
        PrintedColumn("d", ("Б", "б2", "в2")),
        PrintedColumn("e", ("А",)),
        PrintedColumn("f", ("А",)),
    ]
    cells = [(c.text, c.row, c.column, c.rows, c.columns) for c in header(columns)]
    assert cells == [
        ("А", 0, 0, 3, 1),
        ("Б", 0, 1, 1, 3),
        ("А", 0, 4, 3, 1),
        ("А", 0, 5, 3, 1),
        ("б1", 1, 1, 2, 1),
        ("б2", 1, 2, 1, 2),
        ("в1", 2, 2, 1, 1),
        ("в2", 2, 3, 1, 1),
    ]


def test_figures_get_the_width_they_need_and_long_names_the_rest() -> None:
    columns = (
        PrintedColumn("name", ("Наименование",), 1),
        *(PrintedColumn(f"f{n}", (f"{n}",), 10, "right") for n in range(6)),
    )
    amount = figure("123\u00a0456\u00a0789,01")
    row = PrintedRow((PrintedCell("слово " * 100), *[amount] * 6))
    laid = page(form(PrintedTable(columns, (row,))))
    (widths,) = laid.widths
    assert laid.landscape
    assert sum(widths) == pytest.approx(267)
    assert all(width > 20 for width in widths)
    assert widths[0] > 80


def test_few_columns_stand_upright() -> None:
    laid = page(form(PrintedTable(MONEY.columns[:2], ())))
    assert not laid.landscape
    assert sum(laid.widths[0]) == pytest.approx(180)


def test_clean_text_ends_its_lines_in_one_way() -> None:
    assert clean("а\r\nб\rв\tг\0") == "а\nб\nв\tг\ufffd"
