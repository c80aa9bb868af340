"""The archive that a .docx, .xlsx or .ods is: opened with suspicion, unpacked within limits."""

import codecs
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from adapters.documents import limits
from domain.refusals import PaperBroken, PaperDeclaresEntities, PaperEncrypted, PaperHasMacros

Parts = Mapping[str, bytes]
"""What is in an archive and is read: name → content, unpacked."""

_ODS_LIST = "META-INF/manifest.xml"
_READ = re.compile(r"\.(?:xml|rels|bin)$|^mimetype$", re.IGNORECASE)
_MACROS = re.compile(
    r"(?:vbaProject\.bin|vbaData\.xml)$|/macrosheets/|^(?:Basic|Scripts)/", re.IGNORECASE
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DECLARATION = re.compile(rb"\A\s*<\?xml\b[^>]*>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_KNOWN = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError),
)
"""What the standard library raises on broken archives."""


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts with markup and binary sheets; pictures, fonts and what is embedded stay packed.

    Refuses PaperBroken, PaperTooLarge, PaperEncrypted, PaperHasMacros, PaperDeclaresEntities.
    """
    with _taken_for_broken(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        _check(entries)
        if _ODS_LIST in archive.NameToInfo and b"encryption-data" in archive.read(_ODS_LIST):
            raise PaperEncrypted(part=_ODS_LIST)
        parts = {
            entry.filename: _in_utf_8(entry.filename, archive.read(entry))
            for entry in entries
            if _READ.search(entry.filename) and not entry.is_dir()
        }
    for name, part in parts.items():
        if _is_markup(name) and _DECLARED.search(part):
            raise PaperDeclaresEntities(part=name)
    return parts


def packed(parts: Parts) -> bytes:
    """An archive of parts, stored as they are: what a parser gets has been written by us."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return written.getvalue()


def _check(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked. `zipfile` never unpacks more than an entry declares."""
    limits.at_most(limits.ENTRIES, len(entries), limits.ENTRIES_)
    limits.at_most(limits.UNPACKED, sum(e.file_size for e in entries), limits.UNPACKED_)
    met = set[str]()
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x1:
            raise PaperEncrypted(part=name)
        if _MACROS.search(name):
            raise PaperHasMacros(part=name)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            why = (f"часть {name} сжата необычно", f"the part {name} is packed in an unusual way")
            raise PaperBroken(why=why)
        if entry.file_size > limits.SMALL:
            times = entry.file_size // max(entry.compress_size, 1)
            limits.at_most(limits.TIMES, times, limits.TIMES_)
        if name.casefold() in met:
            raise PaperBroken(why=(f"часть {name} есть дважды", f"the part {name} is there twice"))
        if _leads_astray(entry):
            raise PaperBroken(why=(f"имя части {name}", f"the name of the part {name}"))
        met.add(name.casefold())


def _leads_astray(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a link or its name means a place outside of the archive."""
    name = entry.orig_filename
    return (
        stat.S_ISLNK(entry.external_attr >> 16)
        or name.startswith("/")
        or re.search(r"[\\:\x00-\x1f]", name) is not None
        or ".." in name.split("/")
    )


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _in_utf_8(name: str, part: bytes) -> bytes:
    """Markup in the one encoding that all parsers read alike. Refuses (PaperBroken) what has another
    than UTF-8 and UTF-16, the only ones that Word and Excel may write.
    """
    if not _is_markup(name):
        return part
    if part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        part = _DECLARATION.sub(b"", part.decode("utf-16").encode(), 1)
    part = part.removeprefix(codecs.BOM_UTF8)
    declaration = _DECLARATION.match(part)
    encoding = _ENCODING.search(declaration[0]) if declaration else None
    known = encoding is None or encoding[1].lower() in _KNOWN
    if not known or b"\0" in part or part.lstrip()[:1] not in {b"<", b""}:
        raise PaperBroken(why=(f"кодировка части {name}", f"the encoding of the part {name}"))
    return part


@contextmanager
def _taken_for_broken() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        why = ("архив не распаковывается", "the archive can not be unpacked")
        raise PaperBroken(why=why) from fault
