"""The command that records: load."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from api.bootstrap import Letopis
from api.cli.acting import caller_of
from api.cli.options import AsJson, opened, print_json
from api.cli.progress import shown
from api.complaining import complain, err, read_package, refusals_exit
from api.demo.load import PackageFile, load_package
from api.handing_in import answers_from, digest_of, handed_in, told
from api.showing import print_paper
from application.access import Caller
from application.intake.answers import Answers
from application.ledger import Request
from application.progress import Progress, Stage

commands = typer.Typer()


@commands.command()
@refusals_exit
def load(
    files: Annotated[
        list[Path], typer.Argument(help="Бумаги (.docx, .xlsx, .xls) и пакеты Летописи (.json)")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только проверить")] = False,
    program: Annotated[str | None, typer.Option(help="Записать в эту программу")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Файл ответов (.toml): чего бумага не печатает")
    ] = None,
    remember: Annotated[
        bool, typer.Option("--remember", help="Запомнить графы таблиц для муниципалитета")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Записать бумаги и пакеты. Пример: letopis load report.docx --program kedrovy --dry-run

    Сначала проверяются все файлы; если какой-то не проходит, не записывается ни один. Каждый файл
    записывается целиком или никак. На сервере нужен ключ учётной записи в LETOPIS_KEY. Статус 1: отказ,
    или пробный прогон нашёл ошибки.
    """
    packages = {file: read_package(file) for file in files if file.suffix.lower() == ".json"}
    given = _answers(answers, program)
    with opened() as letopis, shown() as progress:
        caller = caller_of(letopis)
        load_one = _Loading(letopis, caller, packages, given, program, progress, remember=remember)
        tried = (
            [load_one(file, dry_run=True) for file in files] if dry_run or len(files) > 1 else []
        )
        receipts = tried if dry_run else [load_one(file, dry_run=False) for file in files]
    if as_json:
        print_json(receipts)
    else:
        for receipt in receipts:
            _say(receipt, dry_run=dry_run)
    if dry_run and any(_is_wrong(receipt) for receipt in receipts):
        raise typer.Exit(1)


class _Loading:
    """Loads one file after another, telling how far it is."""

    def __init__(
        self,
        letopis: Letopis,
        caller: Caller,
        packages: dict[Path, PackageFile],
        answers: Answers,
        program: str | None,
        progress: Callable[[str], Progress],
        *,
        remember: bool,
    ) -> None:
        self.letopis, self.caller = letopis, caller
        self.packages, self.answers = packages, answers
        self.program, self.progress, self.remember = program, progress, remember

    def __call__(self, file: Path, *, dry_run: bool) -> dict[str, Any]:
        progress = self.progress(file.name)
        if file in self.packages:
            return self._package(file, progress, dry_run=dry_run)
        return self._paper(file, progress, dry_run=dry_run)

    def _package(self, file: Path, progress: Progress, *, dry_run: bool) -> dict[str, Any]:
        progress(Stage.DECIDING if dry_run else Stage.RECORDING, 0, 0)
        receipt = load_package(
            self.letopis,
            self.packages[file],
            caller=self.caller,
            dry_run=dry_run,
            program=self.program,
        )
        return {
            "file": file.name,
            "position": receipt.position,
            "positions": list(receipt.positions),
            "replayed": receipt.replayed,
            **receipt.result,
        }

    def _paper(self, file: Path, progress: Progress, *, dry_run: bool) -> dict[str, Any]:
        try:
            content = file.read_bytes()
        except OSError as error:
            complain(f"{file}: не читается ({error.strerror}).")
            raise typer.Exit(2) from None
        digest = digest_of(content, self.answers)
        request = Request(self.caller, key=self.caller.own(f"paper-{digest}"), digest=digest)
        result = handed_in(
            self.letopis,
            content,
            file.name,
            self.answers,
            request,
            dry_run=dry_run,
            remember=self.remember,
            progress=progress,
        )
        replayed = result.receipt.replayed if result.receipt else False
        return {"file": file.name, "replayed": replayed, **told(result)}


def _answers(file: Path | None, program: str | None) -> Answers:
    given = Answers()
    if file is not None:
        try:
            given = answers_from(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            complain(f"{file}: не читается ({error}).")
            raise typer.Exit(2) from None
    return given.model_copy(update={"program": program}) if program else given


def _say(receipt: dict[str, Any], *, dry_run: bool) -> None:
    if "tables" in receipt:
        print_paper(receipt)
    if receipt["replayed"]:
        outcome = "уже записан"
    elif receipt.get("nothing_new"):
        outcome = "всё это уже известно, записывать нечего"
    elif dry_run:
        outcome = "проверен"
    else:
        outcome = "записан"
    err.print(f"{receipt['file']}: {outcome}, записей {len(receipt['positions'])}", highlight=False)


def _is_wrong(receipt: dict[str, Any]) -> bool:
    errors = (one for one in receipt.get("findings", ()) if one["severity"] == "error")
    return bool(receipt.get("unread")) or any(errors)
