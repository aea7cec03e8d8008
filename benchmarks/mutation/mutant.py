"""One alteration of one file, and all that can be made of the repository."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.mutation.operators import changes

ROOT = Path(__file__).parents[2]
PACKAGE = Path("service/hongtou")
LAYOUTS = Path("layouts/_shared")
NUMBER = re.compile(r"\b\w+ = (?P<value>-?\d+(?:\.\d+)?)\b")
NAMED = re.compile(
    r'(?:\b(?:colour|align|role|size|flag|text) = |data-rules?=)(?P<value>"[^"]+"|true|false)'
)
OTHER_VALUE = {
    '"red"': '"text"', '"text"': '"red"', "true": "false", "false": "true", '"#000000"': '"#d7000f"',
    '"#d7000f"': '"#b00000"', '"left"': '"right"', '"right"': '"left"', '"centre"': '"left"',
    '"balanced"': '"left"', '"justified"': '"left"', '"spread"': '"centre"', '"spaced"': '"left"',
    '"三号"': '"四号"', '"二号"': '"三号"', '"四号"': '"小四"', '"小四"': '"五号"', '"body"': '"title"',
    '"title"': '"body"', '"heading"': '"body"', '"note"': '"body"', '"nameplate"': '"body"',
    '"folio"': '"body"',
}  # fmt: skip
DECLARATION = re.compile(r"[a-z-]+: [^;{]*(?:\{\{[^}]*\}\}[^;{]*)*;")


@dataclass(frozen=True)
class Mutant:
    """A file with one passage replaced.

    ``start`` and ``end`` count bytes. ``function`` is the qualified name of what runs the passage,
    empty for what is run once, on import; ``where`` also tells what is given its value there.
    ``name`` stays the same whatever else of the file is changed: results are kept by it.
    """

    path: str
    start: int
    end: int
    operator: str
    after: str
    function: str = ""
    where: str = ""
    name: str = ""

    @property
    def room(self) -> str:
        parts = Path(self.path).parts
        return "layouts" if parts[0] == "layouts" else parts[2] if len(parts) > 3 else "(top)"

    def applied(self, source: bytes) -> bytes:
        """Return the altered source."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def is_sound(self, source: bytes) -> bool:
        """Tell whether the altered source is still a module."""
        try:
            return not self.path.endswith(".py") or bool(compile(self.applied(source), "", "exec"))
        except SyntaxError:
            return False

    def told(self, source: bytes) -> str:
        """Return where it stands, and the passage before and after."""
        before = " ".join(source[self.start : self.end].decode().split())
        return f"{self.path} {self.where}: {self.operator}: {before} → {self.after}"


def all_mutants() -> Iterator[Mutant]:
    """Yield everything that can be altered, file by file."""
    for path in sorted([*(ROOT / PACKAGE).rglob("*.py"), *(ROOT / LAYOUTS).iterdir()]):
        yield from mutants_of(str(path.relative_to(ROOT)), path.read_bytes())


def mutants_of(path: str, source: bytes) -> Iterator[Mutant]:
    """Yield the alterations of one file with their names; those alike are numbered."""
    is_python = path.endswith(".py")
    found = python_mutants(path, source) if is_python else layout_mutants(path, source.decode())
    alike: Counter[str] = Counter()
    for mutant in found:
        told = mutant.told(source)
        alike[told] += 1
        number = f" #{alike[told]}" if alike[told] > 1 else ""
        yield replace(mutant, name=told + number)


def python_mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """Yield the alterations of a module."""
    tree = ast.parse(source)
    starts = [0, *(at + 1 for at, byte in enumerate(source) if byte == ord("\n"))]
    functions = [*functions_of(tree)]
    scopes = [*functions, *assignments_of(tree)]
    for node, operator, after in changes(tree):
        start = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        within = [name for name, found in functions if _is_in_body(node, found)]
        scope = next((one for one in reversed(scopes) if _is_within(node, one[1])), None)
        where = _told_scope(*scope, source[:end].count(b"\n"), source) if scope else ""
        yield Mutant(path, start, end, operator, after, "".join(within[-1:]), where)


def functions_of(node: ast.AST, above: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function with its qualified name, as Python tells it, outer ones first."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield above + child.name, child
            yield from functions_of(child, f"{above}{child.name}.<locals>.")
        else:
            inner = f"{above}{child.name}." if isinstance(child, ast.ClassDef) else above
            yield from functions_of(child, inner)


def assignments_of(node: ast.AST, above: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """Yield what is given a value on import, with its qualified name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Assign | ast.AnnAssign):
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            yield above + ast.unparse(target), child
        elif isinstance(child, ast.stmt) and not isinstance(child, ast.FunctionDef):
            inner = f"{above}{child.name}." if isinstance(child, ast.ClassDef) else above
            yield from assignments_of(child, inner)


def _told_scope(name: str, scope: ast.stmt, line: int, source: bytes) -> str:
    """Return where something stands; of a table that is written over many lines, on which."""
    if isinstance(scope, ast.FunctionDef) or scope.lineno == scope.end_lineno:
        return name
    return f"{name}, {source.splitlines()[line].decode().strip()}"


def _is_within(node: ast.AST, found: ast.stmt) -> bool:
    return found.lineno <= node.lineno <= (found.end_lineno or 0)  # type: ignore[attr-defined, no-any-return]


def _is_in_body(node: ast.AST, function: ast.FunctionDef) -> bool:
    first, last = function.body[0].lineno, function.end_lineno or 0
    return first <= node.lineno <= last  # type: ignore[attr-defined, no-any-return]


def layout_mutants(path: str, source: str) -> Iterator[Mutant]:
    """Yield the alterations of a layout: other numbers, words and colours, or a rule left out."""
    for match in NUMBER.finditer(source) if path.endswith(".toml") else ():
        value = match["value"]
        other = f"{float(value) * 1.5 + 0.1:g}" if "." in value else str(int(value) + 1)
        yield _passage(path, source, match.span("value"), "other number", other)
    for match in DECLARATION.finditer(source) if ".css" in path else ():
        yield _passage(path, source, match.span(), "dropped declaration", "")
    for match in NAMED.finditer(source):
        after = OTHER_VALUE.get(match["value"], match["value"][:-1] + '甲"')
        yield _passage(path, source, match.span("value"), "other word", after)


def _passage(path: str, source: str, span: tuple[int, int], operator: str, after: str) -> Mutant:
    start, end = (len(source[:at].encode()) for at in span)
    line = source[: span[0]].rpartition("\n")[2].strip()
    return Mutant(path, start, end, operator, after, where=line)
