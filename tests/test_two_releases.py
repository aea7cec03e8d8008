"""Two releases on one database: the older one works beside the newer, or says that it cannot."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hongtou.store import open_archive
from hongtou.store.applied import newest, schemas
from hongtou.store.opening import older_archive
from tests.support.archives import emptied, server
from tests.support.clerk import Clerk
from tests.support.serving import ROOT, Serving, free_port, serving, within
from tests.support.stand_in import OPENER

pytestmark = pytest.mark.long

__all__ = ["server"]
BESIDE = ("layouts", "fonts", "examples", "press")
TURNS = 3  # `--repeat 100` takes more


@pytest.fixture(scope="module")
def older_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release that does not know the newest schema yet."""
    root = tmp_path_factory.mktemp("older")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "service" / "hongtou", root / "service" / "hongtou", ignore=ignored)
    for name in BESIDE:
        (root / name).symlink_to(ROOT / name)
    versions = root / "service" / "hongtou" / "store" / "migrations" / "versions"
    (last,) = (
        one for one in versions.glob("*.py") if f'revision = "{newest()}"' in one.read_text()
    )
    last.unlink()
    return root / "service"


def under(release: Path) -> tuple[str, ...]:
    return ("env", f"PYTHONPATH={release}:{ROOT}")


def test_an_older_release_refuses_a_newer_database_and_leaves_it_as_it_is(
    older_release: Path, tmp_path: Path
) -> None:
    file = tmp_path / "hongtou.db"
    open_archive(str(file)).close()
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    run = subprocess.run(
        [sys.executable, "-m", "hongtou", "serve", "--port", str(free_port())],
        env={**os.environ, "PYTHONPATH": str(older_release), "HONGTOU_DATABASE": str(file)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 4
    assert f"由更新的 hongtou 写成（{newest()}）" in run.stderr
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


@pytest.fixture
def older_schema(server: str) -> Iterator[str]:
    """The address of a server whose tables are those of the older release."""
    open_archive(emptied(server)).close()
    older_archive(server, schemas()[-2])
    yield server
    emptied(server)


def test_a_release_takes_over_from_the_one_before_while_somebody_saves(
    older_release: Path, older_schema: str, request: pytest.FixtureRequest
) -> None:
    for turn in range(max(TURNS, request.config.getoption("--repeat"))):
        with serving(OPENER, under=under(older_release), database=older_schema) as older:
            clerk = Clerk(older, f"简报{turn}")
            assert clerk.save("旧的还独自在。").status == 204
            with serving(OPENER, database=older_schema) as newer:
                assert clerk.save("新的来了，表升了级，旧的照常存。").status == 204
                assert clerk.kept() == clerk.acknowledged
                assert older.ask("GET", "/healthz").status == 200
                # By that a proxy sends nobody new; whoever is there goes on.
                assert within(10, lambda older=older: "另一个版本" in readiness(older))
                clerk.service = newer
                assert clerk.save("换到新的那里。").status == 204
                end(older)
                assert clerk.save("旧的走了。").status == 204
                assert clerk.kept() == clerk.acknowledged
        older_archive(older_schema, schemas()[-2])


def readiness(service: Serving) -> str:
    return service.ask("GET", "/readyz").body.decode()


def end(service: Serving) -> None:
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(60) == 0
