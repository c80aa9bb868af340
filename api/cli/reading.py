"""Commands that ask: show, history, diff, form, periods, findings."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from adapters.documents.writing import MEDIA_TYPES, write
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
from api.complaining import complain, err, refusals_exit
from api.showing import (
    print_changes,
    print_events,
    print_findings,
    print_periods,
    print_program,
    print_story,
)
from application.ports import RecordedQuery
from application.queries.diff import act_diff, diff as diff_of
from application.queries.events import event_view
from application.queries.findings import findings as findings_of
from application.queries.forms import DRAFT, drafted, form_data, printed_form
from application.queries.periods import periods as periods_of
from application.queries.program import program_at
from application.queries.story import story
from application.queries.viewpoint import resolve_for, two_sides
from application.reports.forms import FORMS
from application.reports.printing.forms import BLANKS, PRINTED

commands = typer.Typer()
FORMATS = ("json", *MEDIA_TYPES)


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
    name: Annotated[str, typer.Argument(help=f"Форма: {', '.join((*FORMS, DRAFT))}")],
    program: Program,
    year: Annotated[int, typer.Option(help="Год формы")],
    as_of: AsOf = None,
    dated_by: DatedBy = None,
    edition: Edition = None,
    known_on: KnownOn = None,
    at_position: AtPosition = None,
    from_as_of: Annotated[
        str | None, typer.Option(help="amendment-draft: было по состоянию на")
    ] = None,
    from_dated_by: Annotated[str | None, typer.Option(help="… было по документам на")] = None,
    from_edition: Annotated[str | None, typer.Option(help="… было в редакции")] = None,
    from_at_position: Annotated[int | None, typer.Option(help="… было по записи №")] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Бланк: отчётное пусто")] = False,
    format_: Annotated[str, typer.Option("--format", help=", ".join(FORMATS))] = "json",
    output: Annotated[Path | None, typer.Option("-o", help="Файл")] = None,
    as_json: AsJson = False,
) -> None:
    """Официальная форма. Пример: letopis form 1 kedrovy --year 2021 --format docx -o form-1.docx"""
    asked = asked_of(as_of, dated_by, edition, known_on, at_position)
    since = asked_of(from_as_of, from_dated_by, from_edition, None, from_at_position)
    if name not in _forms_in(format_, blank=blank):
        complain(
            f"Есть формы {', '.join((*FORMS, DRAFT))} в видах {', '.join(FORMATS)} "
            f"({DRAFT} только файлом), бланки (--blank) есть у форм {', '.join(BLANKS)}."
        )
        raise typer.Exit(2)
    with opened() as letopis:
        model, now = letopis.model, letopis.now()
        resolved = resolve_for(model, program, asked, now)
        if format_ == "json":
            data = form_data(model, program, name, year, resolved)
            content = f"{data.model_dump_json(indent=1)}\n".encode()
        elif name == DRAFT:
            given = since.model_dump(exclude_none=True)
            was = resolve_for(model, program, two_sides(since, asked)[0], now) if given else None
            content = write(drafted(model, program, year, was, resolved), format_)
        else:
            printed = printed_form(model, program, name, year, resolved, blank=blank)
            content = write(printed, format_)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        err.print(f"{output}: {len(content)} байт", highlight=False)


def _forms_in(file_format: str, *, blank: bool) -> Collection[str]:
    """The forms that there are in a format."""
    if file_format not in FORMATS:
        return ()
    if file_format == "json":
        return () if blank else FORMS.keys()
    return BLANKS.keys() if blank else {*PRINTED, DRAFT}


@commands.command()
@refusals_exit
def periods(
    program: Program,
    as_of: AsOf = None,
    dated_by: DatedBy = None,
    edition: Edition = None,
    known_on: KnownOn = None,
    at_position: AtPosition = None,
    as_json: AsJson = False,
) -> None:
    """Отчёты по периодам: сроки и состояние. Пример: letopis periods sample --as-of 2024-07-31"""
    with opened() as letopis:
        asked = asked_of(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        found = periods_of(letopis.model, program, resolved.viewpoint)
        if as_json:
            print_json([one.model_dump(mode="json") for one in found])
        else:
            print_periods(found)


@commands.command()
@refusals_exit
def findings(
    program: Program,
    as_of: AsOf = None,
    dated_by: DatedBy = None,
    edition: Edition = None,
    known_on: KnownOn = None,
    at_position: AtPosition = None,
    as_json: AsJson = False,
) -> None:
    """Что не сходится (статус 1, если что-то есть). Пример: letopis findings kedrovy --as-of 2021-12-31"""
    with opened() as letopis:
        asked = asked_of(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        found = findings_of(letopis.model, letopis.ledger, program, resolved)
        if as_json:
            print_json([one.model_dump(mode="json") for one in found])
        else:
            print_findings(found)
        if found:
            raise typer.Exit(1)
