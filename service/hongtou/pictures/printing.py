"""Pictures as they are printed: each decoded once, and encoded only where it must be altered.

A JPEG, or a PNG of grey or RGB, stands in the file as it was sent if it is upright, in sRGB and no
finer than what a press shows.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PIL import Image

from hongtou.bulletin.errors import RenderLimit
from hongtou.bulletin.finding import Finding, printable
from hongtou.bulletin.measure import MM_PER_INCH
from hongtou.pictures.colour import Conversion, UnusableProfile, to_srgb
from hongtou.pictures.files import jpeg, png
from hongtou.pictures.findings import ENOUGH, UNUSABLE, profile_ignored, unreadable
from hongtou.pictures.pixels import differences, on_white, sized, working
from hongtou.pictures.reading import LYING, Picture, opened, without_warnings

# How a JPEG is encoded. What was brought down to the print has more pixels than are seen: it loses
# nothing that shows, and colours at half the resolution (4:2:0). Fine lines of others would suffer.
REDUCED = {"quality": 85, "subsampling": 2}
ALTERED = {"quality": 92, "subsampling": 0}
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
BITS = 8  # of a sample, where no format says otherwise


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture ready for the file: a PNG or JPEG of 8 bits, grey, RGB or CMYK by its ``channels``.

    ``digest`` names it: the SHA-256 of what was sent. A PNG of four channels is no RGBA, but CMYK.
    """

    content: bytes
    media_type: str
    width_px: int
    height_px: int
    digest: str
    channels: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Dots per inch: what is finer than ``most`` is brought down to ``reduced``."""

    most: int
    reduced: int

    def width_px(self, picture: Picture, width_mm: float) -> int:
        """Return how many pixels wide a picture is printed."""
        inches = width_mm / MM_PER_INCH
        if picture.width_px <= self.most * inches:
            return picture.width_px
        return max(1, min(picture.width_px, round(self.reduced * inches)))


def print_pictures(
    pictures: Iterable[Picture], widths_mm: Mapping[str, float], resolution: Resolution
) -> tuple[dict[str, PrintedPicture], list[Finding]]:
    """Return the pictures by name, as they are printed in the widths given by their digests.

    One without content only takes up room, and is left out.

    Raises:
        RenderLimit: there is not enough memory for one.

    Findings: picture/unreadable, picture/profile-ignored.
    """
    by_digest: dict[str, tuple[PrintedPicture, bool]] = {}
    printed: dict[str, PrintedPicture] = {}
    findings: list[Finding] = []
    for picture in pictures:
        if not picture.content:
            continue
        if picture.digest not in by_digest:
            width = resolution.width_px(picture, widths_mm[picture.digest])
            try:
                by_digest[picture.digest] = _printed(picture, width)
            except UNUSABLE as cause:
                findings += unreadable(picture.name, picture.pointers, cause)
                continue
            except MemoryError as cause:
                raise _too_large(picture) from cause
        printed[picture.name], is_ignored = by_digest[picture.digest]
        if is_ignored:
            findings += profile_ignored(picture.name, picture.pointers)
    return printed, findings


def _printed(picture: Picture, width: int) -> tuple[PrintedPicture, bool]:
    """Return a picture of that many pixels in width, and whether its profile is of no use.

    Raises: what UNUSABLE lists.
    """
    size = (width, max(1, round(picture.height_px * width / picture.width_px)))
    with opened(picture.content, picture.kind) as image:
        conversion, is_ignored = _conversion(picture, image.mode)
        if conversion is None and width == picture.width_px and (kept := _as_sent(picture, image)):
            return kept, is_ignored
        if picture.kind == "JPEG":
            image.draft(None, size[::-1] if picture.orientation in LYING else size)
        with without_warnings():  # of damaged Exif, which Pillow reads again
            image.load()
        depth = png.bit_depth(picture.content) if picture.kind == "PNG" else BITS
        plain = on_white(sized(working(image, depth), size))
    if conversion:
        plain = conversion(plain)
    elif plain.mode == "CMYK":
        plain = plain.convert("RGB")
    return _encoded(plain, picture), is_ignored


def _conversion(picture: Picture, mode: str) -> tuple[Conversion | None, bool]:
    """Return what turns a picture to sRGB, if anything must; and whether its profile is lost."""
    if not picture.profile:
        return None, False
    plain = "CMYK" if mode == "CMYK" else "L" if mode[0] in "1LI" else "RGB"
    try:
        return to_srgb(picture.profile, plain), False
    except UnusableProfile:
        return None, True


def _as_sent(picture: Picture, image: Image.Image) -> PrintedPicture | None:
    """Return a picture as it was sent, None if it cannot stand in a PDF so.

    Raises: what UNUSABLE lists.
    """
    content = picture.content
    if picture.orientation != 1 or image.mode not in ("L", "RGB"):
        return None
    if picture.kind == "JPEG" and jpeg.suits_pdf(content):
        image.load()  # to see that it is whole
        content = jpeg.without_notes(content)
    elif picture.kind != "PNG" or not png.suits_pdf(content):
        return None
    return PrintedPicture(
        content,
        MEDIA_TYPES[picture.kind],
        *image.size,
        picture.digest,
        len(image.getbands()),
    )


def _encoded(image: Image.Image, picture: Picture) -> PrintedPicture:
    kind = "JPEG" if picture.is_lossy else "PNG"
    options = REDUCED if image.width < picture.width_px else ALTERED
    content = encoded(image, kind, options)
    return PrintedPicture(
        content, MEDIA_TYPES[kind], *image.size, picture.digest, len(image.getbands())
    )


def encoded(image: Image.Image, kind: str, options: Mapping[str, int] = ALTERED) -> bytes:
    """Return a picture in L, RGB or CMYK as a JPEG with these options, or as a PNG."""
    if kind == "JPEG":
        written = io.BytesIO()
        image.save(written, "JPEG", **options)
        return written.getvalue()
    filtered = {png.NONE: image.tobytes(), png.UP: differences(image)}
    return png.encode(*image.size, len(image.getbands()), filtered)


def _too_large(picture: Picture) -> RenderLimit:
    pixels = f"{picture.width_px}×{picture.height_px}"
    return RenderLimit(
        f"处理图片“{printable(picture.name)}”（{pixels} 像素）所需内存超过上限",
        hint=f"请先把这张图片缩小：{ENOUGH}",
    )
