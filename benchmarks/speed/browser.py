"""One warm Chromium, told over its DevTools pipe what to print.

The pipe (``--remote-debugging-pipe``) is file descriptors 3 and 4 and needs no WebSocket.
"""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.speed.residents import home_of, resident
from benchmarks.typography.peers import with_fonts

COMMAND = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
JOINED = 'exec "${@:3}" 3<&"$1" 4>&"$2"'
PIECE_BYTES = 1 << 20


def print_once(page: Path, target: Path, home: Path) -> None:
    """Print a page with a Chromium that starts and ends."""
    task = [f"--user-data-dir={home}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run(
        [*COMMAND, *task, str(page)],
        env=with_fonts(home),
        check=True,
        capture_output=True,
        timeout=120,
    )


class Browser:
    """A running Chromium with one tab, and with our faces or those of the system."""

    def __init__(self, stack: ExitStack, *, our_faces: bool = True) -> None:
        home = home_of(stack)
        environment = with_fonts(home) if our_faces else os.environ
        theirs, self._out = os.pipe()
        self._in, answers = os.pipe()
        command = [
            *COMMAND,
            "--remote-debugging-pipe",
            f"--user-data-dir={home}/profile",
            "about:blank",
        ]
        resident(
            stack,
            ["bash", "-c", JOINED, "bash", str(theirs), str(answers), *command],
            environment,
            pass_fds=[theirs, answers],
        )
        os.close(theirs)
        os.close(answers)
        self._asked = 0
        self._left = b""
        self._session: str | None = None
        tab = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        self._frame = self._ask("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def print(self, page: str) -> bytes:
        """Return a page of HTML as PDF."""
        self._ask("Page.setDocumentContent", frameId=self._frame, html=page)
        printed = self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return b64decode(printed["data"])

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        unsent = json.dumps(message).encode() + b"\0"
        while unsent:
            unsent = unsent[os.write(self._out, unsent) :]
        while (answer := self._heard()).get("id") != self._asked:
            pass  # events, which nobody asked for
        assert "result" in answer, answer
        return answer["result"]  # type: ignore[no-any-return]

    def _heard(self) -> dict[str, Any]:
        pieces = [self._left]
        while b"\0" not in pieces[-1]:
            pieces.append(os.read(self._in, PIECE_BYTES))
            if not pieces[-1]:
                raise EOFError("Chromium 已结束")
        message, _, self._left = b"".join(pieces).partition(b"\0")
        return json.loads(message)  # type: ignore[no-any-return]
