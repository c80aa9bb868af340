"""Headings inside tables: which element of the tree the rows below are about."""

import re
from dataclasses import dataclass

from application.intake.text import folded, plain, slug, unquoted
from domain.values import ElementKind

_KINDS = (
    (r"подпрограмм[аеыу]", ElementKind.SUBPROGRAM),
    (r"цел[ьи]", ElementKind.GOAL),
    (r"задач[аеи]", ElementKind.OBJECTIVE),
    (r"основно(?:е|го|му) мероприяти[еяю]", ElementKind.MAIN_MEASURE),
    (r"мероприяти[еяю]", ElementKind.MEASURE),
    (r"(?:[а-яё]+(?:ый|ого|ому) )?проект[ау]?", ElementKind.PROJECT),
    (r"комплекс[ау]? процессных мероприятий", ElementKind.PROCESS_MEASURES),
)
_KIND = "|".join(f"(?P<k{n}>{words})" for n, (words, _) in enumerate(_KINDS))
_NUMBER = r"(?:\d+(?:\.\d+)*|[IVX]+|[A-ZА-ЯЁ]\d{1,2})(?!\w)"
_HEADING = re.compile(
    rf"(?P<of>показатели\s+)?(?:{_KIND})\b\s*(?:№\s*)?(?P<number>{_NUMBER})?\.?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed: of which kind of element, its number and name. `of_indicators`: it says
    so («Показатели задачи 1 …»).
    """

    kind: ElementKind
    number: str
    name: str
    of_indicators: bool = False

    @property
    def proposed(self) -> str:
        """The id of a new element: `goal`, `objective-1`."""
        tail = f"-{slug(self.number)}" if self.number else ""
        return f"{self.kind.replace('_', '-')}{tail}"


def heading(printed: str) -> Heading | None:
    """A heading's parts, None if the text is none or names nothing."""
    found = parts(printed)
    return found if found and found.name else None


def parts(printed: str) -> Heading | None:
    """As `heading`, but its name may be left out («Всего по подпрограмме I» is a sum's heading)."""
    found = _HEADING.fullmatch(plain(printed))
    if found is None:
        return None
    kind = next(kind for n, (_, kind) in enumerate(_KINDS) if found[f"k{n}"])
    of_indicators, rest = found["of"] is not None, found["rest"].strip(" .:-–—")
    name = unquoted(rest) if of_indicators else rest
    return Heading(kind, found["number"] or "", name, of_indicators)


def same_name(printed: str, known: str) -> bool:
    """Whether a printed name is the known one, with its kind and number before it or without."""
    found = heading(printed)
    variants = {folded(printed)} | ({folded(unquoted(found.name))} if found else set())
    return folded(known) in variants
