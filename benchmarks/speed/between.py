"""What a render costs here beside an earlier commit.

usage: python -m benchmarks.speed.between COMMIT [TIMES ...]

The commit is laid out in a folder of its own. Both set the same issues, as many times as long as the
real one, in processes of their own and in turns; of each the least processor time counts. Both run
with the packages that are installed here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.service.record import ROOT
from benchmarks.speed.issues import document_of, varied_issue

TIMES = (1, 3, 7, 16)
TURNS, SEED = 5, 0
# Runs in either tree, so it uses what both have. From standard input: documents; prints pages and seconds.
RENDERS = """
import gc, json, sys
from time import process_time
from hongtou.bulletin.order import Order
from hongtou.config import read_config
from hongtou.pipeline import Typesetter

typesetter, documents = Typesetter.open(read_config({})), json.load(sys.stdin)
typesetter.produce(documents[0].encode(), Order())
gc.collect()
gc.freeze()
gc.disable()
told = []
for document in documents:
    least = None
    for _ in range(3):
        began = process_time()
        edition = typesetter.produce(document.encode(), Order())
        least = min(process_time() - began, least or 1e9)
        gc.collect()
    told.append([edition.page_count, least])
print(json.dumps(told))
"""


def main(commit: str, lengths: Sequence[int]) -> None:
    """Print a line for each length: pages, milliseconds of both, and the median ratio."""
    documents = [document_of(varied_issue(SEED, times)).decode() for times in lengths]
    here, there, ratios = (defaultdict[int, list[float]](list) for _ in range(3))
    with laid_out(commit) as earlier:
        for _ in range(TURNS):
            before, now = rendered(earlier, documents), rendered(ROOT, documents)
            for (_, old), (pages, new) in zip(before, now, strict=True):
                there[pages].append(old)
                here[pages].append(new)
                ratios[pages].append(new / old)
    for pages, found in ratios.items():
        old, new = min(there[pages]) * 1000, min(here[pages]) * 1000
        print(
            f"{pages} 页：{commit} {old:.1f} 毫秒，现在 {new:.1f} 毫秒，之比的中位 {median(found):.3f}"
        )


@contextmanager
def laid_out(commit: str) -> Iterator[Path]:
    """Have the files of a commit in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "commit.tar")
        subprocess.run(["git", "archive", "-o", archive, commit], cwd=ROOT, check=True)
        subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
        yield Path(folder)


def rendered(tree: Path, documents: Sequence[str]) -> list[tuple[int, float]]:
    """Return the pages of each document and the seconds that a tree takes for it."""
    done = subprocess.run(
        [sys.executable, "-c", RENDERS],
        input=json.dumps(documents),
        env={**os.environ, "PYTHONPATH": str(tree / "service")},
        cwd=tree,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [(pages, seconds) for pages, seconds in json.loads(done.stdout)]


if __name__ == "__main__":
    main(sys.argv[1], [int(one) for one in sys.argv[2:]] or TIMES)
