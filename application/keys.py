"""Keys of machines: 256 random bits that are shown once and kept nowhere, only their SHA-256."""

from hashlib import sha256
from secrets import token_urlsafe

PREFIX = "letopis_"
"""By it secret scanners and people know a key when they see one."""

_BYTES = 32


def new_key() -> str:
    """A key that nobody had before."""
    return f"{PREFIX}{token_urlsafe(_BYTES)}"


def digest_of(key: str) -> str:
    """What is kept of a key. A slow hash adds nothing to 256 random bits."""
    return sha256(key.encode()).hexdigest()
