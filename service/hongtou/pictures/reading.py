"""Pictures sent along with an issue: checked, turned upright and written anew.

Only PNG and JPEG are opened, and only after the header has told their size.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from hongtou.bulletin.finding import Finding, Severity, printable
from hongtou.bulletin.issue import Figure, Issue
from hongtou.bulletin.limits import Limits
from hongtou.pictures.files import TooManyParts, essence

FORMATS = ("PNG", "JPEG")
MAX_PIXELS = 40_000_000
MAX_TOTAL_PIXELS = Limits().total_pixels
MAX_RATIO = 100  # of the longer side to the shorter: a line more than a picture
MODES = ("L", "RGB")
ORIENTATION = 0x0112  # EXIF 2.32 §4.6.4
PNG_LEVEL = 2  # zlib's own, 6, takes five times as long over noise; a screenshot is a sixth smaller


class Unsuitable(ValueError):
    """A picture that is whole but of no use here; says why."""


UNUSABLE = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    EOFError,
    struct.error,
)  # what Pillow raises for a picture that it cannot or should not read, or stumbles over


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture: its bytes as PNG or JPEG and its size in pixels.

    ``digest`` is the SHA-256 of the bytes, by which the engine asks for the picture.
    """

    name: str
    content: bytes
    media_type: str
    width_px: int
    height_px: int
    digest: str = ""
    is_grey: bool = False


def sample_pictures() -> dict[str, bytes]:
    """Return a picture of each format: reading them loads what Pillow loads only for such ones."""
    turned = Image.Exif()
    turned[ORIENTATION] = 6
    return {
        "a.png": _encoded(Image.new("RGBA", (2, 2)), "PNG"),
        "b.jpg": _encoded(Image.new("L", (2, 2)), "JPEG", exif=turned),
    }


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def read_pictures(
    images: Mapping[str, bytes], issue: Issue, most_pixels: int = MAX_TOTAL_PIXELS
) -> tuple[dict[str, Picture], list[Finding]]:
    """Return the pictures that the issue's figures use, and what is wrong with the others.

    None is decoded where all of them have too many pixels together, which their headers tell.

    Findings: picture/unreadable, picture/too-many-pixels.
    """
    figures = {
        figure.image: figure for figure in reversed(figures_of(issue)) if figure.image in images
    }
    pixels: dict[str, int] = {}
    findings: list[Finding] = []
    for name, figure in reversed(figures.items()):
        try:
            pixels[name] = _pixels(images[name])
        except UNUSABLE as cause:
            findings.append(_unreadable(figure, cause))
    if sum(pixels.values()) > most_pixels:
        largest = figures[max(pixels, key=lambda name: pixels[name])]
        return {}, [*findings, _too_many_pixels(largest, sum(pixels.values()), most_pixels)]
    pictures: dict[str, Picture] = {}
    for name in pixels:
        try:
            pictures[name] = _read(name, images[name])
        except UNUSABLE as cause:
            findings.append(_unreadable(figures[name], cause))
    return pictures, findings


def _unreadable(figure: Figure, cause: Exception) -> Finding:
    return Finding(
        code="picture/unreadable",
        severity=Severity.ERROR,
        pointer=f"{figure.pointer}/image",
        message=f"图片“{printable(figure.image)}”无法使用：{_reason(cause)}",
        hint="请改用 PNG 或 JPEG 图片，且不超过 4000 万像素",
    )


def _too_many_pixels(largest: Figure, count: int, most: int) -> Finding:
    return Finding(
        code="picture/too-many-pixels",
        severity=Severity.ERROR,
        pointer=f"{largest.pointer}/image",
        message=f"全期图片共 {count // 10_000} 万像素，超过上限 {most // 10_000} 万像素",
        hint=f"请缩小图片，从最大的“{printable(largest.image)}”起：印满版心宽只需 1900 像素",
    )


def figures_of(issue: Issue) -> list[Figure]:
    """Return every figure of the issue, in order."""
    return [
        block for article in issue.articles for block in article.blocks if isinstance(block, Figure)
    ]


def _pixels(content: bytes) -> int:
    with _opened(content) as image:
        return image.width * image.height


def _read(name: str, content: bytes) -> Picture:
    with _opened(content) as image:
        image.load()
        kind = str(image.format)
        ImageOps.exif_transpose(image, in_place=True)
        plain = _plain(image)
    written = io.BytesIO()
    if kind == "JPEG":
        plain.save(written, kind, quality=92, subsampling=0)
    else:
        plain.save(written, kind, icc_profile=None, compress_level=PNG_LEVEL)
    kept = written.getvalue()
    digest = hashlib.sha256(kept).hexdigest()
    return Picture(
        name, kept, Image.MIME[kind], plain.width, plain.height, digest, plain.mode == "L"
    )


def _opened(content: bytes) -> Image.Image:
    """Return a picture whose header has been read and says that it is not too large.

    Raises: what UNUSABLE lists.
    """
    # WeasyPrint tells Pillow to fill up in grey what is missing of a picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(essence(content)), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Unsuitable("像素过多")
    if max(image.size) > MAX_RATIO * min(image.size):
        raise Unsuitable("过于狭长")
    return image


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in grey or RGB of 8 bits, on white where it was transparent."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda level: level / 256).convert("L")  # convert alone cuts at 255
    if image.has_transparency_data:
        seen = image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(seen.convert("RGB"), mask=seen.getchannel("A"))
        return ground
    if image.mode in MODES:
        return image
    return image.convert("L" if image.mode in ("1", "LA") else "RGB")


def _reason(cause: Exception) -> str:
    if isinstance(cause, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return "像素过多"
    if isinstance(cause, Unsuitable):
        return str(cause)
    if isinstance(cause, TooManyParts):
        return "文件分得过碎，请用看图软件另存一份"
    if isinstance(cause, UnidentifiedImageError):
        return "不是 PNG 或 JPEG"
    return "文件不完整或已损坏"
