"""Rules on the money of the passport: its own margins, and the appendix on financing."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from application.reports.figure import Figure
from application.reports.financing import passport_rows, program_years
from application.rules.figures import number_of, text_of
from application.rules.rule import Rule, Subject
from application.rules.sums import Sum, disagreement, misses, unit_of
from domain import cells
from domain.dates import Assertion
from domain.findings import Finding
from domain.state import State
from domain.values import FundingSource

Place = tuple[str, str]
"""A source (or `all`) and a year (or `total`)."""

_SOURCE_NAMES = {
    "federal": "федеральный бюджет",
    "regional": "региональный бюджет",
    "municipal": "местный бюджет",
    "off_budget": "внебюджетные источники",
}


def _printed(state: State) -> dict[Place, Assertion]:
    """The figures of the passport that stand at the viewpoint."""
    return {
        (parts[2], parts[3]): said
        for cell, said in sorted(state.cells.items())
        if (parts := cells.parts(cell))[:2] == ["control", "passport"]
        and number_of(said) is not None
    }


def _years(state: State, figures: Mapping[Place, Assertion], source: str) -> list[Assertion]:
    """The years of a source, if the passport prints all of them."""
    years = [figures.get((source, str(year))) for year in program_years(state)]
    found = [said for said in years if said is not None]
    return found if len(found) == len(years) else []


def _sources(figures: Mapping[Place, Assertion], column: str) -> list[Assertion]:
    """The sources of a year or of all years; one that is printed as nothing in all may miss."""
    found = []
    for source in dict.fromkeys(source for source, _ in figures if source != "all"):
        said, total = figures.get((source, column)), figures.get((source, "total"))
        if said is not None:
            found.append(said)
        elif total is None or number_of(total):
            return []
    return found


def _added_up(parts: list[Assertion]) -> Decimal:
    return sum((number_of(said) or Decimal(0) for said in parts), Decimal("0.00"))


def _right_in_itself(subject: Subject, said: Assertion, unit: Decimal) -> bool:
    """Whether a printed figure is the sum of its lines, rounded: it then can not be wrong, however
    the rounded figures beside it add up.
    """
    figure = _by_lines(subject).get(said.cell)
    return (
        figure is not None and figure.number is not None and not misses(said, figure.number, unit)
    )


def _by_lines(subject: Subject) -> dict[str, Figure]:
    """What the lines of the appendix give for every figure of the passport, by cell, as the paper that
    prints it knew them.
    """
    found: dict[str, Figure] = {}
    for sheet in subject.sheets:
        if not any(cell.startswith("control:passport:") for cell in sheet.figures):
            continue
        for row in passport_rows(sheet.state):
            cell = f"control:passport:{row.source or 'all'}"
            figures = {f"{cell}:{year}": figure for year, figure in row.years.items()}
            figures[f"{cell}:total"] = row.total
            found |= {one: figure for one, figure in figures.items() if one in sheet.figures}
    return found


def _margin(
    rule: Rule, subject: Subject, total: Assertion, parts: list[Assertion], by: str
) -> Iterator[Finding]:
    unit = unit_of(iter([total, *parts]))
    right = _added_up(parts)
    if misses(total, right, unit) and not all(
        _right_in_itself(subject, said, unit) for said in (total, *parts)
    ):
        found = Sum(total, right, tuple(said.position for said in parts))
        yield disagreement(rule, found, by, unit)


def _over_years(rule: Rule, subject: Subject) -> Iterator[Finding]:
    figures = _printed(subject.state)
    for (source, column), total in figures.items():
        if column == "total" and (parts := _years(subject.state, figures, source)):
            yield from _margin(rule, subject, total, parts, "по годам")


def _over_sources(rule: Rule, subject: Subject) -> Iterator[Finding]:
    figures = _printed(subject.state)
    for (source, column), total in figures.items():
        if source == "all" and (parts := _sources(figures, column)):
            yield from _margin(rule, subject, total, parts, "по источникам")


def _against_appendix(rule: Rule, subject: Subject) -> Iterator[Finding]:
    figures = _printed(subject.state)
    by_lines = _by_lines(subject)
    listed = any(figure.number is not None for figure in by_lines.values())
    unit = unit_of(iter(figures.values()))
    for (source, column), said in figures.items():
        by_years = column == "total" and _years(subject.state, figures, source)
        by_sources = source == "all" and _sources(figures, column)
        figure = by_lines.get(said.cell)
        if by_years or by_sources or not listed or figure is None:
            continue
        found = Sum(said, figure.number or Decimal("0.00"), figure.sources)
        if misses(said, found.right, unit):
            yield disagreement(rule, found, "в приложении", unit)


def _not_listed(rule: Rule, subject: Subject) -> Iterator[Finding]:
    listed: set[str] = set()
    for cell in subject.state.cells:
        match cells.parts(cell):
            case ["appropriation", _, _, _, source] | ["control", "financing", _, source, _]:
                listed.add(source)
    if not listed - {"all", FundingSource.NOT_STATED}:
        return
    named: set[str] = set()
    for (source, _), said in _printed(subject.state).items():
        if source not in {*listed, *named, "all"}:
            named.add(source)
            yield rule.found(
                said.cell,
                f"Паспорт называет источник «{_SOURCE_NAMES.get(source, source)}» "
                f"({text_of(said.value)}), а в приложении его нет",
                printed=text_of(said.value),
                positions=(said.position,),
            )


RULES: tuple[Rule, ...] = (
    Rule(
        "passport_years",
        "error",
        "Годы паспорта не складываются в итог",
        "итог источника в паспорте с суммой его лет; не сумма округлений, если каждое из них верно",
        "контрольное соотношение паспорта программы",
        "Годы 98 100,9 + 98 215,6 + 75 243,3 + 74 602,7 + 75 083,6 = 421 246,1, а напечатано 421 246,4",
        _over_years,
    ),
    Rule(
        "passport_sources",
        "error",
        "Источники паспорта не складываются во «Всего»",
        "«Всего» паспорта, за год и за все годы, с суммой источников; не сумма округлений, если каждое верно",
        "контрольное соотношение паспорта программы",
        "Источники 1 567,0 + 421 246,4 + 954,7 = 423 768,1, а «Всего» напечатано 423 767,8",
        _over_sources,
    ),
    Rule(
        "passport_against_appendix",
        "error",
        "Паспорт не равен приложению о финансировании",
        "сумму паспорта, у которой нет напечатанных слагаемых, с ассигнованиями приложения",
        "контрольное соотношение: паспорт и приложение № 1",
        "В паспорте областной бюджет 2020 года 1 567,0, в приложении 1 657,0",
        _against_appendix,
    ),
    Rule(
        "source_not_in_appendix",
        "warning",
        "Источника из паспорта нет в приложении",
        "источники паспорта с источниками приложения о финансировании",
        "паспорт программы и приложение № 1",
        "Паспорт печатает федеральный бюджет 0, в приложении такой строки нет",
        _not_listed,
    ),
)
