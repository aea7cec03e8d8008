"""At start, where others can connect and nobody has an account: the link that makes the first."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from hongtou.accounts import Accounts
from hongtou.accounts.account import LINK_LIFE
from hongtou.accounts.administration import first_link
from hongtou.accounts.records import StaffArchive
from hongtou.addresses import WILDCARDS
from hongtou.config import Config
from hongtou.desk import Stamp
from hongtou.web.access import is_loopback

ITSELF = "hongtou"


def invite(archive: StaffArchive, accounts: Accounts, config: Config) -> None:
    """Print the link that sets the first administrator up.

    Not where there are keys: the log of a service that only programs use shall hold no secret.
    """
    if accounts.roster.has_accounts or config.keys or is_loopback(config.host):
        return
    token = first_link(archive, Stamp(ITSELF, datetime.now(UTC)))
    sys.stdout.write(invitation(config, token, "设定管理员"))
    sys.stdout.flush()


def invitation(config: Config, token: str, purpose: str) -> str:
    """Return a link for people; what stands behind the # is sent to no server and in no log."""
    minutes = int(LINK_LIFE.total_seconds()) // 60
    names = [*config.host_names, *([config.host] if config.host not in WILDCARDS else [])]
    name = names[0] if names else "127.0.0.1"
    shown = f"[{name}]" if ":" in name else name
    address = f"http://{shown}:{config.port}{config.prefix}/setup#{token}"
    return (
        f"{purpose}：请在 {minutes} 分钟内用浏览器打开（只能用一次；经代理的，换成对外的地址）\n"
        f"  {address}\n"
    )
