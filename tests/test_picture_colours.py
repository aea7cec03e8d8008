"""Colours of pictures: as their profile means them, within 2 of 255 (JPEG and all)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from hongtou.bulletin.finding import Finding, Severity
from hongtou.pictures.printing import PrintedPicture
from tests.support.pictures import printed
from tests.support.profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB,
    Lab,
    Levels,
    encoded,
    grey_profile,
    press_profile,
    rgb_profile,
    shown,
    srgb_of,
    srgb_of_grey,
)

COLOURS: list[Levels] = [
    (200, 40, 30), (40, 160, 70), (30, 60, 190), (230, 200, 60), (128, 128, 128), (255, 255, 255),
]  # fmt: skip
PATCH = 64  # pixels: whole blocks of a JPEG, also of its colours
MOST_OFF = 2
WHITE, RED, DEEP = (0, 0, 0, 0), (0, 1, 1, 0), (1, 1, 0, 0)
INKS = {WHITE: Lab(100, 0, 0), RED: Lab(48, 62, 40), DEEP: Lab(25, 15, -45)}
GREYS = (0, 30, 90, 128, 200, 255)


def patches(mode: str, colours: list[Any]) -> Image.Image:
    """Return a row of patches of these colours."""
    image = Image.new(mode, (PATCH * len(colours), PATCH))
    for number, colour in enumerate(colours):
        image.paste(colour, (number * PATCH, 0, (number + 1) * PATCH, PATCH))
    return image


def sent(image: Image.Image, kind: str, profile: bytes, **options: Any) -> bytes:
    written = io.BytesIO()
    if kind == "JPEG":
        options = {"quality": 98, "subsampling": 0, **options}
    image.save(written, kind, icc_profile=profile, **options)
    return written.getvalue()


def colours_of(content: bytes) -> tuple[list[Any], list[Finding]]:
    """Return the colour in the middle of each patch as it is printed, and what is said."""
    picture, findings = printed(content)
    assert picture is not None
    return middles_of(picture.content), findings


def middles_of(content: bytes) -> list[Any]:
    """Return what stands in the middle of each patch: a JPEG of 8 bits moves levels by itself."""
    with Image.open(io.BytesIO(content)) as image:
        return [image.getpixel((at, PATCH // 2)) for at in range(PATCH // 2, image.width, PATCH)]


def off(found: list[Any], wanted: list[Any]) -> int:
    """Return by how many levels the worst sample is off."""
    pairs = [
        (one, other)
        for these, those in zip(found, wanted, strict=True)
        for one, other in (
            zip(these, those, strict=True) if isinstance(these, tuple) else [(these, those)]
        )
    ]
    return max(abs(one - other) for one, other in pairs)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("primaries", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
def test_a_wide_screen_s_colours_are_those_it_shows(kind: str, primaries: Any) -> None:
    stored = [encoded(colour, primaries) for colour in COLOURS]
    assert off(stored, COLOURS) > 10, "these colours tell nothing"
    options = {"lossless": True} if kind == "WEBP" else {}
    picture = sent(patches("RGB", stored), kind, rgb_profile(primaries), **options)
    found, findings = colours_of(picture)
    wanted = [shown(levels, primaries) for levels in middles_of(picture)]
    assert (off(found, wanted) <= MOST_OFF, findings) == (True, [])


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_press_s_colours_are_those_it_prints(kind: str) -> None:
    stored = [tuple(255 * ink for ink in inks) for inks in INKS]
    found, findings = colours_of(sent(patches("CMYK", stored), kind, press_profile(INKS)))
    assert (off(found, [srgb_of(one) for one in INKS.values()]) <= MOST_OFF, findings) == (True, [])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("gamma", [1.0, 1.8])
def test_a_grey_stays_grey_and_is_as_light_as_meant(kind: str, gamma: float) -> None:
    found, findings = colours_of(sent(patches("L", list(GREYS)), kind, grey_profile(gamma)))
    wanted = [srgb_of_grey(level, gamma) for level in GREYS]
    assert (off(found, wanted) <= MOST_OFF, findings) == (True, [])


def test_a_grey_with_a_profile_of_colours_is_grey_by_it() -> None:
    found, findings = colours_of(sent(patches("L", list(GREYS)), "PNG", rgb_profile(ADOBE_RGB)))
    wanted = [srgb_of_grey(level, 2.2) for level in GREYS]
    assert (off(found, wanted) <= MOST_OFF, findings) == (True, [])


def test_a_transparent_picture_is_converted_and_stands_on_white() -> None:
    image = patches("RGB", [encoded(colour, DISPLAY_P3) for colour in COLOURS]).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, PATCH, PATCH))
    found, _ = colours_of(sent(image, "PNG", rgb_profile(DISPLAY_P3)))
    assert off(found, [(255, 255, 255), *COLOURS[1:]]) <= MOST_OFF


class TestKept:
    """A picture in sRGB is not encoded again for its profile."""

    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_srgb_by_any_name_is_embedded_as_sent(self, kind: str) -> None:
        from PIL import ImageCms

        usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        image = patches("RGB", COLOURS)
        with_profile, _ = printed(sent(image, kind, usual))
        without, _ = printed(sent(image, kind, b""))
        assert isinstance(with_profile, PrintedPicture)
        assert isinstance(without, PrintedPicture)
        assert with_profile.content == without.content

    def test_the_primaries_of_srgb_with_another_curve_are_converted(self) -> None:
        greys = [(level, level, level) for level in GREYS]
        found, _ = colours_of(sent(patches("RGB", greys), "PNG", rgb_profile(SRGB)))
        assert off(found, [(srgb_of_grey(level, 563 / 256),) * 3 for level in GREYS]) <= MOST_OFF


class TestUnusable:
    """A profile that cannot be applied is left out, and that is told."""

    @pytest.mark.parametrize(
        ("mode", "profile"),
        [
            ("RGB", b"none"),
            ("RGB", rgb_profile(DISPLAY_P3)[:200]),
            ("RGB", press_profile(INKS)),
            ("RGB", grey_profile(1.8)),
            ("L", press_profile(INKS)),
            ("CMYK", rgb_profile(DISPLAY_P3)),
        ],
    )
    def test_it_is_ignored_with_a_note(self, mode: str, profile: bytes) -> None:
        level: Any = 100 if mode == "L" else (100,) * len(mode)
        plain, _ = colours_of(sent(patches(mode, [level]), "JPEG", b""))
        found, findings = colours_of(sent(patches(mode, [level]), "JPEG", profile))
        assert [(one.code, one.severity, one.pointer) for one in findings] == [
            ("picture/profile-ignored", Severity.NOTE, "/x/image")
        ]
        assert off(found, plain) <= MOST_OFF

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
    def test_one_that_is_larger_than_any_press_needs_is_refused(self, kind: str) -> None:
        huge = rgb_profile(DISPLAY_P3) + bytes(5 * 1024 * 1024)
        picture, findings = printed(sent(patches("RGB", COLOURS), kind, huge))
        assert picture is None
        assert [one.message.partition("：")[2] for one in findings] == ["色彩描述文件过大"]
