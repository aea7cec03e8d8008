"""The settings of an installation, read from the environment and checked at start.

To add a setting, add a field with its title to `Config`, or a field to `Limits` and its title to
LIMIT_TITLES beside it. `addresses.py` checks values.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from hongtou.addresses import (
    address_fault,
    addresses_fault,
    condition_fault,
    database_fault,
    is_injected,
    names_fault,
    path_fault,
    plain_address,
    prefix_fault,
    secure_address_fault,
    word_fault,
)
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.likeness import nearest
from hongtou.bulletin.limits import LIMIT_TITLES, Limits
from hongtou.resources import resource_dir

PREFIX = "HONGTOU_"
MIB = 1024 * 1024
LIMIT_PREFIX = "HONGTOU_MAX_"
SPARE_THREADS, MAX_THREADS = 10, 256  # spare: for requests that do not render

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
        """Return the addresses in ``proxies``."""
        return frozenset(one.strip() for one in self.proxies.split(",") if one.strip())

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
        Setting(_variable(entry.name), _shown(entry.default), entry.metadata["title"])
        for entry in fields(Config)
        if entry.name != "limits"
    )
    limits = (
        Setting(f"{LIMIT_PREFIX}{entry.name.upper()}", str(entry.default), LIMIT_TITLES[entry.name])
        for entry in fields(Limits)
    )
    return (*service, *limits)


def read_config(
    environment: Mapping[str, str] | None = None, options: Mapping[str, str] | None = None
) -> Config:
    """Return the settings of an environment, by default that of this process.

    ``options`` are variables given on the command line, which override the environment.

    Raises:
        SetupError: a variable is unknown or has a bad value; the message names all of them.
    """
    given = {**_without_injected(environment), **(options or {})}
    faults: list[str] = _unknown(given)
    limits = {
        entry.name: _number(f"{LIMIT_PREFIX}{entry.name.upper()}", given, 1, None, faults)
        for entry in fields(Limits)
        if f"{LIMIT_PREFIX}{entry.name.upper()}" in given
    }
    chosen = {
        entry.name: _value(entry, given, faults)
        for entry in fields(Config)
        if _variable(entry.name) in given
    }
    config = Config(**chosen, limits=Limits(**limits)) if not faults else Config()
    if "threads" not in chosen:
        wanted = config.workers + config.queue + SPARE_THREADS
        config = replace(config, threads=min(wanted, MAX_THREADS))
    if config.workers + config.queue >= config.threads:
        faults.append(
            f"HONGTOU_WORKERS（{config.workers}）与 HONGTOU_QUEUE（{config.queue}）之和"
            f"须小于 HONGTOU_THREADS（{config.threads}）"
        )
    if faults:
        raise SetupError("设置有误：" + "；".join(faults), hint="请改正或删除（unset）这些环境变量")
    return config


def ignore_plugins() -> None:
    """Keep plugins of pydantic from being looked for in every package that is installed.

    None of them may see an issue, and to find that there is none takes 1 % of a render.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def injected(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the variables that Kubernetes sets for a Service named hongtou, which are no settings.

    Source: Kubernetes documentation, Service: Discovering services: environment variables.
    """
    return tuple(sorted(name for name, value in _prefixed(environment) if is_injected(name, value)))


def state_folder() -> Path:
    """Return where a service keeps what must outlast it: systemd's folder, or that of the user.

    Source: systemd.exec(5), StateDirectory=; XDG Base Directory Specification, XDG_STATE_HOME.
    """
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.partition(":")[0])
    home = os.environ.get("XDG_STATE_HOME", "") or Path.home() / ".local" / "state"
    return Path(home) / "hongtou"


def database_place(config: Config) -> str:
    """Return where the database is, a path or an address; "" if there shall be none."""
    if config.database == NO_DATABASE:
        return ""
    return config.database or str(state_folder() / DATABASE_FILE)


def temporary_setting() -> str:
    """Return ``TMPDIR``, "" if unset. Python silently ignores one that it cannot use."""
    return os.environ.get("TMPDIR", "")


def _without_injected(environment: Mapping[str, str] | None) -> dict[str, str]:
    return {name: value for name, value in _prefixed(environment) if not is_injected(name, value)}


def _prefixed(environment: Mapping[str, str] | None) -> list[tuple[str, str]]:
    every = os.environ if environment is None else environment
    return [(name, value) for name, value in every.items() if name.startswith(PREFIX) and value]


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _shown(default: Any) -> str:
    shown = f"{default.name}/" if isinstance(default, Path) else default
    return "" if shown is None else str(shown)


def _unknown(given: Mapping[str, str]) -> list[str]:
    known = [setting.variable for setting in settings()]
    faults = []
    for name in sorted(set(given) - set(known)):
        near = nearest(name, known)
        faults.append(f"没有 {name} 这项设置" + (f"，是否指 {near}？" if near else ""))
    return faults


def _value(entry: Any, given: Mapping[str, str], faults: list[str]) -> Any:
    variable = _variable(entry.name)
    if isinstance(entry.default, int):
        rules = entry.metadata
        return _number(variable, given, rules["minimum"], rules.get("maximum"), faults)
    if isinstance(entry.default, str):
        fault = entry.metadata["fault"](given[variable])
        if fault:
            shown = "" if entry.metadata.get("is_secret") else f"={given[variable]}"
            faults.append(f"{variable}{shown} {fault}")
        return plain_address(given[variable]) if entry.name == "host" else given[variable]
    path = Path(given[variable])
    fault = path_fault(path, may_be_file=entry.metadata.get("may_be_file", False))
    if fault:
        faults.append(f"{variable}={path} {fault}")
    return path


def _number(
    variable: str, given: Mapping[str, str], minimum: int, maximum: int | None, faults: list[str]
) -> int:
    text = given[variable]
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
    if minimum <= number and (maximum is None or number <= maximum):
        return number
    bounds = f"不小于 {minimum}" if maximum is None else f"{minimum} 至 {maximum}"
    faults.append(f"{variable}={text} 应为整数，{bounds}")
    return minimum
