"""What a file's bytes say, whatever it is called: run by `reader_process`, within its limits."""

import re

from adapters.documents import archive, compound, limits
from adapters.documents.archive import Parts
from adapters.documents.docx_reader import read_docx
from adapters.documents.markup import check_relationships, main_part, mark_of
from adapters.documents.number_formats import with_shown_scales
from adapters.documents.ods_reader import read_ods
from adapters.documents.old_workbook import errors_of_old_workbook
from adapters.documents.rich_texts import with_looks_told
from adapters.documents.workbook_reader import read_workbook, with_errors_told
from application.intake.paper import Block, Mark
from domain.refusals import PaperEmpty, PaperUnknownFormat

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = (
    (rb"%PDF", ("PDF", "a PDF")),
    (rb"\{\\rtf", ("RTF", "RTF")),
    (rb"(?i)(?:<!doctype html|<html|MIME-Version:)", ("страница HTML", "a page in HTML")),
    (rb"<\?xml|<", ("файл XML", "an XML file")),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM", ("рисунок", "a picture")),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", ("архив", "an archive")),
    (rb"MZ|\x7fELF|#!", ("программа", "a program")),
)
_SOMETHING = ("файл неизвестного вида", "a file of an unknown kind")


def read(content: bytes) -> tuple[list[Block], Mark | None]:
    """The blocks of a paper in their order, and Letopis' mark if it has left one.

    Refuses: every `Paper…` refusal but PaperTooSlow.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise PaperEmpty
    limits.at_most(limits.BYTES, len(content), limits.BYTES_)
    if content.startswith(b"PK"):
        return _read_archive(content)
    if content.startswith(compound.SIGNATURE):
        return [*read_workbook(content, errors_of_old_workbook(content))], None
    raise PaperUnknownFormat(what=_kind_of(content))


def _read_archive(content: bytes) -> tuple[list[Block], Mark | None]:
    parts = archive.unpacked(content)
    if parts.get("mimetype", b"").startswith(_ODS):
        return [*read_ods(parts)], None
    if "_rels/.rels" not in parts:
        raise PaperUnknownFormat(what=_archive_of(parts))
    check_relationships(parts)
    main, mark = main_part(parts), mark_of(parts)
    if main.startswith("word/"):
        return read_docx(parts, main), mark
    if main.startswith("xl/"):
        if not main.endswith(".xml"):
            raise PaperUnknownFormat(what=("двоичная книга Excel (.xlsb)", "an .xlsb workbook"))
        return [*read_workbook(_written_anew(parts))], mark
    raise PaperUnknownFormat(what=_archive_of(parts))


def _written_anew(parts: dict[str, bytes]) -> bytes:
    """The archive for the parser, which needs the memory that the parts take."""
    book = archive.packed(with_looks_told(with_shown_scales(with_errors_told(parts))))
    parts.clear()
    return book


def _archive_of(parts: Parts) -> tuple[str, str]:
    if (kind := parts.get("mimetype", b"")[:80].decode("ascii", "replace")).isprintable() and kind:
        return f"документ {kind}", f"a document of the kind {kind}"
    if any(name.startswith("ppt/") for name in parts):
        return "презентация", "a presentation"
    return "архив", "an archive"


def _kind_of(content: bytes) -> tuple[str, str]:
    head = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _OTHERS:
        if re.match(signature, head):
            return kind
    return _SOMETHING
