"""The command line: `letopis serve | demo | migrate | load | show | history | diff | form | periods |
findings | replay | rebuild | keys | access | people`.
"""

import typer

from api.cli import access, keys, loading, people, reading, running

cli = typer.Typer(
    help="Летопись муниципальных программ: что планировали, по какому акту, что вышло и когда записано.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (running, loading, reading):
    cli.add_typer(room.commands)
for name, group in (
    ("keys", keys.commands),
    ("access", access.commands),
    ("people", people.commands),
):
    cli.add_typer(group, name=name, no_args_is_help=True)


def main() -> None:
    """The entry point."""
    cli()
