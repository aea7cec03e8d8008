"""What each saving of the engine is worth, and where the time of a render goes.

usage: python -m benchmarks.speed.savings

Processes with one saving taken out, in turns with one that has them all; then the steps of a
render. 9 pages, every issue new; of a whole render the processor time of all threads and the
wall's, of a step the processor time of the one that takes it.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time, thread_time
from typing import Any

from benchmarks.speed.issues import varied_issue

ROUNDS, WARM = 45, 4
WHOLE = ("processor", "wall")


def without_kept_styles() -> None:
    _take_out("get_all_computed_styles")


def with_margin_boxes() -> None:
    _take_out("make_margin_boxes")


def with_backgrounds() -> None:
    _take_out("layout_backgrounds")


def with_pages_of_strips_laid_out() -> None:
    _take_out("make_page")


def _take_out(name: str) -> None:
    from hongtou.paginate import savings

    savings.REPLACED = [one for one in savings.REPLACED if one[1] != name]


def with_html_parser() -> None:
    from hongtou.paginate import pagination

    pagination._parsed = pagination._parsed_by_weasyprint


def with_zlib() -> None:
    from hongtou import compression

    compression.deflate.zlib_compress = lambda content, _level: zlib.compress(content, 3)


def without_early_compression() -> None:
    from hongtou import compression

    compression.LARGE_BYTES = sys.maxsize


def without_needs() -> None:
    from hongtou.review import RULES
    from hongtou.review.rule import EachText

    for rule in RULES:
        if isinstance(rule.check, EachText):
            object.__setattr__(rule.check, "needs", "")


TAKEN_OUT: dict[str, Callable[[], None]] = {
    "nothing": lambda: None,
    "kept styles": without_kept_styles,
    "margin boxes": with_margin_boxes,
    "backgrounds": with_backgrounds,
    "strip pages": with_pages_of_strips_laid_out,
    "XML parser": with_html_parser,
    "libdeflate": with_zlib,
    "early": without_early_compression,
    "needs": without_needs,
}
STEPS = (
    ("hongtou.acceptance", "read_issue"), ("hongtou.acceptance", "review"),
    ("hongtou.pipeline", "make_plan"), ("hongtou.paginate.pagination", "_lay_out"),
    ("hongtou.paginate.pagination", "_pages"), ("hongtou.pdf.document", "embed_faces"),
    ("hongtou.pdf.document", "write_pdf"), ("hongtou.pipeline", "refuse_faulty"),
)  # fmt: skip


def main() -> None:
    """Print both tables."""
    workers = {name: _start(name) for name in TAKEN_OUT}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in workers}
    for seed in range(ROUNDS):
        for name, worker in workers.items():
            found[name].append(json.loads(_asked(worker, seed)))
    for name, rounds in found.items():
        saved = {
            kind: median(a[kind] / b[kind] for a, b in zip(rounds, found["nothing"], strict=True))
            - 1
            for kind in WHOLE
        }
        print(f"taken out: {name:16}", *(f"{kind} {share:+.1%}" for kind, share in saved.items()))
    steps = [json.loads(_asked(workers["nothing"], ROUNDS + seed)) for seed in range(ROUNDS)]
    for name in steps[0]:
        share = median(one[name] / one["processor"] for one in steps)
        print(f"{name:12} {median(one[name] for one in steps) * 1000:6.2f} ms {share:6.1%}")


def work(name: str) -> None:
    """Answer each seed on standard input with the seconds of every step."""
    from importlib import import_module

    from hongtou.bulletin.order import Order
    from hongtou.config import read_config
    from hongtou.pipeline import Typesetter

    typesetter = Typesetter.open(read_config({}))
    import_module("hongtou.paginate.pagination")
    TAKEN_OUT[name]()
    spent: dict[str, float] = defaultdict(float)
    for module, path in STEPS:
        _watch(import_module(module), path, spent)
    for seed in range(WARM):
        typesetter.produce(_document(10_000 + seed), Order())
    gc.collect()
    gc.freeze()  # as hongtou.rendering does
    for line in sys.stdin:
        spent.clear()
        document, began, at = _document(int(line)), process_time(), perf_counter()
        typesetter.produce(document, Order())
        whole = (process_time() - began, perf_counter() - at)
        print(json.dumps({**dict(zip(WHOLE, whole, strict=True)), **spent}), flush=True)
        gc.collect()


def _watch(owner: Any, path: str, spent: dict[str, float]) -> None:
    *holders, name = path.split(".")
    for holder in holders:
        owner = getattr(owner, holder)
    original = getattr(owner, name)

    def watched(*given: Any, **named: Any) -> Any:
        began = thread_time()
        try:
            return original(*given, **named)
        finally:
            spent[path] += thread_time() - began

    setattr(owner, name, watched)


def _start(name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.speed.savings", name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _asked(worker: subprocess.Popen[str], seed: int) -> str:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{seed}\n")
    worker.stdin.flush()
    return worker.stdout.readline()


def _document(seed: int) -> bytes:
    return json.dumps(varied_issue(seed), ensure_ascii=False).encode()


if __name__ == "__main__":
    work(sys.argv[1]) if len(sys.argv) > 1 else main()
