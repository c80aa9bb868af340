"""Results of a measure written as sentences: which indicator is to reach what, and when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from application.intake.absence import figure_value
from application.intake.persons import without
from application.intake.text import plain
from domain.event import SourceCell
from domain.refusals import NotANumber
from domain.values import CellValue

_PERIOD = r"(?P<period>20\d\d(?:-(?:H[12]|Q[1-4]|0[1-9]|1[0-2]))?)(?!\d)"
_DUE = rf"(?:(?:в|к|за) )?{_PERIOD}(?: ?(?:году?|года|г\.?)(?![а-яё]))?"
_LEVEL = r"на уровне"
_BOUND = r"(?:(?:не (?:более|менее|ниже|выше)|до) )?"
_FIGURE = r"[-−]?\d[\d ]*(?:[.,]\d+)?"
_UNIT = r"%|[а-яё][а-яё./]*(?: [а-яё./]+)?"
_TARGET = re.compile(
    rf"(?P<name>.*?)(?P<apart>[\s,;:]*)(?:(?<!\d){_DUE} ?(?:[-–—]|{_LEVEL})?|[-–—]|{_LEVEL}) ?{_BOUND}"
    rf"(?P<figure>{_FIGURE}) ?(?P<unit>{_UNIT})?[.;,]?",
    re.IGNORECASE,
)
_ABSENT = re.compile(rf"(?P<name>.*?)(?P<apart>[\s,;:]*)(?<!\d){_DUE} ?[-–—] ?(?P<figure>[^\d,]+)")
_UNREAD = re.compile(r".*\d ?%[.;,]?")
_BEGINS = re.compile(
    r".*\s(?:и|а также)\s+(?=(?:Дол[яи]|Уровень|Процент|Количество|Число|Средн|Удельный|Увеличение"
    r"|Снижение|Объ[её]м|Коэффициент|Обеспеченность)\b)"
)

Sentence = tuple[str, SourceCell | None]


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator with its unit and its targets by period (None: the paper's own year), as a line of
    results prints it.
    """

    name: str
    unit: str
    targets: tuple[tuple[str | None, CellValue], ...]


def sentences(printed: Iterable[tuple[str, SourceCell | None]]) -> list[Sentence]:
    """The lines of results. A line that ends open (a colon, a semicolon) goes on in the next one, and so
    does one that names no figure yet if the next one begins with a small letter.
    """
    lines: list[Sentence] = []
    for text, at in printed:
        for line in filter(None, map(plain, text.splitlines())):
            if lines and _goes_on(lines[-1][0], line):
                lines[-1] = (f"{lines[-1][0]} {line}", lines[-1][1])
            else:
                lines.append((line, at))
    return lines


def _goes_on(before: str, line: str) -> bool:
    return before.endswith((":", ";")) or (line[0].islower() and not _TARGET.fullmatch(before))


def result(sentence: str) -> Result | None:
    """The result that a line names, None if it names no figure to reach.

    Refuses: NotANumber (it ends like one and can not be read).
    """
    name, units, targets = sentence, set[str](), list[tuple[str | None, CellValue]]()
    while found := _target(name):
        if targets and (targets[0][0] is None or found["period"] is None):
            break
        targets.insert(0, (found["period"], figure_value(found["figure"])))
        units |= {found["unit"]} - {None} if "unit" in found.re.groupindex else set()
        name = found["name"]
        if "," not in found["apart"]:
            break
    if len(units) > 1 or (not targets and _UNREAD.fullmatch(sentence)):
        raise NotANumber(value=without(sentence)[-60:])
    name = without(_BEGINS.sub("", name)).strip(" .,;:-–—")
    return Result(name, "".join(units), tuple(targets)) if targets and name else None


def _target(text: str) -> re.Match[str] | None:
    """The last target of a line: a figure, or after a year the words that stand for one."""
    if found := _TARGET.fullmatch(text):
        return found
    found = _ABSENT.fullmatch(text)
    try:
        if found is not None:
            figure_value(found["figure"])
    except NotANumber:
        return None
    return found
