"""Commands under which a service runs as somebody who may do less."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys

import pytest

from tests.support.serving import ROOT

NOBODY = 10001  # as in the image
AS_NOBODY = [
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "--no-new-privs",
    "--bounding-set=-all",
    "--inh-caps=-all",
]
NO_NAMESPACES = [sys.executable, "-m", "tests.support.no_namespaces"]


def as_other_user(way: str) -> list[str]:
    """Return a command under which the service runs, or skip where it cannot be."""
    if way == "as it is":
        return []
    if way.startswith("as nobody") and (os.geteuid() != 0 or not shutil.which("setpriv")):
        pytest.skip("要以 root 运行测试，才能换成没有任何权限的用户")
    if "namespace" in way and platform.machine() not in ("x86_64", "aarch64"):
        pytest.skip("只知道 x86_64 与 aarch64 的系统调用号")
    command = [
        *(AS_NOBODY if "nobody" in way else []),
        *(NO_NAMESPACES if "namespace" in way else []),
    ]
    if subprocess.run(
        [*command, sys.executable, "-c", "import service"], cwd=ROOT, check=False
    ).returncode:
        pytest.skip("那个用户读不了这份代码")
    return command
