"""Who was ever given what, and whether they hold it today."""

from datetime import date

from application.ports import Holding, Rights
from domain.access import Actor, Role, Scope
from domain.values import Value


class HoldingView(Value):
    """A role or (without one) a key that an actor was given at a position. `holds`: on the day of the
    question; `revoked_at`: the position of the event that took it back.
    """

    position: int
    actor: Actor
    role: Role | None = None
    scope: Scope = Scope()
    effective_on: date | None = None
    until_on: date | None = None
    revoked_at: int | None = None
    holds: bool


def holdings(rights: Rights, today: date) -> list[HoldingView]:
    """Every role and key that was ever given, in the order of the log."""
    return [_view(holding, today) for holding in rights.holdings()]


def _view(holding: Holding, today: date) -> HoldingView:
    begun = holding.effective_on is None or holding.effective_on <= today
    over = holding.until_on is not None and holding.until_on < today
    return HoldingView(
        position=holding.position,
        actor=holding.actor,
        role=holding.role,
        scope=holding.scope,
        effective_on=holding.effective_on,
        until_on=holding.until_on,
        revoked_at=holding.revoked_at,
        holds=begun and not over and holding.revoked_at is None,
    )
