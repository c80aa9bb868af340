"""Calls to the provider: short, small, to the named address only."""

import json
import time
from typing import Any

import httpx2
import structlog

from adapters.identity.refusals import issuer_away

log = structlog.get_logger()

LONGEST_S = 5.0
LARGEST_BYTES = 512_000
# The environment's .netrc and proxies are left out: what is sent goes to the provider and to nobody else.
CLIENT: dict[str, Any] = {
    "timeout": httpx2.Timeout(LONGEST_S, connect=3.0),
    "follow_redirects": False,
    "trust_env": False,
    "headers": {"Accept": "application/json", "Accept-Encoding": "identity"},
}


class Bounded(httpx2.HTTPTransport):
    """Reads every answer whole, within a total time and size: httpx2 bounds only the single steps."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        deadline = time.monotonic() + LONGEST_S
        answer = super().handle_request(request)
        content = bytearray()
        try:
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise httpx2.DecodingError("an encoding that was not asked for", request=request)
            for chunk in answer.iter_raw():
                content += chunk
                if len(content) > LARGEST_BYTES:
                    raise httpx2.ReadError("too large", request=request)
                if time.monotonic() > deadline:
                    raise httpx2.ReadTimeout("too slow", request=request)
        finally:
            answer.close()
        return httpx2.Response(answer.status_code, headers=answer.headers, content=bytes(content))


def fetched(url: str, *, bearer: str | None = None) -> dict[str, Any]:
    """A JSON object of the provider. Refuses: `IssuerAway` for whatever else comes, or does not."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    try:
        with httpx2.Client(transport=Bounded(), **CLIENT) as client:
            answer = client.get(url, headers=headers).raise_for_status()
        found = json.loads(answer.content)
    except httpx2.HTTPError as error:
        log.warning("issuer away", url=url, error=type(error).__name__)
        raise issuer_away("no_answer") from None
    except (ValueError, RecursionError):
        raise issuer_away("unreadable") from None
    if not isinstance(found, dict):
        raise issuer_away("unreadable")
    return found
