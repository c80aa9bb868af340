"""Rules on what documents leave out about themselves: a report's date, a program's own act."""

from collections.abc import Iterator
from datetime import date

from application.reports.tree import stated_fields
from application.rules.rule import Rule, Subject
from domain import cells
from domain.findings import Finding
from domain.legal_act import DocumentKind


def _report_date_assumed(rule: Rule, subject: Subject) -> Iterator[Finding]:
    state = subject.state
    for name, kind in stated_fields(state, "document", "kind").items():
        day = state.text(cells.document(name, "date"))
        said = state.said(cells.document(name, "date_stated"))
        is_act = state.text(kind.cell) == DocumentKind.ACT
        if is_act or day is None or said is None or state.text(said.cell) != "false":
            continue
        yield rule.found(
            said.cell,
            f"Бумага своей даты не называет, принята {date.fromisoformat(day):%d.%m.%Y}",
            computed=day,
            positions=(said.position,),
        )


def _basis_not_stated(rule: Rule, subject: Subject) -> Iterator[Finding]:
    state = subject.state
    for name, kind in stated_fields(state, "document", "kind").items():
        dated = state.text(cells.document(name, "date"))
        if state.text(kind.cell) == DocumentKind.ACT and dated is None:
            yield rule.found(
                kind.cell,
                "Акт, которым утверждена программа, в бумагах не назван: нет ни даты, ни номера",
                positions=(kind.position,),
            )


RULES: tuple[Rule, ...] = (
    Rule(
        "report_date_assumed",
        "warning",
        "Дата отчёта принята условно",
        "реквизиты отчёта с тем, что в нём напечатано",
        "реквизиты документа",
        "Отчёт даты не печатает и принят последней датой, на которую ссылается: 31.01.2022",
        _report_date_assumed,
    ),
    Rule(
        "basis_not_stated",
        "warning",
        "Основание не названо",
        "планы программы с актом, которым она утверждена",
        "реквизиты правового акта",
        "Отчёт печатает планы, но не называет постановления, которым программа утверждена",
        _basis_not_stated,
    ),
)
