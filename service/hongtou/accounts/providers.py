"""The identity provider that the settings name, if any."""

from __future__ import annotations

from pathlib import Path

from hongtou.accounts.sign_on import IdentityProvider, Registration
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.config import NO_DATABASE, Config
from hongtou.resources import install_extra

BESIDES = ("HONGTOU_OIDC_CLIENT_ID", "HONGTOU_OIDC_CLIENT_SECRET_FILE")


def open_provider(config: Config) -> IdentityProvider | None:
    """Return the identity provider, None if none is set. It is not asked yet.

    Raises:
        SetupError: only a part of it is set, the secret cannot be read, or the extra ``sso`` is
            not installed.
    """
    registration = _registration(config)
    if registration is None:
        return None
    try:
        from hongtou.accounts.oidc import OpenIdProvider
    except ModuleNotFoundError as missing:
        raise SetupError(
            f"设了 HONGTOU_OIDC_ISSUER，没有装统一身份认证用的软件包（{missing.name}）",
            hint=f"请运行 {install_extra('sso')}，或删去各项 HONGTOU_OIDC_ 设置",
        ) from missing
    return OpenIdProvider(registration)


def _registration(config: Config) -> Registration | None:
    given = (config.oidc_client_id, config.oidc_client_secret_file)
    if not config.oidc_issuer:
        if any(given):
            raise SetupError(
                "设了 HONGTOU_OIDC_CLIENT_ID 或 HONGTOU_OIDC_CLIENT_SECRET_FILE，"
                "没有设 HONGTOU_OIDC_ISSUER",
                hint="三项要么都设，要么都不设",
            )
        return None
    lacking = [name for name, value in zip(BESIDES, given, strict=True) if not value]
    if lacking or config.oidc_client_secret_file is None:
        raise SetupError(
            f"设了 HONGTOU_OIDC_ISSUER，没有设 {'、'.join(lacking)}",
            hint="在统一身份认证登记红头时会得到，三项要么都设，要么都不设",
        )
    if config.database == NO_DATABASE:
        raise SetupError(
            "设了 HONGTOU_OIDC_ISSUER，而没有数据库就没有帐号",
            hint="请改设 HONGTOU_DATABASE，或删去各项 HONGTOU_OIDC_ 设置",
        )
    return Registration(
        issuer=config.oidc_issuer,
        client_id=config.oidc_client_id,
        client_secret=_secret(config.oidc_client_secret_file),
        claim=config.oidc_claim,
        ca_file=config.oidc_ca_file,
    )


def _secret(path: Path) -> str:
    """Return the line in a file; what it holds is never shown.

    Raises:
        SetupError: it cannot be read, or is no line.
    """
    try:
        secret = path.read_text(encoding="ascii").strip()
    except OSError as cause:
        raise SetupError(
            f"HONGTOU_OIDC_CLIENT_SECRET_FILE={path} 读不了：{reason_of(cause)}",
            hint="请让运行服务的用户可读",
        ) from cause
    except UnicodeDecodeError as cause:
        raise _no_line(path) from cause
    if not secret or len(secret.split()) > 1:
        raise _no_line(path)
    return secret


def _no_line(path: Path) -> SetupError:
    return SetupError(
        f"HONGTOU_OIDC_CLIENT_SECRET_FILE={path} 里应只有一行口令",
        hint="请照登记时得到的 client secret 原样写入",
    )
