"""A small OpenID provider: authorization code with PKCE only; a person is chosen, not proven."""

import hashlib
import hmac
import secrets
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from api.local_issuer.people import PEOPLE

_CHOOSING_S = 600
_CODE_S = 60
_ID_TOKEN_S = 300
_ACCESS_TOKEN_S = 3600
_MOST_WAITING = 200
_STYLE = """
body { margin:0; font:16px/1.45 system-ui,sans-serif; color:#1b2533; background:#f5f7fa }
main { max-width:34rem; margin:2rem auto; padding:0 1rem }
.notice { background:#fff1d6; border-left:4px solid #d99a2b; padding:.5rem .8rem }
button { display:block; width:100%; margin:.5rem 0; padding:.7rem 1rem; font:inherit; text-align:left;
  border:1px solid #9fb0c3; border-radius:.3rem; background:#fff; color:inherit; cursor:pointer }
button b { display:block } .plain { text-align:center } :focus-visible { outline:3px solid #f2a900 }
"""
_STYLE_HASH = "sha256-" + b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_PAGE = Environment(autoescape=True).from_string(
    files("api.local_issuer").joinpath("choose.html").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class _Asked:
    redirect_uri: str
    state: str
    nonce: str | None
    challenge: str
    until: float
    subject: str = ""


class LocalIssuer:
    """The provider at one loopback address, with one public client. Its key lives as long as it does.

    `redirect_uris` may be set anew while it runs. Tickets and codes are kept in memory: a ticket
    binds a click to the page it was made on, a code counts once and for a minute.
    """

    def __init__(
        self, url: str, *, client_id: str, redirect_uris: Iterable[str], audience: str
    ) -> None:
        self.url = url
        self.client_id = client_id
        self.redirect_uris = frozenset(redirect_uris)
        self.audience = audience
        self._key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"})
        self._key.ensure_kid()
        self._tickets: dict[str, _Asked] = {}
        self._codes: dict[str, _Asked] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/jwks", self._jwks),
                Route("/authorize", self._ask, methods=["GET"]),
                Route("/authorize", self._answer, methods=["POST"]),
                Route("/token", self._token, methods=["POST"]),
            ],
            middleware=[Middleware(BaseHTTPMiddleware, dispatch=self._guard)],
        )

    def access_token(self, subject: str) -> str:
        """An access token (RFC 9068) of a person for the audience, as `/token` gives it."""
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": subject,
            "aud": self.audience,
            "client_id": self.client_id,
            "iat": now,
            "exp": now + _ACCESS_TOKEN_S,
            "jti": secrets.token_urlsafe(16),
        }
        return self._signed("at+jwt", claims)

    def _signed(self, kind: str, claims: dict[str, Any]) -> str:
        return jwt.encode({"typ": kind, "alg": "ES256", "kid": self._key.kid}, claims, self._key)

    def _id_token(self, asked: _Asked, access_token: str) -> str:
        now = int(time.time())
        person = next(one for one in PEOPLE if one.subject == asked.subject)
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self.url,
            "sub": person.subject,
            "aud": self.client_id,
            "iat": now,
            "exp": now + _ID_TOKEN_S,
            "auth_time": now,
            "name": person.name,
            "email": person.email,
            "at_hash": _text(half),
            **({"nonce": asked.nonce} if asked.nonce else {}),
        }
        return self._signed("JWT", claims)

    async def _guard(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        # A page elsewhere whose name is made to lead to this machine must not talk to us.
        if request.headers.get("host") != urlsplit(self.url).netloc:
            return PlainTextResponse("Другой адрес.", 421)
        answer = await call_next(request)
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    async def _discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "token_endpoint_auth_methods_supported": ["none"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def _jwks(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _ask(self, request: Request) -> Response:
        asked = request.query_params
        redirect_uri = asked.get("redirect_uri", "")
        if asked.get("client_id") != self.client_id or redirect_uri not in self.redirect_uris:
            return PlainTextResponse("Эта программа или её адрес возврата не записаны.", 400)
        if fault := _fault(asked):
            return self._back(redirect_uri, asked.get("state", ""), error=fault)
        ticket = secrets.token_urlsafe(32)
        _keep(
            self._tickets,
            ticket,
            _Asked(
                redirect_uri,
                asked.get("state", ""),
                asked.get("nonce"),
                asked["code_challenge"],
                time.monotonic() + _CHOOSING_S,
            ),
        )
        to = urlsplit(redirect_uri)
        # form-action rules the redirect after the form as well.
        allowed = f"style-src '{_STYLE_HASH}'; form-action 'self' {to.scheme}://{to.netloc}"
        return HTMLResponse(
            _PAGE.render(style=_STYLE, people=PEOPLE, ticket=ticket),
            headers={
                "Content-Security-Policy": f"default-src 'none'; {allowed}; "
                "frame-ancestors 'none'; base-uri 'none'"
            },
        )

    async def _answer(self, request: Request) -> Response:
        async with request.form(max_files=0, max_fields=10) as form:
            ticket, subject = str(form.get("ticket", "")), str(form.get("subject", ""))
        asked = _taken(self._tickets, ticket)
        if asked is None:
            return PlainTextResponse("Страница устарела: начните вход заново.", 400)
        if subject not in {one.subject for one in PEOPLE}:
            return self._back(asked.redirect_uri, asked.state, error="access_denied")
        code = secrets.token_urlsafe(32)
        until = time.monotonic() + _CODE_S
        _keep(self._codes, code, replace(asked, until=until, subject=subject))
        return self._back(asked.redirect_uri, asked.state, code=code)

    def _back(self, redirect_uri: str, state: str, **answer: str) -> Response:
        query = urlencode({**answer, "state": state, "iss": self.url})
        joint = "&" if "?" in redirect_uri else "?"
        return Response(status_code=303, headers={"Location": f"{redirect_uri}{joint}{query}"})

    async def _token(self, request: Request) -> Response:
        async with request.form(max_files=0, max_fields=10) as form:
            sent = {name: str(value) for name, value in form.items()}
        if sent.get("client_id") != self.client_id:
            return JSONResponse({"error": "invalid_client"}, 401)
        if sent.get("grant_type") != "authorization_code":
            return JSONResponse({"error": "unsupported_grant_type"}, 400)
        asked = _taken(self._codes, sent.get("code", ""))
        proof = _text(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or asked.redirect_uri != sent.get("redirect_uri")
            or not hmac.compare_digest(proof, asked.challenge)
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access_token = self.access_token(asked.subject)
        return JSONResponse(
            {
                "access_token": access_token,
                "token_type": "Bearer",
                "expires_in": _ACCESS_TOKEN_S,
                "id_token": self._id_token(asked, access_token),
            }
        )


def _fault(asked: Mapping[str, str]) -> str | None:
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
        return "invalid_request"
    return None


def _keep(waiting: dict[str, _Asked], name: str, asked: _Asked) -> None:
    """Keeps one more; the oldest goes where there are too many."""
    if len(waiting) >= _MOST_WAITING:
        del waiting[next(iter(waiting))]
    waiting[name] = asked


def _taken(waiting: dict[str, _Asked], name: str) -> _Asked | None:
    """What was kept under this name: it counts once, and in time."""
    asked = waiting.pop(name, None)
    return asked if asked and time.monotonic() < asked.until else None


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
