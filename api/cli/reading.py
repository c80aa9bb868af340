"""Commands that ask: show, history, diff, form, findings."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import (
    AsJson,
    AsOf,
    AtPosition,
    DatedBy,
    Edition,
    KnownOn,
    Program,
    asked_of,
    opened,
    print_json,
)
from api.complaining import complain, refusals_exit
from api.showing import print_changes, print_events, print_findings, print_program, print_story
from application.ports import RecordedQuery
from application.queries.diff import act_diff, diff as diff_of
from application.queries.events import event_view
from application.queries.program import program_at
from application.queries.story import story
from application.queries.viewpoint import resolve_for, two_sides
from application.reports.forms import FORMS
from domain.findings import findings as findings_of
from domain.refusals import UnknownProgram

commands = typer.Typer()


@commands.command()
@refusals_exit
def show(
    program: Program,
    as_of: AsOf = None,
    dated_by: DatedBy = None,
    edition: Edition = None,
    known_on: KnownOn = None,
    at_position: AtPosition = None,
    as_json: AsJson = False,
) -> None:
    """Состояние программы. Пример: letopis show kedrovy --as-of 2021-12-31 --edition 2021-03-24-55"""
    with opened() as letopis:
        asked = asked_of(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        view = program_at(letopis.model, program, resolved.viewpoint)
        if as_json:
            print_json(view.model_dump(mode="json"))
        else:
            print_program(view, resolved)


@commands.command()
@refusals_exit
def history(
    program: Program,
    cell: Annotated[str | None, typer.Option(help="Ячейка, например target:goal-1:2021")] = None,
    as_of: AsOf = None,
    dated_by: DatedBy = None,
    edition: Edition = None,
    known_on: KnownOn = None,
    at_position: AtPosition = None,
    as_json: AsJson = False,
) -> None:
    """История программы или одной ячейки. Пример: letopis history kedrovy --cell target:goal-1:2021"""
    with opened() as letopis:
        asked = asked_of(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        if cell is not None:
            told = story(letopis.model, program, cell, resolved.viewpoint)
            print_json(told.model_dump(mode="json")) if as_json else print_story(told)
            return
        query = RecordedQuery(
            program=program, up_to=resolved.viewpoint.at_position, limit=1_000_000
        )
        views = [event_view(recorded) for recorded in letopis.model.events(query)]
        if as_json:
            print_json([v.model_dump(mode="json", exclude_none=True) for v in views])
        else:
            print_events(views)


@commands.command()
@refusals_exit
def diff(
    program: Program,
    act: Annotated[str | None, typer.Option(help="Что изменил этот акт")] = None,
    from_as_of: Annotated[str | None, typer.Option()] = None,
    from_dated_by: Annotated[str | None, typer.Option()] = None,
    from_edition: Annotated[str | None, typer.Option()] = None,
    from_known_on: Annotated[str | None, typer.Option()] = None,
    from_at_position: Annotated[int | None, typer.Option()] = None,
    to_as_of: Annotated[str | None, typer.Option()] = None,
    to_dated_by: Annotated[str | None, typer.Option()] = None,
    to_edition: Annotated[str | None, typer.Option()] = None,
    to_known_on: Annotated[str | None, typer.Option()] = None,
    to_at_position: Annotated[int | None, typer.Option()] = None,
    as_json: AsJson = False,
) -> None:
    """Было — стало. Пример: letopis diff kedrovy --from-dated-by 2022-01-30 --to-dated-by 2022-02-01"""
    with opened() as letopis:
        to = asked_of(to_as_of, to_dated_by, to_edition, to_known_on, to_at_position)
        becomes = resolve_for(letopis.model, program, to, letopis.now()).viewpoint
        if act is not None:
            changes = act_diff(letopis.model, program, act, becomes).rows
        else:
            since = asked_of(
                from_as_of, from_dated_by, from_edition, from_known_on, from_at_position
            )
            filled, _ = two_sides(since, to)
            was = resolve_for(letopis.model, program, filled, letopis.now()).viewpoint
            changes = diff_of(letopis.model, program, was, becomes)
        if as_json:
            print_json([change.model_dump(mode="json") for change in changes])
        else:
            print_changes(changes)


@commands.command()
@refusals_exit
def form(
    name: Annotated[str, typer.Argument(help=f"Форма: {', '.join(FORMS)}")],
    program: Program,
    year: Annotated[int, typer.Option(help="Год формы")],
    as_of: AsOf = None,
    dated_by: DatedBy = None,
    edition: Edition = None,
    known_on: KnownOn = None,
    at_position: AtPosition = None,
    format_: Annotated[str, typer.Option("--format", help="json")] = "json",
    output: Annotated[Path | None, typer.Option("-o", help="Файл")] = None,
    as_json: AsJson = False,
) -> None:
    """Официальная форма как данные. Пример: letopis form 1 kedrovy --year 2021"""
    if name not in FORMS or format_ != "json":
        complain(f"Есть формы {', '.join(FORMS)} в формате json.")
        raise typer.Exit(2)
    with opened() as letopis:
        asked = asked_of(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        data = FORMS[name](letopis.model.state(program, resolved.viewpoint), year)
        text = data.model_dump_json(indent=1) + "\n"
        if output is None:
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")


@commands.command()
@refusals_exit
def findings(program: Program, as_json: AsJson = False) -> None:
    """Что не сходится в самой летописи. Пример: letopis findings sample"""
    with opened() as letopis:
        past = letopis.ledger.history(program)
        if not past.exists:
            raise UnknownProgram(program=program, exists="")
        found = findings_of(past.register)
        if as_json:
            print_json([one.model_dump(mode="json") for one in found])
        else:
            print_findings(found)
        if found:
            raise typer.Exit(1)
