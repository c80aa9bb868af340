"""A paper as intake sees it, whatever file it came in: paragraphs and tables in their order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of tables, as printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table (a sheet of a workbook is one): `rows` of cells as printed, all rows of one length.

    `number` counts from 1 in the order of the paper. A merged cell holds its text at its first row and
    column; the other places of it are empty and stand in `merged` as (row, column), counted from 0,
    with the place that holds the text. `sheet` is a workbook's name of it.
    """

    number: int
    rows: tuple[tuple[str, ...], ...]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    sheet: str = ""

    def text(self, row: int, column: int) -> str:
        """What one reads at a place: of a merged cell its text, wherever in it the place lies."""
        at = self.merged.get((row, column), (row, column))
        return self.rows[at[0]][at[1]]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Mark:
    """What Letopis left in a form or blank that it wrote: which form of which program, and the
    viewpoint's log position.
    """

    program: str
    form: str
    year: int
    position: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A file handed in. `digest` is its SHA-256; `mark` is there on Letopis' own forms."""

    name: str
    digest: str
    blocks: tuple[Block, ...]
    mark: Mark | None = None

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> Iterator[str]:
        return (block.text for block in self.blocks if isinstance(block, Paragraph))

    def before(self, table: Table) -> tuple[str, ...]:
        """The paragraphs between a table and the one before it, in order."""
        found: list[str] = []
        for block in self.blocks:
            if block is table:
                break
            if isinstance(block, Table):
                found.clear()
            elif block.text.strip():
                found.append(block.text)
        return tuple(found)
