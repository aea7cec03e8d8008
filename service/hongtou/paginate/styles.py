"""Computed styles, kept with their stylesheet from render to render.

What an element looks like follows from its tag, its class and those of its ancestors: the
templates give no other attribute a meaning in the stylesheet, and no value of an issue reaches
it. Only where an element is a target does its own name come into its style.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.css import StyleFor, get_all_computed_styles

MOST_PATHS = 2000  # tables of all widths together; what is over begins anew

Path = tuple[Any, ...]


def kept_styles(html: Any, user_stylesheets: Any, *more: Any, **named: Any) -> Any:
    """Return what WeasyPrint's `get_all_computed_styles` does, from what is kept if it can be."""
    (sheet,) = user_stylesheets
    kept: dict[Path, Any] = sheet.__dict__.setdefault("kept", {})
    paths = dict(_paths(html.etree_element, ()))
    if paths.keys() and all(path in kept for path in paths.values()):
        style_for = _from(kept, paths, sheet, *more)
    else:
        if len(kept) > MOST_PATHS:
            kept.clear()
        style_for = get_all_computed_styles(html, user_stylesheets, *more, **named)
        for element, path in paths.items():
            kept[path] = style_for(element)
    return style_for


def _from(
    kept: dict[Path, Any],
    paths: dict[Any, Path],
    sheet: Any,
    _hints: Any,
    font_config: Any,
    _counters: Any,
    _colours: Any,
    _page_rules: Any,
    _layers: Any,
    targets: Any,
    _forms: Any,
) -> Any:
    style_for = StyleFor.__new__(StyleFor)
    style_for._cascaded_styles, style_for._computed_styles = {}, {}
    style_for.initial_page_sizes = {"box": None, "area": None}
    style_for._sheets, style_for.font_config = [(sheet, "user", None)], font_config
    for element, path in paths.items():
        style = kept[path]
        name = element.get("id")
        if name:
            style = style.copy()
            style["anchor"] = name
            targets.collect_anchor(name)
        style_for._computed_styles[element, None] = style
    return style_for


def _paths(element: Any, above: Path) -> Iterator[tuple[Any, Path]]:
    path = (above, element.tag, element.get("class"), bool(element.get("id")))
    yield element, path
    for child in element:
        yield from _paths(child, path)
