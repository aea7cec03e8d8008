"""The process that becomes LibreOffice: it gives up its rights first.

Run as ``python -m hongtou.rendering.office_process PROGRAM FOLDER PARENT``. The program reads
itself and its fonts, and writes only in the folder, where its profile is; it has no network, and
what a document names elsewhere is not there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from hongtou.rendering.sandbox import (
    MIB,
    Access,
    confine_program,
    die_with_parent,
    extend_cpu_limit,
    limit_resources,
    reset_signals,
)

ADDRESS_BYTES = 4096 * MIB  # most of it mapped libraries
CPU_SECONDS = 30  # also ends what outlives the service
DESCRIPTORS = 256
READ = (
    *("/usr", "/lib", "/lib64", "/bin", "/opt", "/proc", "/dev/urandom", "/sys/devices/system/cpu"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/alternatives"),
    *("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/localtime", "/etc/locale.alias"),
    *("/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig"),
)


def main() -> NoReturn:
    """Confine this process, and become the program."""
    program, folder, parent = sys.argv[1:]
    die_with_parent(int(parent))
    reset_signals()
    limit_resources(ADDRESS_BYTES, DESCRIPTORS)
    extend_cpu_limit(CPU_SECONDS)
    confine_program(_allowed(program, folder))
    own = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}
    os.execve(program, [program, *_arguments(folder)], own)


def _allowed(program: str, folder: str) -> dict[str, Access]:
    """Return what the program may do where; it puts a socket into /tmp whatever it is told."""
    read = dict.fromkeys((*READ, str(Path(program).resolve().parent)), Access.READ)
    return {**read, "/dev/null": Access.ALL, "/tmp": Access.SOCKETS, folder: Access.ALL}


def _arguments(folder: str) -> list[str]:
    return [
        f"-env:UserInstallation=file://{folder}/profile",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{folder}/out"),
        f"{folder}/source.doc",
    ]


if __name__ == "__main__":
    main()
