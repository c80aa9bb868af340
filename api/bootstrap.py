"""The one place where rooms are wired together."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from adapters.embedded_postgres import AlreadyRunning, EmbeddedPostgres
from adapters.event_store import PostgresLedger
from adapters.identity import AccessTokens, Login, Provider
from adapters.inspection import PostgresInspection
from adapters.issued_store import PostgresIssued
from adapters.migrate import APP_ROLE, migrate
from adapters.paper_store import PostgresPapers
from adapters.people import PostgresPeople
from adapters.read_model import PostgresReadModel
from adapters.refusals import PostgresRefusals
from adapters.rights import PostgresRights
from adapters.sessions import PostgresSessions
from api.settings import Settings
from application.ledger import Clock, Ledger, SystemClock
from application.ports import Issued, Papers, People, ReadModel, Refusals, Rights, Sessions


def utc_now() -> datetime:
    """The instant now."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Identity:
    """The OpenID provider: how people sign in there (None: it does not know us), and its tokens."""

    login: Login | None
    tokens: AccessTokens


@dataclass(frozen=True, slots=True)
class Letopis:
    """The application, wired: what routes, pages and commands need. `address` is where people reach it;
    without an issuer there is no `identity`.
    """

    settings: Settings
    ledger: Ledger
    model: ReadModel
    rights: Rights
    sessions: Sessions
    people: People
    identity: Identity | None
    papers: Papers
    issued: Issued
    refusals: Refusals
    inspection: PostgresInspection
    clock: Clock
    now: Callable[[], datetime]
    owner_url: str | None = field(repr=False)
    address: str

    @property
    def lets_sign_in(self) -> bool:
        """Whether people can sign in here."""
        return self.identity is not None and self.identity.login is not None


@contextmanager
def open_letopis(settings: Settings) -> Iterator[Letopis]:
    """Letopis on the database that the settings name; on the embedded one it is started and migrated
    first (or joined, where another process already runs it).
    """
    with ExitStack() as stack:
        app_url, owner_url = _database(settings, stack)
        ledger = PostgresLedger(app_url, pool_size=settings.pool_size)
        stack.callback(ledger.close)
        yield Letopis(
            settings=settings,
            ledger=ledger,
            model=PostgresReadModel(ledger),
            rights=PostgresRights(ledger),
            sessions=PostgresSessions(ledger),
            people=PostgresPeople(ledger),
            identity=identity_of(settings),
            papers=PostgresPapers(ledger),
            issued=PostgresIssued(ledger),
            refusals=PostgresRefusals(ledger),
            inspection=PostgresInspection(ledger),
            clock=SystemClock(),
            now=utc_now,
            owner_url=owner_url,
            address=settings.public_url or f"http://{settings.host}:{settings.port}",
        )


def identity_of(settings: Settings) -> Identity | None:
    """The OpenID provider that the settings name. Nothing is asked of it yet."""
    if settings.oidc_issuer is None:
        return None
    provider = Provider(settings.oidc_issuer)
    name = settings.oidc_client_id
    login = Login(provider, name, settings.oidc_client_secret) if name else None
    return Identity(login, AccessTokens(provider, settings.api_audience))


def _database(settings: Settings, stack: ExitStack) -> tuple[str, str | None]:
    if settings.database_url is not None:
        owner = settings.owner_database_url
        return settings.database_url.get_secret_value(), owner.get_secret_value() if owner else None
    embedded = EmbeddedPostgres(settings.data_dir)
    try:
        stack.enter_context(embedded)
    except AlreadyRunning:
        embedded.join()
    else:
        migrate(embedded.url(), app_password=embedded.password)
    return embedded.url(user=APP_ROLE), embedded.url()
