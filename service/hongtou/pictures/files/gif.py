"""GIF up to its first picture. Sections are those of GIF89a."""

from __future__ import annotations

from hongtou.pictures.files.parts import PictureFile, TooManyParts

START = b"GIF8"
MOST_BLOCKS = 100_000  # of at most 255 bytes each: 10 MiB have 41,000 full ones
EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, b";"
CONTROL = 0xF9  # §23: which colour is transparent
HEAD = 13  # bytes of signature and screen, §17 and §18
DESCRIPTOR = 10  # bytes, §20


def read(content: bytes) -> PictureFile:
    """Return the first picture of a GIF, with how it is meant and without texts.

    Raises: TooManyParts; IndexError where it ends too early.
    """
    screen_end = HEAD + _table_bytes(content[10])
    at, control = _extensions(content, screen_end)
    if content[at] != IMAGE:
        raise ValueError("GIF without a picture")
    end = _sub_blocks_end(content, at + DESCRIPTOR + _table_bytes(content[at + 9]) + 1)
    shown = content[:screen_end] + control + content[at:end] + TRAILER
    return PictureFile("GIF", shown, has_more=_has_more(content, end), size=_size(content, at))


def _size(content: bytes, image: int) -> tuple[int, int]:
    """Return the size of the screen, which grows with a picture that does not fit on it."""

    def number(at: int) -> int:
        return int.from_bytes(content[at : at + 2], "little")

    return (
        max(number(6), number(image + 1) + number(image + 5)),
        max(number(8), number(image + 3) + number(image + 7)),
    )


def _has_more(content: bytes, at: int) -> bool:
    try:
        return content[_extensions(content, at)[0]] == IMAGE
    except IndexError:
        return False


def _extensions(content: bytes, at: int) -> tuple[int, bytes]:
    """Return where the extensions from here end, and the last that says how a picture is meant."""
    control = b""
    for _ in range(MOST_BLOCKS):
        if content[at] != EXTENSION:
            return at, control
        end = _sub_blocks_end(content, at + 2)
        if content[at + 1] == CONTROL:
            control = content[at:end]
        at = end
    raise TooManyParts


def _sub_blocks_end(content: bytes, at: int) -> int:
    for _ in range(MOST_BLOCKS):
        length = content[at]
        at += 1 + length
        if not length:
            return at
    raise TooManyParts


def _table_bytes(flags: int) -> int:
    """Return the length of the colour table that the flags of a screen or picture tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
