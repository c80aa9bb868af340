"""Persons named in a paper: found, replaced by references, never let out by name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from application.intake.kind import Found
from application.intake.paper import Paper, Paragraph
from application.intake.text import plain

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*"
_CAPITALS = r"[А-ЯЁ]{3,}(?:-[А-ЯЁ]{3,})*"
_INITIALS = r"[А-ЯЁ]\.(?:-[А-ЯЁ]\.)? ?[А-ЯЁ]\b\.?"
_PATRONYMIC = r"[А-ЯЁ][а-яё]*(?:[ео]вич|[ьмт]ич|[ео]вн|ичн)(?:а|у|е|ем|ой|ы)?\b"
_PATRONYMIC_IN_CAPITALS = r"[А-ЯЁ]+(?:[ОЕ]ВИЧ|[ЬМТ]ИЧ|[ОЕ]ВН|ИЧН)(?:А|У|Е|ЕМ|ОЙ|Ы)?\b"
_OF_FATHER = r"(?:[Оо]глы|[Кк]ызы|[Гг]ызы|[Уу]лы|ОГЛЫ|КЫЗЫ|ГЫЗЫ|УЛЫ)\b"
_GIVEN = re.compile(
    rf"(?P<reference>\bperson-[0-9]+\b)|(?<![\w.]){_INITIALS}(?: ?{_OF_FATHER})?"
    rf"|{_WORD} {_PATRONYMIC}(?! {_INITIALS})"
    rf"|\b[А-ЯЁ]{{2,}} {_PATRONYMIC_IN_CAPITALS}"
    rf"|\b[А-ЯЁ]\w+ [А-ЯЁ]\w+[ -]{_OF_FATHER}"
)
"""Initials, or a given name with a patronymic; or a reference, as Letopis prints persons."""
_GLUED = re.compile(rf"({_WORD})({_INITIALS})")
_BEFORE = re.compile(rf"\b({_WORD}|{_CAPITALS}) ?$")
_AFTER = re.compile(rf" ?({_WORD}|{_CAPITALS})\b(?P<of_another> ?{_INITIALS})?")
_LIKE_A_SURNAME = re.compile(
    r".+(?:[оеё]в|[иы]н|ск|цк)(?:[аыуе]|ой|ом|ым|ых|ого|ому|ий|ая|ую|их)?"
    r"|.+(?:ко|[уюеая]к|ян|ич|[иы]х|дзе|швили|ман|ер)(?:а|у|ом|ем)?"
)
_CASE = re.compile(
    r"(?<=..)(?:ого|его|ому|ему|ыми?|ими?|[оеё]м|[оеу]й|[оеа]ю|ую|ая|яя|ий|ый|ых|их|[аяуюеыиьй])$"
)
_SURNAME = (
    r"(?:[А-ЯЁ][а-яё]+-)?[А-ЯЁ][а-яё]*(?:[оеё]в|[иы]н|ск|цк)"
    r"(?:[аыуе]|ой|ом|ым|ий|ая|ого|ому|ую)?\b"
)
_FIRST_NAMES = (
    "Александр|Алексе|Анастаси|Анатоли|Андре|Анн|Антон|Арт[её]м|Борис|Вадим|Валенти|Валери|Васили|Вер"
    "|Виктор|Витали|Владимир|Вячеслав|Галин|Геннади|Георги|Григори|Дарь|Денис|Дмитри|Евгени|Екатерин"
    "|Елен|Елизавет|Иван|Игор|Ил|Инн|Ирин|Кирилл|Константин|Ксени|Ларис|Леонид|Лиди|Любов|Людмил"
    "|Максим|Марат|Марин|Мари|Михаил|Надежд|Натали|Наталь|Никола|Никит|Нин|Оксан|Олег|Ольг|Пав[е]?л"
    "|П[её]тр|Роман|Светлан|Серге|Станислав|Степан|Тамар|Татьян|Тимур|Ф[её]дор|Юли|Юри|Яков|Ярослав"
)
_NAME = rf"(?:{_FIRST_NAMES})[а-яё]{{0,3}}\b"
_MAY_NAME = re.compile(
    rf"(?<![\w.])[А-ЯЁ]\. ?{_SURNAME}|\b{_SURNAME} [А-ЯЁ](?:[.,]| [А-ЯЁ]\b)"
    rf"|\b{_SURNAME}[,/(]+ ?[А-ЯЁ]\. ?[А-ЯЁ]\."
    rf"|\b{_NAME} {_SURNAME}|\b{_SURNAME} {_NAME}"
    r"|\b[A-Z][a-z]+ [A-Z]\. ?[A-Z]\b|\b[A-Z]\. ?[A-Z]\. ?[A-Z][a-z]"
)
"""One initial, a given name without a patronymic, Latin letters: a person more often than not."""
_IN_HONOR = re.compile(r"(?:\bим\.|\bимени|\bул\.|\bулиц\w+|\bпроспект\w*|\bпр\.) ?$")
_ONE_INITIAL = re.compile(rf"({_WORD}) ([А-ЯЁ])\.?|([А-ЯЁ])\. ?({_WORD})")
_LETTER = re.compile(r"[^\W\d_]{2}")
_CUT = "\x00"

Key = tuple[str, str]
"""A surname as all its cases share it, and the initials."""


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a person in a text: where, and whom (`reference`: printed as Letopis prints it)."""

    start: int
    end: int
    key: Key
    reference: str = ""


@dataclass(slots=True)
class Persons:
    """The persons of a municipality's papers: `person-1` is the one whom the first of them mentions first."""

    met: dict[Key, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        paper: Paper,
        tables: Sequence[Found] = (),
        fields: Sequence[str] = (),
        met: dict[Key, str] | None = None,
    ) -> "Persons":
        """All persons of a paper in its order, after those who were `met` before (they are added there).
        The columns of recognized tables are read in the order of `fields` whatever order they stand in,
        so that shuffled columns name the same persons.
        """
        persons = cls({} if met is None else met)
        known = {found.table.number: found for found in tables}
        for block in paper.blocks:
            if isinstance(block, Paragraph):
                persons.named(block.text)
                continue
            columns = known[block.number].columns if block.number in known else {}
            first = [columns[name] for name in fields if name in columns]
            order = first + [column for column in range(block.width) if column not in first]
            for row in block.rows:
                for column in order:
                    persons.named(row[column])
        return persons

    def named(self, printed: str) -> tuple[str, ...]:
        """The references of all who are named in a text, each once."""
        found = (one.reference or self._reference(one.key) for one in names_in(_spaced(printed)))
        return tuple(dict.fromkeys(found))

    def responsible(self, printed: str) -> tuple[str, tuple[str, ...]]:
        """The position in a cell that says who answers, and the persons beside it. A surname that
        stands there alone, or with one initial, is a person too.
        """
        position = without(printed).strip(" ,;:-–—")
        if (one := _ONE_INITIAL.fullmatch(position)) is not None:
            key = _stem(one[1] or one[4]), one[2] or one[3]
            return "", (*self.named(printed), self._reference(key))
        if not re.fullmatch(_WORD, position) or not like_a_surname(position):
            return position, self.named(printed)
        stem = _stem(position)
        same = [reference for (surname, _), reference in self.met.items() if surname == stem]
        alone = same[0] if len(same) == 1 else self._reference((stem, ""))
        return "", (*self.named(printed), alone)

    def _reference(self, key: Key) -> str:
        return self.met.setdefault(key, f"person-{len(self.met) + 1}")


def names_in(text: str) -> Iterator[Named]:
    """The mentions in a text of single spaces, in order. What is named after somebody (a street, a
    school) is no mention.
    """
    end = 0
    for given in _GIVEN.finditer(text):
        found = _whole(text, given, end) if given.start() >= end else None
        if found is not None:
            end = found.end
            if not _IN_HONOR.search(text[: found.start]):
                yield found


def may_name(text: str) -> bool:
    """Whether a text names a person, or looks as if it did: what is kept for good may not."""
    if _LETTER.search(text) is None:
        return False
    spaced = _spaced(text)
    if any(not one.reference for one in names_in(spaced)):
        return True
    return any(not _IN_HONOR.search(spaced[: one.start()]) for one in _MAY_NAME.finditer(spaced))


def _whole(text: str, given: re.Match[str], from_: int) -> Named | None:
    """A given name with its surname, which stands before or after it; None: initials of nobody."""
    if given["reference"]:
        return Named(given.start(), given.end(), ("", ""), given[0])
    initials = "".join(re.findall("[А-ЯЁ]", given[0]))[:2]
    before, after = _BEFORE.search(text[from_ : given.start()]), _AFTER.match(text, given.end())
    if before and (like_a_surname(before[1]) or (after and after["of_another"])):
        after = None
    elif after and like_a_surname(after[1]):
        before = None
    if before and _may_be_one(before[1]):
        return Named(from_ + before.start(1), given.end(), (_stem(before[1]), initials))
    if after and _may_be_one(after[1]):
        return Named(given.start(), after.end(1), (_stem(after[1]), initials))
    return None if "." in given[0] else Named(given.start(), given.end(), (given[0], initials))


def without(printed: str) -> str:
    """A text without the persons it names, and without the brackets and the «и» that held them."""
    text = _spaced(printed)
    for one in reversed(list(names_in(text))):
        text = f"{text[: one.start]}{_CUT}{text[one.end :]}"
    text = re.sub(rf"{_CUT}(?: ?(?:,|;|и) ?{_CUT})+", _CUT, text)
    text = re.sub(rf" ?\( ?{_CUT} ?\)| ?{_CUT}", "", text)
    return plain(text)


def like_a_surname(word: str) -> bool:
    """Whether a word ends as surnames do."""
    return _LIKE_A_SURNAME.fullmatch(word.casefold()) is not None


def _may_be_one(word: str) -> bool:
    """Whether a word beside initials may be a surname: an abbreviation is none."""
    return like_a_surname(word) or not word.isupper()


def _spaced(printed: str) -> str:
    return _GLUED.sub(r"\1 \2", plain(printed))


def _stem(surname: str) -> str:
    """What all grammatical cases of a surname share."""
    word = surname.casefold().replace("ё", "е")
    return _CASE.sub("", word)
