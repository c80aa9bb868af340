"""The published catalogue of rules, and what it finds at a viewpoint."""

from dataclasses import dataclass, field

from application.rules import (
    basis,
    calendar,
    columns,
    documents,
    federal_projects,
    form_2,
    indicators,
    names,
    passport,
    register,
    road_map,
    sums,
)
from application.rules.rule import Rule, Subject
from domain import cells
from domain.findings import Finding
from domain.values import Stated

FAMILIES: dict[str, tuple[Rule, ...]] = {
    "Вычисляемые графы": columns.RULES,
    "Показатели": indicators.RULES,
    "Названия": names.RULES,
    "Суммы": sums.RULES,
    "Паспорт": passport.RULES,
    "Форма 2: строки и точность": form_2.RULES,
    "Документы между собой": register.RULES,
    "Реквизиты": (*basis.RULES, *documents.RULES),
    "Календарь": calendar.RULES,
    "Дорожная карта": road_map.RULES,
    "Федеральные проекты": federal_projects.RULES,
}
"""All rules that look at one program, in the order in which they are published."""

RULES: tuple[Rule, ...] = tuple(rule for rules in FAMILIES.values() for rule in rules)


def findings_at(subject: Subject) -> list[Finding]:
    """What does not add up: errors, then warnings, by rule and cell; one finding per cell and rule.

    `waived` where a person accepted it with a reason, and it was the same finding then: with other
    figures or events behind it, it is a new one.
    """
    found: list[Finding] = []
    accepted = _Accepted(subject)
    for rule in RULES:
        by_cell: dict[str, Finding] = {}
        for finding in rule.check(rule, subject):
            by_cell.setdefault(finding.cell, finding)
        found += [accepted.marked(rule, by_cell[cell]) for cell in sorted(by_cell)]
    return sorted(found, key=lambda finding: finding.severity)


@dataclass(slots=True)
class _Accepted:
    """What persons accepted, looked at with what was known when they did."""

    subject: Subject
    _then: dict[int, Subject] = field(default_factory=dict)

    def marked(self, rule: Rule, finding: Finding) -> Finding:
        waiver = self.subject.state.said(cells.waiver(finding.rule, finding.cell))
        if waiver is None or not isinstance(waiver.value, Stated):
            return finding
        known = all(position < waiver.position for position in finding.positions)
        same = known and finding in rule.check(rule, self._known_at(waiver.position))
        return finding.model_copy(update={"waived": same})

    def _known_at(self, position: int) -> Subject:
        if position not in self._then:
            self._then[position] = self.subject.known_at(position)
        return self._then[position]
