"""Lists of those at a meeting or of a group: they hang under the first name.

Source: GB/T 9704-2012 §10.3: 回行时与冒号后的首字对齐.
"""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.attendance import attendance_labels
from hongtou.bulletin.issue import Block, Paragraph
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


def labels_of(blocks: Sequence[Block]) -> list[str]:
    """Return the label of each block that is such a list, "" for every other."""
    return attendance_labels(
        [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    )


def plan_list(paragraph: Paragraph, label: str, setter: TextSetter) -> SetText:
    """Set such a list behind its label, or under the names of the line above that has it."""
    style, heading = setter.style("attendance"), setter.style("label").role
    width = setter.compositor.natural_width(label, heading, style.size_pt)
    start = style.indent * setter.layout.character_pt
    hanging = start + width
    if not paragraph.text.startswith(label):
        runs = [TypeRun(paragraph.text, style.role)]
        return setter.runs("attendance", runs, indent=hanging, hanging=hanging)
    names = TypeRun(paragraph.text[len(label) :], style.role)
    runs = [TypeRun(label, heading, width), names]
    return setter.runs("attendance", runs, indent=start, hanging=hanging)
