"""The compound file that an old .xls is (and .doc, and whatever Office encrypts): its streams by name."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.refusals import PaperBroken

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFA
"""Numbers of sectors end below it."""
_ENTRY, _SMALL, _LARGE_FROM = 128, 64, 4096
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Sectors:
    """Pieces of equal size, each of which says which one follows it."""

    pieces: bytes
    size: int
    following: Sequence[int] = ()

    def at(self, number: int) -> bytes:
        return self.pieces[number * self.size : (number + 1) * self.size]

    def chain(self, first: int) -> bytes:
        """The pieces from one on. Raises ValueError where they go in a circle."""
        found: list[bytes] = []
        while first < min(_NONE, len(self.following)):
            found.append(self.at(first))
            if len(found) > len(self.following):
                raise ValueError("a circle")
            first = self.following[first]
        return b"".join(found)


class Compound:
    """A compound file: `entries` are its streams and storages, name → first sector and size."""

    def __init__(self, content: bytes) -> None:
        """Refuses (PaperBroken) what is none."""
        try:
            self._open(content)
        except (struct.error, KeyError, ValueError) as fault:
            why = ("оглавление файла не читается", "its table of contents can not be read")
            raise PaperBroken(why=why) from fault

    def _open(self, content: bytes) -> None:
        (shift,) = struct.unpack_from("<H", content, 30)
        size = {9: 512, 12: 4096}[shift]
        directory, small, further = (
            struct.unpack_from("<I", content, at)[0] for at in (48, 60, 68)
        )
        bare = Sectors(content[size:], size)
        heads = [*struct.unpack_from("<109I", content, 76), *_further_heads(bare, further)]
        links = b"".join(bare.at(head) for head in heads if head < _NONE)
        self._large = Sectors(bare.pieces, size, _numbers(links))
        self.entries = dict(_entries(self._large.chain(directory)))
        store = self._large.chain(self.entries.get("", (_NONE, 0))[0])
        self._small = Sectors(store, _SMALL, _numbers(self._large.chain(small)))

    def stream(self, name: str) -> bytes:
        """What a stream holds, nothing if it is not there. Refuses: PaperBroken."""
        first, size = self.entries.get(name, (_NONE, 0))
        sectors = self._large if size >= _LARGE_FROM else self._small
        try:
            return sectors.chain(first)[:size]
        except ValueError as fault:
            why = (f"поток {name} не читается", f"the stream {name} can not be read")
            raise PaperBroken(why=why) from fault


def _further_heads(sectors: Sectors, first: int) -> Iterator[int]:
    """The numbers of the sectors with links that did not fit into the header."""
    met = set[int]()
    while first < _NONE and first not in met:
        met.add(first)
        *heads, first = _numbers(sectors.at(first)) or (_NONE,)
        yield from heads


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        if kind:
            yield "" if kind == _ROOT else name, struct.unpack_from("<II", directory, at + 116)


def _numbers(piece: bytes) -> Sequence[int]:
    return memoryview(piece[: len(piece) // 4 * 4]).cast("I")
