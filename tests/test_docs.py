"""Whatever can be used is named in the documentation; it fails until a new thing is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from hongtou.bulletin import errors
from hongtou.bulletin.closing_block import FIELDS
from hongtou.cli import main
from hongtou.cli.exits import EXIT_CODES
from hongtou.config import Config, settings
from hongtou.outputs import OUTPUTS
from hongtou.records import error_kind
from hongtou.web.app import create_app
from hongtou.web.problems import PROBLEMS
from tests.support.fakes import FakeTypesetter
from tests.support.shop import faces, layouts

ROOT = Path(__file__).parents[1]


PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]


@cache
def documentation() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def names(text: str) -> bool:
    """Tell whether the documentation has this name, as a word of its own."""
    return bool(re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", documentation()))


def commands() -> list[str]:
    return list(main.commands)


def options() -> list[str]:
    every = {
        name
        for command in main.commands.values()
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--")
    }
    return sorted(every)


def error_names() -> list[str]:
    return sorted(
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, Exception)
    )


def routes() -> list[str]:
    rules = create_app(Config(), FakeTypesetter()).url_map.iter_rules()
    return sorted({rule.rule.partition("<")[0] for rule in rules if rule.endpoint != "static"})


@pytest.mark.parametrize("command", commands())
def test_commands(command: str) -> None:
    assert re.search(rf"hongtou {command}\b", documentation())


@pytest.mark.parametrize("option", options())
def test_options(option: str) -> None:
    assert names(option)


@pytest.mark.parametrize("variable", [setting.variable for setting in settings()])
def test_settings(variable: str) -> None:
    assert names(variable)


def test_the_table_of_settings_is_that_of_the_code() -> None:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [
        f"| `{setting.variable}` | {f'`{setting.default}`' if setting.default else '无'} | {setting.title} |"
        for setting in settings()
    ]
    assert re.findall(r"^\| `.*$", table, re.M) == rows


@pytest.mark.parametrize("error", error_names())
def test_errors(error: str) -> None:
    assert names(error)


def test_the_table_of_errors_is_that_of_the_code() -> None:
    table = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = [
        f"| `{error.__name__}` | `/problems/{error_kind(error)}` | {problem.status} "
        f"| {EXIT_CODES[error]} | {problem.title} |"
        for error, problem in PROBLEMS.items()
    ]
    assert re.findall(r"^\| `.*$", table, re.M) == rows


@pytest.mark.parametrize("route", routes())
def test_routes(route: str) -> None:
    assert route in documentation()


@pytest.mark.parametrize("layout", layouts())
def test_layouts(layout: str) -> None:
    assert names(layout)


@pytest.mark.parametrize("output", OUTPUTS)
def test_outputs(output: str) -> None:
    assert names(output)


@pytest.mark.parametrize(
    "option", sorted({name for output in OUTPUTS.values() for name in output.option_names})
)
def test_options_of_outputs(option: str) -> None:
    assert names(option)


@pytest.mark.parametrize("role", faces().roles)
def test_font_roles(role: str) -> None:
    assert names(role)


@pytest.mark.parametrize("field", FIELDS)
def test_closing_block_fields(field: str) -> None:
    assert names(field)


def events() -> list[str]:
    """Return the name of every line that the service writes to its log or tells of a process or a key."""
    tells = re.compile(
        r"(?:(?:log\.(?:info|warning|error|critical)|_on_event|tell)\(\s*|\"event\": )\"([a-z-]+)\""
    )
    code = (path.read_text(encoding="utf-8") for path in (ROOT / "service").rglob("*.py"))
    return sorted({name for text in code for name in tells.findall(text)})


def deployment() -> str:
    return (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("event", events())
def test_events_of_the_log(event: str) -> None:
    assert re.search(rf"^\| `{event}` \| \S.* \| \S.* \|$", deployment(), re.M)


def test_every_file_for_whoever_runs_it_is_explained() -> None:
    files = [path.relative_to(ROOT) for path in (ROOT / "deploy").rglob("*") if path.is_file()]
    assert [path.name for path in files if path.name not in deployment()] == []


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"\btest_\w+\.py", documentation()))
    assert {name for name in named if not any((ROOT / "tests").rglob(name))} == set()


def test_every_link_to_a_file_leads_somewhere() -> None:
    for page in {*PAGES, *ROOT.glob("*.md")}:
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == []


def rows_of_where_to_add_what() -> list[str]:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = architecture.partition("## Where to add what")[2].partition("\n## ")[0]
    return re.findall(r"^\| (?!to add|---).*", table, re.M)


def named_in(row: str) -> tuple[list[Path], list[str]]:
    """Return the files and folders that a row names, and the names that stand in one of them."""
    terms = re.findall(r"`([^`]+)`", row.rpartition(" | ")[0])
    files = [term for term in terms if re.fullmatch(r"[\w./-]*(?:/|\.\w+)", term)]
    found = [path for file in files for path in places_of(file)]
    assert len(found) >= len(files), files
    return found, [term for term in terms if re.fullmatch(r"[A-Z]\w+", term)]


def places_of(file: str) -> list[Path]:
    """Return where a file lies that a row calls by its path, or by the end of it."""
    folders = (ROOT, ROOT / "service" / "hongtou")
    return [path for folder in folders if (path := folder / file).exists()] or [
        path for path in (ROOT / "service").rglob(Path(file).name) if path.match(file)
    ]


def sources_in(folder: Path) -> list[Path]:
    return [path for suffix in ("*.py", "*.js") for path in folder.rglob(suffix)]


@pytest.mark.defect(12)
@pytest.mark.parametrize(
    "row", rows_of_where_to_add_what(), ids=lambda row: row.split("|")[1].strip()
)
def test_what_a_row_of_where_to_add_what_names_is_there(row: str) -> None:
    paths, names = named_in(row)
    assert paths or "<name>" in row
    code = "".join(
        file.read_text(encoding="utf-8")
        for path in paths
        for file in ([path] if path.is_file() else sources_in(path))
        if "__pycache__" not in file.parts
    )
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []


@pytest.mark.defect(12)
def test_every_file_that_architecture_names_is_there() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    roots = "service|layouts|fonts|tests|scripts|deploy|docs|requirements"
    named = set(re.findall(rf"`((?:{roots})/[\w./-]+)`", architecture))
    assert {path for path in named if not (ROOT / path).exists()} == set()
