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
from hongtou.plan.annex_heading import AnnexHeading
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

CONTINUED = "table_continued"  # style of what is printed where a table goes on, and only there
NUMBERED = re.compile(r"(附?表)([0-9一二三四五六七八九十]+(?:[-—.][0-9]+)?)")
LEAD = r"[^：:]{1,5}[：:]\s{0,4}"  # 注：, 资料来源：
COUNT = (
    r"(?:注?\s{0,4}[0-9]{1,2}[.．、)）](?![0-9])|[①-⑳]|[*＊]{1,3})\s{0,4}"
    r"|[（(][0-9一二三四五六七八九十]{1,3}[）)]"
)
NOTE_LABEL = re.compile(f"(?:{LEAD})?(?:{COUNT})?")  # further lines of a note stand under the rest
FIRST_NOTE = re.compile(LEAD + r"(?=[1１①])")  # 注：1.…, and 2.… stands under 1.…
NEXT_NOTE = re.compile(r"[2-9２-９②-⑨](?![0-9])")


class Above(NamedTuple):
    """What stands over the header: all of it in reading order, and what of it is content.

    ``heading`` is that of an annex, which is content too and none of the table's.
    """

    texts: tuple[SetText, ...]
    content: tuple[SetText, ...]
    heading: tuple[SetText, ...] = ()


@dataclass(frozen=True, slots=True)
class Surrounds:
    """What is set around one table that is ``width`` points wide.

    Where it ``is_tight``, a row has no room on a page but without the space over the table.
    ``heading`` is that of the annex that begins with a landscape table, and stands over it.
    """

    table: Table
    setter: TextSetter
    width: float
    is_tight: bool = False
    heading: AnnexHeading | None = None

    def above(self, *, first: bool) -> float:
        """Return how many lines of the grid stand over the header of a part."""
        lines = self._caption_lines() if first else 1
        if first and self.heading:
            lines += self.heading.lines(self.setter, self.width)
        if self.is_tight:
            return float(lines * bool(self.table.caption) + bool(self.table.unit))
        if self.table.unit and not lines:
            return 1.0
        return lines + self.setter.layout.lines("table.space_above")

    def most_above(self) -> float:
        """Return the same for the page that has most of it: a landscape table may go on."""
        pages = (True, False) if self.table.landscape else (True,)
        return max(self.above(first=first) for first in pages)

    def below(self, notes: Sequence[str], above: float) -> float:
        """Return how many lines of the grid stand under the last row, its notes among them."""
        wanted = self.setter.layout.lines("table.space_below")
        if notes:
            layout = self.setter.layout
            count = sum(self.note_lines(note) for note in notes)
            wanted = (
                count * layout.lines("table.note_pitch")
                + self._lowered() / self.setter.pitch
                + layout.lines("table.space_below") / 2
            )
        rest = ceil(above) - above
        return max(0, ceil(wanted - rest - 1e-6)) + rest if rest else float(ceil(wanted - 1e-6))

    def note_lines(self, note: str) -> int:
        """Return how many lines a note takes."""
        draft = TextSetter(self.setter.layout, self.setter.compositor, self.setter.memory)
        return len(self._note(note, draft, self.width).lines)

    def keep_above(self, *, first: bool, landscape: bool) -> Above:
        """Set what stands over the header.

        That an upright table goes on is set over its caption and takes no room of its own: where
        the header is printed again, it stands in the caption's place.
        """
        height = self.above(first=first) * self.setter.pitch
        if not height:
            return Above((), ())
        heading: tuple[SetText, ...] = ()
        if first and self.heading:
            heading = self.heading.kept(self.setter, self.width)
            height -= sum(text.height for text in heading)
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
        return Above((*heading, *texts, *content), tuple(content) if first else (), heading)

    def keep_below(self, notes: Sequence[str], above: float) -> tuple[SetText, ...]:
        """Set the notes, and the space under the table, which is all where there are none."""
        height = self.below(notes, above) * self.setter.pitch
        if not notes:
            return (self.setter.blank(height),)
        kept: list[SetText] = []
        for number, note in enumerate(notes, start=1):
            height -= self.note_lines(note) * self.setter.layout.pt("table.note_pitch")
            after = height if number == len(notes) else 0.0
            kept.append(self._note(note, self.setter, self.width, after))
        return tuple(kept)

    def keep_notes(self, above: float) -> list[SetText]:
        """Set notes that are too long to stay with the table, as text that goes on under it.

        They begin where the rows end and end on the grid; ``above`` are the lines over the header.
        Under a landscape table they are upright.
        """
        setter, notes = self.setter, self.table.notes
        is_turned = self.table.landscape
        width = setter.measure if is_turned else self.width
        draft = TextSetter(setter.layout, setter.compositor)
        set_notes = [self._note(note, draft, width) for note in notes]
        end = (0.0 if is_turned else above % 1) + sum(
            note.height for note in set_notes
        ) / setter.pitch
        after = ceil(end + setter.layout.lines("table.space_below") / 2 - 1e-6) - end
        kept = [self._note(note, setter, width) for note in notes[:-1]]
        return [*kept, self._note(notes[-1], setter, width, after * setter.pitch)]

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
        label = self.setter.layout.text("table.continued")
        if found:
            label = label.replace("表", found[1]) + found[2]
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

    def _note(self, note: str, setter: TextSetter, width: float, after: float = 0.0) -> SetText:
        style = setter.style("table_note")
        padding = setter.layout.pt("table.cell_padding")

        def width_of(found: re.Match[str] | None) -> float:
            text = found[0] if found else ""
            return setter.compositor.natural_width(text, style.role, style.size_pt)

        lead = FIRST_NOTE.match(self.table.notes[0]) if NEXT_NOTE.match(note) else None
        indent = padding + width_of(lead)
        text = setter.runs(
            "table_note",
            [TypeRun(note, style.role)],
            measure=width - padding,
            pitch=setter.layout.pt("table.note_pitch"),
            after=after / setter.pitch,
            indent=indent,
            hanging=indent + width_of(NOTE_LABEL.match(note)),
        )
        down = self._lowered()
        return setter.replaced(
            text._replace(baselines=tuple(baseline + down for baseline in text.baselines))
        )

    def _lowered(self) -> float:
        """Return how far notes stand lower than in the middle of their lines, in points.

        The first is as far from the table as the layout tells, and all lines keep half the grid.
        """
        layout = self.setter.layout
        over = (layout.pt("table.note_pitch") - self.setter.style("table_note").size_pt) / 2
        return max(0.0, layout.pt("table.note_gap") - over)
