"""What is said of pictures, everywhere they are shown, and why one is of no use."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from PIL import Image, UnidentifiedImageError

from hongtou.bulletin.finding import Finding, Severity, printable
from hongtou.pictures.files.parts import Unsuitable

ENOUGH = "印满版心宽只需 2500 像素"  # 156 mm at 400 dots per inch
USUAL_REMEDY = "请换用 JPEG 或 PNG（WebP、TIFF、BMP、GIF 也收），不超过 4000 万像素"
UNUSABLE = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    EOFError,
    struct.error,
)  # what Pillow raises for a picture that it cannot or should not read, or stumbles over


def unreadable(name: str, pointers: Iterable[str], cause: Exception) -> list[Finding]:
    """Tell that a picture is of no use."""
    remedy = cause.remedy if isinstance(cause, Unsuitable) else ""
    return _findings(
        "picture/unreadable",
        Severity.ERROR,
        pointers,
        f"图片“{printable(name)}”无法使用：{_reason(cause)}",
        remedy or USUAL_REMEDY,
    )


def too_many_pixels(name: str, pointer: str, count: int, most: int) -> Finding:
    """Tell that all pictures together have too many pixels; the picture is the largest."""
    (finding,) = _findings(
        "picture/too-many-pixels",
        Severity.ERROR,
        [pointer],
        f"全期图片共 {count // 10_000} 万像素，超过上限 {most // 10_000} 万像素",
        f"请缩小图片，从最大的“{printable(name)}”起：{ENOUGH}",
    )
    return finding


def first_only(name: str, pointers: Iterable[str]) -> list[Finding]:
    """Tell that of several pictures in a file the first is printed."""
    return _findings(
        "picture/first-only",
        Severity.WARNING,
        pointers,
        f"图片“{printable(name)}”里不止一幅（动图或多页），只印第一幅",
        "请核对；要印别的，请用看图软件把那一幅另存为 PNG",
    )


def profile_ignored(name: str, pointers: Iterable[str]) -> list[Finding]:
    """Tell that the colours of a picture could not be read as its profile means them."""
    return _findings(
        "picture/profile-ignored",
        Severity.NOTE,
        pointers,
        f"图片“{printable(name)}”的色彩描述文件（ICC）用不了，颜色按没有它来印",
        "请核对颜色；偏色时，请用看图软件转换为 sRGB 后另存一份",
    )


def _findings(
    code: str, severity: Severity, pointers: Iterable[str], message: str, hint: str
) -> list[Finding]:
    return [
        Finding(
            code=code, severity=severity, pointer=f"{pointer}/image", message=message, hint=hint
        )
        for pointer in pointers
    ]


def _reason(cause: Exception) -> str:
    if isinstance(cause, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return "像素过多"
    if isinstance(cause, Unsuitable):
        return str(cause)
    if isinstance(cause, UnidentifiedImageError):
        return "不是认得的图片格式"
    return "文件不完整或已损坏"
