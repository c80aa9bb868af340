"""Rules on acts: what they say of themselves, and whether a report cites them in its own period."""

from collections.abc import Iterator
from datetime import date

from application.reports.form_3 import is_draft
from application.reports.tree import stated_fields
from application.rules.rule import Rule, Subject
from application.rules.windows import positions, shown
from domain import cells
from domain.dates import LAST_YEAR
from domain.findings import Finding
from domain.legal_act import DocumentKind
from domain.state import State


def _acts(state: State) -> Iterator[str]:
    """The acts that are no drafts."""
    for name, said in stated_fields(state, "document", "kind").items():
        if state.text(said.cell) == DocumentKind.ACT and not is_draft(state, name):
            yield name


def _named(state: State, act: str) -> str:
    number = state.text(cells.document(act, "number"))
    return f"№ {number}" if number else f"{act}"


def _outside_period(rule: Rule, subject: Subject) -> Iterator[Finding]:
    state = subject.state
    years, reported_on = _reported(state)
    if not years:
        return
    last = date(max(years), 12, 31)
    for act in _acts(state):
        cell = cells.document(act, "date")
        day = state.text(cell)
        adopted = date.fromisoformat(day) if day is not None else last
        if last < adopted <= reported_on:
            yield rule.found(
                cell,
                f"Акт {_named(state, act)} принят {shown(adopted)}, "
                f"после отчётного периода, который кончился {shown(last)}",
                printed=shown(adopted),
                computed=last.isoformat(),
                positions=positions(state.said(cell)),
            )


def _reported(state: State) -> tuple[set[int], date]:
    """The years that reports speak of (not as of last year), and the day of the latest report."""
    years: set[int] = set()
    reported_on = date.min
    for cell, said in state.cells.items():
        kind, *_, period = cells.parts(cell)
        if kind in {"fact", "cash-report"} and said.rank != LAST_YEAR:
            years.add(int(period[:4]))
            reported_on = max(reported_on, said.timing.dated_on)
    return years, reported_on


def _content_not_stated(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for act in _acts(subject.state):
        cell = cells.document(act, "content_stated")
        if subject.state.text(cell) == "false":
            yield rule.found(
                cell,
                f"Акт {_named(subject.state, act)} внёс изменения, какие именно — не сказано",
                positions=positions(subject.state.said(cell)),
            )


def _date_assumed(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for act in _acts(subject.state):
        cell = cells.document(act, "date_stated")
        day = subject.state.text(cells.document(act, "date"))
        if day is not None and subject.state.text(cell) == "false":
            yield rule.found(
                cell,
                f"Дата акта в бумаге не названа, принята {shown(date.fromisoformat(day))}",
                computed=day,
                positions=positions(subject.state.said(cell)),
            )


RULES: tuple[Rule, ...] = (
    Rule(
        id="act_outside_period",
        severity="warning",
        title="Акт принят после отчётного периода",
        compares="дата изменяющего акта с последним отчётным годом; акты после отчёта не в счёт",
        source="форма 3: сведения об изменениях за отчётный год",
        example="Кедровый: отчёт за 2021 год, акт № 22 от 31.01.2022",
        check=_outside_period,
    ),
    Rule(
        id="act_content_not_stated",
        severity="warning",
        title="Содержание изменений не сказано",
        compares="графа «суть изменений» Формы 3 с тем, что изменилось",
        source="форма 3: суть изменений",
        example="Кедровый: акты № 55 и № 22 «О внесении изменений»",
        check=_content_not_stated,
    ),
    Rule(
        id="act_date_assumed",
        severity="warning",
        title="Дата акта принята условно",
        compares="реквизиты акта с тем, что напечатано",
        source="реквизиты правового акта: дата и номер",
        example="Шатура: постановление без даты, принята 22.06.2020 — дата письма, названного в нём",
        check=_date_assumed,
    ),
)
