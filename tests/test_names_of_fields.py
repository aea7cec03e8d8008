"""A name of the issue JSON is said in brackets behind the words of the trade: the desk leaves the brackets out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hongtou.intake import issue_schema
from scripts.rooms import tree_of

SERVICE = Path(__file__).parents[1] / "service" / "hongtou"
# Whose messages an editor reads; other rooms speak to operators, printers and authors of layouts.
ROOMS = (
    "bulletin",
    "desk",
    "faces",
    "importing",
    "intake",
    "outputs",
    "pictures",
    "plan",
    "review",
)
FILES = sorted(path for room in ROOMS for path in (SERVICE / room).rglob("*.py"))
HAN = re.compile(r"[\u4e00-\u9fff]")
NO_MESSAGE = re.compile(r"\(\?|<w:| => ")  # patterns, pieces of Word files, rules for styles
# As ``static/desk/wording.js`` has it, and the values that a message is filled with.
QUOTED = r"“[^”]*”|「[^」]*」"
FOR_PROGRAMS = r"（[a-z_{][ -~、：…]*）|（[{\"][^（）]*）"
FILLED = r"\{[a-z_:.]+\}"
PARTS = [issue_schema(), *issue_schema()["$defs"].values()]
BLOCKS = {
    part["properties"]["type"]["const"]
    for part in PARTS
    if "const" in part.get("properties", {}).get("type", {})
}
NAMES = {name for part in PARTS for name in part.get("properties", {})} | BLOCKS
BARE = re.compile(
    rf"(?<![\w./-])(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})(?![\w/-])", re.ASCII
)


def shown(message: str) -> str:
    """Return what the desk shows of a message."""
    return re.sub(f"{QUOTED}|{FOR_PROGRAMS}|{FILLED}", "", message)


def messages(path: Path) -> Iterator[str]:
    """Yield every string of a file that holds Chinese and is neither a docstring nor a description."""
    tree = tree_of(path)
    passed = {id(node) for node in silent(tree)}
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = written(node)
        if HAN.search(text) and not NO_MESSAGE.search(text):
            yield text


def silent(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and node.body:
            if isinstance(node.body[0], ast.Expr):
                yield node.body[0].value
        elif isinstance(node, ast.keyword) and node.arg == "description":
            yield from ast.walk(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from node.values


def written(node: ast.AST) -> str:
    """Return a string with … for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            written(part) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SERVICE)))
def test_no_message_names_a_field_outside_brackets(path: Path) -> None:
    assert [text for text in messages(path) if BARE.search(shown(text))] == []


def test_a_bare_name_is_seen() -> None:
    assert BARE.search(shown("请删去 width_mm"))
    assert BARE.search(shown("请写在 date 里"))
    assert not BARE.search(shown("请写在日期（date）里"))
    assert not BARE.search(shown('请改用表格（{"type": "table", "rows": [["…"]]}）'))
    assert not BARE.search(shown("像是署名“date”"))
