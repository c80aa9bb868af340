"""A paper about a program that is known: acts change plans, reports report, neither repeats."""

from dataclasses import replace
from datetime import date

import pytest

from application.commands.amend_program import AmendProgram
from application.commands.report_facts import ReportFacts
from application.intake.answers import Answers
from application.intake.compose import Taken, take_in
from application.intake.paper import Mark
from application.intake.refused import AnswersNeeded, PaperUnread
from domain.values import shown
from tests.application.intake.drawn import paper
from tests.application.intake.garden import PROGRAM, TODAY, Life, garden

HEAD = (
    "№ пп | Наименование показателя | Ед. измерения | факт за прошлый год | план на год "
    "| факт на конец периода | Абсолютное отклонение | Обоснование"
)
FORM = f"""
за 2031 год

{HEAD}
= Показатели цели «Порядок»
1 | Доля дворов | % | 80 | 90 | 85,5 | −4,5 | Снегопад
2 | Число лип | ед. | 10 | 15 | 15 | 0 |
"""


def of(kind: str, on: date = date(2032, 1, 31), number: str = "5") -> Answers:
    document = {"kind": kind, "type": "Бумага", "date": on, "number": number}
    return Answers.model_validate({"document": document})


def taken(text: str, life: Life, answers: Answers | None = None, *, own: bool = False) -> Taken:
    drawn = paper(text)
    if own:
        drawn = replace(drawn, mark=Mark(PROGRAM, "1", 2031, 1))
    return take_in(drawn, answers or of("report"), life.state, TODAY, life.register)


def test_a_report_says_what_is_not_known_yet() -> None:
    life = garden()
    found = taken(FORM, life)
    assert [command.name for command in found.commands] == ["report_facts", "record_document"]
    assert not found.findings
    life.take(found)
    assert life.state.text("fact:goal-1:2031") == "85.5"
    assert life.state.text("fact:goal-1:2030") == "80"
    assert life.state.text("explanation:goal-1:2031") == "Снегопад"
    assert life.state.text("control:deviation:goal-1:2031") == "-4.5"


def test_the_same_report_again_says_nothing_new() -> None:
    life = garden()
    life.take(taken(FORM, life))
    again = taken(FORM, life)
    assert again.nothing_new
    assert again.command is None


def test_a_figure_restated_in_vain_is_not_restated_each_time() -> None:
    """The next year's report prints another figure of last year: a finding, and said once."""
    life = garden()
    life.take(taken(FORM, life))
    next_year = FORM.replace("2031", "2032").replace("85,5", "").replace("80 | 90", "84 | ")
    later = of("report", date(2032, 2, 28), "6")
    text = next_year.replace("−4,5", "").replace("10 | 15 | 15 | 0", "15 | | |")
    restated = taken(text, life, later)
    assert [command.name for command in restated.commands] == ["report_facts", "explain_deviation"]
    life.take(restated)
    assert life.state.text("fact:goal-1:2031") == "85.5"
    assert taken(text, life, later).nothing_new


def test_a_report_does_not_change_a_plan() -> None:
    life = garden()
    found = taken(FORM.replace("| 90 |", "| 95 |"), life)
    assert [command.name for command in found.commands] == ["report_facts", "record_document"]
    (finding,) = found.findings
    assert (finding.rule, finding.severity) == ("plan_differs_from_acts", "warning")
    assert finding.cell == "target:goal-1:2031"
    assert (finding.printed, finding.computed) == ("95", "90")
    assert "таблица 1, строка 3, графа 5" in finding.message
    life.take(found)
    assert life.state.text("target:goal-1:2031") == "90"


def test_an_act_changes_it_line_by_line() -> None:
    life = garden()
    act = of("act", date(2031, 6, 1))
    text = FORM.replace("| 90 | 85,5 | −4,5 | Снегопад", "| 95 | | |").replace("80", "")
    found = taken(text.replace("10 | 15 | 15 | 0", " | 15 | | "), life, act)
    assert not found.findings
    (command,) = found.commands
    assert isinstance(command, AmendProgram)
    (line,) = command.lines
    assert (line.cell, line.at and line.at.row) == ("target:goal-1:2031", 3)
    life.take(found)
    assert life.state.text("target:goal-1:2031") == "95"


def test_an_act_entered_late_changes_what_stood_before_it() -> None:
    """The later act's plan stays; the earlier act is held against what it found."""
    life = garden()
    plan = (
        "за 2031 год\n\n" + HEAD + "\n= Показатели цели «Порядок»\n1 | Доля дворов | % | | {} | | |"
    )
    life.take(taken(plan.format(95), life, of("act", date(2031, 6, 1), "60")))
    late = taken(plan.format(92), life, of("act", date(2031, 3, 1), "30"))
    (command,) = late.commands
    assert isinstance(command, AmendProgram)
    assert [shown(line.was) for line in command.lines] == ["90"]
    life.take(late)
    assert life.state.text("target:goal-1:2031") == "95"


def test_an_act_may_bring_new_things() -> None:
    life = garden()
    act = of("act", date(2031, 6, 1))
    found = taken(
        FORM.replace("Число лип | ед. | 10", "Доля клумб | % | ").replace("15 | 0", " | "),
        life,
        act,
    )
    life.take(found)
    assert life.state.text("indicator:goal-2-b:name") == "Доля клумб"
    assert life.state.text("target:goal-2-b:2031") == "15"


def test_a_report_that_names_what_the_program_does_not_have_is_refused() -> None:
    found = taken(FORM.replace("Число лип", "Доля клумб"), garden())
    assert [one.why for one in found.unread] == [
        "Показателя «Доля клумб» в программе нет, завести может правовой акт"
    ]
    assert found.unread[0].at.row == 4
    with pytest.raises(PaperUnread, match="таблица 1, строка 4"):
        _ = found.command


def test_requisites_are_asked_for_only_where_something_is_new() -> None:
    life = garden()
    with pytest.raises(AnswersNeeded, match="document"):
        taken(FORM, life, Answers())
    life.take(taken(FORM, life))
    assert taken(FORM, life, Answers()).nothing_new


def test_computed_columns_of_our_own_form_are_not_the_clerks() -> None:
    life = garden()
    (command,) = taken(FORM, life, own=True).commands
    assert isinstance(command, ReportFacts)
    assert len(command.facts) == 4
    typed_over = taken(FORM.replace("−4,5", "−4,6"), life, own=True)
    assert len(typed_over.commands) == 2


def test_a_figure_reported_otherwise_by_another_paper_is_found() -> None:
    life = garden()
    life.take(taken(FORM, life))
    again = taken(FORM.replace("85,5", "86,5"), life, of("report", number="6"))
    (found,) = [one for one in again.findings if one.rule == "figure_restated"]
    assert (found.cell, found.printed, found.computed) == ("fact:goal-1:2031", "86.5", "85.5")
    assert not [one for one in taken(FORM, life).findings if one.rule == "figure_restated"]


def test_an_empty_cell_says_nothing() -> None:
    life = garden()
    life.take(taken(FORM, life))
    assert taken(FORM.replace("85,5", "").replace("−4,5", ""), life).nothing_new


def test_a_new_calculation_is_said_with_the_fact_it_is_of() -> None:
    life = garden()
    life.take(taken(FORM, life))
    counted = FORM.replace("| Обоснование", "| Обоснование | Расчет").replace(
        "Снегопад", "Снегопад | (17/20)*100"
    )
    (command,) = taken(counted, life).commands
    assert isinstance(command, ReportFacts)
    (fact,) = command.facts
    assert (fact.value, fact.as_printed) == ("85.5", fact.as_printed)
    assert fact.as_printed is not None
    assert "85,00" in fact.as_printed.reason


def test_acts_are_listed_once() -> None:
    life = garden()
    listed = (
        "№ пп | Вид правового акта | Дата принятия | Номер | Суть изменений\n"
        "1 | Постановление Главы города | {} | {} | О деньгах"
    )
    found = taken(listed.format("24.03.2031", "55"), life, Answers())
    life.take(found)
    assert life.state.text("document:2031-03-24-55:content_stated") == "false"
    assert life.state.text("document:2031-03-24-55:issuer") == "Глава города"
    assert taken(listed.format("24.03.2031", "55"), life, Answers()).nothing_new
    assert taken(listed.format("10.01.2030", "1"), life, Answers()).nothing_new, "the basis"
    late = taken(listed.format("24.03.2041", "7"), life, Answers())
    assert [one.why for one in late.unread] == ["дата ещё не наступила: 2041-03-24"]
