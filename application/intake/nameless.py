"""Names of persons kept out of all that a paper says: the history can not forget them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from application.intake.kind import Scope
from application.intake.persons import may_name
from application.intake.said import ActSaid, LeftOut, PaymentSaid, Read, Said, Unread
from domain import cells
from domain.values import Stated

IN_CALCULATION = "расчёт называет лицо: имён в истории не бывает"
IN_SUMMARY = "суть изменений называет лицо: имён в истории не бывает"
NAMES_A_PERSON = "здесь названо лицо, а имён в истории не бывает: нужна должность или учреждение"


def nameless(read: Iterable[Read], scope: Scope) -> Iterator[Read]:
    """What was read, without the text as printed where that names a person. What a calculation or an
    act's summary says of persons is left out; anything else that names one is not read, unless the
    answers put it so or the program is known to say it.
    """
    for one in read:
        match one:
            case Said() if not _is_accepted(one, scope):
                yield from _said(one)
            case ActSaid():
                yield from _act(one)
            case PaymentSaid() if may_name(one.number):
                yield Unread(one.at, NAMES_A_PERSON)
            case _:
                yield one


def _is_accepted(one: Said, scope: Scope) -> bool:
    if one.cell in scope.answers.names:
        return True
    known = scope.state.said(one.cell) if scope.state else None
    return known is not None and known.value == one.value


def _said(one: Said) -> Iterator[Read]:
    value = one.value
    if isinstance(value, Stated) and may_name(value.value):
        is_calculation = cells.parts(one.cell)[0] == "calculation"
        if one.at is not None:
            yield (
                LeftOut(one.at, IN_CALCULATION)
                if is_calculation
                else Unread(one.at, NAMES_A_PERSON)
            )
        return
    if value.printed and may_name(value.printed):
        one = replace(one, value=value.model_copy(update={"printed": ""}))
    yield one


def _act(one: ActSaid) -> Iterator[Read]:
    if any(map(may_name, (one.type, one.issuer, one.number))):
        yield Unread(one.at, NAMES_A_PERSON)
        return
    title, summary = ("" if may_name(text) else text for text in (one.title, one.summary))
    if (title, summary) != (one.title, one.summary):
        yield LeftOut(one.at, IN_SUMMARY)
    yield replace(one, title=title, summary=summary)
