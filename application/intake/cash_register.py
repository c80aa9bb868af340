"""The cash register: payments one by one, with their orders."""

from collections.abc import Iterator, Sequence

from application.intake.budget_rows import body, code_of
from application.intake.form_3 import LONGEST_NUMBER, day
from application.intake.kind import Column, Found, Kind, Scope
from application.intake.money import UNIT_NOT_STATED, funding_source, in_thousands, is_whole
from application.intake.said import PaymentSaid, Read, Unread, not_a_number
from application.intake.text import folded, is_dash, is_empty, plain, rubles
from domain.cells import Line
from domain.codes import ClassificationCode
from domain.refusals import NotACode, NotANumber

COLUMNS = (
    Column("date", "^дата"),
    Column("order", r"платеж.*|поручени|^номер|^№ (?:пп?\b.*|док\w*|документа)$"),
    Column("amount", "сумма|кассов.*расход", figure=True),
    Column("mp", r"(?:^|\| )мп$", required=False),
    Column("pp", r"(?:^|\| )пп$", required=False),
    Column("om", r"(?:^|\| )ом$", required=False),
    Column("m", r"(?:^|\| )м$", required=False),
    Column("code", r"\bкод", required=False),
    Column("name", "мероприят|наименовани", required=False),
    Column("executor", "исполнител|получател бюджет|учреждени"),
    Column("source", "источник", required=False),
)


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """The payments and the bodies that made them. A sum at the end is passed over: payments add up."""
    for found in tables:
        thousands = in_thousands(found, "amount", scope)
        if thousands is None:
            yield Unread(found.at(max(found.first_row - 1, 0), "amount"), UNIT_NOT_STATED)
            continue
        for row in found.data_rows:
            if not any(is_whole(text) for text in found.table.rows[row]):
                yield from _payment(found, row, scope, thousands=thousands)


def _payment(found: Found, row: int, scope: Scope, *, thousands: bool) -> Iterator[Read]:
    paid_on = day(found.cell(row, "date"))
    if paid_on is None:
        yield Unread(found.at(row, "date"), f"не дата: «{plain(found.cell(row, 'date'))[:60]}»")
        return
    number = plain(found.cell(row, "order")).removeprefix("№").strip()
    if not 0 < len(number) <= LONGEST_NUMBER:
        yield Unread(found.at(row, "order"), "не назван номер платёжного поручения")
        return
    element = _element(found, row, scope)
    source = funding_source(found.cell(row, "source"))
    if not element:
        field = next((f for f in ("mp", "code", "name") if f in found.columns), "name")
        yield Unread(found.at(row, field), "неизвестное мероприятие")
        return
    if source is None:
        yield Unread(found.at(row, "source"), "неизвестный источник финансирования")
        return
    executor = "-"
    if not is_empty(found.cell(row, "executor")) and not is_dash(found.cell(row, "executor")):
        executor, said = body(scope, found, row)
        yield from said
    try:
        amount = rubles(found.cell(row, "amount"), thousands=thousands)
    except NotANumber:
        yield Unread(found.at(row, "amount"), not_a_number(found.cell(row, "amount")))
        return
    line = Line(paid_on.year, element, executor, source)
    yield PaymentSaid(line, format(amount, "f"), paid_on, number, found.at(row, "amount"))


def _element(found: Found, row: int, scope: Scope) -> str:
    """The known element that a row names by its code, else by its name; "" where there is none."""
    code = code_of(found, row)
    if code:
        try:
            canonical = ClassificationCode.parse(code).canonical
        except NotACode:
            return ""
        return scope.names.met.get(("code", canonical), "")
    return scope.names.met.get(("element", folded(found.cell(row, "name"))), "")


KIND = Kind("cash-register", "Реестр кассовых расходов", COLUMNS, read, is_list=True)
