"""A layout of a test's own, beside the shared one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.layouts import SHARED, Layout, read_layout
from tests.support.shop import ROOT

FILE = "layout.toml"
ABOUT = (
    '[layout]\ntitle = "自有"\nsummary = "例"\n'
    'byline_at_end = { flag = false, strength = "实务", source = "house style" }\n'
)
SAID = 'strength = "实务", source = "house style"'


def with_own(folder: Path, written: str, about: str = ABOUT) -> Layout:
    """Return the layout ``own``, which holds this, read in an empty folder."""
    shutil.copytree(ROOT / "layouts" / SHARED, folder / SHARED, dirs_exist_ok=True)
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own" / FILE).write_text(about + written, encoding="utf-8")
    return read_layout(folder, "own")


def refusal(folder: Path, written: str, about: str = ABOUT) -> str:
    with pytest.raises(SetupError) as caught:
        with_own(folder, written, about)
    return caught.value.message
