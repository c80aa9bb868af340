"""Papers are kept once, given back byte for byte, and can be erased without touching the history."""

from hashlib import sha256

import psycopg
import pytest

from adapters.event_store import PostgresLedger
from adapters.paper_store import PostgresPapers
from application.ports import KeptPaper, TableMapping
from tests.adapters.postgresql_15 import both_servers
from tests.conftest import Database

pytestmark = both_servers
CONTENT = bytes(range(256)) * 100
PAPER = KeptPaper(sha256(CONTENT).hexdigest(), "Отчёт (вымышлен).docx", CONTENT)


@pytest.fixture
def papers(ledger: PostgresLedger) -> PostgresPapers:
    return PostgresPapers(ledger)


def test_a_paper_is_given_back_as_it_was(papers: PostgresPapers) -> None:
    assert papers.paper(PAPER.digest) is None
    papers.keep(PAPER, "invented")
    papers.keep(KeptPaper(PAPER.digest, "Другое имя.docx", CONTENT), "other")
    assert papers.paper(PAPER.digest) == PAPER
    assert papers.programs_of(PAPER.digest) == ["invented", "other"]


def test_a_paper_is_erased_by_the_owner_and_may_be_handed_in_again(
    papers: PostgresPapers, database: Database
) -> None:
    papers.keep(PAPER, "invented")
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("DELETE FROM papers.paper WHERE digest = %s", [PAPER.digest])
    assert papers.paper(PAPER.digest) is None
    papers.keep(PAPER, "invented")
    assert papers.paper(PAPER.digest) == PAPER


def test_the_newest_mapping_of_a_header_counts(papers: PostgresPapers) -> None:
    papers.remember("gorod", "показатель | план", TableMapping("form-1", {"plan": 3}))
    papers.remember("gorod", "показатель | план", TableMapping("form-1", {"plan": 4}))
    papers.remember("gorod", "показатель | факт", TableMapping("facts", {"fact": 2}))
    papers.remember("drugoy", "показатель | план", TableMapping("targets", {"plan": 9}))
    assert papers.mappings("gorod") == {
        "показатель | план": TableMapping("form-1", {"plan": 4}),
        "показатель | факт": TableMapping("facts", {"fact": 2}),
    }
    assert papers.mappings("nowhere") == {}


def test_a_person_keeps_the_reference_even_erased(
    papers: PostgresPapers, database: Database
) -> None:
    met = {("иванов", "ИИ"): "person-1", ("петров", "ПП"): "person-2"}
    papers.meet("gorod", met)
    papers.meet("gorod", met | {("сидоров", ""): "person-3"})
    papers.meet("drugoy", {("иванов", "ИИ"): "person-1"})
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(
            "UPDATE papers.person SET surname = NULL, initials = NULL"
            " WHERE (municipality, reference) = ('gorod', 'person-2')"
        )
    assert papers.persons("gorod") == {
        ("иванов", "ИИ"): "person-1",
        ("", "person-2"): "person-2",
        ("сидоров", ""): "person-3",
    }
    assert papers.persons("nowhere") == {}
