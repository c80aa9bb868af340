"""Markup of an archive's parts: parsed without entities, network or patience for depth."""

import re
from collections.abc import Iterator

from lxml import etree

from adapters.documents.archive import Parts
from application.intake.paper import Mark
from domain.refusals import PaperBroken, PaperDeclaresEntities, PaperReachesOutside

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_AWAY = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
_INCLUDED = ("/aFChunk", "/subDocument")
"""Relationships to whole documents within or beside this one, whose text would not be read."""


def tree_of(parts: Parts, name: str) -> etree._Element:
    """The root of a part. Refuses: PaperBroken, PaperDeclaresEntities. Raises MemoryError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    why = (f"часть {name} не читается", f"the part {name} can not be read")
    if name not in parts:
        raise PaperBroken(why=(f"нет части {name}", f"there is no part {name}"))
    try:
        root = etree.fromstring(parts[name].replace(_STRICT, WORD[1:-1].encode()), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        if getattr(fault, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from fault
        raise PaperBroken(why=why) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise PaperDeclaresEntities(part=name)
    return root


def local_name(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def main_part(parts: Parts) -> str:
    """The name of the part that the archive is about: the document or the workbook."""
    for one in tree_of(parts, "_rels/.rels").iter(_RELATIONSHIP):
        if one.get("Type", "").endswith("/officeDocument"):
            return one.get("Target", "").lstrip("/")
    raise PaperBroken(why=("нет основной части", "there is no main part"))


def check_relationships(parts: Parts) -> None:
    """Refuses (PaperReachesOutside) whatever leads out of the file, but links to be clicked."""
    for name in parts:
        if not name.endswith(".rels"):
            continue
        for one in tree_of(parts, name).iter(_RELATIONSHIP):
            kind, target = one.get("Type", ""), one.get("Target", "")
            leaves = one.get("TargetMode") == "External" or _AWAY.match(target)
            if (leaves and not kind.endswith("/hyperlink")) or kind.endswith(_INCLUDED):
                raise PaperReachesOutside(part=name, target=target[:200])


def mark_of(parts: Parts) -> Mark | None:
    """What Letopis left in its own form; a malformed mark is no mark."""
    if "docProps/custom.xml" not in parts:
        return None
    said = dict(_properties(tree_of(parts, "docProps/custom.xml")))
    try:
        return Mark(
            program=said["letopis.program"],
            form=said["letopis.form"],
            year=int(said["letopis.year"]),
            position=int(said["letopis.position"]),
        )
    except (KeyError, ValueError):
        return None


def _properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root:
        value = next(iter(one), None)
        if value is not None and str(value.tag).startswith(_VALUE):
            yield one.get("name", ""), value.text or ""
