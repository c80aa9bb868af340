"""Load packages: through the same commands as any client's, all or nothing each."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.bootstrap import Letopis
from application.access import LOCAL_CALLER, Caller
from application.commands.command import execute
from application.commands.load_package import LoadPackage, Package
from application.commands.publish_program import PublishProgram
from application.ledger import Receipt, Request

PROGRAMS = ("kedrovy", "stupino", "krasnogorsk", "shatura", "sample")


def packages_of_the_demo() -> Iterator[Path]:
    """The files of the demo's packages."""
    folder = Path(__file__).parent / "packages"
    return (folder / f"{program}.json" for program in PROGRAMS)


def load_demo(letopis: Letopis) -> Iterator[tuple[str, bool]]:
    """Loads and publishes the demo's programs; tells of each whether it was recorded now."""
    for file in packages_of_the_demo():
        recorded = load_once(letopis, file)
        publish(letopis, file.stem)
        yield file.stem, recorded


def publish(letopis: Letopis, program: str) -> None:
    """Lets anybody read a program, once."""
    key = f"publish-{program}"
    request = Request(LOCAL_CALLER, key=key, digest=hashlib.sha256(key.encode()).hexdigest())
    command = PublishProgram(published=True, reason="Показ")
    execute(letopis.ledger, letopis.clock, program, command, request)


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package that was read and checked: whose it is, what it records, what it was made from."""

    program: str
    command: LoadPackage
    digest: str
    paper: str

    @classmethod
    def read(cls, file: Path) -> "PackageFile":
        """From a file. Raises ValidationError and MalformedCommand."""
        content = file.read_bytes()
        package = Package.model_validate_json(content)
        return cls(
            program=package.program,
            command=LoadPackage.of(package),
            digest=hashlib.sha256(content).hexdigest(),
            paper=package.source.sha256 if package.source else "",
        )


def load_package(
    letopis: Letopis,
    package: PackageFile,
    *,
    caller: Caller = LOCAL_CALLER,
    dry_run: bool = False,
    program: str | None = None,
) -> Receipt:
    """Records a package, or with `dry_run` says what it would change. The same file twice by one caller is
    recorded once: its digest is the request's key.
    """
    target = program or package.program
    request = Request(
        caller=caller,
        key=caller.own(f"package-{target}-{package.digest}"),
        digest=package.digest,
        paper=package.paper,
    )
    return execute(letopis.ledger, letopis.clock, target, package.command, request, dry_run=dry_run)


def load_once(letopis: Letopis, file: Path) -> bool:
    """Records a package of the demo unless its program is there already, be it by another version of the
    package: whether it was recorded.
    """
    package = PackageFile.read(file)
    if letopis.model.program(package.program) is not None:
        return False
    return not load_package(letopis, package).replayed
