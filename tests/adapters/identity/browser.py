"""A person at a browser without scripts: follows redirects and fills in forms until sent back."""

import re
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2

_MOST_STEPS = 12


def came_back(url: str, redirect_uri: str, subject: str) -> dict[str, str]:
    """The parameters that someone comes back with who signs in and agrees to everything."""
    with httpx2.Client(timeout=10) as browser:
        answer = browser.get(url)
        for _ in range(_MOST_STEPS):
            if answer.has_redirect_location:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(redirect_uri):
                    return dict(parse_qsl(urlsplit(target).query))
                answer = browser.get(target)
            else:
                answer = _submitted(browser, answer, subject)
    raise AssertionError("the provider goes round in circles")


def came_back_refusing(url: str, redirect_uri: str) -> dict[str, str]:
    """The parameters that someone comes back with who gives up at the first page."""
    with httpx2.Client(timeout=10, follow_redirects=False) as browser:
        answer = browser.get(url)
        while answer.has_redirect_location:
            answer = browser.get(urljoin(str(answer.url), answer.headers["location"]))
        abort = re.search(r'href="([^"]*/abort)"', answer.text)
        assert abort, answer.text
        answer = browser.get(urljoin(str(answer.url), unescape(abort[1])))
        while not (target := answer.headers["location"]).startswith(redirect_uri):
            answer = browser.get(urljoin(str(answer.url), target))
    return dict(parse_qsl(urlsplit(target).query))


def _submitted(browser: httpx2.Client, page: httpx2.Response, subject: str) -> httpx2.Response:
    action = re.search(r'<form[^>]* action="([^"]*)"', page.text)
    assert action, f"{page.status_code} {page.text}"
    hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
    filled = {name: unescape(value) for name, value in hidden}
    if 'name="login"' in page.text:
        filled |= {"login": subject, "password": "any"}
    if 'name="subject"' in page.text:
        filled |= {"subject": subject}
    return browser.post(urljoin(str(page.url), unescape(action[1])), data=filled)
