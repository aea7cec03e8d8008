"""Which test files can see a mutant: those that make run what it stands in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from benchmarks.mutation.mutant import ROOT, Mutant
from benchmarks.mutation.places import functions, places_of
from benchmarks.mutation.tree import Tree

ALL_LAYOUTS = ("test_geometry", "test_colour", "test_every_field", "test_layouts", "test_compose")
SECONDS = 900.0  # for one test file, watched
BY_CHANCE = 240.0  # seconds, watched, of test files that may come by a value in a way of their own


@dataclass(frozen=True)
class Sight:
    """What each test file makes run, as ``path:name of the function``, and how long it takes."""

    seen: dict[str, frozenset[str]]
    seconds: dict[str, float]

    def of(self, mutant: Mutant) -> list[str]:
        """Return the test files that can see a mutant, those first that see it soonest.

        What is run on import is seen by those that run a function which names it. Others may
        come by it another way, as by the fields of a class: they follow, as far as time allows.
        """
        files = self._soonest(mutant, self._running(places_of(mutant)))
        if files and mutant.function:
            return files
        spent = 0.0 if files else float("-inf")
        for file in self._soonest(mutant, self._running({f"{mutant.path}:"}) - {*files}):
            spent += self.seconds[file]
            if spent > BY_CHANCE:
                break
            files.append(file)
        return files

    def _running(self, places: Iterable[str]) -> set[str]:
        wanted = set(places)
        return {file for file, seen in self.seen.items() if seen & wanted}

    def _soonest(self, mutant: Mutant, files: Iterable[str]) -> list[str]:
        stem = Path(mutant.path).stem.rstrip("s")
        return sorted(files, key=lambda file: (not _is_about(file, stem), self.seconds[file]))


def _is_about(file: str, stem: str) -> bool:
    return stem in file or (stem in ("layout", "page.cs") and Path(file).stem in ALL_LAYOUTS)


def sight(kept: Path, trees: Sequence[Tree], tell: Callable[[str], None]) -> Sight:
    """Return the map that was kept; what it lacks is added: each test file is run once, watched.

    A test file that was changed since is watched again.
    """
    with kept.open("a+", encoding="utf-8") as lines:
        lines.seek(0)
        found = {entry["file"]: entry for entry in map(json.loads, lines)}
        changed = [
            file for file in _test_files() if _digest(file) != found.get(file, {}).get("digest")
        ]
        for entry in _watched(changed, trees):
            lines.write(json.dumps(entry) + "\n")
            lines.flush()
            tell(f"{entry['file']}: {len(entry['seen'])} functions, {entry['seconds']:.0f} s")
            found[entry["file"]] = entry
    there = {file: found[file] for file in _test_files()}
    return Sight(
        {file: frozenset(entry["seen"]) for file, entry in there.items()},
        {file: entry["seconds"] for file, entry in there.items()},
    )


def _test_files() -> list[str]:
    """Return all test files, quick ones first."""
    files = sorted((ROOT / "tests").glob("test_*.py"))
    files.sort(key=lambda path: "pytestmark = pytest.mark.slow" in path.read_text(encoding="utf-8"))
    return [str(path.relative_to(ROOT)) for path in files]


def _digest(file: str) -> str:
    return sha256((ROOT / file).read_bytes()).hexdigest()[:16]


def _watched(files: Sequence[str], trees: Sequence[Tree]) -> Iterator[dict[str, Any]]:
    idle: SimpleQueue[Tree] = SimpleQueue()
    for tree in trees:
        idle.put(tree)
    known = sorted(functions())

    def watch(file: str) -> dict[str, Any]:
        tree, began = idle.get(), time.monotonic()
        seen = tree.functions_run(["--maxfail=1000", file], SECONDS, known)
        idle.put(tree)
        seconds = time.monotonic() - began
        return {"file": file, "digest": _digest(file), "seconds": seconds, "seen": seen}

    with ThreadPoolExecutor(len(trees)) as threads:
        for future in as_completed(threads.submit(watch, file) for file in files):
            yield future.result()
