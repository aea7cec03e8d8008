"""Print the rooms of ``service/hongtou`` and who imports whom; fail where that goes upwards.

``python -m scripts.rooms`` reads every import of every module, those for types included. A *room*
is a folder or a module directly in the package. ``TIERS`` is the only declaration of the import
order: `tests/test_architecture.py` holds the code and ARCHITECTURE.md against it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "service" / "hongtou"

# From the outside in: a room imports from its own tier and from those below it, never from above.
TIERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli", "web", "doctor"),
    ("store",),
    ("accounts",),
    ("desk",),
    ("rendering",),
    ("records",),
    ("pipeline", "rehearsal"),
    ("outputs", "preflight", "signing"),
    ("ofd",),
    ("pdf",),
    ("paginate",),
    ("pages",),
    ("acceptance",),
    ("plan",),
    ("compose", "review", "intake", "pictures", "importing"),
    ("faces", "layouts", "config", "keys", "compression", "zip_package"),
    ("pins",),
    ("resources", "late_modules"),
    ("bulletin", "addresses"),
)
DOMAIN = TIERS[-1]  # what a bulletin is, and its arithmetic: standard library only

# The same within `web`.
WEB_TIERS: tuple[tuple[str, ...], ...] = (
    ("serve",),
    ("app",),
    ("routes",),
    ("api", "pages", "operations", "problem_answers", "server"),
    ("services",),
    ("description", "door", "exposure", "invitation", "metrics", "readiness", "upkeep"),
    ("access", "archive_trial", "arrival", "log", "problems", "route", "watchdog"),
    ("bodies", "cookies", "proxies"),
    ("head", "schemas"),
)
APART = frozenset(
    WEB_TIERS[3]
)  # who answers and who takes connections: none of them imports another


@dataclass(frozen=True, slots=True)
class Room:
    """A room: how many lines of Python it holds, and which rooms it imports from."""

    name: str
    lines: int
    arrows: Set[str]


def name_of(path: Path, package: Path = PACKAGE) -> str:
    """Return a module's dotted name below `hongtou`, "" for `hongtou` itself."""
    parts = path.relative_to(package).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def room_of(module: str) -> str:
    """Return the room in which a module stands, e.g. web."""
    return module.partition(".")[0]


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file as Python reads it; many look at the same ones."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> Set[str]:
    """Return every module that a file imports or names in a string, wherever in it that stands.

    A string such as "hongtou.pipeline:Typesetter.open" is for importlib.

    Raises:
        ValueError: where an import is relative, as its room could not be told by its name.
    """
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise ValueError(f"{path}: relative import")
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                found.add(whole if whole in _modules() else node.module)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value.partition(":")[0]} & _modules()
    return found - {"hongtou"}


@cache
def _modules() -> Set[str]:
    return {f"hongtou.{name_of(path)}" for path in PACKAGE.rglob("*.py")}


def rooms(package: Path = PACKAGE, name: str = "hongtou") -> dict[str, Room]:
    """Return every room of a package by its name; ``name`` is what the package is imported as."""
    prefix = f"{name}."
    lines: dict[str, int] = {}
    arrows: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        room = room_of(name_of(path, package))
        if not room:
            continue
        lines[room] = lines.get(room, 0) + len(path.read_text(encoding="utf-8").splitlines())
        targets = {
            room_of(imported.removeprefix(prefix))
            for imported in imports(path)
            if imported.startswith(prefix)
        }
        arrows.setdefault(room, set()).update(targets - {room})
    return {name: Room(name, lines[name], frozenset(arrows[name])) for name in lines}


def map_faults(found: Mapping[str, Room], tiers: Sequence[Sequence[str]] = TIERS) -> Iterator[str]:
    """Yield what contradicts the import order: places without a room, upward arrows, a circle."""
    tier_of = {name: number for number, tier in enumerate(tiers) for name in tier}
    for name in sorted(tier_of.keys() ^ found.keys()):
        yield f"{name}：{'代码中没有这一间' if name in tier_of else 'TIERS 中没有它的位置'}"
    for room in found.values():
        for target in sorted(room.arrows & tier_of.keys()):
            if tier_of.get(room.name, 0) > tier_of[target]:
                yield f"{room.name} → {target}：向上引用"
    yield from circles({name: room.arrows for name, room in found.items()})


def circles(arrows: Mapping[str, Set[str]]) -> Iterator[str]:
    """Yield a circle in which rooms or modules import each other, if there is one."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as fault:
        yield f"循环引用：{' → '.join(reversed(fault.args[1]))}"


def modules(package: Path = PACKAGE) -> dict[str, Set[str]]:
    """Return the modules that every module of a package imports."""
    paths = {f"hongtou.{name_of(path, package)}": path for path in package.rglob("*.py")}
    return {name: (imports(path) & paths.keys()) - {name} for name, path in paths.items()}


def apart_faults(found: Mapping[str, Room], apart: Set[str] = APART) -> Iterator[str]:
    """Yield the arrows between rooms that stand apart."""
    for name in sorted(apart):
        for target in sorted(found[name].arrows & apart):
            yield f"{name} → {target}：两间互不引用"


def import_order(tiers: Sequence[Sequence[str]] = TIERS) -> str:
    """Return the tiers as ARCHITECTURE.md shows them, outermost first."""
    return " →\n".join(", ".join(tier) for tier in tiers)


def as_table(found: Mapping[str, Room], tiers: Sequence[Sequence[str]] = TIERS) -> str:
    """Return rooms in their tiers, with their lines and what they import."""
    rows = [f"{'room':<16}{'lines':>7}   imports"]
    for tier in tiers:
        rows.append("")
        for name in tier:
            if room := found.get(name):
                rows.append(
                    f"{name:<16}{room.lines:>7,}   {' '.join(sorted(room.arrows))}".rstrip()
                )
    lines = sum(room.lines for room in found.values())
    arrows = sum(len(room.arrows) for room in found.values())
    return "\n".join([*rows, "", f"{len(found)} rooms, {lines:,} lines, {arrows} arrows"])


def main() -> None:
    """Print the map; exit with 1 where an arrow points upwards, or rooms or modules in a circle."""
    found, of_web = rooms(), rooms(PACKAGE / "web", "hongtou.web")
    print(as_table(found))
    print(f"\nweb\n\n{as_table(of_web, WEB_TIERS)}")
    faults = [*map_faults(found), *map_faults(of_web, WEB_TIERS), *apart_faults(of_web)]
    faults += circles(modules())
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
