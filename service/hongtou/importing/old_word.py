"""Files of Word before 2007, which another program has to write anew; their bytes tell, not names.

WPS writes the same form as .wps. Source: [MS-CFB] 2.2 and 2.6.1; [MS-DOC] 2.5.1 and 2.5.2.
"""

from __future__ import annotations

from hongtou.bulletin.errors import ImportRefused

OLE, RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
SAVE_AS_DOCX = "请在 Word 或 WPS 里另存为 .docx 后再导入"
FIB, FIB_START = 512, b"\xec\xa5"  # where the text stream mostly begins, and with what
FLAGS, ENCRYPTED = 10, 0x0100


def is_old_word(content: bytes) -> bool:
    """Tell whether a file is one of Word before 2007, of WPS, or RTF.

    Raises:
        ImportRefused: it is of the same container, but encrypted, with macros, or no text.
    """
    if content.startswith(RTF):
        return True
    if not content.startswith(OLE):
        return False
    if _has(content, "EncryptedPackage") or _is_encrypted(content):
        raise ImportRefused("文件加了密码", hint="请在 Word 或 WPS 里去掉密码后再导入")
    if _has(content, "_VBA_PROJECT"):
        raise ImportRefused("文件里有宏", hint="请另存为不含宏的 .docx 后再导入")
    if not _has(content, "WordDocument"):
        raise ImportRefused("这不是 Word 文件（多半是表格、演示或邮件）", hint="请把文字粘贴进稿件")
    return True


def _has(content: bytes, name: str) -> bool:
    """Tell whether a stream or a storage has a name; the directory writes it in UTF-16."""
    return f"{name}\0".encode("utf-16-le") in content


def _is_encrypted(content: bytes) -> bool:
    if content[FIB : FIB + 2] != FIB_START:
        return False
    flags = content[FIB + FLAGS : FIB + FLAGS + 2]
    return bool(int.from_bytes(flags, "little") & ENCRYPTED)
