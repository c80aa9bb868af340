"""Rules between programs: one thing that two municipalities define, name or spell differently.

The same indicator in several municipalities is the normal case, and its targets are each one's own: only
what makes it the same indicator is compared. Names are compared by their words.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from application.intake.text import folded, plain
from application.reports.tree import stated_fields
from application.rules.federal_projects import printed_codes
from application.rules.rule import Subject
from domain import cells
from domain.dates import Assertion
from domain.values import ElementKind, Stated, Value

_TITLE = re.compile(r"(.{3,60}?)\s+[-–—]\s*(?=[А-ЯЁ])(.+)", re.DOTALL)
_LEAD = re.compile(r"подпрограмма\s+[ivx0-9]+\.?\s+", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_CLOSE = 0.6


class Place(Value):
    """Where a program says it: the cell, its text, the event."""

    program: str
    cell: str
    text: str
    position: int


class Version(Value):
    """One way to say it, and everywhere it is said so."""

    said: str
    places: tuple[Place, ...]


class FindingBetween(Value):
    """One thing in two or more versions. Warnings only: no paper is wrong by another one."""

    rule: str
    severity: Literal["warning"] = "warning"
    message: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class RuleBetween:
    """A published rule between programs; texts are Russian. `check` looks at all programs at once, each
    at the same viewpoint.
    """

    id: str
    title: str
    compares: str
    source: str
    example: str
    check: Callable[["RuleBetween", Sequence[Subject]], Iterator[FindingBetween]]

    def found(self, message: str, versions: Sequence[Version]) -> FindingBetween:
        """A finding of this rule; its message goes on with who says what."""
        told = "; ".join(f"{v.said} ({', '.join(_programs(v))})" for v in versions)
        return FindingBetween(rule=self.id, message=f"{message}: {told}", versions=tuple(versions))


class _Same(NamedTuple):
    """What makes two places the same thing, what tells its versions apart, and how to show one."""

    thing: str
    version: str
    shown: str


def between(subjects: Sequence[Subject]) -> list[FindingBetween]:
    """What several programs say differently of one thing, rule by rule."""
    return [finding for rule in RULES for finding in rule.check(rule, subjects)]


def _in_versions(
    places: Sequence[Place], same: Callable[[Place], _Same | None]
) -> Iterator[tuple[Version, ...]]:
    """Things of several programs that are said in more than one version."""
    things: dict[str, dict[str, list[tuple[str, Place]]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        if (told := same(place)) is not None:
            things[told.thing][told.version].append((told.shown, place))
    for versions in things.values():
        found = tuple(
            Version(said=of[0][0], places=tuple(place for _, place in of))
            for of in versions.values()
        )
        if len(found) > 1 and len({p.program for v in found for p in v.places}) > 1:
            yield found


def _programs(version: Version) -> list[str]:
    return list(dict.fromkeys(place.program for place in version.places))


def _place(subject: Subject, said: Assertion, text: str = "") -> Place:
    stated = said.value.value if isinstance(said.value, Stated) else ""
    return Place(
        program=subject.program, cell=said.cell, text=text or stated, position=said.position
    )


def _indicators(subjects: Sequence[Subject], field: str = "name") -> list[Place]:
    return [
        _place(subject, said)
        for subject in subjects
        for said in stated_fields(subject.state, "indicator", field).values()
    ]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def _figures_differ(rule: RuleBetween, subjects: Sequence[Subject]) -> Iterator[FindingBetween]:
    def same(place: Place) -> _Same:
        figures = ", ".join(_FIGURE.findall(place.text))
        return _Same(_words(_FIGURE.sub(" N ", place.text)), figures, figures)

    for versions in _in_versions(_indicators(subjects), same):
        columns = zip(*(version.said.split(", ") for version in versions), strict=True)
        told = zip(*(column for column in columns if len(set(column)) > 1), strict=True)
        yield rule.found(
            "Один показатель определён с разными числами",
            [
                Version(said=", ".join(figures), places=version.places)
                for figures, version in zip(told, versions, strict=True)
            ],
        )


def _definitions_differ(rule: RuleBetween, subjects: Sequence[Subject]) -> Iterator[FindingBetween]:
    def same(place: Place) -> _Same | None:
        parts = _TITLE.fullmatch(plain(place.text))
        # Figures alone are another rule's.
        return parts and _Same(_words(parts[1]), _words(_FIGURE.sub(" N ", parts[2])), parts[2])

    for versions in _in_versions(_indicators(subjects), same):
        title = _TITLE.fullmatch(plain(versions[0].places[0].text))
        named = title[1] if title else ""
        yield rule.found(f"Показатель «{named}» определён по-разному", versions)


def _titles_differ(rule: RuleBetween, subjects: Sequence[Subject]) -> Iterator[FindingBetween]:
    def same(place: Place) -> _Same | None:
        parts = _TITLE.fullmatch(plain(place.text))
        return parts and _Same(_words(parts[2]), _words(parts[1]), f"«{parts[1]}»")

    for versions in _in_versions(_indicators(subjects), same):
        yield rule.found("Один показатель назван по-разному", versions)


def _directions_differ(rule: RuleBetween, subjects: Sequence[Subject]) -> Iterator[FindingBetween]:
    names = {(place.program, place.cell): place.text for place in _indicators(subjects)}

    def same(place: Place) -> _Same:
        indicator = cells.parts(place.cell)[1]
        name = names.get((place.program, cells.indicator(indicator, "name")), place.cell)
        return _Same(_words(name), place.text, place.text)

    for versions in _in_versions(_indicators(subjects, "direction"), same):
        yield rule.found("Один показатель направлен по-разному", versions)


def _subprograms(rule: RuleBetween, subjects: Sequence[Subject]) -> Iterator[FindingBetween]:
    places = [
        _place(subject, name)
        for subject in subjects
        for element, kind in stated_fields(subject.state, "element", "kind").items()
        if subject.state.text(kind.cell) == ElementKind.SUBPROGRAM
        and (name := subject.state.said(cells.element(element, "name"))) is not None
    ]
    firsts: list[set[str]] = []

    def same(place: Place) -> _Same:
        name = _words(_LEAD.sub("", plain(place.text)))
        words = set(name.split())
        close = (n for n, known in enumerate(firsts) if _closeness(words, known) >= _CLOSE)
        thing = next(close, len(firsts))
        if thing == len(firsts):
            firsts.append(words)
        return _Same(str(thing), name, _LEAD.sub("", plain(place.text)).strip("«»"))

    for versions in _in_versions(places, same):
        yield rule.found("Одна подпрограмма названа по-разному", versions)


def _closeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _alphabets(rule: RuleBetween, subjects: Sequence[Subject]) -> Iterator[FindingBetween]:
    codes = [
        (code.is_latin, _place(subject, code.said, code.printed))
        for subject in subjects
        for code in printed_codes(subject)
    ]
    by_alphabet = [
        tuple(place for is_latin, place in codes if is_latin == wanted) for wanted in (True, False)
    ]
    if all(by_alphabet):
        told = [
            Version(said=f"{alphabet} {', '.join(p.text for p in places)}", places=places)
            for alphabet, places in zip(("латиницей", "кириллицей"), by_alphabet, strict=True)
        ]
        yield rule.found("Коды федеральных проектов набраны двумя алфавитами", told)


RULES: tuple[RuleBetween, ...] = (
    RuleBetween(
        id="figures_of_indicator_differ",
        title="Показатель определён с разными числами",
        compares="названия показателей, равные во всём, кроме чисел",
        source="единый показатель региона: одно определение в одной версии",
        example="Школы в городах: 10 Мбит/с (Шатура) и 100 Мбит/с (Ступино)",
        check=_figures_differ,
    ),
    RuleBetween(
        id="definition_of_indicator_differs",
        title="Показатель определён по-разному",
        compares="определения после тире у показателей с одним кратким названием",
        source="единый показатель региона: одно определение в одной версии",
        example="«Отложенные решения»: «два и более раз» и «со сроком решения 8 р.д.»",
        check=_definitions_differ,
    ),
    RuleBetween(
        id="title_of_indicator_differs",
        title="Показатель назван по-разному",
        compares="краткие названия перед тире у показателей с одним определением",
        source="единый показатель региона: одно название",
        example="«Ответ вовремя» и «Ответь вовремя»",
        check=_titles_differ,
    ),
    RuleBetween(
        id="direction_of_indicator_differs",
        title="Показатель направлен по-разному",
        compares="направления показателей с одним названием",
        source="единый показатель региона: одна цель",
        example="Доля отказов: в одной программе должна расти, в другой — падать",
        check=_directions_differ,
    ),
    RuleBetween(
        id="subprogram_names_differ",
        title="Подпрограмма названа по-разному",
        compares="названия подпрограмм, у которых общих слов не меньше 60 %",
        source="типовая программа региона: одно название",
        example="Подпрограмма I: с услугами почтовой связи (Красногорск) и без них (Ступино)",
        check=_subprograms,
    ),
    RuleBetween(
        id="codes_in_two_alphabets",
        title="Коды федеральных проектов набраны двумя алфавитами",
        compares="буквы печатных кодов основных мероприятий",
        source="приказ Минфина России от 06.06.2019 № 85н: коды набираются латиницей",
        example="«E4» латиницей (Красногорск), «Е4» кириллицей (Ступино)",
        check=_alphabets,
    ),
)
