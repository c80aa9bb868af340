"""A provider in the hands of the tests: it says what they want, and signs what no provider should."""

import hashlib
import json
import threading
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

NOW = 1_800_000_000
CLIENT, AUDIENCE = "letopis-client", "letopis"
GONE: Any = object()
"""A claim or header of this value is left out."""

Answer = tuple[int, dict[str, str], bytes]


def text(octets: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def json_answer(content: Any, status: int = 200) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(content).encode()


def new_key(algorithm: str, kid: str | None = None) -> Key:
    parameters: Any = {"use": "sig", "alg": algorithm, "kid": kid or f"of-{algorithm}"}
    if algorithm.startswith("ES"):
        curve = {"ES256": "P-256", "ES384": "P-384", "ES256K": "secp256k1"}[algorithm]
        return ECKey.generate_key(curve, parameters=parameters)
    if algorithm.startswith("Ed"):
        return OKPKey.generate_key("Ed25519", parameters=parameters)
    return RSAKey.generate_key(2048, parameters=parameters)


KEYS = {name: new_key(name) for name in ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")}
STRANGER = new_key("ES256")
"""Of another provider, under an id of ours."""


def public(key: Key, **changes: Any) -> dict[str, Any]:
    assert not isinstance(key, OctKey)
    shown = {**key.as_dict(private=False), **changes}
    return {name: value for name, value in shown.items() if value is not GONE}


def signature(message: bytes, algorithm: str, key: Key) -> bytes:
    return JWSRegistry.algorithms[algorithm].sign(message, key)


def signed(header: bytes, payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    """A compact token of any octets at all."""
    message = f"{text(header)}.{text(payload)}"
    return f"{message}.{text(sign(message.encode()))}"


class Forge:
    """A provider at `issuer` that answers by `answers`, a path's answer or one made of the sent form."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.asked = Counter[str]()
        self.sent_headers: dict[str, str] = {}
        self.sent_body = b""
        self.document = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "userinfo_endpoint": f"{issuer}/userinfo",
        }
        self.answers: dict[str, Callable[[], Answer]] = {
            "/.well-known/openid-configuration": lambda: json_answer(self.document),
            "/jwks": lambda: json_answer({"keys": self.jwks}),
        }
        self.jwks: list[Any] = [public(key) for key in KEYS.values()]

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Of a good access token, but for what is changed."""
        good = {
            "iss": self.issuer,
            "sub": "ivanova",
            "aud": AUDIENCE,
            "client_id": "a machine",
            "jti": "1",
            "iat": NOW - 10,
            "exp": NOW + 300,
        }
        return {name: value for name, value in (good | changes).items() if value is not GONE}

    def token(
        self,
        *,
        header: dict[str, Any] | None = None,
        payload: bytes | None = None,
        key: Key | None = None,
        **claims: Any,
    ) -> str:
        """A token rightly signed, good but for what is changed."""
        full = {"alg": "ES256", "typ": "at+jwt", "kid": GONE, **(header or {})}
        algorithm = full["alg"]
        if full["kid"] is GONE:
            full["kid"] = f"of-{algorithm}"
        head = {name: value for name, value in full.items() if value is not None}
        content = json.dumps(self.claims(**claims)).encode() if payload is None else payload
        key = key or KEYS[algorithm]
        return signed(
            json.dumps(head).encode(), content, lambda message: signature(message, algorithm, key)
        )

    def id_token(self, nonce: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """An ID token, good but for what is changed."""
        at_login = {
            "aud": CLIENT,
            "nonce": nonce,
            "client_id": GONE,
            "name": "Вера",
            "email": "v@x",
        }
        return self.token(header={"typ": "JWT", **(header or {})}, **(at_login | claims))

    def grants(self, id_token: object, **more: Any) -> None:
        """From now on the token endpoint gives this."""
        granted = {"access_token": "at", "token_type": "Bearer", "id_token": id_token, **more}
        self.answers["/token"] = lambda: json_answer(granted)


def half_hash(octets: str) -> str:
    return text(hashlib.sha256(octets.encode()).digest()[:16])


@contextmanager
def forging() -> Iterator[Forge]:
    """A forge that answers on a loopback port."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            forge.asked[path] += 1
            forge.sent_headers = {name.lower(): value for name, value in self.headers.items()}
            forge.sent_body = self.rfile.read(int(self.headers.get("content-length", 0)))
            answer = forge.answers.get(path)
            status, headers, body = answer() if answer else (404, {}, b"")
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 (the name that http.server looks for)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        forge = Forge(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield forge
        finally:
            server.shutdown()
            thread.join()
