"""A report whose figures follow raises no arithmetic finding, whatever the figures are."""

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given, strategies as st

from application.rules import columns, form_2, passport, sums
from application.rules.figures import as_printed, percent, russian
from tests.application.rules.asked import ask
from tests.application.rules.tables import form_1, form_2 as reported

RULES = (*columns.RULES, *sums.RULES, *passport.RULES, *form_2.RULES)
BODIES = [{"id": name, "name": name} for name in ("school", "office")]
BELOW = {"m1": {"m1"}, "m2": {"m2"}, "m": {"m1", "m2"}, "program": {"m1", "m2"}}
OF = {"all": {"school", "office"}, "school": {"school"}, "office": {"office"}}

Money = dict[tuple[str, str], tuple[Decimal, Decimal]]
LINES = [(element, executor) for element in ("m1", "m2") for executor in ("school", "office")]

thousands = st.integers(0, 10_000_000).map(lambda tens_of_rubles: Decimal(tens_of_rubles) / 100)
tenths = st.integers(-9_999, 9_999).map(lambda n: Decimal(n) / 10)


def text(value: Decimal) -> str:
    return russian(value).replace("\u00a0", " ")


def share(part: Decimal, whole: Decimal, digits: int = 2) -> str:
    """A percent with so many digits, a dash where there is none."""
    return text(as_printed(percent(part, whole), Decimal(1).scaleb(-digits))) if whole else "-"


def margins(money: Money) -> Iterator[str]:
    """The whole of Form 2: every element as a whole and by executor."""
    yield "element | executor | plan | cash | percent"
    for element, measures in BELOW.items():
        for executor, bodies in OF.items():
            rows = [row for (m, b), row in money.items() if m in measures and b in bodies]
            plan, cash = (sum(column, Decimal("0.00")) for column in zip(*rows, strict=True))
            yield " | ".join((element, executor, text(plan), text(cash), share(cash, plan)))


@given(st.tuples(*[st.tuples(thousands, thousands)] * len(LINES)))
def test_clean_sums_raise_nothing(drawn: tuple[tuple[Decimal, Decimal], ...]) -> None:
    table = "\n".join(margins(dict(zip(LINES, drawn, strict=True))))
    assert ask(RULES, reported(table, bodies=BODIES)) == []


@given(
    tenths, tenths, tenths, st.sampled_from(["increase", "decrease", "maintain"]), st.integers(0, 3)
)
def test_clean_columns_raise_nothing(
    last: Decimal, plan: Decimal, fact: Decimal, direction: str, digits: int
) -> None:
    part, whole = (plan, fact) if direction == "decrease" else (fact, plan)
    figures = (text(last), text(plan), text(fact), text(fact - plan))
    row = ("one", direction, *figures, share(part, whole, digits), share(fact, last, digits))
    head = "indicator | direction | last | plan | fact | deviation | ratio | growth"
    assert ask(RULES, form_1(f"{head}\n{' | '.join(row)}")) == []
