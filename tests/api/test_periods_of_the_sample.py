"""Where the reports of the invented municipality stand, for a person, a program and the command line."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.demo.load import PackageFile, load_once, load_package, packages_of_the_demo
from domain.refusals import Refusal
from tests.api.conftest import opened
from tests.conftest import Database

AT: dict[str, Any] = {"as_of": "2024-12-31", "dated_by": "2024-12-31"}


@pytest.mark.parametrize(
    ("period", "due_on", "status", "late_days", "document"),
    [
        ("2024-Q1", "2024-04-10", "closed", 0, "2024-04-08-a"),
        ("2024-Q2", "2024-07-10", "accepted", 1, "2024-07-11-53"),
        ("2024-Q3", "2024-10-10", "overdue", 82, None),
        ("2024-Q4", "2025-01-10", "not_due", None, None),
        ("2024", None, "not_due", None, None),
    ],
)
def test_the_reports_of_2024_on_its_last_day(
    papers: TestClient, period: str, due_on: str | None, status: str, late_days: int, document: str
) -> None:
    told = papers.get("/api/v1/programs/sample/periods", params=AT).json()["data"]
    (one,) = [one for one in told if one["period"] == period]
    assert (one["due_on"], one["status"], one["late_days"]) == (due_on, status, late_days)
    last = one["submissions"][-1] if one["submissions"] else {}
    assert last.get("document") == document
    assert last.get("files", []) == []  # they came on paper alone


def test_before_its_return_the_second_report_was_submitted(papers: TestClient) -> None:
    def stood(day: str) -> Any:
        asked = {"as_of": day, "dated_by": day}
        told = papers.get("/api/v1/programs/sample/periods", params=asked).json()["data"]
        return next(one["status"] for one in told if one["period"] == "2024-Q2")

    days = ("2024-06-30", "2024-07-07", "2024-07-08", "2024-07-10", "2024-07-11", "2024-07-15")
    assert [stood(day) for day in days] == [
        "not_due", "due", "submitted", "returned", "submitted", "accepted",
    ]  # fmt: skip


def test_the_page_tells_what_is_due_and_what_is_overdue(papers: TestClient) -> None:
    page = papers.get("/programs/sample", params={**AT, "year": "2024"}).text
    assert "Отчёты по периодам, 2024 год" in page
    for words in ("закрыт", "принят", "просрочен", "10.10.2024", "опоздание, дней: 82"):
        assert words in page


def test_a_program_that_does_not_exist_then_has_no_periods(papers: TestClient) -> None:
    answer = papers.get("/api/v1/programs/sample/periods", params={"as_of": "2001-01-01"})
    assert answer.status_code == 404
    assert papers.get("/api/v1/programs/nowhere/periods").status_code == 404


def test_the_demo_starts_on_data_of_an_older_package(
    papers_database: Database, tmp_path: Path
) -> None:
    """A package that was changed since has another digest: its program counts as known all the same."""
    *_, sample = packages_of_the_demo()
    changed = tmp_path / sample.name
    text = sample.read_text(encoding="utf-8")
    changed.write_text(text.replace("Вымышленный пример", "Другой пример", 1), encoding="utf-8")
    with opened(papers_database) as letopis:
        before = letopis.model.size()
        with pytest.raises(Refusal):
            load_package(letopis, PackageFile.read(changed))
        assert not load_once(letopis, changed)
        assert [load_once(letopis, file) for file in packages_of_the_demo()] == [False] * 5
        assert letopis.model.size() == before
