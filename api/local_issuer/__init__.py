"""Development's own OpenID provider with invented people, on loopback. Production does not install it."""

from api.local_issuer.issuer import LocalIssuer
from api.local_issuer.people import PEOPLE, Person
from api.local_issuer.running import local_issuer

__all__ = ["PEOPLE", "LocalIssuer", "Person", "local_issuer"]
