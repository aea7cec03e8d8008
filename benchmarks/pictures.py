"""What pictures cost: telephone photos and scans, over HTTP, by a worker with its usual limits.

``python -m benchmarks.pictures`` writes its figures into docs/performance.md.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from benchmarks.service.record import ROOT, machine, write
from tests.support.serving import Answer, Serving, serving

PAGE = ROOT / "docs" / "performance.md"
MEGABYTE = 1_000_000
MOST_SECONDS, MOST_MEGABYTES = 3.0, 8.0  # of ten photos of 12 megapixels
PHOTO, SCAN = (4032, 3024), (2480, 3508)  # pixels: a telephone's, and A4 at 300 dots per inch
DETAILS = ((12, 1.0), (60, 0.45), (300, 0.35), (1500, 0.2))  # how many across, how strong
GRAIN, PAPER = 8, 2  # levels of noise, of a sensor and of paper
BOUNDARY = b"pictures"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY.decode()}"}

Pictures = Mapping[str, bytes]


def main() -> None:
    """Render every case after one that warms up, and record it."""
    run_on = machine()
    figures: dict[str, str] = {}
    answers: dict[str, Answer] = {}
    with serving() as service:
        ask(service, {}, None)
        for name, pictures, width_mm in cases():
            answers[name] = ask(service, pictures, width_mm)
            figures[name] = _figures(pictures, answers[name])
            print(f"{name}：{figures[name]}", flush=True)
    first = next(iter(answers.values()))
    promises = {
        f"十张照片 ≤ {MOST_SECONDS:g} 秒": first.seconds <= MOST_SECONDS,
        f"十张照片的 PDF ≤ {MOST_MEGABYTES:g} MB": len(first.body) <= MOST_MEGABYTES * MEGABYTE,
        "每一种都排得出": all(answer.status == 200 for answer in answers.values()),
    }
    seconds = {name: answer.seconds for name, answer in answers.items()}
    write("pictures", run_on, figures, promises, seconds, PAGE)


def cases() -> Iterator[tuple[str, Pictures, int | None]]:
    """Yield what is sent: a name, pictures, and how wide they are printed in millimetres."""
    photos = {f"{number}.jpg": photo(number) for number in range(10)}
    yield "10 张 1200 万像素的照片，宽 120 毫米", photos, None
    yield "同上，各占满版心宽（156 毫米）", photos, 156
    yield "3 张同样的照片", dict(list(photos.items())[:3]), None
    for mode, name in (("L", "灰度"), ("RGB", "彩色")):
        scans = {f"{number}.png": scan(number, mode) for number in range(8)}
        yield f"8 张 A4 扫描件，每英寸 300 点，{name} PNG", scans, 150


def ask(service: Serving, pictures: Pictures, width_mm: int | None) -> Answer:
    """Return the answer to an issue of these pictures."""
    figures = [{"type": "figure", "image": name, "width_mm": width_mm} for name in pictures]
    document: dict[str, Any] = {
        "masthead": {
            "nameplate": "工作动态",
            "issue_number": 1,
            "issuing_body": "某某市创建办",
            "issue_date": "2026-11-23",
        },
        "articles": [{"headline": "现场照片", "body": ["各项工作有序推进。", *figures]}],
        "closing": {},
    }
    issue = json.dumps(document, ensure_ascii=False).encode()
    parts = {"issue": issue, **pictures}
    body = b"".join(_part(name, content) for name, content in parts.items())
    return service.ask("POST", "/v1/render", body + b"--" + BOUNDARY + b"--\r\n", headers=FORM)


def photo(number: int) -> bytes:
    """Return a photo with detail of every size and the grain of a sensor, 5 MB of JPEG."""
    chance = Random(number)
    image = Image.new("RGB", PHOTO)
    for across, strength in DETAILS:
        size = (across, across * 3 // 4)
        colours = Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))
        image = Image.blend(image, colours.resize(PHOTO, Image.Resampling.BICUBIC), strength)
    grain = Image.merge("RGB", [Image.effect_noise(PHOTO, GRAIN) for _ in range(3)])
    return _saved(ImageChops.add(image, grain, 1, -128), "JPEG", quality=92)


def scan(number: int, mode: str) -> bytes:
    """Return a scanned page: lines of text as bars, on paper that is not quite white."""
    paper = Image.effect_noise(SCAN, PAPER).point(lambda level: min(255, level + 117))
    drawing = ImageDraw.Draw(paper)
    for top in range(200 + number, 3300, 60):
        drawing.line([200, top, 2280, top], fill=30, width=14)
    return _saved(paper.convert(mode), "PNG")


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def _part(name: str, content: bytes) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"'.encode()
    return b"--" + BOUNDARY + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def _figures(pictures: Pictures, answer: Answer) -> str:
    sent = sum(map(len, pictures.values())) / MEGABYTE
    if answer.status != 200:
        return f"送来 {sent:.1f} MB，答复 {answer.status}：{answer.json['detail']}"
    return f"送来 {sent:.1f} MB，{answer.seconds:.1f} 秒，PDF {len(answer.body) / MEGABYTE:.1f} MB"


if __name__ == "__main__":
    main()
