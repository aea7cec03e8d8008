"""Which test files can see a mutant: those that make run what it stands in."""

from __future__ import annotations

import ast
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

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


def sight(kept: Path, trees: Iterable[Tree], tell: Callable[[str], None]) -> Sight:
    """Return the map that was kept, or make it: every test file is run once, watched."""
    if not kept.exists():
        kept.write_text(json.dumps(_watched(list(trees), tell)), encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    return Sight(
        {file: frozenset(seen) for file, (_, seen) in found.items()},
        {file: seconds for file, (seconds, _) in found.items()},
    )


def _watched(trees: list[Tree], tell: Callable[[str], None]) -> dict[str, tuple[float, list[str]]]:
    idle: SimpleQueue[Tree] = SimpleQueue()
    for tree in trees:
        idle.put(tree)

    def watch(file: str) -> tuple[float, list[str]]:
        tree, began = idle.get(), time.monotonic()
        log = tree.folder / "seen.txt"
        log.write_text("")
        tree.first_fault(["--maxfail=1000", file], SECONDS, MUTATION_SEEN=str(log))
        seen = sorted(set(log.read_text(encoding="utf-8").split()))
        tell(f"{file}: {len(seen)} functions")
        idle.put(tree)
        return time.monotonic() - began, seen

    files = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").glob("test_*.py"))]
    with ThreadPoolExecutor(len(trees)) as threads:
        return dict(zip(files, threads.map(watch, files), strict=True))
