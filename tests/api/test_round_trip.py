"""Every form written as a file and handed in again changes nothing; a figure changed in it is seen."""

from io import BytesIO
from typing import Any

import docx
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from application.reports.printing.forms import PRINTED
from tests.api.test_forms import PROGRAMS

READ_BACK = sorted(PRINTED.keys() - {"quarterly", "explanatory"})
"""Forms that tables of the papers are of; the other two only show what these state."""


def hand_in(clerk: TestClient, content: bytes, name: str) -> Any:
    answer = clerk.post("/api/v1/intake", params={"dry_run": True}, files={"file": (name, content)})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def written(clerk: TestClient, program: str, form: str, file_format: str) -> Response:
    year = PROGRAMS[program]
    answer = clerk.get(f"/api/v1/programs/{program}/forms/{form}.{file_format}?year={year}")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_changes(clerk: TestClient, program: str, file_format: str) -> None:
    for form in READ_BACK:
        file = written(clerk, program, form, file_format)
        told = hand_in(clerk, file.content, f"{form}.{file_format}")
        assert (told["nothing_new"], told["program"]) == (True, program), form
        assert not told["unread"] + told["findings"] + told["changes"], form
        assert {table["kind"] for table in told["tables"]} == {kind_of(form)}, form


def kind_of(form: str) -> str:
    return f"form-{form}" if form.isdecimal() else form


CHANGED = [
    ("kedrovy", "1", "91,2", 0, "92,2", "fact:objective-1-2:2021 92.2"),
    (
        "kedrovy",
        "2",
        "755,31",
        -1,
        "754,31",
        "cash-report:2021:04.0.02.4:mu-kultura:-:2021 754310.00",
    ),
]
PLANS = [
    ("stupino", "targets", "11,5", 0, "11,6"),
    ("stupino", "financing", "15 752,90", 0, "15 752,91"),
    ("krasnogorsk", "money-roadmap", "61 960,00", 0, "61 961,00"),
    ("shatura", "procedures", "27.06.2020", 0, "26.06.2020"),
    ("kedrovy", "1", "90", 0, "91"),
    ("kedrovy", "2", "17,90", 3, "17,91"),
]


@pytest.mark.parametrize(("program", "form", "was", "place", "becomes", "change"), CHANGED)
def test_a_changed_figure_is_all_that_changes(
    clerk: TestClient, program: str, form: str, was: str, place: int, becomes: str, change: str
) -> None:
    told = changed(clerk, program, form, was, place, becomes, "report")
    said = [f"{c['cell']} {c['becomes']['value']}" for c in told["changes"]]
    computed = [one for one in said if one.startswith("control:")]
    assert [one for one in said if one not in computed] == [change]
    assert computed  # the share and the sums that were left as they were do not fit any more
    errors = {one["cell"] for one in told["findings"] if one["severity"] == "error"}
    assert {one.split()[0] for one in computed} <= errors


@pytest.mark.parametrize(("program", "form", "was", "place", "becomes"), PLANS)
def test_a_report_does_not_change_a_plan_but_what_it_prints_is_told(
    clerk: TestClient, program: str, form: str, was: str, place: int, becomes: str
) -> None:
    told = changed(clerk, program, form, was, place, becomes, "report")
    assert not told["changes"]
    assert {one["rule"] for one in told["findings"]} == {"plan_differs_from_acts"}


@pytest.mark.parametrize(("program", "form", "was", "place", "becomes"), PLANS)
def test_an_act_changes_that_plan_and_nothing_else(
    clerk: TestClient, program: str, form: str, was: str, place: int, becomes: str
) -> None:
    told = changed(clerk, program, form, was, place, becomes, "act")
    (change,) = [one for one in told["changes"] if not one["cell"].startswith("document:")]
    assert change["was"] != change["becomes"]


def changed(
    clerk: TestClient, program: str, form: str, was: str, place: int, becomes: str, kind: str
) -> Any:
    """The form with one figure (which of its occurrences: `place`) changed by hand, handed in."""
    document = docx.Document(BytesIO(written(clerk, program, form, "docx").content))
    cell = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if cell.text.replace("\u00a0", " ") == was
    ][place]
    first, *rest = cell.paragraphs[0].runs
    first.text = becomes
    for run in rest:
        run.text = ""
    saved = BytesIO()
    document.save(saved)
    answers = (
        f'[document]\nkind = "{kind}"\ntype = "Документ"\ntitle = "Поправленная форма (вымышлена)"\n'
        "date = 2026-10-01\n"
    )
    answer = clerk.post(
        "/api/v1/intake",
        params={"dry_run": True},
        files={"file": ("form.docx", saved.getvalue())},
        data={"answers": answers},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]
