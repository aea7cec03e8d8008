"""Plan → HTML and stylesheet. The templates choose nothing: the plan has decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.layouts import SHARED, Layout
from hongtou.paginate.markup_faults import Position
from hongtou.plan import Plan

# What an expression of a template may raise.
EXPRESSION_FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError,
                     AttributeError)  # fmt: skip
if TYPE_CHECKING:
    from hongtou.paginate.line_marks import MarkedText

BULLETIN, STYLESHEET = "bulletin.html.j2", "page.css.j2"
MORE_LINES = 8  # than a page has: so far a class gives the height of a masthead that runs on


def write_html(plan: Plan) -> str:
    """Return the HTML of a plan, every text marked with its key (``data-set``)."""
    return _written(plan.layout, BULLETIN, plan=plan)


def write_stylesheet(layout: Layout) -> str:
    """Return the stylesheet of a layout: its numbers, and nothing of any issue."""
    return _written(layout, STYLESHEET, **_numbers(layout))


def stylesheet_with_marks(layout: Layout) -> MarkedText:
    """Return the stylesheet with the lines of the template that wrote it, and each loop once."""
    from hongtou.paginate.line_marks import written_with_marks  # late: no render needs it

    once = {**_numbers(layout), "max_lines": 1, "steps": 1}
    with _template_faults(layout):
        return written_with_marks(environment_of(layout), STYLESHEET, once)


def written_at(plan: Plan, find: Callable[[MarkedText], Position | None]) -> str:
    """Return the template and the line that wrote what ``find`` finds in the HTML of a plan."""
    from hongtou.paginate.line_marks import written_with_marks  # late: only faults need it

    environment = environment_of(plan.layout)
    html = written_with_marks(environment, BULLETIN, {"plan": plan})
    position = find(html)
    if position is None:
        return ""
    name, line = html.line_of(*position)
    path = environment.get_template(name).filename or name
    return f"：{Path(path).relative_to(plan.layout.folder.parent)} 第 {line} 行"


def load_templates(layout: Layout) -> None:
    """Read every template of a layout, and what is imported to tell where one broke."""
    import hongtou.paginate.line_marks  # noqa: F401

    environment = environment_of(layout)
    with _template_faults(layout):
        for name in environment.list_templates(extensions=("j2",)):
            environment.get_template(name)


def _numbers(layout: Layout) -> dict[str, Any]:
    longer = max(layout.mm("page.type_area_height"), layout.mm("page.type_area_width"))
    return {
        "mm": _lengths(layout, layout.mm),
        "pt": _lengths(layout, layout.pt),
        "max_lines": layout.count("page.lines") + MORE_LINES,
        "steps": int(longer * PT_PER_MM / layout.pt("table.column_step")) + 1,
    }


def _lengths(layout: Layout, convert: Callable[[str], float]) -> dict[str, float]:
    """Return every length of a layout in one unit, by its name."""
    return {
        key: round(convert(key), 4)
        for key, value in layout.values.items()
        if value.unit in ("mm", "pt", "lines", "chars")
    }


def _written(layout: Layout, template: str, **values: Any) -> str:
    environment = environment_of(layout)
    with _template_faults(layout):
        return environment.get_template(template).render(**values)


@contextmanager
def _template_faults(layout: Layout) -> Iterator[None]:
    try:
        yield
    except EXPRESSION_FAULTS as cause:
        place = _place(layout.folder.parent, cause)
        raise EngineFault(f"版式 {layout.name} 的模板有误{place}") from cause


def _place(folder: Path, cause: Exception) -> str:
    """Return the template and the line that a fault comes from: the last one that was running."""
    if isinstance(cause, TemplateSyntaxError):
        return f"：{Path(cause.filename or '').relative_to(folder)} 第 {cause.lineno} 行"
    place = ""
    for frame, line in walk_tb(cause.__traceback__):  # which Jinja has made name templates
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(folder):
            place = f"：{path.relative_to(folder)} 第 {line} 行"
    return place


def environment_of(layout: Layout) -> Environment:
    """Return where the templates of a layout are found: its own folder, then the shared one."""
    return _environment(layout.folder.parent, layout.name)


@cache
def _environment(folder: Path, name: str) -> Environment:
    own = folder / name
    return _templates_in((*([own] if any(own.rglob("*.j2")) else []), folder / SHARED))


@cache
def _templates_in(folders: tuple[Path, ...]) -> Environment:
    """Return what layouts without templates of their own have in common: each is compiled once."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # one altered under a running service would come under the old digest
        trim_blocks=True,
        lstrip_blocks=True,
    )
