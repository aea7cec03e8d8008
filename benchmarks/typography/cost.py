"""What composing costs, and what a whole render costs beside stock WeasyPrint's.

usage: python -m benchmarks.typography.cost [--rounds N]

Both set the text of the real issue in the same faces, warm, in turns, each in a process of its
own: the hooks change WeasyPrint for the whole process. Times are CPU milliseconds, medians.
"""

from __future__ import annotations

import argparse
import html
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import process_time

from benchmarks.typography.__main__ import REAL_ISSUE, real_paragraphs
from benchmarks.typography.peers import FONTS, MARGINS_MM, PITCH_PT, SIZE_PT

MEASURE_PT = 156 / 25.4 * 72


def main() -> None:
    """Run both in turns and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--as-worker", choices=("composer", "hongtou", "stock"))
    options = parser.parse_args()
    if options.as_worker:
        serve(WORK[options.as_worker]())
        return
    workers = {name: Worker(name) for name in WORK}
    times: dict[str, list[float]] = {name: [] for name in WORK}
    for _ in range(options.rounds):
        for name, worker in workers.items():
            times[name].append(worker.run())
    middle = {name: median(found) for name, found in times.items()}
    for name, found in times.items():
        sys.stdout.write(f"{name:10} median {middle[name]:7.1f} ms  least {min(found):7.1f} ms\n")
    ratio = middle["hongtou"] / middle["stock"]
    sys.stdout.write(f"hongtou / stock WeasyPrint: {ratio:.2f}\n")


class Worker:
    """A process that runs one piece of work each time it is asked."""

    def __init__(self, name: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.typography.cost", "--as-worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self) -> float:
        """Return the CPU milliseconds of one run."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def serve(work: Callable[[], object]) -> None:
    """Answer each line on standard input with the CPU milliseconds of one run, warmed up."""
    for _ in range(3):
        work()
    for _ in sys.stdin:
        start = process_time()
        work()
        sys.stdout.write(f"{(process_time() - start) * 1000}\n")
        sys.stdout.flush()


def composer() -> Callable[[], object]:
    """Return the composing of every paragraph, as a plan does it."""
    from hongtou.compose.cells import TypeRun
    from hongtou.compose.compositor import Compositor
    from hongtou.faces import open_faces
    from hongtou.layouts import open_layouts
    from hongtou.plan import spacing_of
    from hongtou.resources import resource_dir

    layout = open_layouts(resource_dir("layouts"))["dongtai"]
    compositor = Compositor(open_faces(FONTS.parent), spacing_of(layout))
    runs = [[TypeRun(text, "body")] for text in real_paragraphs()]
    indent = 2 * MEASURE_PT / 28
    tracking = MEASURE_PT / 28 - SIZE_PT
    return lambda: [
        compositor.justified(run, SIZE_PT, MEASURE_PT, indent=indent, tracking=tracking)
        for run in runs
    ]


def hongtou() -> Callable[[], object]:
    """Return the whole way from the issue's bytes to the PDF's."""
    from hongtou.bulletin.order import Order
    from hongtou.config import read_config
    from hongtou.pipeline import Typesetter

    typesetter = Typesetter.open(read_config({}))
    document = REAL_ISSUE.read_bytes()
    return lambda: typesetter.produce(document, Order())


def stock() -> Callable[[], object]:
    """Return WeasyPrint as it comes: the same paragraphs in the same faces, justified."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    margins = " ".join(f"{MARGINS_MM[side]}mm" for side in ("top", "right", "bottom", "left"))
    faces = "".join(
        f"@font-face{{font-family:{name};src:url(file://{FONTS}/{name}.ttf)}}"
        for name in ("latin", "body", "body-fill", "heading", "title", "folio")
    )
    css = CSS(
        string=f"""{faces}
        @page{{size:A4;margin:{margins};
          @bottom-right{{content:"— " counter(page) " —";font:14pt folio}}}}
        html{{font:{SIZE_PT}pt/{PITCH_PT}pt latin,body,body-fill;text-align:justify}}
        p{{margin:0;text-indent:2em}} h1{{font:60pt title;color:#d7000f;text-align:center}}
        h2{{font:22pt/1.7 title;text-align:center}}""",
        font_config=fonts,
    )
    body = "".join(f"<p>{html.escape(text)}" for text in real_paragraphs())
    page = f'<html lang="zh-CN"><title>期</title><h1>创建工作动态</h1><h2>标题</h2>{body}'
    return lambda: HTML(string=page).write_pdf(stylesheets=[css], font_config=fonts, pdf_tags=True)


WORK = {"composer": composer, "hongtou": hongtou, "stock": stock}

if __name__ == "__main__":
    main()
