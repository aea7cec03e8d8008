"""BMP by its header: only pixels that are not compressed, which need no decoder in Python.

Source: the headers BITMAPFILEHEADER and BITMAPINFOHEADER of Windows.
"""

from __future__ import annotations

import struct

from hongtou.pictures.files.parts import PictureFile, Unsuitable

START = b"BM"
RAW, BIT_FIELDS = 0, 3
OLD_HEADER = 12  # bytes, of OS/2


def read(content: bytes) -> PictureFile:
    """Return a BMP as it is.

    Raises: Unsuitable; struct.error where it ends too early.
    """
    (length,) = struct.unpack_from("<I", content, 14)
    if length == OLD_HEADER:
        width, height = struct.unpack_from("<HH", content, 18)
    else:
        width, height = struct.unpack_from("<ii", content, 18)
        (compression,) = struct.unpack_from("<I", content, 30)
        if compression not in (RAW, BIT_FIELDS):
            raise Unsuitable("BMP 是压缩的", "请另存为 PNG")
    return PictureFile("BMP", content, size=(width, abs(height)))
