"""The package of a .docx: a ZIP from strangers, of which nothing is unpacked but what is read."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from hongtou.bulletin.errors import ImportRefused
from hongtou.bulletin.limits import MIB
from hongtou.bulletin.sizes import shown_size

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 200 * MIB
MAX_RATIO = 100  # unpacked to packed; XML of an issue has 5 to 20
MAX_PART_BYTES = 16 * MIB  # of XML; an issue of 300,000 characters has 10
CHECKED_RATIO_BYTES = MIB  # of an entry from which its own ratio counts
ENCRYPTED = 0x1  # of the general purpose flags (APPNOTE 4.4.4)
MACROS = ("vbaproject.bin", "vbadata.xml")
SAVE_AGAIN = "请在 Word 或 WPS 里另存为 .docx 后再导入"


class Package:
    """The entries of a .docx by name; a part is unpacked when it is asked for."""

    def __init__(self, content: bytes) -> None:
        """Open a package.

        Raises:
            ImportRefused: it is none, damaged, encrypted, has macros, or would unpack to too much.
        """
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            entries = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as cause:
            raise ImportRefused(".docx 已损坏", hint=SAVE_AGAIN) from cause
        _refuse_dangers(entries, len(content))
        self.names = frozenset(entry.filename for entry in entries)

    def part(self, name: str) -> bytes:
        """Return an XML part; b"" if there is none of this name.

        Raises:
            ImportRefused: it is too large or damaged.
        """
        content = self._unpacked(name) if name in self.names else b""
        if len(content) > MAX_PART_BYTES:
            raise ImportRefused(
                f".docx 里的文字部分超过 {shown_size(MAX_PART_BYTES)}", hint="请只留一期再导入"
            )
        return content

    def picture(self, name: str) -> bytes:
        """Return a picture; b"" if it is too large.

        Raises:
            ImportRefused: it is damaged.
        """
        content = self._unpacked(name)
        return content if len(content) <= MAX_PART_BYTES else b""

    def _unpacked(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as packed:
                return packed.read(MAX_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            OSError,  # of bz2
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as cause:
            raise ImportRefused(".docx 已损坏", hint=SAVE_AGAIN) from cause

    def like(self, start: str) -> list[str]:
        """Return the names that begin so and are XML."""
        return sorted(
            name for name in self.names if name.startswith(start) and name.endswith(".xml")
        )


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a package of their own."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _refuse_dangers(entries: Iterable[zipfile.ZipInfo], packed_bytes: int) -> None:
    names: set[str] = set()
    unpacked = 0
    for entry in entries:
        unpacked += entry.file_size
        _refuse_entry(entry, names)
        names.add(entry.filename)
        if len(names) > MAX_ENTRIES:
            raise ImportRefused(f".docx 里超过 {MAX_ENTRIES} 个文件", hint=SAVE_AGAIN)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * packed_bytes:
        raise ImportRefused(
            f".docx 解开后超过 {shown_size(MAX_UNPACKED_BYTES)}，或是原来的 {MAX_RATIO} 倍以上",
            hint="请去掉大图片，只留一期的文字再导入",
        )
    if "[Content_Types].xml" not in names:
        raise ImportRefused("这是压缩包，不是 .docx", hint="请解开后导入其中的文件")
    if not any(name.startswith("word/") for name in names):
        raise ImportRefused("这不是 Word 文件（多半是表格或演示）", hint="请把文字粘贴进稿件")


def _refuse_entry(entry: zipfile.ZipInfo, names: Iterable[str]) -> None:
    name = PurePosixPath(entry.filename)
    if entry.flag_bits & ENCRYPTED:
        raise ImportRefused(".docx 加了密码", hint="请去掉密码后再导入")
    if (
        entry.filename in names
        or name.is_absolute()
        or ".." in name.parts
        or "\\" in entry.filename
    ):
        raise ImportRefused(".docx 里有重名或越界的文件", hint=SAVE_AGAIN)
    if name.name.lower() in MACROS:
        raise ImportRefused("文件里有宏", hint="请另存为不含宏的 .docx 后再导入")
    is_large = entry.file_size > CHECKED_RATIO_BYTES
    if is_large and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise ImportRefused(f".docx 里有文件压缩了 {MAX_RATIO} 倍以上", hint=SAVE_AGAIN)
