"""What hostile texts and pictures make the service do: nothing but print.

The corpus is set once by a process of its own without the workers' protections, watched by strace.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hongtou.config import Config
from hongtou.rendering import WorkerPool
from hongtou.web.app import create_app
from tests.support.canary import SECRET, Canary, canary
from tests.support.documents import article, document
from tests.support.hostile import BEHIND, DARK, LIGHT, SIZE, odd_pictures, texts
from tests.support.hostile_run import BEGIN
from tests.support.insides import active_names, images_of, links_of, streams_of
from tests.support.readers import TEXT_READERS, without_folios
from tests.support.tracing import Trace, trace

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
# Fields that take no free text at all.
DATES = {
    "/masthead/issue_date": "date/unreadable",
    "/closing/imprint_date": "date/unreadable",
    "/articles/0/body/14/date": "date/unreadable",
}
SHORT = {  # fields that take a few characters
    "/masthead/issue_label",
    "/editors_note/label",
    "/articles/0/body/15/label",
    "/briefs/0/mark",
    "/closing/labels/report_to",
    "/closing/labels/editors",
}
UNPRINTED = re.compile("/closing/recipients/.*|.*/alt")  # who gets copies; what is read aloud
NAMES = ("CON",)  # a name like any other: a picture is never looked for on a disk

CULPRIT = """
import os, socket, subprocess, sys, threading
address, port, file, deed = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
try: open("/begin")
except OSError: pass
def visit(): socket.create_connection((address, port)).close()
def send(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", (address, port))
def read(): open(file).read()
def read_from_there():
    os.chdir(os.path.dirname(file))
    open(os.path.basename(file)).read()
def run(): subprocess.run(["/bin/true"])
def branch():
    if os.fork() == 0:
        read()
        os._exit(0)
    os.wait()
def thread():
    one = threading.Thread(target=read)
    one.start()
    one.join()
def nothing(): pass
globals()[deed]()
"""


def culprit(kept: Canary, deed: str, log: Path) -> Trace:
    """Trace a program that does what the corpus must not make the service do."""
    command = [sys.executable, "-c", CULPRIT, "127.0.0.1", str(kept.port), str(kept.file), deed]
    return trace(command, "/begin", ROOT, log)


class TestTracer:
    """The proofs below can fail: what they are to catch is caught."""

    @pytest.mark.parametrize("deed", ["read", "read_from_there", "branch", "thread"])
    def test_it_sees_a_file_that_is_opened(self, tmp_path: Path, deed: str) -> None:
        with canary() as kept:
            seen = culprit(kept, deed, tmp_path / "log")
        assert kept.file in seen.opened
        assert kept.visits == 0

    def test_it_sees_a_connection_and_so_does_the_canary(self, tmp_path: Path) -> None:
        with canary() as kept:
            seen = culprit(kept, "visit", tmp_path / "log")
        assert any("connect(" in call and "127.0.0.1" in call for call in seen.other)
        assert kept.visits == 1

    @pytest.mark.parametrize(("deed", "call"), [("send", "sendto("), ("run", "execve(")])
    def test_it_sees_what_else_would_get_out(self, tmp_path: Path, deed: str, call: str) -> None:
        with canary() as kept:
            seen = culprit(kept, deed, tmp_path / "log")
        assert any(call in one for one in seen.other)

    def test_it_sees_nothing_where_nothing_is_done(self, tmp_path: Path) -> None:
        with canary() as kept:
            seen = culprit(kept, "nothing", tmp_path / "log")
        assert (seen.opened, seen.other) == ((), ())


@dataclass(frozen=True)
class Case:
    """One case of the corpus: what came out, or why nothing did."""

    kind: str
    case: str
    refused: dict[str, str]
    fields: dict[str, str]
    content: bytes


@dataclass(frozen=True)
class Run:
    """The whole corpus, set under strace."""

    kept: Canary
    seen: Trace
    cases: list[Case]

    def of(self, kind: str) -> list[Case]:
        return [one for one in self.cases if one.kind == kind]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    log = tmp_path_factory.mktemp("hostile") / "log"
    with canary() as kept:
        command = [sys.executable, "-m", "tests.support.hostile_run", kept.address, str(kept.file)]
        seen = trace(command, BEGIN, ROOT, log)
        yield Run(kept, seen, [_case(json.loads(line)) for line in seen.output.splitlines()])


def test_workers_with_their_shields_set_every_case_to_the_same_bytes(run: Run) -> None:
    """They can open nothing at all: whatever a case needs was loaded before they were forked."""
    command = [
        sys.executable,
        "-m",
        "tests.support.hostile_run",
        run.kept.address,
        str(run.kept.file),
    ]
    shielded = subprocess.run(
        [*command, "shielded"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [_case(json.loads(line)) for line in shielded.stdout.splitlines()] == run.cases


def _case(told: dict[str, Any]) -> Case:
    return Case(**{**told, "content": b64decode(told["content"])})


def packed(text: str) -> str:
    return "".join(text.split())


class TestRun:
    def test_no_case_is_left_out(self, run: Run) -> None:
        count = len(texts(run.kept.address, run.kept.file))
        assert len(run.of("text")) == count > 20
        assert len(run.of("odd")) == len(odd_pictures())
        assert len(run.of("name")) >= 10
        assert len(run.of("bad")) >= 15

    def test_nobody_came_to_the_canary(self, run: Run) -> None:
        assert run.kept.visits == 0

    def test_nothing_was_sent_connected_or_executed(self, run: Run) -> None:
        assert run.seen.other == ()

    def test_no_file_was_opened(self, run: Run) -> None:
        """Fonts, layouts and libraries are open by then: the list of exceptions is empty."""
        assert run.seen.opened == ()


class TestTexts:
    def test_only_dates_and_short_fields_refuse_one_and_tell_why(self, run: Run) -> None:
        for one in run.of("text"):
            too_long = one.refused.keys() & SHORT
            assert {one.refused[field] for field in too_long} <= {"document/too-long"}, one.case
            others = {field: code for field, code in one.refused.items() if field not in SHORT}
            assert others == DATES, one.case

    @pytest.mark.parametrize("reader", ["poppler", "mupdf"])
    def test_every_other_field_prints_it_as_it_is(self, run: Run, reader: str) -> None:
        """PDFium is not asked: it reads across a line that the mark and the copy number share."""
        for one in run.of("text"):
            printed = packed(without_folios(TEXT_READERS[reader](one.content)))
            assert len(one.fields) > 60
            for field, text in one.fields.items():
                is_printed = not UNPRINTED.fullmatch(field)
                assert (packed(text) in printed) == is_printed, (field, text)

    def test_none_becomes_more_than_text(self, run: Run) -> None:
        for one in run.of("text"):
            assert active_names(one.content) == set(), one.case
            assert set(links_of(one.content)) == {"/Link within"}, one.case  # the contents list
            assert SECRET.encode() not in streams_of(one.content), one.case


class TestPictures:
    def test_what_is_no_name_is_refused(self, run: Run) -> None:
        for one in run.of("name"):
            codes = set() if one.case in NAMES else {"picture/not-a-name"}
            assert set(one.refused.values()) == codes, one.case

    def test_what_is_no_good_picture_is_refused(self, run: Run) -> None:
        for one in run.of("bad"):
            assert {*one.refused.values()} == {"picture/unreadable"}, one.case
            assert next(iter(one.refused)).endswith("/image")

    def test_odd_ones_are_set_upright_and_in_their_shades(self, run: Run) -> None:
        for one in run.of("odd"):
            assert one.refused == {}, one.case
            (image,) = images_of(one.content)
            turned = one.case == "EXIF-rotated"
            assert image.size == (SIZE[::-1] if turned else SIZE), one.case
            left, right = (image.getpixel((x, 5)) for x in (5, image.width - 6))
            dark, light = (right, left) if turned else (left, right)
            assert isinstance(dark, int) and dark <= DARK + 5, one.case
            assert isinstance(light, int) and light >= LIGHT - 5, one.case

    def test_nothing_of_them_but_the_picture_is_kept(self, run: Run) -> None:
        for one in run.of("odd"):
            assert BEHIND not in streams_of(one.content), one.case
            assert active_names(one.content) == set(), one.case


def test_the_service_with_its_workers_prints_them_too() -> None:
    with canary() as kept, closing(WorkerPool(Config(), lambda *event: None)) as worker_pool:
        client = create_app(Config(), worker_pool).test_client()
        hostile = texts(kept.address, kept.file)
        parts = {
            "issue": json.dumps(
                document(articles=[article(headline=one, body=one) for one in hostile])
            ),
            "a.png": (io.BytesIO(odd_pictures()["PNG with HTML behind it"]), str(kept.file)),
        }
        answer = client.post("/v1/render", data=parts, content_type="multipart/form-data")
        assert answer.status_code == 200
        printed = packed(without_folios(TEXT_READERS["mupdf"](answer.data)))
        assert all(printed.count(packed(one)) >= 2 for one in hostile)
        assert active_names(answer.data) == set()
    assert kept.visits == 0
