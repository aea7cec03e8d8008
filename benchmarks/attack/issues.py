"""The dearest issues of each kind that are allowed: each within every limit of `service/hongtou/bulletin/limits.py`."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageChops

from hongtou.bulletin.limits import Limits

LIMITS = Limits()
FULL_PAGE_LINES = (
    21  # of a page that an article fills, for bodies of nearly as many pages as may be
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A document and the pictures sent with it."""

    document: bytes
    images: dict[str, bytes] = field(default_factory=dict)


def issue(*given: dict[str, Any], **parts: Any) -> bytes:
    """Return an issue of these articles as JSON."""
    whole = {
        "layout": "jianbao",
        "masthead": {
            "nameplate": "工作简报",
            "issue_number": 3,
            "issuing_body": "某某市创建办",
            "issue_date": "2026-11-23",
        },
        "articles": list(given),
        "closing": {"report_to": "市委"},
    }
    return json.dumps({**whole, **parts}, ensure_ascii=False, separators=(",", ":")).encode()


def article(body: Any, **fields: Any) -> dict[str, Any]:
    return {"headline": "题", "body": body, **fields}


def filled(unit: str, size: int) -> str:
    """Return a text of this many characters that repeats one piece."""
    return (unit * (size // len(unit) + 1))[:size]


def of_text(unit: str, pages: float) -> bytes:
    """Return an issue that fills this many pages with one piece, in paragraphs as long as may be."""
    size = min(int(pages * FULL_PAGE_LINES * 27), LIMITS.total_chars - 2_000)
    count = size // LIMITS.paragraph_chars
    paragraphs = [filled(unit, LIMITS.paragraph_chars)] * count
    return issue(article(paragraphs))


def table(rows: int, columns: int, cell: str, **fields: Any) -> dict[str, Any]:
    return {"type": "table", "rows": [[cell] * columns] * rows, **fields}


def tables(cell: str, **fields: Any) -> bytes:
    """Return an issue with all the cells that may be, in two tables."""
    rows = LIMITS.total_cells // LIMITS.table_columns // 2
    return issue(article([table(rows, LIMITS.table_columns, cell, **fields)] * 2))


def heads(**fields: Any) -> bytes:
    """Return an issue of as many articles as may be, each with this head."""
    return issue(*[article("文。", **fields)] * LIMITS.articles)


def figures(*pictures: bytes) -> Sent:
    names = [f"{number}.png" for number in range(len(pictures))]
    body = [{"type": "figure", "image": name} for name in names]
    return Sent(issue(article(body)), dict(zip(names, pictures, strict=True)))


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def noise(side: int, mask: int) -> Image.Image:
    """Return noise of few levels, which a compressor searches longest; it packs well enough to send."""
    grey = Image.effect_noise((side, side), 80).point(lambda level: level & mask)
    shifted = (ImageChops.offset(grey, 311, 7), ImageChops.offset(grey, 97, 1901))
    return Image.merge("RGB", (grey, *shifted))


def photo(number: int, kind: str = "JPEG") -> bytes:
    """Return a photo of 12 megapixels; as MPO with a small picture behind it, as telephones do."""
    ground = Image.radial_gradient("L").resize((4032, 3024))
    grain = ImageChops.add(ground, Image.effect_noise((4032, 3024), 12), 2)
    picture = Image.merge("RGB", (grain, ImageChops.offset(grain, 40 * number), ground))
    more = {"save_all": True, "append_images": [picture.resize((1008, 756))]}
    return saved(picture, kind, quality=88, **(more if kind == "MPO" else {}))


def many_scans(side: int, times: int) -> bytes:
    """Return a progressive JPEG whose last scan comes over and over."""
    content = saved(Image.new("RGB", (side, side), (9, 80, 160)), "JPEG", progressive=True)
    start, end = content.rindex(b"\xff\xda"), content.rindex(b"\xff\xd9")
    return content[:end] + content[start:end] * times + content[end:]


def chunk(name: bytes, data: bytes) -> bytes:
    """Source: PNG (Third Edition) §5.3."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def deep_png(side: int, number: int) -> bytes:
    """Return a flat PNG of four channels of 16 bits."""
    row = b"\0" + bytes([number, 2, 3, 4, 5, 6, 7, 128]) * side
    head = struct.pack(">IIBBBBB", side, side, 16, 6, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(row * side, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def _names(size: int) -> dict[str, list[str]]:
    return {key: [filled("名", size)] * 20 for key in ("approvers", "reviewers", "editors")}


WORST: dict[str, Callable[[], Sent | bytes]] = {
    "汉字排满": lambda: of_text("今天天气好，我们去公园。", 190),
    "数字与单位": lambda: of_text("2026年1月2日3个4项", 190),
    "半角标点": lambda: of_text("字,", 190),
    "嵌套的括号": lambda: issue(article([filled("(", 2_500) + filled(")", 2_500)] * 59)),
    "没有可断处的词": lambda: of_text("a", 380),
    "网址": lambda: of_text("https://example.gov.cn/a-b_c?d=e&f=", 330),
    "一字一段": lambda: issue(*[article("字。\n" * 200)] * 20),
    "按语一字一行": lambda: issue(*[article("文。", editors_note="按\n" * 65)] * 60),
    "简讯一字一行": lambda: issue(briefs={"items": ["字\n" * 40] * 100}),
    "附注": lambda: issue(*[article([{"type": "note", "text": "字"}] * 200)] * 20),
    "附件": lambda: issue(*[article([{"type": "attachments", "items": ["名单"] * 50}] * 20)] * 4),
    "标题与引题副题": lambda: heads(
        headline=filled("健全机制", 100),
        kicker=filled("引", 200),
        subhead=filled("副", 200),
        byline=filled("署", 200),
        contents_title=filled("目", 200),
    ),
    "标题里有排不下的词": lambda: heads(
        headline="字" * 40 + "a" * 60,
        kicker="字" * 70 + "a" * 60 + "字" * 70,
        subhead="字" * 70 + "a" * 60 + "字" * 70,
    ),
    "报尾": lambda: issue(
        article("文。"),
        closing={"report_to": filled("市委、", 300), **_names(3)},
    ),
    "表格，空格": lambda: tables(""),
    "表格，每格 12 字": lambda: tables(filled("字1a", 12)),
    "横排表格": lambda: tables("字", orientation="landscape"),
    "横排表格，表头高": lambda: issue(
        article([table(50, 12, "字", orientation="landscape", header=[filled("字", 24)] * 12)] * 9)
    ),
    "200 个一格的表格": lambda: issue(
        article([table(1, 1, "字")] * (LIMITS.tables - 20)), article([table(24, 12, "字")] * 20)
    ),
    "PNG 噪点，1 亿像素": lambda: figures(
        *(saved(noise(4_080, 0x80), compress_level=4) for _ in range(6))
    ),
    "PNG 四色噪点": lambda: figures(*(saved(noise(2_850, 0xC0)) for _ in range(6))),
    "16 位带透明的 PNG，2 亿像素": lambda: figures(*(deep_png(6_300, n) for n in range(5))),
    "16 张 1200 万像素的照片": lambda: figures(*(photo(number) for number in range(16))),
    "3 张手机照片（MPO）": lambda: figures(*(photo(number, "MPO") for number in range(3))),
    "JPEG，64 遍扫描，2 亿像素": lambda: figures(*(many_scans(6_300, 54 - n) for n in range(5))),
    "WebP 噪点": lambda: figures(
        *(saved(noise(4_080, 0x80), "WEBP", lossless=True, quality=0) for _ in range(6))
    ),
    "TIFF 噪点，LZW": lambda: figures(
        *(saved(noise(4_080, 0x80), "TIFF", compression="tiff_lzw") for _ in range(6))
    ),
    "200 处用同一张图": lambda: Sent(
        issue(*[article([{"type": "figure", "image": "0.png", "width_mm": 20}] * 50)] * 4),
        {"0.png": photo(0)},
    ),
}

BEYOND: dict[str, Callable[[], Sent | bytes]] = {
    "8 个 300×12 的空表格": lambda: issue(article([table(300, 12, "")] * 8)),
    "6,000 个一格的表格": lambda: issue(*[article([table(1, 1, "字")] * 100)] * 60),
    "按语 2,400 行，60 篇": lambda: issue(*[article("文。", editors_note="按\n" * 2_400)] * 60),
    "附件 25,000 项": lambda: issue(
        *[article([{"type": "attachments", "items": ["字"] * 50}] * 100)] * 5
    ),
    "545 页": lambda: issue(*[article("字。\n" * 160)] * 60),
    "90 万个值": lambda: issue(articles=[0] * 900_000),
    "一个 190 万字的字段名": lambda: issue(article("文。"), **{"k" * 1_900_000: ["\x7f"] * 120}),
    "10 张 3969 万像素的 PNG": lambda: figures(
        *(saved(Image.new("RGB", (6_300, 6_300), (number, 2, 3))) for number in range(10))
    ),
    "PNG 分作 80 万块": lambda: figures(
        _stuffed(saved(Image.new("RGB", (400, 400))), 33, chunk(b"teST", b"") * 800_000)
    ),
    "JPEG 分作 250 万段": lambda: figures(
        _stuffed(saved(Image.new("RGB", (400, 400)), "JPEG"), 2, b"\xff\xe5\x00\x02" * 2_500_000)
    ),
    "JPEG，3,000 遍扫描": lambda: figures(many_scans(2_000, 3_000)),
}


def _stuffed(content: bytes, at: int, more: bytes) -> bytes:
    return content[:at] + more + content[at:]
