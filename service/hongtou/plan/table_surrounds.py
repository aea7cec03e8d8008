"""What stands around the rows of a table: caption and unit over them, notes and space under them.

Above and below are half lines of the grid together whole, so that the text after a table stands on
the grid again, on whatever page the table ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from hongtou.bulletin.table import Table
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

CONTINUED = "table_continued"  # style of what is printed where a table goes on, and only there
NUMBERED = re.compile(r"表([0-9一二三四五六七八九十]+(?:[-—.][0-9]+)?)")
NOTE_LABEL = re.compile(r"[^：:]{1,5}[：:]")  # further lines of a note stand under what follows it


class Above(NamedTuple):
    """What stands over the header: all of it in reading order, and what of it is content."""

    texts: tuple[SetText, ...]
    content: tuple[SetText, ...]


@dataclass(frozen=True, slots=True)
class Surrounds:
    """What is set around one table that is ``width`` points wide.

    Where it ``is_tight``, a row has no room on a page but without the space over the table.
    """

    table: Table
    setter: TextSetter
    width: float
    is_tight: bool = False

    def above(self, *, first: bool) -> float:
        """Return how many lines of the grid stand over the header of a part."""
        lines = self._caption_lines() if first else 1
        if self.is_tight:
            return float(lines * bool(self.table.caption) + bool(self.table.unit))
        if self.table.unit and not lines:
            return 1.0
        return lines + self.setter.layout.lines("table.space_above")

    def below(self, notes: Sequence[str], above: float) -> float:
        """Return how many lines of the grid stand under the last row, its notes among them."""
        wanted = self.setter.layout.lines("table.space_below")
        if notes:
            layout = self.setter.layout
            count = sum(self.note_lines(note) for note in notes)
            wanted = (
                layout.lines("table.note_gap")
                + count * layout.lines("table.note_pitch")
                + layout.lines("table.space_below") / 2
            )
        rest = ceil(above) - above
        return max(0, ceil(wanted - rest - 1e-6)) + rest if rest else float(ceil(wanted - 1e-6))

    def note_lines(self, note: str) -> int:
        """Return how many lines a note takes."""
        draft = TextSetter(self.setter.layout, self.setter.compositor)
        return len(self._note(note, draft).lines)

    def keep_above(self, *, first: bool, landscape: bool) -> Above:
        """Set what stands over the header.

        That an upright table goes on is set over its caption and takes no room of its own: where
        the header is printed again, it stands in the caption's place.
        """
        height = self.above(first=first) * self.setter.pitch
        if not height:
            return Above((), ())
        unit_height = self.setter.layout.pt("table.note_pitch") if self.table.unit else 0.0
        texts, content = [], []
        if first and not landscape:
            texts.append(self._continued(height - unit_height, taken=0.0))
        if not first:
            texts.append(self._continued(height - unit_height, taken=height - unit_height))
        elif self.table.caption:
            content.append(self._caption(height - unit_height))
        if self.table.unit:
            over = 0.0 if content or not first else height - unit_height
            content.append(self._unit(over))
        if not content and first:
            texts.append(self.setter.blank(height))
        return Above((*texts, *content), tuple(content) if first else ())

    def keep_below(self, notes: Sequence[str], above: float) -> tuple[SetText, ...]:
        """Set the notes, and the space under the table, which is all where there are none."""
        height = self.below(notes, above) * self.setter.pitch
        if not notes:
            return (self.setter.blank(height),)
        gap = self.setter.layout.pt("table.note_gap")
        kept: list[SetText] = []
        for number, note in enumerate(notes, start=1):
            before = gap if number == 1 else 0.0
            height -= before + self.note_lines(note) * self.setter.layout.pt("table.note_pitch")
            after = height if number == len(notes) else 0.0
            kept.append(self._note(note, self.setter, before, after))
        return tuple(kept)

    def _caption_lines(self) -> int:
        if not self.table.caption:
            return 0
        style = self.setter.style("caption")
        return len(self.setter.lines("caption", self.table.caption, self.width, style.align))

    def _caption(self, height: float) -> SetText:
        """Set the caption, in lines of the grid or a little narrower ones over a unit."""
        lines = self._caption_lines()
        pitch = min(self.setter.pitch, height / lines)
        return self.setter.text(
            "caption",
            self.table.caption,
            measure=self.width,
            pitch=pitch,
            before=(height - lines * pitch) / self.setter.pitch,
        )

    def _continued(self, height: float, taken: float) -> SetText:
        """Set what tells that the table goes on, at the foot of a height of which it takes some."""
        found = NUMBERED.match(self.table.caption)
        label = self.setter.layout.text("table.continued") + (found[1] if found else "")
        pitch = min(self.setter.pitch, height) or self.setter.pitch
        text = self.setter.text(CONTINUED, label, measure=self.width, pitch=pitch)
        baseline = text.baselines[0] + height - pitch
        return self.setter.replaced(text._replace(heights=(taken,), baselines=(baseline,)))

    def _unit(self, over: float) -> SetText:
        pitch = self.setter.layout.pt("table.note_pitch")
        padding = self.setter.layout.pt("table.cell_padding")
        return self.setter.text(
            "table_unit",
            self.table.unit,
            measure=self.width - padding,
            pitch=pitch,
            before=over / self.setter.pitch,
        )

    def _note(
        self, note: str, setter: TextSetter, before: float = 0.0, after: float = 0.0
    ) -> SetText:
        style = setter.style("table_note")
        padding = setter.layout.pt("table.cell_padding")
        label = NOTE_LABEL.match(note)
        hanging = padding
        if label:
            hanging += setter.compositor.natural_width(label[0], style.role, style.size_pt)
        return setter.runs(
            "table_note",
            [TypeRun(note, style.role)],
            measure=self.width - padding,
            pitch=setter.layout.pt("table.note_pitch"),
            before=before / setter.pitch,
            after=after / setter.pitch,
            indent=padding,
            hanging=hanging,
        )
