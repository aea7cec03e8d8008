"""What files of pictures have in common: parts that are counted, bounds, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

MOST_PARTS = 10_000  # a PNG of 10 MiB, cut into chunks of 1 KiB
MOST_NOTES = 64 * 1024  # bytes of Exif, which tells which side is up: one segment of a JPEG
MOST_PROFILE = 4 * 1024 * 1024  # bytes; the profiles of presses hold 0.5 to 3 MiB


class Unsuitable(ValueError):
    """A picture that is of no use here: the message says why, ``remedy`` what to do about it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.remedy = remedy


class TooManyParts(Unsuitable):
    """A file in more pieces than any program writes."""

    def __init__(self) -> None:
        super().__init__("文件分得过碎，请用看图软件另存一份")


class Part(NamedTuple):
    """A chunk of a PNG or WebP or a segment of a JPEG with its scan: content[start:end]."""

    name: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture's file: what of it shows, by its format, and what else it tells.

    ``content`` is what goes to a decoder, ``profile`` the ICC profile that came with it.
    ``has_more`` means that pictures stand behind the first; ``size`` is in pixels as they are
    stored, None where only a decoder tells it.
    """

    kind: str
    content: bytes
    profile: bytes = b""
    has_more: bool = False
    is_lossy: bool = False
    size: tuple[int, int] | None = None


def counted(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield parts as long as they are not too many.

    Raises: TooManyParts.
    """
    for number, part in enumerate(parts):
        if number >= MOST_PARTS:
            raise TooManyParts
        yield part


def bounded_profile(profile: bytes) -> bytes:
    """Return an ICC profile that is no longer than any that a press uses.

    Raises: Unsuitable.
    """
    if len(profile) > MOST_PROFILE:
        raise Unsuitable("色彩描述文件过大", "请用看图软件转换为 sRGB 后另存一份")
    return profile
