"""What the rules expect of a file besides what the file itself shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongtou.bulletin.order import OptionValue, Order, Purpose

if TYPE_CHECKING:
    from hongtou.faces import Face
    from hongtou.layouts import Layout


@dataclass(frozen=True, slots=True)
class Expectation:
    """The number of pages, the faces and the page sizes that a file may have.

    ``faces`` are faces by their family without spaces, as a PDF names it; ``page_sizes`` are widths
    and heights, in mm, of the pages of all layouts. ``options`` are those of the order that differ
    from the defaults; ``layouts`` are all that an issue may have. A proof
    (``is_proof``) bears notes.
    """

    page_count: int
    faces: Mapping[str, tuple[Face, ...]]
    page_sizes: frozenset[tuple[float, float]]
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()
    is_proof: bool = False

    @classmethod
    def of(
        cls,
        order: Order,
        page_count: int,
        faces: Mapping[str, tuple[Face, ...]],
        layouts: Iterable[Layout],
    ) -> Expectation:
        """Return what is expected of the file of an order, set in one of these layouts."""
        known = tuple(layouts)
        sizes = ((layout.mm("page.width"), layout.mm("page.height")) for layout in known)
        is_proof = order.purpose is Purpose.PROOF
        return cls(page_count, faces, frozenset(sizes), dict(order.options), known, is_proof)
