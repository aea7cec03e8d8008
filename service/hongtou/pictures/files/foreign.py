"""Formats that are not taken, and what to do about it."""

from __future__ import annotations

from hongtou.pictures.files.parts import Unsuitable

TELEPHONE = "请在手机的“设置 › 相机 › 格式”里选“兼容性最佳”再拍，或用看图软件另存为 JPEG"
BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC"
)  # the box ftyp of ISO/IEC 14496-12 §4.3, brands of ISO/IEC 23008-12 Annex B and of AVIF
STARTS = {b"%PDF": "PDF", b"%!PS": "PostScript", b"8BPS": "Photoshop 文件"}
HEAD = 1024  # bytes in which an SVG says what it is


def foreign(content: bytes) -> Unsuitable:
    """Return why a file is not taken that is of no format known here."""
    if kind := _brand(content):
        remedy = TELEPHONE if kind == "HEIC" else "请用看图软件另存为 JPEG"
        return Unsuitable(f"是 {kind}，不能直接印", remedy)
    for start, kind in STARTS.items():
        if content.startswith(start):
            return Unsuitable(f"是 {kind}，不是图片", "请导出为 PNG 或 JPEG")
    if b"<svg" in content[:HEAD]:
        return Unsuitable("是 SVG，不能直接印", "请按印出的大小导出为 PNG（每英寸 300 像素）")
    return Unsuitable("不是认得的图片格式")


def _brand(content: bytes) -> str:
    """Return what a file of boxes is by its major brand, and what by those it is compatible with.

    An AVIF may have mif1, of which HEIC is one kind, for its major brand.
    """
    if content[4:8] != b"ftyp":
        return ""
    box = content[8 : min(int.from_bytes(content[:4]), HEAD)]
    kinds = [BRANDS[brand] for at in range(0, len(box), 4) if (brand := box[at : at + 4]) in BRANDS]
    return "AVIF" if "AVIF" in kinds else kinds[0] if kinds else ""
