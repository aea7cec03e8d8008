"""What an editor's page wants to see of an issue that is being written."""

from __future__ import annotations

from dataclasses import dataclass

MAX_VIEW = 10  # pages: more than a large screen shows at once
MAX_DRAWN = MAX_VIEW + 1  # with the page of the caret


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewWish:
    """The pages to draw, counted from 1, in ``dpi``, and which pictures are ``known``, by digest.

    ``pointer`` and ``offset`` are where the caret stands, in a string of the issue; its page is
    drawn too. Pages beyond the last are left out.
    """

    view: tuple[int, ...] = (1,)
    dpi: int = 96
    pointer: str = ""
    offset: int = 0
    known: frozenset[str] = frozenset()
