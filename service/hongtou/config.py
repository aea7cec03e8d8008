"""The settings of an installation, read from the environment and checked at start.

To add a setting, add a field with its description to `Config`, or a field to `Limits` and its
description to LIMIT_TITLES. `addresses.py` checks addresses, names and path prefixes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from hongtou.addresses import address_fault, is_injected, names_fault, plain_address, prefix_fault
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.likeness import nearest
from hongtou.bulletin.limits import Limits
from hongtou.resources import resource_dir

PREFIX = "HONGTOU_"
MIB = 1024 * 1024
LIMIT_PREFIX = "HONGTOU_MAX_"
SPARE_THREADS, MAX_THREADS = 2, 256  # spare: for requests that neither render nor wait

LIMIT_TITLES = {
    "body_bytes": "稿件 JSON 的字节数",
    "depth": "JSON 嵌套层数",
    "values": "JSON 里值（文字、数字、列表等）的个数",
    "total_chars": "全期字数",
    "total_paragraphs": "全期段落数，附件、表格各格也各算一段",
    "articles": "文章篇数",
    "paragraphs": "每篇文章的段落数",
    "paragraph_chars": "每段字数",
    "headline_chars": "标题字数",
    "line_chars": "署名等单行文字的字数",
    "closing_chars": "报尾每项发送范围的字数",
    "table_rows": "表格行数",
    "table_columns": "表格列数",
    "cell_chars": "表格每格字数",
    "tables": "全期表格个数",
    "total_cells": "全期表格的格数",
    "figures": "全期用图的处数",
    "total_pixels": "全期图片的像素数",
    "briefs": "简讯条数",
    "brief_chars": "每条简讯字数",
    "names": "每份名单的人数、附件数",
    "pages": "排成的页数",
}


def _setting(default: Any, title: str, **rules: Any) -> Any:
    return field(default=default, metadata={"title": title, **rules})


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
    keys: Path | None = field(
        default=None,
        metadata={
            "title": "密钥文件或存放密钥文件的目录，监听本机以外的地址时必须有",
            "may_be_file": True,
        },
    )
    port: int = _setting(8080, "服务监听的端口", minimum=1, maximum=65535)
    threads: int = _setting(
        16, "同时处理的请求数；不设时比 WORKERS 与 QUEUE 之和多 2", minimum=4, maximum=MAX_THREADS
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
    limits: Limits = field(default_factory=Limits)

    @property
    def host_names(self) -> tuple[str, ...]:
        """Return the names in ``hosts``, IPv6 addresses without brackets."""
        names = (plain_address(name.strip()) for name in self.hosts.split(","))
        return tuple(name for name in names if name)

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


def injected(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the variables that Kubernetes sets for a Service named hongtou, which are no settings.

    Source: Kubernetes documentation, Service: Discovering services: environment variables.
    """
    return tuple(sorted(name for name, value in _prefixed(environment) if is_injected(name, value)))


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
    if default is None:
        return ""
    return f"{default.name}/" if isinstance(default, Path) else str(default)


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
            faults.append(f"{variable}={given[variable]} {fault}")
        return plain_address(given[variable]) if entry.name == "host" else given[variable]
    path = Path(given[variable])
    fault = _path_fault(path, may_be_file=entry.metadata.get("may_be_file", False))
    if fault:
        faults.append(f"{variable}={path} {fault}")
    return path


def _path_fault(path: Path, *, may_be_file: bool) -> str:
    """Return why a path cannot be used for a setting, "" if it can."""
    try:
        if path.is_dir() or (may_be_file and path.is_file()):
            return ""
    except OSError as cause:
        return f"看不了：{cause.strerror}"
    return f"不是已有的{'文件或目录' if may_be_file else '目录'}"


def _number(
    variable: str, given: Mapping[str, str], minimum: int, maximum: int | None, faults: list[str]
) -> int:
    text = given[variable]
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
    if number < minimum or (maximum is not None and number > maximum):
        bounds = f"{minimum} 至 {maximum}" if maximum is not None else f"不小于 {minimum}"
        faults.append(f"{variable}={text} 应为整数，{bounds}")
        return minimum
    return number
