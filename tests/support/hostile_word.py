"""Word files of those who mean harm, and damaged ones."""

from __future__ import annotations

import random
import re
import warnings
import zipfile
from io import BytesIO

from hongtou.bulletin.limits import MIB
from hongtou.importing.docx.package import MAX_ENTRIES
from hongtou.importing.old_word import OLE
from tests.support.word import paragraph, parts_of, word_file, zipped


def bomb(size: int, filled: int = 0) -> bytes:
    """Return a file with a picture of zeros, the first ``filled`` bytes of which do not pack."""
    picture = random.Random(1).randbytes(filled).ljust(size, b"\0")
    return zipped({**parts_of(paragraph("甲")), "word/media/a.png": picture})


def declared(dtd: str) -> bytes:
    parts = parts_of(paragraph("&a;" if "ENTITY" in dtd else "甲"))
    document = parts["word/document.xml"].replace(b"<w:document", dtd.encode() + b"<w:document", 1)
    return zipped({**parts, "word/document.xml": document})


def renamed(*entries: tuple[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name comes twice
        for name, content in [*parts_of(paragraph("甲")).items(), *entries]:
            archive.writestr(name, content)
    return written.getvalue()


def encrypted() -> bytes:
    content = bytearray(word_file(paragraph("甲")))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """Return a package two of whose entries are the same bytes."""
    content = bytearray(word_file(paragraph("甲")))
    starts = [found.start() for found in re.finditer(b"PK\x01\x02", content)]
    content[starts[1] + 42 : starts[1] + 46] = content[starts[0] + 42 : starts[0] + 46]
    return bytes(content)


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes of it changed, cut or said again."""
    content = bytearray(whole)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        match chance.randrange(8):
            case 0:
                del content[at : at + chance.randint(1, 200)]
            case 1:
                content[at:at] = content[at : at + chance.randint(1, 200)]
            case _:
                content[at] = chance.randrange(256)
        content = content or bytearray(b"P")
    return bytes(content)


def damaged_inside(whole: bytes, chance: random.Random) -> bytes:
    """Return a Word file that is whole as a package, one of whose parts is damaged."""
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([one for one in parts if one.endswith(".xml") and parts[one]])
    return zipped({**parts, name: damaged(parts[name], chance)})


LAUGHS = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY a '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
HOSTILE = {
    "a nested bomb": (lambda: zipped({**parts_of(""), "word/inner.docx": bomb(40 * MIB)}), "没有文字"),
    "overlapping entries": (overlapping, "已损坏|没有正文|重名"),
    "many thousand entries": (lambda: zipped({f"word/{n}.xml": b"" for n in range(60_000)}), "超过 2000"),
    "a link out": (lambda: renamed(("word/document.xml.lnk/../../x", b"/etc/passwd")), "越界"),
    "an OLE sheet": (lambda: OLE.ljust(600, b"\0") + "Workbook\0".encode("utf-16-le"), "不是 Word"),
    "a password of Word": (lambda: OLE.ljust(600, b"\0") + "EncryptedPackage\0".encode("utf-16-le"), "密码"),
    "a flat bomb": (lambda: bomb(300 * MIB), "解开后超过|压缩了"),
    "a small bomb": (lambda: bomb(5 * MIB), "解开后超过|压缩了"),
    "one packed 140 times": (lambda: bomb(2 * MIB, 13_000), "压缩了"),
    "many entries": (lambda: zipped({f"word/{n}.xml": b"" for n in range(MAX_ENTRIES + 1)}), "超过 2000"),
    "a way out": (lambda: renamed(("../../etc/passwd", b"")), "越界"),
    "an absolute name": (lambda: renamed(("/etc/passwd", b"")), "越界"),
    "one name twice": (lambda: renamed(("word/a.xml", b""), ("word/a.xml", b"")), "重名"),
    "macros": (lambda: renamed(("word/vbaProject.bin", b"x")), "宏"),
    "laughs": (lambda: declared(LAUGHS), "DTD"),
    "an external entity": (lambda: declared("<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"), "DTD"),
    "deep XML": (lambda: word_file("<w:p>" * 70 + "</w:p>" * 70), "嵌套太深"),
    "a password": (encrypted, "密码"),
    "a table sheet": (lambda: zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "不是 Word"),
    "an archive": (lambda: zipped({"a.txt": b"a"}), "压缩包"),
    "broken": (lambda: word_file(paragraph("甲"))[:-40], "已损坏"),
    "broken XML": (lambda: word_file("<w:p>"), "已损坏"),
    "without text": (lambda: word_file("<w:p/>"), "没有文字"),
}  # fmt: skip
