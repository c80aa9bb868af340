"""Papers handed in over HTTP: a trial first, then all or nothing, once; the file stays behind the figures."""

from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from httpx2 import Response
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from tests.api.town import Town, refusal

REPORT = """
[document]
kind = "report"
type = "Отчёт"
title = "Отчёт за 2021 год (вымышлен)"
date = 2022-02-10
number = "5"
"""


def hand_in(client: TestClient, content: bytes, name: str = "отчёт.xlsx", **form: Any) -> Response:
    return client.post("/api/v1/intake", files={"file": (name, content)}, data=form)


def blank(town: Town, form: str = "1") -> bytes:
    answer = town.answer(f"/forms/{form}.xlsx", year=2021, blank=True)
    assert answer.status_code == 200
    return bytes(answer.content)


def filled(town: Town, facts: dict[str, float | str]) -> bytes:
    """The blank of Form 1 with facts written into it, as a clerk does in a spreadsheet."""
    book = load_workbook(BytesIO(blank(town)))
    sheet = book.worksheets[0]
    column = next(
        cell.column
        for row in sheet.iter_rows()
        for cell in row
        if "факт на конец" in str(cell.value)
    )
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in facts:
                sheet.cell(cell.row, column or 0, facts.pop(str(cell.value)))
            elif isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = None
    assert not facts
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def taken(answer: Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def changes(told: Any) -> dict[str, Any]:
    return {
        one["cell"]: one["becomes"].get("value")
        for one in told["changes"]
        if not one["cell"].startswith("document:")
    }


def test_a_filled_blank_is_tried_recorded_and_known(town: Town) -> None:
    content = filled(town, {"Показатель 1": 82.5, "Показатель 2": 79})
    before = town.last_position
    tried = taken(hand_in(town.client, content, answers=REPORT, dry_run="true"), 200)
    assert changes(tried) == {"fact:i1:2021": "82.5", "fact:i2:2021": "79"}
    assert (tried["position"], town.last_position) == (None, before)
    recorded = taken(hand_in(town.client, content, answers=REPORT), 201)
    assert len(recorded["positions"]) == 3
    assert town.value("fact:i1:2021", as_of="2021-12-31", dated_by="2022-02-10") == "82.5"
    again = hand_in(town.client, content, answers=REPORT)
    assert taken(again, 200)["nothing_new"]
    assert taken(again, 200)["known_as"] == "2022-02-10-5"


def test_the_file_and_the_place_stay_behind_the_figure(town: Town) -> None:
    content = filled(town, {"Показатель 1": 82.5})
    told = taken(hand_in(town.client, content, answers=REPORT), 201)
    digest = sha256(content).hexdigest()
    assert told["paper"] == digest
    kept = town.client.get(f"/api/v1/papers/{digest}")
    assert (kept.status_code, kept.content) == (200, content)
    assert kept.headers["content-disposition"].startswith("attachment")
    event = town.client.get(f"/api/v1/events/{told['position']}").json()["data"]
    assert event["metadata"]["paper"] == digest
    at = event["event"]["at"]
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert sheet.cell(at["row"], at["cell"]).value == 82.5


def test_a_trial_keeps_no_file(town: Town) -> None:
    content = filled(town, {"Показатель 1": 81})
    taken(hand_in(town.client, content, answers=REPORT, dry_run="true"), 200)
    assert town.client.get(f"/api/v1/papers/{sha256(content).hexdigest()}").status_code == 404


def test_what_can_not_be_read_is_told_by_cell_and_nothing_is_recorded(town: Town) -> None:
    content = filled(town, {"Показатель 1": 81, "Показатель 2": "около 80"})
    before = town.last_position
    tried = taken(hand_in(town.client, content, answers=REPORT, dry_run="true"), 200)
    (unread,) = tried["unread"]
    assert "около 80" in unread["why"]
    assert unread["at"]["cell"] == 6
    refused = hand_in(town.client, content, answers=REPORT)
    assert (refused.status_code, refusal(refused)) == (422, "paper_unread")
    assert "около 80" in refused.json()["detail"]
    assert town.last_position == before


def test_findings_come_with_the_trial(town: Town) -> None:
    content = filled(town, {"Показатель 1": 99})
    tried = taken(hand_in(town.client, content, answers=REPORT, dry_run="true"), 200)
    rules = {one["rule"]: one for one in tried["findings"]}
    assert rules["exceeded_by_a_fifth"]["cell"] == "fact:i1:2021"


def test_a_computed_figure_that_was_typed_over_is_a_finding(town: Town) -> None:
    book = load_workbook(BytesIO(filled(town, {"Показатель 1": 82, "Показатель 2": 79})))
    sheet = book.worksheets[0]
    (row,) = (cells for cells in sheet.iter_rows() if cells[1].value == "Показатель 1")
    row[7].value = 12.5  # for 102.5
    saved = BytesIO()
    book.save(saved)
    tried = taken(hand_in(town.client, saved.getvalue(), answers=REPORT, dry_run="true"), 200)
    assert changes(tried)["control:ratio:i1:2021"] == "12.5"
    assert "control:ratio:i2:2021" not in changes(tried)
    (error,) = (one for one in tried["findings"] if one["severity"] == "error")
    assert (error["rule"], error["cell"]) == ("figure_misprinted", "control:ratio:i1:2021")


def test_a_corrected_mapping_is_remembered_for_the_municipality(town: Town) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Показатель", "Период", "Значение (план)", "Получилось на деле"],
        ["Показатель 1", "2021", 80, 83],
    ):
        sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    about = f'program = "{town.program}"\n{REPORT}'
    misread = taken(hand_in(town.client, saved.getvalue(), answers=about, dry_run="true"), 200)
    assert changes(misread) == {"fact:i1:2021": "80"}
    corrected = f"{about}\n[columns.1]\nindicator = 1\nperiod = 2\nvalue = 4\n"
    told = taken(hand_in(town.client, saved.getvalue(), answers=corrected, remember="true"), 201)
    assert changes(told) == {"fact:i1:2021": "83"}
    sheet.cell(2, 4, 84)
    later = BytesIO()
    book.save(later)
    read = taken(hand_in(town.client, later.getvalue(), answers=about, dry_run="true"), 200)
    assert changes(read) == {"fact:i1:2021": "84"}


def test_a_paper_of_an_unknown_program_needs_answers(towns: TestClient, town: Town) -> None:
    content = filled(town, {"Показатель 1": 81})
    unknown = hand_in(towns, content, program="nobody-knows")
    assert (unknown.status_code, refusal(unknown)) == (422, "answers_needed")
    assert "чья это программа" in unknown.json()["detail"]


HOSTILE = [
    (b"", "пусто.docx", 422, "paper_empty"),
    (b"%PDF-1.7 nothing", "отчёт.pdf", 415, "paper_unknown_format"),
    (b"PK\x03\x04 torn", "отчёт.docx", 422, "paper_broken"),
    (b"<html></html>", "отчёт.xls", 415, "paper_unknown_format"),
]


@pytest.mark.parametrize(("content", "name", "status", "why"), HOSTILE)
def test_a_bad_file_is_refused_by_name(
    town: Town, content: bytes, name: str, status: int, why: str
) -> None:
    answer = hand_in(town.client, content, name)
    assert (answer.status_code, refusal(answer)) == (status, why)


def test_a_form_is_read_strictly(town: Town) -> None:
    content = filled(town, {"Показатель 1": 81})
    unknown = hand_in(town.client, content, answers=REPORT, programm="typo")
    assert (unknown.status_code, refusal(unknown)) == (422, "malformed")
    malformed = hand_in(town.client, content, answers="[document")
    assert (malformed.status_code, refusal(malformed)) == (422, "answers_malformed")
    nothing = town.client.post("/api/v1/intake", data={"program": town.program}, files={})
    assert nothing.status_code == 415
    as_json = town.client.post("/api/v1/intake", json={"file": "no"})
    assert (as_json.status_code, refusal(as_json)) == (415, "unsupported_media_type")
    broken = town.client.post(
        "/api/v1/intake",
        content=b"--x\r\nnothing of the kind",
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert broken.status_code in {400, 422}
    assert broken.headers["content-type"] == "application/problem+json"


def test_a_file_has_a_size(town: Town) -> None:
    answer = hand_in(town.client, b"PK" + bytes(34 * 1024 * 1024))
    assert (answer.status_code, refusal(answer)) == (413, "too_large")
    slightly_less = hand_in(town.client, b"PK" + bytes(32 * 1024 * 1024))
    assert (slightly_less.status_code, refusal(slightly_less)) == (413, "paper_too_large")


def test_there_is_no_file_that_was_not_handed_in(clerk: TestClient) -> None:
    answer = clerk.get(f"/api/v1/papers/{'0' * 64}")
    assert (answer.status_code, refusal(answer)) == (404, "unknown_paper")
    assert clerk.get("/api/v1/papers/..%2f..%2fetc").status_code in {404, 422}
