"""Plan → HTML and stylesheet. The templates choose nothing: the plan has decided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.layouts import SHARED, Layout
from service.plan import Plan

MAX_LINES = 30  # of a block whose height is given by a class


def write_html(plan: Plan) -> str:
    """Return the HTML of a plan, every text marked with its key (``data-set``)."""
    environment = _environment(plan.layout.folder.parent, plan.layout.name)
    return environment.get_template("bulletin.html.j2").render(plan=plan)


def write_stylesheet(layout: Layout) -> str:
    """Return the stylesheet of a layout: its numbers, and nothing of any issue."""
    environment = _environment(layout.folder.parent, layout.name)
    return environment.get_template("page.css.j2").render(
        mm=_Lengths(layout, layout.mm),
        pt=_Lengths(layout, layout.pt),
        colour={
            key.removeprefix("colour."): value.amount
            for key, value in layout.values.items()
            if value.unit == "colour"
        },
        max_lines=MAX_LINES,
        max_mm=int(layout.mm("page.type_area_height")),
        characters=int(layout.mm("page.type_area_height") / layout.mm("page.type_area_width")
                       * layout.amount("page.characters", "count")) + 1,
        character_pt=layout.character_pt,
    )


class _Lengths(Mapping[str, float]):
    """The lengths of a layout in one unit, by their names."""

    def __init__(self, layout: Layout, convert: object) -> None:
        self._layout = layout
        self._convert = convert

    def __getitem__(self, key: str) -> float:
        return round(self._convert(key), 4)  # type: ignore[operator]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._layout.values)

    def __len__(self) -> int:
        return len(self._layout.values)


@cache
def _environment(folder: Path, name: str) -> Environment:
    return Environment(
        loader=FileSystemLoader([folder / name, folder / SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
