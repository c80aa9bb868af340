"""A certified OpenID provider (oidc-provider on Node) as a process of the tests."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.tree import ROOT

_FOLDER = Path(__file__).with_name("provider")
REDIRECT_URI = "http://127.0.0.1:9/signed-in"  # the driver follows no further than here
SECRET = "50%off:a+b&c/d=e~"  # noqa: S105 (of a client of the tests)


@contextmanager
def certified_provider() -> Iterator[str]:
    """The address of a fresh provider. Skips where it is not installed; CI, which installs it, fails."""
    node = shutil.which("node")
    if node is None or not (_FOLDER / "node_modules").exists():
        lacking = f"there is no certified provider: npm ci --prefix {_FOLDER.relative_to(ROOT)}"
        if "CI" in os.environ:
            pytest.fail(lacking)
        pytest.skip(lacking)
    with subprocess.Popen(
        [node, "provider.mjs", REDIRECT_URI, SECRET],
        cwd=_FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            line = next((one for one in process.stdout if one.startswith("{")), "")
            yield json.loads(line)["issuer"]
        finally:
            process.stdin.close()
            process.stdout.close()
            process.wait(10)
