"""Somebody at a browser who signs in at the local issuer, over real HTTP."""

from httpx2 import Response
from starlette.testclient import TestClient

from api.pages.signing_in import BACK
from tests.adapters.identity.browser import came_back

HERE = "https://testserver"


def leave(browser: TestClient, goes_on_to: str = "/") -> Response:
    """Asks to sign in: the answer that sends the browser to the provider."""
    return browser.get("/login", params={"next": goes_on_to}, follow_redirects=False)


def answer_of_the_provider(left: Response, subject: str) -> dict[str, str]:
    """What the provider answers once somebody is chosen there."""
    assert left.status_code == 303, left.text
    return came_back(left.headers["location"], f"{HERE}{BACK}", subject)


def come_back(browser: TestClient, answer: dict[str, str]) -> Response:
    """Brings the provider's answer."""
    return browser.get(BACK, params=answer, follow_redirects=False)


def sign_in_at_provider(browser: TestClient, subject: str, goes_on_to: str = "/") -> Response:
    """All the way: to the provider and back."""
    return come_back(browser, answer_of_the_provider(leave(browser, goes_on_to), subject))
