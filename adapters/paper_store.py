"""The papers that figures were read from, and how a municipality's tables are to be read."""

from collections.abc import Mapping
from typing import Any

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from adapters import sql
from adapters.read_model import Connections
from application.ports import KeptPaper, TableMapping


class PostgresPapers:
    """`application.ports.Papers` on PostgreSQL. Nothing is changed here; the owner may erase a paper."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def keep(self, paper: KeptPaper, program: str) -> None:
        """Keeps a file, once, and about which program it was handed in."""
        self._run(
            "keep_paper", {"digest": paper.digest, "name": paper.name, "content": paper.content}
        )
        self._run("handed_in_about", {"digest": paper.digest, "program": program})

    def programs_of(self, digest: str) -> list[str]:
        """The programs that a file was handed in about."""
        return [row["program"] for row in self._run("programs_of_paper", {"digest": digest})]

    def paper(self, digest: str) -> KeptPaper | None:
        """A kept file, None if it was never handed in or is erased."""
        rows = self._run("paper", {"digest": digest})
        return KeptPaper(rows[0]["digest"], rows[0]["name"], rows[0]["content"]) if rows else None

    def persons(self, municipality: str) -> dict[tuple[str, str], str]:
        """The references of who was named in a municipality's papers."""
        rows = self._run("persons_of_papers", {"municipality": municipality})
        return {_key(row): row["reference"] for row in rows}

    def meet(self, municipality: str, persons: Mapping[tuple[str, str], str]) -> None:
        """From now on these persons are known by these references."""
        named = [(*key, reference) for key, reference in persons.items()]
        surnames, initials, references = zip(*named, strict=True) if named else ((), (), ())
        self._run(
            "meet_persons",
            {
                "municipality": municipality,
                "surnames": list(surnames),
                "initials": list(initials),
                "references": list(references),
            },
        )

    def remember(self, municipality: str, header: str, mapping: TableMapping) -> None:
        """From now on tables with this header are read so."""
        self._run(
            "remember_mapping",
            {
                "municipality": municipality,
                "header": header,
                "kind": mapping.kind,
                "columns": Jsonb(dict(mapping.columns)),
            },
        )

    def mappings(self, municipality: str) -> dict[str, TableMapping]:
        """How tables are read, by the header's text."""
        rows = self._run("mappings", {"municipality": municipality})
        return {row["header"]: TableMapping(row["kind"], row["columns"]) for row in rows}

    def _run(self, name: str, values: dict[str, Any]) -> list[DictRow]:
        with self._ledger.connection() as connection:
            cursor = connection.execute(sql.text(name), values)
            return cursor.fetchall() if cursor.description else []


def _key(row: DictRow) -> tuple[str, str]:
    """By what a person is known again; who was erased is so by nothing."""
    return ("", row["reference"]) if row["surname"] is None else (row["surname"], row["initials"])
