"""Pictures sent along with an issue: checked, turned upright and written anew.

Only PNG and JPEG are opened, and only after the header has told their size.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from service.finding import Finding, Severity
from service.issue import Figure, Issue

FORMATS = ("PNG", "JPEG")
MAX_PIXELS = 40_000_000
MAX_RATIO = 100  # of the longer side to the shorter: a line more than a picture
MODES = ("L", "RGB")
ORIENTATION = 0x0112  # EXIF 2.32 §4.6.4


class Unsuitable(ValueError):
    """A picture that is whole but of no use here; says why."""


UNUSABLE = (
    OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning
)  # what Pillow raises for a picture that it cannot or should not read


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture: its bytes as PNG or JPEG and its size in pixels."""

    name: str
    content: bytes
    media_type: str
    width_px: int
    height_px: int

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, by which the engine asks for the picture."""
        return hashlib.sha256(self.content).hexdigest()


def sample_pictures() -> dict[str, bytes]:
    """Return a picture of each format: reading them loads what Pillow loads only for such ones."""
    from PIL import MpoImagePlugin  # noqa: F401 - a JPEG of several pictures

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
    images: Mapping[str, bytes], issue: Issue
) -> tuple[dict[str, Picture], list[Finding]]:
    """Return the pictures that the issue's figures use, and what is wrong with the others."""
    pictures: dict[str, Picture] = {}
    findings: list[Finding] = []
    for figure in figures_of(issue):
        if figure.image in pictures or figure.image not in images:
            continue
        try:
            pictures[figure.image] = _read(figure.image, images[figure.image])
        except UNUSABLE as cause:
            findings.append(
                Finding(
                    code="figure/unreadable",
                    severity=Severity.ERROR,
                    pointer=f"{figure.pointer}/image",
                    message=f"图片“{figure.image}”无法使用：{_reason(cause)}",
                    hint="请改用 PNG 或 JPEG 图片，且不超过 4000 万像素",
                )
            )
    return pictures, findings


def figures_of(issue: Issue) -> list[Figure]:
    """Return every figure of the issue, in order."""
    return [
        block for article in issue.articles for block in article.body if isinstance(block, Figure)
    ]


def _read(name: str, content: bytes) -> Picture:
    with _opened(content) as image:
        image.load()
        plain = _plain(ImageOps.exif_transpose(image))
        kind = "JPEG" if image.format == "JPEG" else "PNG"
    written = io.BytesIO()
    if kind == "JPEG":
        plain.save(written, kind, quality=92, subsampling=0)
    else:
        plain.save(written, kind, icc_profile=None)
    return Picture(name, written.getvalue(), Image.MIME[kind], plain.width, plain.height)


def _opened(content: bytes) -> Image.Image:
    """Return a picture whose header has been read and says that it is not too large."""
    # WeasyPrint tells Pillow to fill up in grey what is missing of a picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=FORMATS)
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
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    if image.mode in MODES:
        return image
    return image.convert("L" if image.mode in ("1", "LA") else "RGB")


def _reason(cause: Exception) -> str:
    if isinstance(cause, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return "像素过多"
    if isinstance(cause, Unsuitable):
        return str(cause)
    if isinstance(cause, UnidentifiedImageError):
        return "不是 PNG 或 JPEG"
    return "文件不完整或已损坏"
