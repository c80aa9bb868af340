"""A paper about a program that is not known: all that it plans is registered, all that it reports told."""

import pytest

from application.commands.command import Command
from application.commands.register_program import RegisterProgram
from application.commands.report_facts import ReportFacts
from application.intake.answers import Answers
from application.intake.compose import take_in
from application.intake.names import Names
from application.intake.refused import AnswersNeeded, PaperMakesNoSense
from application.ledger import History
from domain.dates import Viewpoint
from domain.state import State, state_of
from tests.application.intake import test_form_1, test_form_2
from tests.application.intake.drawn import paper
from tests.application.intake.garden import TODAY

TEXT = f"за 2031 год\n\n{test_form_1.HEAD}{test_form_1.BODY}\n{test_form_2.HEAD}{test_form_2.BODY}"
ANSWERS = """
program = "garden"
effective_on = 2031-01-01
direction = "increase"
[municipality]
id = "town"
name = "Город Выдуманный"
zone = "UTC"
[years]
first = 2031
last = 2031
[basis]
kind = "act"
[document]
kind = "report"
date = 2032-01-31
"""


def founded(answers: str = ANSWERS) -> tuple[Command, ...]:
    return take_in(paper(TEXT), Answers.from_toml(answers), None, TODAY).commands


def state(commands: tuple[Command, ...]) -> State:
    history = History("garden")
    for command in commands:
        history.decided(command.decide("garden", history.copy(), TODAY).events)
    end = Viewpoint(TODAY, TODAY, history.register.last_position)
    return state_of(history.register, end)


def test_plans_are_of_the_basis_and_reports_of_the_report() -> None:
    commands = founded()
    assert [command.name for command in commands] == [
        "register_program", "report_facts", "post_cash", "explain_deviation", "record_document",
    ]  # fmt: skip
    found = state(commands)
    assert {cell.partition(":")[0]: said.timing.document for cell, said in found.cells.items()} == {
        **dict.fromkeys(("passport", "element", "indicator", "target"), "undated-a"),
        **dict.fromkeys(("appropriation", "period-plan"), "undated-a"),
        **dict.fromkeys(("fact", "calculation", "explanation"), "2032-01-31-a"),
        **dict.fromkeys(("cash-report", "control"), "2032-01-31-a"),
        "document": "2032-01-31-a",
        "budget": "undated-a",
    }


def test_the_tree_of_both_forms_is_one() -> None:
    found = state(founded())
    assert found.text("element:objective-1:parent") == "goal"
    assert found.text("element:07.0.01.0:parent") == "objective-1"
    assert found.text("indicator:goal-1:direction") == "increase"


def test_objectives_of_one_number_and_two_names_are_one_and_do_not_agree() -> None:
    found = take_in(paper(TEXT), Answers.from_toml(ANSWERS), None, TODAY)
    assert "Задача 1. Посадить деревья" in TEXT
    (unread,) = found.unread
    assert unread.why.startswith("element:objective-1:name: уже сказано Выдуманная чистота")
    assert unread.why.endswith("(таблица 1, строка 4, графа 2), а здесь Посадить деревья")


def test_a_value_that_contradicts_its_calculation_is_recorded_as_printed() -> None:
    text = TEXT.replace("(171/200)*100", "(171/300)*100")
    found = take_in(paper(text), Answers.from_toml(ANSWERS), None, TODAY).commands
    (facts,) = [one for one in found if isinstance(one, ReportFacts)]
    (reason,) = [one.as_printed.reason for one in facts.facts if one.as_printed]
    assert reason == "Значение противоречит собственному расчёту: 57,00"


def test_what_no_paper_prints_is_asked_for_by_name() -> None:
    with pytest.raises(AnswersNeeded) as needed:
        founded('program = "garden"')
    text = needed.value.text("en")
    assert all(one in text for one in ("municipality", "years", "basis", "effective_on"))
    assert "чья это программа" in str(needed.value)


def test_without_a_document_of_its_own_the_paper_is_its_basis() -> None:
    commands = founded(
        ANSWERS.partition("[document]")[0].replace('"act"', '"act"\ndate = 2031-12-31')
    )
    assert {said.timing.document for said in state(commands).cells.values()} == {"2031-12-31-a"}


def test_what_makes_no_sense_is_refused_and_does_not_break() -> None:
    answers = Answers.from_toml(f'{ANSWERS}[names]\n"indicator:плохой адрес:element" = "goal"')
    with pytest.raises(PaperMakesNoSense, match="id: "):
        take_in(paper(TEXT), answers, None, TODAY)


def test_things_of_one_short_name_are_told_apart() -> None:
    names = Names()
    ids = [names.body(f"МУ {n}", "mu") for n in range(40)]
    assert ids[:3] == ["mu", "mu-b", "mu-c"]
    assert len(set(ids)) == 40


def test_registration_is_one_command() -> None:
    assert isinstance(founded()[0], RegisterProgram)
