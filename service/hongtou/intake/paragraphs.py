"""A line of text → the runs of a paragraph: lead-ins, run-in headings.

The only markup is ``**…**``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hongtou.bulletin.issue import RunStyle
from hongtou.intake.source_text import SourceText

# Not stars for what is not to be told, as in 138****5678 and 张**、李**.
LEAD_IN = re.compile(
    r"\*\*(?<!\*\*\*)((?=\s*[^\s*、，。；：！？）”》])[^*]+(?:\*[^*]+)*)\*\*(?!\*)"
)
SENTENCE_MARK = re.compile("[。！？]")
BRIEF_MARK = re.compile(r"[★●■◆·•][ \u3000]*")

HEADING_STYLES: dict[int, RunStyle] = {
    1: "heading_1",
    2: "heading_2",
    3: "heading_3",
    4: "heading_4",
}


@dataclass(frozen=True, slots=True)
class StyledText:
    """Source text in one style."""

    source: SourceText
    style: RunStyle


def styled_runs(line: SourceText, level: int = 0, length: int = 0) -> list[StyledText]:
    """Return the runs of a paragraph, in order; the first ``length`` characters are a heading."""
    runs = _lead_ins(line)
    return _with_heading(runs, length, HEADING_STYLES[level]) if length else runs


def plain_text(line: SourceText) -> str:
    """Return the characters of a line that may be a heading, without the marks of lead-ins.

    "" where a lead-in opens it, which has a face of its own; a line all bold is one without.
    """
    if "**" not in line.chars:
        return line.chars
    runs = _lead_ins(line)
    text = "".join(run.source.chars for run in runs)
    is_lead_in = runs[0].style == "lead_in" and (len(runs) > 1 or SENTENCE_MARK.search(text))
    return "" if is_lead_in else text


def without_brief_mark(line: SourceText) -> SourceText:
    """Return a brief item's first line without the ★ that it was sent with."""
    found = BRIEF_MARK.match(line.chars)
    return line.cut(found.end(), len(line.chars)).trimmed() if found else line


def _lead_ins(line: SourceText) -> list[StyledText]:
    """Split a line at its lead-ins and drop their marks; an unpaired ``**`` stays as it is."""
    runs = []
    done = 0
    for found in LEAD_IN.finditer(line.chars):
        runs.append(StyledText(line.cut(done, found.start()), "text"))
        runs.append(StyledText(line.cut(found.start(1), found.end(1)), "lead_in"))
        done = found.end()
    runs.append(StyledText(line.cut(done, len(line.chars)), "text"))
    return _trimmed(runs) or [StyledText(line, "text")]


def _trimmed(runs: list[StyledText]) -> list[StyledText]:
    """Drop the spaces at both ends of the paragraph, which may stand inside the marks."""
    while runs and not runs[0].source.chars.strip():
        runs = runs[1:]
    while runs and not runs[-1].source.chars.strip():
        runs = runs[:-1]
    if not runs:
        return []
    first = runs[0].source
    start = len(first.chars) - len(first.chars.lstrip())
    runs[0] = StyledText(first.cut(start, len(first.chars)), runs[0].style)
    last = runs[-1].source
    runs[-1] = StyledText(last.cut(0, len(last.chars.rstrip())), runs[-1].style)
    return [run for run in runs if run.source.chars]


def _with_heading(runs: list[StyledText], length: int, style: RunStyle) -> list[StyledText]:
    """Give the first ``length`` characters of a paragraph the style of a heading."""
    headed = []
    for run in runs:
        chars = len(run.source.chars)
        taken = min(length, chars)
        headed += [
            StyledText(run.source.cut(0, taken), style),
            StyledText(run.source.cut(taken, chars), run.style),
        ]
        length -= taken
    return [run for run in headed if run.source.chars]
