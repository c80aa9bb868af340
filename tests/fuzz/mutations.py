"""Ways to break a file: its bytes, its archive, its markup."""

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_TEXTS = (
    *("", "0", "-1", "1", "999", "100000", "2147483648", "18446744073709551616", "1e400", "NaN"),
    *("A1:XFD1048576", "XFD1048576", "A0", "ZZZZZZZ1", "\ud7ff", "x" * 5000, "http://invented/"),
)
_SIGNATURES = re.compile(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06|PK\x07\x08")

Bytes = Callable[[Random, bytes], bytes]


def mutated(chance: Random, content: bytes, other: bytes) -> bytes:
    """A file broken in one to four ways; `other` is one to take pieces from."""
    ways: list[Bytes] = [_flip, _cut, _repeat, _overwrite, _size]
    if content.startswith(b"PK"):
        ways = [*ways[: chance.randint(0, 5)], _archive, _markup, _markup, _numbers, _part, _nest]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        if not content:
            break
        content = chance.choice(ways)(chance, content)
    if chance.random() < 0.02:
        at = chance.randrange(len(other))
        content = content[: chance.randint(0, len(content))] + other[at:]
    return content


def _flip(chance: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: Random, content: bytes) -> bytes:
    first, last = sorted(chance.randint(0, len(content)) for _ in range(2))
    return content[:first] if chance.random() < 0.5 else content[:first] + content[last:]


def _repeat(chance: Random, content: bytes) -> bytes:
    first, last = sorted(chance.randint(0, len(content)) for _ in range(2))
    return content[:last] + content[first:last] * chance.choice((1, 1, 2, 30)) + content[last:]


def _overwrite(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.choice((1, 4, 16, 512))) + content[at + 4 :]


def _size(chance: Random, content: bytes) -> bytes:
    """An extreme number, near a header of an archive or anywhere else."""
    heads = [found.start() for found in _SIGNATURES.finditer(content)] or [0]
    near = chance.choice(heads) + chance.randrange(46)
    at = near if chance.random() < 0.7 else 2 * chance.randrange(len(content) // 2 + 1)
    number, wide = chance.choice(_EXTREMES), chance.random() < 0.5
    piece = struct.pack("<I", number) if wide else struct.pack("<H", number & 0xFFFF)
    return content[:at] + piece + content[at + len(piece) :]


def _opened(content: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(e.filename, archive.read(e)) for e in archive.infolist()]
    except Exception:  # noqa: BLE001 (it was broken before)
        return []


def _closed(entries: list[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as archive:
        warnings.simplefilter("ignore")  # names that are there twice are meant
        for name, part in entries:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, 1)
    return written.getvalue()


def _archive(chance: Random, content: bytes) -> bytes:
    """Entries swapped, lost, doubled, renamed, blown up."""
    entries = _opened(content)
    if not entries:
        return content
    at, with_ = chance.randrange(len(entries)), chance.randrange(len(entries))
    (name, part), (other_name, other) = entries[at], entries[with_]
    match chance.randrange(6):
        case 0:
            entries[at], entries[with_] = (name, other), (other_name, part)
        case 1:
            del entries[at]
        case 2:
            entries.append((name, other))
        case 3:
            entries[at] = (chance.choice(("../x", "/x", "a\\b", "xl/vbaProject.bin", "é")), part)
        case 4:
            entries[at] = (name, part + b" " * chance.choice((10**4, 10**6, 5 * 10**7)))
        case 5:
            entries.insert(with_, (name.upper(), part))
    return _closed(entries)


def _part(chance: Random, content: bytes) -> bytes:
    """The bytes of one part broken, the archive around it sound."""
    return _changed(chance, content, chance.choice((_flip, _cut, _repeat, _overwrite, _size)))


def _numbers(chance: Random, content: bytes) -> bytes:
    """Some values in quotes, or texts, become extreme ones."""

    def change(chance: Random, part: bytes) -> bytes:
        share = chance.choice((0.001, 0.02, 0.2))
        text = chance.choice(_TEXTS).encode()
        return re.sub(
            rb'(?<=[">])[0-9A-Z:]+(?=["<])',
            lambda found: text if chance.random() < share else found[0],
            part,
        )

    return _changed(chance, content, change)


def _nest(chance: Random, content: bytes) -> bytes:
    """Something stands within itself, over and over."""

    def change(chance: Random, part: bytes) -> bytes:
        found = re.findall(rb"<([A-Za-z:]+)[ >]", part)
        if not found:
            return part
        name, times = chance.choice(found), chance.choice((3, 60, 300, 20_000))
        return part.replace(
            b"</%s>" % name, b"<%s>" % name * times + b"</%s>" % name * (times + 1), 1
        )

    return _changed(chance, content, change)


def _markup(chance: Random, content: bytes) -> bytes:
    """Elements lost, doubled, moved, renamed, their attributes and texts extreme."""

    def change(chance: Random, part: bytes) -> bytes:
        try:
            root = etree.fromstring(part, etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError:
            return part
        for _ in range(chance.choice((1, 3, 20))):
            _change_element(chance, chance.choice([*root.iter("*")]), root)
        encoding = chance.choice(("UTF-8", "UTF-8", "UTF-16", "cp1251"))
        written = etree.tostring(root, encoding=encoding)
        return written if isinstance(written, bytes) else written.encode()

    return _changed(chance, content, change)


def _change_element(chance: Random, one: etree._Element, root: etree._Element) -> None:
    parent = one.getparent()
    if parent is None:
        return
    match chance.randrange(6):
        case 0:
            parent.remove(one)
        case 1:
            for _ in range(chance.choice((1, 10, 300))):
                parent.append(deepcopy(one))
        case 2:
            places = [place for place in root.iter("*") if one not in place.iterancestors()]
            place = chance.choice(places)
            if place is not one:
                place.append(one)
        case 3:
            one.tag = chance.choice([*root.iter("*")]).tag
        case 4 if one.attrib:
            one.set(chance.choice([*one.attrib]), chance.choice(_TEXTS))
        case _:
            one.text = chance.choice(_TEXTS)


def _changed(chance: Random, content: bytes, change: Bytes) -> bytes:
    entries = _opened(content)
    if not entries:
        return content
    at = chance.randrange(len(entries))
    if chance.random() < 0.6:  # most parts are never read: those that are come first
        read = [n for n, (name, _) in enumerate(entries) if re.search(_READ_PARTS, name)]
        at = chance.choice(read or [at])
    name, part = entries[at]
    entries[at] = (name, change(chance, part) if part else part)
    return _closed(entries)


_READ_PARTS = r"document\.xml$|sheet\d+\.(xml|bin)|workbook\.|sharedStrings|content\.xml|styles"
