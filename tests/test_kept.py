"""A running service keeps what it has told as saved, and prints what it keeps."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from hongtou.desk.document import write_document
from hongtou.store.backup import refuse_damaged
from tests.support.archives import document
from tests.support.serving import JSON, SERVE, Serving, free_port, serving, within_a_second
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow
EXAMPLE = (Path(__file__).parents[1] / "examples" / "dongtai.json").read_bytes()
PUBLICATION = b'{"nameplate": "\xe5\x8a\xa8\xe6\x80\x81"}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hongtou.db"


@pytest.fixture
def service(file: Path) -> Iterator[Serving]:
    with warm_serving(database=file) as running:
        yield running


def ask(service: Serving, method: str, path: str, body: object = None, version: int = 0) -> Any:
    headers = {**JSON, **({"If-Match": f'"{version}"'} if version else {})}
    sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    return service.ask(method, path, sent, headers=headers)


def begin(service: Serving, sent: bytes) -> str:
    """Return the address of a new issue with this document."""
    ask(service, "POST", "/v1/publications", PUBLICATION)
    body = {"from": "document", "document": json.loads(sent)}
    made = ask(service, "POST", "/v1/publications/1/issues", body)
    assert made.status == 201, made.body
    return str(made.headers["Location"])


def test_the_final_file_is_what_a_render_of_the_document_gives(service: Serving) -> None:
    path = begin(service, EXAMPLE)
    for version, step in enumerate(("submit", "finalize"), 1):
        taken = ask(service, "POST", f"{path}/transitions", {"step": step}, version)
        assert taken.status == 200, taken.body
    (edition,) = ask(service, "GET", f"{path}/editions").json["editions"]
    kept = ask(service, "GET", f"{path}/editions/{edition['sha256']}").body
    rendered = service.render(ask(service, "GET", path).body)
    assert kept == rendered.body
    assert hashlib.sha256(kept).hexdigest() == edition["sha256"]
    tags = {name.lower(): value for name, value in rendered.headers.items()}
    assert tags["etag"] == f'"{edition["plan_digest"]}"'


def test_errors_are_told_before_anybody_reviews(service: Serving) -> None:
    path = begin(service, document())
    taken = ask(service, "POST", f"{path}/transitions", {"step": "submit"}, 1)
    assert taken.status == 422
    assert taken.json["errors"][0]["pointer"].startswith("/")


def test_a_picture_is_read_by_a_worker(service: Serving) -> None:
    path = begin(service, EXAMPLE)
    sent = (Path(__file__).parents[1] / "docs" / "page-1.png").read_bytes()
    assert ask(service, "PUT", f"{path}/assets/a.png", sent).status == 204
    refused = ask(service, "PUT", f"{path}/assets/b.png", sent[:200])
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "picture/unreadable")


def test_what_was_told_as_saved_outlasts_a_kill(file: Path) -> None:
    told: list[bytes] = []
    with warm_serving(database=file) as first:
        path = begin(first, document())

        def type_on() -> None:
            for version in range(1, 10_000):
                sent = write_document(
                    {"articles": [{"headline": "题", "body": [f"第{version}次。"]}]}
                )
                try:
                    if ask(first, "PUT", path, sent, version).status != 204:
                        return
                except (OSError, HTTPException):
                    return
                told.append(sent)

        typing = threading.Thread(target=type_on)
        typing.start()
        while len(told) < 20:
            typing.join(0.01)
        first.process.kill()
        typing.join()
    refuse_damaged(file)
    with warm_serving(database=file) as second:
        kept = json.loads(ask(second, "GET", path).body)["articles"][0]["body"][0]
    last = json.loads(told[-1])["articles"][0]["body"][0]
    assert kept in (last, f"第{len(told) + 1}次。")  # one may have been saved and not told


def test_a_second_service_on_the_same_file_does_not_start(service: Serving, file: Path) -> None:
    environment = {"HONGTOU_DATABASE": str(file), "HONGTOU_PORT": str(free_port())}
    second = subprocess.run(
        ["env", *(f"{name}={value}" for name, value in environment.items()), *SERVE],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert second.returncode == 4
    assert "正由另一个服务使用" in second.stderr.decode()
    restore = [*SERVE[:-1], "restore", str(file)]
    refused = subprocess.run(
        ["env", f"HONGTOU_DATABASE={file}", *restore], capture_output=True, check=False, timeout=60
    )
    assert (refused.returncode, "正由另一个服务使用" in refused.stderr.decode()) == (4, True)
    assert service.is_ready()


def test_a_default_that_cannot_be_used_keeps_nobody_from_rendering(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.touch()
    log = tmp_path / "log"
    with serving(under=["env", f"XDG_STATE_HOME={nowhere}"], log=log) as running:
        assert running.render(EXAMPLE).status == 200
        assert ask(running, "GET", "/v1/issues").status == 503
    assert '"event": "no-archive"' in log.read_text(encoding="utf-8")


def test_a_held_lock_is_told_within_six_seconds(service: Serving, file: Path) -> None:
    path = begin(service, document())
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = ask(service, "PUT", path, document(body="二。"), 1)
        assert (refused.status, refused.headers["Retry-After"]) == (503, "2")
        assert ask(service, "GET", path).body
    # Half a second after the one who was refused the next one asks the database again.
    save = ("PUT", path, document(body="二。"), 1)
    assert within_a_second(lambda: ask(service, *save).status == 204)
