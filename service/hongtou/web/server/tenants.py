"""The tenant of a client without a key: its address, or its network."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def origin_of(address: str) -> str:
    """Return the IPv4 address of a client, or the /64 network of an IPv6 address.

    A network of 2⁶⁴ addresses is the smallest that a subscriber is given (RFC 6177).
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((found, 64), strict=False))
    return str(found)
