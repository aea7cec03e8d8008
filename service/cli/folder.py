"""Issues, their pictures and finished files, as files of a folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from service.errors import TooLarge

STANDARD = Path("-")  # standard input or output
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")


class FolderPictures(Mapping[str, bytes]):
    """The pictures that lie beside an issue, by their bare names; read when asked for."""

    def __init__(self, folder: Path, largest_bytes: int) -> None:
        self._largest_bytes = largest_bytes
        self._paths = {
            path.name: path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()
        }

    def __getitem__(self, name: str) -> bytes:
        """Return a picture's bytes; TooLarge if it is over the limit."""
        path = self._paths[name]
        size = path.stat().st_size
        if size > self._largest_bytes:
            raise TooLarge(
                f"图片“{name}”有 {size} 字节，超过上限 {self._largest_bytes} 字节",
                hint="请缩小图片，或调高 HONGTOU_IMAGE_BYTES",
            )
        return path.read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def read_document(source: Path) -> bytes:
    """Return the bytes of an issue; - is standard input."""
    return sys.stdin.buffer.read() if source == STANDARD else source.read_bytes()


def folder_of(source: Path) -> Path:
    """Return the folder in which an issue's pictures are looked for."""
    return Path() if source == STANDARD else source.parent


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it; - is standard output."""
    if target == STANDARD:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    mask = os.umask(0)
    os.umask(mask)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as written:
        try:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
            os.fchmod(written.fileno(), 0o666 & ~mask)
            Path(written.name).replace(target)
        except BaseException:
            Path(written.name).unlink(missing_ok=True)
            raise
