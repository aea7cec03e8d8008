"""One warm LibreOffice that holds an empty document, so that it stays when another is done."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack

from benchmarks.speed.residents import home_of, resident
from benchmarks.speed.sources import fodt_source
from benchmarks.typography.peers import libreoffice_command, with_fonts

START_SECONDS = 60


class Office:
    """A running soffice: a second command hands its task over and waits until it is done.

    ``kind`` is how the names of the files end that it reads.
    """

    def __init__(self, stack: ExitStack, kind: str, *, our_faces: bool = True) -> None:
        self._home = home_of(stack)
        self._kind = kind
        self._command = libreoffice_command(self._home)
        self._environment = with_fonts(self._home) if our_faces else dict(os.environ)
        held = self._home / "held.fodt"
        held.write_text(fodt_source([]), encoding="utf-8")
        resident(stack, [*self._command, str(held)], self._environment)
        lock = self._home / ".~lock.held.fodt#"  # written when the document is open
        deadline = time.monotonic() + START_SECONDS
        while not lock.exists():
            assert time.monotonic() < deadline, "LibreOffice 没有打开文件"
            time.sleep(0.1)

    def print(self, document: bytes) -> bytes:
        """Return a document of this office's kind as PDF."""
        source, target = self._home / f"text.{self._kind}", self._home / "text.pdf"
        target.unlink(missing_ok=True)
        source.write_bytes(document)
        subprocess.run(
            [*self._command, "--convert-to", "pdf", "--outdir", str(self._home), str(source)],
            env=self._environment,
            check=True,
            capture_output=True,
            timeout=300,
        )
        return target.read_bytes()
