"""Plain text → lines."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from itertools import pairwise

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing.lines import SourceLine, cleaned

ENCODINGS = ("utf-8", "gb18030")  # in this order: text in GB 18030 is seldom valid UTF-8
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
INDENT = re.compile(r"(?:\u3000{2}|\t| {4})(?! {0,4}[\u3000\t ])")  # more of it centres a line
MAX_CHARS = 300_000


def lines_of_text(content: bytes) -> list[SourceLine]:
    """Return the lines of a text file that are not empty.

    Raises:
        ImportRefused: it is no text, too long, or empty.
    """
    text = _decoded(content)
    if len(text) > MAX_CHARS:
        raise ImportRefused(f"文本超过 {MAX_CHARS} 字", hint="请拆成几期再导入")
    found = [
        SourceLine(number, cleaned(line), is_indented=INDENT.match(line) is not None)
        for number, line in enumerate(text.splitlines(), 1)
        if cleaned(line)
    ]
    if not found:
        raise ImportRefused("文件里没有文字", hint="请检查是不是这个文件")
    return _parted(found)


def _parted(lines: list[SourceLine]) -> list[SourceLine]:
    """Return the lines with those that empty ones part from the line before.

    Where most are, it says nothing of paragraphs.
    """
    before = {two.number: one.number for one, two in pairwise(lines) if two.number > one.number + 1}
    if 2 * len(before) > len(lines):
        return lines
    return [replace(line, parted_from=before.get(line.number, 0)) for line in lines]


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportRefused(
        "这个文件不是文本，也不是 .docx 或 PDF", hint="请在 Word 或 WPS 里另存为 .docx 后再导入"
    )
