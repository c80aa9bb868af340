"""How much of a file is read: enough for any paper of a municipality, little enough for the server."""

from typing import Final

from domain.refusals import PaperTooLarge

MIB: Final = 1024 * 1024
BYTES: Final = 32 * MIB
"""Of the file itself."""
ENTRIES: Final = 2_000
"""Of an archive."""
UNPACKED: Final = 96 * MIB
"""Of all entries of an archive together."""
TIMES: Final = 400
"""How many times larger an entry may become, if it becomes larger than `SMALL`."""
SMALL: Final = 4 * MIB
TEXT_PART: Final = 48 * MIB
"""Of the text of a Word paper, with its markup."""
COLUMNS: Final = 1_000
CELLS: Final = 1_500_000
"""Of all tables together, empty ones too."""
LETTERS: Final = 32 * MIB
"""Of all texts together."""
DEPTH: Final = 8
"""Of tables in tables."""

MEMORY: Final = 512 * MIB
CPU_SECONDS: Final = 20
SECONDS: Final = 30

COLUMNS_: Final = ("столбцов", "columns")
CELLS_: Final = ("ячеек", "cells")
BYTES_: Final = ("байт", "bytes")
ENTRIES_: Final = ("частей в архиве", "entries of the archive")
UNPACKED_: Final = ("байт после распаковки", "bytes when unpacked")
TIMES_: Final = ("степень сжатия", "the rate of compression")
LETTERS_: Final = ("знаков текста", "characters of text")
DEPTH_: Final = ("вложенность таблиц", "tables within tables")
MEMORY_: Final = ("памяти для чтения, МиБ", "memory for reading, MiB")


def at_most(most: int, found: int, what: tuple[str, str]) -> None:
    """Refuses (PaperTooLarge) what is found to be more than `most`."""
    if found > most:
        raise PaperTooLarge(what=what, found=found, most=most)
