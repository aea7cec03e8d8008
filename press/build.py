#!/usr/bin/env python3
"""Build the profile of the press from its characterisation data, the same bytes each time.

ArgyllCMS's colprof (Debian package ``argyll``) does the work and takes half a minute. It writes the
time of day into the header, which is set to a fixed one afterwards.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "fogra47.ti3.gz"
PROFILE = "Uncoated-FOGRA47L.icc"
# Medium quality, tables of Lab, without a copy of the data; at most 280 % of ink and 98 % of black,
# and as much black as goes in place of the three colours (-kr): grey stays grey on any machine.
OPTIONS = ("-qm", "-bl", "-nc", "-l280", "-L98", "-kr")
TITLE, COPYRIGHT = "Uncoated FOGRA47L (hongtou)", "CC0 1.0 Universal"
CREATED = (2026, 1, 1, 0, 0, 0)
CREATED_AT = 24  # ICC.1:2001-04 §6.1: bytes 24 to 35 of the header, six numbers of 16 bits


def main() -> None:
    """Build the profile into a folder, by default into this one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE)
    content = build()
    path = parser.parse_args().out / PROFILE
    path.write_bytes(content)
    print(f"{path}  {len(content)} bytes  sha256 {hashlib.sha256(content).hexdigest()}")


def build() -> bytes:
    """Return the profile."""
    if shutil.which("colprof") is None:
        sys.exit("没有 colprof：apt-get install --no-install-recommends argyll")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / Path(PROFILE).stem
        base.with_suffix(".ti3").write_bytes(gzip.decompress(DATA.read_bytes()))
        command = ["colprof", *OPTIONS, "-D", TITLE, "-C", COPYRIGHT, str(base)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        content = bytearray(base.with_suffix(".icc").read_bytes())
    content[CREATED_AT : CREATED_AT + 12] = struct.pack(">6H", *CREATED)
    return bytes(content)


if __name__ == "__main__":
    main()
