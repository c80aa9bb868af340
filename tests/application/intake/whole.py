"""What intake reads in a drawn paper with all its kinds of tables, each cell once."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.intake.answers import Answers
from application.intake.intake import read
from application.intake.paper import Block, Paragraph
from domain.state import State
from domain.values import CellValue, Stated
from tests.application.intake.drawn import Rows, numbered, table


@dataclass(frozen=True)
class Told:
    """What a paper says by cell, why cells could not be read, and why some are left out."""

    said: dict[str, CellValue]
    unread: tuple[str, ...]
    left_out: tuple[str, ...]

    def __getitem__(self, cell: str) -> str:
        """The value of a cell, an absence as `?reason`, "" where nothing is said."""
        value = self.said.get(cell)
        if value is None:
            return ""
        return value.value if isinstance(value, Stated) else f"?{value.absent}"

    def of(self, prefix: str) -> dict[str, str]:
        """The values of the cells whose keys begin so, by the rest of the key."""
        return {c.removeprefix(prefix): self[c] for c in self.said if c.startswith(prefix)}


def rows(text: str) -> list[list[str]]:
    """The cells of a drawn table."""
    drawn = [
        [cell.strip().replace(" / ", "\n") for cell in line.split("|")]
        for line in text.strip("\n").splitlines()
    ]
    width = max(map(len, drawn))
    return [row + [""] * (width - len(row)) for row in drawn]


def told(*blocks: str | Rows, answers: Answers | None = None, state: State | None = None) -> Told:
    """What a paper of these blocks says: a text without bars is a paragraph, others are tables."""
    drawn: list[Block] = [
        Paragraph(block)
        if isinstance(block, str) and "|" not in block
        else table(rows(block) if isinstance(block, str) else block)
        for block in blocks
    ]
    found = read(numbered(drawn), answers or Answers(), state).sayings
    return Told(
        {one.cell: one.value for one in found.said},
        tuple(one.why for one in found.unread),
        tuple(one.why for one in found.left_out),
    )


def shuffled(of: Rows, order: Iterable[int]) -> list[list[str]]:
    """The rows with their columns in another order."""
    places = list(order)
    return [[row[place] for place in places] for row in of]
