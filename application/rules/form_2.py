"""Rules on how Form 2 and the appendix on financing are laid out: executors and digits."""

from collections import defaultdict
from collections.abc import Iterator

from application.reports.lines import lines
from application.reports.tree import PROGRAM, tree
from application.rules.checks import COLUMNS
from application.rules.figures import number_of, read, text_of
from application.rules.rule import Rule, Subject
from application.rules.sheet import Sheet
from domain import cells
from domain.dates import Assertion
from domain.findings import Finding

_LINES = {"appropriation": "plan-year", "period-plan": "plan-period", "cash-report": "cash"}
_TITLES = {"plan-year": "План на год", "plan-period": "План на период", "cash": "Касса"} | COLUMNS
_SUMS = "Суммы"
_OF_FORM_2 = {*_LINES.values(), "percent-year", "percent-period"}


def _rows(sheet: Sheet) -> dict[tuple[str, str], set[str]]:
    """The bodies that Form 2 prints rows for, by year and element, where it prints any."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cell in sheet.figures:
        match cells.parts(cell):
            case ["control", column, year, element, executor] if column in _OF_FORM_2:
                if executor != "all":
                    found[year, element].add(executor)
    return found


def _do_not_roll_up(rule: Rule, subject: Subject) -> Iterator[Finding]:
    elements = tree(subject.state)
    for sheet in subject.sheets:
        printed = _rows(sheet)
        seen: set[tuple[str, str, str]] = set()
        for line in lines(sheet.state, elements, ["appropriation"]):
            said = sheet.state.said(cells.appropriation(line))
            _, *above = elements.path(line.element) if line.element in elements.elements else ("",)
            for element in (*above, PROGRAM):
                rows = printed.get((str(line.year), element))
                # The rows of the whole program name only those who have money.
                of_course = element == PROGRAM and not number_of(said)
                if not rows or line.executor in rows or of_course or said is None:
                    continue
                missing = (str(line.year), element, line.executor)
                if missing not in seen:
                    seen.add(missing)
                    yield rule.found(
                        said.cell,
                        f"Исполнитель «{_body(subject, line.executor)}» стоит в {line.element}, а среди "
                        f"строк {_element(element)} его нет",
                        printed=text_of(said.value),
                        positions=(said.position,),
                    )
                break


def _body(subject: Subject, executor: str) -> str:
    return subject.state.text(cells.body(executor)) or executor


def _element(element: str) -> str:
    return "программы" if element == PROGRAM else element


def _columns(sheet: Sheet) -> dict[str, dict[str, list[Assertion]]]:
    """The printed figures by form and column; in the appendix and the passport money is one column."""
    found: dict[str, dict[str, list[Assertion]]] = defaultdict(lambda: defaultdict(list))
    for cell, said in sheet.figures.items():
        match cells.parts(cell):
            case ["control", column, year, _, _] if column in _OF_FORM_2:
                found[f"form-2:{year}"][_TITLES[column]].append(said)
            case ["control", ("financing" | "passport") as form, *_]:
                found[form][_SUMS].append(said)
    for cell, said in sorted(sheet.state.cells.items()):
        kind, year, *_ = cells.parts(cell)
        if kind in _LINES and f"form-2:{year}" in found:
            found[f"form-2:{year}"][_TITLES[_LINES[kind]]].append(said)
        elif kind == "appropriation" and "financing" in found:
            found["financing"][_SUMS].append(said)
    return found


def _by_digits(figures: list[Assertion]) -> dict[int, Assertion]:
    """One figure for each number of digits after the comma; whole ones tell nothing."""
    found: dict[int, Assertion] = {}
    for said in figures:
        printed = read(said) if said.value.printed else None
        if printed is not None and (digits := -int(printed.as_tuple().exponent)):
            found.setdefault(digits, said)
    return found


def _two_precisions(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for sheet in subject.sheets:
        for form, columns in _columns(sheet).items():
            mixed = {
                title: list(found.values())
                for title in (*_TITLES.values(), _SUMS)
                if len(found := _by_digits(columns.get(title, []))) > 1
            }
            if mixed:
                told = "; ".join(
                    f"«{title}»: {' и '.join(text_of(said.value) for said in found)}"
                    for title, found in mixed.items()
                )
                yield rule.found(
                    form,
                    f"В одной графе числа с разным количеством знаков: {told}",
                    positions=tuple(
                        sorted({s.position for found in mixed.values() for s in found})
                    ),
                )


RULES: tuple[Rule, ...] = (
    Rule(
        "executors_do_not_roll_up",
        "warning",
        "Исполнителя нет среди строк вышестоящего элемента",
        "исполнителей строки с исполнителями, которых Форма 2 печатает для элемента над ней; у программы "
        "в целом — только тех, у кого есть деньги",
        "Форма 2 отчёта о реализации программы",
        "Отдел образования стоит под мероприятием 04 0 02 3, но не под основным мероприятием 04 0 02 0",
        _do_not_roll_up,
    ),
    Rule(
        "two_precisions",
        "warning",
        "Разная точность в одной графе",
        "количество знаков после запятой у чисел одной графы; одно расхождение на форму",
        "Форма 2, паспорт и приложение о финансировании",
        "220,88 и 17,9 в графе «План на год»",
        _two_precisions,
    ),
)
