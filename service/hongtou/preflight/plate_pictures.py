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

    return total_ink(_means(stream, entries_of(entries)))


def _means(stream: pikepdf.Object, entries: dict[str, bytes]) -> Image.Image:
    """Return the means of its blocks; of a JPEG they are read in half the time of its pixels."""
    from PIL import Image  # late, as few files have such pictures

    width, height = size = int(entries["Width"]), int(entries["Height"])
    if entries["Filter"] == b"/FlateDecode":
        return Image.frombytes("CMYK", size, stream.read_bytes()).reduce(BLOCK)
    try:
        with Image.open(io.BytesIO(stream.read_raw_bytes())) as image:
            if image.mode != "CMYK" or image.size != size:
                raise ValueError("a picture of another kind or size than it says")
            image.draft("CMYK", (max(1, width // BLOCK), max(1, height // BLOCK)))
            image.load()
    except (OSError, SyntaxError) as cause:
        raise ValueError("a broken picture") from cause
    return image
