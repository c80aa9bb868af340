"""Money in a sentence of the passport: «Всего 9 тыс. руб., в т.ч. по годам: 2020 год – 5; …»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from application.intake.amounts import ALL, TOTAL, TOTAL_WORDS, source_of
from application.intake.text import folded, is_dash, plain
from domain.values import FundingSource

_SUM = re.compile(
    r"(?<![\w.,])(?P<amount>(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?)"
    r"(?= ?(?:тыс|млн|млрд|руб|\n|[;.,)](?!\d)|$))"
    r"|(?<=[—–-] )(?P<dash>[—–-])(?= ?(?:\n|[;.,)]|$))"
)
_YEAR = re.compile(r"\b(20[0-9]{2}) ?(?:год[ау]?\b|г\.|г\b)")
_YEARS = re.compile(r"\b20[0-9]{2} ?- ?20[0-9]{2}(?: ?(?:годы|годах|гг\.?))?")
_APPENDIX = re.compile(r"(?i)приложени\w* ?№? ?[0-9]+")
_UNIT = re.compile(r"(?:(тыс|млн|млрд)[а-я]*\.? ?)?руб(?:\.|\w*)")
_MONEY = re.compile(r"бюджет|средств|источник")
_BETWEEN = re.compile(
    r"\b(?:в т\.? ?ч|в том числе|по годам|по источникам|реализации|муниципальной программы|программы"
    r"|финансирования|финансовых ресурсов|составляет|объем|из них|и|в|на|по)\b"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of a source (`all` of them) in a year (`total` of them) as printed. `why`: it, and what
    comes after it, could not be read.
    """

    source: str
    year: str
    printed: str
    why: str = ""


def thousands_in(text: str) -> bool | None:
    """Whether a text's sums are in thousands of rubles; None where it says no unit or several."""
    said = {hit[1] for hit in _UNIT.finditer(folded(text))}
    return {"тыс": True, None: False}.get(said.pop()) if len(said) == 1 else None


def sums(text: str) -> Iterator[Sum]:
    """The sums of a text. What stands before a sum says whose it is and of which year; years without a
    source go on with the source before.
    """
    lines = "\n".join(filter(None, map(plain, text.splitlines())))
    source, by_year, listed, place = ALL, False, 0, 0
    for hit in _SUM.finditer(lines):
        printed, label = hit["amount"] or hit["dash"], lines[place : hit.start()]
        said = _Label(label, opens_line=place == 0 or "\n" in label)
        place = hit.end()
        why = said.why(by_year=by_year, listed=listed)
        if why:
            yield Sum(source, said.year or TOTAL, printed, f"{why}: «{plain(label)}» {printed}")
            return
        if said.source or not said.year:
            source = said.source or ALL
            listed = 0 if said.whole or said.year else listed + 1
        by_year = bool(said.year)
        yield Sum(source, said.year or TOTAL, printed)
    rest = lines[place:]
    if re.search(r"\d", _APPENDIX.sub("", rest)):
        yield Sum(source, TOTAL, "", f"не понято, что за сумма: «{plain(rest)[:60]}»")


class _Label:
    """What stands between two sums."""

    def __init__(self, label: str, *, opens_line: bool) -> None:
        said = _YEARS.sub(" ", _UNIT.sub(" ", folded(label.replace("\n", " . "))))
        self.opens_line = opens_line
        self.years = _YEAR.findall(said)
        self.before, *after = _YEAR.split(said, maxsplit=1)
        self.after = after[-1] if after else ""
        self.whole = re.search(TOTAL_WORDS, said) is not None
        self.by_source = "по источникам" in said
        self.source = self._source()
        self.rest = "" if self.source else self._left(self.before)

    @property
    def year(self) -> str:
        return self.years[0] if self.years else ""

    def why(self, *, by_year: bool, listed: int) -> str:
        """Why it does not say whose the sum is, "" if it does. `by_year`: the sum before was of a year;
        `listed`: so many sources were named before without «всего».
        """
        if len(self.years) > 1 or re.search(r"\d|\w", self._left(self.after)) or self.rest:
            return "не понято, что за сумма"
        if self.year:
            unclear = not self.source and listed > 1
            return "не понято, за годы какого источника эта сумма" if unclear else ""
        if self.source:
            unclear = by_year and not (self.whole or self.by_source)
            return "не понято, это сумма источника за год или за все годы" if unclear else ""
        return "" if self.whole and self.opens_line else "не сказано, чья это сумма"

    def _source(self) -> str:
        if re.search(r"\d", self.before):
            return ""
        if is_dash(self.before.strip(" .:;,").partition(":")[0]):
            return FundingSource.NOT_STATED if ":" in self.before else ""
        named = source_of(self.before.strip(" .,:;-")) if _MONEY.search(self.before) else None
        return "" if named in {None, ALL, FundingSource.NOT_STATED} else named or ""

    @staticmethod
    def _left(said: str) -> str:
        """What is left of a text without the words that only join."""
        left = _BETWEEN.sub(" ", re.sub(TOTAL_WORDS, " ", said))
        return " ".join(re.findall(r"\w+", left))
