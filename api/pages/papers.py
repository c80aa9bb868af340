"""«Откуда?» to the end: the very cell of the paper that a figure was read from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import ConfigDict, Field

from adapters.documents.reading import read_paper
from api.admission import page_needs
from api.pages.frame import page, refused
from api.routes.asking import Asked
from application.access import Permission
from application.intake.answers import Answers
from application.intake.kinds import KINDS
from application.intake.paper import Paper, Table
from application.intake.tables import tables_in
from application.ports import KeptPaper
from domain.refusals import Refusal
from domain.values import Value

router = APIRouter(include_in_schema=False)
AROUND = 4
MOST_HEADER_ROWS = 15

Part = tuple[tuple[int, int], tuple[int, ...]]


class PlaceAsked(Value):
    """A cell of a paper, counted from 1; left out: the first of what is above it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: int = Field(default=1, ge=1, le=100_000)
    row: int = Field(default=1, ge=1, le=10_000_000)
    cell: int | None = Field(default=None, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell as printed, over so many columns `across` and rows `down`; `goes_on`: its text begins in a
    row above that is not shown.
    """

    text: str
    across: int
    down: int
    goes_on: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of a table by its number, counted from 1."""

    number: int
    cells: Sequence[CellShown]
    is_asked: bool


@router.get("/papers/{digest}", dependencies=[page_needs(Permission.READ_PAPERS)])
def one_place(
    request: Request,
    digest: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    asked: Annotated[PlaceAsked, Query()],
    ask: Asked,
) -> Response:
    """A few rows of a table around a cell, read again from the kept file."""
    kept = ask.paper(digest)
    try:
        return _shown(request, digest, kept, asked)
    except Refusal as refusal:
        return refused(request, refusal)


def _shown(request: Request, digest: str, kept: KeptPaper | None, asked: PlaceAsked) -> Response:
    paper = read_paper(kept.content, kept.name) if kept else None
    tables = {table.number: table for table in paper.tables} if paper else {}
    table = tables.get(asked.table)
    is_there = table is not None and asked.row <= len(table.rows)
    response = page(
        request,
        "paper",
        digest=digest,
        name=kept.name if kept else "",
        asked=asked,
        sheet=table.sheet if table else "",
        is_there=is_there,
        columns=range(1, table.width + 1) if table else (),
        header=list(_header(paper, table, asked)) if paper and table else [],
        rows=list(_around(table, asked)) if table and is_there else [],
        total=len(table.rows) if table else 0,
    )
    response.status_code = 200 if is_there else 404
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _header(paper: Paper, table: Table, asked: PlaceAsked) -> Iterator[RowShown]:
    """The rows above the data, of the table itself or of the one that it continues."""
    found, seen, _ = tables_in(paper, KINDS, Answers())
    by_number = {one.table.number: one for one in found}
    goes_on = next((one.goes_on for one in seen if one.number == table.number), None)
    one = by_number.get(goes_on or table.number)
    if one is None:
        return
    last = min(one.first_row, MOST_HEADER_ROWS)
    if one.table.number == table.number:
        last = min(last, max(0, asked.row - 1 - AROUND))
    yield from _rows(one.table, range(last), None)


def _around(table: Table, asked: PlaceAsked) -> Iterator[RowShown]:
    first = max(0, asked.row - 1 - AROUND)
    yield from _rows(table, range(first, min(len(table.rows), asked.row + AROUND)), asked)


def _rows(table: Table, rows: range, asked: PlaceAsked | None) -> Iterator[RowShown]:
    """Rows of a table; places that are merged into one cell stand as one."""
    parts = {row: _parts(table, row) for row in rows}
    for row in rows:
        cells: list[CellShown] = []
        for part in parts[row]:
            if part in parts.get(row - 1, ()):
                continue
            down = 1
            while part in parts.get(row + down, ()):
                down += 1
            (top, left), columns = part
            is_asked = (
                asked is not None
                and row < asked.row <= row + down
                and (asked.cell or 0) - 1 in columns
            )
            cells.append(CellShown(table.rows[top][left], len(columns), down, top < row, is_asked))
        yield RowShown(row + 1, cells, asked is not None and asked.row == row + 1)


def _parts(table: Table, row: int) -> list[Part]:
    """The columns of a row, those together that are merged into one cell, with where its text stands."""
    anchors = [table.merged.get((row, column), (row, column)) for column in range(table.width)]
    return [
        (at, tuple(column for column, _ in merged))
        for at, merged in groupby(enumerate(anchors), key=itemgetter(1))
    ]
