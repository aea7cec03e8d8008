"""Checks of addresses, names and path prefixes, and variables set by Kubernetes.

Every ``…_fault`` returns what is wrong with a value and what to write instead, "" if it is valid.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from hongtou.bulletin.patterns import Late
from hongtou.bulletin.system_errors import reason_of

HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
PATH_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
MAX_HOST_CHARS = 253  # of a host name: RFC 1035 §2.3.4
LONGEST_CONDITION = 100  # characters of the name of a press
# In which proxies name who is logged in: Traefik and oauth2-proxy, Apache, Authelia.
USER_HEADERS = {
    "x-forwarded-user": "X-Forwarded-User",
    "x-remote-user": "X-Remote-User",
    "remote-user": "Remote-User",
}
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


def usual_form(address: str) -> str:
    """Return an IP address as it is usually written, one of IPv4 within IPv6 as one of IPv4.

    A socket for both has clients such as ::ffff:10.0.0.1.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)


def is_injected(name: str, value: str) -> bool:
    """Tell whether name and value have the form of a variable set by Kubernetes."""
    return any(names().fullmatch(name) and values().fullmatch(value) for names, values in INJECTED)


def database_fault(place: str) -> str:
    """Check where the database is: the address of a PostgreSQL, a file, or none."""
    scheme, has_scheme, rest = place.partition("://")
    if has_scheme:
        is_known = scheme in ("postgresql", "postgres") and rest
        return "" if is_known else "应如 postgresql://用户@主机/库名；SQLite 只写文件的路径"
    return "应为文件，不能以 / 结尾" if place.endswith("/") else ""


def plain_address(host: str) -> str:
    """Return an address without the brackets around IPv6 in a URL."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def address_fault(host: str) -> str:
    """Check an address to listen on."""
    name = plain_address(host)
    if is_address(name) or (_is_host_name(name) and not host.startswith("[")):
        return ""
    return f"不是地址{_instead(_named(host))}，端口写在 HONGTOU_PORT"


def names_fault(names: str) -> str:
    """Check names for the Host header, separated by commas."""
    wrong = (name.strip() for name in names.split(","))
    return "；".join(fault for name in wrong if name and (fault := _name_fault(name)))


def addresses_fault(addresses: str) -> str:
    """Check addresses of proxies, separated by commas."""
    wrong = [one.strip() for one in addresses.split(",") if not is_address(one.strip())]
    return f"“{wrong[0]}”不是地址" if wrong else ""


def secure_address_fault(address: str) -> str:
    """Check an address that is asked over TLS; on this machine it need not be."""
    instead = "应如 https://sso.example.gov.cn/realms/main，不带参数；http 只能用于本机"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        is_whole = bool(host) and parts.port != 0 and not (parts.query or parts.fragment)
    except ValueError:
        return instead
    if not is_whole or parts.username is not None or not address.isprintable():
        return instead
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))
    return "" if is_safe else instead


def word_fault(word: str) -> str:
    """Check what is one word to another program."""
    is_word = word.isascii() and word.isprintable() and " " not in word
    return "" if is_word else "应是一个词：字母、数字和符号，没有空格"


def user_header_fault(name: str) -> str:
    """Check the header in which a proxy names who is logged in."""
    return "" if name.lower() in USER_HEADERS else f"应是 {'、'.join(USER_HEADERS.values())} 之一"


def condition_fault(name: str) -> str:
    """Check the name of the condition of a press."""
    is_name = name.isprintable() and len(name) <= LONGEST_CONDITION
    return "" if is_name else f"应是至多 {LONGEST_CONDITION} 字的一行文字"


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
    if is_address(plain_address(rest)):
        return str(ip_address(plain_address(rest)))
    name = re.sub(r":[0-9]*$", "", rest).removeprefix("*.").rstrip(".")
    if is_address(plain_address(name)):
        return str(ip_address(plain_address(name)))
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if _is_host_name(name) else ""


def is_address(text: str) -> bool:
    """Tell whether a text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or (is_address(host) and ip_address(host).is_loopback)


def _is_host_name(text: str) -> bool:
    return len(text) <= MAX_HOST_CHARS and HOST_NAME.fullmatch(text.lower()) is not None


def _instead(wanted: str) -> str:
    return f"（应写 {wanted}）" if wanted else ""


def path_fault(path: Path, *, may_be_file: bool) -> str:
    """Return why a path cannot be used for a setting, "" if it can."""
    try:
        if path.is_dir() or (may_be_file and path.is_file()):
            return ""
    except OSError as cause:
        return f"看不了：{reason_of(cause)}"
    return f"不是已有的{'文件或目录' if may_be_file else '目录'}"
