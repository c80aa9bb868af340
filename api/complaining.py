"""How the command line ends on what is wrong: one clear sentence, status 1 for refusals, 2 for use."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from adapters.embedded_postgres import AlreadyRunning, CannotStart
from api.demo.load import PackageFile
from api.malformed import places_of
from api.safety import UnsafeStart
from application.commands.load_package import MalformedCommand
from domain.refusals import Refusal

err = Console(stderr=True, emoji=False)


def complain(text: str) -> None:
    """A sentence on standard error."""
    err.print(text, style="red", highlight=False, markup=False, soft_wrap=True)


def refusals_exit(command: Callable[..., None]) -> Callable[..., None]:
    """Refusals end a command with status 1 and one sentence, wrong use and an unsafe start with
    status 2.
    """

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            complain(f"{refusal}  ({refusal.name})")
            raise typer.Exit(1) from None
        except (AlreadyRunning, CannotStart) as error:
            complain(str(error))
            raise typer.Exit(1) from None
        except UnsafeStart as unsafe:
            complain(str(unsafe))
            raise typer.Exit(2) from None
        except (ValidationError, SettingsError) as error:
            complain(_places(error))
            raise typer.Exit(2) from None

    return run


def read_package(file: Path) -> PackageFile:
    """A package to load. What is wrong with the file ends the command with status 2."""
    try:
        return PackageFile.read(file)
    except ValidationError as error:
        complain(f"{file.name}: это не пакет Летописи.\n{_places(error)}")
    except MalformedCommand as malformed:
        named = f"{file.name}: команда № {malformed.number} ({malformed.command})"
        complain(f"{named}: {_places(malformed.error) if malformed.error else 'неизвестна'}")
    except OSError as error:
        complain(f"{file}: не читается ({error.strerror}).")
    raise typer.Exit(2)


def _places(error: ValidationError | SettingsError) -> str:
    """Every wrong place by the name that the person typed it under."""
    if isinstance(error, SettingsError):
        return str(error)
    return "\n".join(f"{_typed(error.title, p.pointer)}{p.why['ru']}" for p in places_of(error))


def _typed(title: str, pointer: str) -> str:
    name = pointer.removeprefix("/")
    match title:
        case "Settings":
            return f"LETOPIS_{name.upper()}: "
        case "AskedViewpoint":
            return f"--{name.replace('_', '-')}: "
        case _:
            return f"{name.replace('/', '.')}: " if name else ""
