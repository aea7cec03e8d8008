"""Which tests can see a mutant: those that make run what it stands in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from benchmarks.mutation.mutant import ROOT, Mutant
from benchmarks.mutation.places import places_of
from benchmarks.mutation.tree import Tree

ALL_LAYOUTS = ("test_geometry", "test_colour", "test_every_field", "test_layouts", "test_proofs")
SECONDS = 1800.0  # for one test file, watched
# What is long would take as long as all the rest, and sees little that nothing else sees.
ALL, QUICK = "not long", "not slow"
LEAST = 0.02  # seconds that a test costs at least, with its fixtures


@dataclass(frozen=True)
class Test:
    """A test, by the name that pytest gives it, and how long it takes while it is watched."""

    name: str
    seconds: float

    @property
    def file(self) -> str:
        return self.name.partition("::")[0]


class Sight:
    """What each test makes run, as ``path:name of the function``."""

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self._of_file: dict[str, list[Test]] = {}
        self._running: dict[str, list[Test]] = defaultdict(list)
        self._files: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self._add(entry["file"], entry["functions"], entry["shared"], entry["tests"])

    def _add(self, file: str, functions: list[str], shared: list[int], tests: Any) -> None:
        self._of_file[file] = []
        for name, (seconds, seen) in tests.items():
            test = Test(name, max(LEAST, seconds))
            self._of_file[file].append(test)
            for number in seen:
                self._running[functions[number]].append(test)
                self._files[functions[number]].add(file)
        for number in shared:
            self._files[functions[number]].add(file)

    def of(self, mutant: Mutant, seconds: float) -> tuple[list[Test], bool]:
        """Return the tests to try a mutant with, likely ones first, and whether they are all.

        Watched, they take at most so many seconds.

        First come those that make run the function it stands in, or one that names what is set
        on import; then the other tests of the same files, which may have it from a fixture or from
        what is remembered; then, for what is set on import, those that import it.
        """
        places = places_of(mutant)
        near = {test for place in places for test in self._running[place]}
        files = {file for place in places for file in self._files[place]}
        imported = set() if mutant.function else self._files[f"{mutant.path}:"]
        beside = {test for file in files for test in self._of_file[file]} - near
        others = {test for file in imported - files for test in self._of_file[file]}
        ordered = [test for group in (near, beside, others) for test in _soonest(mutant, group)]
        chosen = [*_as_time_allows(ordered, seconds)]
        return chosen, len(chosen) == len(ordered)


def _soonest(mutant: Mutant, tests: Iterable[Test]) -> list[Test]:
    stem = Path(mutant.path).stem.rstrip("s")
    return sorted(tests, key=lambda test: (not _is_about(test, stem), test.seconds, test.name))


def _is_about(test: Test, stem: str) -> bool:
    return stem in test.name or (
        stem in ("layout", "page.cs") and Path(test.file).stem in ALL_LAYOUTS
    )


def _as_time_allows(tests: Iterable[Test], seconds: float) -> Iterator[Test]:
    for test in tests:
        seconds -= test.seconds
        if seconds < 0:
            return
        yield test


def sight(kept: Path, marks: str, trees: Sequence[Tree], tell: Callable[[str], None]) -> Sight:
    """Return the map that was kept; what it lacks is added: each test file is run once, watched.

    Of each the tests of `marks` are run, `ALL` or `QUICK`. A test file that was changed since is
    watched again.
    """
    with kept.open("a+", encoding="utf-8") as lines:
        lines.seek(0)
        found = {entry["file"]: entry for entry in map(json.loads, lines)}
        changed = [
            file for file in _test_files() if _digest(file) != found.get(file, {}).get("digest")
        ]
        for entry in _watched(changed, marks, trees):
            lines.write(json.dumps(entry) + "\n")
            lines.flush()
            tell(
                f"{entry['file']}: {len(entry['tests'])} tests, {len(entry['functions'])} functions"
            )
            found[entry["file"]] = entry
    return Sight(found[file] for file in _test_files())


def _test_files() -> list[str]:
    """Return all test files but those of the browser, quick ones first."""
    every = (ROOT / "tests").rglob("test_*.py")
    files = sorted(path for path in every if path.parent.name != "browser")
    files.sort(key=lambda path: "pytestmark = pytest.mark." in path.read_text(encoding="utf-8"))
    return [str(path.relative_to(ROOT)) for path in files]


def _digest(file: str) -> str:
    return sha256((ROOT / file).read_bytes()).hexdigest()[:16]


def _watched(files: Sequence[str], marks: str, trees: Sequence[Tree]) -> Iterator[dict[str, Any]]:
    idle: SimpleQueue[Tree] = SimpleQueue()
    for tree in trees:
        idle.put(tree)

    def watch(file: str) -> dict[str, Any]:
        tree = idle.get()
        try:
            seen = _numbered(tree.watched(file, marks, SECONDS))
            return {"file": file, "digest": _digest(file)} | seen
        finally:
            idle.put(tree)

    with ThreadPoolExecutor(len(trees)) as threads:
        for future in as_completed(threads.submit(watch, file) for file in files):
            yield future.result()


def _numbered(record: dict[str, Any]) -> dict[str, Any]:
    """Return what was recorded with numbers for the functions, whose names are long."""
    runs = [record["shared"], *(seen for _, seen in record["tests"].values())]
    functions = sorted({name for seen in runs for name in seen})
    numbers = {name: number for number, name in enumerate(functions)}
    tests = {
        name: [seconds, [numbers[function] for function in seen]]
        for name, (seconds, seen) in record["tests"].items()
    }
    shared = [numbers[function] for function in record["shared"]]
    return {"functions": functions, "shared": shared, "tests": tests}
