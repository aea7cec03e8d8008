"""Many different issues full of findings: what the service keeps is what it counts."""

from __future__ import annotations

import json

from benchmarks.attack.row import Row
from benchmarks.attack.watched import MIB, Watched, bounded
from benchmarks.service.processes import resident_bytes
from tests.support.serving import Answer, metric

ISSUES = 40  # with findings not counted, 1 GiB was full at the nineteenth
CACHE_BYTES = 16 * MIB
MAX_GROWTH = 48 * MIB  # the cache, and what one answer and the allocator take beside it


def run() -> list[Row]:
    """Render different issues of many findings, as files and as pictures, with a cache."""
    with bounded(cache_bytes=CACHE_BYTES) as watched:
        _render(watched, 0)
        before = resident_bytes(watched.service.process.pid)
        answers = [_render(watched, number) for number in range(1, ISSUES)]
        grown = resident_bytes(watched.service.process.pid) - before
        held = metric(watched.service, "hongtou_cache_bytes")
    done = sum(answer.status == 200 for answer in answers)
    figures = f"{done} 期，网络服务内存 +{grown / MIB:.0f} MiB，自己算作留存 {held / MIB:.1f} MiB（上限 {CACHE_BYTES // MIB}）"
    ok = done == ISSUES - 1 and held <= CACHE_BYTES and grown <= MAX_GROWTH
    return [Row(f"{ISSUES} 期各有两万条检查结果的首页图片，留存", figures, ok)]


def _render(watched: Watched, number: int) -> Answer:
    marks = ("字,字;" * 1250)[:5000]
    document = {
        "layout": "jianbao",
        "masthead": {
            "nameplate": "工作简报",
            "issue_number": number + 1,
            "issuing_body": "某某市创建办",
            "issue_date": "2026-11-23",
        },
        "articles": [{"headline": f"题{n}", "body": "\n".join([marks] * 4)} for n in range(5)],
        "closing": {"report_to": "市委"},
    }
    body = json.dumps(document, ensure_ascii=False).encode()
    return watched.service.ask("POST", "/v1/render?output=png", body)
