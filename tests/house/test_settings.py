"""README's table of settings is the class of settings: names, defaults and meanings."""

import pytest
from pydantic import ValidationError

from api.settings import Settings
from tests.house.tree import rows_of, text

TABLE = {row[0].strip("`"): row[1:] for row in rows_of(text("README.md")) if "`LETOPIS_" in row[0]}


def test_every_setting_is_told_and_no_other() -> None:
    assert set(TABLE) == {f"LETOPIS_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_told_as_it_is(name: str) -> None:
    field = Settings.model_fields[name]
    default = "" if field.default is None else f"`{field.default}`"
    assert TABLE[f"LETOPIS_{name.upper()}"] == [default, field.description]


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETOPIS_PORT", "8123")
    assert Settings(_env_file=None).port == 8123


@pytest.mark.parametrize(
    "issuer",
    ["http://login.example.org", "login.example.org", "file:///etc/passwd", "https://"],
)
def test_who_is_let_in_is_not_asked_over_an_open_wire(issuer: str) -> None:
    with pytest.raises(ValidationError, match="https"):
        Settings(_env_file=None, oidc_issuer=issuer)


@pytest.mark.parametrize(
    "address",
    [
        *("http://letopis.example.org", "letopis.example.org", "https://", "", "ftp://127.0.0.1"),
        *("https://letopis.example.org/city", "https://letopis.example.org/?x=1"),
        *("https://a@letopis.example.org", "https://letopis.example.org#x"),
    ],
)
def test_people_reach_it_over_tls_and_without_a_path(address: str) -> None:
    with pytest.raises(ValidationError, match="https"):
        Settings(_env_file=None, public_url=address)


@pytest.mark.parametrize("address", ["https://letopis.example.org:8443", "http://127.0.0.1:8000"])
def test_the_public_address_is_kept_without_its_end(address: str) -> None:
    assert Settings(_env_file=None, public_url=f"{address}/").public_url == address


def test_what_is_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETOPIS_OIDC_ISSUER", "")
    assert Settings(_env_file=None).oidc_issuer is None


@pytest.mark.parametrize("issuer", ["https://login.example.org/realms/a", "http://127.0.0.1:1"])
def test_an_issuer_is_kept_letter_by_letter(issuer: str) -> None:
    assert Settings(_env_file=None, oidc_issuer=issuer).oidc_issuer == issuer
