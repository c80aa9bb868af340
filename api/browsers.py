"""What every answer tells browsers: what it may load and run, who may frame or read it."""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # none at all would have browsers hide where a form comes from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_POLICY = "Content-Security-Policy"
_ANSWER = "default-src 'none'; frame-ancestors 'none'"
_ONE_YEAR = "max-age=31536000; includeSubDomains"
_DESCRIPTION = frozenset({"/docs", "/docs/oauth2-redirect", "/redoc"})
_SCRIPT = re.compile(rb"<script>(.+?)</script>", re.DOTALL)


def tell(headers: MutableHeaders, address: str) -> None:
    """Adds what every answer of a Letopis at an address tells; a policy that is there already stays."""
    headers.update(_ALWAYS)
    headers.setdefault(_POLICY, _ANSWER)
    if address.startswith("https://"):
        headers["Strict-Transport-Security"] = _ONE_YEAR


class Told:
    """Every answer tells it. The pages of the description, which are made elsewhere, run the scripts that
    are in them as they are served, and no other.
    """

    def __init__(self, app: ASGIApp, *, address: str) -> None:
        self.app, self.address = app, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def telling_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                if scope["path"] in _DESCRIPTION:
                    held.append(message)
                    return
                tell(MutableHeaders(scope=message), self.address)
            elif held:
                start = held.pop()
                headers = MutableHeaders(scope=start)
                headers[_POLICY] = _policy_of(message.get("body", b""))
                tell(headers, self.address)
                await send(start)
            await send(message)

        await self.app(scope, receive, telling_send)


def _policy_of(html: bytes) -> str:
    """What a page of the description needs: its very scripts, styles that its scripts write, our files."""
    digests = [b64encode(sha256(script).digest()).decode() for script in _SCRIPT.findall(html)]
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in digests)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
