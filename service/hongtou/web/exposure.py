"""Whether a service that asks nobody who they are is offered to others by a proxy: that is told.

On loopback without keys and accounts whoever reaches the service may use it. Behind a proxy these
may be people of a whole network.
"""

from __future__ import annotations

import structlog

from hongtou.config import Config
from hongtou.web.access import AccessControl
from hongtou.web.head import Head

OF_PROXIES = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-user")
REMEDY = (
    "经代理来的人不用登录，什么都可以做；请运行 hongtou accounts link 设定管理员，或设 HONGTOU_KEYS"
)

log = structlog.get_logger("hongtou")


def expects_proxy(config: Config) -> bool:
    """Tell whether the settings are those of a service behind a proxy."""
    return bool(config.hosts or config.prefix or config.proxies)


class Exposure:
    """Tells once in the log that an open service is behind a proxy."""

    def __init__(self, config: Config, access: AccessControl) -> None:
        self._config = config
        self._access = access
        self._is_told = False

    def look_at_settings(self) -> None:
        """Tell by the settings, at start."""
        if expects_proxy(self._config):
            self._tell("设置（HONGTOU_HOSTS、HONGTOU_PREFIX 或 HONGTOU_PROXIES）说服务在代理后面")

    def look_at_request(self, head: Head) -> None:
        """Tell by the headers of a request."""
        if self._is_told or not self._access.is_open:
            return
        found = next((name for name in OF_PROXIES if name in head.fields), None)
        if found:
            self._tell(f"收到请求头 {found.title()}")

    def _tell(self, cause: str) -> None:
        if not self._is_told and self._access.is_open:
            self._is_told = True
            log.warning("open-behind-proxy", cause=f"{cause}。{REMEDY}")
