"""Plan → HTML and stylesheet. The templates choose nothing: the plan has decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hongtou.layouts.layout import SHARED, Layout
from hongtou.plan import Plan

MAX_LINES = 30  # of a block whose height is given by a class


def write_html(plan: Plan) -> str:
    """Return the HTML of a plan, every text marked with its key (``data-set``)."""
    environment = _environment(plan.layout.folder.parent, plan.layout.name)
    return environment.get_template("bulletin.html.j2").render(plan=plan)


def write_stylesheet(layout: Layout) -> str:
    """Return the stylesheet of a layout: its numbers, and nothing of any issue."""
    environment = _environment(layout.folder.parent, layout.name)
    return environment.get_template("page.css.j2").render(
        mm=_lengths(layout, layout.mm),
        pt=_lengths(layout, layout.pt),
        max_lines=MAX_LINES,
        max_mm=int(layout.mm("page.type_area_height")),
        characters=int(
            layout.mm("page.type_area_height")
            / layout.mm("page.type_area_width")
            * layout.amount("page.characters", "count")
        )
        + 1,
        character_pt=layout.character_pt,
    )


def load_templates(layout: Layout) -> None:
    """Read every template of a layout, and what Jinja imports to tell where one broke."""
    import jinja2.debug  # noqa: F401

    environment = _environment(layout.folder.parent, layout.name)
    for name in environment.list_templates(extensions=("j2",)):
        environment.get_template(name)


def _lengths(layout: Layout, convert: Callable[[str], float]) -> dict[str, float]:
    """Return every length of a layout in one unit, by its name."""
    return {
        key: round(convert(key), 4)
        for key, value in layout.values.items()
        if value.unit in ("mm", "pt", "lines", "chars")
    }


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
