"""The settings of an installation, each declared once.

To add a setting, add a field with its title to `Config`, or a field to `Limits` and its title to
LIMIT_TITLES beside it. `addresses.py` checks values.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from hongtou.addresses import (
    address_fault,
    addresses_fault,
    condition_fault,
    database_fault,
    names_fault,
    plain_address,
    prefix_fault,
    secure_address_fault,
    user_header_fault,
    usual_form,
    word_fault,
)
from hongtou.bulletin.limits import LIMIT_TITLES, Limits
from hongtou.config.environment import PREFIX, state_folder
from hongtou.resources import resource_dir

MIB = 1024 * 1024
LIMIT_PREFIX = "HONGTOU_MAX_"
SPARE_THREADS, MAX_THREADS = 10, 256  # spare: for requests that do not render

# All that a render worker is told: it reads strangers' documents, and shall know no secret.
OF_WORKERS = (
    "layouts_dir", "fonts_dir", "own_fonts", "press_profile", "press_condition", "limits",
    "render_memory_bytes", "render_cpu_seconds",
)  # fmt: skip
DATABASE_FILE = "hongtou.db"  # in the state folder
NO_DATABASE = "none"


def _setting(default: Any, title: str, **rules: Any) -> Any:
    return field(default=default, metadata={"title": title, **rules})


def _file(title: str) -> dict[str, Any]:
    return {"title": title, "may_be_file": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings; the variable of a field is ``HONGTOU_`` and its name in capitals."""

    host: str = _setting("127.0.0.1", "服务监听的地址", fault=address_fault)
    hosts: str = _setting(
        "", "除本机名称与监听地址外，请求头 Host 可用的名称，以逗号分隔", fault=names_fault
    )
    prefix: str = _setting(
        "", "放在反向代理的子路径下时的路径前缀，如 /hongtou", fault=prefix_fault
    )
    proxies: str = _setting(
        "",
        "反向代理的地址，以逗号分隔；只信它们的 X-Forwarded-For 与 X-Forwarded-Proto",
        fault=addresses_fault,
    )
    proxy_user: str = _setting(
        "",
        "反向代理写明登录人名称的请求头（X-Forwarded-User、X-Remote-User 或 Remote-User）；"
        "只信 HONGTOU_PROXIES 所列的，不设时不看",
        fault=user_header_fault,
    )
    keys: Path | None = field(
        default=None,
        metadata=_file("密钥文件或存放密钥文件的目录；没有它，本机以外的人须以帐号登录"),
    )
    port: int = _setting(8080, "服务监听的端口", minimum=1, maximum=65535)
    threads: int = _setting(
        24, "同时处理的请求数；不设时比 WORKERS 与 QUEUE 之和多 10", minimum=4, maximum=MAX_THREADS
    )
    workers: int = _setting(2, "同时排版的进程数，宜与处理器核数相同", minimum=1, maximum=64)
    queue: int = _setting(12, "等待排版的请求数，超过即答复 429", minimum=0, maximum=255)
    render_seconds: int = _setting(30, "排一期的最长秒数，超过即答复 504", minimum=1, maximum=3600)
    render_cpu_seconds: int = _setting(20, "排一期的最长处理器秒数", minimum=1, maximum=3600)
    render_memory_bytes: int = _setting(1024 * MIB, "排版进程的地址空间字节数", minimum=512 * MIB)
    renders_per_worker: int = _setting(200, "每个排版进程排多少期后更换", minimum=1)
    request_bytes: int = _setting(64 * 1024 * 1024, "整个请求（含图片）的字节数", minimum=1024)
    image_bytes: int = _setting(10 * 1024 * 1024, "每张图片的字节数", minimum=1024)
    images: int = _setting(60, "每期图片的张数", minimum=0, maximum=1000)
    cache_bytes: int = _setting(64 * MIB, "留在内存里供重复取用的成品字节数，0 为不留", minimum=0)
    publication_bytes: int = _setting(
        10 * 1024 * MIB, "每种刊物可以存的字节数（稿件、版本、图片、成品），0 为不限", minimum=0
    )
    layouts_dir: Path = field(default=resource_dir("layouts"), metadata={"title": "版式目录"})
    fonts_dir: Path = field(default=resource_dir("fonts"), metadata={"title": "随附字体目录"})
    own_fonts: Path | None = field(
        default=None, metadata={"title": "本单位自有字体目录，文件以角色命名"}
    )
    press_profile: Path | None = field(
        default=None,
        metadata=_file("印刷厂的 CMYK 特性文件（ICC，prtr 类），付印用；不设时用随附的 FOGRA47"),
    )
    press_condition: str = _setting(
        "", "上一项的名称，印刷厂的软件照此显示；不设时用文件名", fault=condition_fault
    )
    database: str = _setting(
        "",
        "存放刊物与各期的数据库：SQLite 文件的路径，或 postgresql:// 地址；none 为不用。"
        "不设时用状态目录里的 hongtou.db",
        fault=database_fault,
        is_secret=True,
    )
    oidc_issuer: str = _setting(
        "",
        "统一身份认证（OpenID Connect）的 issuer 地址；不设时只以密码登录",
        fault=secure_address_fault,
    )
    oidc_client_id: str = _setting("", "红头在统一身份认证登记的 client id", fault=word_fault)
    oidc_client_secret_file: Path | None = field(
        default=None, metadata=_file("只写着登记时得到的 client secret 的文件")
    )
    oidc_claim: str = _setting(
        "preferred_username",
        "统一身份认证的哪一项是红头帐号的名称，须由它的管理员管理",
        fault=word_fault,
    )
    oidc_ca_file: Path | None = field(
        default=None, metadata=_file("签发统一身份认证证书的 CA（PEM）；公共 CA 签发的不设")
    )
    limits: Limits = field(default_factory=Limits)

    @property
    def host_names(self) -> tuple[str, ...]:
        """Return the names in ``hosts``, IPv6 addresses without brackets."""
        names = (plain_address(name.strip()) for name in self.hosts.split(","))
        return tuple(name for name in names if name)

    @property
    def proxy_addresses(self) -> frozenset[str]:
        """Return the addresses in ``proxies``, as they are usually written."""
        given = (one.strip() for one in self.proxies.split(","))
        return frozenset(usual_form(one) for one in given if one)

    @property
    def url(self) -> str:
        """Return the address of the service, such as ``http://[::1]:8080``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable: its name, its default as text, and its purpose."""

    variable: str
    default: str
    title: str


def settings() -> tuple[Setting, ...]:
    """Return all variables in the order of the fields."""
    service = (
        Setting(variable_of(entry.name), _shown(entry.default), entry.metadata["title"])
        for entry in fields(Config)
        if entry.name != "limits"
    )
    limits = (
        Setting(f"{LIMIT_PREFIX}{entry.name.upper()}", str(entry.default), LIMIT_TITLES[entry.name])
        for entry in fields(Limits)
    )
    return (*service, *limits)


def database_place(config: Config) -> str:
    """Return where the database is, a path or an address; "" if there shall be none."""
    if config.database == NO_DATABASE:
        return ""
    return config.database or str(state_folder() / DATABASE_FILE)


def settings_of_workers(config: Config) -> Config:
    """Return the settings that a render worker needs; all others are as by default."""
    return Config(**{name: getattr(config, name) for name in OF_WORKERS})


def variable_of(name: str) -> str:
    """Return the variable of a field."""
    return PREFIX + name.upper()


def _shown(default: Any) -> str:
    shown = f"{default.name}/" if isinstance(default, Path) else default
    return "" if shown is None else str(shown)
