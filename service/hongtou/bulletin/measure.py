"""Lengths: millimetres for the page, points for type, and the Chinese type sizes."""

from __future__ import annotations

MM_PER_INCH = 25.4
PT_PER_INCH = 72
PT_PER_MM = PT_PER_INCH / MM_PER_INCH
PX_PER_PT = 96 / 72

TYPE_SIZES_PT = {
    # Points per 字号, as word processors set them. 三号 is the exception: 28 characters of
    # 16 pt are 158 mm and do not fit the type area of 156 mm; 15.75 pt do, and they alone
    # agree with GB/T 9704-2012 §3.2 and §5.2.3 (22 lines of 28 characters).
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 15.75,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
}


def pt_from_mm(length_mm: float) -> float:
    """Return a length in points."""
    return length_mm * PT_PER_MM


def mm_from_pt(length_pt: float) -> float:
    """Return a length in millimetres."""
    return length_pt / PT_PER_MM
