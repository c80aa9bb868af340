"""What the commands share: options of a viewpoint, the open application, JSON on standard output."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from api.bootstrap import Letopis, open_letopis
from api.complaining import complain
from api.log_lines import configure_logging
from api.settings import Settings
from application.queries.viewpoint import AskedViewpoint

AsOf = Annotated[str | None, typer.Option("--as-of", help="По состоянию на, ГГГГ-ММ-ДД")]
DatedBy = Annotated[str | None, typer.Option("--dated-by", help="По документам на, ГГГГ-ММ-ДД")]
Edition = Annotated[str | None, typer.Option("--edition", help="В редакции акта")]
KnownOn = Annotated[str | None, typer.Option("--known-on", help="По сведениям на конец дня")]
AtPosition = Annotated[int | None, typer.Option("--at-position", help="По сведениям на запись №")]
AsJson = Annotated[bool, typer.Option("--json", help="Печатать только JSON")]
Program = Annotated[str, typer.Argument(help="Программа, например kedrovy")]


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Letopis]:
    """The application on the database that the settings (left out: of the environment) name."""
    settings = settings or Settings()
    configure_logging(settings)
    with open_letopis(settings) as letopis:
        yield letopis


def asked_of(
    as_of: str | None,
    dated_by: str | None,
    edition: str | None,
    known_on: str | None,
    at_position: int | None,
) -> AskedViewpoint:
    """The viewpoint that the options ask about."""
    given = {
        "as_of": as_of,
        "dated_by": dated_by,
        "edition": edition,
        "known_on": known_on,
        "at_position": at_position,
    }
    return AskedViewpoint.model_validate({k: v for k, v in given.items() if v is not None})


def owner_of(letopis: Letopis) -> str:
    """The URL of the owner's role. Where it is not set the command ends with status 2."""
    if letopis.owner_url is None:
        complain("Нужна роль владельца: LETOPIS_OWNER_DATABASE_URL.")
        raise typer.Exit(2)
    return letopis.owner_url


def print_json(data: Any) -> None:
    """JSON and nothing else."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
