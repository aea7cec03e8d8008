"""Single requests, each well within what a client may send, that once ended or froze the service.

Of every one: the web process grows by at most 100 MiB, its loop stands still for at most 100 ms,
the answer is at most 2 MiB (files aside) and of the right kind.
"""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.attack.row import Row
from benchmarks.attack.watched import MAX_ANSWER_BYTES, MIB, Watched, bounded

ANSWER_SECONDS = 60.0
CHECK, SCHEMA = "/v1/check", "/v1/schema"
FORM = "multipart/form-data; boundary=x"
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass(frozen=True)
class Attack:
    """One request: its head's own lines, its body, and the statuses that are right."""

    name: str
    path: str
    body: bytes
    statuses: tuple[int, ...]
    kind: str = "application/json"
    lines: str = ""
    chunked: bool = False  # the body is sent as it is, with its own framing

    def request(self, key: str) -> bytes:
        length = (
            "Transfer-Encoding: chunked" if self.chunked else f"Content-Length: {len(self.body)}"
        )
        method = "POST" if self.body else "GET"
        head = (
            f"{method} {self.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Content-Type: {self.kind}\r\n{key}{self.lines}{length}\r\n\r\n"
        )
        return head.encode() + self.body


def attacks() -> Iterator[Attack]:
    """Yield every request, the dearest of its kind that is within the limits."""
    yield from _documents()
    yield from _forms()
    yield from _heads()
    yield from _chunks()


def _documents() -> Iterator[Attack]:
    long_name = {**_issue(), "k" * 1_900_000: ["\x7f"] * 120}
    many_names = {**_issue(), **{f"k{n:05}": ["\u200e"] * 10 for n in range(20_000)}}
    nested = {**_issue(), "articles": [[0]] * 400_000}
    marks = ("字,字;" * 1250)[:5000]
    articles = [{"headline": f"题{n}", "body": "\n".join([marks] * 10)} for n in range(5)]
    half_width = _json(_issue(articles=articles))
    cells = {"type": "table", "rows": [[""] * 12] * 300}
    tables = _issue(articles=[{"headline": "题", "body": [cells] * 8}])
    refused = (200, 400, 413, 422)
    for path in (CHECK, "/v1/render"):
        yield Attack(
            f"190 万字的字段名，下有 120 处控制字符，{path}", path, _json(long_name), refused
        )
        yield Attack(f"两万个字段名，各有十处方向控制符，{path}", path, _json(many_names), refused)
    yield Attack("一百万个层层嵌套的错处", CHECK, _json(nested), refused)
    yield Attack("25 万字的半角标点，五万条检查结果", CHECK, half_width, (200,))
    yield Attack("25 万字的半角标点，output=png", "/v1/render?output=png", half_width, (200, 422))
    yield Attack("八张 300×12 的空表", CHECK, _json(tables), (200, 422))


def _forms() -> Iterator[Attack]:
    doc = _json(_issue())
    issue = _part(b"issue", doc)
    end = b"--x--\r\n"
    folded = b"\r\nX: y" + b"\r\n z" * (15 * MIB)
    bodies = {
        "部分头里 60 MiB 的折行": _part(b"issue", doc, folded) + end,
        "部分头里 60 MiB 的分号": _part(b"issue", doc, b";" * (60 * MIB)) + end,
        "部分头里 10 MiB 的 ;a=b": _part(b"issue", doc, b";a=b" * (10 * MIB // 4)) + end,
        "五十万行的部分头": _part(b"issue", doc, b"\r\nX: y" * 500_000) + end,
        "60 MiB 的部分名": issue + _part(b"n" * (60 * MIB), b"x") + end,
        "60 MiB 的文件名": _part(b"issue", doc, b'; filename="' + b"a" * (60 * MIB) + b'"') + end,
        "开头 60 MiB 的换行": b"\r\n" * (30 * MIB) + issue + end,
        "开头 60 MiB 的横线": b"--" * (30 * MIB) + b"\r\n" + issue + end,
        "结尾 60 MiB": issue + end + b"z" * (60 * MIB),
        "60 MiB 的 CR": _part(b"issue", b"\r" * (60 * MIB)) + end,
        "六十万个空部分": b"".join(_part(b"%d" % n, b"") for n in range(600_000)) + end,
    }
    for name, body in bodies.items():
        yield Attack(f"表单：{name}", "/v1/check", body, (400, 413), FORM)
    pictures = b"".join(_part(b"%d.png" % n, os.urandom(10 * MIB - 100)) for n in range(6))
    yield Attack(
        "合规的表单：六张各 10 MiB 的图片", "/v1/check", issue + pictures + end, (200,), FORM
    )


ACCEPT = {
    "空格": "a/b" + " " * 100_000 + "x",
    "逗号": "," * 10_000,
    "分号": "a/b" + ";" * 10_000,
    "引号与反斜线": 'a/b;x="' + "\\" * 10_000,
    "参数": "a/b" + ";a=b" * 2_500,
    "一千字以内的空格": "a/b" + " " * 950 + "x",
}
LONG_HEADERS = {
    "If-None-Match": 'W/"a",' * 1_600,
    "Content-Type": "application/json" + ";a=b" * 2_500,
    "Authorization": "Bearer " + "x" * 10_000,
    "Host": "a." * 5_000,
    "Origin": "http://[" + ":" * 10_000,
    "X-Request-Id": "a" * 10_000,
    "Range": "bytes=" + "0-1," * 2_500,
    "Cookie": "a=b;" * 2_500,
    "Forwarded": "for=a," * 1_600,
    "Expect": "1" * 10_000,
}


def _heads() -> Iterator[Attack]:
    for name, value in ACCEPT.items():
        lines = f"Accept: {value}\r\n"
        yield Attack(f"Accept：{name}", SCHEMA, b"", (200, 400, 406, 431), lines=lines)
    for name, value in LONG_HEADERS.items():
        lines = f"{name}: {value}\r\n"
        yield Attack(f"{name} 一万字", SCHEMA, b"", (200, 400, 401, 406, 417, 431), lines=lines)
    many = "".join(f"X{n}: y\r\n" for n in range(5_000))
    yield Attack("五千行请求头", SCHEMA, b"", (200, 400, 431), lines=many)
    yield Attack("一万字的网址", "/v1/" + "a/" * 5_000, b"", (404, 414, 431))
    yield Attack("一万字的参数", f"{SCHEMA}?" + "a=&" * 3_300, b"", (200, 400, 414, 431))


def _chunks() -> Iterator[Attack]:
    doc = _json(_issue())
    framed = b"%x\r\n%s\r\n" % (len(doc), doc)
    yield Attack(
        "没有尽头的块头", "/v1/check", b"1;a=" + b"a" * (60 * MIB), (400, 413), chunked=True
    )
    yield Attack(
        "没有尽头的尾部",
        "/v1/check",
        framed + b"0\r\nX: " + b"a" * (60 * MIB),
        (400, 413),
        chunked=True,
    )
    yield Attack("没有尽头的块长", "/v1/check", b"0" * (60 * MIB), (400, 413), chunked=True)
    yield Attack(
        "一字节一块，各带块扩展",
        "/v1/check",
        b"1;a\r\n \r\n" * (4 * MIB),
        (400, 413),
        chunked=True,
    )


def run() -> list[Row]:
    """Send every request to a service, one after another."""
    with bounded(keys=("own",)) as watched:
        return [_tried(watched, attack) for attack in attacks()]


def _tried(watched: Watched, attack: Attack) -> Row:
    began = time.monotonic()
    request = attack.request(f"Authorization: Bearer {watched.keys['own']}\r\n")
    with watched.watching():
        began = time.monotonic()
        status, size = _answer(watched.service.port, request)
        seconds = time.monotonic() - began
    is_file = attack.path.startswith("/v1/render") and status == 200
    ok = watched.holds() and status in attack.statuses and (is_file or size <= MAX_ANSWER_BYTES)
    figures = f"{status or '断开'}，{size / 1024:.0f} KiB，{seconds:.1f} 秒；{watched.figures()}"
    return Row(attack.name, figures, ok)


def _answer(port: int, request: bytes) -> tuple[int, int]:
    """Return status and size of an answer; 0 where the connection ended without one."""
    got = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS) as peer:
        with suppress(OSError):  # it answered before it had taken all, and closed
            peer.sendall(request)
        with suppress(OSError):
            while piece := peer.recv(1 << 16):
                got += piece
    found = STATUS.match(got)
    return (int(found[1]) if found else 0), len(got)


def _part(name: bytes, content: bytes, head: bytes = b"") -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        name,
        head,
        content,
    )


def _issue(**more: object) -> dict[str, object]:
    return {
        "layout": "jianbao",
        "masthead": {
            "nameplate": "工作简报",
            "issue_number": 3,
            "issuing_body": "某某市创建办",
            "issue_date": "2026-11-23",
        },
        "articles": [{"headline": "测试标题", "body": "正文一段。"}],
        "closing": {"report_to": "市委"},
        **more,
    }


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
