"""How the command line shows answers to a person."""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from api.words import ABSENCES, PERIODS, SEVERITIES, VERDICTS
from application.queries.diff import Change
from application.queries.events import EventView
from application.queries.holdings import HoldingView
from application.queries.periods import PeriodView
from application.queries.program import ProgramView
from application.queries.story import StoryView
from application.queries.viewpoint import Resolved
from application.reports.figure import Figure
from domain.findings import Finding

_WIDE = 200
MOST_CHANGES = 200
out = Console(
    highlight=False,
    markup=False,  # what is stored is text, be it «fact:up:2021» or «[/x]»
    emoji=False,
    width=None if sys.stdout.isatty() else _WIDE,
)
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


def _table(*columns: str, title: str | None = None) -> Table:
    """A table that breaks long texts over lines and cuts none."""
    return Table(*(Column(name, overflow="fold") for name in columns), title=title)


def cell_text(figure: Figure) -> str:
    """A figure in a table: its value with a decimal comma, or a dash and why."""
    if figure.value is None:
        return f"— ({ABSENCES.get(str(figure.absent), '')})"
    return figure.value.replace(".", ",") if _DECIMAL.fullmatch(figure.value) else figure.value


def print_program(view: ProgramView, resolved: Resolved) -> None:
    """A program: its title, the viewpoint, indicators by year, money by year."""
    dates = resolved.viewpoint
    out.print(view.title, style="bold")
    invented = " — ВЫМЫШЛЕНО" if view.municipality.invented else ""
    out.print(f"{view.municipality.name}{invented}")
    out.print(
        f"по состоянию на {dates.as_of:%d.%m.%Y}, по документам на {dates.dated_by:%d.%m.%Y}"
        f"{f', в редакции {resolved.edition}' if resolved.edition else ''}, "
        f"по сведениям на запись № {dates.at_position}"
    )
    table = _table("Показатель", "Ед.", "Период", "План", "Факт", title="Показатели")
    for one in view.indicators:
        periods = sorted(one.targets.keys() | one.facts.keys())
        for n, period in enumerate(periods or ["—"]):
            none = Figure(absent=one.baseline.absent or "not_stated")
            table.add_row(
                f"{one.id}: {one.name}" if n == 0 else "",
                one.unit if n == 0 else "",
                period,
                cell_text(one.targets.get(period, none)),
                cell_text(one.facts.get(period, none)),
            )
    out.print(table)
    money = _table("Год", "Ассигнования, руб.", title="Деньги")
    for year, figure in view.budget.totals.by_year.items():
        money.add_row(year, cell_text(figure))
    out.print(money)


def print_events(views: Sequence[EventView]) -> None:
    """Events, one a line."""
    table = _table("№", "Записано (UTC)", "Событие", "Документ", "Действует с")
    for view in views:
        table.add_row(
            str(view.position),
            f"{view.recorded_at:%d.%m.%Y %H:%M:%S}",
            view.topic,
            view.document or "",
            str(view.effective_on or ""),
        )
    out.print(table)


def print_story(told: StoryView) -> None:
    """The story of a cell."""
    table = _table("№", "Значение", "Документ", "Действует с", "по", "Что с ним", title=told.cell)
    for one in told.statements:
        table.add_row(
            str(one.said.position),
            cell_text(one.said),
            one.said.document or "",
            str(one.effective_on),
            str(one.until_on or ""),
            VERDICTS[one.verdict]
            + (f" (№ {one.by})" if one.by not in (None, one.said.position) else ""),
        )
    for posting in told.postings:
        table.add_row(
            str(posting.position),
            posting.amount,
            posting.document,
            str(posting.effective_on),
            "",
            "складывается" if posting.counts else "не видно",
        )
    out.print(table)
    for gone in told.withdrawals:
        what = f"№ {gone.of_position}" if gone.of_position else f"акта {gone.of_document}"
        why = "ошибка записи" if gone.recording_error else f"документ {gone.document}"
        out.print(f"№ {gone.position}: отмена {what} ({why}) {gone.reason}")


def print_changes(changes: Sequence[Change]) -> None:
    """Was and becomes."""
    table = _table("Ячейка", "Было", "Стало", "Разница", "Документ")
    for change in changes:
        table.add_row(
            change.cell,
            cell_text(change.was),
            cell_text(change.becomes),
            change.delta or "",
            change.document or "",
        )
    out.print(table)


def print_findings(found: Sequence[Finding]) -> None:
    """Findings by rule, one a line, and how many there are."""
    for one in found:
        accepted = " [принято]" if one.waived else ""
        out.print(
            f"{SEVERITIES[one.severity]}: {one.rule}: {one.cell}: {one.message}{accepted}",
            soft_wrap=True,
        )
    errors = sum(one.severity == "error" for one in found)
    out.print(
        f"Ошибок {errors}, предупреждений {len(found) - errors}." if found else "Расхождений нет."
    )


def print_periods(found: Sequence[PeriodView]) -> None:
    """The reports by period: when each is due, where it stands, what was issued."""
    table = _table("Период", "Срок сдачи", "Состояние", "Опоздание, дн.", "Сдан", "Файлов")
    for one in found:
        due = f"{one.due_on:%d.%m.%Y}" if one.due_on else "не указан"
        moved = f" (вместо {one.moved.stated_on:%d.%m.%Y}: {one.moved.why})" if one.moved else ""
        until = f" до {one.until_on:%d.%m.%Y}" if one.until_on else ""
        last = one.submissions[-1] if one.submissions else None
        table.add_row(
            one.period,
            due + moved,
            f"{' '.join(PERIODS[one.status])}{until}",
            str(one.late_days or ""),
            f"{last.document}, № {last.position}" if last else "",
            str(len(last.files)) if last else "",
        )
    out.print(table)


def print_holdings(found: Sequence[HoldingView]) -> None:
    """Roles or keys: whose, where, from when until when, and whether they hold today."""
    table = _table("Запись", "Кому", "Роль", "Где", "С", "По", "Состояние")
    for one in found:
        if one.revoked_at is not None:
            state = f"отозвано записью № {one.revoked_at}"
        else:
            state = "действует" if one.holds else "не действует"
        where = ", ".join(one.scope.model_dump(exclude_none=True).values())
        table.add_row(
            str(one.position),
            str(one.actor),
            one.role or "ключ",
            where or ("везде" if one.role else ""),
            f"{one.effective_on:%d.%m.%Y}" if one.effective_on else "",
            f"{one.until_on:%d.%m.%Y}" if one.until_on else "",
            state,
        )
    out.print(table)


def print_paper(told: Mapping[str, Any]) -> None:
    """A paper that was handed in: its tables, what could not be read, what does not add up, what changes."""
    table = _table("Таблица", "Что это", "Строк", "Графы", title=told["file"])
    for one in told["tables"]:
        columns = ", ".join(f"{field} — {place}" for field, place in one["columns"].items())
        number = f"{one['number']} {one['sheet'] or ''}".strip()
        table.add_row(number, one["title"] or "не распознана", str(one["rows"]), columns)
    out.print(table)
    if told["known_as"]:
        out.print(f"Этот файл уже записан как документ {told['known_as']}.")
    for one in told["unread"]:
        out.print(f"не прочитано: {one['place']}: {one['why']}", soft_wrap=True)
    print_findings([Finding.model_validate(one) for one in told["findings"]])
    for change in told["changes"][:MOST_CHANGES]:
        was, becomes = (_side(change[side]) for side in ("was", "becomes"))
        out.print(f"{change['cell']}: {was} → {becomes}", soft_wrap=True)
    if len(told["changes"]) > MOST_CHANGES:
        out.print(f"… и ещё {len(told['changes']) - MOST_CHANGES} (все — с --json)")


def _side(value: Mapping[str, str]) -> str:
    return value.get("value", f"— ({ABSENCES.get(value.get('absent', ''), '')})")
