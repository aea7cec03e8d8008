"""Paragraphs, of which those that name who was at a meeting hang under the first name.

Source: GB/T 9704-2012 §10.3: 回行时与冒号后的首字对齐.
"""

from __future__ import annotations

from hongtou.bulletin.attendance import attendance_label
from hongtou.bulletin.issue import Paragraph
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


def plan_paragraph(paragraph: Paragraph, setter: TextSetter) -> SetText:
    """Set a paragraph of an article."""
    label = attendance_label(paragraph.text)
    if not label:
        return setter.paragraph("paragraph", paragraph)
    style, heading = setter.style("attendance"), setter.style("label").role
    width = setter.compositor.natural_width(label, heading, style.size_pt)
    start = style.indent * setter.layout.character_pt
    names = TypeRun(paragraph.text[len(label) :], style.role)
    return setter.runs(
        "attendance",
        [TypeRun(label, heading, width), names],
        indent=start,
        hanging=start + width,
    )
