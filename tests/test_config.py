"""Settings: each has one variable, a default and a description, and is checked at start."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from service.config import LIMIT_TITLES, Config, read_config, settings
from service.errors import SetupError
from service.limits import Limits


def test_nothing_need_be_set() -> None:
    assert read_config({"PATH": "/bin"}) == Config()


def test_every_field_and_every_limit_is_a_setting() -> None:
    assert list(LIMIT_TITLES) == [limit.name for limit in fields(Limits)]
    assert len(settings()) == len(fields(Config)) - 1 + len(fields(Limits))
    assert len({setting.variable for setting in settings()}) == len(settings())
    assert all(setting.title for setting in settings())


def test_every_variable_is_read(tmp_path: Path) -> None:
    changed = {
        setting.variable: str(int(setting.default) + 1)
        for setting in settings()
        if setting.default.isdigit()
    }
    found = read_config({**changed, "HONGTOU_HOST": "0.0.0.0", "HONGTOU_OWN_FONTS": str(tmp_path)})
    assert found.host == "0.0.0.0"
    assert found.own_fonts == tmp_path
    default = Config()
    for name in ("port", "threads", "workers", "queue", "render_seconds", "request_bytes", "image_bytes", "images"):
        assert getattr(found, name) == getattr(default, name) + 1, name
    for limit in fields(Limits):
        assert getattr(found.limits, limit.name) == limit.default + 1, limit.name


def test_an_empty_variable_is_not_set() -> None:
    assert read_config({"HONGTOU_PORT": ""}) == Config()


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("HONGTOU_PORT", "0", "1 至 65535"),
        ("HONGTOU_PORT", "65536", "1 至 65535"),
        ("HONGTOU_PORT", "http", "整数"),
        ("HONGTOU_PORT", "８０８０", "整数"),
        ("HONGTOU_PORT", "-1", "整数"),
        ("HONGTOU_THREADS", "9" * 5000, "整数"),
        ("HONGTOU_MAX_ARTICLES", "0", "不小于 1"),
        ("HONGTOU_LAYOUTS_DIR", "/nowhere/at/all", "目录"),
        ("HONGTOU_PROT", "80", "HONGTOU_PORT"),
        ("HONGTOU_QUEUE", "255", "HONGTOU_THREADS"),
        ("HONGTOU_RENDER_MEMORY_BYTES", "1024", "不小于"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(variable: str, value: str, told: str) -> None:
    with pytest.raises(SetupError) as refusal:
        read_config({variable: value})
    assert variable in refusal.value.message
    assert told in refusal.value.message


def test_there_are_threads_for_as_many_workers_as_there_are_processors() -> None:
    assert read_config({"HONGTOU_WORKERS": "32"}).threads == 32 + Config().queue + 2
    with pytest.raises(SetupError, match="HONGTOU_THREADS"):
        read_config({"HONGTOU_WORKERS": "32", "HONGTOU_THREADS": "16"})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SetupError, match=r"HONGTOU_X.*HONGTOU_PORT.*HONGTOU_OWN_FONTS"):
        read_config({"HONGTOU_PORT": "x", "HONGTOU_OWN_FONTS": "/nowhere", "HONGTOU_X": "1"})
