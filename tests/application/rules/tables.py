"""Reports and programs written as small tables that an economist can read: invented figures, as papers
print them, money in thousands of rubles, «-» for a dash and nothing for an empty cell.
"""

from typing import Any

from application.intake.text import cell_value, figure, is_empty, rubles
from application.ledger import History
from domain.refusals import NotANumber
from tests.application.reports.invented import REPORT, command
from tests.application.rules.asked import invented

Row = dict[str, str]
FIGURES = ("deviation", "ratio", "growth")
PROGRAMS_ACT = {"kind": "act", "type": "Постановление", "date": "2020-12-20", "number": "100"}


def rows(table: str) -> list[Row]:
    """The rows by the names of their columns, which stand in the first line."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def form_1(table: str, *headers: tuple[str, str], **stated: Any) -> History:
    """A program with the indicators of the table and the report that prints it, for 2021.

    Columns: indicator, and of direction, last, plan, fact, deviation, ratio, growth, calculation («8/9»),
    why (the explanation), name, baseline what the case needs. `headers`: a column and its header.
    """
    said = rows(table)
    facts = [fact for row in said for fact in _facts(row)]
    return invented(
        *([command("report_facts", document=REPORT, facts=facts)] if facts else []),
        record([*_controls(said), *map(_header, headers)]),
        **({"indicators": [_indicator(row) for row in said]} | stated),
    )


def _header(told: tuple[str, str]) -> dict[str, Any]:
    return {"cell": f"control:header:form-1:{told[0]}:2021", "printed": told[1]}


def record(figures: list[dict[str, Any]], **other: Any) -> dict[str, Any]:
    """The report's control figures."""
    body = {"document": REPORT, "effective_on": "2021-12-31", "figures": figures}
    return command("record_document", **(body | other))


def _indicator(row: Row) -> dict[str, Any]:
    one: dict[str, Any] = {
        "id": row["indicator"],
        "element": "goal",
        "name": row.get("name", "") or row["indicator"],
        "direction": row.get("direction", "") or "increase",
        "targets": {"2021": value(row["plan"])} if row.get("plan") else {},
    }
    return one | ({"baseline": value(row["baseline"])} if row.get("baseline") else {})


def value(printed: str) -> dict[str, str]:
    """A printed figure as a command has it; «0?» is a zero printed where nothing was measured."""
    if printed == "0?":
        return {"absent": "not_measured", "printed": "0"}
    told = cell_value(printed)
    return told.model_dump(mode="json", exclude_defaults=True)


def _facts(row: Row) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    for column, year in (("last", "2020"), ("fact", "2021")):
        if printed := row.get(column, ""):
            about = {"indicator": row["indicator"], "period": year, "last_year": column == "last"}
            facts.append(about | value(printed))
    if formula := row.get("calculation", ""):
        part, whole = formula.split("/")
        facts[-1]["calculation"] = {
            "formula": f"({formula})*100", "numerator": part, "denominator": whole
        }  # fmt: skip
        facts[-1]["as_printed"] = {"reason": "Так напечатано в вымышленном отчёте"}
    if why := row.get("why", ""):
        facts[-1]["explanation"] = {"value": why}
    return facts


def _controls(said: list[Row]) -> list[dict[str, Any]]:
    return [
        control(f"control:{column}:{row['indicator']}:2021", row[column])
        for row in said
        for column in FIGURES
        if row.get(column)
    ]


def control(cell: str, printed: str, *, money: bool = False) -> dict[str, Any]:
    """A control figure as printed; money in thousands of rubles."""
    try:
        number = rubles(printed, thousands=True) if money else figure(printed)
    except NotANumber:
        return {"cell": cell, "printed": printed}
    return {"cell": cell, "printed": printed, "value": format(number, "f")}


def line(year: str, row: Row, printed: str) -> dict[str, Any]:
    """A budget line with its plan in thousands of rubles."""
    return {
        "year": int(year),
        "element": row["element"],
        "executor": row.get("executor", "-"),
        "source": row.get("source", "-"),
        "value": {"value": f"{rubles(printed, thousands=True):.2f}", "printed": printed},
    }


def form_2(table: str, **stated: Any) -> History:
    """A program with the money of the table, and the report that prints it, for 2021.

    Columns: element (`program` for the whole), executor (`all` for «Всего»), plan, cash, percent. The
    measures `m1` and `m2` lie under `m`; a row of a measure and of one executor is a line, all else
    are control figures.
    """
    said = rows(table)
    own = [row for row in said if row["element"] in {"m1", "m2"} and row["executor"] != "all"]
    entries = [
        {k: v for k, v in line("2021", row, row["cash"]).items() if k != "value"}
        | {"amount": f"{rubles(row['cash'], thousands=True):.2f}", "printed": row["cash"]}
        for row in own
    ]
    figures = [
        control(f"control:{column}:2021:{row['element']}:{row['executor']}", row[key], money=money)
        for row in said
        for key, column, money in (
            ("plan", "plan-year", True), ("cash", "cash", True), ("percent", "percent-year", False)
        )
        if not is_empty(row[key]) and (row not in own or not money)
    ]  # fmt: skip
    cash = command("post_cash", document=REPORT, cumulative=True, period="2021", entries=entries)
    return invented(
        cash,
        record(figures),
        **({"appropriations": [line("2021", row, row["plan"]) for row in own]} | stated),
    )


def program(appendix: str, passport: str = "") -> History:
    """A program with an appendix on financing and a passport, for 2021 and 2022.

    Columns: element and source of the appendix (a row of `m1` or `m2` with a source is a line), source
    of the passport (`all` for «Всего»), then total, 2021, 2022.
    """
    lines, figures = [], []
    for row in rows(appendix):
        for column in ("2021", "2022", "total"):
            finest = row["element"] in {"m1", "m2"} and row["source"] != "all" and column != "total"
            if finest:
                lines.append(line(column, row, row[column]))
            elif row[column]:
                cell = f"control:financing:{row['element']}:{row['source']}:{column}"
                figures.append(control(cell, row[column], money=True))
    for row in rows(passport) if passport else []:
        figures += [
            control(f"control:passport:{row['source']}:{column}", row[column], money=True)
            for column in ("total", "2021", "2022")
            if row[column]
        ]
    act = record(figures, document=PROGRAMS_ACT, effective_on="2021-01-01")
    return invented(act, appropriations=lines)
