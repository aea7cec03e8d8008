"""Who stands behind a proxy that is trusted: the address of the client, and whether TLS is used."""

from __future__ import annotations

from collections.abc import Mapping

from hongtou.addresses import is_address, usual_form
from hongtou.config import Config


def is_trusted(peer: str, config: Config) -> bool:
    """Tell whether a connection comes from a proxy whose word is taken."""
    trusted = config.proxy_addresses
    return bool(trusted) and usual_form(peer) in trusted


def client_address(peer: str, fields: Mapping[str, str], config: Config) -> str:
    """Return where a request comes from: the last address that no trusted proxy has."""
    if not is_trusted(peer, config):
        return peer
    told = [one.strip() for one in fields.get("x-forwarded-for", "").split(",")]
    others = [one for one in told if is_address(one) and not is_trusted(one, config)]
    return others[-1] if others else peer


def uses_tls(peer: str, fields: Mapping[str, str], config: Config) -> bool:
    """Tell whether the client speaks TLS with a trusted proxy."""
    told = fields.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
    return is_trusted(peer, config) and told == "https"


def user_told(peer: str, fields: Mapping[str, str], config: Config) -> str:
    """Return whom a trusted proxy names as logged in, "" if nobody; others are not believed."""
    if not is_trusted(peer, config):
        return ""
    told = fields.get(config.proxy_user.lower(), "")
    return told.encode("latin-1", "replace").decode("utf-8", "replace")
