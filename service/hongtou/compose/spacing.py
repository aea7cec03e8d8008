"""The gaps that a layout chooses."""

from __future__ import annotations

from typing import NamedTuple


class Spacing(NamedTuple):
    """What a layout puts between characters, in em.

    ``latin_gap`` stands between Han and Latin or figures and opens to ``widest_latin_gap`` in a
    loose line, ``han_space`` stands where a space was typed between Han, ``spaced_gap`` at the most
    between the characters of a spaced heading. ``mixed_width`` sets some marks half a square wide
    (开明式).
    """

    latin_gap: float
    widest_latin_gap: float
    han_space: float
    spaced_gap: float
    mixed_width: bool

    @property
    def latin_room(self) -> float:
        """Return how far the gap between Han and Latin may open."""
        return max(0.0, self.widest_latin_gap - self.latin_gap)


def shared_with_latin(excess: float, gaps: int, taken: float, room: float) -> float:
    """Return what gaps beside Latin take of what each gap between Han opens beyond notice.

    As much in proportion as they have taken before: no space is copied for one that is not seen,
    but in a line of few Han it is them or a hole.
    """
    return excess * max(gaps, 1) * room / (room + taken) if room else 0.0
