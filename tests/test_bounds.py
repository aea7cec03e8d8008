"""What a client may make the web process keep or search: bounded in every part, and in its time."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException
from werkzeug.http import (
    parse_date,
    parse_etags,
    parse_if_range_header,
    parse_options_header,
    parse_range_header,
)

from hongtou.bulletin.errors import MalformedDocument, ServiceError, TooLarge
from hongtou.config import Config
from hongtou.web.access import origin_host, plain_host
from hongtou.web.api.forms import CHUNK_BYTES, ISSUE_PART, MAX_HEAD_BYTES, read_parts
from hongtou.web.api.negotiation import read_order, refuse_unwanted
from hongtou.web.app import create_app
from hongtou.web.door import Door
from hongtou.web.head import FIELDS, MAX_QUERY_CHARS, HeadFault, head_of, read_head
from hongtou.web.problems import problem_of
from hongtou.web.server.chunks import MAX_LINE_BYTES, MIN_CHUNK_BYTES, SPARE_CHUNKS, ChunkReader
from tests.support.fakes import FakeTypesetter

MIB = 1024 * 1024
CONFIG = Config()
OWN = {ISSUE_PART: CONFIG.limits.body_bytes}
KIND = "multipart/form-data; boundary=x"
MAX_SECONDS = 0.05  # for one expression on one header: 20 times what the slowest takes
STALL_SECONDS = 0.1


def part(name: bytes, content: bytes, head: bytes = b"") -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        name,
        head,
        content,
    )


ISSUE, END = part(b"issue", b"{}"), b"--x--\r\n"


class TestHeaders:
    """The slowest of each expression that a header, as long as it may be, is searched with."""

    SHAPES = (
        "{}",
        " ",
        "\t",
        ",",
        ";",
        "a",
        '"',
        "\\",
        'a/b;x="\\',
        "a/b;q=0.1,",
        "a/b;a=b",
        ";a=b",
        "a b ",
        "W/",
        '"a",',
        'W/"a", ',
        "0-1,",
        "1",
        "bytes=0-1,",
        ";b*0=a",
        "[:",
        "a.",
        "-",
        "Mon, ",
        "(",
        "=",
        "*/*,",
        "'",
        "%41",
    )
    READERS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
        ("accept", "", lambda value: refuse_unwanted(value, "application/pdf")),
        ("accept", "a/b;", lambda value: refuse_unwanted(value, "application/pdf")),
        ("if-none-match", "", parse_etags),
        ("content-type", "application/json", parse_options_header),
        ("range", "bytes=", parse_range_header),
        ("if-range", "", parse_if_range_header),
        ("if-modified-since", "", parse_date),
        ("host", "", plain_host),
        ("origin", "http://", origin_host),
    )

    @pytest.mark.parametrize(("name", "start", "read"), READERS, ids=lambda one: str(one)[:20])
    def test_none_takes_long(self, name: str, start: str, read: Callable[[str], Any]) -> None:
        for shape in self.SHAPES:
            for end in ("", "x", '"'):
                value = (start + shape * FIELDS[name].max_chars)[
                    : FIELDS[name].max_chars - len(end)
                ] + end
                began = time.process_time()
                with suppress(ServiceError, HTTPException, ValueError):
                    read(value)
                assert time.process_time() - began < MAX_SECONDS, value[:40]

    @pytest.mark.parametrize("shape", ["output=screen&", "a=&", "%41", "normalise", "&", "+", "=;"])
    def test_nor_a_query(self, shape: str) -> None:
        began = time.process_time()
        with suppress(ServiceError):
            read_order((shape * MAX_QUERY_CHARS)[:MAX_QUERY_CHARS])
        assert time.process_time() - began < MAX_SECONDS

    @pytest.mark.parametrize(
        "raw",
        [
            b"X: y\r\n" * 2000,
            b"Accept: a\r\n" * 1000,
            b"a\r\n" * 3900,
            b"A" + b" " * 12_000,
            b"!" * 12_000,
            b"\t" * 12_000,
            b"Host:" + b" \t" * 6000 + b"\0",
        ],
    )
    def test_nor_a_head(self, raw: bytes) -> None:
        began = time.process_time()
        with suppress(HeadFault):
            read_head(b"GET / HTTP/1.1\r\n" + raw)
        assert time.process_time() - began < MAX_SECONDS

    def test_what_nobody_reads_reaches_nobody(self) -> None:
        head = read_head(
            b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: z\r\nForwarded: for=x\r\nUser-Agent: y\r\nX-Http-Method-Override: PUT"
        )
        assert dict(head.fields) == {"host": "x"}

    @pytest.mark.parametrize("name", ["Cookie", "X-Forwarded-For", "X-Forwarded-Proto"])
    def test_what_others_may_have_put_there_is_left_out_if_long(self, name: str) -> None:
        head = read_head(f"GET / HTTP/1.1\r\nHost: x\r\n{name}: {'a' * 5000}".encode())
        assert dict(head.fields) == {"host": "x"}


class TestTheSameWithoutAServer:
    """What the door says of a head is what the application says of the same request."""

    HEADS: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("GET", "/healthz", {}),
        ("GET", "/nope", {}),
        ("GET", "/v1//layouts", {}),
        ("POST", "/v1/layouts", {}),
        ("FOO", "/", {}),
        ("GET", "/", {"Host": "evil.example"}),
        ("GET", "/" + "a" * 3000, {}),
        ("GET", "/?" + "a" * 3000, {}),
        ("POST", "/v1/render", {}),
        ("POST", "/v1/render", {"Content-Type": "text/plain"}),
        ("POST", "/v1/render", {"Content-Type": "application/json", "Accept": "a" * 1001}),
        ("POST", "/v1/render", {"Content-Type": "application/json", "Accept": "text/html"}),
        ("POST", "/v1/render?output=fax", {"Content-Type": "text/plain"}),
        (
            "POST",
            "/v1/check",
            {"Content-Type": "application/json", "Origin": "http://evil.example"},
        ),
        ("POST", "/v1/check", {"Content-Type": "application/json", "Content-Encoding": "gzip"}),
    )

    @pytest.mark.parametrize(("method", "path", "headers"), HEADS)
    def test_status(self, method: str, path: str, headers: dict[str, str]) -> None:
        app = create_app(CONFIG, FakeTypesetter())
        client: FlaskClient = app.test_client()
        said = client.open(
            path, method=method, headers=headers, data=b"{}" if method == "POST" else b""
        )
        lines = "".join(
            f"{name}: {value}\r\n" for name, value in {"Host": "localhost", **headers}.items()
        )
        length = "Content-Length: 2\r\n" if method == "POST" else ""
        door: Door = app.services.door
        try:
            door.admit(read_head(f"{method} {path} HTTP/1.1\r\n{lines}{length}".rstrip().encode()))
            told = 200
        except HTTPException as error:
            told = int(error.code or 0)
        except ServiceError as error:
            told = problem_of(error).status
            assert json.loads(said.data)["detail"].startswith(error.message)
        assert said.status_code == told

    def test_a_head_of_wsgi_is_held_to_the_same_bounds(self) -> None:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_ACCEPT": "a" * 1001}
        with pytest.raises(HeadFault) as caught:
            head_of(environ)
        assert caught.value.code == 431


class TestForms:
    def read(self, body: bytes, config: Config = CONFIG, kind: str = KIND) -> dict[str, bytes]:
        return read_parts(io.BytesIO(body), kind, config, {ISSUE_PART: config.limits.body_bytes})

    @pytest.mark.parametrize(
        "body",
        [
            part(b"issue", b"{}", b"\r\nX: y" + b"\r\n z" * MIB) + END,
            part(b"issue", b"{}", b";" * MIB) + END,
            part(b"issue", b"{}", b"; a=b" * MIB) + END,
            part(b"issue", b"{}", b"\r\nX: y" * MIB) + END,
            part(b"issue", b"{}", b'; filename="' + b"a" * MIB + b'"') + END,
            ISSUE + part(b"n" * MIB, b"x") + END,
            ISSUE + b"--x\r\n" + b"\r" * MIB,
            b"\r\n" * MIB + ISSUE + END,
            b"--" * MIB + ISSUE + END,
            b"--xy" * MIB + ISSUE + END,
            ISSUE + END + b"z" * MIB,
        ],
        ids=[
            "folds",
            "semicolons",
            "parameters",
            "lines",
            "file name",
            "name",
            "CRs",
            "preamble",
            "dashes",
            "near boundaries",
            "epilogue",
        ],
    )
    def test_what_is_no_content_is_not_read_on(self, body: bytes) -> None:
        stream = io.BytesIO(body)
        with pytest.raises(MalformedDocument):
            read_parts(stream, KIND, CONFIG, OWN)
        assert stream.tell() <= 2 * CHUNK_BYTES

    def test_a_head_may_have_four_kilobytes(self) -> None:
        name = b'; filename="' + b"a" * (MAX_HEAD_BYTES - 100) + b'"'
        assert self.read(part(b"issue", b"{}" * CHUNK_BYTES, name) + END) == {
            "issue": b"{}" * CHUNK_BYTES
        }

    def test_a_name_of_200_characters(self) -> None:
        assert len(self.read(ISSUE + part(b"n" * 200, b"x") + END)) == 2
        with pytest.raises(MalformedDocument, match="200"):
            self.read(ISSUE + part(b"n" * 201, b"x") + END)

    def test_too_many_pictures_are_told_by_their_number(self) -> None:
        pictures = b"".join(part(b"%d.png" % number, b"x") for number in range(61))
        with pytest.raises(TooLarge, match="超过 60 张"):
            self.read(ISSUE + pictures + END)
        with pytest.raises(TooLarge, match="超过 60 张"):
            self.read(pictures + ISSUE + END)
        assert len(self.read(ISSUE + pictures[: pictures.rindex(b"--x")] + END)) == 61

    def test_a_boundary_is_short_and_there(self) -> None:
        for kind in ("multipart/form-data", f"multipart/form-data; boundary={'x' * 71}"):
            with pytest.raises(MalformedDocument, match="boundary"):
                self.read(ISSUE + END, kind=kind)

    def test_memory_is_the_form_once_and_a_part(self) -> None:
        body = b"".join(part(b"%d" % number, b"\r" * MIB) for number in range(8)) + ISSUE + END
        stream = io.BytesIO(body)
        tracemalloc.start()
        try:
            parts = read_parts(stream, KIND, CONFIG, OWN)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert len(parts) == 9
        assert peak < (8 + 1 + 1) * MIB

    @pytest.mark.parametrize(
        "fill", [b"\r", b"\n", b"\r\n", b"\r\n-", b"\r\n--", b"\r\n--x", b"-", b"--x"]
    )
    def test_time_is_in_proportion(self, fill: bytes) -> None:
        config = replace(CONFIG, image_bytes=64 * MIB)

        def seconds(size: int) -> float:
            body = ISSUE + part(b"a", (fill * size)[:size]) + END
            began = time.process_time()
            with suppress(ServiceError):
                self.read(body, config)
            return time.process_time() - began

        assert seconds(8 * MIB) < 6 * max(seconds(2 * MIB), 0.02)


class Kept:
    """A buffer that only keeps."""

    def __init__(self) -> None:
        self.content = b""

    def append(self, content: bytes) -> None:
        self.content += content


def framed(pieces: list[bytes], extension: bytes = b"", trailer: bytes = b"") -> bytes:
    chunks = (b"%x%s\r\n%s\r\n" % (len(piece), extension, piece) for piece in pieces if piece)
    return b"".join(chunks) + b"0\r\n" + trailer + b"\r\n"


class TestChunks:
    @pytest.mark.slow
    @given(
        st.lists(st.binary(max_size=300), max_size=20),
        st.lists(st.integers(1, 40), min_size=1),
        st.binary(max_size=20),
    )
    def test_in_whatever_pieces_it_comes(
        self, pieces: list[bytes], cuts: list[int], behind: bytes
    ) -> None:
        sent = framed(pieces, b';a="b"', b"X: y\r\n") + behind
        kept = Kept()
        reader = ChunkReader(kept, MIB)
        place = taken = 0
        for turn in range(len(sent)):
            cut = cuts[turn % len(cuts)]
            taken += reader.read(sent[place : place + cut])
            place += cut
            if reader.is_complete or place >= len(sent):
                break
        assert reader.is_complete
        assert kept.content == b"".join(pieces)
        assert taken == len(sent) - len(behind)

    def test_it_stops_where_it_is_too_large(self) -> None:
        reader = ChunkReader(Kept(), 100)
        reader.read(b"64\r\n" + b"x" * 100 + b"\r\n1\r\n")
        assert reader.is_too_large

    @pytest.mark.parametrize(
        "sent",
        [
            b"1;" + b"a" * MIB,
            b"0" * MIB,
            b"1\r\nx\r\n0\r\nX: " + b"a" * MIB,
            b"1\r\nx\r\n0\r\n" + b"X: y\r\n" * MIB,
            b"1\r\nx" + b"y" * MIB,
            b"1\r\nx\r\n" * MIB,
            b"1;a\r\nx\r\n" * MIB,
        ],
    )
    def test_framing_without_end_is_refused_soon(self, sent: bytes) -> None:
        reader = ChunkReader(Kept(), 64 * MIB)
        began = time.process_time()
        with pytest.raises(HeadFault):
            for place in range(0, len(sent), 65536):
                reader.read(sent[place : place + 65536])
        assert time.process_time() - began < STALL_SECONDS
        assert len(reader._begun_line) <= MAX_LINE_BYTES + 2

    @pytest.mark.slow
    def test_the_smallest_chunks_that_are_taken_cost_little(self) -> None:
        """In the loop's thread: what comes in one piece of 64 KiB, and all of a mebibyte."""
        sent = framed([b"x" * MIN_CHUNK_BYTES] * (MIB // MIN_CHUNK_BYTES))
        reader = ChunkReader(Discarding(), MIB)
        slowest = 0.0
        for place in range(0, len(sent), 65536):
            began = time.process_time()
            reader.read(sent[place : place + 65536])
            slowest = max(slowest, time.process_time() - began)
        assert reader.received == MIB
        assert slowest < STALL_SECONDS

    def test_few_small_ones_are_borne(self) -> None:
        kept = Kept()
        ChunkReader(kept, MIB).read(framed([b"x"] * (SPARE_CHUNKS - 10)))
        assert len(kept.content) == SPARE_CHUNKS - 10


class Discarding:
    """A buffer that keeps nothing."""

    def append(self, content: bytes) -> None:
        """Forget it."""
