"""The guide says what is so: its walk is walked, its pictures are taken, its names stand on the screens."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.docs.guide.album import MOST_BYTES, Album
from scripts.docs.guide.walk import take_all
from tests.browser.test_keys import KEYS
from tests.browser.test_screens import WINDOWS, ZOOMED
from tests.support.desk import WINDOW
from tests.support.shelf import Look

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "编辑手册.md"
TEXT = FILE.read_text(encoding="utf-8")
FOLDER = ROOT / "docs" / "guide"
SHOWN = re.findall(r"!\[[^\]]+\]\(guide/([\w-]+)\.png\)", TEXT)
NAMES = sorted({*re.findall(r"\*\*([^*\n]+)\*\*", TEXT)} - {"粗体"})
MOST_IN_ALL = 1_500_000  # bytes: the repository holds every version of them
PALETTE = 3  # colour type of PNG (ISO/IEC 15948 §11.2.2)


@pytest.fixture(scope="module")
def album(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Album:
    made = tmp_path_factory.mktemp("guide")
    return take_all(chromium, made, tmp_path_factory.mktemp("walk") / "hongtou.db")


def test_the_walk_takes_the_pictures_that_the_guide_shows(album: Album) -> None:
    taken = {picture.stem for picture in album.folder.glob("*.png")}
    assert taken == {*SHOWN}
    assert len(SHOWN) == len(taken), "each once"


@pytest.mark.parametrize("name", NAMES)
def test_what_the_guide_names_stands_on_a_screen(album: Album, name: str) -> None:
    assert name in album.names


def test_the_pictures_that_are_kept_are_those_of_the_walk() -> None:
    assert {picture.stem for picture in FOLDER.iterdir()} == {*SHOWN}, "make guide takes them anew"


@pytest.mark.parametrize("name", SHOWN)
def test_a_kept_picture_is_small(name: str) -> None:
    content = (FOLDER / f"{name}.png").read_bytes()
    width, height, _, colour = struct.unpack(">IIBB", content[16:26])
    assert (width, height, colour) == (WINDOW["width"], WINDOW["height"], PALETTE)
    assert len(content) <= MOST_BYTES


def test_all_kept_pictures_are_small_together() -> None:
    assert sum(picture.stat().st_size for picture in FOLDER.iterdir()) <= MOST_IN_ALL


def shown(part: str) -> str:
    """Return a key as it stands on a keyboard."""
    caps = {"Control": "Ctrl", "Escape": "Esc", "ArrowUp": "↑", "ArrowDown": "↓"}
    return caps.get(part) or (part.upper() if len(part) == 1 else part)


def test_the_keys_of_the_guide_are_those_that_are_tested() -> None:
    table = TEXT.partition("## 十五")[2]
    named = {key for row in re.findall(r"^\| (`.*?`) \|", table, re.M) for key in row.split("、")}
    written = {f"`{'+'.join(shown(part) for part in one.split('+'))}`" for one in KEYS}
    assert named == written - {"`Enter`"}


@pytest.mark.parametrize("size", [*WINDOWS.values(), ZOOMED], ids=[*WINDOWS, "200 %"])
def test_the_service_shows_the_guide(look: Look, size: tuple[int, int]) -> None:
    look.page.set_viewport_size({"width": size[0], "height": size[1]})
    look.open("/")
    look.follow("帮助")
    look.page.wait_for_function(
        "() => document.images.length && [...document.images].every((one) => one.naturalWidth)"
    )
    assert look.page.locator(".guide img").count() == len(SHOWN)
    assert look.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert look.axe() == []


def test_every_link_of_the_guide_leads_within_it(look: Look) -> None:
    look.open("/help")
    assert (
        look.page.evaluate(
            """() => [...document.querySelectorAll(".guide a")].map((one) => one.getAttribute("href"))
            .filter((href) => !href.startsWith("#") || !document.getElementById(decodeURIComponent(href.slice(1))))"""
        )
        == []
    )
    assert look.page.locator(".guide a").count() == TEXT.count("\n## ")
