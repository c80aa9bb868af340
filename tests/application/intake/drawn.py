"""Papers drawn as text, and what a kind of table reads in them.

A line with bars is a row, an empty line ends a table, «= text» is a row merged into one cell, «↓» a cell
merged with the one above, «←» with the one before it, «/» between words a new line in a cell; other
lines are paragraphs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from application.intake.answers import Answers
from application.intake.kind import Kind, Scope
from application.intake.names import Names
from application.intake.paper import Block, Paper, Paragraph, Table
from application.intake.said import Sayings
from application.intake.tables import tables_in
from domain.state import State
from domain.values import Stated

Rows = Sequence[Sequence[str]]


def paper(text: str) -> Paper:
    """The paper that a text draws."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in [*(one.strip() for one in text.strip().splitlines()), ""]:
        if "|" in line or line.startswith("= "):
            rows.append([cell.strip().replace(" / ", "\n") for cell in line.split("|")])
            continue
        if rows:
            blocks.append(table(rows))
            rows = []
        if line:
            blocks.append(Paragraph(line))
    return numbered(blocks)


def table(rows: Rows) -> Table:
    """A table of drawn rows."""
    width = max(map(len, rows))
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    printed: list[tuple[str, ...]] = []
    for number, row in enumerate(rows):
        cells = [*row, *[""] * (width - len(row))]
        if cells[0].startswith("= "):
            cells[0] = cells[0].removeprefix("= ")
            merged |= {(number, column): (number, 0) for column in range(1, width)}
        for column, cell in enumerate(cells):
            beside = {"↓": (number - 1, column), "←": (number, column - 1)}.get(cell)
            if beside is not None:
                merged[number, column] = merged.get(beside, beside)
                cells[column] = ""
        printed.append(tuple(cells))
    return Table(1, tuple(printed), merged)


def numbered(blocks: Iterable[Block]) -> Paper:
    """The paper of these blocks, its tables numbered from 1."""
    found: list[Block] = []
    for block in blocks:
        tables = sum(isinstance(one, Table) for one in found)
        found.append(replace(block, number=tables + 1) if isinstance(block, Table) else block)
    return Paper("invented.docx", "0" * 64, tuple(found))


def read(
    kind: Kind,
    drawn: Paper,
    *,
    ids: Mapping[str, str] | None = None,
    year: int | None = None,
    state: State | None = None,
) -> Sayings:
    """All that a kind reads in a paper."""
    answers = Answers(ids=dict(ids or {}))
    found, _, unread = tables_in(drawn, [kind], answers)
    scope = Scope(drawn, Names.of(state, answers.ids), answers, year, state)
    sayings = Sayings(unread=list(unread))
    for one in kind.read(found, scope):
        sayings.take(one)
    return sayings


def told(sayings: Sayings, *kinds: str) -> dict[str, str]:
    """Cells and the texts said of them, absences as their reason; of cells of some kinds only. All of
    the paper could be read, and no cell is said in two ways.
    """
    assert not sayings.unread, sayings.unread
    return dict(texts(sayings, *kinds))


def texts(sayings: Sayings, *kinds: str) -> Iterator[tuple[str, str]]:
    """As `told`, whether or not all could be read."""
    said: dict[str, str] = {}
    for one in sayings.said:
        value = one.value
        text = value.value if isinstance(value, Stated) else f"нет: {value.absent}"
        assert said.setdefault(one.cell, text) == text
        if not kinds or one.cell.startswith(tuple(f"{kind}:" for kind in kinds)):
            yield one.cell, text


def why(sayings: Sayings) -> list[tuple[int, str]]:
    """What could not be read: the row of each, counted from 1, and why."""
    return [(one.at.row, one.why) for one in sayings.unread]
