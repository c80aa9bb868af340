"""Access: who may do what, where and until when, and the keys of machines. Rights are events like any other."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from domain.values import Value

_MARK = re.compile(r"[\x21-\x7e]+")


def _visible(text: str) -> str:
    if not _MARK.fullmatch(text):
        msg = "видимые знаки ASCII без пробелов"
        raise ValueError(msg)
    return text


Mark = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_visible)]


class Actor(Value):
    """Who acts: a subject as its issuer knows it, a reference and never a name.

    `issuer` is an OpenID provider's address, or one of our own: `urn:letopis:local` (the command line
    on the machine), `urn:letopis:keys` (machines that hold a key).
    """

    issuer: Mark
    subject: Mark

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"


LOCAL = Actor(issuer="urn:letopis:local", subject="local")
"""Who sits at the command line of a development machine."""
