"""Which network addresses may be asked.

In: a host's addresses as the resolver gives them. Out: whether each is a public one. Refused:
addresses of this machine, of private, link-local, shared, reserved and multicast networks, also
where they hide within an IPv6 address, so that no page can make the program ask what only this
machine can reach.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: str) -> bool:
    """Return whether the address belongs to the public network.

    >>> is_public("192.0.2.1"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (False, False, False)
    >>> is_public("9.9.9.9"), is_public("2620:fe::fe")
    (True, True)
    """
    found = ip_address(address.partition("%")[0])
    return all(part.is_global and not part.is_multicast for part in _unwrap(found))


def _unwrap(address: Address) -> list[Address]:
    """Return the address and every IPv4 address that it wraps."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    wrapped: list[Address] = [address]
    if address.sixtofour is not None:
        wrapped.append(address.sixtofour)
    if address.teredo is not None:
        wrapped.extend(address.teredo)
    if address in _NAT64:
        wrapped.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return wrapped


def resolve_host(host: str, port: int) -> tuple[str, ...]:
    """Return the host's addresses, in the resolver's order, each once.

    Raises:
        OSError: the name is not known.
        UnicodeError: the name cannot be a host's.
    """
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))
