"""Styles of a .docx: what a paragraph or a run has from its style and from those it is based on."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hongtou.importing.docx.xml_parts import W, value_of

MAX_CHAIN = 20  # of styles that are based on one another, also in a circle


class Styles:
    """The styles by their ids."""

    def __init__(self, root: Element | None) -> None:
        found = root.iter(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those that it is based on, the nearest first."""
        for _ in range(MAX_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")
