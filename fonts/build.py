#!/usr/bin/env python3
"""Build the font files of `fonts/files` from Debian's packages, the same bytes each time.

usage: build.py [--sources DIR] [--profile core|full] [--out DIR] [FACE ...]

Every face becomes a TrueType file of 1000 units an em with the same vertical metrics, so that a
line is as high whatever faces it mixes, and so that a glyph id is a CID in the PDF (a renumbered
CID-keyed CFF prints wrong on strict RIPs). Without --sources the packages are fetched by name
with apt-get and unpacked into a temporary folder.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charsets import (
    LATIN,
    NUMBER_SERIES,
    core_charset,
    full_charset,
    is_han,
)
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).parent
UNITS = 1000
ASCENT, DESCENT = 880, -120  # of every face: one line box for all
MAX_ERROR = 0.6  # of a quadratic outline against its cubic one, in units
TIMESTAMP = 3_786_912_000  # 2024-01-01 in seconds since 1904: no build has a date of its own
NOTICE = "Modified 2026: subset, outlines as quadratics, metrics and marks evened out, renamed."
ASCII = set(range(0x21, 0x7F))
DROPPED = ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "LTSH", "VDMX", "hdmx", "PCLT", "FFTM", "meta",
           "fpgm", "prep", "cvt ", "gasp", "vhea", "vmtx", "VORG", "kern", "EBDT", "EBLC", "EBSC"]

NOTO = "usr/share/fonts/opentype/noto"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
ARPHIC = "usr/share/fonts/truetype"
LIBERATION = "usr/share/fonts/truetype/liberation2"


@dataclass(frozen=True)
class Recipe:
    """Where a face comes from and what is done to it; ``number`` is its place in a collection."""

    id: str
    title: str
    family: str
    package: str
    path: str
    licence: str
    weight: int = 400
    number: int = 0
    punctuation: str = ""  # treatment of Noto's proportional marks
    fill_of: str = ""
    sheared: bool = False
    keeps_kerning: bool = False
    has_ascii: bool = True


OFL, FANDOL_GPL, ARPHIC_PL = "OFL-1.1", "GPL-3.0-with-font-exception", "Arphic-1999"
LICENCE_FILES = {OFL: "OFL-1.1.txt", FANDOL_GPL: "GPL-3.0-fandol.txt", ARPHIC_PL: "ARPHICPL.txt"}

RECIPES = (
    Recipe("title", "小标宋", "Hongtou Title", "fonts-noto-cjk", f"{NOTO}/NotoSerifCJK-Bold.ttc",
           OFL, 700, 2, punctuation="noto"),
    Recipe("body", "仿宋", "Hongtou Body", "texlive-lang-chinese",
           f"{FANDOL}/FandolFang-Regular.otf", FANDOL_GPL, has_ascii=False),
    Recipe("body-fill", "仿宋补字", "Hongtou Body Fill", "fonts-noto-cjk-extra",
           f"{NOTO}/NotoSerifCJK-Light.ttc", OFL, 400, 2, punctuation="noto", fill_of="body",
           sheared=True, has_ascii=False),
    Recipe("note", "楷体", "Hongtou Note", "fonts-arphic-gkai00mp",
           f"{ARPHIC}/arphic-gkai00mp/gkai00mp.ttf", ARPHIC_PL, has_ascii=False),
    Recipe("note-fill", "楷体补字", "Hongtou Note Fill", "fonts-arphic-ukai",
           f"{ARPHIC}/arphic/ukai.ttc", ARPHIC_PL, fill_of="note", has_ascii=False),
    Recipe("heading", "黑体", "Hongtou Heading", "fonts-noto-cjk-extra",
           f"{NOTO}/NotoSansCJK-Medium.ttc", OFL, 500, 2, punctuation="noto"),
    Recipe("folio", "宋体", "Hongtou Folio", "fonts-noto-cjk", f"{NOTO}/NotoSerifCJK-Regular.ttc",
           OFL, 400, 2, punctuation="noto"),
    Recipe("latin", "西文", "Hongtou Latin", "fonts-liberation2",
           f"{LIBERATION}/LiberationSerif-Regular.ttf", OFL, keeps_kerning=True),
)

# role: what it is for, and the faces tried for each character, in order
ROLES = {
    "nameplate": ("简报名称", ("title", "folio")),
    "title": ("标题（小标宋）", ("title", "folio")),
    "body": ("正文（仿宋）", ("latin", "body", "body-fill", "folio")),
    "note": ("按语、二级标题（楷体）", ("latin", "note", "note-fill", "folio")),
    "heading": ("一级标题、导语（黑体）", ("heading", "folio")),
    "folio": ("页码（宋体）", ("folio",)),
    "latin": ("西文与数字", ("latin", "folio")),
}


def main() -> None:
    """Build the faces named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("faces", nargs="*", metavar="FACE")
    parser.add_argument("--sources", type=Path, help="folder of unpacked Debian packages")
    parser.add_argument("--profile", choices=("core", "full"), default="core")
    parser.add_argument("--out", type=Path, default=HERE / "files")
    options = parser.parse_args()
    characters = core_charset() if options.profile == "core" else full_charset()
    recipes = [recipe for recipe in RECIPES if not options.faces or recipe.id in options.faces]
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        sources = options.sources or fetch_packages(recipes, Path(scratch))
        for recipe in recipes:
            path = build(recipe, sources, characters, options.out)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            print(f"{recipe.id:10} {path.stat().st_size:9} bytes  sha256 {digest}", flush=True)
        if options.out == HERE / "files" and not options.faces:
            write_manifest(sources)


def fetch_packages(recipes: Iterable[Recipe], folder: Path) -> Path:
    """Download and unpack the packages of these recipes; return the folder they are in."""
    packages = sorted({recipe.package for recipe in with_parents(recipes)})
    subprocess.run(["apt-get", "download", *packages], cwd=folder, check=True)
    for archive in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
    return folder


def with_parents(recipes: Iterable[Recipe]) -> list[Recipe]:
    """Return the recipes and those whose gaps they fill."""
    by_id = {recipe.id: recipe for recipe in RECIPES}
    chosen = list(recipes)
    return chosen + [by_id[recipe.fill_of] for recipe in chosen if recipe.fill_of]


def build(recipe: Recipe, sources: Path, characters: set[int], out: Path) -> Path:
    """Build one face and return its file."""
    font = open_subset(recipe, sources, wanted_by(recipe, sources, characters))
    if recipe.punctuation == "noto":
        widen_noto_marks(font)
    to_quadratic(font, shear_of(font) if recipe.sheared else None)
    if font["head"].unitsPerEm != UNITS:
        scale_upem(font, UNITS)
    if recipe.id not in ("latin",):
        square_marks(font)
    drop_tables(font, keep_kerning=recipe.keeps_kerning)
    name_face(font, recipe)
    even_metrics(font, recipe.weight)
    path = out / f"{recipe.id}.ttf"
    font.save(path, reorderTables=True)
    return path if recipe.keeps_kerning else add_contextual_spacing(path)


def wanted_by(recipe: Recipe, sources: Path, characters: set[int]) -> set[int]:
    """Return the characters that a face is to hold.

    A number series (①-⑳) comes whole from one face: half of it in another hand looks wrong.
    """
    if recipe.id == "latin":
        return set(LATIN)
    if not recipe.has_ascii:
        characters = characters - ASCII
    if recipe.id == "body":
        return characters - NUMBER_SERIES
    if recipe.fill_of:
        parent = next(other for other in RECIPES if other.id == recipe.fill_of)
        held = set(open_source(parent, sources).getBestCmap())
        if recipe.fill_of == "body":
            held -= NUMBER_SERIES
        return {char for char in characters if char not in held}
    return characters


def open_source(recipe: Recipe, sources: Path) -> TTFont:
    """Open the source of a recipe, without reading its outlines yet."""
    number = recipe.number if recipe.path.endswith(".ttc") else -1
    return TTFont(sources / recipe.path, fontNumber=number, lazy=True, recalcTimestamp=False)


def open_subset(recipe: Recipe, sources: Path, wanted: set[int]) -> TTFont:
    """Open a source font with no more than these characters."""
    options = subset.Options()
    options.layout_features = ["fwid", "hwid", "kern"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    options.drop_tables = []
    font = open_source(recipe, sources)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def widen_noto_marks(font: TTFont) -> None:
    """Point — · at Noto's full-width forms, and digits at the half-width ones.

    Noto's own — is 0.89 em and · 0.33 em; its serif digits are proportional and a folio wants
    half-width ones (GB/T 9704-2012 §7.5: 半角宋体阿拉伯数字).
    """
    wide = single_substitutions(font, "fwid")
    half = single_substitutions(font, "hwid")
    cmap = font.getBestCmap()
    new = {char: wide[cmap[char]] for char in (0x2014, 0xB7) if cmap.get(char) in wide}
    if 0xB7 not in new and 0x30FB in cmap:
        new[0xB7] = cmap[0x30FB]
    new |= {char: half[cmap[char]] for char in range(0x30, 0x3A) if cmap.get(char) in half}
    for table in font["cmap"].tables:
        for char, glyph in new.items():
            if char in table.cmap:
                table.cmap[char] = glyph


def single_substitutions(font: TTFont, tag: str) -> dict[str, str]:
    """Return glyph → glyph of a GSUB feature of single substitutions."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == tag:
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found |= getattr(getattr(part, "ExtSubTable", part), "mapping", {}) or {}
    return found


def shear_of(font: TTFont) -> Callable[[str], tuple[float, ...] | None]:
    """Return what makes a light 宋 look like 仿宋: narrower, its horizontals rising by 4°.

    Found by laying both over each other: 0.86 of the stem of Noto Serif Light is FandolFang's.
    """
    slope = math.tan(math.radians(4))
    han = {glyph for char, glyph in font.getBestCmap().items() if is_han(char)}
    matrix = (0.86, slope, 0.0, 1.03, 70.0, -11.4 - 500 * slope - 22)

    def transformation(glyph: str) -> tuple[float, ...] | None:
        return matrix if glyph in han else None

    return transformation


def to_quadratic(
    font: TTFont, transformation: Callable[[str], tuple[float, ...] | None] | None
) -> None:
    """Turn CFF outlines into TrueType ones."""
    if "CFF " not in font:
        return
    order = font.getGlyphOrder()
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, MAX_ERROR, reverse_direction=True)
        matrix = transformation(name) if transformation else None
        drawn[name].draw(TransformPen(quadratic, matrix) if matrix else quadratic)
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = glyphs
    del font["CFF "]
    table.compile(font)
    for name in order:
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(table[name], "xMin", 0) or 0)
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
                  "maxComponentDepth", "maxPoints", "maxContours", "maxCompositePoints",
                  "maxCompositeContours"):
        setattr(profile, field, 0)
    profile.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def square_marks(font: TTFont) -> None:
    """Give — … · “ ” ‘ ’ the full square that Chinese setting counts with.

    An opening quotation mark stands in the right half of its square, a closing one in the left;
    the two halves of —— must meet.
    """
    cmap, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    for char in "—…·“”‘’":
        name = cmap.get(ord(char))
        if name is None:
            continue
        glyph = glyphs[name]
        glyph.recalcBounds(glyphs)
        if char == "—":
            stretch_to_square(glyph, glyphs)
        elif metrics[name][0] != UNITS:
            width = glyph.xMax - glyph.xMin
            left = {"“": 920 - width, "‘": 920 - width, "”": 80, "’": 80}.get(
                char, (UNITS - width) / 2
            )
            move(glyph, glyphs, round(left - glyph.xMin))
        metrics[name] = (UNITS, glyph.xMin)


def stretch_to_square(glyph: Any, glyphs: Any) -> None:
    """Draw a dash from edge to edge of its square."""
    scale = UNITS / (glyph.xMax - glyph.xMin)
    left = glyph.xMin
    coordinates, _, _ = glyph.getCoordinates(glyphs)
    coordinates.translate((-left, 0))
    coordinates.scale((scale, 1))
    coordinates.toInt()
    glyph.coordinates = coordinates
    glyph.recalcBounds(glyphs)


def move(glyph: Any, glyphs: Any, distance: int) -> None:
    """Move a glyph to the right."""
    if glyph.isComposite():
        for component in glyph.components:
            component.x += distance
    else:
        glyph.coordinates.translate((distance, 0))
    glyph.recalcBounds(glyphs)


def drop_tables(font: TTFont, *, keep_kerning: bool) -> None:
    """Drop what no engine here reads; the Latin face keeps its kerning."""
    for tag in DROPPED:
        if tag in font and not (keep_kerning and tag in ("GPOS", "GDEF")):
            del font[tag]
    for tag in list(font.keys()):
        if tag not in ("GlyphOrder", "GPOS", "GDEF", "OS/2", "cmap", "glyf", "head", "hhea", "hmtx",
                       "loca", "maxp", "name", "post"):
            del font[tag]


def name_face(font: TTFont, recipe: Recipe) -> None:
    """Rename a face, keeping who made it and its licence."""
    names = font["name"]
    kept = {
        number: str(names.getDebugName(number))
        for number in (0, 7, 8, 9, 11, 13, 14)
        if names.getDebugName(number)
    }
    postscript = recipe.family.replace(" ", "")
    names.names = []
    records = {1: recipe.family, 2: "Regular", 3: f"{postscript};1", 4: recipe.family,
               5: "Version 1.000", 6: postscript, 10: NOTICE, **kept}
    for number, text in sorted(records.items()):
        names.setName(text, number, 3, 1, 0x409)


def even_metrics(font: TTFont, weight: int) -> None:
    """Give a face the line box that all faces share."""
    head, across, system = font["head"], font["hhea"], font["OS/2"]
    across.ascent, across.descent, across.lineGap = ASCENT, DESCENT, 0
    system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap = ASCENT, DESCENT, 0
    system.usWinAscent, system.usWinDescent = ASCENT, -DESCENT
    system.fsType, system.usWeightClass = 0, weight
    system.fsSelection = 0x40
    system.achVendID = "NONE"
    head.macStyle = 0
    head.created = head.modified = TIMESTAMP
    head.fontRevision = 1.0
    font.recalcTimestamp = False


def add_contextual_spacing(path: Path) -> Path:
    """Add the chws feature, by which plain engines halve neighbouring marks too."""
    tool = shutil.which("east-asian-spacing", path=str(Path(sys.executable).parent))
    if tool is None:
        raise SystemExit("east-asian-spacing is missing: pip install -r requirements/fonts.txt")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([tool, "-l", "ZHS", "-o", folder, str(path)], check=True,
                       capture_output=True)
        made = Path(folder) / path.name
        if made.exists():
            font = TTFont(made, recalcTimestamp=False)
            font["head"].modified = TIMESTAMP
            font.save(path)
    return path


def write_manifest(sources: Path) -> None:
    """Write `manifest.toml` from the recipes and what was built."""
    lines = ["# Written by build.py: which file fills which role, and where each comes from.", ""]
    for name, (title, chain) in ROLES.items():
        lines += [f"[role.{name}]", f'title = "{title}"',
                  f"chain = [{', '.join(f'{face!r}' for face in chain)}]".replace("'", '"'), ""]
    for recipe in RECIPES:
        path = HERE / "files" / f"{recipe.id}.ttf"
        content = path.read_bytes()
        entry = {
            "title": recipe.title,
            "family": recipe.family,
            "file": f"files/{path.name}",
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "characters": len(TTFont(path, lazy=True).getBestCmap()),
            "licence": recipe.licence,
            "licence_file": f"licences/{LICENCE_FILES[recipe.licence]}",
            "package": recipe.package,
            "package_version": package_version(sources, recipe.package),
            "source": recipe.path,
            "fill_of": recipe.fill_of,
        }
        lines.append(f"[face.{recipe.id}]")
        lines += [
            f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
            for key, value in entry.items()
        ]
        lines.append("")
    (HERE / "manifest.toml").write_text("\n".join(lines), encoding="utf-8")


def package_version(sources: Path, package: str) -> str:
    """Return the version of an unpacked package, from the first line of its change log."""
    folder = sources / "usr/share/doc" / package
    path = next(folder.glob("changelog.Debian*.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as log:
        return log.readline().split("(")[1].split(")")[0]


if __name__ == "__main__":
    main()
