"""A table damaged on its way says the same or is refused, and is never silently different."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, strategies as st

from application.intake.answers import Answers
from application.intake.intake import Intake, read
from application.intake.paper import Block, Paragraph, Table
from application.intake.rows import has_words
from application.intake.text import plain
from domain.state import State
from domain.values import CellValue
from tests.application.intake import test_continuing, test_form_1, test_form_2
from tests.application.intake.drawn import numbered
from tests.application.intake.garden import garden
from tests.application.intake.whole import rows

Rows = list[list[str]]
Damage = Callable[[Rows, Random], Rows]

FORM_3 = """
№ пп | Вид правового акта | Дата принятия | Номер | Суть изменений (краткое изложение)
1 | Постановление Главы города | 24.03.2031 | 55 | О деньгах
2 | Постановление Администрации города | 25.03.2031 | 56 | О сроках
"""
FACTS = """
Показатель  | Период  | Значение | Обоснование
Доля дворов | 2031-Q1 | 1 000,5  | Снегопад
Число лип   | 2031-Q1 | −3       |
goal-1      | 2031-Q2 | -        | не проводился
"""
REGISTER = """
Дата | № платежного поручения | Код | Исполнитель | Источник | Сумма, руб.
15.02.2031 | 17 | 07 0 01 1 | МУ «Сад» | Местный бюджет | 1 000,50
16.02.2031 | 18 | 07 0 01 2 | МУ «Сад» | Местный бюджет | 20
"""
FORM_1 = test_form_1.HEAD + test_form_1.BODY
FORM_2 = test_form_2.HEAD + test_form_2.BODY
SHORT = test_continuing.FORM.partition("\n\n")[2]
DRAWN = {
    "form 1": (FORM_1, 1, False),
    "form 1, known": (SHORT, 1, True),
    "form 2": (FORM_2, 2, False),
    "form 3": (FORM_3, 1, True),
    "facts": (FACTS, 1, True),
    "register": (REGISTER, 1, True),
}


def drawn(name: str) -> tuple[Rows, int, bool]:
    """A table's rows, how many of them head it, and whether the program is known."""
    text, depth, known = DRAWN[name]
    return [[cell.removeprefix("= ") for cell in row] for row in rows(text)], depth, known


def told(*tables: Rows, known: bool) -> Intake:
    drawn: list[Block] = [Paragraph("за 2031 год")]
    drawn += [Table(1, tuple(map(tuple, one))) for one in tables]
    state: State | None = garden().state if known else None
    return read(numbered(drawn), Answers(), state)


def said(found: Intake) -> tuple[object, ...]:
    """All that is said, apart from where."""
    acts = [(one.date, one.number, one.type, one.issuer) for one in found.sayings.acts]
    paid = [(one.line, one.amount, one.paid_on, one.number) for one in found.sayings.payments]
    cells = {
        one.cell: _bare(one.value)
        for one in found.sayings.said
        if not one.cell.startswith("control:header:")  # the damage is in it
    }
    return cells, acts, paid


def _bare(value: CellValue) -> CellValue:
    return value.model_copy(update={"printed": plain(value.printed)})


def refused(found: Intake) -> bool:
    """Whether a person is told that the paper, or a table of it, was not understood."""
    return bool(found.sayings.unread) or not all(table.kind for table in found.tables)


def shuffle(of: Rows, chance: Random) -> Rows:
    """The columns in another order; headings, which stand alone, stay in the first."""
    places = list(range(len(of[0])))
    chance.shuffle(places)
    alone = [sum(bool(cell) for cell in row) == 1 for row in of]
    return [
        row if is_alone else [row[place] for place in places]
        for row, is_alone in zip(of, alone, strict=True)
    ]


def noise(of: Rows, chance: Random) -> Rows:
    """Empty rows, remarks and the numbers of columns between the rows."""
    width = len(of[0])
    found = [*of[:2]]
    for row in of[2:]:
        match chance.randrange(5):
            case 0:
                found.append([""] * width)
            case 1:
                found.append(["Примечание: выдумано", *[""] * (width - 1)])
        found.append(row)
    return found


def spaces(of: Rows, chance: Random) -> Rows:
    """No-break spaces, double spaces, line ends (none within a figure), soft hyphens and zero-width
    marks.
    """

    def spoiled(text: str) -> str:
        some = _SPACES[: None if has_words(text) else -2]
        text = "".join(chance.choice(some) if sign == " " else sign for sign in text)
        place = chance.randrange(len(text) + 1)
        return text[:place] + chance.choice(["", "\u00ad", "\u200b", "\ufeff"]) + text[place:]

    return [[spoiled(text) for text in row] for row in of]


_SPACES = [" ", "\u00a0", "  ", "\u202f", "\n", "\t"]


def letters(of: Rows, chance: Random) -> Rows:
    """Latin letters that look like Cyrillic ones in the header, other dashes and quotes in it."""
    alike = str.maketrans("аеорсхАЕОРСХ-«»", "aeopcxAEOPCX–““")
    return [[text.translate(alike) for text in row] for row in of[:1]] + of[1:]


def title(of: Rows, chance: Random) -> Rows:
    """A title in the sheet over the header."""
    return [["Сведения о программе", *[""] * (len(of[0]) - 1)], *of]


def column(of: Rows, chance: Random) -> Rows:
    """One more column that nobody knows."""
    place = chance.randrange(len(of[0]) + 1)
    words = ["Согласовано", *("да" for _ in of[1:])]
    alone = [sum(bool(cell) for cell in row) <= 1 for row in of]
    added = ["" if lonely else word for word, lonely in zip(words, alone, strict=True)]
    return [[*row[:place], word, *row[place:]] for row, word in zip(of, added, strict=True)]


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (the damage of a drawn table, nothing secret)


HARMLESS: list[Damage] = [noise, spaces, letters, title]
CHANGING: list[Damage] = [shuffle, column]


@pytest.mark.parametrize("name", DRAWN)
@given(
    seed=st.integers(0, 10**6),
    damages=st.lists(st.sampled_from([*HARMLESS, *CHANGING]), max_size=4, unique=True),
)
def test_it_says_the_same_or_is_refused(name: str, seed: int, damages: list[Damage]) -> None:
    whole, _, known = drawn(name)
    chance = _chance(seed)
    damaged = whole
    for damage in damages:
        damaged = damage(damaged, chance)
    found = told(damaged, known=known)
    assert said(found) == said(told(whole, known=known)) or refused(found)


@pytest.mark.parametrize("name", DRAWN)
@given(seed=st.integers(0, 10**6), damage=st.sampled_from(HARMLESS))
def test_what_clerks_and_word_processors_do_every_day_is_read(
    name: str, seed: int, damage: Damage
) -> None:
    whole, _, known = drawn(name)
    found = told(damage(whole, _chance(seed)), known=known)
    assert not refused(found)
    assert said(found) == said(told(whole, known=known))


@pytest.mark.parametrize("name", DRAWN)
@given(seed=st.integers(0, 10**6))
def test_columns_in_any_order_are_read(name: str, seed: int) -> None:
    whole, _, known = drawn(name)
    found = told(shuffle(whole, _chance(seed)), known=known)
    assert not refused(found)
    assert said(found) == said(told(whole, known=known))


@pytest.mark.parametrize("name", DRAWN)
@given(data=st.data(), repeated=st.booleans())
def test_a_table_split_over_pages_is_one(name: str, data: st.DataObject, *, repeated: bool) -> None:
    whole, depth, known = drawn(name)
    at = data.draw(st.integers(depth + 1, len(whole) - 1))
    parts = (whole[:at], [*(whole[:depth] if repeated else []), *whole[at:]])
    found = told(*parts, known=known)
    assert not refused(found)
    assert said(found) == said(told(whole, known=known))


@pytest.mark.parametrize("name", DRAWN)
@given(data=st.data())
def test_a_row_that_lost_its_first_cell_is_never_read_as_another(
    name: str, data: st.DataObject
) -> None:
    whole, depth, known = drawn(name)
    figured = [at for at in range(depth, len(whole)) if sum(map(bool, whole[at])) > 1]
    at = data.draw(st.sampled_from(figured))
    moved = [*whole[:at], [*whole[at][1:], ""], *whole[at + 1 :]]
    found = told(moved, known=known)
    assert said(found) == said(told(whole, known=known)) or refused(found) or _is_strange(found)


def _is_strange(found: Intake) -> bool:
    """Whether the paper now names what the program does not have: a report is refused for it."""
    state = garden().state
    return any(
        one.cell.startswith(("element:", "indicator:")) and state.said(one.cell) is None
        for one in found.sayings.said
    )
