"""The official forms as files over HTTP: every form in every format, the same viewpoint the same bytes."""

import re
import zipfile
from io import BytesIO

import pytest
from starlette.testclient import TestClient

from adapters.documents.writing import MEDIA_TYPES
from application.reports.printing.forms import BLANKS, PRINTED
from tests.api.town import Town, decree, line, refusal

FORMATS = ("docx", "xlsx", "pdf", "html")
STARTS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "html": b"<!doctype html>"}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("form", [*PRINTED, "amendment-draft"])
def test_every_form_is_a_file_of_every_format(
    papers: TestClient, form: str, file_format: str
) -> None:
    address = f"/api/v1/programs/sample/forms/{form}.{file_format}?year=2024"
    answer = papers.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPES[file_format]
    assert answer.content.lower().startswith(STARTS[file_format].lower())
    assert papers.get(address).content == answer.content
    canonical = re.findall(r"<(.+)>; rel=\"canonical\"", answer.headers["link"])[0]
    spelled = papers.get(canonical)
    assert spelled.content == answer.content
    assert "immutable" in spelled.headers["cache-control"]
    again = papers.get(canonical, headers={"If-None-Match": spelled.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_form_tells_its_viewpoint_and_that_it_is_invented(papers: TestClient) -> None:
    asked = "year=2024&as_of=2024-12-31&dated_by=2025-04-01"
    page = papers.get(f"/api/v1/programs/sample/forms/1.html?{asked}").text
    assert "По состоянию на 31.12.2024, по документам на 01.04.2025" in page
    assert "Вымышленные данные" in page
    assert "Вымышленные" not in papers.get("/api/v1/programs/kedrovy/forms/1.html?year=2021").text


def test_a_quarterly_report_asked_for_late_has_no_payments_of_the_next_quarter(
    papers: TestClient,
) -> None:
    """600 thousand rubles were paid on 19.07.2024."""
    address = "/api/v1/programs/sample/forms/quarterly.json?year=2024&as_of="
    in_time, late = (
        papers.get(address + day).json()["data"] for day in ("2024-06-30", "2024-07-25")
    )
    assert late == in_time
    assert late["period"] == "2024-Q2"
    assert late["sources"][-1]["cash"]["value"] == "2830100.00"
    page = papers.get(address.replace(".json", ".html") + "2024-07-25").text
    assert "По состоянию на 30.06.2024" in page


@pytest.mark.parametrize("form", BLANKS)
def test_a_blank_has_plans_and_no_facts(papers: TestClient, form: str) -> None:
    address = f"/api/v1/programs/kedrovy/forms/{form}.html?year=2021"
    filled, blank = papers.get(address).text, papers.get(f"{address}&blank=true").text
    fact = {"1": "91,2", "2": "755,31"}[form]
    plan = {"1": "450", "2": "786,53"}[form]
    assert fact in filled
    assert fact not in blank
    assert ("786,53" in blank) if form == "2" else (">300<" in blank and plan not in blank)


def test_a_draft_says_what_an_act_changes(town: Town) -> None:
    town.amends(decree("55", "2021-03-24"), line("target:i1:2021", "80", "91"))
    address = f"/api/v1/programs/{town.program}/forms/amendment-draft.html?year=2021"
    draft = town.client.get(address).text
    assert "ПРОЕКТ" in draft
    assert ">80<" in draft
    assert ">91<" in draft
    nothing = town.client.get(f"{address}&from_edition=2021-03-24-55").text
    assert "Изменений нет" in nothing


@pytest.mark.parametrize(
    ("address", "status", "name"),
    [
        ("9.docx?year=2021", 404, "unknown_form"),
        ("3.docx?year=2021&blank=true", 404, "unknown_form"),
        ("1.doc?year=2021", 422, "malformed"),
        ("1.docx", 422, "malformed"),
        ("amendment-draft.docx?year=2021&from_edition=2020-01-01-1", 404, "unknown_act"),
    ],
)
def test_there_are_no_other_files(papers: TestClient, address: str, status: int, name: str) -> None:
    answer = papers.get(f"/api/v1/programs/kedrovy/forms/{address}")
    assert (answer.status_code, refusal(answer)) == (status, name)


def test_a_file_carries_no_time_of_making(papers: TestClient) -> None:
    for file_format in ("docx", "xlsx"):
        content = papers.get(f"/api/v1/programs/kedrovy/forms/1.{file_format}?year=2021").content
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
