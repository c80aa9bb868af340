"""A story per paper: what anyone reads in Letopis is what the paper prints in that place."""

import re
from collections import Counter
from itertools import pairwise

from starlette.testclient import TestClient

from tests.acceptance.sources import NUMBER, cells, form, lines, plain, printed, text, tight


def test_kedrovy_form_1_stands_as_printed(papers: TestClient) -> None:
    paper = cells("kedrovy")
    columns = ("last_fact", "plan", "fact", "deviation", "ratio", "growth")
    rows = form(papers, "1", "kedrovy", 2021)["rows"]
    assert len(rows) == 10
    for row in rows:
        place = paper.index(plain(row["name"]))
        assert paper[place - 1] == row["number"]
        assert paper[place + 1] == row["unit"]
        stands = printed([row[column] for column in columns])
        assert stands == paper[place + 2 : place + 8], row["name"]


def test_explanations_of_kedrovy_are_said_to_be_in_the_paper(papers: TestClient) -> None:
    paper = cells("kedrovy")
    for row in form(papers, "1", "kedrovy", 2021)["rows"]:
        said = paper[paper.index(plain(row["name"])) + 8]
        expected = "not_stated" if said in {"", "-"} else "not_carried"
        assert row["explanation"]["absent"] == expected, row["name"]
    for row in form(papers, "2", "kedrovy", 2021)["rows"]:
        assert "value" not in row["explanation"]


def test_kedrovy_form_2_stands_as_printed(papers: TestClient) -> None:
    assert _form_2_as_shown(papers) == _form_2_as_printed()


def _form_2_as_printed() -> dict[tuple[str, str], list[str]]:
    paper, code = cells("kedrovy"), ""
    found = dict[tuple[str, str], list[str]]()
    for place in range(paper.index("МП") + 1, len(paper)):
        figures = [tight(cell) for cell in paper[place + 1 : place + 6]]
        if paper[place] == "Всего":
            code = " ".join([cell for cell in paper[: place - 1] if cell][-4:])
        named = paper[place] and not NUMBER.fullmatch(tight(paper[place]))
        if named and len(figures) == 5 and all(map(NUMBER.fullmatch, figures)):
            found[code, paper[place]] = figures
    return found


def _form_2_as_shown(papers: TestClient) -> dict[tuple[str, str], list[str]]:
    columns = ("plan_year", "plan_period", "cash", "percent_year", "percent_period")
    found = dict[tuple[str, str], list[str]]()
    for row in form(papers, "2", "kedrovy", 2021)["rows"]:
        stands = [tight(one) for one in printed([row[column] for column in columns])]
        if any(stands):
            found[" ".join(row["code"]), row["executor"] or "Всего"] = stands
    return found


def test_stupino_targets_stand_as_printed(papers: TestClient) -> None:
    appendix = [line for line in lines("stupino") if len(line) > 8]
    rows = form(papers, "targets", "stupino", 2022)["rows"]
    assert len(rows) == 27
    for row in rows:
        (line,) = [one for one in appendix if _begins(one, plain(row["name"]))]
        stands = [tight(p) for p in printed([row["baseline"], *row["targets"].values()])]
        figures = [tight(cell) for cell in line[2:]]
        assert stands == [f for f in figures if NUMBER.fullmatch(f) or f == "-"], row["name"]
        assert row["type"].lower() in {cell.lower() for cell in line}


def _begins(line: list[str], name: str) -> bool:
    """Whether a cell of the line is the name, or the beginning of it where the dump breaks it."""
    return any(len(cell) > 30 and name.startswith(cell) for cell in line)


def test_stupino_money_stands_as_printed(papers: TestClient) -> None:
    data = form(papers, "financing", "stupino", 2022)
    shown = [
        [tight(one) for one in printed([row["total"], *row["years"].values()])]
        for row in data["rows"]
    ]
    paper = [
        figures[-6:]
        for line in lines("stupino")
        if len(figures := [tight(c) for c in line if NUMBER.fullmatch(tight(c))]) == 6
        and any("юджет" in c or "сточники" in c or "ТОГО" in c or "Всего по" in c for c in line)
    ]
    assert len(paper) >= 8
    assert all(row in shown for row in paper)
    assert all(row in paper for row in shown if any(row))
    passport = {row["source"]: row["total"].get("printed", "") for row in data["passport"]}
    for source, name in (("regional", "Бюджет Московской области"), ("off_budget", "Внебюджетные")):
        assert f"всего {passport[source]}" in text("stupino").split(name, 1)[1][:60]
    assert f"всего {passport['municipal']} тыс" in text("stupino")


def test_krasnogorsk_quarters_stand_as_printed(papers: TestClient) -> None:
    paper = cells("krasnogorsk")
    measures = [n for n, cell in enumerate(paper) if cell.startswith("Основное мероприятие")]
    quarters = [_four_after(paper, place) for place in measures]
    rows = form(papers, "money-roadmap", "krasnogorsk", 2022)["rows"]
    assert [[tight(q) for q in printed(row["quarters"])] for row in rows] == quarters


def _four_after(paper: list[str], place: int) -> list[str]:
    """The four cells after the one that says who answers."""
    answers = next(n for n in range(place, len(paper)) if paper[n].startswith("Администрация"))
    return [tight(cell) for cell in paper[answers + 1 : answers + 5]]


def test_shatura_procedures_stand_as_printed(papers: TestClient) -> None:
    """In the order of the paper, each with the days that stand before the next one."""
    paper = lines("shatura")
    place, rows = 0, form(papers, "procedures", "shatura", 2020)["rows"]
    starts = list[int]()
    for row in rows:
        named = [row["number"], plain(row["title"])]
        place = next(n for n in range(place, len(paper)) if _names(paper[n], named))
        starts.append(place)
    for row, first, following in zip(rows, starts, [*starts[1:], len(paper)], strict=True):
        block = [cell for line in paper[first:following] for cell in line]
        days = Counter(re.findall(r"\d\d\.\d\d\.\d{4}", " ".join(block)))
        shown = Counter(_printed_day(w[edge]) for w in row["windows"] for edge in _EDGES)
        assert row["torn"] or not shown - days, row["title"]


_EDGES = ("starts_on", "ends_on")


def _printed_day(day: str) -> str:
    return ".".join(reversed(day.split("-")))


def _names(line: list[str], named: list[str]) -> bool:
    """Whether a procedure begins in this line: its number, then its title, or the beginning of it
    where the dump breaks it; the paper's goes on where it names persons.
    """
    return any(
        number == named[0] and cell and (named[1].startswith(cell) or cell.startswith(named[1]))
        for number, cell in pairwise(line)
    )
