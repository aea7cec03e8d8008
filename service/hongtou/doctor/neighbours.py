"""What a service asks besides itself: the database and the identity provider."""

from __future__ import annotations

from pathlib import Path

from hongtou.bulletin.errors import NoProvider, ServiceError
from hongtou.config import Config, database_place
from hongtou.doctor.check import Check, cause_line, well

DATABASE, PROVIDER = "数据库", "统一身份认证"


def database(config: Config) -> Check | None:
    """Look at the database that the service would open; only one by default may be unusable."""
    from hongtou.store.examining import examine

    place = database_place(config)
    if not place:
        return None
    try:
        return well(DATABASE, examine(place))
    except (ServiceError, PermissionError) as fault:
        if config.database or _is_there(place):  # what is kept there would be missed
            raise
        told = f"{fault.message}（{fault.hint}）" if isinstance(fault, ServiceError) else place
        return well(DATABASE, f"不能用，照常排版，只是不留存：{told}")


def keeps_accounts(config: Config) -> bool:
    """Tell whether the service can open its database, and with it accounts."""
    from hongtou.store.examining import examine

    place = database_place(config)
    try:
        return bool(place) and bool(examine(place))
    except (ServiceError, PermissionError):
        return False


def _is_there(place: str) -> bool:
    """Tell whether there is a file, as far as this user may see."""
    try:
        return Path(place).exists()
    except OSError:
        return False


def provider(config: Config) -> Check | None:
    """Ask the identity provider for its addresses and keys, as a log-in does."""
    from hongtou.accounts.providers import open_provider

    found = open_provider(config)
    if found is None:
        return None
    try:
        found.look()
    except NoProvider as fault:
        detail = f"{fault.message}：{cause_line(fault)}" if fault.__cause__ else fault.message
        remedy = "请核对 HONGTOU_OIDC_ISSUER、网络与证书（HONGTOU_OIDC_CA_FILE）"
        return Check(PROVIDER, False, detail, remedy if fault.__cause__ else fault.hint)
    return well(PROVIDER, f"{config.oidc_issuer} 可用，帐号的名称取自 {config.oidc_claim}")
