"""Who someone is: tokens and sign-ins of an OpenID provider. Only here joserfc, Authlib, httpx2 are used."""

from adapters.identity.login import Login, LoginBegun, SignedIn
from adapters.identity.provider import Provider
from adapters.identity.refusals import BadToken, IssuerAway, SignInFailed, Unproven
from adapters.identity.tokens import AccessTokens

__all__ = [
    "AccessTokens",
    "BadToken",
    "IssuerAway",
    "Login",
    "LoginBegun",
    "Provider",
    "SignInFailed",
    "SignedIn",
    "Unproven",
]
