"""How a draft calls what a change is about: elements, indicators, procedures, their fields and values."""

from dataclasses import dataclass, field
from datetime import date

from application.reports.lines import bodies
from application.reports.printing.cells import day
from application.reports.printing.passport import FIELDS
from application.reports.printing.words import KINDS, NOT_NAMED, SOURCES, titled
from application.reports.tree import Element, tree
from domain.state import State
from domain.values import Direction, ElementKind, FundingSource

_FIELDS = {
    "kind": "Вид",
    "name": "Наименование",
    "parent": "Входит в",
    "number": "Номер",
    "code": "Код",
    "element": "Относится к",
    "unit": "Единица измерения",
    "direction": "Желаемое изменение",
    "type": "Тип показателя",
    "title": "Наименование",
    "result": "Ожидаемый результат",
    "position": "Ответственный",
    "person": "Лицо",
    "indicator": "Показатель",
    "starts_on": "начало",
    "ends_on": "окончание",
    "first_year": "Первый год реализации",
    "last_year": "Последний год реализации",
    "quarter_report_day": "Число месяца, до которого сдают отчёт за квартал",
    "year_report_due": "День (ММ-ДД), до которого сдают отчёт за год",
}
_DIRECTIONS = {
    Direction.INCREASE: "увеличение",
    Direction.DECREASE: "уменьшение",
    Direction.MAINTAIN: "сохранение",
}


@dataclass(slots=True)
class Names:
    """What things are called, after the change or, where they are gone, before it."""

    was: State
    becomes: State
    elements: dict[str, Element] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.elements = {**tree(self.was).elements, **tree(self.becomes).elements}
        self.bodies = bodies(self.was) | bodies(self.becomes)

    def text(self, cell: str) -> str:
        return self.becomes.text(cell) or self.was.text(cell) or ""

    def element(self, name: str) -> str:
        """An element as rows call it."""
        return titled(self.elements[name]) if name in self.elements else name

    def thing(self, kind: str, name: str) -> str:
        """An indicator or a procedure."""
        return self.text(f"{kind}:{name}:{'title' if kind == 'procedure' else 'name'}") or name

    def meant(self, of: str, value: str) -> str:
        """A stated value of a field in words."""
        match of:
            case "kind":
                return KINDS[ElementKind(value)][0]
            case "direction":
                return _DIRECTIONS[Direction(value)]
            case "parent" | "element":
                return (
                    self.element(value)
                    if value in self.elements
                    else self.thing("procedure", value)
                )
            case "indicator":
                return self.thing("indicator", value)
            case "starts_on" | "ends_on":
                return day(date.fromisoformat(value)).text
            case _:
                return value


def money_line(names: Names, element: str, executor: str, source: str) -> dict[str, str]:
    """The words of a budget line."""
    named = executor != FundingSource.NOT_STATED
    return {
        "what": names.element(element),
        "executor": names.bodies.get(executor, executor) if named else NOT_NAMED,
        "source": SOURCES[source],
    }


def of_field(names: Names, kind: str, name: str, field_: str) -> dict[str, str]:
    """The words of a field of an element, an indicator or a procedure. `means` is the field."""
    what = names.element(name) if kind == "element" else names.thing(kind, name)
    return {"what": what, "field": _FIELDS.get(field_, field_), "means": field_}


def of_passport(field_: str) -> dict[str, str]:
    """The words of a field of the passport."""
    if field_.startswith("body."):
        return {"what": "Исполнители", "field": _FIELDS["name"]}
    return {"what": FIELDS.get(field_) or _FIELDS.get(field_, field_)}


def of_window(names: Names, procedure: str, number: str, edge: str) -> dict[str, str]:
    """The words of an edge of a procedure's window."""
    what = names.thing("procedure", procedure)
    return {"what": what, "field": f"Срок {number}: {_FIELDS[edge]}", "means": edge}
