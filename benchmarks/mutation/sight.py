"""Which test files can see a mutant: those that make run what it stands in."""

from __future__ import annotations

import ast
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from benchmarks.mutation.mutant import PACKAGE, ROOT, Mutant, functions_of
from benchmarks.mutation.tree import Tree

ALL_LAYOUTS = ("test_geometry", "test_colour", "test_every_field", "test_layouts", "test_compose")
SECONDS = 900.0  # for one test file, watched


@dataclass(frozen=True)
class Sight:
    """What each test file makes run, as ``path:name of the function``, and how long it takes."""

    seen: dict[str, frozenset[str]]
    seconds: dict[str, float]

    def of(self, mutant: Mutant) -> list[str]:
        """Return the test files that can see a mutant, those first that see it soonest."""
        files = self._running(_places(mutant)) or self._running({f"{mutant.path}:"})
        stem = Path(mutant.path).stem.rstrip("s")
        return sorted(files, key=lambda file: (not _is_about(file, stem), self.seconds[file]))

    def _running(self, places: Iterable[str]) -> set[str]:
        wanted = set(places)
        return {file for file, seen in self.seen.items() if seen & wanted}


def _is_about(file: str, stem: str) -> bool:
    return stem in file or (stem in ("layout", "page.cs") and Path(file).stem in ALL_LAYOUTS)


def _places(mutant: Mutant) -> set[str]:
    """Return where a mutant shows: its function, or all functions that use the name it alters."""
    if mutant.path.startswith("layouts"):
        return {f"{PACKAGE}/layouts/layout.py:"}
    if mutant.function:
        return {f"{mutant.path}:{mutant.function}"}
    source = (ROOT / mutant.path).read_bytes()
    line = source.count(b"\n", 0, mutant.start) + 1
    names = {
        node.id
        for statement in ast.walk(ast.parse(source))
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and statement.lineno <= line <= (statement.end_lineno or 0)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return {place for name in names for place in _users()[name]}


_USERS: dict[str, set[str]] = defaultdict(set)


def _users() -> dict[str, set[str]]:
    """Return the functions that use a name, be it a variable's, a field's or a table's."""
    if not _USERS:
        for path in (ROOT / PACKAGE).rglob("*.py"):
            for qualified, function in functions_of(ast.parse(path.read_bytes())):
                for node in ast.walk(function):
                    name = getattr(node, "id", None) or getattr(node, "attr", None)
                    _USERS[name or ""].add(f"{path.relative_to(ROOT)}:{qualified}")
    return _USERS


def sight(kept: Path, trees: Sequence[Tree], tell: Callable[[str], None]) -> Sight:
    """Return the map that was kept; what it lacks is added: each test file is run once, watched."""
    with kept.open("a+", encoding="utf-8") as lines:
        lines.seek(0)
        found = {entry["file"]: entry for entry in map(json.loads, lines)}
        for entry in _watched([file for file in _test_files() if file not in found], trees):
            lines.write(json.dumps(entry) + "\n")
            lines.flush()
            tell(f"{entry['file']}: {len(entry['seen'])} functions, {entry['seconds']:.0f} s")
            found[entry["file"]] = entry
    return Sight(
        {file: frozenset(entry["seen"]) for file, entry in found.items()},
        {file: entry["seconds"] for file, entry in found.items()},
    )


def _test_files() -> list[str]:
    """Return all test files, quick ones first."""
    files = sorted((ROOT / "tests").glob("test_*.py"))
    files.sort(key=lambda path: "pytestmark = pytest.mark.slow" in path.read_text(encoding="utf-8"))
    return [str(path.relative_to(ROOT)) for path in files]


def _watched(files: Sequence[str], trees: Sequence[Tree]) -> Iterator[dict[str, Any]]:
    idle: SimpleQueue[Tree] = SimpleQueue()
    for tree in trees:
        idle.put(tree)

    def watch(file: str) -> dict[str, Any]:
        tree, began = idle.get(), time.monotonic()
        log = tree.folder / "seen.txt"
        log.write_text("")
        tree.first_fault(["--maxfail=1000", file], SECONDS, MUTATION_SEEN=str(log))
        seen = sorted(set(log.read_text(encoding="utf-8").split()))
        idle.put(tree)
        return {"file": file, "seconds": time.monotonic() - began, "seen": seen}

    with ThreadPoolExecutor(len(trees)) as threads:
        for future in as_completed(threads.submit(watch, file) for file in files):
            yield future.result()
