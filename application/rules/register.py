"""Rules on how statements of several documents about one cell stand to each other."""

from collections.abc import Iterator

from application.rules.rule import Rule, Subject
from domain.findings import Finding, broken_was, restated


def _broken_was(rule: Rule, subject: Subject) -> Iterator[Finding]:
    yield from broken_was(subject.told)


def _restated(rule: Rule, subject: Subject) -> Iterator[Finding]:
    yield from restated(subject.told)


RULES: tuple[Rule, ...] = (
    Rule(
        "was_does_not_stand",
        "error",
        "«Было» акта не то, что действовало",
        "«было» каждой строки акта с тем, что действовало перед ним по документам, внесённым и позже",
        "правила подготовки правовых актов об изменениях",
        "Акт № 55 печатает «было 80», а по внесённому позже акту № 40 действовало 88",
        _broken_was,
    ),
    Rule(
        "restated_differently",
        "warning",
        "Прошлогодний факт напечатан иначе",
        "«факт за прошлый год» отчёта с фактом, который сообщил отчёт за тот год",
        "Форма 1 отчётов за соседние годы",
        "Отчёт за 2024 год печатает за 2023 год 65,9, а отчёт за 2023 год сообщил 65,8",
        _restated,
    ),
)
