"""The rules of the house that no single module can keep alone; ARCHITECTURE.md gives reasons."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, cached_property
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
    circles,
    import_order,
    imports,
    map_faults,
    modules,
    name_of,
    room_of,
    rooms,
    tree_of,
)

SERVICE = sorted(PACKAGE.rglob("*.py"))
SCRIPT_IMPORT = re.compile(r'^import (?:[^"]*? from )?"(\.[^"]+)";', re.M)
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
    "argon2": ("accounts.hashing",),
    "authlib": ("accounts.oidc",),
    "joserfc": ("accounts.oidc",),
    "requests": ("accounts.oidc",),
    "sqlalchemy": ("store",),
    "sqlite3": ("store.backup",),
    "psycopg": ("store.server_connection",),
    "alembic": ("store.applied", "store.migrations"),
    "cachetools": ("rendering.cache",),
    "click": ("cli",),
    "rich": ("cli",),
    "uharfbuzz": ("faces.face",),
    "pydantic": ("intake", "rendering.frames", "rendering.messages"),
    "pydantic_core": ("intake",),
    "pypdfium2": ("outputs.page_pictures", "importing.pdf_rows"),
    "mammoth": ("importing.docx.document",),
    "docx": ("outputs.docx",),
    "markdown_it": ("web.pages.guide",),
    "markupsafe": ("web.pages.guide",),
    "pikepdf": ("outputs", "preflight", "signing"),
    "pyhanko": ("signing",),
    "asn1crypto": ("signing",),
    "cryptography": ("signing",),
    "PIL": ("pictures", "outputs", "preflight.picture", "preflight.plate_pictures"),
    "ctypes": ("doctor", "importing.pdf_rows", "paginate.loading", "rendering.sandbox.kernel"),
    "prometheus_client": ("web",),
}

FORBIDDEN_NAMES = re.compile(
    r"(?:^|_)(?:utils?|helpers?|managers?|misc|common|gongwen|biaoti|zhengwen|mulu|baotou|baowei|qihao|ziti)(?:_|$)"
)
OWN_PATHS = re.compile(r"/(?:work|tmp)/[A-Za-z.]|pypi\.org|pythonhosted|registry\.npmjs")


@dataclass(frozen=True)
class Module:
    """What the rules look at of one module; each is read once."""

    path: Path

    @cached_property
    def name(self) -> str:
        return name_of(self.path)

    @cached_property
    def lines(self) -> int:
        return len(self.path.read_text(encoding="utf-8").splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        return tree_of(self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> Set[str]:
        return imports(self.path)


MODULES = [Module(path) for path in SERVICE]


@cache
def whole_map() -> dict[str, Room]:
    return rooms()


@cache
def map_of_the_web() -> dict[str, Room]:
    return rooms(PACKAGE / "web", "hongtou.web")


class TestRooms:
    """`make map`: the order of imports, in the code and in ARCHITECTURE.md."""

    PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    @pytest.mark.slow
    def test_no_arrow_points_upwards_and_none_runs_in_a_circle(self) -> None:
        assert list(map_faults(whole_map())) == []

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

    def test_no_two_modules_of_a_room_import_each_other(self) -> None:
        assert list(circles(modules())) == []

    def test_modules_in_a_circle_would_be_told(self, tmp_path: Path) -> None:
        (tmp_path / "plan").mkdir()
        for name, other in (("tables", "texts"), ("texts", "tables")):
            text = f"if TYPE_CHECKING:\n    from hongtou.plan.{other} import {other.title()}\n"
            (tmp_path / "plan" / f"{name}.py").write_text(text)
        (told,) = circles(modules(tmp_path))
        assert told.startswith("循环引用：hongtou.plan.t")

    def test_no_two_scripts_of_the_pages_import_each_other(self) -> None:
        scripts = PACKAGE / "web" / "pages" / "static"
        arrows = {
            str(path): {
                str((path.parent / name).resolve())
                for name in SCRIPT_IMPORT.findall(path.read_text(encoding="utf-8"))
            }
            for path in scripts.rglob("*.js")
            if "vendor" not in path.parts
        }
        assert list(circles(arrows)) == []

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
        assert named == whole_map().keys() | folders


def test_what_draws_pages_does_not_know_what_laid_them_out() -> None:
    found = whole_map()
    assert "pages" in found["pdf"].arrows & found["paginate"].arrows
    assert "paginate" not in found["pdf"].arrows


def test_each_technology_is_known_in_one_place() -> None:
    strangers = [
        f"{module.name}: {imported}"
        for module in MODULES
        for imported in module.imports
        if (homes := TECHNOLOGIES.get(imported.partition(".")[0])) is not None
        if not any(module.name == home or module.name.startswith(f"{home}.") for home in homes)
    ]
    assert strangers == []


def test_the_domain_knows_only_the_standard_library() -> None:
    domain = [module for module in MODULES if room_of(module.name) in DOMAIN]
    assert {room_of(module.name) for module in domain} == set(DOMAIN)
    strangers = [
        f"{module.name}: {imported}"
        for module in domain
        for imported in module.imports
        if imported.partition(".")[0] not in {*sys.stdlib_module_names, "hongtou"}
    ]
    assert strangers == []


def test_no_other_package_is_imported_unnamed() -> None:
    known = set(TECHNOLOGIES) | set(sys.stdlib_module_names) | {"hongtou"}
    used = {imported.partition(".")[0] for module in MODULES for imported in module.imports}
    assert used <= known


@pytest.mark.slow
def test_only_the_settings_and_what_systemd_gives_come_from_the_environment() -> None:
    read = [
        f"{module.name}: {ast.unparse(node)}"
        for module in MODULES
        if module.name not in ("config.environment", "web.server.sockets")
        for node in module.nodes
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        if ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    assert read == []


@pytest.mark.slow
def test_only_the_edges_look_at_the_clock() -> None:
    clock = re.compile(r"(?:date\.today|datetime\.now|time\.time|uuid4)$")
    looks = [
        f"{module.name}: {ast.unparse(node.func)}"
        for module in MODULES
        if room_of(module.name) not in ("web", "cli")
        for node in module.nodes
        if isinstance(node, ast.Call) and clock.search(ast.unparse(node.func))
    ]
    assert looks == []


@pytest.mark.slow
def test_files_and_functions_are_short() -> None:
    files = [f"{module.name}: {module.lines}" for module in MODULES if module.lines > MAX_LINES]
    functions = [
        f"{module.name}.{node.name}: {length}"
        for module in MODULES
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
    ]
    assert files + functions == []


def test_every_module_says_what_it_is_for() -> None:
    assert [module.name for module in MODULES if not ast.get_docstring(module.tree)] == []


@pytest.mark.slow
def test_names_are_those_of_the_trade() -> None:
    names = [(module, module.path.stem) for module in MODULES] + [
        (module, node.name)
        for module in MODULES
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    odd = [
        f"{module.name}: {name}"
        for module, name in names
        if FORBIDDEN_NAMES.search(name) or not name.isascii()
    ]
    assert odd == []


class TestRoomsOfTheWeb:
    """`service/hongtou/web/`: each imports from its own line and those below it."""

    def test_no_arrow_points_upwards_and_none_runs_in_a_circle(self) -> None:
        assert list(map_faults(map_of_the_web(), WEB_TIERS)) == []

    def test_the_document_gives_the_same_order(self) -> None:
        lines = [line.strip() for line in TestRooms.PAGE.splitlines()]
        order = import_order(WEB_TIERS).splitlines()
        assert order == lines[lines.index(order[0]) :][: len(order)]

    def test_who_answers_and_who_takes_connections_stand_apart(self) -> None:
        assert list(apart_faults(map_of_the_web())) == []

    def test_an_arrow_between_rooms_that_stand_apart_would_be_told(self, tmp_path: Path) -> None:
        for name in APART:
            (tmp_path / f"{name}.py").write_text("from hongtou.web import door\n")
        (tmp_path / "pages.py").write_text("from hongtou.web.api.views import render\n")
        (told,) = apart_faults(rooms(tmp_path, "hongtou.web"))
        assert told.startswith("pages → api")

    @pytest.mark.slow
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


@pytest.mark.slow
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
