"""Mirrored margins: the binding margin of even pages is at their right, as they are bound."""

from __future__ import annotations

from dataclasses import replace

from hongtou.layouts import Layout
from hongtou.pages.page import (
    Destination,
    Page,
    Pages,
    PlacedLine,
    PlacedPicture,
    PlacedText,
    Rectangle,
    Turn,
)


def mirrored(pages: Pages, layout: Layout) -> Pages:
    """Return pages of which the even ones have the binding margin at their right."""
    shift = _shift(layout)
    return replace(
        pages,
        pages=tuple(page if page.number % 2 else shift.page(page) for page in pages),
        bookmarks=tuple(mark._replace(place=shift.place(mark.place)) for mark in pages.bookmarks),
        anchors={name: shift.place(place) for name, place in pages.anchors.items()},
    )


def bound_at_right(page: Page, layout: Layout) -> Page:
    """Return a page whose binding margin is at its left with this margin at its right."""
    return _shift(layout).page(page)


def _shift(layout: Layout) -> _Shift:
    binding, type_area = layout.pt("page.binding_margin"), layout.pt("page.type_area_width")
    return _Shift(layout.pt("page.width") - type_area - 2 * binding)


class _Shift:
    """Moves what stands on a page to the right, by points."""

    def __init__(self, points: float) -> None:
        self._points = points

    def page(self, page: Page) -> Page:
        return replace(
            page,
            contents=tuple(map(self._content, page.contents)),
            rules=tuple(
                rule._replace(area=self._area(rule.area, rule.turn), turn=self._turn(rule.turn))
                for rule in page.rules
            ),
            links=tuple(link._replace(area=self._area(link.area)) for link in page.links),
            notes=tuple(note._replace(area=self._area(note.area)) for note in page.notes),
            furniture=tuple(one._replace(placed=self._line(one.placed)) for one in page.furniture),
        )

    def place(self, place: Destination) -> Destination:
        return place if place.page % 2 else place._replace(x=place.x + self._points)

    def _content(self, placed: PlacedText | PlacedPicture) -> PlacedText | PlacedPicture:
        turn = self._turn(placed.turn)
        if isinstance(placed, PlacedPicture):
            return placed._replace(area=self._area(placed.area, turn), turn=turn)
        if turn is not None:
            return placed._replace(turn=turn)
        ending = placed.ending and self._line(placed.ending)
        return placed._replace(lines=tuple(map(self._line, placed.lines)), ending=ending)

    def _line(self, line: PlacedLine) -> PlacedLine:
        return line._replace(x=line.x + self._points)

    def _area(self, area: Rectangle, turn: Turn | None = None) -> Rectangle:
        """Return where an area stands; what is turned is moved by its turn."""
        return area if turn else area._replace(x=area.x + self._points)

    def _turn(self, turn: Turn | None) -> Turn | None:
        return turn and (*turn[:4], turn[4] + self._points, turn[5])
