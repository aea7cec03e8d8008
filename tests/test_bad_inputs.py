"""Every bad input of the list of 45, sent over HTTP to the real service."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from hongtou.config import Config
from hongtou.keys import Scope, key_line
from hongtou.rendering import WorkerPool
from hongtou.web.app import create_app
from tests.support.documents import document, encoded
from tests.support.fakes import FakeTypesetter
from tests.support.numbered import ELSEWHERE, JSON, ROWS, WHY, Row, Sent, printed
from tests.support.readers import mupdf_text, without_folios
from tests.support.serving import RUN, Serving, within_a_second
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

PROBLEM = "application/problem+json"
SAFE_NAME = re.compile(
    r'[^\x00-\x1f\x7f-\x9f/\\:*?"<>|\u202a-\u202e.][^\x00-\x1f/\\:*?"<>|\u202a-\u202e]*\.pdf'
)


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with closing(WorkerPool(Config(), lambda *event: None)) as worker_pool:
        yield create_app(Config(), worker_pool).test_client()


def send(client: FlaskClient, sent: Sent) -> TestResponse:
    body, kind = sent.body, sent.kind
    if sent.parts is not None:
        files = {
            name: FileStorage(io.BytesIO(part), sent.file_name) for name, part in sent.parts.items()
        }
        boundary, body = encode_multipart(files, boundary="one-of-our-own")
        kind = f"multipart/form-data; boundary={boundary}"
    return client.open(
        sent.path,
        method=sent.method,
        headers=dict(sent.headers),
        data=body,
        content_type=kind,
        environ_overrides=dict(sent.environ),
    )


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number} {row.name[:40]}")
def test_bad_input(client: FlaskClient, row: Row) -> None:
    with send(client, row.sent) as answer:
        assert answer.status_code == row.status, answer.text[:300]
        if row.status == 200:
            assert answer.data.startswith(b"%PDF-")
            assert packed(row.prints) in packed(without_folios(mupdf_text(answer.data)))
            return
        told = json.loads(answer.data)
    assert answer.content_type == PROBLEM
    assert re.search(r"[\u4e00-\u9fff]", told["title"] + told["detail"])
    if isinstance(row.told, str):
        assert told["type"] == f"/problems/{row.told}"
    else:
        assert row.told in {(fault["code"], fault["pointer"]) for fault in told["errors"]}
        assert all(fault["message"] and fault["hint"] for fault in told["errors"])


def packed(text: str) -> str:
    return "".join(text.split())


class TestList:
    def test_every_number_is_asked_or_named(self) -> None:
        assert {row.number for row in ROWS} | set(ELSEWHERE) == set(range(1, 46))

    def test_what_is_answered_otherwise_says_why(self) -> None:
        assert set(WHY) <= {row.number for row in ROWS}
        assert all(name in globals() for name in ELSEWHERE.values())


class TestMore:
    """What a status does not tell of these numbers."""

    def test_2_the_line_and_column_are_named(self, client: FlaskClient) -> None:
        answer = send(client, Sent(b'{"masthead": {},\n  x}'))
        assert "第 2 行第 3 列" in answer.json["detail"]

    def test_5_another_encoding_is_answered_with_utf_8(self, client: FlaskClient) -> None:
        assert "请使用 UTF-8" in send(client, Sent("稿".encode("gbk"))).json["detail"]

    def test_13_what_is_dropped_is_told(self, client: FlaskClient) -> None:
        row = next(row for row in ROWS if row.name == "one zero-width space")
        assert int(send(client, row.sent).headers["X-Findings"]) >= 1

    def test_17_the_nearest_name_is_offered(self, client: FlaskClient) -> None:
        row = next(row for row in ROWS if row.name == "misspelt field")
        (fault,) = send(client, row.sent).json["errors"]
        assert "是否指标题（headline）？" in fault["message"]

    def test_30_word_files_are_refused_at_once(self, client: FlaskClient) -> None:
        began = time.monotonic()
        for row in ROWS:
            if row.number == 30:
                send(client, row.sent)
        assert time.monotonic() - began < 5

    def test_33_a_request_that_is_repeated_gets_the_same_bytes(self, client: FlaskClient) -> None:
        first, second = (send(client, Sent(headers={"Idempotency-Key": "a"})) for _ in range(2))
        assert first.data == second.data
        assert send(client, printed(33, "别的稿件").sent).data != first.data

    def test_36_a_wrong_method_is_told_the_right_one(self, client: FlaskClient) -> None:
        assert "POST" in client.get("/v1/render").headers["Allow"]

    def test_40_the_file_has_a_safe_name(self, client: FlaskClient) -> None:
        for row in ROWS:
            if row.number == 40 and row.status == 200:
                header = send(client, row.sent).headers["Content-Disposition"]
                assert header.isascii() and "\n" not in header and "\r" not in header
                name = unquote(header.partition("filename*=UTF-8''")[2])
                assert SAFE_NAME.fullmatch(name), name
                assert len(name) <= 84

    def test_42_a_new_request_id_is_given_and_the_log_stays_in_its_lines(
        self, client: FlaskClient, capfd: pytest.CaptureFixture[str]
    ) -> None:
        answers = [send(client, row.sent) for row in ROWS if row.number == 42]
        logged = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        assert [line["event"] for line in logged] == ["request"] * len(answers)
        assert {line["level"] for line in logged} == {"info"}
        for answer in answers:
            assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])


class TestKeys:
    """37: a key is missing, wrong or revoked, or does not go so far."""

    @pytest.fixture
    def keys(self, tmp_path: Path) -> Path:
        path = tmp_path / "keys"
        path.write_text(key_line("hongtou_render", [Scope.RENDER], "系统") + "\n", encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        ("path", "key", "status", "told"),
        [
            ("/v1/render", "", 401, "unauthorized"),
            ("/v1/render", "Bearer hongtou_other", 401, "unauthorized"),
            ("/v1/check", "Bearer hongtou_render", 403, "forbidden"),
            ("/v1/render", "Bearer hongtou_render", 200, ""),
        ],
    )
    def test_keys(self, keys: Path, path: str, key: str, status: int, told: str) -> None:
        app = create_app(Config(keys=keys), FakeTypesetter())
        headers = {"Authorization": key} if key else {}
        answer = send(app.test_client(), Sent(path=path, headers=headers))
        assert answer.status_code == status
        assert status == 200 or answer.json["type"] == f"/problems/{told}"
        assert (status == 401) == ("WWW-Authenticate" in answer.headers)

    @pytest.mark.slow
    def test_a_revoked_key_is_no_key(self, keys: Path) -> None:
        client = create_app(Config(keys=keys), FakeTypesetter()).test_client()
        known = Sent(headers={"Authorization": "Bearer hongtou_render"})
        assert send(client, known).status_code == 200
        keys.write_text("")
        assert within_a_second(lambda: send(client, known).status_code == 401)


HEAD = f"POST /v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n".encode()


@pytest.fixture(scope="module")
def service() -> Iterator[Serving]:
    """Run a service that waits 2 seconds for its clients instead of 30."""
    short = "import hongtou.web.server.start as s; s.SILENT_CLIENT_SECONDS = 2; s.LOOK_FOR_SILENT_SECONDS = 1\n"
    with warm_serving(OPENER, program=short + RUN) as running:
        yield running


@pytest.mark.slow
class TestWire:
    """4, 42, 44 and 45, as bytes on a connection."""

    def status(self, service: Serving, *pieces: bytes) -> int:
        """Send these bytes and return the status; 0 where the connection was just ended."""
        received = b""
        with service.connect() as client, suppress(ConnectionResetError, BrokenPipeError):
            for piece in pieces:
                client.sendall(piece)
            while piece := client.recv(65_536):
                received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        assert not head or f"Content-Type: {PROBLEM}".encode() in head
        assert not head or json.loads(body)["title"]
        return int(head.split()[1]) if head else 0

    def test_4_a_body_that_does_not_tell_its_length_is_held_to_it(self, service: Serving) -> None:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        close = b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert self.status(service, HEAD + close, *[chunk] * 33, b"0\r\n\r\n") == 413

    def test_42_a_head_without_end_is_refused(self, service: Serving) -> None:
        lines = b"X-Request-Id: a\r\n" + b" b\r\n" * 100_000
        head = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + lines + b"\r\n"
        assert self.status(service, head) in (0, 431)  # 0: ended while it was still being sent

    @pytest.mark.parametrize(
        "path",
        [
            b"/v1/../admin",
            b"/%2e%2e/%2e%2e/etc/passwd",
            b"/%00",
            b"//evil.example/",
            b"/" + b"a" * 10_240,
            b"/\xff\xfe",
            b"*",
        ],
    )
    def test_44_odd_paths_lead_nowhere(self, service: Serving, path: bytes) -> None:
        request = b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert self.status(service, request) in (400, 404, 414)

    def test_45_a_client_that_stops_is_cut_off(self, service: Serving) -> None:
        began = time.monotonic()
        with ExitStack() as stack:
            clients = [stack.enter_context(service.connect()) for _ in range(3)]
            for client, sent in zip(
                clients, (b"POST", HEAD, HEAD + b"Content-Length: 9\r\n\r\n{"), strict=True
            ):
                client.sendall(sent)
            assert [client.recv(1) for client in clients] == [b""] * 3
        assert 1 < time.monotonic() - began < 5

    def test_45_so_is_one_that_sends_drop_by_drop(self, service: Serving) -> None:
        began = time.monotonic()
        with service.connect() as client, pytest.raises(OSError):
            client.sendall(HEAD)
            while time.monotonic() - began < 10:
                client.sendall(b"X")
                time.sleep(0.1)
                assert service.ask("GET", "/healthz").seconds < 1
        assert 1 < time.monotonic() - began < 6

    def test_45_a_slow_line_that_goes_on_is_borne(self, service: Serving) -> None:
        body = encoded(document()) + b" " * 300_000
        with service.connect() as client:
            client.sendall(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
            for start in range(0, len(body), 20_000):
                client.sendall(body[start : start + 20_000])
                time.sleep(0.2)
            assert client.recv(12).endswith(b"200")
