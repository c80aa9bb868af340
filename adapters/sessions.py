"""Sessions of people and sign-ins under way."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from psycopg.rows import DictRow

from adapters import sql
from adapters.read_model import Connections
from application.ports import Session, SessionSeen, SigningIn
from application.sessions import IDLE, LONGEST, MOST_AT_ONCE, SIGNING_IN
from domain.access import Actor

_BYTES = 32


class PostgresSessions:
    """`application.ports.Sessions` on PostgreSQL."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def leave(self, signing_in: SigningIn, now: datetime) -> str:
        """Remembers a sign-in under way: what the browser must show when it comes back."""
        shown = token_urlsafe(_BYTES)
        self._run(
            "leave_to_sign_in",
            {
                "digest": _digest(signing_in.state),
                "browser": _digest(shown),
                "nonce": signing_in.nonce,
                "verifier": signing_in.verifier,
                "goes_on_to": signing_in.goes_on_to,
                "now": now,
                "ends_at": now + SIGNING_IN,
            },
        )
        return shown

    def come_back(self, state: str, shown: str, now: datetime) -> SigningIn | None:
        """The sign-in that a browser comes back from, once and in time."""
        asked = {"digest": _digest(state), "browser": _digest(shown), "now": now}
        for row in self._run("come_back_from_signing_in", asked):
            if row["is_in_time"]:
                return SigningIn(state, row["nonce"], row["verifier"], row["goes_on_to"])
        return None

    def begin(self, actor: Actor, now: datetime) -> str:
        """Begins a session: what the browser must show."""
        shown = token_urlsafe(_BYTES)
        self._run(
            "begin_session",
            {
                "digest": _digest(shown),
                "issuer": actor.issuer,
                "subject": actor.subject,
                "csrf": token_urlsafe(_BYTES),
                "now": now,
                "idle_since": now - IDLE,
                "ends_at": now + LONGEST,
                "most_others": MOST_AT_ONCE - 1,
            },
        )
        return shown

    def seen(self, shown: str, now: datetime) -> Session | None:
        """The session of a browser, which lasts on from now."""
        asked = {"digest": _digest(shown), "now": now, "idle_since": now - IDLE}
        for row in self._run("session_seen", asked):
            actor = Actor(issuer=row["issuer"], subject=row["subject"])
            return Session(actor, row["csrf"], row["name"])
        return None

    def of(self, actor: Actor, shown: str, now: datetime) -> list[SessionSeen]:
        """The sessions of somebody, the one heard of last first."""
        asked = {"digest": _digest(shown), "now": now, "idle_since": now - IDLE}
        rows = self._run("sessions_of", actor.model_dump() | asked)
        return [SessionSeen(**row) for row in rows]

    def end(self, shown: str) -> None:
        """Ends the session of a browser."""
        self._run("end_session", {"digest": _digest(shown)})

    def end_all(self, actor: Actor) -> int:
        """Ends all sessions of somebody: how many there were."""
        with self._ledger.connection() as connection:
            return connection.execute(sql.text("end_sessions"), actor.model_dump()).rowcount

    def _run(self, name: str, values: Mapping[str, object]) -> list[DictRow]:
        with self._ledger.connection() as connection:
            cursor = connection.execute(sql.text(name), values)
            return cursor.fetchall() if cursor.description else []


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()
