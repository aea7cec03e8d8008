"""A rule on pictures: they have the size and the colours that they say, by their own headers.

Readers draw something else, or nothing, where these differ. Sections are those of ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.kinds.pages import PICTURE
from hongtou.preflight.rule import Rule

CHANNELS: Final = {b"/DeviceGray": 1, b"/DeviceRGB": 3, b"/DeviceCMYK": 4}
MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}


def _otherwise_drawn(inspected: InspectedPdf) -> Iterator[str]:
    for match in inspected.objects.matches["image"].values():
        is_as_wide = match["Columns"] == match["Width"]  # §7.4.4.4
        if not is_as_wide or int(match["Colors"]) != CHANNELS[match["Space"]]:
            yield "有图片的宽或颜色与数据不同"
    for number, match in inspected.objects.matches["photograph"].items():
        content = inspected.pdf.get_object(int(number), 0).read_raw_bytes()
        said = MODES[CHANNELS[match["Space"]]], (int(match["Width"]), int(match["Height"]))
        if _header(content) != said:
            yield "有照片的大小或颜色与数据不同"


def _header(content: bytes) -> tuple[str, tuple[int, int]] | None:
    """Return the mode and size of a JPEG, None if it is none."""
    from hongtou.pictures.findings import UNUSABLE  # late, as few files have photographs
    from hongtou.pictures.reading import opened

    try:
        with opened(content, "JPEG") as image:
            return image.mode, image.size
    except UNUSABLE:
        return None


PICTURES = Rule(PICTURE, _otherwise_drawn)
