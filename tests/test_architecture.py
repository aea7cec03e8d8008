"""The rules of the house that no single module can keep alone; ARCHITECTURE.md gives reasons."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "service" / "hongtou"
SERVICE = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 300, 45

# What an issue is, and its arithmetic: they import the standard library and one another.
DOMAIN = ("bulletin", "addresses")

# One module hides one technology.
TECHNOLOGIES = {
    "weasyprint": ("paginate",),
    "cssselect2": ("paginate",),
    "jinja2": ("paginate.markup",),
    "pydyf": ("pdf", "paginate"),
    "deflate": ("pdf",),
    "flask": ("web",),
    "werkzeug": ("web",),
    "waitress": ("web.server",),
    "structlog": ("web",),
    "click": ("cli",),
    "rich": ("cli",),
    "uharfbuzz": ("faces.face",),
    "pydantic": ("intake", "rendering.frames", "rendering.messages"),
    "pydantic_core": ("intake",),
    "pypdfium2": ("outputs",),
    "pikepdf": ("outputs", "preflight"),
    "PIL": ("pictures.reading", "outputs", "preflight.picture"),
    "ctypes": ("doctor", "paginate.loading", "rendering.sandbox.kernel"),
    "prometheus_client": ("web",),
}

# From the outside in: a part imports from its own line and those below it, never from above.
TIERS = (
    ("__main__",),
    ("cli", "web", "doctor"),
    ("rendering",),
    ("records",),
    ("pipeline", "rehearsal"),
    ("outputs", "preflight"),
    ("paginate",),
    ("pdf",),
    ("plan",),
    ("pages", "compose", "review", "intake", "pictures"),
    ("faces", "layouts", "config", "keys"),
    ("resources",),
    DOMAIN,
)

FORBIDDEN_NAMES = re.compile(
    r"(?:^|_)(?:utils?|helpers?|managers?|misc|common|gongwen|biaoti|zhengwen|mulu|baotou|baowei|qihao|ziti)(?:_|$)"
)
OWN_PATHS = re.compile(r"/(?:work|tmp)/[A-Za-z.]|pypi\.org|pythonhosted|registry\.npmjs")


def name_of(path: Path) -> str:
    """Return a module's dotted name below `hongtou`, "" for `hongtou` itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def part_of(module: str) -> str:
    """Return the part of the service that a module stands in, e.g. web."""
    return module.partition(".")[0]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Return every module that a file imports while it runs, wherever in it that stands."""
    found: set[str] = set()
    for node in _run_time(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found |= {
                f"{node.module}.{alias.name}" for alias in node.names if node.module == "hongtou"
            }
    return found - {"hongtou"}


def _run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every node but those of ``if TYPE_CHECKING`` blocks."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _run_time(node)


def tier_of(part: str) -> int:
    found = [number for number, tier in enumerate(TIERS) if part in tier]
    assert found, f"service/{part} has no place in TIERS"
    return found[0]


by_module = pytest.mark.parametrize("path", SERVICE, ids=lambda path: name_of(path) or "hongtou")


@by_module
def test_dependencies_point_inward(path: Path) -> None:
    part = part_of(name_of(path))
    if not part:
        return
    for imported in imports(path):
        if imported.startswith("hongtou.") and imported != "hongtou.__version__":
            other = part_of(imported.removeprefix("hongtou."))
            assert tier_of(other) >= tier_of(part), f"service/{part} imports service/{other}"


@by_module
def test_each_technology_is_known_in_one_place(path: Path) -> None:
    module = name_of(path)
    for imported in imports(path):
        homes = TECHNOLOGIES.get(imported.partition(".")[0])
        if homes is not None:
            assert any(module == home or module.startswith(f"{home}.") for home in homes), imported


@pytest.mark.parametrize(
    "path", [path for path in SERVICE if part_of(name_of(path)) in DOMAIN], ids=name_of
)
def test_the_domain_knows_only_the_standard_library(path: Path) -> None:
    for imported in imports(path):
        package = imported.partition(".")[0]
        assert package in sys.stdlib_module_names or package == "hongtou", imported


def test_no_other_package_is_imported_unnamed() -> None:
    known = set(TECHNOLOGIES) | set(sys.stdlib_module_names) | {"hongtou"}
    assert {imported.partition(".")[0] for path in SERVICE for imported in imports(path)} <= known


@by_module
def test_only_the_settings_and_what_systemd_gives_come_from_the_environment(path: Path) -> None:
    if name_of(path) in ("config", "web.server.sockets"):
        return
    read = [
        ast.unparse(node)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    assert read == []


@by_module
def test_only_the_edges_look_at_the_clock(path: Path) -> None:
    if part_of(name_of(path)) in ("web", "cli"):
        return
    calls = [
        ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)
    ]
    clocks = [
        call
        for call in calls
        if re.search(r"(?:date\.today|datetime\.now|time\.time|uuid4)$", call)
    ]
    assert clocks == []


@by_module
def test_files_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_FUNCTION_LINES, f"{node.name} has {length} lines"


@by_module
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


@by_module
def test_names_are_those_of_the_trade(path: Path) -> None:
    names = {path.stem} | {
        node.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    assert [name for name in names if FORBIDDEN_NAMES.search(name)] == []
    assert [name for name in names if not name.isascii()] == []


class TestTemplates:
    """A value of an issue stands in text or in a quoted attribute: escaping does not reach CSS."""

    TEMPLATES = sorted(
        path
        for folder in ("layouts", "service")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".j2", ".html")
    )

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
    def test_no_value_goes_round_the_escaping(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape false|Markup", text)
        if path.name.endswith(".html.j2") or path.suffix == ".html":
            assert not re.search(r"<style[^>]*>(?:(?!</style>).)*\{\{", text, re.S)
            assert not re.search(r'style\s*=\s*["\'][^"\']*\{\{', text)
            assert not re.search(r"=\s*\{\{", text)


def test_nothing_tracked_speaks_of_the_machine_it_was_made_on() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path != Path(__file__)
        if (text := text_of(path)) is not None
        for match in OWN_PATHS.finditer(text)
    ]
    assert found == []


@cache
def tracked() -> tuple[Path, ...]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git clone")
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
