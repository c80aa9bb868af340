"""Commands about people who sign in: people list, people sign-out, people erase."""

from typing import Annotated

import typer

from adapters.people import erase as erase_person
from api.cli.options import AsJson, opened, owner_of, print_json
from api.complaining import complain, err, refusals_exit
from domain.access import Actor

commands = typer.Typer(help="Кто входил: справочник имён, которого нет в истории.")
Issuer = Annotated[str, typer.Argument(help="Служба входа, как она себя называет")]
Subject = Annotated[str, typer.Argument(help="Обозначение человека у неё")]


@commands.command(name="list")
@refusals_exit
def list_people(as_json: AsJson = False) -> None:
    """Кто входил и как назвался. Пример: letopis people list"""
    with opened() as letopis:
        people = letopis.people.everybody()
    if as_json:
        print_json(
            [
                one.actor.model_dump()
                | {"name": one.name, "email": one.email, "noted_at": one.noted_at.isoformat()}
                for one in people
            ]
        )
        return
    for one in people:
        typer.echo(f"{one.actor}  {one.name or '—'}  {one.email or '—'}")


@commands.command()
@refusals_exit
def sign_out(issuer: Issuer, subject: Subject) -> None:
    """Завершить все входы человека. Пример: letopis people sign-out https://login.example.org ivanova"""
    with opened() as letopis:
        ended = letopis.sessions.end_all(Actor(issuer=issuer, subject=subject))
    err.print(f"Завершено входов: {ended}.", highlight=False)


@commands.command()
@refusals_exit
def erase(issuer: Issuer, subject: Subject) -> None:
    """Стереть имя и почту и завершить входы (роль владельца); в истории их и не было.

    Пример: letopis people erase https://login.example.org ivanova
    """
    with opened() as letopis:
        was_there = erase_person(owner_of(letopis), Actor(issuer=issuer, subject=subject))
    if not was_there:
        complain("Такого человека в справочнике нет.")
        raise typer.Exit(1)
    err.print("Стёрто.")
