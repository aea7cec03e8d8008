"""One warm process for each engine: asked with a seed and a length, it answers with its times."""

from __future__ import annotations

import gc
import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import pikepdf

from benchmarks.speed.issues import paragraphs_of, varied_issue


@dataclass(frozen=True)
class Timing:
    """One render: seconds of CPU and of wall, bytes and, where they were counted, pages made."""

    cpu: float
    wall: float
    size: int
    pages: int = 0


class Worker:
    """A warm engine in a process of its own."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.speed.workers", engine],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )

    def render(self, seed: int, times: int = 1) -> Timing:
        """Return the timing of one issue."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{seed} {times}\n")
        self._process.stdin.flush()
        return Timing(**json.loads(self._process.stdout.readline()))

    def memory(self, renders: int) -> int:
        """Return the bytes that the process holds after so many issues, as a worker does."""
        for seed in range(renders):
            self.render(500_000 + seed)
        statm = Path(f"/proc/{self._process.pid}/statm").read_text()
        return int(statm.split()[1]) * resource.getpagesize()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def hongtou() -> Callable[[int, int], Callable[[], bytes]]:
    """Return a maker of renders by the whole pipeline, as the service runs it."""
    from service.config import read_config
    from service.limits import Limits
    from service.order import Order
    from service.pipeline import Workshop

    config = read_config({})
    roomy = Limits(body_bytes=10**8, total_chars=10**8, articles=10**5)
    workshop = Workshop(*_opened(config), roomy)

    def prepare(seed: int, times: int) -> Callable[[], bytes]:
        document = json.dumps(varied_issue(seed, times), ensure_ascii=False).encode()
        return lambda: workshop.produce(document, Order()).content

    return prepare


def _opened(config: object) -> tuple[object, object]:
    from service.faces import open_faces
    from service.layouts import open_layouts

    return open_faces(config.fonts_dir), open_layouts(config.layouts_dir)  # type: ignore[attr-defined]


def typst() -> Callable[[int, int], Callable[[], bytes]]:
    """Return a maker of renders by Typst in this process, its fonts loaded once."""
    import typst as engine

    from benchmarks.typography.peers import FONTS, typst_source

    compiler = engine.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)

    def prepare(seed: int, times: int) -> Callable[[], bytes]:
        source = typst_source(paragraphs_of(varied_issue(seed, times))).encode()
        return lambda: compiler.compile(input=source)

    return prepare


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


ENGINES = {"hongtou": hongtou, "typst": typst}


def serve(engine: str) -> None:
    """Answer each line ``seed times`` on standard input with a timing, warmed up."""
    prepare = ENGINES[engine]()
    for seed in range(3):
        prepare(900_000 + seed, 1)()
    gc.collect()
    gc.freeze()  # as service.workers does
    for line in sys.stdin:
        seed, times = map(int, line.split())
        work = prepare(seed, times)
        wall, cpu = perf_counter(), process_time()
        content = work()
        cpu, wall = process_time() - cpu, perf_counter() - wall
        timing = {"cpu": cpu, "wall": wall, "size": len(content), "pages": _pages(content)}
        sys.stdout.write(json.dumps(timing) + "\n")
        sys.stdout.flush()
        del content, work
        gc.collect()  # as service.workers does, while idle


if __name__ == "__main__":
    serve(sys.argv[1])
