"""What a page posts: read once, taken from our own pages only, and from the session it was shown to."""

import hmac
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from adapters.documents.limits import MIB
from application.ports import Session
from domain.refusals import ForeignForm, FormOfAnother

MOST_BYTES = 6 * MIB
"""Of a file that travels with the page."""

_MOST_TEXT = MOST_BYTES * 4 // 3 + MIB
_MOST_FIELDS = 20_000


async def sent(request: Request) -> AsyncIterator[FormData]:
    """The form that a request sends; without one an empty form."""
    if request.method != "POST":
        yield FormData()
        return
    async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT) as form:
        yield form


AsSent = Annotated[FormData, Depends(sent)]


def require_own(request: Request, form: FormData, session: Session | None) -> None:
    """Whoever has a session sends only what was shown in it. Refuses: ForeignForm, FormOfAnother."""
    if is_foreign(request):
        raise ForeignForm
    if session is None:
        return
    shown = form.get("csrf")
    told = shown.encode(errors="replace") if isinstance(shown, str) else b""
    if not hmac.compare_digest(told, session.csrf.encode()):
        raise FormOfAnother


def is_foreign(request: Request) -> bool:
    """Whether a browser says that another site asks."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    return site not in {"same-origin", "none"} or (
        origin is not None and origin.partition("://")[2] != host
    )
