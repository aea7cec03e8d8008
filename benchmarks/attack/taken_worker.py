"""A worker whose code is the attacker's: what it reaches, and what it makes the service send."""

from __future__ import annotations

import pytest

from benchmarks.attack.row import Row
from tests.support.beset import WAYS, Beset, beset_service, peak_bytes
from tests.support.taken import FILES, HARMLESS, REPLIES

TITLES = dict(zip(WAYS, ("照现在的用户", "普通用户", "普通用户，不许建名字空间"), strict=True))
MIB = 1024 * 1024


def run() -> list[Row]:
    """Try all of it, in each way that this system lets a service be run."""
    rows = []
    for way in WAYS:
        try:
            with beset_service(way) as beset:
                rows += [_reached(beset, TITLES[way]), _seen(beset, TITLES[way])]
                if way == WAYS[0]:
                    rows += [_replies(beset), _files(beset)]
        except pytest.skip.Exception as reason:
            rows.append(Row(TITLES[way], f"没有试：{reason}", True))
    return rows


def _reached(beset: Beset, title: str) -> Row:
    """Try to reach files, keys, other processes and the network."""
    sibling = beset.told({"seen": "x"}, tenant=1)["process"]
    tried = beset.told({"aims": beset.aims(sibling)})["tried"]
    done = [name for name, outcome in tried.items() if outcome]
    figures = f"{len(tried)} 种尝试，做成 {len(done)} 种" + ("：" + "、".join(done) if done else "")
    return Row(f"{title}：文件、密钥、别的进程、网络", figures, not done)


def _seen(beset: Beset, title: str) -> Row:
    """Look for the documents of another tenant."""
    beset.told({"seen": "of the first"}, tenant=0)
    seen = beset.told({"seen": "of the second"}, tenant=1)["seen"]
    held = "of the first" not in seen
    return Row(f"{title}：别家的稿件", "没有见到" if held else "见到了", held)


def _replies(beset: Beset) -> Row:
    """Send what is no reply: pickles, endless ones, names that headers stumble over."""
    names = [*REPLIES, "drop by drop", "without end"]
    answers = [beset.ask("/v1/render", {"reply": name}) for name in names]
    refused = sum(one.status in (500, 503, 504) and "X-Evil" not in one.headers for one in answers)
    grown = peak_bytes(beset.service.process.pid) - beset.idle_bytes
    figures = f"{len(names)} 种，拒绝 {refused} 种，网络服务内存 +{grown / MIB:.0f} MiB"
    return Row("不是答复的答复", figures, refused == len(names) and beset.is_unharmed())


def _files(beset: Beset) -> Row:
    """Make files that must not leave: a script, HTML, nothing."""
    orders = [(name, output) for name in FILES for output in ("screen", "png")]
    left = [
        name
        for name, output in orders
        if beset.ask(f"/v1/render?output={output}", {"file": name}).status == 200
    ]
    named = beset.ask("/v1/render", {"file": HARMLESS}).headers["Content-Type"]
    figures = f"{len(orders)} 种，送出 {len(left)} 种；说是 text/html 的 PDF 答复为 {named}"
    return Row("不合格的成品与自称的类型", figures, not left and named == "application/pdf")
