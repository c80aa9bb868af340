"""Commands about who may do what: access grant, revoke, list, publish."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from api.bootstrap import Letopis
from api.cli.acting import caller_of, opened_for_access, operator_of
from api.cli.options import AsJson, Program, opened, print_json
from api.complaining import complain, err, refusals_exit
from api.showing import print_holdings
from application.access import Caller
from application.commands.command import Command, execute
from application.commands.grant_access import GrantAccess
from application.commands.publish_program import PublishProgram
from application.commands.revoke_access import RevokeAccess
from application.ledger import Receipt, Request
from application.ports import Holding
from application.queries.holdings import holdings
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import KEYS
from domain.refusals import UnknownGrant

commands = typer.Typer(help="Кому что разрешено: выдать, отозвать, показать, опубликовать.")

Position = Annotated[int, typer.Argument(help="Запись, которой выдано (см. list)", min=1)]
Reason = Annotated[str, typer.Option("--reason", help="Почему")]
Region = Annotated[str | None, typer.Option("--region", help="В этом регионе")]
Municipality = Annotated[str | None, typer.Option("--municipality", help="В этом муниципалитете")]
OneProgram = Annotated[str | None, typer.Option("--program", help="В этой программе")]
Until = Annotated[str | None, typer.Option("--until", help="По этот день, ГГГГ-ММ-ДД")]


@commands.command()
@refusals_exit
def grant(
    words: Annotated[
        list[str], typer.Argument(metavar="[ISSUER SUBJECT] ROLE", help="Кому и какую роль")
    ],
    machine: Annotated[
        str | None, typer.Option("--machine", help="Учётной записи машины (вместо ISSUER SUBJECT)")
    ] = None,
    region: Region = None,
    municipality: Municipality = None,
    program: OneProgram = None,
    period: Annotated[str | None, typer.Option("--period", help="За этот период")] = None,
    since: Annotated[str | None, typer.Option("--since", help="С этого дня, ГГГГ-ММ-ДД")] = None,
    until: Until = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Выдать роль. Пример: letopis access grant --machine robot reporter --municipality kedrovy

    Человек называется службой входа и своим обозначением в ней:
    letopis access grant https://login.example.org 7c1e owner --program kedrovy
    """
    command = GrantAccess.model_validate(
        {
            "actor": _actor(words[:-1], machine),
            "role": words[-1],
            "scope": scope_of(region, municipality, program, period),
            "since": since,
            "until_on": until,
            "reason": reason,
        }
    )
    with opened_for_access() as letopis:
        receipt = recorded(letopis, operator_of(letopis), command)
    said(receipt, f"{command.actor}: роль «{command.role}» выдана", as_json=as_json)


@commands.command()
@refusals_exit
def revoke(position: Position, reason: Reason, as_json: AsJson = False) -> None:
    """Отозвать роль, сразу. Пример: letopis access revoke 312 --reason «Уволен»"""
    with opened_for_access() as letopis:
        receipt, holding = revoked(letopis, position, reason, of_keys=False)
    said(receipt, f"{holding.actor}: роль «{holding.role}» отозвана", as_json=as_json)


@commands.command("list")
@refusals_exit
def list_(
    issuer: Annotated[str | None, typer.Option("--issuer", help="Только этой службы входа")] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="Только этому человеку")] = None,
    as_json: AsJson = False,
) -> None:
    """Кому какие роли выдавались и что действует сегодня. Пример: letopis access list --subject 7c1e"""
    show(of_keys=False, as_json=as_json, issuer=issuer, subject=subject)


@commands.command()
@refusals_exit
def publish(
    program: Program,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Больше не публиковать")] = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Открыть программу всем. Пример: letopis access publish kedrovy

    Закрыть: letopis access publish kedrovy --withdraw --reason "Черновик"
    """
    command = PublishProgram(published=not withdraw, reason=reason)
    with opened() as letopis:
        receipt = recorded(letopis, caller_of(letopis), command, program)
    done = "больше не опубликована" if withdraw else "опубликована: её читает всякий"
    said(receipt, f"Программа «{program}» {done}", as_json=as_json)


def _actor(words: list[str], machine: str | None) -> Mapping[str, str]:
    named = [KEYS, machine] if machine is not None else words
    if len(named) != 2 or (machine is not None and words):  # noqa: PLR2004 (issuer and subject)
        complain("Назовите, кому: ISSUER SUBJECT ROLE, или --machine NAME ROLE.")
        raise typer.Exit(2)
    return {"issuer": str(named[0]), "subject": str(named[1])}


def scope_of(
    region: str | None, municipality: str | None, program: str | None, period: str | None = None
) -> dict[str, str]:
    """A scope as it was typed."""
    typed = {"region": region, "municipality": municipality, "program": program, "period": period}
    return {name: value for name, value in typed.items() if value is not None}


def recorded(letopis: Letopis, caller: Caller, command: Command, program: str = "") -> Receipt:
    """Carries a command out. Refuses: what it refuses, and what is not allowed."""
    return execute(letopis.ledger, letopis.clock, program, command, Request(caller))


def revoked(
    letopis: Letopis, position: int, reason: str, *, of_keys: bool
) -> tuple[Receipt, Holding]:
    """Takes back what a position gave, to whomever. Refuses: UnknownGrant (a role is no key), ReasonRequired."""
    for holding in letopis.rights.holdings():
        if holding.position == position and (holding.role is None) == of_keys:
            command = RevokeAccess(actor=holding.actor, position=position, reason=reason)
            return recorded(letopis, operator_of(letopis), command), holding
    raise UnknownGrant(position=position)


def show(
    *, of_keys: bool, as_json: bool, issuer: str | None = None, subject: str | None = None
) -> None:
    """Roles or keys that were ever given: all, or those of an issuer or a subject."""
    with opened_for_access() as letopis:
        today = letopis.clock.today(DEFAULT_ZONE)
        found = [
            one
            for one in holdings(letopis.rights, today)
            if (one.role is None) == of_keys
            and issuer in (None, one.actor.issuer)
            and subject in (None, one.actor.subject)
        ]
    if as_json:
        print_json([view.model_dump(mode="json", exclude_none=True) for view in found])
    else:
        print_holdings(found)


def said(receipt: Receipt, outcome: str, *, as_json: bool, **more: Any) -> None:
    """Tells what was recorded."""
    if as_json:
        print_json({"position": receipt.position, **more})
    else:
        err.print(f"{outcome}, запись № {receipt.position}", highlight=False, markup=False)
