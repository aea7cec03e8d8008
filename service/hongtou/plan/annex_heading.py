"""The heading of an annex: its label flush left on the first line, its title on the third.

Source: GB/T 9704-2012 §7.3.7.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


class AnnexHeading(NamedTuple):
    """Label and title of an annex, over its text or on the turned page of its table."""

    label: str
    title: str

    def kept(self, setter: TextSetter, measure: float) -> tuple[SetText, ...]:
        """Set both on whole lines of the grid; ``measure`` is in points."""
        layout, style = setter.layout, setter.style("annex_title")
        lines = setter.lines("annex_title", self.title, measure, style.align)
        height = len(lines) * style.pitch
        after = self._title_lines(setter, measure) - height
        return (
            setter.text("annex_label", self.label, after=layout.lines("annex.title_above")),
            setter.text("annex_title", self.title, measure=measure, after=after),
        )

    def lines(self, setter: TextSetter, measure: float) -> int:
        """Return how many lines of the grid both take."""
        label = setter.style("annex_label").pitch + setter.layout.lines("annex.title_above")
        return ceil(label - 1e-6) + self._title_lines(setter, measure)

    def _title_lines(self, setter: TextSetter, measure: float) -> int:
        style = setter.style("annex_title")
        lines = setter.lines("annex_title", self.title, measure, style.align)
        below = setter.layout.lines("annex.title_below")
        return ceil(len(lines) * style.pitch + below - 1e-6)
