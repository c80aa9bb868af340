"""A paper about a program that is not known yet: everything it plans, as one registration."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from application.commands.register_program import (
    Body,
    Element,
    NewIndicator,
    PlannedMoney,
    RegisterProgram,
    Years,
    YearsRoadMap,
)
from application.intake.answers import Answers
from application.intake.refused import AnswersNeeded
from application.intake.said import Said
from application.reports.tree import parents_first
from domain import cells
from domain.road_map import Procedure, Window
from domain.values import CellValue, FundingSource, Stated

Fields = dict[str, Said]
_PLACED = {"passport", "element", "baseline", "target"}
_OWN_FIELDS = {"first_year", "last_year"}
_OF_PROCEDURE = (
    *("indicator", "element", "number", "parent", "title", "result"),
    *("position", "person"),
)


def registration(said: Sequence[Said], answers: Answers) -> RegisterProgram:
    """The program with its passport, tree, indicators, plans and road maps as a paper states them.

    Refuses: AnswersNeeded (whose it is, its years, its basis, from when it holds).
    """
    passport = _things(said, "passport", 1)
    years = answers.years or _years(passport.get("", {}))
    lacking = [
        field
        for field in ("program", "municipality", "basis", "effective_on")
        if getattr(answers, field) is None
    ]
    if lacking or years is None:
        raise AnswersNeeded.of(*lacking, *([] if years else ["years"]))
    return RegisterProgram.model_validate(
        {
            "program": answers.program,
            "municipality": answers.municipality,
            "years": years,
            "basis": answers.basis,
            "effective_on": answers.effective_on,
            "passport": {
                field: one.value
                for field, one in passport.get("", {}).items()
                if not field.startswith("body.") and field not in _OWN_FIELDS
            },
            "bodies": tuple(
                Body(id=field.removeprefix("body."), name=_text(one))
                for field, one in passport.get("", {}).items()
                if field.startswith("body.")
            ),
            "elements": _elements(_things(said, "element")),
            "indicators": _indicators(said),
            "appropriations": tuple(_planned(said, "appropriation")),
            "period_plans": tuple(_planned(said, "period-plan")),
            "road_maps": _road_maps(said),
            "places": {
                one.cell: one.at
                for one in said
                if one.at is not None and cells.parts(one.cell)[0] in _PLACED
            },
        }
    )


def _things(said: Iterable[Said], kind: str, name: int = 2) -> dict[str, Fields]:
    """What is said of all things of a kind, by field; the passport is one thing without an id."""
    found: dict[str, Fields] = {}
    for one in said:
        parts = cells.parts(one.cell)
        if parts[0] == kind:
            found.setdefault(":".join(parts[1:name]), {})[":".join(parts[name:])] = one
    return found


def _years(passport: Fields) -> Years | None:
    first, last = passport.get("first_year"), passport.get("last_year")
    if first is None or last is None:
        return None
    return Years(first=int(_text(first)), last=int(_text(last)))


def _elements(found: Mapping[str, Fields]) -> tuple[Element, ...]:
    """The elements, parents before children."""
    parents = {id_: _text(of.get("parent")) or None for id_, of in found.items()}
    return tuple(
        Element.model_validate(
            {
                "id": id_,
                "name": "",
                **_texts(found[id_], ("kind", "parent", "number", "name", "code")),
                "printed_code": _printed(found[id_].get("code")),
            }
        )
        for id_ in parents_first(parents)
        if "kind" in found[id_]
    )


def _indicators(said: Sequence[Said]) -> tuple[NewIndicator, ...]:
    targets, baselines = _things(said, "target"), _things(said, "baseline")
    return tuple(
        NewIndicator.model_validate(
            {
                "id": id_,
                "name": "",
                **_texts(of, ("element", "name", "unit", "direction", "type", "number")),
                "baseline": _value(baselines.get(id_, {}).get("")),
                "targets": {period: one.value for period, one in targets.get(id_, {}).items()},
                "source": of["element"].at,
            }
        )
        for id_, of in _things(said, "indicator").items()
        if "element" in of
    )


def _planned(said: Iterable[Said], kind: str) -> Iterable[PlannedMoney]:
    for one in said:
        parts = cells.parts(one.cell)
        if parts[0] == kind:
            _, year, element, executor, source, *period = parts
            yield PlannedMoney(
                year=int(year),
                period=period[0] if period else None,
                element=element,
                executor=executor,
                source=FundingSource(source),
                value=one.value,
                at=one.at,
            )


def _road_maps(said: Sequence[Said]) -> tuple[YearsRoadMap, ...]:
    """The procedures by year, in the order of the paper, parts after what they are parts of."""
    found, windows = _things(said, "procedure"), _things(said, "window")
    parents = {id_: _text(of.get("parent")) or None for id_, of in found.items()}
    by_year: dict[str, list[Procedure]] = {}
    for id_ in _whole_first(parents):
        of = found[id_]
        procedure = {
            "id": id_,
            **_texts(of, _OF_PROCEDURE),
            "windows": _windows(windows.get(id_, {})),
            "torn": _text(of.get("torn")) == "true",
            "at": of["title"].at if "title" in of else None,
        }
        by_year.setdefault(_text(of.get("year")), []).append(Procedure.model_validate(procedure))
    return tuple(YearsRoadMap(year=int(year), procedures=tuple(of)) for year, of in by_year.items())


def _whole_first(parents: Mapping[str, str | None]) -> list[str]:
    """The names as they come, but none before its parent."""
    order = dict[str, None]()
    for name in parents:
        way = [name]
        while (above := parents.get(way[-1])) in parents and above not in way:
            way.append(above or "")
        order |= dict.fromkeys(reversed(way))
    return list(order)


def _windows(edges: Fields) -> tuple[Window, ...]:
    numbers = sorted({int(name.partition(":")[0]) for name in edges})
    return tuple(
        Window.model_validate(
            {edge: _text(edges.get(f"{n}:{edge}")) for edge in ("starts_on", "ends_on")}
        )
        for n in numbers
    )


def _texts(of: Fields, names: Iterable[str]) -> dict[str, Any]:
    return {name: _text(of[name]) for name in names if name in of and _text(of[name])}


def _text(one: Said | None) -> str:
    return one.value.value if one is not None and isinstance(one.value, Stated) else ""


def _printed(one: Said | None) -> str | None:
    return one.value.printed if one is not None else None


def _value(one: Said | None) -> CellValue | None:
    return one.value if one is not None else None
