"""What is shipped: the locked packages, installed alone by ``make``, and the fonts.

With them stands what the extra `sign` brings, which is not in the image.
"""

from __future__ import annotations

import subprocess
import sys

from hongtou.faces.manifest import FaceEntry, read_manifest
from scripts.supply.lock import ROOT

# As in the image, and nothing else: neither tests nor the tools that look at it.
ENVIRONMENT = ROOT / "build" / "shipped"


def fonts() -> list[FaceEntry]:
    """Return every font that is shipped."""
    return list(read_manifest(ROOT / "fonts").faces.values())


def run_tool(module: str, *arguments: str) -> str:
    """Return what a Python tool writes to standard output; exit with its complaint if it fails."""
    command = [sys.executable, "-m", module, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{module} 没有成功：{run.stderr.strip() or run.stdout.strip()}")
    return run.stdout
