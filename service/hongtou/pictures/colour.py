"""Colours as their ICC profile means them, in sRGB: what a PDF takes for RGB on every screen."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

SAME = 2  # of 255: levels by which a profile may differ from sRGB and still be one
STEPS = range(0, 256, 51)
GREYS = bytes(range(256))
DEVICES = {"scnr", "mntr", "prtr", "spac"}  # ICC.1:2022 §7.2.5: profiles that describe colours
SPACES = {"L": ("GRAY", "RGB"), "RGB": ("RGB",), "CMYK": ("CMYK",)}

Conversion = Callable[[Image.Image], Image.Image]


class UnusableProfile(ValueError):
    """A profile that is damaged, or means another kind of colours than the picture has."""


def to_srgb(profile: bytes, mode: str) -> Conversion | None:
    """Return what turns a picture of a mode (L, RGB, CMYK) to sRGB; None if it is sRGB already.

    A grey picture stays grey.

    Raises: UnusableProfile.
    """
    from PIL import ImageCms  # loaded only where a picture has a profile

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = own.profile.xcolor_space.strip()
        if space not in SPACES[mode] or own.profile.device_class not in DEVICES:
            raise UnusableProfile
        transform = ImageCms.buildTransform(
            own, ImageCms.createProfile("sRGB"), "L" if space == "GRAY" else space, "RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as cause:
        raise UnusableProfile from cause
    if mode == "L":
        return _of_grey(transform, space)
    return _of_colours(transform, space)


def _of_colours(transform: Any, space: str) -> Conversion | None:
    if space == "RGB":
        probe = _probe()
        pairs = zip(probe.tobytes(), transform.apply(probe).tobytes(), strict=True)
        if all(abs(before - after) <= SAME for before, after in pairs):
            return None

    def convert(image: Image.Image) -> Image.Image:
        converted: Image.Image = transform.apply(image)
        return converted

    return convert


def _of_grey(transform: Any, space: str) -> Conversion | None:
    """Return the conversion of grey levels, of which there are only 256."""
    ramp = Image.frombytes("L", (256, 1), GREYS)
    levels = transform.apply(ramp.convert("RGB") if space == "RGB" else ramp).convert("L").tobytes()
    if all(abs(before - after) <= SAME for before, after in zip(GREYS, levels, strict=True)):
        return None
    return lambda image: image.point(levels)


def _probe() -> Image.Image:
    """Return colours from all of a cube."""
    colours = bytes(
        value for red in STEPS for green in STEPS for blue in STEPS for value in (red, green, blue)
    )
    return Image.frombytes("RGB", (len(colours) // 3, 1), colours)
