"""Rules on what things are called: bodies, shares, counts of the same thing in two rows."""

import re
from collections.abc import Iterator
from itertools import combinations

from application.intake.text import folded
from application.reports.lines import bodies
from application.reports.tree import Indicator
from application.rules.figures import number_of, russian
from application.rules.rule import Rule, Subject
from domain import cells
from domain.dates import Assertion
from domain.findings import Finding
from domain.indicator import Calculation, FactReported
from domain.values import number

_PROPER = re.compile(r"^(?P<form>[^«»]*)«(?P<proper>[^«»]+)»")
_OF_ALL = re.compile(r"от общего (?:количества|числа|объема)\s+(?P<whole>[^,]+)")
_WORD = re.compile(r"[а-я]{4,}")
_ADJECTIVE = re.compile(r"(?:ых|их|ого|его|ой|ей|ому|ему)$")
_STEM = 5
_ALIKE = 2


def _two_names(rule: Rule, subject: Subject) -> Iterator[Finding]:
    named = bodies(subject.state)
    for (one, first), (other, second) in combinations(named.items(), 2):
        if not _alike(first, second):
            continue
        pair = [subject.state.cells[cells.body(name)] for name in (one, other)]
        yield rule.found(
            pair[1].cell,
            f"{second} и {first}: похоже на два имени одного исполнителя",
            printed=second,
            positions=tuple(said.position for said in pair),
        )


def _alike(one: str, other: str) -> bool:
    """Whether two names are the same but for case, quotes and dashes, or of one legal form with one
    proper name within the other: МУ «ЦБС» and МУ «Кедровская ЦБС», but not МУ «ЦБ».
    """
    if folded(one) == folded(other):
        return True
    first, second = _PROPER.match(one), _PROPER.match(other)
    if first is None or second is None or folded(first["form"]) != folded(second["form"]):
        return False
    words = [set(folded(name["proper"]).split()) for name in (first, second)]
    return words[0] < words[1] or words[1] < words[0]


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(folded(text))}


def _share_of_another(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for one in subject.indicators:
        name = folded(one.name or "")
        of_all = _OF_ALL.search(name)
        if of_all is None:
            continue
        things = [w for w in _WORD.findall(of_all["whole"]) if not _ADJECTIVE.search(w)]
        if things and things[0][:_STEM] not in _stems(name[: of_all.start()]):
            said = subject.state.cells[cells.indicator(one.id, "name")]
            yield rule.found(
                said.cell,
                f"Доля считается от общего количества «{of_all['whole']}», а до этих слов название "
                f"говорит о другом",
                printed=one.name or "",
                positions=(said.position,),
            )


def _counts_differ(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A share's numerator is another row's fact, but its denominator is not that row's plan."""
    stems = {one.id: _stems(one.name or "") for one in subject.indicators}
    alike: dict[str, list[Indicator]] = {}
    for cell, said in subject.state.cells.items():
        if not cell.startswith("fact:"):
            continue
        _, indicator, period = cells.parts(cell)
        calculation = _calculation(subject, said)
        if indicator not in stems or calculation is None:
            continue
        if indicator not in alike:
            alike[indicator] = [
                other
                for other in subject.indicators
                if other.id != indicator and len(stems[indicator] & stems[other.id]) > _ALIKE
            ]
        for other in alike[indicator]:
            yield from _count(rule, subject, other, period, said, calculation)


def _calculation(subject: Subject, said: Assertion) -> Calculation | None:
    event = subject.events.get(said.position)
    if not isinstance(event, FactReported) or event.calculation is None:
        return None
    return event.calculation if event.calculation.denominator is not None else None


def _count(
    rule: Rule,
    subject: Subject,
    other: Indicator,
    period: str,
    share: Assertion,
    calculation: Calculation,
) -> Iterator[Finding]:
    fact = subject.state.said(cells.fact(other.id, period))
    plan = subject.state.said(cells.target(other.id, period))
    done, planned = number_of(fact), number_of(plan)
    counted = calculation.numerator is not None and done == number(calculation.numerator)
    counts_itself = fact is not None and _calculation(subject, fact) is None
    if not counted or not counts_itself or planned is None or calculation.denominator is None:
        return
    if done is not None and plan is not None and planned != number(calculation.denominator):
        yield rule.found(
            share.cell,
            f"В расчёте «{calculation.formula}» {russian(done)} из {russian(number(calculation.denominator))}"
            f", а в показателе «{other.name}» {russian(done)} при плане {russian(planned)}",
            printed=calculation.denominator,
            computed=format(planned, "f"),
            positions=tuple(
                sorted({share.position, plan.position, *((fact.position,) if fact else ())})
            ),
        )


RULES: tuple[Rule, ...] = (
    Rule(
        "body_under_two_names",
        "warning",
        "Один исполнитель под двумя именами",
        "имена исполнителей между собой: без кавычек и регистра, и одно собственное имя внутри другого",
        "перечень исполнителей программы",
        "МУ «Кедровская ЦБС» и МУ «ЦБС»; МУ «ЦБ» — другое имя",
        _two_names,
    ),
    Rule(
        "share_of_something_else",
        "warning",
        "Доля считается от другого",
        "слово после «от общего количества» с тем, о доле чего говорит название показателя",
        "название показателя",
        "Доля офисных программ, от общего количества используемых операционных систем",
        _share_of_another,
    ),
    Rule(
        "counts_differ",
        "warning",
        "Одно и то же посчитано по-разному",
        "числитель и знаменатель расчёта доли с фактом и планом показателя, который считает то же",
        "Форма 1 отчёта о реализации программы",
        "Слушаний 8 из 8 в расчёте процента, а в показателе количества 8 при плане 9",
        _counts_differ,
    ),
)
