"""Documents: what makes two of them the same, and which ids they get."""

from datetime import date

import pytest

from domain.amendment import amend
from domain.dates import Register
from domain.legal_act import Document, DocumentKind
from domain.program import AmendmentLine, cite, documents
from domain.refusals import DocumentFromTheFuture, NotAnAct
from domain.values import Stated
from domain.withdrawal import error_in_act
from tests.given import PROGRAM, Chronicle

TODAY = date(2022, 12, 31)


def paper(number: str | None, kind: str = "act", title: str = "", day: int = 24) -> Document:
    return Document(kind=DocumentKind(kind), date=date(2021, 3, day), number=number, title=title)


def cited(papers: Chronicle, document: Document) -> str:
    basis, events = cite(papers.register, PROGRAM, document, TODAY)
    papers.take(events)
    return basis.document


def test_ids_tell_date_and_number_and_letters_where_there_is_none() -> None:
    papers = Chronicle()
    assert cited(papers, paper("55")) == "2021-03-24-55"
    assert cited(papers, paper("07-п / 2")) == "2021-03-24-07-п_2"
    assert cited(papers, paper(None, "report", "Отчёт за год")) == "2021-03-24-a"
    assert cited(papers, paper(None, "report", "Другой отчёт")) == "2021-03-24-b"
    assert cited(papers, Document(kind=DocumentKind.ACT, title="Программа")) == "undated-a"


def test_the_same_document_is_recorded_once() -> None:
    papers = Chronicle()
    first = cited(papers, paper(None, "report", "Отчёт за год"))
    known = len(papers.register.assertions)
    assert cited(papers, paper(None, "report", "Отчёт за год")) == first
    assert len(papers.register.assertions) == known


def test_a_report_with_the_number_of_an_act_is_another_document() -> None:
    papers = Chronicle()
    assert cited(papers, paper("55")) == "2021-03-24-55"
    assert cited(papers, paper("55", "report")) == "2021-03-24-55-a"
    assert cited(papers, paper("55")) == "2021-03-24-55"


def test_the_id_of_an_act_recorded_in_error_is_not_given_again() -> None:
    """Nothing under it counts, what is recorded of it later neither."""
    papers = Chronicle()
    cited(papers, paper("55"))
    papers.record(error_in_act, "2021-03-24-55", "не тот акт")
    assert "2021-03-24-55" not in documents(papers.register)
    assert cited(papers, paper("55")) == "2021-03-24-55-a"


def test_a_document_of_tomorrow_is_refused() -> None:
    with pytest.raises(DocumentFromTheFuture):
        cite(Register(), "p", paper("55"), date(2021, 3, 23))
    assert cite(Register(), "p", paper("55"), date(2021, 3, 24))[0].document == "2021-03-24-55"


@pytest.mark.parametrize("kind", ["report", "payment", "memo"])
def test_only_an_act_changes_what_is_planned(kind: str) -> None:
    line = AmendmentLine(cell="target:t1:2021", was=Stated(value="80"), becomes=Stated(value="90"))
    with pytest.raises(NotAnAct):
        amend(Register(), "p", paper("55", kind), [line], [], TODAY)
