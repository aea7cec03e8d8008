"""The condition of a press: which paper and inks a file is for, by its name and its ICC profile."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from PIL import Image, ImageChops

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.pictures.colour import Conversion
from hongtou.resources import resource_dir, restore

PROFILE = "Uncoated-FOGRA47L.icc"
NAME = "FOGRA47"  # as registered at the ICC's Characterization Data Registry
DESCRIPTION = "Offset, ISO 12647-2, paper type 4 (uncoated white)"
CLASS, SPACE = slice(12, 16), slice(16, 20)  # of a header: ICC.1:2022 §7.2
PRESS, PLATES = b"prtr", b"CMYK"
STEPS = 33  # of each channel: as many as the finest tables of profiles have


@dataclass(frozen=True)
class PrintingCondition:
    """A condition by its name, in words, and its profile.

    What is a house's own is nowhere registered, so that its profile goes along with every file.
    """

    name: str
    description: str
    profile: bytes
    is_own: bool = False

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all that it adds to a file."""
        return hashlib.sha256(f"{self.name}\0{self.is_own}\0".encode() + self.profile).hexdigest()


def describes_press(profile: bytes) -> bool:
    """Tell whether an ICC profile is one of a press in CMYK."""
    return profile[CLASS] == PRESS and profile[SPACE] == PLATES


@lru_cache(maxsize=1)
def usual_condition() -> PrintingCondition:
    """Return that of uncoated paper, on which offices print.

    Raises:
        SetupError: its profile is missing.
    """
    folder = resource_dir("press")
    try:
        profile = (folder / PROFILE).read_bytes()
    except OSError as cause:
        missing = f"{folder / PROFILE} 读不了：{reason_of(cause)}"
        raise SetupError(missing, hint=restore("press", folder, PROFILE)) from cause
    return PrintingCondition(NAME, DESCRIPTION, profile)


def open_condition(path: Path | None, name: str, most_ink: float) -> PrintingCondition:
    """Return the condition of a house: its own profile, which is of at most so many % of ink.

    Without a profile it is the usual condition.

    Raises:
        SetupError: the profile cannot be read or used, or it has no name.
    """
    if path is None:
        if name:
            raise _unusable("HONGTOU_PRESS_CONDITION", name, "只与 HONGTOU_PRESS_PROFILE 一起用")
        return usual_condition()
    try:
        profile = path.read_bytes()
    except OSError as cause:
        raise _unusable("HONGTOU_PRESS_PROFILE", path, f"读不了：{reason_of(cause)}") from cause
    if not describes_press(profile):
        fault = "不是印刷机的 CMYK 特性文件（ICC，prtr 类）"
        raise _unusable("HONGTOU_PRESS_PROFILE", path, fault)
    condition = PrintingCondition(name or path.stem, "", profile, is_own=True)
    try:
        ink = most_ink_of(condition)
    except ValueError as cause:
        fault = "损坏，或不能由 RGB 转换"
        raise _unusable("HONGTOU_PRESS_PROFILE", path, fault) from cause
    if ink > most_ink:
        fault = f"油墨总量达 {ink:.0f}%，超过版式所限 {most_ink:g}%"
        raise _unusable("HONGTOU_PRESS_PROFILE", path, fault)
    return condition


def most_ink_of(condition: PrintingCondition) -> float:
    """Return the most ink, in %, that its profile gives to any colour of a screen.

    Raises:
        ValueError: the profile cannot be used.
    """
    return total_ink(to_plates(condition.profile)(_all_colours()))


@lru_cache(maxsize=2)
def to_plates(profile: bytes) -> Conversion:
    """Return the conversion from sRGB by a profile: relative colorimetric, black to black.

    Raises:
        ValueError: the profile cannot be used.
    """
    from PIL import ImageCms  # loaded only where there is a picture

    try:
        transform = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError) as cause:
        raise ValueError("unusable profile") from cause

    def convert(image: Image.Image) -> Image.Image:
        converted: Image.Image = transform.apply(image)
        return converted

    return convert


def total_ink(image: Image.Image) -> float:
    """Return the most ink that a pixel of a picture in CMYK has, in %."""
    cyan, magenta, yellow, black = image.split()
    halves = (ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2))
    levels = ImageChops.add(*halves, 2).histogram()
    most = max(level for level, count in enumerate(levels) if count)
    return most * 4 / 255 * 100


def _all_colours() -> Image.Image:
    levels = [round(step * 255 / (STEPS - 1)) for step in range(STEPS)]
    pixels = bytes(
        value
        for red in levels
        for green in levels
        for blue in levels
        for value in (red, green, blue)
    )
    return Image.frombytes("RGB", (STEPS * STEPS, STEPS), pixels)


def _unusable(variable: str, value: object, fault: str) -> SetupError:
    return SetupError(
        f"{variable}={value} {fault}",
        hint="请向印刷厂要一份合适的，或不设 HONGTOU_PRESS_PROFILE 与 HONGTOU_PRESS_CONDITION",
    )
