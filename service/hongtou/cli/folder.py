"""Issues and their pictures in a folder; a file over its limit is not read whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hongtou.bulletin.errors import TooLarge
from hongtou.bulletin.limits import MAX_SOURCE_BYTES, MIB
from hongtou.bulletin.sizes import shown_size
from hongtou.cli.streams import read_in
from hongtou.cli.writing import STANDARD

TAKEN = (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".tif", ".tiff", ".bmp", ".gif")
# Read too, to be told what to do instead.
TOLD_OF = (".heic", ".heif", ".avif", ".svg", ".emf", ".wmf", ".psd", ".jp2")
PICTURE_SUFFIXES = (*TAKEN, *TOLD_OF)
MAX_ARCHIVED_BYTES = 256 * MIB  # an edition with all pictures that a request may have is smaller


class FolderPictures(Mapping[str, bytes]):
    """The pictures beside an issue by file name, read on access."""

    def __init__(self, folder: Path, largest_bytes: int) -> None:
        self._largest_bytes = largest_bytes
        self._paths = {
            path.name: path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()
        }

    def __getitem__(self, name: str) -> bytes:
        """Return the bytes of a picture.

        Raises:
            TooLarge: the picture is over the limit.
        """
        content = _read(self._paths[name], self._largest_bytes + 1)
        if len(content) > self._largest_bytes:
            raise TooLarge(
                f"图片“{name}”超过上限 {shown_size(self._largest_bytes)}",
                hint="请缩小图片，或调高 HONGTOU_IMAGE_BYTES",
            )
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def read_document(source: Path, largest_bytes: int) -> bytes:
    """Return the bytes of an issue; - is standard input.

    Reads at most one byte over the limit, as a device may never end.

    Raises:
        TooLarge: the issue is over the limit.
        OSError: it cannot be read; the error names it.
    """
    size = largest_bytes + 1
    content = read_in(size) if source == STANDARD else _read(source, size)
    if len(content) > largest_bytes:
        raise TooLarge(
            f"稿件超过上限 {shown_size(largest_bytes)}",
            hint="请核对文件，拆成几期，或调高 HONGTOU_MAX_BODY_BYTES",
        )
    return content


def read_source(source: Path) -> bytes:
    """Return the bytes of a file that is to be imported; - is standard input.

    Raises:
        TooLarge: it is over the limit.
        OSError: it cannot be read; the error names it.
    """
    return _read_file(source, MAX_SOURCE_BYTES, "请去掉大图片，或只留一期再导入")


def read_archived(source: Path) -> bytes:
    """Return the bytes of an archived edition; - is standard input.

    Raises:
        TooLarge: it is over the limit.
        OSError: it cannot be read; the error names it.
    """
    return _read_file(source, MAX_ARCHIVED_BYTES, "请核对文件")


def _read_file(source: Path, most: int, hint: str) -> bytes:
    content = read_in(most + 1) if source == STANDARD else _read(source, most + 1)
    if len(content) > most:
        raise TooLarge(f"文件超过上限 {shown_size(most)}", hint=hint)
    return content


def folder_of(source: Path) -> Path:
    """Return the folder that holds the pictures of an issue."""
    return Path() if source == STANDARD else source.parent


def _read(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as cause:
        raise OSError(cause.errno, cause.strerror, str(path)) from cause
