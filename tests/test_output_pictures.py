"""The pictures of docs/outputs.md: one of each output, of what is made today."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from PIL import Image, ImageChops

from hongtou.outputs import OUTPUTS
from scripts.docs.outputs.held import FIRST_PAGE, FOLDER, held, path_of, shown_digest
from scripts.docs.outputs.taking import SHOTS, made, picture
from tests.support.shop import ROOT

PROOF = "proof"
OF_OTHERS = [name for name, shot in SHOTS.items() if not shot.is_ours]
OURS = [name for name, shot in SHOTS.items() if shot.is_ours]
ALIKE, MOST = 48, 0.002  # levels by which a pixel may differ, and the share of others that may more
pytestmark = pytest.mark.slow


@cache
def content(name: str) -> bytes:
    return made(SHOTS[name].order).content


def test_there_is_one_of_every_output_and_the_page_shows_it() -> None:
    assert {*SHOTS} == {*OUTPUTS, PROOF, FIRST_PAGE}
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(outputs/([a-z0-9-]+)\.png\)", page)
    assert sorted(shown) == sorted({*OUTPUTS, PROOF})
    assert {path.stem for path in FOLDER.glob("*.png")} == {*shown}
    assert f"docs/{FIRST_PAGE}.png" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OURS)
def test_it_shows_what_is_made_today(name: str) -> None:
    with (
        Image.open(path_of(name)) as kept,
        Image.open(io.BytesIO(picture(SHOTS[name], content(name)))) as today,
    ):
        assert kept.size == today.size, "make pictures"
        apart = ImageChops.difference(kept.convert("RGB"), today.convert("RGB")).convert("L")
    others = sum(apart.histogram()[ALIKE:])
    assert others <= MOST * apart.width * apart.height, "make pictures"


@pytest.mark.parametrize("name", OF_OTHERS)
def test_what_another_program_shows_is_of_a_file_that_is_made_today(name: str) -> None:
    assert held()[name] == shown_digest(content(name)), f"make pictures NAMES={name}"


def test_none_is_too_large_for_a_page() -> None:
    assert all(path.stat().st_size <= 100_000 for path in FOLDER.glob("*.png"))
