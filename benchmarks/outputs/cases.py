"""What is made of which issue, and what it may take: as was asked for when the outputs were begun."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from PIL import Image

from benchmarks.service.record import ROOT
from hongtou.bulletin.order import OptionValue, Order, Purpose
from tests.support.documents import article, document, encoded

KB = 1000
REAL = ROOT / "tests" / "issues" / "real-issue.json"
PIXELS = (1417, 945)  # of a photo as it is printed: 120 mm at 300 dots per inch
MEGAPIXELS = PIXELS[0] * PIXELS[1] / 1e6
ROWS = 113


class Sizes(NamedTuple):
    """Sizes in bytes: of the file, of the one that it is held against, of the JSON of the issue."""

    file: int
    base: int
    issue: int


@dataclass(frozen=True)
class Goal:
    """A figure that is to be kept: as words, and the test of what was measured."""

    said: str
    is_kept: Callable[[float], bool] | Callable[[Sizes], bool]


@dataclass(frozen=True)
class Case:
    """An order of an issue, held against another order of the same issue.

    ``time`` is about the ratio of both processor times or, where it ``is_absolute``, about seconds;
    ``per`` divides the difference of both into milliseconds of a unit. ``size`` is about bytes.
    """

    title: str
    order: Order
    base: Order = field(default_factory=Order)
    issue: str = "real"
    time: Goal | None = None
    size: Goal | None = None
    is_absolute: bool = False
    per: float = 0


def order(output: str, **options: OptionValue) -> Order:
    """Return an order with these options."""
    return Order(output, options=tuple(sorted(options.items())))


def at_most(most: float, unit: str = " 倍") -> Goal:
    """Return the goal of a time."""
    return Goal(f"≤ {most:g}{unit}", lambda found: found <= most)


def more(most: float) -> Goal:
    """Return the goal of a file that is at most this many kB larger than its base."""
    return Goal(f"多 ≤ {most:g} kB", lambda found: found.file - found.base <= most * KB)


def times(most: float) -> Goal:
    """Return the goal of a file that is at most this many times as large as its base."""
    return Goal(f"≤ {most:g} 倍", lambda found: found.file <= most * found.base)


MIRRORED = order("screen", margins="mirror")
CASES = (
    Case("screen", Order()),
    Case("screen，校样", Order(purpose=Purpose.PROOF)),
    Case("archive，PDF/A-3a", order("archive"), time=at_most(1.10)),
    Case(
        "archive，PDF/A-2a，没有附件", order("archive", part="2a"), time=at_most(1.10), size=more(9)
    ),
    Case("archive，PDF/A-4f", order("archive", part="4f"), time=at_most(1.10)),
    Case("print，PDF/X-4", order("print"), time=at_most(1.10), size=more(70)),
    Case("print，PDF/X-1a", order("print", standard="x1a"), time=at_most(1.35), size=more(10)),
    Case(
        "booklet，与同样订口的 screen 比",
        order("booklet"),
        MIRRORED,
        time=at_most(1.15),
        size=Goal("±3 %", lambda found: abs(found.file - found.base) <= 0.03 * found.base),
    ),
    Case(
        "copies，一千份，与一份比",
        order("copies", count=1000),
        order("copies", count=1),
        time=at_most(1, " 秒"),
        size=more(600),
        is_absolute=True,
    ),
    Case("ofd", order("ofd"), time=at_most(1.8), size=times(1.4)),
    Case(
        "html",
        order("html"),
        time=at_most(0.5),
        size=Goal("≤ 3 倍 JSON", lambda found: found.file <= 3 * found.issue),
    ),
    Case(
        "docx",
        order("docx"),
        time=at_most(3),
        size=Goal("≤ 80 kB", lambda found: found.file <= 80 * KB),
    ),
    Case(f"docx，{ROWS} 行的表", order("docx"), issue="table", time=at_most(4)),
    Case("png，一页", order("png")),
    Case("report", order("report")),
    Case(
        "print，彩色照片，每百万像素",
        order("print"),
        issue="photo",
        time=at_most(80, " 毫秒"),
        per=MEGAPIXELS,
    ),
)


@cache
def issue_of(name: str) -> tuple[bytes, Mapping[str, bytes]]:
    """Return an issue by its name, with its pictures."""
    if name == "real":
        return REAL.read_bytes(), {}
    if name == "table":
        rows = [[f"第 {row} 项", "已完成", f"{row * 3}"] for row in range(ROWS)]
        table = {"type": "table", "caption": "进展", "header": ["事项", "状态", "数"], "rows": rows}
        return encoded(document(articles=[article(body=[table])])), {}
    figure = {"type": "figure", "image": "photo.jpg", "caption": "现场"}
    return encoded(document(articles=[article(body=[figure])])), {"photo.jpg": _photo()}


def issue_bytes(name: str) -> int:
    """Return the length of the JSON of an issue without blanks, in bytes."""
    sent = json.loads(issue_of(name)[0])
    return len(json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode())


def _photo() -> bytes:
    """Return a photo of many colours."""
    across, down = Image.linear_gradient("L"), Image.radial_gradient("L")
    mixed = Image.merge("RGB", (across, down, across.rotate(90))).resize(PIXELS)
    grain = Image.merge("RGB", [Image.effect_noise(PIXELS, 20)] * 3)
    written = io.BytesIO()
    Image.blend(mixed, grain, 0.2).save(written, "JPEG", quality=90)
    return written.getvalue()
