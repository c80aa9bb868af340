"""One program at a viewpoint: passport, tree, indicators, money, road map, acts."""

from collections import defaultdict
from typing import Any

from application.ports import ProgramRow
from application.reports.figure import Figure, moved, stated, total
from application.reports.procedures import Procedures, procedures
from domain import cells
from domain.refusals import UnknownProgram
from domain.state import State
from domain.values import Value


class MunicipalityView(Value):
    """Whose program it is; `invented` marks illustrations."""

    id: str
    name: str
    zone: str
    invented: bool


class ElementView(Value):
    """An element of the tree. `code` is canonical, `printed_code` as the paper spells it."""

    id: str
    kind: str
    parent: str | None
    number: str | None
    name: str | None
    code: str | None
    printed_code: str | None


class IndicatorView(Value):
    """An indicator with everything stated about it, by period."""

    id: str
    element: str | None
    number: str | None
    name: str | None
    unit: str | None
    direction: str | None
    type: str | None
    baseline: Figure
    targets: dict[str, Figure]
    facts: dict[str, Figure]
    calculations: dict[str, Figure]
    explanations: dict[str, Figure]


class LineView(Value):
    """A budget line: year × element × executor × source; `-` where a paper is silent. Rubles."""

    year: int
    element: str
    executor: str
    source: str
    appropriation: Figure
    period_plans: dict[str, Figure]
    commitments: Figure
    cash: Figure
    cash_reports: dict[str, Figure]


class MoneyTotals(Value):
    """Sums of appropriations by source and year, in rubles."""

    by_source: dict[str, dict[str, Figure]]
    by_year: dict[str, Figure]
    total: Figure


class BudgetView(Value):
    """Money by line, with totals."""

    lines: tuple[LineView, ...]
    totals: MoneyTotals


class ActView(Value):
    """A document and what is known of it."""

    act: str
    kind: str
    type: str | None
    issuer: str | None
    title: str | None
    date: str | None
    number: str | None
    in_force_on: str | None
    applies_from: str | None
    summary: str | None
    content_stated: bool
    date_stated: bool
    status: str | None


class ProgramView(Value):
    """A program at a viewpoint. `last_position` is what `If-Match` of an amendment must name."""

    program: str
    municipality: MunicipalityView
    title: str | None
    years: tuple[int, int] | None
    passport: dict[str, Figure]
    bodies: dict[str, str]
    elements: tuple[ElementView, ...]
    indicators: tuple[IndicatorView, ...]
    budget: BudgetView
    road_map: dict[str, Procedures]
    acts: tuple[ActView, ...]
    last_position: int


def program_view(row: ProgramRow, state: State, last_position: int) -> ProgramView:
    """Everything about one program. Refuses: UnknownProgram if nothing of it is stated at the
    viewpoint.
    """
    first, last = (state.text(cells.passport(f)) for f in ("first_year", "last_year"))
    if first is None or last is None:
        raise UnknownProgram(program=row.program, exists="")
    return ProgramView(
        program=row.program,
        municipality=MunicipalityView(
            id=row.municipality, name=row.municipality_name, zone=row.zone, invented=row.invented
        ),
        title=state.text(cells.passport("title")),
        years=(int(first), int(last)),
        passport=passport_view(state),
        bodies=bodies(state),
        elements=elements(state),
        indicators=indicators(state),
        budget=budget_view(state),
        road_map=road_map_view(state),
        acts=acts(state),
        last_position=last_position,
    )


def passport_view(state: State) -> dict[str, Figure]:
    """The stated fields of the passport."""
    return {
        parts[1]: stated(said)
        for cell, said in state.cells.items()
        if (parts := cells.parts(cell))[0] == "passport" and not parts[1].startswith("body.")
    }


def bodies(state: State) -> dict[str, str]:
    """The names of bodies by id."""
    prefix = cells.body("")
    return {
        cell.removeprefix(prefix): state.text(cell) or ""
        for cell in state.cells
        if cell.startswith(prefix)
    }


def _things(state: State, kind: str) -> dict[str, dict[str, str]]:
    """Fields of all things of a kind, things in the order in which they were registered."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for cell, said in sorted(state.cells.items(), key=lambda item: item[1].position):
        parts = cells.parts(cell)
        if parts[0] == kind and (text := state.text(cell)) is not None:
            found[parts[1]][parts[2]] = text
            if parts[2] == "code":
                found[parts[1]]["printed_code"] = said.value.printed
    return found


def elements(state: State) -> tuple[ElementView, ...]:
    """The tree, in the order of registration."""
    return tuple(
        ElementView(
            id=name,
            kind=fields["kind"],
            parent=fields.get("parent"),
            number=fields.get("number"),
            name=fields.get("name"),
            code=fields.get("code"),
            printed_code=fields.get("printed_code"),
        )
        for name, fields in _things(state, "element").items()
    )


def indicators(state: State) -> tuple[IndicatorView, ...]:
    """All indicators, in the order of registration."""
    series: dict[str, dict[str, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for cell in sorted(state.cells):
        match cells.parts(cell):
            case ["target" | "fact" | "calculation" | "explanation" as kind, name, period]:
                unit = state.text(cells.indicator(name, "unit"))
                numeric = kind in {"target", "fact"}
                series[name][kind][period] = stated(state.said(cell), unit if numeric else None)
    return tuple(
        IndicatorView(
            id=name,
            element=fields.get("element"),
            number=fields.get("number"),
            name=fields.get("name"),
            unit=fields.get("unit"),
            direction=fields.get("direction"),
            type=fields.get("type"),
            baseline=stated(state.said(cells.baseline(name)), fields.get("unit")),
            targets=series[name]["target"],
            facts=series[name]["fact"],
            calculations=series[name]["calculation"],
            explanations=series[name]["explanation"],
        )
        for name, fields in _things(state, "indicator").items()
    )


def budget_view(state: State) -> BudgetView:
    """All lines that anything is stated about, and the sums of appropriations."""
    keys: set[cells.Line] = set()
    plans: dict[cells.Line, dict[str, Figure]] = defaultdict(dict)
    reports: dict[cells.Line, dict[str, Figure]] = defaultdict(dict)
    for cell in (*state.cells, *state.moved):
        match cells.parts(cell):
            case [
                "appropriation" | "period-plan" | "cash" | "cash-report" | "commitment" as kind,
                year,
                element,
                executor,
                source,
                *period,
            ]:
                line = cells.Line(int(year), element, executor, source)
                keys.add(line)
                if kind == "period-plan":
                    plans[line][period[0]] = stated(state.said(cell), "rub")
                elif kind == "cash-report":
                    reports[line][period[0]] = stated(state.said(cell), "rub")
    lines = tuple(
        LineView(
            **line._asdict(),
            appropriation=stated(state.said(cells.appropriation(line)), "rub"),
            period_plans=plans[line],
            commitments=moved(state.moved.get(cells.commitment(line))),
            cash=moved(state.moved.get(cells.cash(line))),
            cash_reports=reports[line],
        )
        for line in sorted(keys)
    )
    return BudgetView(lines=lines, totals=_totals(lines))


def _totals(lines: tuple[LineView, ...]) -> MoneyTotals:
    def sum_of(**wanted: Any) -> Figure:
        return total(
            [
                line.appropriation
                for line in lines
                if all(getattr(line, field) == value for field, value in wanted.items())
            ],
            "sum of appropriations",
        )

    years = sorted({line.year for line in lines})
    sources = sorted({line.source for line in lines})
    return MoneyTotals(
        by_source={s: {str(y): sum_of(source=s, year=y) for y in years} for s in sources},
        by_year={str(y): sum_of(year=y) for y in years},
        total=sum_of(),
    )


def road_map_view(state: State) -> dict[str, Procedures]:
    """The road maps by year."""
    years = {
        year
        for cell in state.cells
        if cell.startswith("procedure:")
        and cell.endswith(":year")
        and (year := state.text(cell)) is not None
    }
    return {year: procedures(state, int(year)) for year in sorted(years)}


def acts(state: State) -> tuple[ActView, ...]:
    """All documents known at the viewpoint, by date and number."""
    found = _things(state, "document")
    views = [
        ActView(
            act=name,
            kind=fields.get("kind", ""),
            type=fields.get("type"),
            issuer=fields.get("issuer"),
            title=fields.get("title"),
            date=fields.get("date"),
            number=fields.get("number"),
            in_force_on=fields.get("in_force_on"),
            applies_from=fields.get("applies_from"),
            summary=fields.get("summary"),
            content_stated=fields.get("content_stated") == "true",
            date_stated=fields.get("date_stated") == "true",
            status=fields.get("status"),
        )
        for name, fields in found.items()
    ]
    return tuple(sorted(views, key=lambda view: (view.date or "", view.number or "", view.act)))
