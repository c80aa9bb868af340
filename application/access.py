"""Who may do what: permissions, the roles that have them, and what a request needs of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from domain.access import ANYBODY, LOCAL, Actor, Role, Scope, Where
from domain.refusals import NotAllowed, NotSignedIn, SecondPersonNeeded


class Permission(StrEnum):
    """An operation that has to be allowed. What is declared of no route and no command is refused."""

    READ = "read"
    READ_PAPERS = "read_papers"
    READ_LOG = "read_log"
    REPORT = "report"
    POST_MONEY = "post_money"
    PLAN = "plan"
    SUBMIT_REPORT = "submit_report"
    ACCEPT_REPORT = "accept_report"
    CLOSE_PERIOD = "close_period"
    WAIVE_FINDING = "waive_finding"
    PUBLISH = "publish"
    GRANT_ACCESS = "grant_access"
    READ_ACCESS = "read_access"


P = Permission

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.REPORTER: frozenset({P.READ, P.READ_PAPERS, P.REPORT, P.SUBMIT_REPORT}),
    Role.FINANCE: frozenset({P.READ, P.READ_PAPERS, P.POST_MONEY}),
    Role.OWNER: frozenset(
        {
            *(P.READ, P.READ_PAPERS, P.PLAN, P.ACCEPT_REPORT),
            *(P.CLOSE_PERIOD, P.WAIVE_FINDING, P.PUBLISH),
        }
    ),
    Role.AUDITOR: frozenset({P.READ, P.READ_PAPERS, P.READ_LOG, P.READ_ACCESS}),
    Role.OVERSIGHT: frozenset({P.READ}),
    Role.PUBLIC: frozenset({P.READ}),
    Role.OPERATOR: frozenset({P.GRANT_ACCESS, P.READ_ACCESS}),
}
"""Held against the table of `docs/security/roles.md` by a test."""

WRITES = frozenset(
    {
        *(P.REPORT, P.POST_MONEY, P.PLAN, P.SUBMIT_REPORT),
        *(P.ACCEPT_REPORT, P.CLOSE_PERIOD, P.WAIVE_FINDING),
    }
)
"""What changes something about a program: each of them may cite a document that is not known yet."""

WHOLE = frozenset({P.READ_LOG, P.GRANT_ACCESS, P.READ_ACCESS})
"""What is held for everything or not at all."""

RECORDS = frozenset({P.REPORT, P.POST_MONEY, P.PLAN})
"""What a paper may come to be recorded as."""

WORDS: Mapping[Permission, tuple[str, str]] = {
    P.READ: ("читать программу", "to read the program"),
    P.READ_PAPERS: ("открывать сданные файлы", "to open the files handed in"),
    P.READ_LOG: ("читать весь журнал", "to read the whole log"),
    P.REPORT: ("вносить факты", "to report facts"),
    P.POST_MONEY: ("вносить кассовое исполнение", "to post money"),
    P.PLAN: ("вносить программу и её изменения", "to enter the program and its amendments"),
    P.SUBMIT_REPORT: ("сдавать отчёт", "to submit a report"),
    P.ACCEPT_REPORT: ("принимать и возвращать отчёт", "to accept or return a report"),
    P.CLOSE_PERIOD: ("закрывать и открывать период", "to close or reopen a period"),
    P.WAIVE_FINDING: ("признавать расхождения", "to waive findings"),
    P.PUBLISH: ("публиковать программу", "to publish the program"),
    P.GRANT_ACCESS: ("выдавать права и ключи", "to grant rights and keys"),
    P.READ_ACCESS: ("видеть, кому что разрешено", "to see who holds what"),
}


THE_REQUEST = Actor(issuer="urn:letopis:request", subject="itself")
"""Stands for who recorded what the same request is about to record."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a request needs: one of the permissions, for a period (None: whichever).
    `apart_from`: who may not be the one to do it, although allowed to, and `why` not (Russian, English).
    """

    one_of: frozenset[Permission]
    period: str | None = None
    apart_from: Actor | None = None
    why: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Right:
    """A role that an actor holds today within a scope. `position`: the event that granted it."""

    role: Role
    scope: Scope
    position: int = 0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what they hold at this moment. `version`: of the stream of what they were granted,
    so that nothing is recorded by who was deprived of it meanwhile; None where there is no stream.
    """

    actor: Actor
    rights: tuple[Right, ...]
    version: int | None = None

    def own(self, key: str) -> str:
        """A key of theirs, told apart from the same word of anybody else's."""
        return sha256(f"{self.actor}\0{key}".encode()).hexdigest()

    @property
    def is_anybody(self) -> bool:
        return self.actor == ANYBODY

    @property
    def reads_log(self) -> bool:
        """Whether all of the log is open to them: events of no program and who recorded what."""
        return self.role_for({P.READ_LOG}, None) is not None

    def knows_who(self, where: Where) -> bool:
        """Whether who recorded what is shown to them: not to those who read what is published."""
        inside = replace(self, rights=tuple(r for r in self.rights if r.role is not Role.PUBLIC))
        return inside.reads(where)

    def role_for(
        self, one_of: Iterable[Permission], where: Where | None, period: str | None = None
    ) -> Role | None:
        """The role that allows one of the permissions at a place (None: at any) for a period (None:
        for any); None: no role does.
        """
        for right in self.rights:
            allows = ALLOWED[right.role].intersection(one_of)
            if right.scope.named:
                allows -= WHOLE
            if (
                allows
                and (where is None or right.scope.covers(where))
                and (period is None or right.scope.covers_period(period))
            ):
                return right.role
        return None

    def reads(self, where: Where) -> bool:
        """Whether a program is visible to them. A right for one period shows the whole program."""
        return self.role_for({P.READ}, where) is not None


def require(caller: Caller, needs: Iterable[Need], where: Where | None) -> str:
    """The roles under which a request is carried out, joined by «+».

    Refuses: NotSignedIn, NotAllowed, SecondPersonNeeded.
    """
    roles: list[Role] = []
    for need in needs:
        role = caller.role_for(need.one_of, where, need.period)
        if role is None:
            raise refusal_of(caller, need.one_of, where, need.period)
        if need.apart_from == caller.actor or (
            need.apart_from == THE_REQUEST and caller.actor != LOCAL
        ):
            raise SecondPersonNeeded(why=need.why)
        roles.append(role)
    return "+".join(dict.fromkeys(roles))


def refusal_of(
    caller: Caller, one_of: Iterable[Permission], where: Where | None, period: str | None = None
) -> NotSignedIn | NotAllowed:
    """Why a caller may not do what they asked for."""
    if caller.is_anybody:
        return NotSignedIn()
    russian, english = zip(*(WORDS[one] for one in sorted(one_of)), strict=True)
    at = [f"«{where.program}»"] if where else []
    at += [period] if period else []
    place = f" ({', '.join(at)})" if at else ""
    return NotAllowed(needed=(" или ".join(russian), " or ".join(english)), where=place)


LOCAL_CALLER = Caller(
    LOCAL,
    tuple(
        Right(role, Scope())
        for role in (Role.OWNER, Role.REPORTER, Role.FINANCE, Role.AUDITOR, Role.OPERATOR)
    ),
)
"""The command line of a development machine: every role, everywhere."""
