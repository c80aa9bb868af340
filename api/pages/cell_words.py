"""What a cell is about, in words: the thing, and what of it."""

from collections.abc import Callable
from typing import NamedTuple

from application.reports.printing.changed import of_passport
from application.reports.printing.words import SOURCES, period_in_words
from domain import cells
from domain.periods import Period
from domain.refusals import NotAPeriod

Text = Callable[[str], str | None]
"""The text that a cell holds, None where it holds none."""

_OF = {
    "target": "план",
    "fact": "факт",
    "calculation": "расчёт",
    "explanation": "пояснение",
    "appropriation": "ассигнования",
    "cash": "кассовые расходы",
    "commitment": "обязательства",
    "period-plan": "план на период",
    "cash-report": "касса по отчёту",
    "completion": "исполнение срока",
    "deviation": "отклонение",
    "ratio": "процент выполнения",
    "growth": "темп роста",
    "plan-year": "план на год",
    "percent-year": "процент к плану года",
    "percent-period": "процент к плану периода",
    "plan-period": "план на период",
}
_FIELDS = {
    "name": "название",
    "title": "название",
    "kind": "вид",
    "number": "номер",
    "code": "код",
    "content_stated": "содержание",
    "date": "дата",
    "date_stated": "дата",
    "unit": "единица измерения",
    "element": "к чему относится",
    "parent": "во что входит",
    "direction": "желаемое изменение",
    "type": "тип",
    "result": "ожидаемый результат",
    "position": "ответственный",
    "person": "ответственное лицо",
    "indicator": "показатель",
    "status": "состояние",
    "summary": "суть",
    "torn": "строка таблицы",
    "starts_on": "начало",
    "ends_on": "окончание",
}
_ALL = {"all": "все", "total": "все годы"}


class CellWords(NamedTuple):
    """`what` the cell is about («Доля дорог»), and what `of` it («план, 2021 год»)."""

    what: str
    of: str = ""


def words_of(cell: str, text: Text) -> CellWords:
    """The words of a cell; of a cell that has none its key. `text` knows what things are called."""
    match cells.parts(cell):
        case ["target" | "fact" | "calculation" | "explanation" as kind, name, period]:
            return CellWords(_indicator(name, text), f"{_OF[kind]}, {_when(period)}")
        case ["baseline", name]:
            return CellWords(_indicator(name, text), "базовое значение")
        case ["appropriation" | "cash" | "commitment" as kind, year, *line]:
            return CellWords(_line(line, text), f"{_OF[kind]}, {_when(year)}, руб.")
        case ["period-plan" | "cash-report" | "explanation" as kind, _, *line, period]:
            return CellWords(_line(line, text), f"{_OF[kind]}, {_when(period)}")
        case ["passport", field]:
            told = of_passport(field)
            return CellWords("Паспорт", told["what"].removesuffix(" муниципальной программы"))
        case ["element" | "indicator" | "procedure" as kind, name, field]:
            return CellWords(_thing(kind, name, text), _FIELDS.get(field, field))
        case ["window", name, number, edge]:
            return CellWords(
                _thing("procedure", name, text), f"срок {number}: {_FIELDS.get(edge, edge)}"
            )
        case ["completion", name, number]:
            return CellWords(_thing("procedure", name, text), f"срок {number}: исполнен")
        case [("form-1" | "form-2" | "form-3") as form, year]:
            return CellWords(f"Форма {form[-1]}", _when(year))
        case ["road-map", year, field]:
            return CellWords(f"Дорожная карта, {_when(year)}", _FIELDS.get(field, field))
        case ["document", name, field]:
            return CellWords(f"Документ {name}", _FIELDS.get(field, field))
        case ["control", *rest]:
            return _control(rest, text) or CellWords(cell)
        case _:
            return CellWords(cell)


def _control(parts: list[str], text: Text) -> CellWords | None:
    """A figure that a paper prints and Letopis computes."""
    match parts:
        case ["deviation" | "ratio" | "growth" as column, name, year]:
            return CellWords(_indicator(name, text), f"графа «{_OF[column]}», {_when(year)}")
        case ["header", _, column, year]:
            return CellWords("Форма 1", f"заголовок графы «{_OF.get(column, column)}», {year}")
        case ["financing", element, source, column]:
            return CellWords(_element(element, text), f"итог: {_source(source)}, {_when(column)}")
        case ["passport", source, column]:
            return CellWords("Паспорт", f"итог: {_source(source)}, {_when(column)}")
        case [column, year, element, who] if column in _OF:
            of = f"итог, графа «{_OF[column]}», {_when(year)}"
            whose = "" if who in _ALL else f" · {text(cells.body(who)) or who}"
            return CellWords(f"{_element(element, text)}{whose}", of)
        case _:
            return None


def _thing(kind: str, name: str, text: Text) -> str:
    return text(f"{kind}:{name}:{'title' if kind == 'procedure' else 'name'}") or name


def _indicator(name: str, text: Text) -> str:
    return _thing("indicator", name, text)


def _element(name: str, text: Text) -> str:
    return "Программа" if name == "program" else _thing("element", name, text)


def _line(parts: list[str], text: Text) -> str:
    """A budget line: what for, who, from where."""
    if len(parts) != len(("element", "executor", "source")):
        return ":".join(parts)
    element, who, source = parts
    named = [_element(element, text), "" if who == "-" else text(cells.body(who)) or who]
    named += ["" if source == "-" else _source(source)]
    return " · ".join(filter(None, named))


def _source(source: str) -> str:
    return "все источники" if source in _ALL else SOURCES.get(source, source)


def _when(period: str) -> str:
    try:
        Period.parse(period)
    except NotAPeriod:
        return _ALL.get(period, period)
    return period_in_words(period)
