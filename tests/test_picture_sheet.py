"""What becomes of pictures of every kind, whole, cut off and damaged, as it was when last looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageDraw

from tests.support.pictures import printed
from tests.support.proofs import compared

SIZE = (96, 64)
KINDS: list[tuple[str, str, dict[str, Any]]] = [
    ("PNG", "1", {}),
    ("PNG", "L", {"transparency": 200}),
    ("PNG", "LA", {}),
    ("PNG", "P", {"transparency": 0}),
    ("PNG", "RGB", {}),
    ("PNG", "RGB", {"transparency": (200, 200, 200)}),
    ("PNG", "RGBA", {}),
    ("PNG", "I;16", {}),
    ("JPEG", "L", {}),
    ("JPEG", "RGB", {"progressive": True}),
    ("JPEG", "RGB", {"orientation": 6}),
    ("JPEG", "CMYK", {}),
    ("MPO", "RGB", {}),
    ("WEBP", "RGB", {"lossless": True}),
    ("WEBP", "RGBA", {"orientation": 3}),
    ("TIFF", "1", {"compression": "group4"}),
    ("TIFF", "L", {"compression": "tiff_lzw"}),
    ("TIFF", "RGB", {"compression": "tiff_adobe_deflate"}),
    ("TIFF", "CMYK", {}),
    ("TIFF", "RGBA", {"compression": "packbits"}),
    ("BMP", "1", {}),
    ("BMP", "P", {}),
    ("BMP", "RGB", {}),
    ("GIF", "P", {"transparency": 0}),
]
PLACES = ((4, 4), (90, 4), (48, 32), (4, 60), (90, 60))


def drawn(mode: str) -> Image.Image:
    """Return a picture with another colour in each corner and in the middle."""
    image = Image.new("RGB", SIZE, (200, 200, 200))
    draw = ImageDraw.Draw(image)
    for corner, colour in (((0, 0), "red"), ((64, 0), "green"), ((0, 40), "blue")):
        draw.rectangle((*corner, corner[0] + 31, corner[1] + 23), fill=colour)
    draw.rectangle((40, 26, 56, 38), fill="black")
    if mode == "I;16":
        return image.convert("I").point(lambda level: level * 257).convert(mode)
    converted = image.convert(mode)
    if mode in ("LA", "RGBA"):
        converted.putalpha(image.convert("L").point(lambda level: 255 - level // 2))
    return converted


def saved(kind: str, mode: str, options: dict[str, Any]) -> bytes:
    given = dict(options)
    if orientation := given.pop("orientation", None):
        given["exif"] = Image.Exif()
        given["exif"][0x0112] = orientation
    written = io.BytesIO()
    drawn(mode).save(written, kind, **given)
    return written.getvalue()


def told(content: bytes) -> str:
    """Return what is printed of a picture, by its colours in some places, or what is said of it."""
    made, findings = printed(content)
    said = "".join(f" {one.code} {one.message} {one.hint}" for one in findings)
    if made is None:
        return said.strip()
    with Image.open(io.BytesIO(made.content)) as image:
        scale = image.width / SIZE[0] if image.width > image.height else image.width / SIZE[1]
        at = [
            (min(image.width - 1, int(x * scale)), min(image.height - 1, int(y * scale)))
            for x, y in PLACES
        ]
        pixels = [rounded(image.getpixel(place)) for place in at]
        form = f"{image.mode} {image.width}×{image.height}"
    same = "as sent" if made.content == content else ""
    return f"{made.media_type} {form} grey={made.channels == 1} {same} {' '.join(pixels)}{said}"


def rounded(value: Any) -> str:
    """Return a colour in steps that no decoder's rounding changes."""
    levels = value if isinstance(value, tuple) else (value,)
    return "/".join(str(round(level / 16)) for level in levels)


def damaged(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "whole", content
    for share in (0.02, 0.1, 0.5, 0.9):
        yield f"cut at {share:g}", content[: int(len(content) * share)]
    for at in (*range(0, 40, 3), *range(40, 120, 11)):
        broken = bytearray(content)
        broken[at % len(broken)] ^= 0xFF
        yield f"byte {at} inverted", bytes(broken)
    yield "with more behind", content + b"<script>" * 100


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in KINDS}))
def test_of_every_kind(kind: str, request: pytest.FixtureRequest) -> None:
    sheet = ""
    for mode, options in ((mode, options) for one, mode, options in KINDS if one == kind):
        sheet += f"{kind} {mode} {options}\n"
        for name, content in damaged(saved(kind, mode, options)):
            sheet += f"  {name}: {told(content)}\n"
    compared(f"pictures/{kind}", sheet, request)
