"""JHOVE, which says whether a file is PDF/X-1a: it looks at its objects, not into its streams."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.judges.jars import Jar, fetched

JARS = (
    Jar(
        "org.openpreservation.jhove",
        "jhove-core",
        "1.32.1",
        "bf96de9bedec393f9e25acce72f12e749b48e443993faebfce2198b7ce00c191",
    ),
    Jar(
        "org.openpreservation.jhove.modules",
        "pdf-hul",
        "1.12.7",
        "e41f8643557096d6e597de506fb9c25c5faf855f9859def9ca8595e4df79f6f8",
    ),
)
SOURCE = Path(__file__).with_name("Jhove.java")
X1A = "ISO PDF/X-1a"


def faults_by_file(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield the names of files that are no PDF/X-1a, and what is wrong."""
    path = os.pathsep.join(str(fetched(jar)) for jar in JARS)
    command = ["java", "-cp", path, str(SOURCE), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {
        Path(name).name: (is_valid == "true", profiles)
        for name, is_valid, *profiles in (line.split("\t") for line in run.stdout.splitlines())
    }
    for name in (path.name for path in files):
        is_valid, profiles = found.get(name, (False, []))
        if not is_valid or X1A not in profiles:
            yield name, f"JHOVE 不认作 {X1A}，只认作 {'、'.join(profiles) or '别的'}"
