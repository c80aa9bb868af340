"""Who the command line acts as: the local operator, or the account of a key."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from api.admission import account_of
from api.bootstrap import Letopis
from api.cli.options import opened
from api.complaining import complain
from api.settings import Settings
from application.access import LOCAL_CALLER, Caller, Right
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import LOCAL, Role, Scope

FIRST_OPERATOR = Caller(LOCAL, (Right(Role.OPERATOR, Scope()),))
"""Who holds the owner's role of the database: may grant rights and issue keys, and nothing else."""


def caller_of(letopis: Letopis) -> Caller:
    """Who writes from the command line: the account of LETOPIS_KEY wherever it is set; without it the
    local operator, in development and on the embedded database only (else: status 1).

    Refuses: UnknownKey.
    """
    settings = letopis.settings
    if settings.key is not None:
        account = account_of(letopis, settings.key.get_secret_value())
        return letopis.rights.caller(account, letopis.clock.today(DEFAULT_ZONE))
    if settings.database_url is None or settings.environment == "development":
        return LOCAL_CALLER
    complain(
        "Нужен ключ: на сервере командная строка пишет от имени учётной записи. Укажите её ключ в "
        "LETOPIS_KEY; ключи выдаёт оператор (letopis keys issue)."
    )
    raise typer.Exit(1)


@contextmanager
def opened_for_access() -> Iterator[Letopis]:
    """The application for who grants rights: without a key, where the owner's role of the database is
    named, under that role, so that nobody is taken for its holder who is not.
    """
    settings = Settings()
    if _by_owner(settings):
        settings = settings.model_copy(update={"database_url": settings.owner_database_url})
    with opened(settings) as letopis:
        yield letopis


def operator_of(letopis: Letopis) -> Caller:
    """Who grants rights and issues keys: as `caller_of`, or the first operator, who holds the role that
    owns the history (another role: status 1).
    """
    if not _by_owner(letopis.settings):
        return caller_of(letopis)
    if not letopis.inspection.owns_history():
        complain(
            "Роль из LETOPIS_OWNER_DATABASE_URL не владеет журналом: первым оператором действует "
            "только его владелец."
        )
        raise typer.Exit(1)
    return FIRST_OPERATOR


def _by_owner(settings: Settings) -> bool:
    return settings.key is None and settings.owner_database_url is not None
