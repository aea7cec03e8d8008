"""Files of pictures by their parts: only those that show go to a decoder.

Pillow takes chunks and segments one by one in Python, unpacks texts and profiles, copies the same
bytes for each entry of a camera's notes, and goes over the whole picture for each scan of a JPEG:
a file of 10 MiB may keep it busy for minutes. What is left out here was never printed.

parts.py     what all formats have in common, and the bounds
png.py, jpeg.py, webp.py, tiff.py, bmp.py, gif.py    one format each
foreign.py   formats that are known and not taken, each with what to do instead
"""

from __future__ import annotations

from collections.abc import Callable

from hongtou.pictures.files import bmp, gif, jpeg, png, tiff, webp
from hongtou.pictures.files.foreign import foreign
from hongtou.pictures.files.parts import PictureFile

READERS: tuple[tuple[tuple[bytes, ...], Callable[[bytes], PictureFile]], ...] = (
    ((png.START,), png.read),
    ((jpeg.START,), jpeg.read),
    ((gif.START,), gif.read),
    ((tiff.LITTLE, tiff.BIG), tiff.read),
    ((bmp.START,), bmp.read),
)  # by how a file begins


def open_file(content: bytes) -> PictureFile:
    """Return what of a picture's file shows.

    Raises:
        Unsuitable: it is of a format that is not taken, or in too many parts.
        LookupError, ValueError: it ends too early, or is damaged.
    """
    for starts, read in READERS:
        if content.startswith(starts):
            return read(content)
    if webp.is_webp(content):
        return webp.read(content)
    raise foreign(content)
