"""For whom a place, a connection or a byte is counted: the holder of a key, else an address."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def origin_of(address: str) -> str:
    """Return for whom a client without a key is counted: an address, of IPv6 its network.

    Whoever has one address of IPv6 has 2⁶⁴ (RFC 6177).
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((found, 64), strict=False))
    return str(found)
