"""Findings asked of the real ledger and read model."""

from datetime import UTC, date, datetime

import pytest

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from application.access import LOCAL_CALLER
from application.commands.command import execute
from application.commands.load_package import LoadPackage, Package
from application.commands.waive_finding import WaiveFinding
from application.ledger import Request, SystemClock
from application.queries.findings import findings
from application.queries.viewpoint import AskedViewpoint, resolve_for
from application.rules.catalogue import RULES
from domain.findings import Finding
from domain.refusals import UnknownProgram
from tests.application.reports.papers import PACKAGES
from tests.application.rules.asked import ask, brief, life, subject

MISPRINT = "control:ratio:objective-1-2:2021"


@pytest.fixture
def loaded(ledger: PostgresLedger) -> PostgresLedger:
    text = (PACKAGES / "kedrovy.json").read_text(encoding="utf-8")
    load = LoadPackage.of(Package.model_validate_json(text))
    execute(ledger, SystemClock(), "kedrovy", load, Request(LOCAL_CALLER))
    return ledger


def found(ledger: PostgresLedger, model: PostgresReadModel, **asked: object) -> list[Finding]:
    resolved = resolve_for(
        model, "kedrovy", AskedViewpoint.model_validate(asked), datetime.now(UTC)
    )
    return findings(model, ledger, "kedrovy", resolved)


def test_the_ledger_tells_what_the_fold_tells(
    loaded: PostgresLedger, model: PostgresReadModel
) -> None:
    told = found(loaded, model)
    in_memory = ask(RULES, subject(life("kedrovy")))
    assert sorted(brief(told)) == sorted(brief(in_memory))
    assert len([one for one in told if one.severity == "error"]) == 9


def test_before_the_paper_is_known_there_is_none_on_it(
    loaded: PostgresLedger, model: PostgresReadModel
) -> None:
    last = model.size()
    assert MISPRINT in {one.cell for one in found(loaded, model, at_position=last)}
    assert MISPRINT not in {one.cell for one in found(loaded, model, at_position=last - 1)}
    assert MISPRINT not in {one.cell for one in found(loaded, model, dated_by=date(2022, 1, 30))}
    with pytest.raises(UnknownProgram, match=r"2021-01-01"):
        found(loaded, model, as_of=date(2020, 12, 31))


def test_a_waiver_is_recorded_and_shown(loaded: PostgresLedger, model: PostgresReadModel) -> None:
    before = model.size()
    waiver = WaiveFinding(rule="figure_misprinted", cell=MISPRINT, reason="опечатка")
    request = Request(LOCAL_CALLER)
    execute(loaded, SystemClock(), "kedrovy", waiver, request)

    def waived(**asked: object) -> dict[str, bool]:
        return {one.cell: one.waived for one in found(loaded, model, **asked)}

    assert waived()[MISPRINT] is True
    assert waived(at_position=before)[MISPRINT] is False
    assert sum(waived().values()) == 1
