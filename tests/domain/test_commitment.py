"""Commitments: contracts within the appropriation in force, and their release."""

import pytest

from domain import refusals as r
from domain.commitment import CommitmentMade, CommitmentReleased, commit, release
from tests.domain.promises import Promise, produced, promised, refuses
from tests.domain.test_budget import (
    NO_ELEMENT,
    NO_EXECUTOR,
    ORDER,
    books,
    payment,
    quarter_accepted,
    quarter_closed,
    year_closed,
)
from tests.given import TODAY

REFUSED: list[Promise] = [
    refuses(r.UnknownElement, commit, ORDER, payment("1.00", NO_ELEMENT), "", TODAY, given=books),
    refuses(r.UnknownExecutor, commit, ORDER, payment("1.00", NO_EXECUTOR), "", TODAY, given=books),
    refuses(r.NotMoney, commit, ORDER, payment("1e3"), "", TODAY, given=books),
    refuses(r.NegativeAmount, commit, ORDER, payment("0.00"), "", TODAY, given=books),
    refuses(r.NoAppropriation, commit, ORDER, payment("1.00"), "", TODAY),
    refuses(
        r.CommitmentOverAppropriation,
        commit,
        ORDER,
        payment("1000.01", override="очень нужно"),
        "",
        TODAY,
        given=books,
    ),
    refuses(r.BudgetClosed, commit, ORDER, payment("1.00"), "", TODAY, given=year_closed),
    refuses(r.PeriodClosed, commit, ORDER, payment("1.00"), "", TODAY, given=quarter_closed),
    refuses(r.ReportUnderReview, commit, ORDER, payment("1.00"), "", TODAY, given=quarter_accepted),
    refuses(r.PeriodClosed, release, ORDER, payment("1.00"), "зря", TODAY, given=quarter_closed),
    refuses(
        r.ReportUnderReview, release, ORDER, payment("1.00"), "зря", TODAY, given=quarter_accepted
    ),
    refuses(r.NotMoney, release, ORDER, payment("1.0"), "зря", TODAY, given=books),
    refuses(r.NegativeAmount, release, ORDER, payment("0.00"), "зря", TODAY, given=books),
    refuses(r.ReleaseOverCommitment, release, ORDER, payment("0.01"), "зря", TODAY, given=books),
]


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(commit, release)


def test_commitments_are_taken_and_released_within_the_appropriation() -> None:
    chronicle = books()
    *_, made = chronicle.decided(commit, ORDER, payment("1000.00"), "договор", TODAY)
    assert isinstance(made, CommitmentMade)
    refused = chronicle.refusal(commit, ORDER, payment("0.01"), "договор", TODAY)
    assert refused.values["commitments"] == "1000.01"
    (freed,) = chronicle.decided(release, ORDER, payment("400.00"), "расторгнут", TODAY)
    assert isinstance(freed, CommitmentReleased)
    assert chronicle.decided(commit, ORDER, payment("400.00"), "договор", TODAY)
