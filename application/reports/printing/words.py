"""Words that printed forms share: kinds of elements, sources of money, who answers, acts."""

import re
from collections.abc import Mapping

from application.reports.tree import Element
from domain.values import ElementKind

WHOLE = "Всего"
OF_THEM = "в том числе:"
NOT_NAMED = "–"
"""Stands for a source or an executor that a line of money does not name."""

SOURCES = {
    "federal": "Федеральный бюджет",
    "regional": "Региональный бюджет",
    "municipal": "Местный бюджет",
    "off_budget": "Внебюджетные источники",
    "-": NOT_NAMED,
}
KINDS = {
    ElementKind.SUBPROGRAM: ("Подпрограмма", "подпрограммы", "подпрограмме"),
    ElementKind.GOAL: ("Цель", "цели", "цели"),
    ElementKind.OBJECTIVE: ("Задача", "задачи", "задаче"),
    ElementKind.MAIN_MEASURE: (
        "Основное мероприятие",
        "основного мероприятия",
        "основному мероприятию",
    ),
    ElementKind.MEASURE: ("Мероприятие", "мероприятия", "мероприятию"),
    ElementKind.PROJECT: ("Проект", "проекта", "проекту"),
    ElementKind.PROCESS_MEASURES: (
        "Комплекс процессных мероприятий",
        "комплекса процессных мероприятий",
        "комплексу процессных мероприятий",
    ),
}
"""A kind of element → «что», «чего», «по чему»."""

AIMS = {ElementKind.GOAL, ElementKind.OBJECTIVE}
QUARTERS = ("I квартал", "II квартал", "III квартал", "IV квартал")
MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_ISSUERS = {
    "Администрация": "Администрации",
    "Глава": "Главы",
    "Дума": "Думы",
    "Совет": "Совета",
}


def quoted(name: str | None) -> str:
    """A name between « and »."""
    return f"«{name}»" if name else ""


def titled(element: Element) -> str:
    """What a row calls an element: its name with its kind and number before it, unless the name says
    them itself. A measure goes by its name alone.
    """
    name = element.name or ""
    if element.kind == ElementKind.MEASURE or _says_kind(element):
        return name
    return _joined(KINDS[element.kind][0], numeral(element), quoted(name))


def called(elements: Mapping[str, Element], name: str | None) -> str:
    """What a row calls the element of a name, nothing where there is none."""
    return titled(elements[name]) if name is not None and name in elements else ""


def indicators_of(element: Element) -> str:
    """The heading of an element's indicators: «Показатели задачи 1 «Повышение качества»». A name that
    says its own kind goes without a number.
    """
    number = "" if _says_kind(element) else (element.number or "").rstrip(".")
    return _joined("Показатели", KINDS[element.kind][1], number, quoted(element.name))


def money_of(element: Element) -> str:
    """The heading of an element's total: «Всего по подпрограмме I»."""
    return _joined(WHOLE, "по", KINDS[element.kind][2], numeral(element))


def aim(element: Element) -> str:
    """The heading over what serves an aim: «Задача 1. Повышение качества»."""
    return f"{_joined(KINDS[element.kind][0], numeral(element))}. {element.name or ''}".rstrip()


def numeral(element: Element) -> str:
    """The number of an element as headings print it: of «Подпрограмма I «…»» it is I."""
    kind = re.escape(KINDS[element.kind][0])
    said = re.match(rf"{kind} ([IVX]+|[0-9A-ZА-Я]{{2}})\b", element.name or "")
    return said[1] if said else (element.number or "").rstrip(".")


def period_in_words(period: str) -> str:
    """«2024 год», «III квартал 2024 года», «I полугодие 2024 года», «март 2024 года»."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year} год"
    if part[0] == "Q":
        return f"{QUARTERS[int(part[1]) - 1]} {year} года"
    if part[0] == "H":
        return f"{'I' * int(part[1])} полугодие {year} года"
    return f"{MONTHS[int(part) - 1]} {year} года"


def answering(position: str | None, person: str | None) -> str:
    """Who answers: the position, and the person by reference, never by name."""
    return _joined(position or "", f"({person})" if person else "")


def act_of(type_: str | None, issuer: str | None) -> str:
    """«Постановление Администрации города Кедрового»."""
    first, _, rest = (issuer or "").partition(" ")
    return _joined(type_ or "", _ISSUERS.get(first, first), rest)


def _says_kind(element: Element) -> bool:
    return (element.name or "").startswith(KINDS[element.kind][0])


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
