"""Pictures as clients send them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Figure
from hongtou.pictures.printing import PrintedPicture, Resolution, print_pictures
from hongtou.pictures.reading import read_pictures
from tests.support.issues import issue

AS_SENT = Resolution(10_000, 10_000)  # nothing that a test sends is finer
WIDTH_MM = 100.0


def printed(
    content: bytes, resolution: Resolution = AS_SENT, width_mm: float = WIDTH_MM
) -> tuple[PrintedPicture | None, list[Finding]]:
    """Return a picture as it is printed in that width, and all that is said of it."""
    pictures, findings = read_pictures({"a": content}, issue(Figure("a", pointer="/x")))
    widths = {one.digest: width_mm for one in pictures.values()}
    made, remarks = print_pictures(pictures.values(), widths, resolution)
    return made.get("a"), [*findings, *remarks]


def village() -> bytes:
    """Return a picture sharp enough for print."""
    image = Image.new("RGB", (1200, 700), "#dfe8ef")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 700), (400, 200), (800, 700)], fill="#5f7f6a")
    draw.ellipse([900, 80, 1040, 220], fill="#d98c3f")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
