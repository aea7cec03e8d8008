"""The syntax of numbers, strings and references. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterable

from hongtou.pages.page import Rectangle

ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


def number(value: float) -> str:
    """Return a number with at most four decimals (§7.3.3)."""
    written = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def name(text: str) -> str:
    """Return a name (§7.3.5) of ASCII letters, digits and spaces."""
    return f"/{text.replace(' ', '#20')}"


def string(text: str) -> str:
    """Return a text string (§7.9.2.2): printable ASCII as it is, any other text in UTF-16.

    PDFDocEncoding has accents in place of the control characters of ASCII (§D.2).
    """
    if text.isascii() and text.isprintable():
        return f"({text.translate(ESCAPED)})"
    return f"<feff{text.encode('utf-16-be').hex()}>"


def reference(number: int) -> str:
    """Return a reference to an object (§7.3.10)."""
    return f"{number} 0 R"


def references(numbers: Iterable[int]) -> str:
    """Return an array of references."""
    return f"[{' '.join(map(reference, numbers))}]"


def box(area: Rectangle, page_height: float) -> str:
    """Return a rectangle (§7.9.5) in coordinates from the foot of the page."""
    corners = area.x, page_height - area.y - area.height, area.x + area.width, page_height - area.y
    return f"[{' '.join(map(number, corners))}]"
