"""What every answer tells browsers, whichever way it comes about."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.conftest import opened, served
from tests.conftest import Database

ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/programs/kedrovy", 200),
    ("GET", "/static/style.css", 200),
    ("GET", "/intake", 401),
    ("GET", "/login", 404),
    ("POST", "/logout", 415),
    ("GET", "/programs/kedrovy?x=1&x=2", 422),
    ("GET", "/nothing", 404),
    ("GET", "/docs", 200),
    ("GET", "/redoc", 200),
    ("GET", "/docs/oauth2-redirect", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/static-offline-docs/swagger-ui.css", 200),
    ("GET", "/health/live", 200),
    ("GET", "/api/v1/programs", 200),
    ("GET", "/api/v1/programs/kedrovy/forms/1.pdf?year=2021", 200),
    ("GET", "/api/v1/programs/kedrovy/forms/1.html?year=2021", 200),
    ("GET", "/api/v1/programs/%ff", 400),
    ("POST", "/api/v1/programs", 415),
    ("DELETE", "/api/v1/programs", 405),
    ("TRACE", "/api/v1/programs", 405),
    ("TRACE", "/", 405),
]


def is_told(answer: Response) -> None:
    """Whether an answer tells all of it, each once."""
    headers = answer.headers
    names = [name for name, _ in headers.multi_items()]
    assert len(names) == len(set(names))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    scripts = policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe" not in scripts


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_tells_it(papers: TestClient, method: str, path: str, status: int) -> None:
    answer = papers.request(method, path, follow_redirects=False)
    assert answer.status_code == status, answer.text
    is_told(answer)
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    ("path", "broken"),
    [("/api/v1/programs/kedrovy", "reading.view_of"), ("/programs/kedrovy", "pages.view_of")],
)
def test_a_fault_of_ours_tells_it_too(
    papers: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, broken: str
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret")

    room = "api.pages" if broken.startswith("pages") else "api.routes"
    monkeypatch.setattr(f"{room}.{broken}", breaks)
    answer = papers.get(path)
    assert answer.status_code == 500
    is_told(answer)
    kind = "text/html" if room == "api.pages" else "application/problem+json"
    assert answer.headers["content-type"].startswith(kind)
    assert "secret" not in answer.text


@pytest.fixture
def over_tls(database: Database) -> Iterator[TestClient]:
    with opened(database, public_url="https://testserver/") as letopis, served(letopis) as client:
        assert letopis.address == "https://testserver"
        yield client


def test_over_tls_it_stays_over_tls(over_tls: TestClient) -> None:
    for path in ("/", "/api/v1/programs", "/docs", "/nope"):
        told = over_tls.get(path).headers["strict-transport-security"]
        assert told == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_description_runs_the_scripts_that_are_in_it(papers: TestClient, path: str) -> None:
    answer = papers.get(path)
    policy = answer.headers["content-security-policy"]
    inline: list[str] = re.findall(r"<script>(.+?)</script>", answer.text, re.DOTALL)
    for text in inline:
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert len(inline) == policy.count("sha256-") == (path == "/docs")
    assert not re.search(r"<[^>]+ on\w+=", answer.text), "what a policy would refuse to run"


def test_other_sites_are_told_nothing(papers: TestClient) -> None:
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for method in ("GET", "OPTIONS"):
        answer = papers.request(method, "/api/v1/programs", headers=asks)
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_browser_that_asks_for_nothing_gets_a_page(papers: TestClient) -> None:
    page = papers.get("/nothing", headers={"Accept": "text/html,application/xhtml+xml"})
    assert page.status_code == 404
    assert "Не найдено" in page.text
    data = papers.get("/api/v1/nothing", headers={"Accept": "text/html"})
    assert data.headers["content-type"] == "application/problem+json"
