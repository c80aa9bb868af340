"""One program at a viewpoint: passport, tree, indicators, money, road map, acts."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any

from application.ports import ProgramRow, ReadModel
from application.reports.figure import Figure, moved, printed, stated, total
from application.reports.lines import bodies
from application.reports.passport import passport
from application.reports.procedures import Procedures, procedures
from application.reports.tree import Tree, indicators as indicators_of, stated_fields, tree
from domain import cells
from domain.dates import Viewpoint
from domain.refusals import UnknownProgram
from domain.state import State
from domain.values import Value

_REQUISITES = (
    "type",
    "issuer",
    "title",
    "date",
    "number",
    "in_force_on",
    "applies_from",
    "summary",
    "status",
)


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
    years: tuple[int, int]
    passport: dict[str, Figure]
    bodies: dict[str, str]
    elements: tuple[ElementView, ...]
    indicators: tuple[IndicatorView, ...]
    budget: BudgetView
    road_map: dict[str, Procedures]
    acts: tuple[ActView, ...]
    last_position: int


def program_at(model: ReadModel, program: str, view: Viewpoint) -> ProgramView:
    """The program at a viewpoint. Refuses: UnknownProgram, telling from when it exists."""
    row = model.program(program)
    if row is None:
        raise UnknownProgram(program=program, exists="")
    last_position = model.last_position(program, view.at_position)
    try:
        return program_view(row, model.state(program, view), last_position)
    except UnknownProgram:
        since = model.known_since(cells.passport("first_year"), program)
        raise UnknownProgram(program=program, exists=holds_from("Она", since)) from None


def holds_from(subject: str, since: date | None) -> tuple[str, str] | str:
    """From when something is there, for a refusal in two languages; empty if it never was."""
    return (f"{subject} действует с {since}.", f"It holds from {since}.") if since else ""


def program_view(row: ProgramRow, state: State, last_position: int) -> ProgramView:
    """Everything about one program. Refuses: UnknownProgram if nothing of it is stated at the
    viewpoint.
    """
    first, last = (state.text(cells.passport(f)) for f in ("first_year", "last_year"))
    if first is None or last is None:
        raise UnknownProgram(program=row.program, exists="")
    found = tree(state)
    return ProgramView(
        program=row.program,
        municipality=MunicipalityView(
            id=row.municipality, name=row.municipality_name, zone=row.zone, invented=row.invented
        ),
        title=state.text(cells.passport("title")),
        years=(int(first), int(last)),
        passport=passport(state).fields,
        bodies=bodies(state),
        elements=elements(state, found),
        indicators=indicators(state, found),
        budget=budget_view(state),
        road_map=road_map_view(state),
        acts=acts(state),
        last_position=last_position,
    )


def elements(state: State, found: Tree) -> tuple[ElementView, ...]:
    """The tree, parents before children."""
    return tuple(
        ElementView(
            id=one.id,
            kind=one.kind,
            parent=one.parent,
            number=one.number,
            name=one.name,
            code=state.text(cells.element(one.id, "code")),
            printed_code=printed(state.said(cells.element(one.id, "code"))),
        )
        for one in found.elements.values()
    )


def indicators(state: State, found: Tree) -> tuple[IndicatorView, ...]:
    """All indicators, in the order of the tree."""
    series: dict[str, dict[str, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for cell in sorted(state.cells):
        match cells.parts(cell):
            case ["target" | "fact" | "calculation" | "explanation" as kind, name, period]:
                numeric = kind in {"target", "fact"}
                unit = state.text(cells.indicator(name, "unit")) if numeric else None
                series[name][kind][period] = stated(state.said(cell), unit)
    return tuple(
        IndicatorView(
            **asdict(one),
            baseline=stated(state.said(cells.baseline(one.id)), one.unit),
            targets=series[one.id]["target"],
            facts=series[one.id]["fact"],
            calculations=series[one.id]["calculation"],
            explanations=series[one.id]["explanation"],
        )
        for one in indicators_of(state, found)
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
    stated_years = stated_fields(state, "procedure", "year").values()
    years = {state.text(said.cell) or "" for said in stated_years}
    return {year: procedures(state, int(year)) for year in sorted(years)}


def acts(state: State) -> tuple[ActView, ...]:
    """All documents known at the viewpoint, by date and number."""

    def act(name: str) -> ActView:
        def text(field: str) -> str | None:
            return state.text(cells.document(name, field))

        return ActView(
            act=name,
            kind=text("kind") or "",
            **{field: text(field) for field in _REQUISITES},
            content_stated=text("content_stated") == "true",
            date_stated=text("date_stated") == "true",
        )

    views = [act(name) for name in stated_fields(state, "document", "kind")]
    return tuple(sorted(views, key=lambda view: (view.date or "", view.number or "", view.act)))
