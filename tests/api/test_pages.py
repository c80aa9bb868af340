"""The pages: they open on empty forms, say in Russian what is wrong, and mark what is invented."""

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

PAGES = [
    "/",
    "/intake",
    "/programs/kedrovy",
    "/programs/kedrovy/findings",
    "/programs/kedrovy/cells/fact:goal-1:2021",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_safe_and_of_here(clerk: TestClient, page: str) -> None:
    answer = clerk.get(page)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert '<html lang="ru">' in answer.text
    assert not re.search(r"https?://", answer.text)
    for asset in re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text):
        assert clerk.get(asset).status_code == 200


@pytest.mark.parametrize("program", ["kedrovy", "stupino", "krasnogorsk", "shatura", "sample"])
def test_every_program_is_listed_and_opens(papers: TestClient, program: str) -> None:
    assert f'href="/programs/{program}' in papers.get("/").text
    answer = papers.get(f"/programs/{program}")
    assert answer.status_code == 200
    invented = re.search("вымышлен", answer.text, re.IGNORECASE) is not None
    assert invented == (program == "sample")


def test_what_is_invented_is_marked_in_the_list(papers: TestClient) -> None:
    text = papers.get("/").text
    assert re.search("вымышлен", text[text.index("/programs/sample") :], re.IGNORECASE)


def test_an_empty_form_asks_for_now(papers: TestClient) -> None:
    fields = "as_of=&dated_by=&edition=&known_on=&at_position=&year="
    assert papers.get(f"/programs/kedrovy?{fields}").status_code == 200
    assert papers.get(f"/programs/kedrovy/cells/fact:goal-1:2021?{fields}").status_code == 200


def test_dates_of_the_form_are_obeyed(papers: TestClient) -> None:
    before = papers.get("/programs/kedrovy?as_of=2021-12-31&dated_by=2022-01-30&year=2021").text
    after = papers.get("/programs/kedrovy?as_of=2021-12-31&dated_by=2022-02-01&year=2021").text
    assert "31.12.2021" in before
    assert ("2022-01-31-22" in before, "2022-01-31-22" in after) == (False, True)
    assert ("91,2" in before, "91,2" in after) == (False, True)


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/programs/nope", 404),
        ("/programs/kedrovy?as_of=2020-01-01", 404),
        ("/programs/kedrovy?edition=nope", 404),
        ("/programs/kedrovy?as_of=31.12.2021", 422),
        ("/programs/kedrovy?as_of=2021-02-30", 422),
        ("/programs/kedrovy?known_on=2999-01-01", 422),
        ("/programs/kedrovy?known_on=2026-01-01&at_position=5", 422),
        ("/programs/kedrovy?at_position=пять", 422),
        ("/programs/kedrovy/cells/nope", 404),
        ("/programs/kedrovy/cells/fact:goal-1:2021?as_of=x", 422),
        ("/programs/nope/cells/fact:goal-1:2021", 404),
    ],
)
def test_what_is_wrong_is_told_in_russian(papers: TestClient, page: str, status: int) -> None:
    answer = papers.get(page)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    (notice,) = re.findall(r'<p class="notice">(.+?)</p>', answer.text)
    assert re.search("[а-яё]{4,}", notice, re.IGNORECASE)


@pytest.mark.parametrize("year", ["", "x", "0", "99999", "²", "-1", "2021"])
def test_a_year_of_nonsense_is_the_nearest_of_the_program(papers: TestClient, year: str) -> None:
    assert papers.get(f"/programs/kedrovy?year={quote(year)}").status_code == 200


def test_unknown_parameters_of_a_page_are_refused(papers: TestClient) -> None:
    assert papers.get("/programs/kedrovy?foo=1").status_code == 422


def test_nothing_of_the_address_becomes_markup(papers: TestClient) -> None:
    evil = "<script>alert(1)</script>"
    pages = [
        f"/programs/{quote(evil, safe='')}",
        f"/programs/kedrovy/cells/{quote(evil, safe='')}",
        f"/programs/kedrovy?as_of={quote(evil)}",
        f"/programs/kedrovy?edition={quote(evil)}",
    ]
    for page in pages:
        assert "<script" not in papers.get(page).text


def test_the_story_of_a_figure_shows_what_the_paper_printed(papers: TestClient) -> None:
    text = papers.get("/programs/kedrovy/cells/fact:goal-1:2021").text
    assert "в бумаге «0»" in text
    assert "не измерялся" in text


def test_a_place_that_is_not_there_is_told(clerk: TestClient) -> None:
    gone = clerk.get(f"/papers/{'0' * 64}?table=3&row=5&cell=6")
    assert gone.status_code == 404
    assert "Файл стёрт" in gone.text
    assert "таблица 3, строка 5, графа 6" in gone.text
    assert clerk.get(f"/papers/{'0' * 64}?table=0").status_code == 422
    assert clerk.get("/papers/nope").status_code == 422
    story = clerk.get("/programs/kedrovy/cells/fact:objective-1-2:2021")
    assert "файл стёрт или сюда не сдавался" in story.text
    assert re.search(r"таблица \d+, строка \d+", story.text)


def test_the_page_of_what_does_not_add_up(papers: TestClient) -> None:
    page = papers.get("/programs/kedrovy/findings")
    assert "Ошибок <b>9</b>" in page.text
    assert "/programs/kedrovy/cells/" in page.text
    before = papers.get("/programs/kedrovy/findings?as_of=2021-12-31&dated_by=2022-01-30")
    assert "Ошибок <b>9</b>" not in before.text
    assert papers.get("/programs/nope/findings").status_code == 404
    assert papers.get("/programs/kedrovy/findings?foo=1").status_code == 422
