"""Every figure that a form shows can be read back as the very value of its cell."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from application.absences import REASONS
from application.intake.text import figure, folded, rubles
from application.reports.form_1 import form_1
from application.reports.lines import bodies, lines
from application.reports.printed import PrintedTable
from application.reports.printing.words import NOT_NAMED, SOURCES, indicators_of, titled
from application.reports.tree import indicators, tree
from domain import cells
from domain.state import State
from domain.values import AbsenceReason, CellValue, Stated
from tests.application.reports.printing.seen import PROGRAMS, of_program, printed

Rows = list[dict[str, str]]

SILENT = {AbsenceReason.NOT_STATED, AbsenceReason.NOT_REPORTED}


def rows(table: PrintedTable) -> Rows:
    """The rows by field; what stands in a row's first column only once is carried down."""
    fields = [column.field for column in table.columns]
    return [
        dict(zip(fields, (cell.text for cell in row.cells), strict=True)) | {"kind": row.kind}
        for row in table.rows
    ]


def means(said: CellValue | None) -> object:
    """A stated number, why there is none, or None where a form says nothing."""
    if said is None:
        return None
    if isinstance(said, Stated):
        return Decimal(said.value)
    silent = said.absent in SILENT and not (
        said.absent == AbsenceReason.NOT_STATED and said.printed
    )
    return None if silent else said.absent


def read(text: str) -> object:
    if not text:
        return None
    return REASONS[text] if text in REASONS else figure(text)


def stated(state: State, cell: str) -> CellValue | None:
    said = state.said(cell)
    return said.value if said else None


def state_of(program: str, year: int) -> State:
    return of_program(program, f"{year}-12-31", "2026-10-01")[0]


@pytest.mark.parametrize(("program", "year"), PROGRAMS)
def test_form_1(program: str, year: int) -> None:
    state = state_of(program, year)
    elements = tree(state).elements
    group, read_back = "", 0
    data = iter(form_1(state, year).rows)
    for row in rows(printed("1", program, year).tables[0]):
        if row["kind"] == "group":
            group = row["number"]
            continue
        one = next(data)
        assert group == indicators_of(elements[one.group])
        assert folded(elements[one.group].name or "") in folded(group)
        assert (row["name"], row["number"]) == (one.name or "", one.number or "")
        for field, cell in {
            "last_fact": cells.fact(one.indicator, str(year - 1)),
            "plan": cells.target(one.indicator, str(year)),
            "fact": cells.fact(one.indicator, str(year)),
        }.items():
            assert read(row[field]) == means(stated(state, cell)), cell
            read_back += row[field] != ""
    assert next(data, None) is None
    assert read_back or program == "shatura"


@pytest.mark.parametrize(("program", "year"), PROGRAMS)
def test_targets(program: str, year: int) -> None:
    state = state_of(program, year)
    of = {(one.element, one.name): one.id for one in indicators(state, tree(state))}
    named = {titled(one): one.id for one in tree(state).elements.values()}
    element, met = "", set[str]()
    for row in rows(printed("targets", program, year).tables[0]):
        element = named[row["measure"]] if row["measure"] else element
        if not row["name"]:
            continue
        name = of[element, row["name"]]
        met.add(name)
        assert read(row["baseline"]) == means(stated(state, cells.baseline(name)))
        for field, text in row.items():
            if field.startswith("y") and field[1:].isdecimal():
                assert read(text) == means(stated(state, cells.target(name, field[1:])))
    assert met == set(of.values())


def lines_of(state: State, kind: str, year: int | None) -> dict[tuple[str, ...], object]:
    """Stated money by the words of its line: element, executor, source, and the year or period."""
    elements, names, sources = tree(state), bodies(state), SOURCES
    found: dict[tuple[str, ...], object] = {}
    for line in lines(state, elements, [kind], year):
        who = names.get(line.executor, NOT_NAMED)
        key = (titled(elements.elements[line.element]), who, sources[line.source])
        if kind == "appropriation":
            found[*key, str(line.year)] = means(stated(state, cells.appropriation(line)))
            continue
        for n in range(1, 5):
            said = stated(state, cells.period_plan(line, f"{year}-Q{n}"))
            found[*key, f"q{n}"] = means(said)
    return {key: value for key, value in found.items() if value is not None}


def amount(text: str) -> object:
    if not text:
        return None
    return REASONS[text] if text in REASONS else rubles(text, thousands=True)


def read_lines(found: Rows, fields: Mapping[str, str]) -> dict[tuple[str, ...], object]:
    """The money of a form's rows by the same words."""
    told: dict[tuple[str, ...], object] = {}
    name = ""
    for row in found:
        name = row["name"] or name
        if row["kind"] != "row" or "Всего" in {row.get("executor"), row.get("source")}:
            continue
        who = row.get("executor") or row.get("responsible") or NOT_NAMED
        for field, of in fields.items():
            key = (name, who, row.get("source") or NOT_NAMED, of)
            if (said := amount(row[field])) is not None:
                assert key not in told
                told[key] = said
    return told


@pytest.mark.parametrize(("program", "year"), PROGRAMS)
def test_financing(program: str, year: int) -> None:
    state = state_of(program, year)
    found = rows(printed("financing", program, year).tables[0])
    years = {field: field[1:] for field in (found[0] if found else {}) if field[1:].isdecimal()}
    assert read_lines(found, years) == lines_of(state, "appropriation", None)


@pytest.mark.parametrize(("program", "year"), PROGRAMS)
def test_money_roadmap(program: str, year: int) -> None:
    state = state_of(program, year)
    found = rows(printed("money-roadmap", program, year).tables[0])
    quarters = {f"q{n}": f"q{n}" for n in range(1, 5)}
    assert read_lines(found, quarters) == lines_of(state, "period-plan", year)


@pytest.mark.parametrize(("program", "year"), PROGRAMS)
def test_form_2(program: str, year: int) -> None:
    state = state_of(program, year)
    form = printed("2", program, year)
    elements, told = tree(state), lines_of(state, "appropriation", year)
    finest = {
        titled(elements.elements[one.element]) for one in lines(state, elements, ["appropriation"])
    }
    found = [row for row in rows(form.tables[0]) if row["kind"] != "group"]
    name, read_back = "", dict[tuple[str, ...], object]()
    for row in found:
        name = row["name"] or name
        if name in finest and "Всего" not in {row["executor"], row.get("source")}:
            key = (name, row["executor"], row.get("source") or NOT_NAMED, str(year))
            read_back[key] = amount(row["plan_year"])
    assert read_back == {key: value for key, value in told.items() if value is not None}


@pytest.mark.parametrize(("program", "year"), PROGRAMS)
def test_procedures(program: str, year: int) -> None:
    state = state_of(program, year)
    form = printed("procedures", program, year)
    told = [
        (
            table.caption,
            row["number"],
            row["title"],
            row["result"],
            row["starts_on"],
            row["ends_on"],
        )
        for table in form.tables
        for row in rows(table)
    ]
    expected = sum(cell.endswith(":title") for cell in state.cells if cell.startswith("procedure:"))
    assert len(set(told)) == len(told) == expected
    windows = sum(cell.endswith(":starts_on") for cell in state.cells)
    assert sum(len(row[4].split("\n")) for row in told if row[4]) == windows


def test_who_answers_is_a_position_and_a_reference() -> None:
    told = {
        row["responsible"]
        for table in printed("procedures", "shatura", 2020).tables
        for row in rows(table)
    }
    assert "начальник отдела информационных технологий (person-4)" in told
    assert "Руководители учреждений культуры" in told
    assert "" in told
