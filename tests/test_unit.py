"""The systemd units that are shipped: whole, narrow, and wide enough for a render."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.activated import activator
from tests.support.machine import with_own_mounts
from tests.support.serving import ROOT, serving
from tests.support.unit_protections import allowed_calls, directives

pytestmark = pytest.mark.slow

UNITS = ROOT / "deploy" / "systemd"
SERVICE, SOCKET = UNITS / "hongtou.service", UNITS / "hongtou.socket"
PROGRAM = "/opt/hongtou/current/bin/hongtou"
MAX_EXPOSED = 20  # tenths of systemd-analyze's points: issue 12 asks for 2.0, 10 is what it is
EXAMPLE = (ROOT / "examples" / "dongtai.json").read_bytes()

# ProtectSystem=strict and PrivateTmp=yes: nothing can be written but a temporary folder of one's own.
READ_ONLY = """
mount --make-rprivate /
cut -d' ' -f5 /proc/self/mountinfo | while read -r place; do mount -o remount,bind,ro "$place" 2>/dev/null || true; done
mount -t tmpfs -o mode=1777 tmpfs /var/tmp
if touch {folder}/written 2>/dev/null; then exit 1; fi
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units, with a program that is there: systemd looks."""
    for unit in (SERVICE, SOCKET):
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def setting(name: str, unit: Path = SERVICE) -> list[str]:
    return [value for found, value in directives(unit) if found == name]


def test_systemd_finds_nothing_wrong_with_them(installed: Path) -> None:
    told = analyze("verify", "--man=no", installed / SERVICE.name, installed / SOCKET.name)
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


def test_what_editors_keep_has_a_folder_of_its_own() -> None:
    assert setting("StateDirectory") == ["hongtou"]
    assert setting("StateDirectoryMode") == ["0700"]


def test_the_service_is_exposed_little(installed: Path) -> None:
    told = analyze(
        "security",
        "--offline=true",
        "--no-pager",
        f"--threshold={MAX_EXPOSED}",
        installed / SERVICE.name,
    )
    assert told.returncode == 0, told.stdout
    assert "Overall exposure level" in told.stdout
    assert "Unknown" not in told.stderr  # a name that this systemd passes over protects nobody


def test_what_workers_lock_themselves_up_with_is_left_to_them() -> None:
    wanted = {
        "seccomp",
        "prctl",
        "unshare",
        "landlock_restrict_self",
        "capset",
        "prlimit64",
        "setrlimit",
    }
    assert wanted <= allowed_calls(SERVICE)


@pytest.mark.parametrize(
    "call",
    [
        "ptrace",
        "mount",
        "bpf",
        "kexec_load",
        "init_module",
        "reboot",
        "userfaultfd",
        "keyctl",
        "perf_event_open",
    ],
)
def test_what_nobody_here_needs_is_refused(call: str) -> None:
    assert call not in allowed_calls(SERVICE)


def test_the_drain_has_its_time() -> None:
    from hongtou.web.server.shutdown import DRAIN_SECONDS

    (seconds,) = setting("TimeoutStopSec")
    assert int(seconds) > DRAIN_SECONDS


def test_a_lost_worker_does_not_end_the_service() -> None:
    assert setting("OOMPolicy") == ["continue"]
    assert setting("Restart") == ["always"]


def test_the_address_is_one_that_needs_a_key_or_is_the_machine_s_own() -> None:
    assert setting("ListenStream", SOCKET) == ["127.0.0.1:8080"]
    assert "HONGTOU_KEYS=/etc/hongtou/keys" in setting("Environment")


def test_it_may_hold_as_many_descriptors_as_the_service_wants() -> None:
    from hongtou.config import Config
    from hongtou.web.server import descriptors

    config = Config()
    own = (
        descriptors.BASE
        + descriptors.PER_WORKER * config.workers
        + descriptors.PER_THREAD * config.threads
    )
    (limit,) = setting("LimitNOFILE")
    assert int(limit) >= own + descriptors.PER_CONNECTION * descriptors.MAX_CONNECTIONS


@pytest.mark.long
def test_a_render_works_under_all_of_it(tmp_path: Path) -> None:
    with activator(workers=1) as parent, (tmp_path / "log").open("wb") as log:
        parent.log = log.fileno()
        parent.under = (
            *with_own_mounts(READ_ONLY.format(folder=tmp_path)),
            "env",
            "TMPDIR=/var/tmp",
            "HOME=/nonexistent",
            sys.executable,
            str(ROOT / "tests" / "support" / "unit_protections.py"),
            str(SERVICE),
        )
        service = parent.start()
        parent.wait_for("READY=1", service)
        made = service.render(EXAMPLE)
        assert made.status == 200
        assert service.ask("GET", "/readyz").status == 200
        status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="ascii")
        assert parent.stop(service) == 0
    assert re.search(r"^Seccomp:\t2$", status, re.M)
    assert re.search(r"^NoNewPrivs:\t1$", status, re.M)
    assert re.search(r"^CapEff:\t0+$", status, re.M)
    with serving(workers=1, log=tmp_path / "free") as free:
        assert made.body == free.render(EXAMPLE).body
    assert protections(tmp_path / "log") == protections(tmp_path / "free")


def protections(log: Path) -> list[str]:
    """Return what workers were locked up with, as the service has told."""
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return next(line["protections"] for line in lines if line["event"] == "listening")


TRIED = """
import ctypes, errno, mmap, os, socket
def tried(work):
    try:
        return work() and "done"
    except OSError as refusal:
        return errno.errorcode[refusal.errno]
def unshare(flags):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(flags):
        raise OSError(ctypes.get_errno(), "unshare")
    return True
print(tried(lambda: socket.socket(socket.AF_INET)), tried(lambda: socket.socket(socket.AF_UNIX) is not None),
      tried(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)), tried(lambda: unshare(0x20000)),
      tried(lambda: os.chroot("/")))
"""


def test_what_it_refuses_is_refused() -> None:
    """Or the render under it would prove nothing."""
    shields_of_unit = [
        sys.executable,
        str(ROOT / "tests" / "support" / "unit_protections.py"),
        str(SERVICE),
    ]
    told = subprocess.run(
        [*with_own_mounts("true"), *shields_of_unit, sys.executable, "-c", TRIED],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["EAFNOSUPPORT", "done", "EPERM", "EPERM", "EPERM"]
