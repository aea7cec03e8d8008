"""The environment → the settings, checked at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from hongtou.addresses import path_fault, plain_address
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.likeness import nearest
from hongtou.bulletin.limits import Limits
from hongtou.config.config import (
    LIMIT_PREFIX,
    MAX_THREADS,
    SPARE_THREADS,
    Config,
    settings,
    variable_of,
)
from hongtou.config.environment import given_settings


def read_config(
    environment: Mapping[str, str] | None = None, options: Mapping[str, str] | None = None
) -> Config:
    """Return the settings of an environment, by default that of this process.

    ``options`` are variables given on the command line, which override the environment.

    Raises:
        SetupError: a variable is unknown or has a bad value; the message names all of them.
    """
    given = {**given_settings(environment), **(options or {})}
    faults: list[str] = _unknown(given)
    limits = {
        entry.name: _number(f"{LIMIT_PREFIX}{entry.name.upper()}", given, 1, None, faults)
        for entry in fields(Limits)
        if f"{LIMIT_PREFIX}{entry.name.upper()}" in given
    }
    chosen = {
        entry.name: _value(entry, given, faults)
        for entry in fields(Config)
        if variable_of(entry.name) in given
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
    if config.proxy_user and not config.proxies:
        faults.append("设了 HONGTOU_PROXY_USER，须以 HONGTOU_PROXIES 指明信哪些代理")
    if faults:
        raise SetupError("设置有误：" + "；".join(faults), hint="请改正或删除（unset）这些环境变量")
    return config


def _unknown(given: Mapping[str, str]) -> list[str]:
    known = [setting.variable for setting in settings()]
    faults = []
    for name in sorted(set(given) - set(known)):
        near = nearest(name, known)
        faults.append(f"没有 {name} 这项设置" + (f"，是否指 {near}？" if near else ""))
    return faults


def _value(entry: Any, given: Mapping[str, str], faults: list[str]) -> Any:
    variable = variable_of(entry.name)
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
