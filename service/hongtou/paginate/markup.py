"""Plan → HTML and stylesheet. The templates choose nothing: the plan has decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

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
from hongtou.plan import Plan

MORE_LINES = 8  # than a page has: so far a class gives the height of a masthead that runs on


def write_html(plan: Plan) -> str:
    """Return the HTML of a plan, every text marked with its key (``data-set``)."""
    return _written(plan.layout, "bulletin.html.j2", plan=plan)


def write_stylesheet(layout: Layout) -> str:
    """Return the stylesheet of a layout: its numbers, and nothing of any issue."""
    longer = max(layout.mm("page.type_area_height"), layout.mm("page.type_area_width"))
    return _written(
        layout,
        "page.css.j2",
        mm=_lengths(layout, layout.mm),
        pt=_lengths(layout, layout.pt),
        max_lines=layout.count("page.lines") + MORE_LINES,
        steps=int(longer * PT_PER_MM / layout.pt("table.column_step")) + 1,
    )


def load_templates(layout: Layout) -> None:
    """Read every template of a layout, and what Jinja imports to tell where one broke."""
    import jinja2.debug  # noqa: F401

    environment = _environment(layout.folder.parent, layout.name)
    with _template_faults(layout):
        for name in environment.list_templates(extensions=("j2",)):
            environment.get_template(name)


def _lengths(layout: Layout, convert: Callable[[str], float]) -> dict[str, float]:
    """Return every length of a layout in one unit, by its name."""
    return {
        key: round(convert(key), 4)
        for key, value in layout.values.items()
        if value.unit in ("mm", "pt", "lines", "chars")
    }


def _written(layout: Layout, template: str, **values: Any) -> str:
    environment = _environment(layout.folder.parent, layout.name)
    with _template_faults(layout):
        return environment.get_template(template).render(**values)


@contextmanager
def _template_faults(layout: Layout) -> Iterator[None]:
    try:
        yield
    except TemplateSyntaxError as cause:
        place = f"{cause.name} 第 {cause.lineno} 行"
        raise EngineFault(f"版式 {layout.name} 的模板有误：{place}") from cause
    except TemplateError as cause:
        raise EngineFault(f"版式 {layout.name} 的模板有误") from cause


@cache
def _environment(folder: Path, name: str) -> Environment:
    return Environment(
        loader=FileSystemLoader([folder / name, folder / SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # one altered under a running service would come under the old digest
        trim_blocks=True,
        lstrip_blocks=True,
    )
