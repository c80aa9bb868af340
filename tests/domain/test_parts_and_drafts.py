"""Acts that restate a part, acts of unknown content, and drafts."""

from datetime import date

from domain import cells, refusals as r
from domain.amendment import amend, draft
from domain.budget import AppropriationSet
from domain.indicator import TargetSet
from domain.program import ActRecorded, AmendmentApplied, documents
from domain.values import NOT_STATED, Absent
from domain.withdrawal import correct, error_in_act
from tests.domain.test_amendment import ACT, ADOPTED_ON, PLAN, program
from tests.given import T1, T2, TODAY, act, line, stated

T4 = cells.target("i4", "2021")
YEARS_END = date(2021, 12, 31)


def test_a_restated_passport_keeps_the_years_of_the_program() -> None:
    chronicle = program()
    first = [line("passport:title", NOT_STATED, "Первая"), line("passport:goals", NOT_STATED, "x")]
    chronicle.record(amend, act("10", date(2021, 1, 10)), first, (), TODAY)
    restated = [
        line("passport:title", "Первая", "Вторая"),
        line("passport:body.school", "Школа", "Школа № 1"),
    ]
    chronicle.record(amend, ACT, restated, ("passport:",), TODAY)
    assert chronicle.value("passport:title", ADOPTED_ON) == stated("Вторая")
    gone = chronicle.value("passport:goals", ADOPTED_ON)
    assert isinstance(gone, Absent)
    assert gone.absent == "not_stated"
    assert chronicle.value("passport:first_year", ADOPTED_ON) == stated("2021")


def test_a_restated_road_map_drops_the_procedures_it_omits() -> None:
    chronicle = program()
    given = [line(T1, "80", "90")]
    chronicle.record(amend, ACT, given, ("procedure:", "window:"), TODAY)
    assert isinstance(chronicle.value("procedure:1:title", ADOPTED_ON), Absent)
    assert isinstance(chronicle.value("window:1:1:ends_on", ADOPTED_ON), Absent)
    assert chronicle.value("procedure:1:title", date(2021, 3, 23)) == stated("Сбор")


def test_a_restating_act_in_error_omits_nothing_any_more() -> None:
    chronicle = program()
    chronicle.record(amend, ACT, [line(T1, "80", "90")], ("target:",), TODAY)
    chronicle.record(error_in_act, "2021-03-24-55", "не та программа")
    late = act("50", date(2021, 2, 10))
    decided = chronicle.decided(amend, late, [line(T2, NOT_STATED, "7")], (), TODAY)
    assert [type(event) for event in decided] == [ActRecorded, AmendmentApplied, TargetSet]


def test_an_omission_taken_back_is_not_said_again() -> None:
    chronicle = program()
    chronicle.record(amend, act("50", date(2021, 2, 10)), [line(T2, NOT_STATED, "7")], (), TODAY)
    chronicle.record(amend, ACT, [line(T1, "80", "90")], ("target:",), TODAY)
    position = chronicle.register.assertions[T2][-1].position
    omission = chronicle.events[position]
    chronicle.record(correct, position, omission, None, "часть не изложена заново", TODAY)
    assert chronicle.value(T2, ADOPTED_ON) == stated("7")
    missed = line(T2, "7", "8", effective_on=date(2021, 3, 1))
    chronicle.record(amend, act("50", date(2021, 2, 10)), [missed], (), TODAY)
    assert chronicle.value(T2, ADOPTED_ON) == stated("8")


def test_a_later_act_that_is_cut_short_names_the_statement_that_it_replaces() -> None:
    chronicle = program()
    later = line(T1, "80", "85")
    position = chronicle.record(amend, act("30", date(2021, 3, 15)), [later], (), TODAY)[-1]
    earlier = act("10", date(2021, 1, 10), applies_from=date(2021, 7, 1))
    keeps = line(T1, "80", "90").model_copy(update={"overlap": "keeps"})
    decided = chronicle.decided(amend, earlier, [keeps], (), TODAY)
    (cut,) = [event for event in decided if event.until_on is not None]
    assert (cut.basis.document, cut.until_on, cut.replaces) == (
        "2021-03-15-30",
        date(2021, 6, 30),
        position,
    )


def test_an_old_restating_act_is_entered_after_a_newer_act_added_to_the_part() -> None:
    chronicle = program()
    added = [line("indicator:i4:element", NOT_STATED, "goal"), line(T4, NOT_STATED, "5")]
    chronicle.record(amend, ACT, added, (), TODAY)
    late = act("50", date(2021, 2, 10))
    chronicle.record(amend, late, [line(T1, "80", "82")], ("target:", "indicator:"), TODAY)
    assert chronicle.value(T1, date(2021, 2, 10)) == stated("82")
    assert chronicle.value(T4, ADOPTED_ON) == stated("5")
    assert chronicle.value("indicator:i4:element", ADOPTED_ON) == stated("goal")
    assert isinstance(chronicle.value("indicator:i2:element", ADOPTED_ON), Absent)


def test_an_act_of_unknown_content_is_recorded_and_changes_nothing() -> None:
    chronicle = program()
    unknown = act("55", ADOPTED_ON, content_stated=False)
    before = chronicle.register.at(chronicle.register.now_known)
    chronicle.record(amend, unknown, [], (), TODAY)
    after = chronicle.register.at(chronicle.register.now_known)
    assert {c for c in after if after[c] != before.get(c)} == {
        f"document:2021-03-24-55:{field}" for field in
        ("kind", "date", "number", "date_stated", "content_stated")
    }  # fmt: skip
    assert documents(chronicle.register)["2021-03-24-55"]["content_stated"] == "false"
    chronicle.record(amend, ACT, [line(T1, "80", "90")], (), TODAY)
    assert documents(chronicle.register)["2021-03-24-55"]["content_stated"] == "true"


def test_lines_under_an_act_of_unknown_content_are_refused() -> None:
    unknown = act("55", ADOPTED_ON, content_stated=False)
    refusal = program().refusal(amend, unknown, [line(T1, "80", "90")], (), TODAY)
    assert isinstance(refusal, r.ContentNotStated)


def test_a_draft_keeps_its_lines_and_is_no_document_to_cite() -> None:
    chronicle = program()
    lines = [line(T1, "80", "90"), line(PLAN, "1000.00", "900.00")]
    (kept,) = chronicle.decided(draft, act(None, None), lines, ("target:",), TODAY)
    (second,) = chronicle.decided(draft, act(None, None), lines, (), TODAY)
    assert isinstance(kept, ActRecorded)
    assert (kept.lines, kept.restates) == (tuple(lines), ("target:",))
    assert [kept.basis.document, second.basis.document] == ["draft-a", "draft-b"]
    assert documents(chronicle.register)["draft-a"]["status"] == "draft"
    assert chronicle.value(T1, YEARS_END) == stated("80")
    signed = chronicle.decided(amend, ACT, lines, (), TODAY, signs="draft-a")
    assert [e.basis.document for e in signed] == ["2021-03-24-55"] * len(signed)
    assert documents(chronicle.register)["draft-a"]["status"] == "signed:2021-03-24-55"
    assert documents(chronicle.register)["draft-b"]["status"] == "draft"
    assert isinstance(signed[-1], AppropriationSet)
