"""The tables around the outlines: names, metrics, spacing; nothing that no engine reads."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools.ttLib import TTFont
from recipes import Recipe
from square import ASCENT, DESCENT

TIMESTAMP = 3_786_912_000  # 2024-01-01 in seconds since 1904: no build has a date of its own
NOTICE = (
    "Modified by the hongtou project on 2026-11-23: subset, outlines as quadratic curves, metrics "
    "and marks evened out, renamed. See fonts/README.md for the source and how to build it."
)
KEPT = {
    "GlyphOrder",
    "OS/2",
    "cmap",
    "glyf",
    "head",
    "hhea",
    "hmtx",
    "loca",
    "maxp",
    "name",
    "post",
}
KEPT_FOR_KERNING = {"GPOS", "GDEF"}
KEPT_NAMES = (0, 7, 8, 9, 11, 13, 14)  # copyright, trademark, who made it, where, its licence


def drop_tables(font: TTFont, recipe: Recipe) -> None:
    """Drop what no engine here reads; the Latin face keeps its kerning."""
    kept = KEPT | (KEPT_FOR_KERNING if recipe.keeps_kerning else set())
    for tag in list(font.keys()):
        if tag not in kept:
            del font[tag]


def name_face(font: TTFont, recipe: Recipe) -> None:
    """Rename a face, keeping who made it and its licence; what is reserved stays theirs."""
    names = font["name"]
    kept = {number: str(text) for number in KEPT_NAMES if (text := names.getDebugName(number))}
    if recipe.licence_note:
        kept[13] = recipe.licence_note
    postscript = recipe.family.replace(" ", "")
    records = {
        1: recipe.family,
        2: "Regular",
        3: f"{postscript};1",
        4: recipe.family,
        5: "Version 1.000",
        6: postscript,
        10: NOTICE,
        **kept,
    }
    names.names = []
    for number, text in sorted(records.items()):
        names.setName(text, number, 3, 1, 0x409)


def even_metrics(font: TTFont, recipe: Recipe) -> None:
    """Give a face the line box that all faces share, and no restriction on embedding.

    The sources' licences allow embedding; some of their fsType bits say less.
    """
    head, across, system = font["head"], font["hhea"], font["OS/2"]
    across.ascent, across.descent, across.lineGap = ASCENT, DESCENT, 0
    system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap = ASCENT, DESCENT, 0
    system.usWinAscent, system.usWinDescent = ASCENT, -DESCENT
    system.fsType, system.usWeightClass, system.fsSelection = 0, recipe.weight, 0x40
    system.achVendID = "NONE"
    head.macStyle, head.fontRevision = 0, 1.0
    head.created = head.modified = TIMESTAMP


def add_contextual_spacing(path: Path) -> None:
    """Add the chws feature, by which plain engines halve neighbouring marks too."""
    tool = shutil.which("east-asian-spacing", path=str(Path(sys.executable).parent))
    if tool is None:
        raise SystemExit("east-asian-spacing is missing: pip install -r fonts/requirements.txt")
    with tempfile.TemporaryDirectory() as folder:
        command = [tool, "-l", "ZHS", "-o", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        made = Path(folder) / path.name
        if made.exists():  # a face without Chinese marks has nothing to space
            font = TTFont(made, recalcTimestamp=False)
            font["head"].modified = TIMESTAMP
            font.save(path)
