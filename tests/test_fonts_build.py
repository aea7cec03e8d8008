"""The font build: the same bytes each time, and outlines moved as its recipes say."""

from __future__ import annotations

import hashlib
import importlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from hypothesis import given
from hypothesis import strategies as st

from hongtou.faces import read_manifest
from tests.support.shop import ROOT

FONTS = ROOT / "fonts"
MANIFEST = read_manifest(FONTS)
# Unpacked source packages: a folder that is named, or the system with its own fonts-liberation2.
SOURCES = [Path(os.environ.get("FONT_SOURCES", "/absent")), Path("/")]


def part(name: str) -> ModuleType:
    """Import a module of the build, which is run as a script beside its own modules."""
    sys.path.insert(0, str(FONTS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(FONTS))


@pytest.fixture
def sources() -> Path:
    wanted = MANIFEST.faces["latin"].source
    found = next((folder for folder in SOURCES if (folder / wanted).is_file()), None)
    if found is None:
        pytest.skip("fonts-liberation2 is not here: name its folder in FONT_SOURCES")
    return found


def test_a_face_comes_out_the_same_each_time(sources: Path, tmp_path: Path) -> None:
    digests = set()
    for out in (tmp_path / "first", tmp_path / "second"):
        command = [sys.executable, str(FONTS / "build.py"), "--sources", str(sources)]
        subprocess.run([*command, "--out", str(out), "latin"], check=True, capture_output=True)
        digests.add(hashlib.sha256((out / "latin.ttf").read_bytes()).hexdigest())
    assert len(digests) == 1
    entry = MANIFEST.faces["latin"]
    source = hashlib.sha256((sources / entry.source).read_bytes()).hexdigest()
    if source == entry.source_sha256:
        assert digests == {entry.sha256}


@pytest.mark.slow
def test_an_unknown_face_is_named() -> None:
    command = [sys.executable, str(FONTS / "build.py"), "kaiti"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 2
    assert "kaiti" in run.stderr


@pytest.mark.slow
def test_where_packages_cannot_be_fetched_they_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    recipes = part("recipes")
    with pytest.raises(SystemExit, match=r"fonts-arphic-gkai00mp=.*fonts-arphic-ukai=.*--sources"):
        part("provenance").fetch_packages([recipes.recipe_of("note-fill")], tmp_path)


def test_the_manifest_says_what_the_recipes_say() -> None:
    recipes = part("recipes")
    assert list(MANIFEST.faces) == [recipe.id for recipe in recipes.RECIPES]
    for recipe in recipes.RECIPES:
        entry = MANIFEST.faces[recipe.id]
        assert (entry.family, entry.package, entry.source) == (
            recipe.family,
            recipe.package,
            recipe.path,
        )
        assert (entry.licence, entry.fill_of) == (recipe.licence, recipe.fill_of)
    assert {name: role.chain for name, role in MANIFEST.roles.items()} == {
        name: chain for name, (_, chain) in recipes.ROLES.items()
    }


def test_the_character_sets_have_their_published_sizes() -> None:
    charsets = part("charsets")
    assert len(charsets.standard_characters()) == 8105  # 通用规范汉字表
    assert sum(map(charsets.is_han, charsets.GB2312)) == 6763  # GB/T 2312-1980
    assert charsets.full_charset() > charsets.core_charset()


@pytest.mark.slow
@given(st.floats(0.5, 1.5), st.floats(0.5, 1.5), st.floats(-10, 10))
def test_a_slant_leaves_the_middle_of_the_square_where_it_is(
    width: float, height: float, rise: float
) -> None:
    slant = part("recipes").Slant(width, height, rise)
    a, b, c, d, e, f = part("outlines").slant_matrix(slant)
    assert (a * 500 + c * 380 + e, b * 500 + d * 380 + f) == pytest.approx((500, 380))


CORNERS = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=3, max_size=8, unique=True
)


@pytest.mark.slow
@given(CORNERS, st.sampled_from([1, 2]))
def test_an_outline_drawn_anew_stays_within_its_tolerance(
    corners: list[tuple[int, int]], grid: int
) -> None:
    curves = part("curves")
    fineness = curves.Fineness(tolerance=1.75, grid=grid)
    points = [complex(*corner) for corner in corners]
    parts = [
        [start, start + (end - start) / 3 + 40j, start + (end - start) * 2 / 3 - 30, end]
        for start, end in zip(points, [*points[1:], points[0]], strict=True)
    ]
    steps = curves.draw_anew(parts, fineness)
    drawn, at = [], steps[-1][-1]
    for step in steps:
        nodes = [at, *step]
        drawn += [quadratic(nodes, place / 20) for place in range(21)]
        at = step[-1]
    wanted = [point for each in parts for point in curves._sampled(each)]
    assert max(curves._distance_to_path(point, drawn) for point in wanted) < 1.75 + grid
    assert {point.real % grid for step in steps for point in step} == {0}


def test_what_lies_on_one_curve_becomes_one_curve() -> None:
    curves = part("curves")
    half = [[0, 20 + 60j, 60 + 100j, 120 + 120j], [120 + 120j, 180 + 140j, 240 + 140j, 300 + 120j]]
    back = [[300 + 120j, 300 + 0j], [300 + 0j, 150 + 0j], [150 + 0j, 0j]]
    steps = curves.draw_anew([*half, *back], curves.Fineness(tolerance=3.0))
    assert [len(step) for step in steps if len(step) == 1] == [1, 1]  # three lines are two


@pytest.mark.slow
def test_fewer_points_carry_the_body_face() -> None:
    with TTFont(FONTS / "files" / "body.ttf", lazy=True) as face:
        cmap, table = face.getBestCmap(), face["glyf"]
        counts = [len(table[cmap[ord(char)]].coordinates) for char in "健全长效机制扮靓城乡环境"]
    assert sum(counts) / len(counts) < 120  # FandolFang itself: 280


def quadratic(nodes: list[complex], place: float) -> complex:
    if len(nodes) == 2:
        return nodes[0] + (nodes[1] - nodes[0]) * place
    if len(nodes) > 3:  # implied points between the controls
        spans = []
        start = nodes[0]
        for control, after in pairwise(nodes[1:]):
            end = after if after == nodes[-1] else (control + after) / 2
            spans.append([start, control, end])
            start = end
        number = min(int(place * len(spans)), len(spans) - 1)
        return quadratic(spans[number], place * len(spans) - number)
    rest = 1 - place
    return rest * rest * nodes[0] + 2 * rest * place * nodes[1] + place * place * nodes[2]


def test_raising_moves_a_composite_once() -> None:
    font = font_of_squares({"A": "square", "B": "composite"})
    part("outlines").raise_glyphs(font, 40)
    for name in ("square", "composite"):
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        assert glyph.yMin == 40


def test_characters_without_ink_are_dropped_but_for_spaces() -> None:
    font = font_of_squares({"A": "square", " ": "blank", "\u3000": "blank", "㧐": "blank"})
    part("outlines").drop_blanks(font)
    assert set(map(chr, font.getBestCmap())) == {"A", " ", "\u3000"}


def test_marks_are_squared_and_seated() -> None:
    font = font_of_squares({"—": "square", "·": "dot", "，": "comma", "“": "quote"})
    recipe = SimpleNamespace(centres_marks=True, squares=False, seats=(("，", -100),))
    part("marks").square_marks(font, recipe)
    bounds = {
        char: (glyph.xMin, glyph.xMax, glyph.yMin, glyph.yMax)
        for char in "—·，“"
        if (glyph := font["glyf"][font.getBestCmap()[ord(char)]])
    }
    assert bounds["—"] == (0, 1000, 330, 430)
    assert bounds["·"] == (450, 550, 330, 430)
    assert bounds["，"] == (200, 300, -100, 0)
    assert bounds["“"][:2] == (820, 920)  # against the word it opens
    assert {font["hmtx"][name][0] for name in font.getBestCmap().values()} == {1000}


def font_of_squares(characters: dict[str, str]) -> TTFont:
    """Return a font of squares of 100 units on the baseline, 400 wide, and a blank glyph."""
    glyphs = {name: square() for name in (".notdef", "square", "dot", "comma", "quote")}
    parts = TTGlyphPen(glyphs)
    parts.addComponent("square", (1, 0, 0, 1, 0, 0))
    glyphs |= {"composite": parts.glyph(), "blank": TTGlyphPen(None).glyph()}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(char): name for char, name in characters.items()})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (400, 0)))
    return builder.font


def square() -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 100), (100, 100), (100, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
