"""Whether it is safe to serve: in production nothing is served that could lose or betray the history."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from api.bootstrap import Letopis
from api.settings import Settings, is_loopback

_OF_THE_DATABASE = {
    "may_change": "роль приложения может менять или стирать записанное ({found}): отзовите эти права "
    "(REVOKE)",
    "owns": "роль приложения владеет журналом ({found}): подключайте приложение ролью letopis_app, "
    "а роль владельца оставьте для letopis migrate",
    "superuser": "роль приложения — суперпользователь ({found}): ALTER ROLE … NOSUPERUSER",
    "may_create_roles": "роль приложения может создавать роли ({found}): ALTER ROLE … NOCREATEROLE",
    "may_bypass": "роль приложения может обойти защиту журнала ({found}): отзовите это",
    "not_guarded": "защиты журнала нет или она выключена ({found}): если база новая, выполните "
    "letopis migrate; если нет — выясните, кто и зачем её снял",
    "not_durable": "база данных может потерять записанное при сбое ({found}): включите (on)",
}


class UnsafeStart(RuntimeError):
    """Letopis is not served as it is set up; the message tells every reason."""


def require_safe(letopis: Letopis) -> None:
    """Serves development on this machine only, and production if nothing is unsafe.

    Raises: UnsafeStart, with all reasons at once.
    """
    settings = letopis.settings
    if settings.environment == "development":
        reasons = list(_of_development(settings))
    else:
        dangers = letopis.inspection.dangers()
        reasons = [*_of_settings(settings), *_of_database(dangers)]
    if reasons:
        told = "".join(f"\n  • {reason}" for reason in reasons)
        raise UnsafeStart(f"Летопись не запущена: так обслуживать небезопасно.{told}")


def _of_development(settings: Settings) -> Iterator[str]:
    if not is_loopback(settings.host):
        yield (
            f"LETOPIS_HOST: адрес {settings.host} не обслуживается в разработке и показе "
            "(LETOPIS_ENVIRONMENT=development), только эта машина (127.0.0.1)"
        )


def _of_settings(settings: Settings) -> Iterator[str]:
    issuer = urlsplit(settings.oidc_issuer or "https://")
    if issuer.scheme != "https" or _leads_here(issuer.hostname or ""):
        yield (
            f"LETOPIS_OIDC_ISSUER: {settings.oidc_issuer} — учебный или незащищённый вход; нужна "
            "служба входа по https:// на другом адресе"
        )
    if not is_loopback(settings.host) and urlsplit(settings.public_url or "").scheme != "https":
        yield (
            f"LETOPIS_HOST: {settings.host} виден другим машинам, а LETOPIS_PUBLIC_URL с https:// не "
            "указан: поставьте впереди прокси с TLS и укажите его адрес"
        )


def _leads_here(host: str) -> bool:
    """Whether a name or an address is this machine, however it is spelled."""
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


def _of_database(dangers: dict[str, str]) -> Iterator[str]:
    for danger, found in dangers.items():
        yield f"база данных: {_OF_THE_DATABASE[danger].format(found=found)}"
