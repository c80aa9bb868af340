"""The directory of people: the only place that knows names, and how somebody is erased from it."""

import psycopg

from adapters import sql
from adapters.read_model import Connections
from application.ports import Person
from domain.access import Actor
from domain.refusals import Refusal


class PostgresPeople:
    """`application.ports.People` on PostgreSQL."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def note(self, person: Person) -> None:
        """Remembers what somebody is called now."""
        noted = {"name": person.name, "email": person.email, "noted_at": person.noted_at}
        try:
            with self._ledger.connection() as connection:
                connection.execute(sql.text("note_person"), person.actor.model_dump() | noted)
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001 (its words may hold the name)
            why = type(error.__cause__ or error).__name__
            raise RuntimeError(f"a person is not noted: {why}") from None

    def everybody(self) -> list[Person]:
        """Everybody who is in the directory."""
        with self._ledger.connection() as connection:
            rows = connection.execute(sql.text("people")).fetchall()
        return [
            Person(
                Actor(issuer=row["issuer"], subject=row["subject"]),
                row["name"],
                row["email"],
                row["noted_at"],
            )
            for row in rows
        ]


def erase(owner_url: str, actor: Actor) -> bool:
    """Erases somebody from the directory and ends their sessions, with the owner's role: whether they
    were there. What they did stays in the history, under their reference.
    """
    with psycopg.connect(owner_url) as connection:
        connection.execute(sql.text("end_sessions"), actor.model_dump())
        return connection.execute(sql.text("erase_person"), actor.model_dump()).rowcount > 0
