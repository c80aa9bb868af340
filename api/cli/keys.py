"""Commands about keys of machines: keys issue, revoke, list."""

import sys
from datetime import timedelta
from typing import Annotated

import typer

from api.cli.access import (
    Municipality,
    OneProgram,
    Position,
    Reason,
    Region,
    Until,
    recorded,
    revoked,
    said,
    scope_of,
    show,
)
from api.cli.acting import opened_for_access, operator_of
from api.cli.options import AsJson
from api.complaining import complain, refusals_exit
from application.commands.issue_key import IssueKey
from application.keys import digest_of, new_key
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import KEYS

commands = typer.Typer(help="Ключи машин: выдать, отозвать, показать.")
_DAYS = 90


@commands.command()
@refusals_exit
def issue(
    name: Annotated[str, typer.Argument(help="Учётная запись машины, например robot")],
    until: Until = None,
    days: Annotated[
        int | None, typer.Option("--days", help=f"Или дней, {_DAYS}", min=1, max=100_000)
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option("--role", help="Заодно выдать роль, можно несколько")
    ] = None,
    region: Region = None,
    municipality: Municipality = None,
    program: OneProgram = None,
    as_json: AsJson = False,
) -> None:
    """Выдать ключ. Пример: letopis keys issue robot --days 30 --role reporter --municipality kedrovy

    Ключ печатается один раз и нигде не хранится: KEY=$(letopis keys issue robot)
    """
    scope = scope_of(region, municipality, program)
    if until is not None and days is not None:
        complain("Укажите что-то одно: --until или --days.")
        raise typer.Exit(2)
    if scope and not role:
        complain("Охват без роли ни к чему: укажите --role.")
        raise typer.Exit(2)
    key = new_key()
    with opened_for_access() as letopis:
        last = letopis.clock.today(DEFAULT_ZONE) + timedelta(days=days or _DAYS)
        command = IssueKey.model_validate(
            {
                "actor": {"issuer": KEYS, "subject": name},
                "digest": digest_of(key),
                "until_on": until or f"{last}",
                "roles": role or (),
                "scope": scope,
            }
        )
        receipt = recorded(letopis, operator_of(letopis), command)
    if not as_json:
        sys.stdout.write(f"{key}\n")
    outcome = f"Ключ «{name}» действует по {command.until_on:%d.%m.%Y}, показан один раз"
    said(receipt, outcome, as_json=as_json, key=key)


@commands.command()
@refusals_exit
def revoke(position: Position, reason: Reason, as_json: AsJson = False) -> None:
    """Отозвать ключ, сразу. Пример: letopis keys revoke 313 --reason «Утерян»"""
    with opened_for_access() as letopis:
        receipt, holding = revoked(letopis, position, reason, of_keys=True)
    said(receipt, f"Ключ «{holding.actor.subject}» отозван", as_json=as_json)


@commands.command("list")
@refusals_exit
def list_(as_json: AsJson = False) -> None:
    """Кому выдавались ключи и какие действуют сегодня. Пример: letopis keys list"""
    show(of_keys=True, as_json=as_json)
