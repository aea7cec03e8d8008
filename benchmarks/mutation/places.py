"""Where a mutant shows: the functions that run what it alters, as ``path:qualified name``."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from benchmarks.mutation.mutant import PACKAGE, ROOT, Mutant, functions_of


def places_of(mutant: Mutant) -> set[str]:
    """Return the function that a mutant stands in, or all that use the name it gives a value to."""
    if mutant.path.startswith("layouts"):
        return {f"{PACKAGE}/layouts/layout.py:"}
    if mutant.function:
        return {f"{mutant.path}:{mutant.function}"}
    source = (ROOT / mutant.path).read_bytes()
    line = source.count(b"\n", 0, mutant.start) + 1
    names: set[str] = set()
    for statement in _assignments(ast.parse(source)):
        if statement.lineno <= line <= (statement.end_lineno or 0):
            names |= _assigned(statement)
    return {place for name in _following(names) for place in _users()[name]}


@cache
def functions() -> frozenset[str]:
    """Return every function and, with an empty name, every module."""
    found = set()
    for path, tree in _modules():
        found |= {f"{path}:", *(f"{path}:{name}" for name, _ in functions_of(tree))}
    return frozenset(found)


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted((ROOT / PACKAGE).rglob("*.py"))
    return tuple((str(path.relative_to(ROOT)), ast.parse(path.read_bytes())) for path in paths)


@cache
def _users() -> dict[str, set[str]]:
    """Return the functions that use a name, be it a variable's, a field's or a table's."""
    users: dict[str, set[str]] = defaultdict(set)
    for path, tree in _modules():
        for qualified, function in functions_of(tree):
            for name in _names(function):
                users[name].add(f"{path}:{qualified}")
    return users


@cache
def _tables() -> dict[str, set[str]]:
    """Return the names of modules and classes that are made of a name."""
    made: dict[str, set[str]] = defaultdict(set)
    for _, tree in _modules():
        for statement in _assignments(tree):
            for name in _names(statement):
                made[name] |= _assigned(statement)
    return made


def _following(names: set[str]) -> set[str]:
    """Return these names and all that are made of them."""
    found, new = set(names), set(names)
    while new:
        new = {made for name in new for made in _tables()[name]} - found
        found |= new
    return found


def _assignments(node: ast.AST) -> Iterator[ast.Assign | ast.AnnAssign]:
    """Yield the assignments that are run on import."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Assign | ast.AnnAssign):
            yield child
        elif isinstance(child, ast.stmt) and not isinstance(child, ast.FunctionDef):
            yield from _assignments(child)


def _assigned(statement: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {
        node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)
    }


def _names(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        name = getattr(inner, "id", None) or getattr(inner, "attr", None)
        if isinstance(name, str):
            yield name
