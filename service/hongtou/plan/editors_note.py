"""Editors' notes (按语) and remarks on an issue (批示)."""

from __future__ import annotations

from hongtou.bulletin.issue import EditorsNote
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

NOTE_OPENINGS = ("按语", "编者按", "按：", "【", "〔", "［")


def plan_note(
    note: EditorsNote | None, setter: TextSetter, *, before: float = 0, after: float = 0
) -> tuple[SetText, ...]:
    """Set an editor's note (按语) behind its label; blank lines of the grid around it."""
    if note is None:
        return ()
    last = len(note.paragraphs) - 1
    texts = [
        setter.paragraph(
            "editors_note",
            paragraph,
            [] if number else _label(note, setter),
            before=0 if number else before,
            after=after if number == last and not note.by else 0,
        )
        for number, paragraph in enumerate(note.paragraphs)
    ]
    if note.by:
        texts.append(setter.text("editors_note_by", note.by, after=after))
    return tuple(texts)


def _label(note: EditorsNote, setter: TextSetter) -> list[TypeRun]:
    """Return the label of a note; one that begins with a label of its own gets no other."""
    role = setter.style("label").role
    if note.label:
        return [TypeRun(note.label, role), TypeRun("：", role)]
    if note.paragraphs[0].text.startswith(NOTE_OPENINGS):
        return []
    return [TypeRun(setter.layout.text("editors_note.label"), role)]
