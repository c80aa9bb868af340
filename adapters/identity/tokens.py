"""Bearer access tokens of the provider, as JWTs by RFC 9068."""

import time
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from adapters.identity.provider import Provider
from adapters.identity.refusals import bad_token
from adapters.identity.signed import Opened, audiences, check_issuer, check_times
from domain.access import Actor


class AccessTokens:
    """Tells who presents an access token that the provider issued for our audience."""

    def __init__(
        self, provider: Provider, audience: str, *, now: Callable[[], float] = time.time
    ) -> None:
        self._provider = provider
        self._audience = audience
        self._now = now

    def actor(self, token: str) -> Actor:
        """Whose token this is.

        Refuses `BadToken` by its reason (a key of `refusals.TOKEN`), and `IssuerAway` if the keys
        to check it with can not be had. Scopes and roles in it are not read: rights are ours.
        """
        opened = Opened(token)
        if opened.type is None:
            raise bad_token("type_missing")
        if opened.type != "at+jwt":
            raise bad_token("not_an_access_token")
        claims = opened.claims(self._provider)
        check_issuer(claims, self._provider.issuer)
        if self._audience not in audiences(claims):
            raise bad_token("audience_other")
        check_times(claims, self._now())
        return actor_of(claims)


def actor_of(claims: dict[str, Any]) -> Actor:
    """The subject of proven claims."""
    if "sub" not in claims:
        raise bad_token("subject_missing")
    try:
        return Actor(issuer=claims["iss"], subject=claims["sub"])
    except ValidationError:
        raise bad_token("subject_unfit") from None
