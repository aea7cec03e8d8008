"""Pictures in cyan, magenta, yellow and black: how much ink they put on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hongtou.preflight.entries import entries_of

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

BLOCK = 8  # pixels: ink is counted over a block of a JPEG, about 0.7 mm at 300 dots per inch


def ink_of_picture(stream: pikepdf.Object, entries: bytes) -> float:
    """Return the most ink of a picture, in %; ``entries`` are those of its stream, as text.

    Raises:
        ValueError: it is not whole, or of another kind than it says.
    """
    from hongtou.pictures.condition import total_ink

    return total_ink(_pixels(stream, entries_of(entries)).reduce(BLOCK))


def _pixels(stream: pikepdf.Object, entries: dict[str, bytes]) -> Image.Image:
    from PIL import Image  # late, as few files have such pictures

    size = int(entries["Width"]), int(entries["Height"])
    if entries["Filter"] == b"/FlateDecode":
        return Image.frombytes("CMYK", size, stream.read_bytes())
    try:
        with Image.open(io.BytesIO(stream.read_raw_bytes())) as image:
            image.load()
    except (OSError, SyntaxError) as cause:
        raise ValueError("a broken picture") from cause
    if image.mode != "CMYK" or image.size != size:
        raise ValueError("a picture of another kind or size than it says")
    return image
