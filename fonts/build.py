#!/usr/bin/env python3
"""Build the font files of `fonts/files` from Debian's packages, the same bytes each time.

Every face becomes a TrueType file of 1000 units an em with the same vertical metrics, so that a
line is as high whatever faces it mixes, and so that a glyph id is a CID in the PDF (a renumbered
CID-keyed CFF prints wrong on strict RIPs). Without --sources the packages are fetched by name
with apt-get and unpacked into a temporary folder.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import shutil
import tempfile
from pathlib import Path

from charsets import TICKS, core_charset, full_charset
from composed import MADE_OF_FIGURES, add_composed
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from marks import square_marks, widen_proportional_marks
from outlines import drop_blanks, raise_glyphs, to_quadratic
from provenance import HERE, fetch_packages, write_manifest
from recipes import RECIPES, Recipe, recipe_of
from square import UNITS
from tables import add_contextual_spacing, drop_tables, even_metrics, name_face

COMMITTED = HERE / "files"


def main() -> None:
    """Build the faces named on the command line, or all of them."""
    options = read_options()
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    characters = core_charset() if options.profile == "core" else full_charset()
    recipes = [recipe_of(id) for id in options.faces] or RECIPES
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as built:
        sources = options.sources or fetch_packages(recipes, Path(scratch))
        for recipe in recipes:
            path = build(recipe, sources, characters, Path(built))
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            print(f"{recipe.id:10} {path.stat().st_size:9} bytes  sha256 {digest}", flush=True)
        for path in sorted(Path(built).iterdir()):  # all at the end: the files fit their manifest
            shutil.copyfile(path, options.out / path.name)
        if options.out == COMMITTED and len(recipes) == len(RECIPES):
            write_manifest(sources)


def read_options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ids = [recipe.id for recipe in RECIPES]
    parser.add_argument("faces", nargs="*", metavar="FACE", help=f"of {', '.join(ids)}")
    parser.add_argument("--sources", type=Path, help="folder of unpacked Debian packages")
    parser.add_argument("--profile", choices=("core", "full"), default="core")
    parser.add_argument("--out", type=Path, default=COMMITTED)
    options = parser.parse_args()
    if unknown := set(options.faces) - set(ids):
        parser.error(f"no such face: {', '.join(sorted(unknown))}")
    return options


def build(recipe: Recipe, sources: Path, characters: set[int], out: Path) -> Path:
    """Build one face and return its file."""
    font = open_subset(recipe, sources, wanted_by(recipe, sources, characters))
    widen_proportional_marks(font)
    to_quadratic(font, recipe.slant, recipe.fineness)
    if font["head"].unitsPerEm != UNITS:
        scale_upem(font, UNITS)
    drop_blanks(font)
    raise_glyphs(font, recipe.raised)
    if not recipe.keeps_kerning:
        square_marks(font, recipe)
    add_composed(font)
    drop_tables(font, recipe)
    name_face(font, recipe)
    even_metrics(font, recipe)
    path = out / f"{recipe.id}.ttf"
    font.save(path)
    if not recipe.keeps_kerning:
        add_contextual_spacing(path)
    return path


def wanted_by(recipe: Recipe, sources: Path, characters: set[int]) -> set[int]:
    """Return the characters that a face is asked for; a fill only those its parent lacks."""
    others = MADE_OF_FIGURES if recipe.squares else MADE_OF_FIGURES | TICKS
    wanted = {char for char in characters - others if recipe.gives(char)}
    if not recipe.fill_of:
        return wanted
    parent = recipe_of(recipe.fill_of)
    held = open_source(parent, sources).getBestCmap()
    return {char for char in wanted if not (char in held and parent.gives(char))}


def open_source(recipe: Recipe, sources: Path) -> TTFont:
    """Open the source of a recipe, without reading its outlines yet."""
    path = sources / recipe.path
    return TTFont(path, fontNumber=recipe.number, lazy=True, recalcTimestamp=False)


def open_subset(recipe: Recipe, sources: Path, wanted: set[int]) -> TTFont:
    """Open a source font with no more than these characters."""
    options = subset.Options()
    options.layout_features = ["fwid", "hwid", "kern"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    font = open_source(recipe, sources)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    return font


if __name__ == "__main__":
    main()
