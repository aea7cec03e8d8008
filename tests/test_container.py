"""The container: what compose.yaml and the Dockerfile promise, as far as it can be tried without an engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from hongtou.web.server.shutdown import DRAIN_SECONDS
from tests.support.machine import with_own_mounts
from tests.support.serving import JSON, ROOT, SERVE, Serving, serving

pytestmark = pytest.mark.slow

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))[
    "services"
]["hongtou"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IN_THE_IMAGE, SOMEBODY = 10001, 4321  # users: of the image, and of whoever makes the keys
READ_ONLY = """
mount --make-rprivate /
cut -d' ' -f5 /proc/self/mountinfo | while read -r place; do mount -o remount,bind,ro "$place" 2>/dev/null || true; done
mount -t tmpfs -o mode=1777 tmpfs /var/tmp
"""


def test_keys_are_mounted_as_a_folder_and_cannot_be_written() -> None:
    assert "./keys:/keys:ro" in COMPOSE["volumes"]
    assert COMPOSE["environment"]["HONGTOU_KEYS"] == "/keys"


def test_the_image_may_have_the_packages_for_single_sign_on() -> None:
    (default,) = re.findall(r"^ARG LOCK=(\w+)$", DOCKERFILE, re.M)
    assert default == "run"
    assert "-r requirements/${LOCK}.txt" in DOCKERFILE
    assert (ROOT / "requirements" / "extras.txt").is_file()


def test_what_editors_keep_outlasts_the_container() -> None:
    assert "state:/state" in COMPOSE["volumes"]
    assert re.search(rf"^RUN install -d -o {IN_THE_IMAGE} .* /state$", DOCKERFILE, re.M)
    assert re.search(r"XDG_STATE_HOME=/state\b", DOCKERFILE)


def test_the_container_can_do_little() -> None:
    assert COMPOSE["read_only"] is True
    assert COMPOSE["cap_drop"] == ["ALL"]
    assert COMPOSE["security_opt"] == ["no-new-privileges:true"]
    assert re.search(rf"^USER {IN_THE_IMAGE}:{IN_THE_IMAGE}$", DOCKERFILE, re.M)


def test_only_this_machine_reaches_it_unless_somebody_says_otherwise() -> None:
    assert COMPOSE["ports"] == ["127.0.0.1:8080:8080"]


def test_a_service_that_ended_is_started_anew_and_one_that_ends_has_its_time() -> None:
    assert COMPOSE["restart"] == "unless-stopped"
    assert int(COMPOSE["stop_grace_period"].removesuffix("s")) > DRAIN_SECONDS


def test_everything_that_the_image_is_made_of_is_sent_to_the_engine() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    sent = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    copied = [
        name
        for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.M)
        for name in line.split()[:-1]
    ]
    assert copied
    for name in copied:
        assert (ROOT / name).exists()
        assert any(fnmatch(name, one) for one in sent), name


def as_user(user: int) -> list[str]:
    return [
        "setpriv",
        f"--reuid={user}",
        f"--regid={user}",
        "--clear-groups",
        "--no-new-privs",
        "--inh-caps=-all",
        "--bounding-set=-all",
    ]


@pytest.fixture
def keys() -> Iterator[Path]:
    """A folder that somebody made, with two keys, by the words of docs/deploy.md."""
    if os.geteuid() != 0:
        pytest.skip("只有 root 能换用户来试")
    parent = Path(
        subprocess.run(
            [*as_user(SOMEBODY), "mktemp", "-d"], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    parent.chmod(0o755)
    yield parent / "keys"
    shutil.rmtree(parent)


def make_key(folder: Path, name: str) -> str:
    told = subprocess.run(
        [
            *as_user(SOMEBODY),
            "sh",
            "-c",
            'umask 077; exec "$@"',
            "sh",
            *SERVE[:-1],
            "keys",
            "new",
            "--name",
            name,
            "--to",
            f"{folder}/",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": "/nonexistent"},
    )
    return told.stdout.strip()


def status(service: Serving, key: str) -> int:
    return service.ask(
        "GET", "/v1/layouts", headers={**JSON, "Authorization": f"Bearer {key}"}
    ).status


def wait_for(service: Serving, key: str, wanted: int) -> float:
    began = time.monotonic()
    while status(service, key) != wanted:
        assert time.monotonic() < began + 5
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.mark.defect(6)
def test_keys_that_somebody_made_are_read_in_the_image_and_dead_within_a_second(keys: Path) -> None:
    if any(one.stat().st_mode & 0o005 != 0o005 for one in (ROOT, *ROOT.parents)):
        pytest.skip("别的用户读不到这个目录")
    first, second = make_key(keys, "甲"), make_key(keys, "乙")
    under = [
        *with_own_mounts(READ_ONLY),
        "env",
        "TMPDIR=/var/tmp",
        "HOME=/nonexistent",
        *as_user(IN_THE_IMAGE),
    ]
    with serving(under=under, keys=keys, workers=1) as service:
        assert (status(service, first), status(service, second), status(service, "hongtou_x")) == (
            200,
            200,
            401,
        )
        (file,) = keys.glob("甲*")
        subprocess.run(
            ["sed", "-i", "d", str(file)], check=True
        )  # a new file in the place of the old
        assert (
            wait_for(service, first, 401) < 2
        )  # a second is promised; as much again for a busy machine
        assert status(service, second) == 200
        third = make_key(keys, "丙")
        wait_for(service, third, 200)
