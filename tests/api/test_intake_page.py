"""The page of papers: a file is tried, put right and recorded, and every figure shows its place in it."""

import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.people import csrf_of
from tests.api.town import Town, decree, line

REPORT = """
[document]
kind = "report"
type = "Отчёт"
title = "Отчёт за 2021 год (вымышлен)"
date = 2022-02-10
number = "5"
"""
EVIL = "<script>alert(1)</script>"
Form = dict[str, str]


class _Inputs(HTMLParser):
    """The fields of a page's form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Form = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag, given.get("type"):
            case "input", "hidden" | "number":
                self.sent[name] = given.get("value", "")
            case "select", _:
                self._select, self.sent[name] = name, ""
            case "option", _ if "selected" in given and self._select:
                self.sent[self._select] = given["value"]
            case "textarea", _:
                self._area, self.sent[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data


def form_of(answer: Response) -> Form:
    inputs = _Inputs()
    inputs.feed(answer.text)
    return inputs.sent


def filled(town: Town, facts: dict[str, str], fact_header: str = "") -> bytes:
    """The blank of Form 1 in Word with facts written into it; the column of facts called otherwise."""
    blank = town.answer("/forms/1.docx", year=2021, blank=True)
    document = docx.Document(BytesIO(blank.content))
    (table,) = document.tables
    column = next(
        n for row in table.rows for n, cell in enumerate(row.cells) if "факт на конец" in cell.text
    )
    for row in table.rows:
        if (fact := facts.get(row.cells[1].text)) is not None:
            row.cells[column].text = fact
        elif fact_header and "факт на конец" in row.cells[column].text:
            row.cells[column].text = fact_header
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def sent(client: TestClient, file: bytes | None = None, **form: Any) -> Response:
    """The form sent; without a file as a browser does it, with an empty one."""
    part = ("отчёт.docx", file) if file is not None else ("", b"")
    headers = form.pop("headers", None) or {
        "Origin": "https://testserver",
        "Sec-Fetch-Site": "same-origin",
    }
    form.setdefault("csrf", csrf_of(client))
    return client.post("/intake", files={"file": part}, data=form, headers=headers)


def again(client: TestClient, page: Response, step: str, **changed: str) -> Response:
    """What the page holds, changed, sent by one of its buttons."""
    return sent(client, None, **form_of(page) | changed | {"step": step})


def words(page: Response) -> str:
    """The text of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_an_empty_form_tells_what_is_taken(towns: TestClient, town: Town) -> None:
    page = towns.get("/intake", params={"program": town.program})
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "до 6 МБ" in words(page)
    assert f'value="{town.program}" selected' in page.text
    blanks = re.findall(r'href="(/programs/[^"]+/forms/[12]\.xlsx[^"]+)"', page.text)
    assert len(blanks) == 8
    assert all(towns.get(unescape(blank)).content[:2] == b"PK" for blank in blanks)
    assert towns.get("/intake?foo=1").status_code == 422


def test_a_paper_is_tried_recorded_once_and_leads_to_its_cell(town: Town) -> None:
    client, before = town.client, town.last_position
    tried = sent(client, filled(town, {"Показатель 1": "82,5"}), answers=REPORT)
    assert tried.status_code == 200, words(tried)
    assert "Показатель 1 факт, 2021 год — не указано 82,5" in words(tried)
    assert "Форма 1. Достигнутые значения показателей" in words(tried)
    assert town.last_position == before
    recorded = again(client, tried, "record")
    assert "Бумага записана" in recorded.text
    assert town.last_position > before
    assert f"№ {before + 1}" in recorded.text or str(town.last_position) in recorded.text
    (cell,) = re.findall(r'href="(/programs/[^"]+/cells/fact%3Ai1%3A2021)"', recorded.text)
    after = town.last_position
    twice = again(client, tried, "record")
    assert "Всё это уже известно" in twice.text
    assert "уже записан как документ 2022-02-10-5" in twice.text
    assert town.last_position == after
    story = client.get(cell)
    assert "отчёт.docx" in story.text
    (place,) = re.findall(r'href="(/papers/[^"?]+\?[^"]+)"', story.text)
    paper = client.get(unescape(place))
    assert paper.status_code == 200
    assert re.findall(r'class="asked" id="asked">([^<]+)<', paper.text) == ["82,5"]
    assert "Показатель 1" in paper.text
    assert "на конец" in paper.text


def test_the_story_as_data_tells_the_place_and_the_file(town: Town) -> None:
    client = town.client
    again(client, sent(client, filled(town, {"Показатель 1": "82,5"}), answers=REPORT), "record")
    (told,) = town.get("/cells/fact:i1:2021")["statements"]
    assert (told["at"]["table"], told["at"]["cell"]) == (1, 6)
    assert client.get(f"/api/v1/papers/{told['paper']}").status_code == 200
    typed = town.get("/cells/target:i1:2021")["statements"][0]
    assert (typed["at"], typed["paper"]) == (None, None)


def test_only_what_was_shown_is_recorded(town: Town) -> None:
    content = filled(town, {"Показатель 1": "82,5"})
    before = town.last_position
    unseen = sent(town.client, content, answers=REPORT, step="record")
    assert town.last_position == before
    town.amends(decree("55", "2021-03-24"), line("target:i1:2021", "80", "90"))
    since = town.last_position
    other = again(town.client, unseen, "record", answers=REPORT.replace('"5"', '"6"'))
    assert "стало меняться другое" in other.text
    assert town.last_position == since
    assert "Бумага записана" in again(town.client, other, "record").text


def test_what_can_not_be_read_stops_recording(town: Town) -> None:
    content = filled(town, {"Показатель 1": "около 80", "Показатель 2": "79"})
    tried = sent(town.client, content, answers=REPORT)
    assert "Прочитано не всё" in tried.text
    assert "таблица 1" in tried.text
    assert "не число: «около 80»" in tried.text
    assert 'value="record"' not in tried.text
    before = town.last_position
    assert "Прочитано не всё" in again(town.client, tried, "record").text
    assert town.last_position == before


def test_columns_put_right_are_remembered(town: Town) -> None:
    client = town.client
    content = filled(town, {"Показатель 1": "82,5"}, "Итог")
    unknown = sent(client, content, answers=REPORT)
    assert "не распознана" in unknown.text
    named = again(client, unknown, "check", **{"kind.1": "form-1"})
    assert "column.1.form-1.fact" in form_of(named)
    typed = {"column.1.form-1.fact": "6"}
    beyond = again(client, named, "check", **typed | {"column.1.form-1.fact": "99"})
    assert beyond.status_code == 422
    assert 'value="99"' in beyond.text
    assert re.search(r"В таблице \d+ граф", beyond.text)
    tried = again(client, beyond, "check", **typed)
    assert "Показатель 1 факт, 2021 год — не указано 82,5" in words(tried), words(tried)
    assert form_of(tried)["column.1.form-1.plan"] == "5"
    recorded = again(client, tried, "record", remember="yes")
    assert "Графы таблиц запомнены" in recorded.text
    later = sent(client, filled(town, {"Показатель 2": "79"}, "Итог"), answers=REPORT)
    assert "Показатель 2 факт, 2021 год — не указано 79" in words(later)


def test_all_columns_may_be_told_of_a_header_in_two_rows(town: Town) -> None:
    content = filled(town, {"Показатель 1": "82,5"}, "Итог")
    told = {"name": 2, "unit": 3, "last_fact": 4, "plan": 5, "fact": 6, "deviation": 7}
    columns = "".join(f"{field} = {column}\n" for field, column in told.items())
    tried = sent(town.client, content, answers=f"{REPORT}[columns.1]\n{columns}")
    assert "Показатель 1 факт, 2021 год — не указано 82,5" in words(tried)
    assert "можно записать" in tried.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_another_site_can_not_hand_in(town: Town, headers: dict[str, str]) -> None:
    content, before = filled(town, {"Показатель 1": "81"}), town.last_position
    tried = sent(town.client, content, answers=REPORT)
    fields = form_of(tried) | {"step": "record"}
    answer = sent(town.client, None, headers=headers, **fields)
    assert answer.status_code == 403
    assert "другой сайт" in answer.text
    assert town.last_position == before


def test_what_is_wrong_is_told_in_place_and_nothing_typed_is_lost(town: Town) -> None:
    content = filled(town, {"Показатель 1": "81"})
    malformed = sent(town.client, content, answers="[document", program=town.program)
    assert malformed.status_code == 422
    assert 'aria-describedby="wrong-answers"' in malformed.text
    kept = form_of(malformed)
    assert kept["answers"].strip() == "[document"
    assert (kept["name"], kept["program"]) == ("отчёт.docx", town.program)
    mended = again(town.client, malformed, "check", answers=REPORT)
    assert "можно записать" in mended.text
    needed = sent(town.client, content)
    assert "реквизиты самой бумаги" in needed.text
    for wrong, said in [
        ({"program": "nope"}, "Такой программы нет"),
        ({"foo": "1"}, "Такого поля нет"),
        ({"column.1.form-1.fact": "шесть", "kind.1": "form-1"}, "Нужен номер графы"),
        ({"kind.1": "form-9"}, "Такого вида таблиц нет"),
        ({"step": "drop"}, "Допустимо"),
    ]:
        answer = again(town.client, mended, "check", **wrong) if "step" not in wrong else None
        answer = answer or sent(town.client, content, **wrong)
        assert (answer.status_code, said in answer.text) == (422, True), wrong


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 nothing", "docx"),
        (b"PK\x03\x04 torn", "Файл"),
        (b"", "Файл пуст"),
        (bytes(6 * 1024 * 1024 + 1), "letopis load"),
    ],
)
def test_a_wrong_file_is_told(town: Town, content: bytes, said: str) -> None:
    answer = sent(town.client, content, program=town.program, answers=REPORT)
    assert answer.status_code >= 400
    assert said in answer.text
    assert "title = &#34;Отчёт" in answer.text
    assert f'value="{town.program}" selected' in answer.text


def test_no_file_is_told(towns: TestClient) -> None:
    answer = sent(towns)
    assert answer.status_code == 422
    assert "Выберите файл" in answer.text
    assert "испорченным" in sent(towns, content="%%%", name="x.docx").text


def test_nothing_of_a_paper_becomes_markup(town: Town) -> None:
    content = filled(town, {"Показатель 1": EVIL})
    for page in (
        sent(town.client, content, answers=REPORT),
        sent(town.client, content, answers=EVIL),
        sent(town.client, content, **{EVIL: EVIL}),
        sent(town.client, program=EVIL, name=EVIL, content="QQ==", answers=f"# {EVIL}"),
        sent(town.client, filled(town, {}, EVIL), answers=REPORT),
        town.client.get("/intake", params={"program": EVIL}),
    ):
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
