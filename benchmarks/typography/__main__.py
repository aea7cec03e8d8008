"""Set the same text with hongtou and its peers, measure it, and lay pages side by side.

usage: python -m benchmarks.typography [--lines N] [--seed N] [--out DIR]

Prints a table for the text of the real issue and for generated hard text, and writes
``results.json`` and pictures of pages side by side.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.typography.geometry import measure
from benchmarks.typography.hard_text import hard_text
from benchmarks.typography.peers import PEERS

REAL_ISSUE = Path(__file__).parents[2] / "tests" / "issues" / "real-issue.json"
DPI = 100
ROWS = (
    ("pages", "pages"),
    ("body lines", "body_lines"),
    ("lines off the right edge by > 0.2 mm", "ragged_over"),
    ("furthest off the right edge, mm", "ragged_max"),
    ("forbidden mark at a line start or end", "kinsoku"),
    ("body lines off the grid", "off_grid"),
    ("largest stretch between two Han, em", "loose"),
    ("largest squeeze between two Han, em", "tight"),
    ("lines with more than 0.03 em between Han", "loose_lines"),
    ("closing marks with a full square at a line end", "full_square_ends"),
    ("number parted from its sign, 万, 亿 or 元", "split_number"),
    ("number parted from its measure word", "split_measure"),
    ("last line of one character", "lonely"),
)


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=2200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("out/typography"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    texts = {
        "real issue": real_paragraphs(),
        "hard text": hard_text(options.lines, options.seed),
    }
    results = {}
    for name, paragraphs in texts.items():
        results[name] = compare(name.replace(" ", "-"), paragraphs, options.out)
        sys.stdout.write(f"\n{name}: {len(paragraphs)} paragraphs\n\n{table(results[name])}\n")
    (options.out / "results.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def real_paragraphs() -> list[str]:
    """Return the paragraphs and briefs of the real issue."""
    issue = json.loads(REAL_ISSUE.read_text(encoding="utf-8"))
    bodies = [article["body"].replace("**", "") for article in issue["articles"]]
    paragraphs = [line for body in bodies for line in body.split("\n")] + issue["briefs"]["items"]
    return [
        re.sub(r"(?<=[^\x00-\x7f]) (?=[0-9])|(?<=[0-9]) (?=[^\x00-\x7f])", "", text)
        for text in paragraphs
    ]


def compare(name: str, paragraphs: Sequence[str], out: Path) -> dict[str, dict[str, Any]]:
    """Set the paragraphs with every peer that is there; return its measures by name."""
    found = {}
    for peer in PEERS:
        if not peer.is_there():
            sys.stderr.write(f"{peer.name} is not installed\n")
            continue
        target = out / f"{name}-{peer.name.lower()}.pdf"
        peer.set_pages(paragraphs, target)
        found[peer.name] = measure(str(target))
        found[peer.name].pop("file")
    if "Typst" in found:
        side_by_side(name, out)
    return found


def table(results: dict[str, dict[str, Any]]) -> str:
    """Return the measures as a Markdown table, a column for each typesetter."""
    lines = [f"| | {' | '.join(results)} |", f"|---|{'---|' * len(results)}"]
    for title, key in ROWS:
        cells = (result[key] for result in results.values())
        shown = (str(len(cell) if isinstance(cell, list) else cell) for cell in cells)
        lines.append(f"| {title} | {' | '.join(shown)} |")
    return "\n".join(lines)


def side_by_side(name: str, out: Path) -> None:
    """Write the second and third page of hongtou beside Typst's."""
    pictures = []
    for peer in ("hongtou", "typst"):
        for page in (2, 3):
            stem = out / f"{name}-{peer}-{page}"
            subprocess.run(
                [
                    "pdftoppm",
                    "-r",
                    str(DPI),
                    "-f",
                    str(page),
                    "-l",
                    str(page),
                    "-singlefile",
                    "-png",
                    str(out / f"{name}-{peer}.pdf"),
                    str(stem),
                ],
                check=True,
            )
            pictures.append(Image.open(stem.with_suffix(".png")))
    width, height = pictures[0].size
    sheet = Image.new("RGB", (2 * width, 2 * height), "white")
    for at, picture in enumerate(pictures):
        sheet.paste(picture, (width * (at // 2), height * (at % 2)))
    sheet.save(out / f"{name}-side-by-side.png", optimize=True)


if __name__ == "__main__":
    main()
