"""An issue as the peers set it: the same words in the same faces and sizes, block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LEAD_IN = re.compile(r"\*\*(.+?)\*\*")
RED, BLACK = "#e60012", "#000000"


@dataclass(frozen=True)
class Style:
    """How a block is set: a face of ``FACES``, points, and where its lines stand."""

    face: str
    size: float
    pitch: float
    align: str = "left"
    colour: str = BLACK
    indent: float = 0.0  # em, of the first line
    ruled: str = ""  # colour of the rule below the block


@dataclass(frozen=True)
class Face:
    """The families of a face, in the order in which a character is looked for."""

    latin: str
    han: str
    fill: str = ""
    bold: bool = False  # the bold of its family, not a family of its own

    def families(self) -> tuple[str, ...]:
        """Return each family once."""
        return tuple(dict.fromkeys(name for name in (self.latin, self.han, self.fill) if name))


FACES = {
    "title": Face("Hongtou Latin", "Hongtou Title", "Hongtou Body Fill"),
    "body": Face("Hongtou Latin", "Hongtou Body", "Hongtou Body Fill"),
    "heading": Face("Hongtou Latin", "Hongtou Heading", "Hongtou Body Fill"),
}
# The three faces with which the goals were measured; CFF, 65,535 glyphs each.
NOTO_BLACK = (
    "Noto Serif CJK SC Black"  # of Debian's fonts-noto-cjk-extra; the others of fonts-noto-cjk
)
NOTO_FACES = {
    "title": Face(NOTO_BLACK, NOTO_BLACK),
    "body": Face("Noto Serif CJK SC", "Noto Serif CJK SC"),
    "heading": Face("Noto Sans CJK SC", "Noto Sans CJK SC", bold=True),
}
STYLES = {
    "nameplate": Style("title", 64, 86.85, "center", RED),
    "line": Style("body", 15.75, 28.95, "center"),
    "dateline": Style("body", 15.75, 28.95, "center", ruled=RED),
    "label": Style("heading", 15.75, 28.95, "center"),
    "entry": Style("body", 15.75, 28.95),
    "headline": Style("title", 21, 43.4, "center"),
    "paragraph": Style("body", 15.75, 28.95, "justify", indent=2),
    "closing": Style("body", 14, 26.25, ruled=BLACK),
}


@dataclass(frozen=True)
class Block:
    """A paragraph of a style; ``lead_in`` comes first and is in the face of headings."""

    style: str
    text: str
    lead_in: str = ""


def blocks_of(issue: dict[str, Any]) -> list[Block]:
    """Return an issue from its nameplate to its closing block, in reading order."""
    masthead, closing = issue["masthead"], issue["closing"]
    headlines = [article["headline"] for article in issue["articles"]]
    blocks = [
        Block("nameplate", masthead["nameplate"]),
        Block("line", f"第{masthead['issue_number']}期"),
        Block("dateline", f"{masthead['issuing_body']}　{masthead['issue_date']}"),
        Block("label", "目　录"),
        *(Block("entry", headline) for headline in headlines),
    ]
    for article in issue["articles"]:
        blocks.append(Block("headline", article["headline"]))
        blocks += [_paragraph(line) for line in article["body"].split("\n")]
    if "briefs" in issue:
        blocks.append(Block("label", "工　作　简　讯"))
        blocks += [Block("paragraph", f"★{item}") for item in issue["briefs"]["items"]]
    blocks += [
        Block("closing", f"报：{closing['report_to']}"),
        Block("closing", f"送：{closing['issue_to']}"),
        Block("closing", f"{closing['imprint_body']}　{closing['imprint_date']}印发"),
        Block(
            "closing",
            f"审核：{'、'.join(closing['reviewers'])}　编辑：{'、'.join(closing['editors'])}",
        ),
    ]
    return blocks


def _paragraph(line: str) -> Block:
    found = LEAD_IN.match(line)
    if found is None:
        return Block("paragraph", line.replace("**", ""))
    return Block("paragraph", line[found.end() :].replace("**", ""), found[1])
