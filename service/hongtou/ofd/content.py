"""The objects of a page: rules, pictures and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from hongtou.bulletin.measure import mm_from_pt
from hongtou.ofd.markup import add, element, lengths, number, placed
from hongtou.ofd.text import LineWriter
from hongtou.pages.page import Page, PlacedPicture, PlacedText, Rule


class PageWriter:
    """Writes pages with what a document shares: fonts, pictures and colours by their names."""

    def __init__(
        self,
        lines: LineWriter,
        pictures: Mapping[str, int],
        colours: Mapping[str, str],
        numbers: Iterator[int],
    ) -> None:
        self._lines = lines
        self._pictures = pictures
        self._colours = colours
        self._numbers = numbers

    def content(self, page: Page, actions: Mapping[int, Element]) -> Element:
        """Return the content of a page; ``actions`` are those of texts that lead elsewhere."""
        root = element("Page")
        area = add(root, "Area")
        add(area, "PhysicalBox", lengths(0, 0, page.width, page.height))
        layer = add(add(root, "Content"), "Layer", ID=next(self._numbers), Type="Body")
        layer.extend(map(self._rule, page.rules))
        for placed_one in page.contents:
            if isinstance(placed_one, PlacedPicture):
                layer.append(self._picture(placed_one))
            else:
                layer.extend(self._text(placed_one, actions.get(placed_one.text.key)))
        for one in page.furniture:
            layer.extend(
                self._lines.objects(one.placed, None, self._colours[one.colour], self._numbers)
            )
        return root

    def _text(self, text: PlacedText, action: Element | None) -> Iterator[Element]:
        lines = [*text.lines, text.ending] if text.ending else text.lines
        for line in lines:
            for made in self._lines.objects(
                line, text.turn, self._colours[text.colour], self._numbers
            ):
                if action is not None:
                    made.insert(0, action)
                yield made

    def _rule(self, rule: Rule) -> Element:
        box, _ = placed(rule.area, rule.turn)
        width, height = (number(mm_from_pt(side)) for side in (box.width, box.height))
        made = element(
            "PathObject",
            ID=next(self._numbers),
            Boundary=lengths(*box),
            Stroke="false",
            Fill="true",
        )
        add(made, "FillColor", Value=self._colours[rule.colour])
        outline = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
        add(made, "AbbreviatedData", outline)
        return made

    def _picture(self, picture: PlacedPicture) -> Element:
        """Return a picture: its matrix takes the unit square to its place (ImageObject)."""
        area = picture.area
        box, matrix = placed(area, picture.turn)
        a, b, c, d, e, f = matrix
        unit = (a * area.width, b * area.width, c * area.height, d * area.height, e, f)
        return element(
            "ImageObject",
            ID=next(self._numbers),
            Boundary=lengths(*box),
            CTM=lengths(*unit),
            ResourceID=self._pictures[picture.digest],
        )
