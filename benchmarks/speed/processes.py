"""Typesetters that are a process for each render, and every engine from process start."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from benchmarks.speed.issues import paragraphs_of, varied_issue
from benchmarks.speed.workers import Timing
from benchmarks.typography.peers import (
    FONTS,
    MARGINS_MM,
    PITCH_PT,
    SIZE_PT,
    typst_source,
    with_libreoffice,
    with_xelatex,
)

CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
TYPST_COLD = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], "
    "font_paths=[sys.argv[3]], ignore_system_fonts=True)"
)
Render = Callable[[int, Path], None]


def with_chromium(seed: int, target: Path) -> None:
    """Print the paragraphs from a page of HTML."""
    margins = " ".join(f"{MARGINS_MM[side]}mm" for side in ("top", "right", "bottom", "left"))
    faces = "".join(
        f"@font-face{{font-family:{name};src:url(file://{FONTS}/{name}.ttf)}}"
        for name in ("latin", "body")
    )
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs_of(varied_issue(seed)))
    page = target.with_suffix(".html")
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>{faces}@page{{size:A4;margin:{margins}}}"
        f"p{{font:{SIZE_PT}pt/{PITCH_PT}pt latin,body;margin:0;text-indent:2em;text-align:justify}}"
        f"</style>{body}",
        encoding="utf-8",
    )
    subprocess.run(
        ["chromium", *CHROMIUM, f"--user-data-dir={target.parent}/profile",
         f"--print-to-pdf={target}", str(page)],
        check=True, capture_output=True, timeout=120,
    )


def cold_hongtou(seed: int, target: Path) -> None:
    """Run the command from its start."""
    issue = target.with_suffix(".json")
    issue.write_text(json.dumps(varied_issue(seed), ensure_ascii=False), encoding="utf-8")
    command = Path(sys.executable).with_name("hongtou")
    subprocess.run([command, "render", issue, "-o", target], check=True, capture_output=True)


def cold_typst(seed: int, target: Path) -> None:
    """Run Typst in a Python process of its own."""
    source = target.with_suffix(".typ")
    source.write_text(typst_source(paragraphs_of(varied_issue(seed))), encoding="utf-8")
    command = [sys.executable, "-c", TYPST_COLD, str(source), str(target), str(FONTS)]
    subprocess.run(command, check=True, capture_output=True)


def _of_paragraphs(peer: Callable[[list[str], Path], None]) -> Render:
    return lambda seed, target: peer(paragraphs_of(varied_issue(seed)), target)


# name → (command that must be there, how it renders)
ENGINES: dict[str, tuple[str, Render]] = {
    "hongtou render": ("", cold_hongtou),
    "Typst 0.15 从启动起": ("", cold_typst),
    "Chromium": ("chromium", with_chromium),
    "LibreOffice": ("soffice", _of_paragraphs(with_libreoffice)),
    "XeLaTeX": ("xelatex", _of_paragraphs(with_xelatex)),
}


def engines_here() -> dict[str, Render]:
    """Return the engines whose command is installed."""
    return {
        name: render for name, (command, render) in ENGINES.items()
        if not command or shutil.which(command)
    }


def timed(render: Render, seed: int) -> Timing:
    """Return what one render took, with all the processes that it started."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.pdf"
        before, began = _spent(), time.perf_counter()
        render(seed, target)
        wall, cpu = time.perf_counter() - began, _spent() - before
        return Timing(cpu, wall, target.stat().st_size)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
