"""Every engine from process start to file: what one render costs where nothing is warm."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.browser import print_once
from benchmarks.speed.engines import missing
from benchmarks.speed.issues import document_of, varied_issue
from benchmarks.speed.residents import home_of
from benchmarks.speed.sheets import Block, blocks_of
from benchmarks.speed.sources import fodt_source, html_source, tex_source, typst_source
from benchmarks.speed.workers import Timing, children_seconds, pages_of
from benchmarks.typography import peers
from tests.support.serving import ROOT, SERVE

HONGTOU = SERVE[:-1]  # what the command `hongtou` runs, from this folder
TYPST = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], "
    "font_paths=[sys.argv[3]], ignore_system_fonts=True)"
)


@dataclass(frozen=True)
class Command:
    """A typesetter as a command: seed, file to write, folder that keeps its profile."""

    title: str
    render: Callable[[int, Path, Path], None]
    needs: Sequence[str] = ()

    def missing(self) -> str:
        """Return why it cannot be timed here; empty where it can."""
        return missing(self.title, self.needs)


def hongtou(seed: int, target: Path, _: Path) -> None:
    """Run ``hongtou render``."""
    issue = target.with_suffix(".json")
    issue.write_bytes(document_of(varied_issue(seed)))
    command = [*HONGTOU, "render", str(issue), "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def typst(seed: int, target: Path, _: Path) -> None:
    """Run Typst in a Python process of its own."""
    source = target.with_suffix(".typ")
    source.write_text(typst_source(_blocks(seed)), encoding="utf-8")
    command = [sys.executable, "-c", TYPST, str(source), str(target), str(peers.FONTS)]
    subprocess.run(command, check=True, capture_output=True)


def chromium(seed: int, target: Path, home: Path) -> None:
    """Print a page of HTML."""
    page = target.with_suffix(".html")
    page.write_text(html_source(_blocks(seed)), encoding="utf-8")
    print_once(page, target, home)


def libreoffice(seed: int, target: Path, home: Path) -> None:
    """Convert a document with a profile that is there already."""
    peers.libreoffice(fodt_source(_blocks(seed)), target, home)


def xelatex(seed: int, target: Path, _: Path) -> None:
    """Run XeLaTeX once."""
    peers.xelatex(tex_source(_blocks(seed)), target)


def _blocks(seed: int) -> list[Block]:
    return blocks_of(varied_issue(seed))


COMMANDS = {
    "hongtou": Command("hongtou render", hongtou),
    "typst": Command("Typst（Python 包）", typst, ["typst"]),
    "chromium": Command("Chromium", chromium, ["chromium"]),
    "libreoffice": Command("LibreOffice", libreoffice, ["soffice"]),
    "xelatex": Command("XeLaTeX", xelatex, ["xelatex"]),
}


def cold_timings(rounds: int) -> dict[str, list[Timing]]:
    """Return the timings of every command that is installed, in turns.

    A round before the first fills the disk's caches, the profiles and the byte code.
    """
    found: dict[str, list[Timing]] = {
        name: [] for name, command in COMMANDS.items() if not command.missing()
    }
    with ExitStack() as stack:
        homes = {name: home_of(stack) for name in found}
        for seed in range(rounds + 1):
            for name, timings in found.items():
                timings.append(timed(COMMANDS[name], 600_000 + seed, homes[name]))
    return {name: timings[1:] for name, timings in found.items()}


def timed(command: Command, seed: int, home: Path) -> Timing:
    """Return what one render took, with all the processes that it started."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.pdf"
        cpu, wall = children_seconds(), time.perf_counter()
        command.render(seed, target, home)
        wall, cpu = time.perf_counter() - wall, children_seconds() - cpu
        content = target.read_bytes()
        return Timing(cpu, wall, len(content), pages_of(content))
