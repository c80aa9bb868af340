"""What is posted to pages: from our own pages only, and from the session that the form was shown to."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from api.admission import page_needs
from api.bootstrap import Letopis
from api.pages.frame import FOLDER
from tests.api.conftest import opened, served
from tests.api.people import csrf_of, person, sign_in
from tests.conftest import Server, fresh_database

VERA, OLEG = person("vera"), person("oleg")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def letopis(main_server: Server) -> Iterator[Letopis]:
    with fresh_database(main_server) as database, opened(database) as letopis:
        yield letopis


@pytest.fixture
def vera(letopis: Letopis) -> Iterator[TestClient]:
    """A browser at which Vera is signed in, of a Letopis with one more page that takes forms."""
    with served(letopis) as client:
        assert isinstance(client.app, FastAPI)

        @client.app.post("/planted", dependencies=[page_needs()])
        def planted() -> str:
            return "taken"

        sign_in(client, VERA)
        yield client


def sent(client: TestClient, path: str, form: dict[str, str], **headers: str) -> Response:
    given = {"Content-Type": FORM} | headers
    return client.post(path, data=form, headers=given, follow_redirects=False)


PAGES = ["/planted", "/logout", "/intake"]


@pytest.mark.parametrize("path", ["/planted", "/logout"])
def test_a_form_of_the_session_is_taken(vera: TestClient, path: str) -> None:
    own = {"csrf": csrf_of(vera)}
    assert sent(vera, path, own, Origin="https://testserver").status_code < 400


@pytest.mark.parametrize("path", PAGES)
def test_a_form_without_its_mark_is_not(vera: TestClient, letopis: Letopis, path: str) -> None:
    with served(letopis) as other:
        sign_in(other, OLEG)
        of_another = csrf_of(other)
    own = csrf_of(vera)
    for wrong in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": of_another}, {"csrf": f"{own}x"}):
        answer = sent(vera, path, wrong)
        assert answer.status_code == 403, wrong
        assert "Форма не этого входа" in answer.text
    as_a_file = vera.post(path, files={"csrf": ("csrf", own.encode())})
    assert as_a_file.status_code == 403
    assert csrf_of(vera) == own, "still signed in"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver.evil.example"},
    ],
)
def test_a_form_of_another_site_is_not(
    vera: TestClient, path: str, headers: dict[str, str]
) -> None:
    for form in ({"csrf": csrf_of(vera)}, {}):
        answer = sent(vera, path, form, **headers)
        assert answer.status_code == 403
        assert "другой сайт" in answer.text
    vera.cookies.clear()
    assert sent(vera, path, {}, **headers).status_code == 403


def test_who_is_not_signed_in_has_no_mark(letopis: Letopis) -> None:
    with served(letopis) as anybody:
        out = sent(anybody, "/logout", {})
        assert (out.status_code, out.headers["location"]) == (303, "/")
        assert sent(anybody, "/intake", {}).status_code == 401


def test_pages_take_forms_and_the_interface_takes_none(vera: TestClient) -> None:
    for media_type in ("application/json", "text/plain", ""):
        answer = vera.post("/planted", content="{}", headers={"Content-Type": media_type})
        assert answer.status_code == 415
        assert "text/html" in answer.headers["content-type"]
    for media_type in (FORM, "multipart/form-data; boundary=x"):
        answer = vera.post("/api/v1/programs", content="x=1", headers={"Content-Type": media_type})
        assert answer.status_code == 415
        assert answer.headers["content-type"] == "application/problem+json"
    assert (
        vera.post("/api/v1/intake", content="x=1", headers={"Content-Type": FORM}).status_code
        == 415
    )


def test_a_broken_form_is_told_on_a_page(vera: TestClient) -> None:
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = vera.post("/planted", content=b"--x\r\nnothing", headers=broken)
    assert answer.status_code in {400, 403}
    assert "text/html" in answer.headers["content-type"]
    many = "&".join(f"a{n}=1" for n in range(20_001))
    answer = vera.post("/planted", content=many, headers={"Content-Type": FORM})
    assert answer.status_code == 400


def test_every_form_that_posts_carries_its_mark() -> None:
    forms = [
        form
        for template in (FOLDER / "templates").glob("*.html")
        for form in re.findall(
            r"<form[^>]+post.*?</form>", template.read_text(encoding="utf-8"), re.DOTALL
        )
    ]
    assert len(forms) >= 2
    for form in forms:
        assert '<input type="hidden" name="csrf" value="{{ csrf }}">' in form
