"""Rules on days: deadlines on which nobody works, ends of months, lists with gaps, duties known late."""

from calendar import isleap
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from application.rules.production_calendar import (
    decree,
    holiday,
    is_holiday,
    is_non_working_by_decree,
    is_weekend,
    next_working_day,
)
from application.rules.rule import Rule, Subject
from application.rules.windows import (
    Edge,
    Procedure,
    Window,
    by_year,
    deadlines,
    positions,
    shown,
)
from domain import cells
from domain.findings import Finding
from domain.state import State

_FEWEST_OF_A_LIST = 6
_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_SATURDAY = 5


def _moved(rule: Rule, deadline: Edge, why: str) -> Finding:
    after = next_working_day(deadline.day)
    return rule.found(
        deadline.said.cell,
        f"Срок {shown(deadline.day)} приходится на {why}; ближайший рабочий день {shown(after)}",
        printed=shown(deadline.day),
        computed=after.isoformat(),
        positions=(deadline.said.position,),
    )


def _on_weekend(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in deadlines(subject.procedures):
        if is_weekend(deadline.day):
            name = "субботу" if deadline.day.weekday() == _SATURDAY else "воскресенье"
            yield _moved(rule, deadline, name)


def _on_holiday(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in deadlines(subject.procedures):
        if is_holiday(deadline.day) and not is_weekend(deadline.day):
            yield _moved(rule, deadline, f"праздничный или выходной день ({holiday(deadline.day)})")


def _in_non_working_days(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in deadlines(subject.procedures):
        day = deadline.day
        if is_non_working_by_decree(day) and not is_weekend(day) and not is_holiday(day):
            why = f"нерабочие дни по Указу Президента {decree(day)}"
            yield _moved(rule, deadline, why)


def _month_end(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for procedure in subject.procedures:
        for window in procedure.windows:
            end = window.ends
            if end is not None and _is_28_of_29(end.day) and _means_month_end(procedure, window):
                right = end.day + timedelta(days=1)
                yield rule.found(
                    end.said.cell,
                    f"Конец месяца указан как {shown(end.day)}, а {right.year} год високосный: "
                    f"последний день февраля {shown(right)}",
                    printed=shown(end.day),
                    computed=right.isoformat(),
                    positions=(end.said.position,),
                )


def _is_28_of_29(day: date) -> bool:
    return isleap(day.year) and (day.month, day.day) == (2, 28)


def _means_month_end(procedure: Procedure, window: Window) -> bool:
    """The window begins with the month, or all others of its list end with theirs."""
    if window.starts is not None and window.starts.day.day == 1:
        return True
    others = [other.ends.day for other in procedure.windows if other != window and other.ends]
    return bool(others) and all((day + timedelta(days=1)).day == 1 for day in others)


def _gap(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for procedure in subject.procedures:
        starts = [window.starts for window in procedure.windows if window.starts is not None]
        missing = _missing([start.day for start in starts])
        if missing:
            year = starts[0].day.year
            yield rule.found(
                cells.procedure(procedure.id, "title"),
                f"В ежемесячном списке сроков на {year} год их {len(starts)}: "
                f"нет {', '.join(_MONTHS[month - 1] for month in missing)}",
                printed=str(len(starts)),
                computed=str(len(starts) + len(missing)),
                positions=positions(*(start.said for start in starts)),
            )


def _missing(days: list[date]) -> list[int]:
    """The months that a monthly list leaves out, from its first one to December; none if it is no
    monthly list of one year: one window a month, mostly month after month.
    """
    months = sorted({day.month for day in days})
    if len({day.year for day in days}) != 1 or len(months) < max(len(days), _FEWEST_OF_A_LIST):
        return []
    expected = range(months[0], 13)
    return [month for month in expected if month not in months] * (2 * len(months) > len(expected))


def _before_known(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for year, found in by_year(subject.procedures).items():
        late = {
            procedure.id: _unknown(procedure, lambda window: window.starts)
            + _unknown(procedure, lambda window: window.ends)
            for procedure in found
        }
        edges = [edge for of in late.values() for edge in of]
        if not edges:
            continue
        starts = sum(edge.said.cell.endswith(":starts_on") for edge in edges)
        timings = sorted({edge.said.timing.document: edge.said.timing for edge in edges}.items())
        acts = ", ".join(_dated(subject.state, act, timing.dated_on) for act, timing in timings)
        yield rule.found(
            f"road-map:{year}:status",
            f"Раньше даты акта ({acts}) лежат сроки: начал {starts}, окончаний "
            f"{len(edges) - starts}, процедур {sum(map(bool, late.values()))} из {len(found)}; "
            "просрочкой они не считаются",
            computed=f"начал {starts}, окончаний {len(edges) - starts}",
            positions=positions(*(edge.said for edge in edges)),
        )


def _unknown(procedure: Procedure, edge_of: Callable[[Window], Edge | None]) -> list[Edge]:
    edges = (edge_of(window) for window in procedure.windows)
    return [edge for edge in edges if edge is not None and not edge.known_in_time]


def _dated(state: State, act: str, day: date) -> str:
    assumed = state.text(cells.document(act, "date_stated")) == "false"
    return f"{shown(day)}{', принята условно' if assumed else ''}"


def _completed_late(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for procedure in subject.procedures:
        for window in procedure.windows:
            cell = cells.completion(procedure.id, window.number)
            done, day, end = subject.state.said(cell), subject.state.text(cell), window.ends
            if day is None or end is None or not end.known_in_time:
                continue
            due = next_working_day(end.day)
            if (on := date.fromisoformat(day)) > due:
                yield rule.found(
                    cell,
                    f"Исполнено {shown(on)}, позже срока {shown(end.day)} на {(on - due).days} дн.",
                    printed=shown(on),
                    computed=due.isoformat(),
                    positions=positions(end.said, done),
                )


RULES: tuple[Rule, ...] = (
    Rule(
        id="deadline_on_weekend",
        severity="warning",
        title="Срок приходится на субботу или воскресенье",
        compares="последний день срока с производственным календарём; рабочие субботы не в счёт",
        source="статья 111 Трудового кодекса, статья 193 Гражданского кодекса (перенос срока)",
        example="Шатура: срок 01.03.2020 — воскресенье, ближайший рабочий день 02.03.2020",
        check=_on_weekend,
    ),
    Rule(
        id="deadline_on_holiday",
        severity="warning",
        title="Срок приходится на праздничный день в будни",
        compares="последний день срока с праздниками, перенесёнными выходными и отдельными днями, "
        "объявленными нерабочими (24.06.2020, 01.07.2020); субботы и воскресенья не в счёт",
        source="статья 112 Трудового кодекса, постановления Правительства о переносе выходных, "
        "Указы Президента от 29.05.2020 № 345 и от 01.06.2020 № 354",
        example="Шатура: срок 01.07.2020 — день голосования, ближайший рабочий день 02.07.2020",
        check=_on_holiday,
    ),
    Rule(
        id="deadline_in_non_working_days",
        severity="warning",
        title="Срок приходится на нерабочие дни, объявленные Президентом",
        compares="последний день срока с нерабочими днями 30.03–30.04 и 06–08.05.2020, "
        "04–07.05 и 30.10–07.11.2021; выходные и праздники внутри них не в счёт",
        source="указы Президента от 25.03.2020 № 206, от 02.04.2020 № 239, от 28.04.2020 № 294, "
        "от 23.04.2021 № 242, от 20.10.2021 № 595; срок они по закону не переносят "
        "(обзор Верховного Суда от 21.04.2020 № 1, вопрос 5)",
        example="Шатура: срок 30.04.2020 — нерабочий день, ближайший рабочий день 12.05.2020",
        check=_in_non_working_days,
    ),
    Rule(
        id="month_end_in_leap_year",
        severity="warning",
        title="28 февраля вместо конца месяца в високосном году",
        compares="конец срока «с 1 февраля» или списка концов месяцев с последним днём февраля",
        source="календарь",
        example="Шатура: 01.02.2020–28.02.2020, а последний день февраля 29.02.2020",
        check=_month_end,
    ),
    Rule(
        id="gap_in_monthly_list",
        severity="warning",
        title="Пропуск в ежемесячном списке сроков",
        compares="месяцы списка (не меньше шести сроков, по одному в месяц, больше половины "
        "месяцев) с месяцами от первого срока до декабря",
        source="календарь",
        example="Шатура: список с января по ноябрь 2020 года, 11 сроков, нет декабря",
        check=_gap,
    ),
    Rule(
        id="duty_before_known",
        severity="warning",
        title="Сроки раньше акта, который их назначил",
        compares="начала и концы сроков с датой акта; одна запись на дорожную карту года",
        source="статья 15 Конституции, часть 3: неопубликованный акт не применяется; "
        "обязанность не нарушена, пока о ней не знали",
        example="Шатура: до 22.06.2020 лежат 434 начала и 368 окончаний сроков",
        check=_before_known,
    ),
    Rule(
        id="completed_late",
        severity="warning",
        title="Исполнено позже срока",
        compares="день исполнения с концом срока, перенесённым на рабочий день; срок раньше акта, "
        "который его назначил, не просрочен никогда",
        source="статья 193 Гражданского кодекса",
        example="Срок 10.02.2021, исполнено 12.02.2021: позже на 2 дня",
        check=_completed_late,
    ),
)
