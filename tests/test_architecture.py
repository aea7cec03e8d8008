"""The rules of the house that no single module can keep alone; ARCHITECTURE.md gives reasons."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from scripts.rooms import (
    APART,
    DOMAIN,
    PACKAGE,
    ROOT,
    WEB_TIERS,
    Room,
    apart_faults,
    import_order,
    imports,
    map_faults,
    name_of,
    room_of,
    rooms,
)

SERVICE = sorted(PACKAGE.rglob("*.py"))
MAX_LINES, MAX_FUNCTION_LINES = 300, 45

# One module hides one technology.
TECHNOLOGIES = {
    "weasyprint": ("paginate",),
    "cssselect2": ("paginate",),
    "tinycss2": ("paginate.stylesheet_check",),
    "jinja2": (
        "paginate.markup",
        "paginate.line_marks",
        "paginate.plan_names",
        "paginate.template_check",
        "paginate.written_text",
    ),
    "deflate": ("compression",),
    "flask": ("web.app", "web.api", "web.pages", "web.operations", "web.problem_answers"),
    "werkzeug": ("web",),
    "waitress": ("web.server",),
    "structlog": ("web",),
    "cachetools": ("rendering.cache",),
    "click": ("cli",),
    "rich": ("cli",),
    "uharfbuzz": ("faces.face",),
    "pydantic": ("intake", "rendering.frames", "rendering.messages"),
    "pydantic_core": ("intake",),
    "pypdfium2": ("outputs",),
    "pikepdf": ("outputs", "preflight"),
    "PIL": ("pictures", "outputs", "preflight.picture"),
    "ctypes": ("doctor", "paginate.loading", "rendering.sandbox.kernel"),
    "prometheus_client": ("web",),
}

FORBIDDEN_NAMES = re.compile(
    r"(?:^|_)(?:utils?|helpers?|managers?|misc|common|gongwen|biaoti|zhengwen|mulu|baotou|baowei|qihao|ziti)(?:_|$)"
)
OWN_PATHS = re.compile(r"/(?:work|tmp)/[A-Za-z.]|pypi\.org|pythonhosted|registry\.npmjs")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


by_module = pytest.mark.parametrize("path", SERVICE, ids=lambda path: name_of(path) or "hongtou")


class TestRooms:
    """`make map`: the order of imports, in the code and in ARCHITECTURE.md."""

    PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    def test_no_arrow_points_upwards_and_none_runs_in_a_circle(self) -> None:
        assert list(map_faults(rooms())) == []

    @pytest.mark.parametrize(
        ("arrows", "fault"),
        [
            ({"web": {"plan"}, "plan": {"web"}}, "plan → web：向上引用"),
            ({"web": {"cli"}, "cli": {"web"}}, "循环引用"),
            ({"web": {"plan"}, "plan": set(), "shed": set()}, "shed：TIERS 中没有它的位置"),
            ({"web": set()}, "plan：代码中没有这一间"),
        ],
    )
    def test_a_fault_of_the_map_is_told(self, arrows: dict[str, set[str]], fault: str) -> None:
        found = {name: Room(name, 1, targets) for name, targets in arrows.items()}
        tiers = (("web", "cli") if "cli" in arrows else ("web",), ("plan",))
        assert any(told.startswith(fault) for told in map_faults(found, tiers))

    def test_an_import_for_types_counts(self, tmp_path: Path) -> None:
        (tmp_path / "plan.py").write_text(
            "if TYPE_CHECKING:\n    from hongtou.web.app import App\n"
        )
        assert rooms(tmp_path)["plan"].arrows == {"web"}

    @pytest.mark.parametrize("name", ["hongtou.pipeline", "hongtou.pipeline:Typesetter.open"])
    def test_a_module_named_in_a_string_counts(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "plan.py").write_text(f"LATE = {name!r}\nKEY = 'hongtou.arrival'\n")
        assert rooms(tmp_path)["plan"].arrows == {"pipeline"}

    def test_the_document_gives_the_same_order(self) -> None:
        order = [line.strip() for line in import_order().splitlines()]
        assert [line.strip() for line in self.PAGE.splitlines() if line.strip() in order] == order

    def test_the_document_names_every_room_and_folder(self) -> None:
        (table,) = re.findall(r"^## The map\n\n(.*?)\n\n", self.PAGE, re.M | re.S)
        first_cells = " ".join(row.split("|")[1] for row in table.splitlines()[2:])
        named = {re.sub(r"(?:\.py|/)$", "", name) for name in re.findall(r"`(.+?)`", first_cells)}
        folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
        assert named == rooms().keys() | folders


def test_what_draws_pages_does_not_know_what_laid_them_out() -> None:
    found = rooms()
    assert "pages" in found["pdf"].arrows & found["paginate"].arrows
    assert "paginate" not in found["pdf"].arrows


@by_module
def test_each_technology_is_known_in_one_place(path: Path) -> None:
    module = name_of(path)
    for imported in imports(path):
        homes = TECHNOLOGIES.get(imported.partition(".")[0])
        if homes is not None:
            assert any(module == home or module.startswith(f"{home}.") for home in homes), imported


@pytest.mark.parametrize(
    "path", [path for path in SERVICE if room_of(name_of(path)) in DOMAIN], ids=name_of
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
    if room_of(name_of(path)) in ("web", "cli"):
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
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION_LINES, f"{node.name} has {length} lines"


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


class TestRoomsOfTheWeb:
    """`service/hongtou/web/`: each imports from its own line and those below it."""

    FOUND = rooms(PACKAGE / "web", "hongtou.web")

    def test_no_arrow_points_upwards_and_none_runs_in_a_circle(self) -> None:
        assert list(map_faults(self.FOUND, WEB_TIERS)) == []

    def test_the_document_gives_the_same_order(self) -> None:
        lines = [line.strip() for line in TestRooms.PAGE.splitlines()]
        order = import_order(WEB_TIERS).splitlines()
        assert order == lines[lines.index(order[0]) :][: len(order)]

    def test_who_answers_and_who_takes_connections_stand_apart(self) -> None:
        assert list(apart_faults(self.FOUND)) == []

    def test_an_arrow_between_rooms_that_stand_apart_would_be_told(self, tmp_path: Path) -> None:
        for name in APART:
            (tmp_path / f"{name}.py").write_text("from hongtou.web import door\n")
        (tmp_path / "pages.py").write_text("from hongtou.web.api.views import render\n")
        (told,) = apart_faults(rooms(tmp_path, "hongtou.web"))
        assert told.startswith("pages → api")

    def test_the_server_runs_without_flask(self) -> None:
        modules = [name_of(path) for path in SERVICE if name_of(path).startswith("web.server")]
        program = "".join(f"import hongtou.{module}\n" for module in modules)
        program += "import sys; assert 'waitress' in sys.modules and 'flask' not in sys.modules"
        subprocess.run([sys.executable, "-c", program], check=True)


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
