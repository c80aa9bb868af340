"""Where requests come from, as far as it matters: the neighbourhood of an address, never a guess."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import Scope


def network_of(scope: Scope, *, v4: int, v6: int) -> str | None:
    """The network of so many bits that a request comes from; None where there is no address.

    An IPv4 address inside an IPv6 one is taken as what it is.
    """
    match _address(scope):
        case IPv4Address() as address:
            return str(IPv4Network((address, v4), strict=False))
        case IPv6Address() as address:
            return str(IPv6Network((int(address), v6), strict=False))
        case _:
            return None


def _address(scope: Scope) -> IPv4Address | IPv6Address | None:
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
