"""Texts and figures as word processors and clerks leave them, read without guessing."""

import re
import unicodedata
from decimal import Decimal

from domain.refusals import NotANumber
from domain.values import MOST_DIGITS, AbsenceReason, Absent, CellValue, Stated, number

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FOLDED = _DASHES | str.maketrans("abcehkmoptxyё", "авсенкмортхуе", "«»„“”\"'‘’") | _RAISED
_FIGURE = re.compile(r"([+-]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?")
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LATIN = str.maketrans(
    {
        **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeezijklmnoprstufye", strict=True)),
        "ж": "zh",
        "х": "h",
        "ц": "c",
        "ч": "ch",
        "ш": "sh",
        "щ": "sch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)
DASH = re.compile(r"-+")
NOT_APPLICABLE = frozenset("xх×*")


def plain(printed: str) -> str:
    """The text without soft hyphens and zero-width marks, its spaces single and ordinary."""
    return " ".join(unicodedata.normalize("NFC", printed).translate(_SOFT).split())


def folded(printed: str) -> str:
    """The text as one compares it: no case, no quotes, one kind of dash, ё as е, Latin letters that
    look like Cyrillic ones as Cyrillic, nothing at its end but letters and figures.
    """
    text = plain(printed).casefold().translate(_FOLDED)
    return " ".join(text.split()).strip(" .,;:")


def is_empty(printed: str) -> bool:
    """Whether nothing is printed: the paper says nothing there, which is not a zero."""
    return not plain(printed)


def is_dash(printed: str) -> bool:
    """Whether a dash is printed."""
    return DASH.fullmatch(plain(printed).translate(_DASHES)) is not None


def is_figure(printed: str) -> bool:
    """Whether a number is printed."""
    try:
        figure(printed)
    except NotANumber:
        return False
    return True


def figure(printed: str) -> Decimal:
    """The exact decimal printed: «1 129,01» and «1 129.01» are 1129.01, «−8,8» is -8.8.

    A percent sign at the end is left out. Spaces must divide thousands. Refuses: NotANumber.
    """
    text = plain(printed).translate(_DASHES).removesuffix("%").rstrip()
    match = _FIGURE.fullmatch(re.sub(r"^([+-]) ", r"\1", text))
    if match is None:
        raise NotANumber(value=printed[:60])
    sign, whole, fraction = match.groups()
    digits = whole.replace(" ", "")
    return number(f"{sign.strip('+')}{digits}{f'.{fraction}' if fraction else ''}")


def rubles(printed: str, *, thousands: bool) -> Decimal:
    """The exact amount in rubles to the kopeck; with `thousands` the figure is in thousands of rubles.

    Refuses (NotANumber): no number, more digits than kopecks, more than 28 digits.
    """
    amount = figure(printed) * (1000 if thousands else 1)
    kopecks = amount.quantize(Decimal("0.01")) if amount.adjusted() < MOST_DIGITS - 3 else None
    if kopecks is None or kopecks != amount:
        raise NotANumber(value=printed[:60])
    return kopecks


def cell_value(printed: str) -> CellValue:
    """What a figure's cell says: a number, or with a dash or «x» why there is none.

    An empty cell says nothing: ask `is_empty` first. Refuses: NotANumber.
    """
    shown = plain(printed)
    if is_dash(shown):
        return Absent(absent=AbsenceReason.NOT_STATED, reason="Прочерк", printed=shown)
    if shown.casefold() in NOT_APPLICABLE:
        return Absent(absent=AbsenceReason.NOT_APPLICABLE, printed=shown)
    return Stated(value=format(figure(shown), "f"), printed=shown)


def unquoted(text: str) -> str:
    """The text in the outer quotes: «Показатели цели «А «Б»» is А «Б», however many of the closing
    ones are printed. Without quotes the text itself.
    """
    _, opened, inner = plain(text).partition("«")
    if not opened:
        return plain(text)
    inner = inner.rstrip(" .")
    surplus = inner.count("»") > inner.count("«")
    return (inner.removesuffix("»") if surplus else inner).rstrip(" .")


def slug(printed: str) -> str:
    """An identifier made of a name: «МУ «Культура»» is `mu-kultura`. At most 60 signs, never empty."""
    text = plain(printed).casefold().translate(_LATIN)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60].strip("-") or "x"
