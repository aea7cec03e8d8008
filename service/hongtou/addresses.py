"""Checks of addresses, host names and path prefixes, and variables set by Kubernetes.

Every ``…_fault`` returns what is wrong with a value and what to write instead, "" if it is valid.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

from hongtou.bulletin.patterns import Late

HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
PATH_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
MAX_HOST_CHARS = 253  # of a host name: RFC 1035 §2.3.4
WILDCARDS = ("0.0.0.0", "::")  # to listen on all addresses; not a name for clients

_ADDRESS = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*)"
_URL = rf"(?:tcp|udp|sctp)://(?:{_ADDRESS}|\[{_ADDRESS}\]):[0-9]{{1,5}}"
_SERVICE = r"HONGTOU(?:_[A-Z0-9]+)*"
# Variables that kubelet sets in every container for a Service named hongtou (or hongtou-web …).
INJECTED = tuple(
    (Late(f"{_SERVICE}_{name}"), Late(value))
    for name, value in (
        (r"SERVICE_HOST", _ADDRESS),
        (r"SERVICE_PORT(?:_[A-Z0-9_]+)?", r"[0-9]{1,5}"),
        (r"PORT", _URL),
        (r"PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)", _URL),
        (r"PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)_PROTO", r"tcp|udp|sctp"),
        (r"PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)_PORT", r"[0-9]{1,5}"),
        (r"PORT_[0-9]{1,5}_(?:TCP|UDP|SCTP)_ADDR", _ADDRESS),
    )
)


def is_injected(name: str, value: str) -> bool:
    """Tell whether name and value have the form of a variable set by Kubernetes."""
    return any(names().fullmatch(name) and values().fullmatch(value) for names, values in INJECTED)


def plain_address(host: str) -> str:
    """Return an address without the brackets around IPv6 in a URL."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def address_fault(host: str) -> str:
    """Check an address to listen on."""
    name = plain_address(host)
    if _is_address(name) or (_is_host_name(name) and not host.startswith("[")):
        return ""
    return f"不是地址{_instead(_named(host))}，端口写在 HONGTOU_PORT"


def names_fault(names: str) -> str:
    """Check names for the Host header, separated by commas."""
    wrong = (name.strip() for name in names.split(","))
    return "；".join(fault for name in wrong if name and (fault := _name_fault(name)))


def prefix_fault(prefix: str) -> str:
    """Check the path under which a proxy offers the service."""
    if PATH_PREFIX.fullmatch(prefix):
        return ""
    meant = "/" + "/".join(part for part in prefix.split("/") if part)
    return (
        f"不是路径前缀{_instead(meant if PATH_PREFIX.fullmatch(meant) else '')}："
        "以 / 开头，不以 / 结尾，只用字母、数字和 . _ ~ -"
    )


def _name_fault(name: str) -> str:
    wanted = _named(name)
    if wanted in WILDCARDS:
        return f"“{name}”不是谁的名称，请写使用者在地址栏里写的那一个"
    if wanted and plain_address(name).lower() == wanted:
        return ""
    return f"“{name}”永远对不上，只写名称，不带协议、端口和路径{_instead(wanted)}"


def _named(text: str) -> str:
    """Return the host in an address, a URL or a name with a port, "" if there is none."""
    rest = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text.strip().lower())
    rest = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    if _is_address(plain_address(rest)):
        return str(ip_address(plain_address(rest)))
    name = re.sub(r":[0-9]*$", "", rest).removeprefix("*.").rstrip(".")
    if _is_address(plain_address(name)):
        return str(ip_address(plain_address(name)))
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if _is_host_name(name) else ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_host_name(text: str) -> bool:
    return len(text) <= MAX_HOST_CHARS and HOST_NAME.fullmatch(text.lower()) is not None


def _instead(wanted: str) -> str:
    return f"（应写 {wanted}）" if wanted else ""
