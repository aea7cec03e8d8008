"""Files to import: fifty issues whole, a thousand damaged ones, and those of people who mean harm.

Of every one: an answer of 200 or 422 with a remedy, within ten seconds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from benchmarks.attack.row import Row
from benchmarks.importing.rounds import docx_of
from benchmarks.typography.bulletins import bulletin
from tests.support.hostile_word import HOSTILE, damaged, damaged_inside
from tests.support.serving import Answer, Serving, metric, serving

ISSUES, DAMAGED = 50, 1_000
MAX_SECONDS = 10.0
BOUNDARY = "part-of-an-import"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def run() -> list[Row]:
    """Send every file, and return what came of them."""
    chance = random.Random(25)
    whole = [docx_of(bulletin(seed)) for seed in range(ISSUES)]
    with serving() as service:
        return [
            _row(service, f"{ISSUES} 期 Word 文件", whole, {200}),
            _row(
                service,
                f"{DAMAGED} 个改坏的 Word 文件，一半改坏压缩包，一半改坏其中的 XML",
                (
                    (damaged, damaged_inside)[at % 2](chance.choice(whole), chance)
                    for at in range(DAMAGED)
                ),
                {200, 422},
            ),
            _row(
                service,
                f"{len(HOSTILE)} 种有害的文件（`tests/support/hostile_word.py`）",
                (made() for made, _ in HOSTILE.values()),
                {422},
            ),
        ]


def _row(service: Serving, name: str, files: Iterable[bytes], statuses: set[int]) -> Row:
    ended = metric(service, "hongtou_processes_ended_total")
    answers = [_import(service, content) for content in files]
    ended = metric(service, "hongtou_processes_ended_total") - ended
    found = Counter(answer.status for answer in answers)
    slowest = max(answer.seconds for answer in answers)
    told = "，".join(f"{count} 个 {status}" for status, count in sorted(found.items()))
    has_remedy = all(answer.status == 200 or "请" in answer.json["detail"] for answer in answers)
    for answer in answers:
        if answer.status not in statuses:
            print(name, answer.status, answer.body.decode()[:300], flush=True)
    is_right = found.keys() <= statuses and slowest <= MAX_SECONDS and has_remedy
    figures = f"{told}；最慢 {slowest:.2f} 秒；结束的排版进程 {ended:.0f}"
    return Row(name, figures, is_right and service.is_ready())


def _import(service: Serving, content: bytes) -> Answer:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return service.ask("POST", "/v1/imports", body, headers=FORM)
