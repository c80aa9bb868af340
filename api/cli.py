"""The command line: `letopis serve | demo | migrate | load | show | history | diff | form | findings |
replay | rebuild`.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.migrate import migrate as run_migrations
from adapters.rebuild import check, rebuild as run_rebuild
from api import serving
from api.app import configure_logging
from api.bootstrap import Letopis, open_letopis
from api.complaining import complain, err, read_package, refusals_exit
from api.demo.load import load_package
from api.settings import Settings
from api.showing import print_changes, print_events, print_findings, print_program, print_story
from application.ports import RecordedQuery
from application.queries.diff import act_diff, diff as diff_of
from application.queries.events import event_view
from application.queries.program import program_at
from application.queries.story import story
from application.queries.viewpoint import AskedViewpoint, resolve_for, two_sides
from application.reports.forms import FORMS
from domain.findings import findings as findings_of
from domain.refusals import UnknownProgram

cli = typer.Typer(
    help="Летопись муниципальных программ: что планировали, по какому акту, что вышло и когда записано.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
AsOf = Annotated[str | None, typer.Option("--as-of", help="По состоянию на, ГГГГ-ММ-ДД")]
DatedBy = Annotated[str | None, typer.Option("--dated-by", help="По документам на, ГГГГ-ММ-ДД")]
Edition = Annotated[str | None, typer.Option("--edition", help="В редакции акта")]
KnownOn = Annotated[str | None, typer.Option("--known-on", help="По сведениям на конец дня")]
AtPosition = Annotated[int | None, typer.Option("--at-position", help="По сведениям на запись №")]
AsJson = Annotated[bool, typer.Option("--json", help="Печатать только JSON")]
Program = Annotated[str, typer.Argument(help="Программа, например kedrovy")]


@contextmanager
def _opened() -> Iterator[Letopis]:
    settings = Settings()
    configure_logging(settings)
    with open_letopis(settings) as letopis:
        yield letopis


def _asked(
    as_of: str | None,
    dated_by: str | None,
    edition: str | None,
    known_on: str | None,
    at_position: int | None,
) -> AskedViewpoint:
    given = {
        "as_of": as_of,
        "dated_by": dated_by,
        "edition": edition,
        "known_on": known_on,
        "at_position": at_position,
    }
    return AskedViewpoint.model_validate({k: v for k, v in given.items() if v is not None})


def _print_json(data: Any) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


@cli.command()
@refusals_exit
def serve(
    port: Annotated[int | None, typer.Option(help="Порт, 0 — выбрать свободный")] = None,
) -> None:
    """Обслуживать запросы. Пример: letopis serve --port 8000"""
    settings = Settings() if port is None else Settings(port=port)
    configure_logging(settings)
    serving.serve(settings)


@cli.command()
@refusals_exit
def demo(
    port: Annotated[int, typer.Option(help="Порт, 0 — выбрать свободный")] = 8000,
    browser: Annotated[bool, typer.Option(help="Открыть браузер")] = True,
    data_dir: Annotated[Path | None, typer.Option(help="Папка данных")] = None,
    reset: Annotated[bool, typer.Option(help="Начать заново: удалить папку данных")] = False,
) -> None:
    """Показать Летопись на четырёх бумагах и вымышленном округе. Пример: letopis demo --no-browser"""
    given: dict[str, Any] = {"port": port} | ({"data_dir": data_dir} if data_dir else {})
    settings = Settings(**given)
    configure_logging(settings)
    serving.demo(settings, browser=browser, reset=reset)


@cli.command()
@refusals_exit
def migrate() -> None:
    """Привести базу к новейшей схеме (роль владельца). Пример: letopis migrate"""
    settings = Settings()
    if settings.owner_database_url is None:
        with _opened():
            err.print("Встроенная база приведена к новейшей схеме.")
        return
    password = settings.app_password.get_secret_value() if settings.app_password else None
    run_migrations(settings.owner_database_url.get_secret_value(), app_password=password)
    err.print("База приведена к новейшей схеме.")


@cli.command()
@refusals_exit
def load(
    files: Annotated[list[Path], typer.Argument(help="Пакеты Летописи (.json)")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только проверить")] = False,
    program: Annotated[str | None, typer.Option(help="Записать в эту программу")] = None,
    as_json: AsJson = False,
) -> None:
    """Записать пакеты: каждый целиком или никак. Пример: letopis load program.json --dry-run"""
    packages = [read_package(file) for file in files]
    with _opened() as letopis:
        receipts = []
        for file, package in zip(files, packages, strict=True):
            receipt = load_package(letopis, package, dry_run=dry_run, program=program)
            receipts.append(
                {
                    "file": file.name,
                    "position": receipt.position,
                    "positions": list(receipt.positions),
                    "replayed": receipt.replayed,
                    **receipt.result,
                }
            )
            if not as_json:
                told = "уже записан" if receipt.replayed else "проверен" if dry_run else "записан"
                err.print(f"{file.name}: {told}, записей {len(receipt.positions)}", highlight=False)
        if as_json:
            _print_json(receipts)


@cli.command()
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
    with _opened() as letopis:
        asked = _asked(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        view = program_at(letopis.model, program, resolved.viewpoint)
        if as_json:
            _print_json(view.model_dump(mode="json"))
        else:
            print_program(view, resolved)


@cli.command()
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
    with _opened() as letopis:
        asked = _asked(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        if cell is not None:
            told = story(letopis.model, program, cell, resolved.viewpoint)
            _print_json(told.model_dump(mode="json")) if as_json else print_story(told)
            return
        query = RecordedQuery(
            program=program, up_to=resolved.viewpoint.at_position, limit=1_000_000
        )
        views = [event_view(recorded) for recorded in letopis.model.events(query)]
        if as_json:
            _print_json([v.model_dump(mode="json", exclude_none=True) for v in views])
        else:
            print_events(views)


@cli.command()
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
    with _opened() as letopis:
        to = _asked(to_as_of, to_dated_by, to_edition, to_known_on, to_at_position)
        becomes = resolve_for(letopis.model, program, to, letopis.now()).viewpoint
        if act is not None:
            changes = act_diff(letopis.model, program, act, becomes).rows
        else:
            since = _asked(from_as_of, from_dated_by, from_edition, from_known_on, from_at_position)
            filled, _ = two_sides(since, to)
            was = resolve_for(letopis.model, program, filled, letopis.now()).viewpoint
            changes = diff_of(letopis.model, program, was, becomes)
        if as_json:
            _print_json([change.model_dump(mode="json") for change in changes])
        else:
            print_changes(changes)


@cli.command()
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
    with _opened() as letopis:
        asked = _asked(as_of, dated_by, edition, known_on, at_position)
        resolved = resolve_for(letopis.model, program, asked, letopis.now())
        data = FORMS[name](letopis.model.state(program, resolved.viewpoint), year)
        text = data.model_dump_json(indent=1) + "\n"
        if output is None:
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")


@cli.command()
@refusals_exit
def findings(program: Program, as_json: AsJson = False) -> None:
    """Что не сходится в самой летописи. Пример: letopis findings sample"""
    with _opened() as letopis:
        past = letopis.ledger.history(program)
        if not past.exists:
            raise UnknownProgram(program=program, exists="")
        found = findings_of(past.register)
        if as_json:
            _print_json([one.model_dump(mode="json") for one in found])
        else:
            print_findings(found)
        if found:
            raise typer.Exit(1)


@cli.command()
@refusals_exit
def replay(
    check_rows: Annotated[bool, typer.Option("--check", help="Сравнить каждую строку")] = False,
    as_json: AsJson = False,
) -> None:
    """Построить модель чтения заново рядом и сравнить. Пример: letopis replay --check"""
    if not check_rows:
        complain("Укажите --check: сравнить каждую строку.")
        raise typer.Exit(2)
    with _opened() as letopis:
        found = check(_owner(letopis))
        if as_json:
            _print_json([str(one) for one in found])
        for one in found:
            complain(str(one))
        if found:
            raise typer.Exit(1)
        err.print(f"Сошлось: {letopis.model.size()} записей, расхождений нет.", highlight=False)


@cli.command()
@refusals_exit
def rebuild() -> None:
    """Построить модель чтения заново и поставить на место. Пример: letopis rebuild"""
    with _opened() as letopis:
        run_rebuild(_owner(letopis))
        err.print("Модель чтения построена заново.")


def _owner(letopis: Letopis) -> str:
    if letopis.owner_url is None:
        complain("Нужна роль владельца: LETOPIS_OWNER_DATABASE_URL.")
        raise typer.Exit(2)
    return letopis.owner_url


def main() -> None:
    """The entry point."""
    cli()
