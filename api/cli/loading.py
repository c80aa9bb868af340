"""The command that records: load."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import AsJson, opened, print_json
from api.complaining import err, read_package, refusals_exit
from api.demo.load import load_package

commands = typer.Typer()


@commands.command()
@refusals_exit
def load(
    files: Annotated[list[Path], typer.Argument(help="Пакеты Летописи (.json)")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только проверить")] = False,
    program: Annotated[str | None, typer.Option(help="Записать в эту программу")] = None,
    as_json: AsJson = False,
) -> None:
    """Записать пакеты: каждый целиком или никак. Пример: letopis load program.json --dry-run"""
    packages = [read_package(file) for file in files]
    with opened() as letopis:
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
            print_json(receipts)
