"""A picture of each format: reading and printing them loads what is loaded only for such ones."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from hongtou.pictures.reading import ORIENTATION

SIZE = (2, 2)


def sample_pictures() -> dict[str, bytes]:
    """Return small pictures by name: every format, a turned one, and one with a profile.

    One is altered (it is transparent), one keeps its bytes; some have colours,
    which a press prints from other plates than greys.
    """
    turned = Image.Exif()
    turned[ORIENTATION] = 6
    grey, coloured = Image.new("L", SIZE), Image.new("RGB", SIZE, "red")
    return {
        "a.png": _encoded(Image.new("RGBA", SIZE), "PNG"),
        "b.jpg": _encoded(grey, "JPEG", exif=turned),
        "c.webp": _encoded(coloured, "WEBP"),
        "d.tif": _encoded(grey, "TIFF", compression="tiff_lzw"),
        "e.bmp": _encoded(coloured, "BMP"),
        "f.gif": _encoded(grey, "GIF"),
        "g.jpg": _encoded(coloured, "JPEG", icc_profile=_profile()),
        "h.png": _encoded(coloured, "PNG"),
    }


def _profile() -> bytes:
    from PIL import ImageCms  # loaded only where a picture has a profile

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()
