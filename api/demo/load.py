"""Load packages: through the same commands as any client's, all or nothing each."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from api.bootstrap import Letopis
from application.commands.command import execute
from application.commands.load_package import LoadPackage, Package
from application.ledger import Receipt, Request

PROGRAMS = ("kedrovy", "stupino", "krasnogorsk", "shatura", "sample")


def packages_of_the_demo() -> Iterator[Path]:
    """The files of the demo's packages."""
    folder = Path(__file__).parent / "packages"
    return (folder / f"{program}.json" for program in PROGRAMS)


def load_package(
    letopis: Letopis, file: Path, *, dry_run: bool = False, program: str | None = None
) -> Receipt:
    """Records a package, or with `dry_run` says what it would change. The same file twice is
    recorded once: its digest is the request's key.
    """
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    package = Package.model_validate_json(content)
    target = program or package.program
    request = Request(
        actor="local",
        role="operator",
        key=f"package-{target}-{digest}",
        digest=digest,
        paper=package.source.sha256 if package.source else "",
    )
    command = LoadPackage.of(package)
    return execute(letopis.ledger, letopis.clock, target, command, request, dry_run=dry_run)
