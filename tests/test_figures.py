"""Pictures sent along: what is refused, and what of a good one is kept."""

from __future__ import annotations

import io

import pytest
import weasyprint.images  # noqa: F401  # tells Pillow to fill up what is missing of a picture
from PIL import Image

from hongtou.bulletin.issue import Figure, Issue
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.pictures.printing import PrintedPicture
from hongtou.pictures.reading import Picture
from hongtou.plan.pictures import plan_figures
from hongtou.plan.texts import TextSetter
from tests.support.hostile import BEHIND, bomb, commented_png, saved, turned_jpeg
from tests.support.issues import issue
from tests.support.pictures import printed
from tests.support.shop import compositor, layouts


def read(content: bytes) -> PrintedPicture | str:
    """Return the picture as it is printed, or why it cannot be."""
    picture, findings = printed(content)
    if picture is None:
        assert [(one.code, one.pointer) for one in findings] == [("picture/unreadable", "/x/image")]
        return findings[0].message.partition("：")[2]
    return picture


def issue_of(name: str) -> Issue:
    return issue(Figure(name, pointer="/x"))


def pixels(picture: PrintedPicture | str) -> Image.Image:
    assert isinstance(picture, PrintedPicture)
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_truncated_picture_is_refused_whatever_weasyprint_asks_of_pillow(kind: str) -> None:
    whole = saved(kind)
    assert isinstance(read(whole), PrintedPicture)
    assert read(whole[: len(whole) * 3 // 4]) == "文件不完整或已损坏"


@pytest.mark.parametrize("side", [6_400, 12_000, 30_000])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(side: int) -> None:
    assert read(bomb(side)) == "像素过多"


def test_what_only_pretends_is_refused() -> None:
    assert read(b"GIF89a") == "文件不完整或已损坏"
    assert read(b"no picture at all") == "不是认得的图片格式"


@pytest.mark.parametrize("level", [0, 1_000, 32_768, 40_000, 65_535])
def test_a_grey_of_16_bits_stays_the_grey_it_is(level: int) -> None:
    written = io.BytesIO()
    Image.new("I;16", (4, 4), level).save(written, "PNG")
    assert pixels(read(written.getvalue())).getpixel((0, 0)) == level // 256


def test_a_turned_picture_is_set_upright() -> None:
    assert pixels(read(turned_jpeg())).size == (400, 600)


@pytest.mark.parametrize("content", [turned_jpeg(), commented_png(), saved() + BEHIND])
def test_nothing_is_kept_but_the_picture(content: bytes) -> None:
    picture = read(content)
    assert isinstance(picture, PrintedPicture)
    assert BEHIND not in picture.content
    assert set(pixels(picture).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("caption", ["图", "整治后的某某镇青山村文化广场" * 14])
@pytest.mark.parametrize(
    "sizes",
    [
        ((1600, 1200), (400, 1600), (3000, 600)),
        ((200, 1000), (2500, 1000), (8000, 1000)),  # the second is too narrow only in a lower row
        ((500, 2000), (400, 2000)),
        ((4000, 1000), (1000, 1000)),
    ],
)
def test_pictures_of_a_row_have_one_height_and_one_foot(
    sizes: tuple[tuple[int, int], ...], caption: str
) -> None:
    setter = TextSetter(layouts()["dongtai"], compositor())
    pictures = {
        f"{at}.png": Picture(f"{at}.png", b"", "PNG", *size) for at, size in enumerate(sizes)
    }
    plan = plan_figures([Figure(name, caption) for name in pictures], "", pictures, setter)
    first, *others = plan.pictures
    for other in others:
        assert (other.y, other.height) == pytest.approx((first.y, first.height))
        assert other.caption_y == pytest.approx(first.caption_y)
    for picture, (wide, high) in zip(plan.pictures, sizes, strict=True):
        assert picture.width / picture.height == pytest.approx(wide / high)
        assert picture.x >= -1e-6
        assert picture.x + picture.width <= setter.measure + 1e-6
        assert picture.caption_x >= -1e-6


@pytest.mark.parametrize(
    ("size", "width_mm", "told"),
    [
        ((3000, 2000), None, []),
        ((1417, 900), None, []),  # 120 mm at 300 dpi
        ((1200, 800), None, ["picture/low-resolution"]),
        ((1180, 800), 100, []),  # 299.7 dpi: no message says 300 dpi, less than 300
        ((1178, 800), 100, ["picture/low-resolution"]),
        ((330, 2640), None, []),  # as tall as the page lets it be, it is narrow, and fine enough
        ((1200, 800), 500, ["picture/narrowed", "picture/low-resolution"]),
        ((3000, 2000), 156.4, []),
    ],
)
def test_what_a_picture_prints_at_is_told_from_the_width_it_gets(
    size: tuple[int, int], width_mm: float | None, told: list[str]
) -> None:
    setter = TextSetter(layouts()["dongtai"], compositor())
    picture = Picture("a.png", b"", "PNG", *size)
    figure = Figure("a.png", width_mm=width_mm, pointer="/x")
    plan = plan_figures((figure,), "", {"a.png": picture}, setter)
    width = round(plan.pictures[0].width / PT_PER_MM)
    assert [one.code for one in setter.remarks] == told
    for one in setter.remarks:
        if one.code == "picture/low-resolution":
            assert f"{size[0] * 25.4 / width:.0f} dpi" in one.message
        else:
            assert f"{width} 毫米" in one.message


@pytest.mark.parametrize(
    ("size", "width_mm", "set_mm"),
    [
        ((3000, 2000), None, (120, 80)),
        ((2000, 2000), None, (120, 120)),
        ((2000, 3000), None, (80, 120)),  # upright: no higher than a lying one is wide
        ((2000, 3000), 100, (100, 150)),  # as wished
    ],
)
def test_a_picture_without_a_wished_width_takes_120_mm_at_most(
    size: tuple[int, int], width_mm: float | None, set_mm: tuple[float, float]
) -> None:
    setter = TextSetter(layouts()["dongtai"], compositor())
    picture = Picture("a.png", b"", "PNG", *size)
    figure = Figure("a.png", width_mm=width_mm, pointer="/x")
    (placed,) = plan_figures((figure,), "", {"a.png": picture}, setter).pictures
    assert (placed.width / PT_PER_MM, placed.height / PT_PER_MM) == pytest.approx(set_mm)


def test_nobody_is_told_to_choose_a_width_in_a_row() -> None:
    setter = TextSetter(layouts()["dongtai"], compositor())
    pictures = {f"{at}.png": Picture(f"{at}.png", b"", "PNG", 600, 400) for at in range(2)}
    plan_figures([Figure(name, pointer="/x") for name in pictures], "", pictures, setter)
    assert [one.code for one in setter.remarks] == ["picture/low-resolution"] * 2
    assert all("宽度" not in one.hint for one in setter.remarks)
