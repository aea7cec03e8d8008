"""Pictures sent along with an issue: which of them can be printed, as their headers tell.

Nothing is decoded here: how many pixels of a picture are printed, only the plan tells.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageFile

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Figure, FigureRow, Issue
from hongtou.bulletin.limits import Limits
from hongtou.pictures.files import open_file
from hongtou.pictures.files.parts import Unsuitable
from hongtou.pictures.findings import UNUSABLE, first_only, too_many_pixels, unreadable

MAX_PIXELS = 40_000_000
MAX_TOTAL_PIXELS = Limits().total_pixels
MAX_RATIO = 100  # of the longer side to the shorter: a line more than a picture
ORIENTATION = 0x0112  # EXIF 2.32 §4.6.4
LYING = range(5, 9)  # orientations by which width and height change places


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was sent, its header read; its size is in pixels, standing upright.

    ``content`` is what of it goes to a decoder of its ``kind``, ``digest`` the SHA-256 of all that
    was sent, ``pointers`` everywhere that the issue shows it.
    """

    name: str
    content: bytes
    kind: str
    width_px: int
    height_px: int
    digest: str = ""
    pointers: tuple[str, ...] = ()
    profile: bytes = b""
    orientation: int = 1
    is_lossy: bool = False


def read_pictures(
    images: Mapping[str, bytes], issue: Issue, most_pixels: int = MAX_TOTAL_PIXELS
) -> tuple[dict[str, Picture], list[Finding]]:
    """Return the pictures that the issue's figures use, and what is wrong with the others.

    None where all of them have too many pixels together.

    Findings: picture/unreadable, picture/too-many-pixels, picture/first-only.
    """
    places: dict[str, tuple[str, ...]] = {}
    for figure in figures_of(issue):
        if figure.image in images:
            places[figure.image] = (*places.get(figure.image, ()), figure.pointer)
    pictures: dict[str, Picture] = {}
    findings: list[Finding] = []
    for name, pointers in places.items():
        try:
            pictures[name], has_more = _read(name, images[name], pointers)
        except UNUSABLE as cause:
            findings += unreadable(name, pointers, cause)
            continue
        if has_more:
            findings += first_only(name, pointers)
    pixels = {one.name: one.width_px * one.height_px for one in pictures.values()}
    if sum(pixels.values()) <= most_pixels:
        return pictures, findings
    largest = max(pixels, key=lambda name: pixels[name])
    first = places[largest][0]
    return {}, [*findings, too_many_pixels(largest, first, sum(pixels.values()), most_pixels)]


def figures_of(issue: Issue) -> list[Figure]:
    """Return every figure of the issue, in order."""
    figures: list[Figure] = []
    for article in issue.articles:
        for block in article.blocks:
            if isinstance(block, FigureRow):
                figures += block.figures
            elif isinstance(block, Figure):
                figures.append(block)
    return figures


def opened(content: bytes, kind: str) -> Image.Image:
    """Return a picture of which no pixel is decoded yet.

    Raises: what UNUSABLE lists.
    """
    # WeasyPrint tells Pillow to fill up in grey what is missing of a picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(content), formats=(kind,))


def _read(name: str, sent: bytes, pointers: tuple[str, ...]) -> tuple[Picture, bool]:
    """Return a picture, and whether more stand behind it in its file.

    Raises: what UNUSABLE lists.
    """
    file = open_file(sent)
    if file.size:
        _refuse_size(*file.size)  # before Pillow sets up what grows with it
    with opened(file.content, file.kind) as image:
        _refuse_size(*image.size)
        orientation = _orientation(image)
        width, height = image.size
    if orientation in LYING and file.kind != "TIFF":  # of which Pillow tells the size upright
        width, height = height, width
    digest = hashlib.sha256(sent).hexdigest()
    picture = Picture(
        name,
        file.content,
        file.kind,
        width,
        height,
        digest,
        pointers,
        file.profile,
        orientation,
        file.is_lossy,
    )
    return picture, file.has_more


@contextmanager
def without_warnings() -> Iterator[None]:
    """Let Pillow read something that may be damaged without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _orientation(image: Image.Image) -> int:
    if image.format == "PNG" and "exif" not in image.info:
        return 1  # Pillow would decode all of it to see whether notes stand behind the pixels
    with without_warnings():  # of damaged Exif: the picture itself may be whole
        told = image.getexif().get(ORIENTATION, 1)
    return told if told in range(1, 9) else 1


def _refuse_size(width: int, height: int) -> None:
    """Raise Unsuitable for a picture of too many pixels, or of no shape."""
    if width * height > MAX_PIXELS:
        raise Unsuitable("像素过多")
    if max(width, height) > MAX_RATIO * min(width, height):
        raise Unsuitable("过于狭长", f"请裁成长边不超过短边 {MAX_RATIO} 倍的图")
