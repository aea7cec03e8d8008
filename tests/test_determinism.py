"""The same issue and version give the same bytes: in any process, place, language and order.

The ETag rests on it, and so does everyone who compares or archives files by their digest.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from hongtou.bulletin.order import FinishedFile, Order
from hongtou.config import Config
from hongtou.rendering import Caller, WorkerPool
from tests.support.digests import ROOT, digest, digests, watched
from tests.support.shop import typesetter

pytestmark = pytest.mark.slow

# A zone without tzdata, in POSIX's way: 14 hours before UTC, 12 behind it.
FAR_EAST, FAR_WEST = "XXX-14", "XXX+12"
ASCII_ONLY = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
# All that may differ at once: whatever of it makes a difference makes one to the bytes of this process.
PROCESSES: dict[str, dict[str, str]] = {
    "hash seed 0, far east, Chinese": {
        **{"PYTHONHASHSEED": "0", "TZ": FAR_EAST},
        **{"LANG": "zh_CN.UTF-8", "LC_ALL": ""},
    },
    "random hash seed, far west, ASCII, optimised, other allocator": {
        **{"PYTHONHASHSEED": "random", "TZ": FAR_WEST, **ASCII_ONLY},
        **{"PYTHONOPTIMIZE": "1", "PYTHONMALLOC": "malloc"},
    },
}
WORKERS = Config(workers=2, renders_per_worker=3)
ROUNDS = 3


@cache
def expected() -> dict[str, str]:
    """Return the digests of this process."""
    return digests(typesetter().produce)


def test_the_watched_files_are_all_different() -> None:
    assert len(set(expected().values())) == len(watched())


@pytest.mark.parametrize("environment", PROCESSES.values(), ids=PROCESSES)
@pytest.mark.long
def test_any_process_early_and_late(environment: dict[str, str], tmp_path: Path) -> None:
    """Each also starts in a folder of its own, which is its home."""
    own = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.digests"],
        cwd=tmp_path,
        env={**os.environ, **own, **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    early, late = json.loads(run.stdout)
    assert early == expected()
    assert late == expected()


@pytest.mark.long
def test_workers_young_and_old_two_at_a_time_in_any_order() -> None:
    """Every file three times, by workers of three renders each: early and late in their lives."""
    work = [*watched().items()] * ROUNDS
    random.Random(20261123).shuffle(work)
    worker_pool = WorkerPool(WORKERS, lambda *event: None)

    def produce(document: bytes, order: Order, images: dict[str, bytes]) -> FinishedFile:
        return worker_pool.produce(document, order, images, Caller(lambda: False))

    try:
        with ThreadPoolExecutor(WORKERS.workers) as threads:
            made = [*threads.map(lambda one: (one[0], digest(produce, one[1])), work)]
    finally:
        worker_pool.close()
    assert set(made) == set(expected().items())


@pytest.mark.parametrize(
    "spelling",
    [
        {"sort_keys": True},
        {"indent": 4},
        {"ensure_ascii": False, "separators": (",", ":")},
    ],
    ids=["keys in another order", "indented", "without escapes"],
)
def test_the_same_issue_in_another_spelling_of_json(spelling: dict[str, Any]) -> None:
    name = "every-field screen"
    sent = watched()[name]
    again = replace(sent, document=json.dumps(json.loads(sent.document), **spelling).encode())
    assert again.document != sent.document
    assert digest(typesetter().produce, again) == expected()[name]


# What differs from one moment, process or machine to the next.
CHANCE = {
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
    "time.ctime",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "posix.urandom",
    "posix.getpid",
    "posix.uname",
    "_socket.gethostname",
    "random.Random.random",
    "random.Random.getrandbits",
    "_uuid.generate_time_safe",
}


@contextmanager
def nothing_left_to_chance() -> Iterator[None]:
    """Fail where clock, chance, process or machine are asked within the block."""
    asked: set[str] = set()

    def look(frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call":
            owner = getattr(called, "__self__", None)
            kind = owner if isinstance(owner, type) else type(owner)
            module = getattr(called, "__module__", None) or kind.__module__
            asked.add(f"{module}.{called.__qualname__}")

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)
    assert asked & CHANCE == set()


@pytest.mark.parametrize("name", watched())
def test_a_render_asks_neither_clock_nor_chance(name: str) -> None:
    assert expected()[name]  # whatever is loaded only once is there
    sent = watched()[name]
    with nothing_left_to_chance():
        typesetter().produce(sent.document, sent.order, sent.images)


@pytest.mark.parametrize(
    "ask",
    [
        date.today,
        lambda: datetime.now(UTC),
        uuid.uuid4,
        random.random,
        os.getpid,
    ],
    ids=["date", "time", "uuid", "random", "process"],
)
def test_it_would_be_seen_if_one_did(ask: Callable[[], object]) -> None:
    with pytest.raises(AssertionError), nothing_left_to_chance():
        ask()
