"""Settings: from the environment with the prefix LETOPIS_ and from `.env`."""

from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of Letopis. README's table of settings is held against this class by a test."""

    model_config = SettingsConfigDict(
        env_prefix="LETOPIS_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    environment: Literal["production", "development"] = Field(
        default="production",
        description="`production`: an unsafe start is refused, and who writes from the command line "
        "shows a key; `development`: this machine only, and whoever sits at it may do everything",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="libpq URL of the application's role (PostgreSQL 15 to 18); left out: the "
        "embedded PostgreSQL",
    )
    owner_database_url: SecretStr | None = Field(
        default=None,
        description="libpq URL of the owner's role, for `migrate`, `rebuild` and `replay`, and to grant "
        "rights and issue keys as the first operator",
    )
    app_password: SecretStr | None = Field(
        default=None,
        description="password that `migrate` gives to the role letopis_app",
    )
    key: SecretStr | None = Field(
        default=None,
        description="key by which the command line writes, of an account that may (`letopis keys issue`)",
    )
    data_dir: Path = Field(
        default=Path(".letopis"), description="folder of the embedded PostgreSQL"
    )
    host: str = Field(default="127.0.0.1", description="address to serve on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to serve on; 0 picks one")
    public_url: str | None = Field(
        default=None,
        description="address that people reach Letopis at, without a path; https, or http on "
        "loopback; left out: the address served on; needed to serve on any address but loopback",
    )
    pool_size: int = Field(default=8, ge=1, le=100, description="most database connections")
    max_body_bytes: int = Field(
        default=8_000_000, ge=1000, description="largest request body in bytes"
    )
    body_seconds: float = Field(
        default=10, gt=0, description="longest time for a request body to arrive, in seconds"
    )
    requests_per_minute: int = Field(
        default=20_000,
        ge=1,
        description="most requests a minute from one address (IPv6: from one /64) and of one account",
    )
    failed_sign_ins_per_minute: int = Field(
        default=20,
        ge=1,
        description="most failed keys, tokens and sign-ins a minute from one address; over it only "
        "credentials that have proven good are let in",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="address of the OpenID provider that people and machines prove themselves by, "
        "exactly as it names itself; https, or http on loopback",
    )
    oidc_client_id: str | None = Field(
        default=None, description="what this Letopis is called at the OpenID provider"
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="secret of this Letopis at the OpenID provider (client_secret_basic); left out: "
        "a public client",
    )
    api_audience: str = Field(
        default="letopis",
        min_length=1,
        description="audience that access tokens for the API must be issued for",
    )
    log_format: Literal["json", "console"] = Field(
        default="console", description="how log lines are written"
    )

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def readable(cls, value: SecretStr | None) -> SecretStr | None:
        """What the driver says of an address that it can not read tells the address, password and all."""
        try:
            conninfo_to_dict(value.get_secret_value() if value else "")
        except ProgrammingError:
            msg = "адрес базы данных не читается: postgresql://роль:пароль@машина:порт/база"
            raise ValueError(msg) from None
        return value

    @field_validator("oidc_issuer", "public_url")
    @classmethod
    def encrypted_or_local(cls, value: str | None) -> str | None:
        """Who is let in is not asked over an open wire, and nothing is shown over it."""
        if value is None:
            return None
        parts = urlsplit(value)
        host = parts.hostname or ""
        if not (parts.scheme == "https" and host) and not (
            parts.scheme == "http" and is_loopback(host)
        ):
            msg = "адрес начинается с https:// (http:// — только на этой машине)"
            raise ValueError(msg)
        return value

    @field_validator("public_url")
    @classmethod
    def without_a_path(cls, value: str | None) -> str | None:
        """Letopis is served at the root of its address."""
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
            msg = "адрес Летописи — без пути: https://letopis.example.org"
            raise ValueError(msg)
        return f"{parts.scheme}://{parts.netloc}"


def is_loopback(address: str) -> bool:
    """Whether a host is this very machine and nobody else can reach it."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
