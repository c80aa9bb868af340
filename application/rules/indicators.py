"""Rules on indicators: facts against calculations, targets against baselines and years before."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from application.reports.tree import Indicator
from application.rules.figures import number_of, percent, rounded, russian, text_of, told
from application.rules.rule import Rule, Subject
from domain import cells
from domain.dates import Assertion
from domain.findings import Finding
from domain.indicator import FactReported
from domain.values import AbsenceReason, Absent, Direction, Stated

_FIFTH_MORE = Decimal(120)
_METHOD = "порядок разработки и оценки муниципальных программ"
_FORM_1 = "Форма 1 отчёта о реализации программы"
_NUMERIC = {"fact", "target", "baseline", "appropriation", "period-plan", "cash-report"}


def _worse(direction: str | None, value: Decimal, than: Decimal) -> bool:
    """Whether a value is worse by the way in which the indicator is meant to move."""
    match direction:
        case Direction.INCREASE:
            return value < than
        case Direction.DECREASE:
            return value > than
        case _:
            return False


def _targets(subject: Subject, one: Indicator) -> Mapping[str, Assertion]:
    """The targets of an indicator that have a value, by period."""
    return subject.targets.get(one.id, {})


def _each(
    found: Callable[[Rule, Subject, Indicator], Iterator[Finding]],
) -> Callable[[Rule, Subject], Iterator[Finding]]:
    """Asks about every indicator in the order of the tree."""

    def check(rule: Rule, subject: Subject) -> Iterator[Finding]:
        for one in subject.indicators:
            yield from found(rule, subject, one)

    return check


def _printed_as_zero(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for cell, said in subject.state.cells.items():
        value = said.value
        if (
            cells.parts(cell)[0] in _NUMERIC
            and isinstance(value, Absent)
            and set(value.printed) & {"0"}
            and not value.printed.strip("0,. ")
        ):
            why = f": {value.reason}" if value.reason else ""
            yield rule.found(
                cell,
                f"Значения нет{why}, а напечатано {value.printed}",
                printed=value.printed,
                positions=(said.position,),
            )


def _against_calculation(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for cell, said in subject.state.cells.items():
        if not cell.startswith("fact:") or not isinstance(said.value, Stated):
            continue
        event = subject.events.get(said.position)
        if not isinstance(event, FactReported) or event.calculation is None:
            continue
        right = event.calculation.contradicts(said.value.value)
        if right is not None:
            yield rule.found(
                cell,
                f"Напечатано {told(said)}, а расчёт «{event.calculation.formula}» даёт "
                f"{russian(rounded(right))}",
                printed=text_of(said.value),
                computed=format(right, "f"),
                positions=(said.position,),
            )


def _worse_than_baseline(rule: Rule, subject: Subject, one: Indicator) -> Iterator[Finding]:
    baseline = subject.state.said(cells.baseline(one.id))
    start = number_of(baseline)
    if baseline is None or start is None:
        return
    for year, said in _targets(subject, one).items():
        value = number_of(said) or Decimal(0)
        if _worse(one.direction, value, start):
            yield rule.found(
                said.cell,
                f"План на {year} год {russian(value)} хуже базового значения {russian(start)}",
                printed=text_of(said.value),
                computed=format(start, "f"),
                positions=(baseline.position, said.position),
            )
            return


def _no_baseline(rule: Rule, subject: Subject, one: Indicator) -> Iterator[Finding]:
    said = subject.state.said(cells.baseline(one.id))
    planned = _targets(subject, one)
    if said is None or not isinstance(said.value, Absent) or not planned:
        return
    if said.value.absent == AbsenceReason.NOT_STATED:
        yield rule.found(
            said.cell,
            f"Базовое значение не названо (напечатано «{said.value.printed}»), а планы есть: "
            f"{', '.join(planned)}",
            printed=said.value.printed,
            positions=(said.position,),
        )


def _target_of_zero(rule: Rule, subject: Subject, one: Indicator) -> Iterator[Finding]:
    zeros = {y: s for y, s in _targets(subject, one).items() if number_of(s) == 0}
    if zeros:
        first = next(iter(zeros.values()))
        yield rule.found(
            first.cell,
            f"План равен нулю ({', '.join(zeros)}): отношение факта к нему не вычисляется",
            printed=text_of(first.value),
            positions=tuple(sorted({said.position for said in zeros.values()})),
        )


def _below_last_year(rule: Rule, subject: Subject, one: Indicator) -> Iterator[Finding]:
    for year, said in _targets(subject, one).items():
        if not year.isdigit():
            continue
        last = subject.state.said(cells.fact(one.id, str(int(year) - 1)))
        value, reached = number_of(said), number_of(last)
        if last is None or value is None or reached is None:
            continue
        if _worse(one.direction, value, reached):
            yield rule.found(
                said.cell,
                f"План на {year} год {russian(value)} хуже факта прошлого года {russian(reached)}",
                printed=text_of(said.value),
                computed=format(reached, "f"),
                positions=tuple(sorted((last.position, said.position))),
            )


def _reached(subject: Subject, one: Indicator) -> Iterator[tuple[str, Assertion, Assertion]]:
    """The periods of an indicator with a target and a fact in figures: period, target, fact."""
    for period, target in _targets(subject, one).items():
        fact = subject.state.said(cells.fact(one.id, period))
        if fact is not None and number_of(fact) is not None:
            yield period, target, fact


def _exceeded(rule: Rule, subject: Subject, one: Indicator) -> Iterator[Finding]:
    for _, target, fact in _reached(subject, one):
        part, whole = number_of(fact) or Decimal(0), number_of(target) or Decimal(0)
        if one.direction == Direction.DECREASE:
            part, whole = whole, part
        elif one.direction != Direction.INCREASE:
            continue
        # A share of figures below zero says nothing of how far the target is passed.
        if part > 0 and whole > 0 and (degree := percent(part, whole)) > _FIFTH_MORE:
            yield rule.found(
                fact.cell,
                f"Факт {told(fact)} при плане {told(target)}: план перевыполнен "
                f"больше чем на пятую часть, {russian(rounded(degree))} %",
                printed=text_of(fact.value),
                computed=format(rounded(degree), "f"),
                positions=tuple(sorted((target.position, fact.position))),
            )


def _unexplained(rule: Rule, subject: Subject, one: Indicator) -> Iterator[Finding]:
    for period, target, fact in _reached(subject, one):
        why = subject.state.said(cells.explanation(one.id, period))
        carried = why is not None and (
            isinstance(why.value, Stated) or why.value.absent == AbsenceReason.NOT_CARRIED
        )
        reached, planned = number_of(fact) or Decimal(0), number_of(target) or Decimal(0)
        if _worse(one.direction, reached, planned) and not carried:
            yield rule.found(
                fact.cell,
                f"Факт {russian(reached)} хуже плана {russian(planned)}, а причина не названа",
                printed=text_of(fact.value),
                positions=tuple(sorted((target.position, fact.position))),
            )


RULES: tuple[Rule, ...] = (
    Rule(
        "absence_printed_as_zero",
        "error",
        "Отсутствие напечатано нулём",
        "напечатанный ноль с тем, что значения нет (не измерялось, не сообщено, не применимо)",
        _FORM_1,
        "Мониторинг не проводился, а факт напечатан 0",
        _printed_as_zero,
    ),
    Rule(
        "value_against_calculation",
        "error",
        "Значение противоречит своему расчёту",
        "факт с результатом расчёта, напечатанного рядом; и округление, и отбрасывание знаков годятся",
        _FORM_1,
        "Факт 20, а расчёт (20/30)·100 даёт 66,67",
        _against_calculation,
    ),
    Rule(
        "target_worse_than_baseline",
        "warning",
        "План хуже базового значения",
        "планы показателя с базовым значением по его признаку; одно расхождение на показатель",
        _METHOD,
        "Ожидание в очереди: базовое значение 2,38 минуты, план 11,5",
        _each(_worse_than_baseline),
    ),
    Rule(
        "baseline_missing",
        "warning",
        "Базовое значение не названо",
        "прочерк в базовом значении с тем, что планы есть",
        _METHOD,
        "Базовое значение «-», планы на 2020–2024 годы по 0",
        _each(_no_baseline),
    ),
    Rule(
        "target_of_zero",
        "warning",
        "План равен нулю",
        "плановое значение с нулём; одно расхождение на показатель",
        _METHOD,
        "Планы на 2020–2024 годы по 0: степень достижения не вычисляется",
        _each(_target_of_zero),
    ),
    Rule(
        "plan_below_last_year",
        "warning",
        "План хуже факта прошлого года",
        "план года с фактом прошлого года по признаку показателя",
        _METHOD,
        "План 90 при факте прошлого года 97,9",
        _each(_below_last_year),
    ),
    Rule(
        "exceeded_by_a_fifth",
        "warning",
        "План перевыполнен больше чем на пятую часть",
        "факт с планом того же периода по признаку показателя",
        _METHOD,
        "План 300, факт 450: 150 %",
        _each(_exceeded),
    ),
    Rule(
        "deviation_unexplained",
        "warning",
        "Отставание от плана не объяснено",
        "факт хуже плана с наличием обоснования; обоснование, не перенесённое из бумаги, считается",
        _FORM_1,
        "План 100, факт 91,2, графа «обоснование отклонений» пуста",
        _each(_unexplained),
    ),
)
