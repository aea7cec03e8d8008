"""Figures that operators are told are those of the code: limits, and how long what may last."""

from __future__ import annotations

import pytest

from hongtou import keys
from hongtou.bulletin import finding
from hongtou.pictures import reading
from hongtou.pictures.files import jpeg, parts
from hongtou.preflight import picture
from hongtou.rendering import (
    fork_server,
    frames,
    health,
    probe,
    process,
    queue,
    supervisor,
    worker,
    workforce,
)
from hongtou.rendering.sandbox import MIB
from hongtou.store import trying
from hongtou.web import archive_trial, bodies, head, log, problem_answers, readiness, watchdog
from hongtou.web.api import forms
from hongtou.web.api.archive import schemas
from hongtou.web.server import (
    chunks,
    descriptors,
    handover,
    incoming,
    sending,
    shutdown,
    slow_clients,
    sockets,
    start,
)
from tests.support.shop import ROOT

KIB = 1024
FIELDS = "、".join(
    f"`{name}` {field.max_chars:,}" + "（更长的不看）" * (name in head.IGNORED_IF_LONG)
    for name, field in head.FIELDS.items()
)

# By page of docs/, what it says, with the figures of the code in place of {}.
STATED: list[tuple[str, str, tuple[float | str, ...]]] = [
    ("security", "| 请求头合计 | {} KiB | 431 |", (head.MAX_HEAD_BYTES / KIB,)),
    ("security", "的 `FIELDS`），字 | {} | 431 |", (FIELDS,)),
    ("security", "| 路径、参数 | 各 {} 字 | 414 |", (head.MAX_PATH_CHARS,)),
    ("security", "| 路径、参数 | 各 {} 字 | 414 |", (head.MAX_QUERY_CHARS,)),
    ("security", "| 请求方法 | 认得的 {} 种 | 501 |", (len(head.METHODS),)),
    (
        "security",
        "| 分块传输：块头、全部尾部 | 各 {} KiB；{} 块之后平均不小于 {} 字节 | 400 |",
        (chunks.MAX_LINE_BYTES / KIB, chunks.SPARE_CHUNKS, chunks.MIN_CHUNK_BYTES),
    ),
    ("security", "最后一个之后 | 各 {} KiB | 400 |", (forms.MAX_HEAD_BYTES / KIB,)),
    ("security", "| 表单：部分的名称 | {} 字 | 400 |", (forms.MAX_NAME_CHARS,)),
    ("security", "其余地址 {} KiB，", (bodies.MAX_UNREAD_BYTES / KIB,)),
    (
        "security",
        "| 全部连接收着的大请求体（{} KiB 以上） | {} MiB；启动时临时目录的空间减去 {} MiB 若更少",
        (
            incoming.IN_MEMORY_BYTES / KIB,
            start.UPLOAD_BYTES / MIB,
            readiness.FREE_BYTES / MIB,
        ),
    ),
    ("security", "| 全部连接还没取走的答复 | {} MiB | 断开 |", (start.ANSWER_BYTES / MIB,)),
    ("security", "| 连接 | {} 个 |", (descriptors.MAX_CONNECTIONS,)),
    ("security", "拒绝以后再听 {} 秒", (sending.LINGER_SECONDS,)),
    (
        "security",
        "半分钟里收、送不到 {} KiB 的，或者半分钟之后平均不到每秒 {} KiB 的，断开",
        (slow_clients.MIN_BYTES / KIB, slow_clients.MIN_RATE / KIB),
    ),
    ("security", "每行不超过 {} KiB", (log.MAX_BYTES / KIB,)),
    (
        "security",
        "（JSON 至多 {} MiB，成品至多 {} MiB）",
        (frames.FROM_WORKER.head_bytes / MIB, frames.FROM_WORKER.blob_bytes / MIB),
    ),
    ("security", "每英寸至多 {} 像素", (picture.MAX_DOTS_PER_INCH,)),
    ("security", "每 {} 秒重读一次", (keys.LOOK_SECONDS,)),
    (
        "deploy",
        "服务停住 {} 秒会自己结束（`stuck`，退出码 {}）",
        (watchdog.END_SECONDS, watchdog.STUCK),
    ),
    ("deploy", "合计至多 {} MiB；", (start.UPLOAD_BYTES / MIB,)),
    ("deploy", "空闲不到 {} MiB 就不算就绪", (readiness.FREE_BYTES / MIB,)),
    ("deploy", "排版的占到 {} MiB 就换", (worker.RESIDENT_BYTES / MIB,)),
    (
        "deploy",
        "{} 秒不出声的由它关上，最迟 {} 秒结束",
        (handover.SILENT_SECONDS, shutdown.DRAIN_SECONDS),
    ),
    ("deploy", "超过 {} 秒就不算就绪", (health.RENDER_SECONDS,)),
    ("deploy", "| 母进程载入字体、版式和程序库 | {} 秒 |", (fork_server.OPENING_SECONDS,)),
    ("deploy", "| 母进程答复 | {} 秒 |", (fork_server.ANSWER_SECONDS,)),
    ("deploy", "| 就绪与否，母进程应一声 | {} 秒 |", (workforce.PING_SECONDS,)),
    ("deploy", "| 得到一个排版进程 | {} 秒 |", (workforce.REPLACEMENT_SECONDS,)),
    ("deploy", "| 安装有缺，再试一次 | {} 秒 |", (supervisor.AFTER_FAILURE_SECONDS,)),
    ("deploy", "| 母进程说出一个排版进程怎样结束 | {} 秒 |", (process.ENDING_SECONDS,)),
    ("deploy", "| 看管线程走一圈 | {} 秒 |", (health.HEARTBEAT_SECONDS,)),
    ("deploy", "| 没有人排，自己试排一期 | {} 秒 |", (probe.DUE_SECONDS,)),
    ("deploy", "| 循环、线程池应一声 | {} 秒 |", (watchdog.HANGING_SECONDS,)),
    ("deploy", "| 离开的客户端被发现，排队时 | {} 秒 |", (queue.LOOK_SECONDS,)),
    ("deploy", "| 离开的客户端被发现，排版时 | {} 秒 |", (process.LOOK_SECONDS,)),
    ("deploy", "| systemd 收下一句话 | {} 秒 |", (sockets.TELL_SECONDS,)),
    ("deploy", "| 读日志的程序收下一行 | {} 毫秒 |", (log.READER_MILLISECONDS,)),
    ("security", "一张图超过 {} 万像素的", (reading.MAX_PIXELS / 10_000,)),
    ("security", "一边是另一边 {} 倍以上的", (reading.MAX_RATIO,)),
    ("security", "扫描 {} 遍以上的", (jpeg.MOST_SCANS,)),
    ("security", "色彩描述文件\n超过 {} MiB 的", (parts.MOST_PROFILE / MIB,)),
    (
        "errors",
        "至多 {} 条、连同文字 {} MiB；再多时",
        (finding.MAX_FINDINGS, finding.MAX_BYTES / MIB),
    ),
    ("errors", "消息里引用稿件的文字至多 {} 字", (finding.SHOWN_CHARS,)),
    ("errors", "一次列出全部错误（至多 {} 条）", (problem_answers.MAX_ERRORS,)),
    ("errors", "（至多 {} 个字母、数字和 `._-`）", (head.FIELDS["x-request-id"].max_chars,)),
    ("doctor", "并有至少 {} MB 的空间", (readiness.FREE_BYTES / MIB,)),
    ("doctor", "不比这个版本新，磁盘还有 {} MB", (trying.FREE_BYTES / MIB,)),
    (
        "reliability",
        "磁盘是否还有 {} MiB，至多等 {} 秒",
        (trying.FREE_BYTES / MIB, archive_trial.PATIENCE_SECONDS),
    ),
    ("archive", "，每行至多 {} 份", (schemas.MOST_LISTS,)),
]


@pytest.mark.parametrize(("page", "words", "figures"), STATED)
def test_what_a_page_says_is_so(page: str, words: str, figures: tuple[float | str, ...]) -> None:
    told = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    shown = (one if isinstance(one, str) else f"{one:,g}" for one in figures)
    assert words.format(*shown) in told


def test_half_a_minute_is_thirty_seconds() -> None:
    assert start.SILENT_CLIENT_SECONDS == 30
