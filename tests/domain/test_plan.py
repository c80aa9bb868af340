"""Plans of a basis act, and why their execution deviates."""

import pytest

from domain import cells, refusals as r
from domain.budget import explain_variance
from domain.statement import plan
from tests.domain.promises import Promise, produced, promised, refuses
from tests.domain.test_budget import (
    NO_ELEMENT,
    NO_EXECUTOR,
    OWN,
    REPORT,
    YEARS_END,
    books,
    quarter_accepted,
    quarter_closed,
)
from tests.given import FIRST_DAY, LINE, TODAY, absent, registered, stated

WHY = stated("не успели")
REFUSED: list[Promise] = [
    refuses(r.UnknownElement, explain_variance, REPORT, NO_ELEMENT, "2021", WHY, TODAY),
    refuses(r.UnknownExecutor, explain_variance, REPORT, NO_EXECUTOR, "2021", WHY, TODAY),
    refuses(r.PeriodOutsideProgram, explain_variance, REPORT, LINE, "2020", WHY, TODAY),
    refuses(
        r.PeriodClosed, explain_variance, REPORT, LINE, "2021-Q3", WHY, TODAY, given=quarter_closed
    ),
    refuses(
        r.ReportUnderReview, explain_variance, REPORT, LINE, "2021-Q3", WHY, TODAY,
        given=quarter_accepted,
    ),
    refuses(r.UnknownElement, plan, OWN, NO_ELEMENT, stated("1.00"), FIRST_DAY),
    refuses(r.UnknownExecutor, plan, OWN, NO_EXECUTOR, stated("1.00"), FIRST_DAY),
    refuses(r.PeriodOutsideProgram, plan, OWN, LINE, stated("1.00"), FIRST_DAY, period="2030-Q1"),
    refuses(r.NotMoney, plan, OWN, LINE, stated("1.001"), FIRST_DAY),
    refuses(r.NegativeAmount, plan, OWN, LINE, stated("-1.00"), FIRST_DAY),
    refuses(r.AlreadyExists, plan, OWN, LINE, stated("1.00"), FIRST_DAY, given=books),
]  # fmt: skip


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(explain_variance, plan)


def test_a_variance_is_explained_on_the_line_and_period() -> None:
    chronicle = books()
    chronicle.record(explain_variance, REPORT, LINE, "2021", stated("экономия"), TODAY)
    assert chronicle.value(cells.explanation(LINE.key, "2021"), YEARS_END) == stated("экономия")


def test_a_plan_of_a_period_stands_beside_the_year() -> None:
    chronicle = registered()
    chronicle.record(plan, OWN, LINE, stated("1000.00"), FIRST_DAY)
    chronicle.record(plan, OWN, LINE, absent(), FIRST_DAY, period="2021-Q1")
    assert chronicle.value(cells.appropriation(LINE), FIRST_DAY) == stated("1000.00")
    assert chronicle.value(cells.period_plan(LINE, "2021-Q1"), FIRST_DAY) == absent()
