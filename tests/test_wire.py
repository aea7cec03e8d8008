"""Bytes that two readers may understand differently: what is answered, and whether more is taken.

Behind each request stands one more. Where the connection goes on it is answered; where the framing
is in doubt it must not be, for it may be part of what a proxy took for a body (RFC 9112 §11.2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from hongtou.keys import Scope, key_line
from tests.support.documents import document, encoded
from tests.support.serving import Serving
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

DOC = encoded(document())
HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST = (
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: last\r\nConnection: close\r\n\r\n"
)
LENGTH = b"Content-Length: %d\r\n" % len(DOC)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(DOC), DOC)
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
OPEN, CLOSED = True, False

Case = tuple[str, bytes, list[int], bool]


def post(lines: bytes, body: bytes, version: bytes = b"1.1") -> bytes:
    return b"POST /v1/check HTTP/" + version + b"\r\n" + HOST + JSON + lines + b"\r\n" + body


def get(lines: bytes = b"", target: bytes = b"/healthz", version: bytes = b"HTTP/1.1") -> bytes:
    return b"GET " + target + b" " + version + b"\r\n" + HOST + lines + b"\r\n"


def chunked(body: bytes) -> bytes:
    return post(CHUNKED, body)


LENGTHS: list[Case] = [
    ("plain", post(LENGTH, DOC), [200], OPEN),
    ("leading zeros", post(b"Content-Length: 000%d\r\n" % len(DOC), DOC), [200], OPEN),
    ("under another name", post(LENGTH + b"Content_Length: 9\r\n", DOC), [200], OPEN),
    ("twice the same", post(LENGTH * 2, DOC), [400], CLOSED),
    ("twice", post(LENGTH + b"Content-Length: 0\r\n", DOC + GET), [400], CLOSED),
    ("a list", post(b"Content-Length: 5, 5\r\n", DOC), [400], CLOSED),
    ("a space before the colon", post(b"Content-Length : 5\r\n", DOC), [400], CLOSED),
    *((f"of {value!r}", post(b"Content-Length: " + value + b"\r\n", DOC), [400], CLOSED)
      for value in (b"+5", b"-1", b"0x10", b"1_0", b"", "٣".encode(), b"9" * 19, b"9" * 5000, b"5;", b"5 5")),
    ("of 10^11", post(b"Content-Length: 99999999999\r\n", DOC), [413], CLOSED),
]  # fmt: skip

CODINGS: list[Case] = [
    ("chunked", chunked(CHUNKS), [200], OPEN),
    ("behind a tab", post(b"Transfer-Encoding:\tchunked\r\n", CHUNKS), [200], OPEN),
    ("in capitals", post(b"TRANSFER-ENCODING: CHUNKED\r\n", CHUNKS), [200], OPEN),
    ("with a length", post(CHUNKED + b"Content-Length: 4\r\n", CHUNKS + GET), [400], CLOSED),
    ("behind a length", post(b"Content-Length: 4\r\n" + CHUNKED, CHUNKS + GET), [400], CLOSED),
    ("with a length of 6, a request in it", post(CHUNKED + b"Content-Length: 6\r\n", b"0\r\n\r\n" + GET), [400], CLOSED),
    ("none, and a length", post(b"Transfer-Encoding: \r\n" + LENGTH, DOC), [400], CLOSED),
    ("twice", post(CHUNKED * 2, CHUNKS), [400], CLOSED),
    *((f"of {value!r}", post(b"Transfer-Encoding: " + value + b"\r\n", CHUNKS), [status], CLOSED)
      for value, status in ((b"xchunked", 501), (b"chunked, chunked", 501), (b"gzip, chunked", 501), (b"chunked, identity", 501),
                            (b'"chunked"', 501), (b"\x0bchunked", 400), (b"chunked\0", 400), (b"\xa0chunked", 501))),
    ("a space before the colon", post(b"Transfer-Encoding : chunked\r\n", CHUNKS), [400], CLOSED),
    ("on a line of its own", post(b"Transfer-Encoding:\r\n chunked\r\n", CHUNKS), [400], CLOSED),
    ("in HTTP/1.0", post(CHUNKED, CHUNKS, b"1.0"), [400], CLOSED),
    ("in HTTP/1.0, kept alive, a request as body", post(CHUNKED + b"Connection: keep-alive\r\n", b"\r\n\r\n" + GET, b"1.0"), [400], CLOSED),
    ("in HTTP/1.0, with a length", post(CHUNKED + LENGTH, DOC, b"1.0"), [400], CLOSED),
]  # fmt: skip

CHUNK_LINES: list[Case] = [
    ("extensions", chunked(b'%x;a=b;c="d"\r\n%s\r\n0;x\r\n\r\n' % (len(DOC), DOC)), [200], OPEN),
    ("a trailer", chunked(CHUNKS[:-2] + b"X-A: b\r\n\r\n"), [200], OPEN),
    ("a trailer called Content-Length", chunked(CHUNKS[:-2] + b"Content-Length: 3\r\n\r\n"), [200], OPEN),
    ("a trailer with LF", chunked(CHUNKS[:-2] + b"X: y\n\n" + GET), [400], CLOSED),
    ("LF alone", chunked(CHUNKS.replace(b"\r\n", b"\n")), [400], CLOSED),
    ("an extension with LF", chunked(b"%x;a\nb\r\n%s\r\n0\r\n\r\n" % (len(DOC), DOC)), [400], CLOSED),
    ("a size with LF", chunked(b"%x\n\r\n%s\r\n0\r\n\r\n" % (len(DOC), DOC)), [400], CLOSED),
    ("a wrong end", chunked(b"%x\r\n%sXX0\r\n\r\n" % (len(DOC), DOC)), [400], CLOSED),
    ("empty lines before", chunked(b"\r\n\r\n" + CHUNKS), [400], CLOSED),
    ("a line of 2 KiB", chunked(b"1;a=" + b"a" * 2048), [400], CLOSED),
    ("a trailer of 2 KiB", chunked(CHUNKS[:-2] + b"X: " + b"a" * 2048), [400], CLOSED),
    ("trailers of 2 KiB together", chunked(CHUNKS[:-2] + b"X: a\r\n" * 400), [400], CLOSED),
    ("2,000 chunks of a byte", chunked(b"1\r\n \r\n" * 2000), [400], CLOSED),
    ("a chunk of 2 GiB", chunked(b"7fffffff\r\n" + DOC), [413], CLOSED),
    *((f"a size of {size!r}", chunked(size + b"\r\n" + DOC + b"\r\n0\r\n\r\n"), [400], CLOSED)
      for size in (b"0x%x" % len(DOC), b"%x " % len(DOC), b" %x" % len(DOC), b"+%x" % len(DOC), b"-1", b"", b"F" * 17, b"F" * 20_000)),
]  # fmt: skip

LINES: list[Case] = [
    ("blank lines first", b"\r\n\r\n" + GET, [200], OPEN),
    ("bare LF", GET.replace(b"\r\n", b"\n"), [400], CLOSED),
    ("a bare LF at the end of the head", GET[:-4] + b"\n\n", [400], CLOSED),
    ("a bare CR", get(b"X: a\rb\r\n"), [400], CLOSED),
    ("NUL", get(b"X: a\0b\r\n"), [400], CLOSED),
    ("a folded line", get(b"X: a\r\n b\r\n"), [400], CLOSED),
    ("a folded Host", b"GET /healthz HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n", [400], CLOSED),
    ("a space first", b"GET /healthz HTTP/1.1\r\n X: y\r\n" + HOST + b"\r\n", [400], CLOSED),
    ("no colon", get(b"foo\r\n"), [400], CLOSED),
    ("no name", get(b": x\r\n"), [400], CLOSED),
    ("Host twice", get(HOST), [400], CLOSED),
    ("two Hosts in one", b"GET /healthz HTTP/1.1\r\nHost: localhost, evil\r\n\r\n", [400], OPEN),
    ("Content-Type twice", post(LENGTH + JSON, DOC), [400], CLOSED),
    ("13 KiB of head", get(b"X: " + b"a" * 13_000 + b"\r\n"), [431], CLOSED),
    ("a head without end", b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000, [431], CLOSED),
    ("5,000 lines", get(b"A: b\r\n" * 5000), [431], CLOSED),
    ("an Accept of 1,001 characters", get(b"Accept: " + b"a" * 1001 + b"\r\n"), [431], CLOSED),
    ("two Accepts that are too long together", get(b"Accept: " + b"a" * 600 + b"\r\n" + b"Accept: " + b"a" * 600 + b"\r\n"), [431], CLOSED),
    ("a request id that is too long", get(b"X-Request-Id: " + b"a" * 5000 + b"\r\n"), [200], OPEN),
    ("a Cookie of 8 KiB, which nobody reads", get(b"Cookie: " + b"a=b;" * 2048 + b"\r\n"), [200], OPEN),
]  # fmt: skip

REQUEST_LINES: list[Case] = [
    ("no version", b"GET /healthz\r\n\r\n", [400], CLOSED),
    ("two spaces", get(target=b" /healthz"), [400], CLOSED),
    ("a space in the path", get(target=b"/health z"), [400], CLOSED),
    ("a tab", b"GET\t/healthz HTTP/1.1\r\n" + HOST + b"\r\n", [400], CLOSED),
    ("a fragment", get(target=b"/healthz#x"), [400], CLOSED),
    ("a backslash", get(target=b"\\healthz"), [400], CLOSED),
    ("a raw byte", get(target=b"/\xff"), [400], CLOSED),
    ("*", get(target=b"*"), [400], CLOSED),
    ("a path of 3,000 characters", get(target=b"/" + b"a" * 3000), [414], CLOSED),
    ("a query of 3,000 characters", get(target=b"/?" + b"a" * 3000), [414], CLOSED),
    *((f"{version!r}", get(version=version), [status], CLOSED)
      for version, status in ((b"HTTP/1.2", 505), (b"HTTP/2.0", 505), (b"HTTP/11.1", 400), (b"http/1.1", 400), (b"HTTP/1.1x", 400))),
    *((f"method {method!r}", method + b" / HTTP/1.1\r\n" + HOST + b"\r\n", [501], CLOSED)
      for method in (b"FOO", b"get", b"PRI", b"G" * 9000)),
    ("TRACE", b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n", [405], OPEN),
    ("CONNECT", b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n", [400], CLOSED),
    ("OPTIONS", b"OPTIONS /v1/render HTTP/1.1\r\n" + HOST + b"\r\n", [200], OPEN),
    ("HEAD", b"HEAD /v1/schema HTTP/1.1\r\n" + HOST + b"\r\n", [200], OPEN),
    ("HEAD of nothing", b"HEAD /nope HTTP/1.1\r\n" + HOST + b"\r\n", [404], OPEN),
    ("the server named as Host names it", get(target=b"http://localhost/healthz"), [200], OPEN),
    *((f"target {target!r}", get(target=target), [400], CLOSED)
      for target in (b"http://evil.example/healthz", b"http://a@localhost/healthz", b"http://localhost:1/healthz", b"file:///etc/passwd")),
    ("an evil Host, the server named", b"GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", [400], CLOSED),
    ("TLS", bytes.fromhex("16030100f8010000f4030369") + bytes(60) + b"\r\n\r\n", [400], CLOSED),
]  # fmt: skip

TURNS: list[Case] = [
    ("GET with a body", get(b"Content-Length: 5\r\n", b"/v1/layouts") + b"hello", [200], OPEN),
    ("GET in chunks", get(CHUNKED, b"/v1/layouts") + b"5\r\nhello\r\n0\r\n\r\n", [200], OPEN),
    ("GET with a large body", get(b"Content-Length: 5000\r\n", b"/v1/layouts") + b"x" * 5000, [413], CLOSED),
    ("health with a body", get(b"Content-Length: 5\r\n") + b"hello", [400], CLOSED),
    ("readiness in chunks", get(CHUNKED, b"/readyz") + b"5\r\nhello\r\n0\r\n\r\n", [400], CLOSED),
    ("five at once", GET * 5, [200] * 5, OPEN),
    ("a bad one first", post(LENGTH, b"x" * len(DOC)) + GET, [200, 200], OPEN),
    ("HTTP/1.0", get(version=b"HTTP/1.0"), [200], CLOSED),
    ("HTTP/1.0, kept alive", get(b"Connection: keep-alive\r\n", version=b"HTTP/1.0"), [200], OPEN),
    ("close", get(b"Connection: close\r\n"), [200], CLOSED),
    ("close among others", get(b"Connection: x, Close\r\n"), [200], CLOSED),
    ("close in a second line", get(b"Connection: x\r\nConnection: close\r\n"), [200], CLOSED),
    ("h2c", get(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"), [200], OPEN),
    ("a packed body", post(b"Content-Length: 3\r\nContent-Encoding: gzip\r\n", b"abc"), [415], CLOSED),
    ("another type", post(LENGTH, DOC).replace(b"application/json", b"text/json"), [415], CLOSED),
    ("another expectation", post(LENGTH + b"Expect: 200-ok\r\n", DOC), [200], OPEN),
]  # fmt: skip

CASES = [
    pytest.param(sent, statuses, goes_on, id=f"{group}: {name}")
    for group, cases in {
        "length": LENGTHS,
        "coding": CODINGS,
        "chunks": CHUNK_LINES,
        "lines": LINES,
        "request line": REQUEST_LINES,
        "turns": TURNS,
    }.items()
    for name, sent, statuses, goes_on in cases
]


@pytest.fixture(scope="module")
def service() -> Iterator[Serving]:
    with warm_serving(OPENER, workers=1, queue=2, threads=6) as running:
        yield running


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    keys = tmp_path_factory.mktemp("keys") / "keys"
    keys.write_text(key_line("hongtou_one", [Scope.RENDER], "一"))
    with warm_serving(OPENER, workers=1, queue=2, threads=6, keys=keys) as running:
        yield running


def said(service: Serving, *pieces: bytes) -> bytes:
    """Return all that came until the other end closed."""
    with service.connect() as peer:
        for piece in pieces:
            peer.sendall(piece)
        return b"".join(iter(lambda: peer.recv(1 << 16), b""))


@pytest.mark.parametrize(("sent", "statuses", "goes_on"), CASES)
def test_wire(service: Serving, sent: bytes, statuses: list[int], goes_on: bool) -> None:
    found = said(service, sent + LAST)
    *_, last = found.rpartition(b"HTTP/1.1 ")
    was_read = last.startswith(b"200") and b"X-Request-Id: last\r\n" in last
    assert [int(one) for one in STATUS.findall(found)] == statuses + [200] * was_read
    assert was_read == goes_on
    if statuses[0] >= 400 and not sent.startswith(b"HEAD"):
        head, _, body = found.partition(b"\r\n\r\n")
        length = int(re.findall(rb"Content-Length: (\d+)", head)[0])
        told = json.loads(body[:length])
        assert told["status"] == statuses[0]
        assert told["type"] != "/problems/engine-fault"
        assert re.search(r"[\u4e00-\u9fff]", told["detail"])


def test_every_byte_alone(service: Serving) -> None:
    sent = post(CHUNKED, b"%x;a=b\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(DOC), DOC)) + LAST
    found = said(service, *(sent[place : place + 1] for place in range(len(sent))))
    assert STATUS.findall(found) == [b"200", b"200"]


class TestBeforeTheBody:
    """What a head tells is answered before any of the body has come."""

    HEAD = b"POST /v1/render HTTP/1.1\r\n" + HOST

    @pytest.mark.parametrize(
        ("lines", "status"),
        [
            (b"Content-Length: 60000000\r\n", 401),
            (b"Authorization: Bearer hongtou_other\r\nContent-Length: 60000000\r\n", 401),
            (b"Authorization: Bearer hongtou_one\r\nContent-Length: 60000000\r\n", 415),
            (
                b"Authorization: Bearer hongtou_one\r\n" + JSON + b"Content-Length: 60000000\r\n",
                413,
            ),
            (
                b"Authorization: Bearer hongtou_one\r\n"
                + JSON
                + b"Content-Length: 99999999999\r\n",
                413,
            ),
            (JSON + b"Content-Length: 600\r\n", 401),
            (JSON + CHUNKED, 401),
            (b"Origin: https://evil.example\r\nContent-Length: 600\r\n", 403),
        ],
    )
    @pytest.mark.parametrize("expect", [b"", b"Expect: 100-continue\r\n"])
    def test_it_is_refused_at_once(
        self, locked: Serving, lines: bytes, status: int, expect: bytes
    ) -> None:
        found = said(locked, self.HEAD + lines + expect + b"\r\n")
        assert STATUS.findall(found) == [b"%d" % status]
        assert b"Connection: close\r\n" in found

    @pytest.mark.parametrize(
        ("request_line", "status"),
        [
            (b"POST /nope", 404),
            (b"POST /v1/layouts", 405),
            (b"POST /v1/render?output=fax", 400),
            (b"PUT /v1/check", 405),
        ],
    )
    def test_routes_and_orders_too(
        self, service: Serving, request_line: bytes, status: int
    ) -> None:
        head = request_line + b" HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: 600\r\n\r\n"
        found = said(service, head)
        assert STATUS.findall(found) == [b"%d" % status]
        assert (b"\r\nAllow: " in found) == (status == 405)

    def test_another_scope(self, locked: Serving) -> None:
        key = b"Authorization: Bearer hongtou_one\r\n"
        head = b"POST /v1/check HTTP/1.1\r\n" + HOST + JSON + key + b"Content-Length: 600\r\n\r\n"
        assert STATUS.findall(said(locked, head)) == [b"403"]

    def test_who_asks_first_and_may_is_told_to_go_on(self, service: Serving) -> None:
        with service.connect() as peer:
            peer.sendall(post(LENGTH + b"Expect: 100-continue\r\nConnection: close\r\n", b""))
            assert peer.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
            peer.sendall(DOC)
            assert peer.recv(12) == b"HTTP/1.1 200"

    def test_who_sends_it_all_first_still_reads_why(self, locked: Serving) -> None:
        """Else the kernel resets the connection, for what it holds that nobody will read."""
        body = b" " * 5_000_000
        answer = locked.ask("POST", "/v1/render", body)
        assert answer.status == 401

    def test_chunks_are_cut_where_a_length_would_be(self, service: Serving) -> None:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        assert STATUS.findall(said(service, chunked(chunk * 33))) == [b"413"]
