"""Styles of a .docx: what a paragraph or a run has from its style and from those it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hongtou.importing.docx.xml_parts import W, value_of

FIGURES = re.compile("[0-9]{1,4}")
MAX_CHAIN = 20  # of styles that are based on one another, also in a circle
WORD_HALF_POINTS = 20  # of a file that says nothing (ECMA-376 Part 1 §17.3.2.38)


class Styles:
    """The styles by their ids."""

    def __init__(self, root: Element | None) -> None:
        found = [*root.iter(f"{W}style")] if root is not None else []
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self.usual = next((style.get(f"{W}styleId", "") for style in found if _is_usual(style)), "")
        written = value_of(root, "docDefaults/rPrDefault/rPr/sz")
        self.usual_half_points = int(written) if FIGURES.fullmatch(written) else WORD_HALF_POINTS

    def name_of(self, style: str) -> str:
        """Return the name under which a person chooses a style."""
        return value_of(self._styles.get(style), "name")

    def chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those that it is based on, the nearest first."""
        for _ in range(MAX_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")


def _is_usual(style: Element) -> bool:
    """Tell whether it is the style of paragraphs that name none."""
    return style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
