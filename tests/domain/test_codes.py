"""Codes: four parts, leading zeros, and letters of two alphabets that look alike."""

import pytest
from hypothesis import given, strategies as st

from domain.codes import ClassificationCode, fold
from domain.refusals import NotACode

CYRILLIC, LATIN = "АВЕКМНОРСТУХ", "ABEKMHOPCTYX"


@pytest.mark.parametrize(("cyrillic", "latin"), list(zip(CYRILLIC, LATIN, strict=True)))
def test_letters_that_look_alike_are_one_letter(cyrillic: str, latin: str) -> None:
    assert cyrillic != latin
    assert fold(f"{cyrillic}4") == fold(f"{latin}4") == f"{latin}4"
    assert fold(f"{cyrillic.lower()}4") == f"{latin}4"


@pytest.mark.parametrize(
    ("one", "other"), [("E4", "Е4"), ("A1", "А1"), ("P5", "Р5"), ("e4", "Е4"), (" C1 ", "С1")]
)
def test_the_codes_of_the_papers_that_mix_alphabets(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("D6", "Д6"), ("D2", "Д2")])
def test_de_and_d_name_one_project(one: str, other: str) -> None:
    """They sound alike; Krasnogorsk and Shatura print them for one another."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("04 0 02 4", "04.0.02.4"),
        ("04.0.02.4", "04.0.02.4"),
        ("04/0/02/4", "04.0.02.4"),
        ("04 \u00a0 0  02\t4", "04.0.02.4"),
        ("04 1 Е4 00", "04.1.E4.00"),
        ("04 - - -", "04.-.-.-"),
        ("4 0 2 4", "4.0.2.4"),
    ],
)
def test_a_code_is_canonical_and_keeps_its_printed_spelling(printed: str, canonical: str) -> None:
    code = ClassificationCode.parse(printed)
    assert (code.canonical, code.printed) == (canonical, printed)


def test_leading_zeros_count() -> None:
    one, other = ClassificationCode.parse("04 0 02 4"), ClassificationCode.parse("4 0 2 4")
    assert one.canonical != other.canonical


@pytest.mark.parametrize("printed", ["", "04 0 02", "04 0 02 4 1", "04 0 02 Ж", "04 0 02 12345"])
def test_what_is_no_code_is_refused_with_what_was_typed(printed: str) -> None:
    with pytest.raises(NotACode) as refused:
        ClassificationCode.parse(printed)
    assert refused.value.values == {"value": printed}


@given(st.text(st.sampled_from(CYRILLIC + CYRILLIC.lower() + LATIN + "Дд0 .") | st.characters()))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
