"""Words that stand where a figure should: why there is no value."""

import re

from application.absences import REASONS
from application.intake.persons import may_name, names_in
from application.intake.text import cell_value, folded, plain
from domain.refusals import NotANumber
from domain.values import AbsenceReason, Absent, CellValue, Stated

NOT_MONITORED = "Мониторинг не проводился"
NAMES_A_PERSON = "Текст называет лицо и не перенесён"
_MEASURING = r"(?:мониторинг|опрос|замер|измерени|исследовани|анкетировани|оценк)"
_NOT_DONE = r"не (?:был[аои]? )?(?:провод|провед|выполн|осуществл|измер|рассчит|подверг|замер)"
# «Не проводился в связи…» leaves out what was not done: of an indicator it is its monitoring.
_SAYS_NOT_MEASURED = re.compile(
    rf"^не (?:проводился|измерялся|рассчитывался|подвергался)\b"
    rf"|не подвергал\w+ мониторинг"
    rf"|показател\w+ не (?:измер|рассчит|подверг|оценив)"
    rf"|{_MEASURING}\w*(?: \w+){{0,3}} {_NOT_DONE}"
    rf"|{_NOT_DONE}\w*(?: \w+){{0,3}} {_MEASURING}"
)
_OF_FORMS = {folded(word): reason for word, reason in REASONS.items()}
_WORDS = (
    (
        re.compile(r"срок не наступил|не наступил срок"),
        Absent(absent=AbsenceReason.NOT_DUE, reason="Срок не наступил"),
    ),
    (
        re.compile(r"н/д|нет данных|данные отсутствуют|данных нет|нет сведений"),
        Absent(absent=AbsenceReason.NOT_REPORTED, reason="Нет данных"),
    ),
    (
        re.compile(r"не (?:предусмотрен|установлен|запланирован|определен)\w*"),
        Absent(absent=AbsenceReason.NOT_STATED, reason="Не установлено"),
    ),
)


def figure_value(printed: str) -> CellValue:
    """What a figure's cell says: a number, a dash, or in words why there is none.

    An empty cell says nothing: ask `is_empty` first. Refuses: NotANumber.
    """
    try:
        return cell_value(printed)
    except NotANumber:
        if (absent := _worded(printed)) is None:
            raise
        return absent


def prose(printed: str) -> CellValue:
    """What an explanation's cell says: a text, unless it names a person or only says that one stands
    elsewhere.
    """
    text = plain(printed)
    if (reason := _OF_FORMS.get(folded(text))) is not None:
        return Absent(absent=reason, printed=text)
    if may_name(text) or next(names_in(text), None) is not None:
        return Absent(absent=AbsenceReason.NOT_CARRIED, reason=NAMES_A_PERSON)
    return Stated(value=text)


def _worded(printed: str) -> Absent | None:
    text = folded(printed)
    if _SAYS_NOT_MEASURED.search(text) and not any(sign.isdigit() for sign in text):
        return _not_measured(printed)
    for words, absent in _WORDS:
        if words.fullmatch(text):
            return absent.model_copy(update={"printed": plain(printed)})
    reason = _OF_FORMS.get(text)
    return None if reason is None else Absent(absent=reason, printed=plain(printed))


def measured(value: CellValue, explanation: str, name: str) -> CellValue:
    """The value, or where nothing was measured its absence: a zero or a dash beside «не проводился
    мониторинг» is no value. Where the indicator `name` counts such works themselves, zero is a fact.
    """
    if isinstance(value, Stated) and value.value.strip("0."):
        return value
    if isinstance(value, Absent) and value.absent != AbsenceReason.NOT_STATED:
        return value
    words = re.findall(_MEASURING, folded(explanation))
    counted = any(word in folded(name) for word in words)
    if counted or not _SAYS_NOT_MEASURED.search(folded(explanation)):
        return value
    return _not_measured(value.printed)


def _not_measured(printed: str) -> Absent:
    return Absent(absent=AbsenceReason.NOT_MEASURED, reason=NOT_MONITORED, printed=plain(printed))
