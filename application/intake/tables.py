"""The tables of a paper: which kind each is, which goes on in the next one, which is of no known kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from application.intake.answers import Answers
from application.intake.kind import Found, Kind, recognize
from application.intake.paper import Paper, Table
from application.intake.said import Unread
from application.intake.text import plain
from domain.event import SourceCell

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table as one shows it before it is taken in: what it is taken for (`kind` "": of no known kind),
    the header over every column, the column of every field (counted from 1), how many rows say
    something, and the columns that no field is read from. `goes_on`: number of the table before it that
    it continues.
    """

    number: int
    sheet: str
    kind: str
    title: str
    header: tuple[str, ...]
    columns: Mapping[str, int]
    rows: int
    unused: tuple[int, ...] = ()
    goes_on: int | None = None


def tables_in(
    paper: Paper, kinds: Sequence[Kind], answers: Answers
) -> tuple[list[Found], list[TableSeen], list[Unread]]:
    """The tables that are recognized, all of them as one shows them, and cells too long to be kept."""
    found: list[Found] = []
    seen: list[TableSeen] = []
    unread: list[Unread] = []
    above: Found | None = None
    for block in paper.blocks:
        if not isinstance(block, Table):
            if above is not None and not (above.kind.flows or _is_page_break(block.text)):
                above = None
            continue
        table, too_long = _shortened(block)
        one = _recognized(table, kinds, answers)
        goes_on = None
        if above is not None and above.goes_on_in(table, one):
            one, goes_on = above.continued(table), above.table.number
        above = one
        seen.append(_seen(table, one, goes_on))
        if one is not None:
            found.append(one)
            unread += too_long
    return found, seen, unread


def _recognized(table: Table, kinds: Sequence[Kind], answers: Answers) -> Found | None:
    """The kind that the header says, or that the answers do, with the columns that they give."""
    named = answers.kinds.get(str(table.number))
    given = {
        field: column - 1 for field, column in answers.columns.get(str(table.number), {}).items()
    }
    candidates = [kind for kind in kinds if named in (None, kind.name)]
    if (found := recognize(table, candidates, given)) is not None or named is None:
        return found
    header = tuple("" for _ in range(table.width))
    matches = ((kind, kind.match(header, given)) for kind in candidates)
    return next((Found(table, kind, cols, 0, header) for kind, cols in matches if cols), None)


def _seen(table: Table, one: Found | None, goes_on: int | None) -> TableSeen:
    if one is None:
        header = tuple(plain(text) for text in table.rows[0]) if table.rows else ()
        rows = sum(any(text.strip() for text in row) for row in table.rows)
        return TableSeen(table.number, table.sheet, "", "", header, {}, rows)
    columns = {field: column + 1 for field, column in one.columns.items()}
    unused = (n for n in range(1, table.width + 1) if n not in columns.values())
    return TableSeen(
        table.number,
        table.sheet,
        one.kind.name,
        one.kind.title,
        one.header,
        columns,
        len(one.data_rows),
        tuple(unused),
        goes_on,
    )


def _shortened(table: Table) -> tuple[Table, list[Unread]]:
    """The table without texts that are too long to be kept, and where they stand."""
    places = [
        (row, column)
        for row, texts in enumerate(table.rows)
        for column, text in enumerate(texts)
        if len(text) > LONGEST_TEXT
    ]
    if not places:
        return table, []
    rows = [list(texts) for texts in table.rows]
    for row, column in places:
        rows[row][column] = ""
    unread = [
        Unread(SourceCell(table=table.number, row=row + 1, cell=column + 1), _TOO_LONG)
        for row, column in places
    ]
    return replace(table, rows=tuple(map(tuple, rows))), unread


_TOO_LONG = f"текст длиннее {LONGEST_TEXT} знаков"


def _is_page_break(text: str) -> bool:
    words = plain(text).casefold()
    return not words or words.startswith("продолжение")


def kinds_in_order(found: Sequence[Found], kinds: Sequence[Kind]) -> Iterator[Kind]:
    """The kinds that a paper has, as it has them; lists, which name what is told elsewhere, last."""
    first = {one.kind.name: n for n, one in reversed(list(enumerate(found)))}
    lists = [kind.name for kind in kinds if kind.is_list]
    met = [kind for kind in kinds if kind.name in first]
    yield from sorted(met, key=lambda kind: (kind.name in lists, first[kind.name]))
