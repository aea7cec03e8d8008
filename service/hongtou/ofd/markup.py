"""Elements of OFD and the form of their values: lengths are in millimetres, from the top left."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from hongtou.bulletin.measure import mm_from_pt
from hongtou.pages.page import Rectangle, Turn

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.ofdspec.org/2016"
UNTURNED: Turn = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

register_namespace("ofd", NAMESPACE)


def element(name: str, **attributes: object) -> Element:
    """Return an element of OFD, without text of its own."""
    return Element(f"{{{NAMESPACE}}}{name}", {key: str(one) for key, one in attributes.items()})


def add(parent: Element, name: str, text: str = "", **attributes: object) -> Element:
    """Add an element of OFD to another and return it."""
    given = {key: str(one) for key, one in attributes.items()}
    made = SubElement(parent, f"{{{NAMESPACE}}}{name}", given)
    made.text = text or None
    return made


def written(root: Element) -> bytes:
    """Return an element as a file of its own."""
    return f"{DECLARATION}{tostring(root, encoding='unicode')}".encode()


def number(value: float) -> str:
    """Return a number with at most three decimals: a thousandth of a millimetre."""
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def numbers(values: Iterable[float]) -> str:
    """Return numbers with spaces between."""
    return " ".join(map(number, values))


def lengths(*points: float) -> str:
    """Return lengths that are in points as millimetres."""
    return numbers(map(mm_from_pt, points))


def placed(area: Rectangle, turn: Turn | None) -> tuple[Rectangle, Turn]:
    """Return where an area stands on its page, and the matrix from within it to that place.

    The matrix has its origin in the corner of what is returned, as the CTM of an object has.
    """
    a, b, c, d, e, f = turn or UNTURNED
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (area.x, area.x + area.width)
        for y in (area.y, area.y + area.height)
    ]
    (left, top), (right, bottom) = (
        map(min, zip(*corners, strict=True)),
        map(max, zip(*corners, strict=True)),
    )
    at_x, at_y = a * area.x + c * area.y + e, b * area.x + d * area.y + f
    box = Rectangle(left, top, right - left, bottom - top)
    return box, (a, b, c, d, at_x - left, at_y - top)
