"""A number with a unit lives once: in a layout.toml, with strength and source, and nowhere in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.rooms import PACKAGE, ROOT, name_of, tree_of
from tests.support.shop import layouts

# What places anything on a page, or says where it stands.
ROOMS = (
    "bulletin", "faces", "pictures", "compose", "plan", "pages", "paginate", "pdf", "ofd",
    "outputs", "preflight",
)  # fmt: skip
# The breaking of lines: costs and shares that were found together, and no layout may alter one.
BREAKING = (
    "compose.fit", "compose.looseness", "compose.balance", "compose.ragged", "compose.cutting",
    "compose.break_classes", "compose.numbers", "compose.series", "compose.names",
    "compose.words.word_list", "compose.last_lines",
)  # fmt: skip
# Fractions that are no measures of a page, each with what it is.
OTHERS = {
    ("bulletin.likeness", 0.6): "how like two names are, of 1",
    ("bulletin.measure", 25.4): "millimetres of an inch",
    ("compose.compositor", 0.04): "em: the blank beside the ink of a Han character, of the faces",
    ("compose.lines", 0.095): "what readers of a PDF take for a space",
    ("plan.spreading", 3.2): "pages from the end whose feet may be shorter, of what is left",
    ("plan.pictures", 0.5): "rounding to a whole dot",
    ("outputs.slug", 0.35): "em: where the middle of a line is, between two texts of a slug",
    ("outputs.slug", 1.25): "em: from one row of a slug to the next",
    ("outputs.overview.sheet", 0.5): "points of a sheet for a screen: the line around a page",
    ("outputs.page_pictures", 1.5): "pixels of a point of such a sheet",
    ("outputs.docx.paragraphs", 0.5): "points: less is arithmetic, and no blank",
    ("outputs.docx.paragraphs", 0.1): "points by which a size may differ from that of its style",
    ("pages.proof.frames", 0.72): "em: how high figures are",
    ("pages.proof.listing", 0.5): "lines between two entries",
    ("pages.proof.listing", 2.5): "em of a column",
    ("pages.proof.listing", 4.5): "em of a column",
    ("pdf.sheet", 0.5523): "of a radius: the control points of a quarter of a circle",
    ("pdf.sheet", 1.6): "of a radius: how far a cross reaches",
    ("preflight.plates", 1.5): "per cent: what rounding to 255 levels may add on four plates",
    ("preflight.box", 0.01): "points by which a page box may differ",
}
# Constants of these rooms that are counts, each with what it counts.
SETTING = ("compose", "plan", "pages")
COUNTS = {
    "compose.boxed.DEAR": "of the costs of breaks",
    "compose.boxed.TWO_WORDS": "characters of two words",
    "compose.boxed.MOST_BALANCED": "lines of a cell that are worth their balance",
    "compose.boxed.LONGEST_NAME": "characters",
    "plan.column_search.STRIDES": "steps of the layout's column_step",
    "plan.column_search.ALIKE": "steps of the layout's column_step",
    "compose.compositor.MOST_KEPT": "lines that are remembered",
    "compose.compositor.HAN_BLANK": "of OTHERS",
    "pages.places.DIGITS": "decimal places of a millimetre",
    "pages.imposition.A_SHEET_HOLDS": "pages of a sheet that is folded once",
    "compose.line_memory.MOST_CHARS": "characters that are remembered",
    "compose.lines.COPIED_AS_SPACE": "of OTHERS",
    "pages.sources.MAX_COMPOSED": "characters by which texts may differ in length",
    "pages.report.MAX_FILLS": "characters that are named in a report",
    "compose.sense.MAX_KEPT": "texts whose words are remembered",
    "compose.sense.MAX_CHARS": "characters of a text that is remembered",
    "compose.sense.SHOWN": "characters by which a message names a break",
    "pages.report.SEEN_SHORT": "em at the end of a line: more than the blank half of a mark",
    "pages.report.OPENING_CHARS": "characters by which a message names a line",
    "plan.fitting.OPENING_CHARS": "characters by which a step names a text",
    "pages.proof.listing.(NUMBER_EM, PAGE_EM, BETWEEN_EM)": "of OTHERS",
    "pages.proof.listing.BLANK": "of OTHERS",
    "pages.proof.frames.FIGURE_HEIGHT": "of OTHERS",
    "pages.proof.frames.CLEAR": "a point between a number and its frame",
    "plan.fitting.SHORT": "the cost of a page that ends short",
    "plan.fitting.FEW": "lines to which the cost of a page rises slowly",
    "plan.fitting.HOLE": "the cost of a page with a hole",
    "plan.fitting.LARGE": "the highest cost of a page",
    "plan.tables.STEPS": "steps that are tried",
    "plan.opening.MOST_LINES": "lines that are tried",
    "plan.copyfit.BEFORE": "pages that are tried",
    "plan.spreading.MOST_WAYS": "ways that are looked at",
    "plan.spreading.ENOUGH": "ways that are looked at",
    "plan.spreading.ALONE": "changes that are tried",
    "plan.spreading.TEXTS": "texts that are tried",
    "plan.spreading.FEW_PAGES": "of OTHERS",
    "plan.ways.NO_BODY": "the cost of a first page without body",
    "plan.ways.PAGE": "the cost of a page",
    "plan.ways.CHANGE": "the cost of a change",
    "plan.ways.TENTHS": "parts of a cost",
    "plan.feet.MANY": "lines: more than any page has",
    "plan.recasting.TRIES": "paragraphs that are tried",
    "plan.opening.BETWEEN": "times that lines move apart",
    "plan.opening.TRIES": "lines that are tried",
    "plan.last_page.MANY": "lines that a picture is as good as",
    "plan.last_page.WHOLE": "lines more that are moved lest a text be parted",
    "plan.table_cells.LONGEST_NOTE": "characters of a note beside a number",
    "plan.table_groups.FEWEST": "rows of a group on a page",
    "plan.unit.ROUNDING": "a tolerance of arithmetic",
}
SMALLEST = 1e-3  # anything below is a tolerance of arithmetic
TYPE_SIZES = ("bulletin.measure", 9.0, 42.0)  # the table of 字号, which lives there
pytestmark = pytest.mark.slow


def files() -> list[Path]:
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if name_of(path).partition(".")[0] in ROOMS and name_of(path) not in BREAKING
    ]


def numbers(path: Path) -> Iterator[tuple[float, int]]:
    """Yield every number written in a file, and its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node.value, node.lineno


def is_declared(module: str, number: float) -> bool:
    home, smallest, largest = TYPE_SIZES
    return (module, number) in OTHERS or (module == home and smallest <= number <= largest)


@pytest.mark.defect(12)
def test_no_fraction_of_a_unit_stands_in_code() -> None:
    found = [
        f"{name_of(path)}, line {line}: {number}"
        for path in files()
        for number, line in numbers(path)
        if isinstance(number, float) and number > SMALLEST and number != 1
        if not is_declared(name_of(path), number)
    ]
    assert found == [], "a measure belongs into layout.toml, with strength and source"


def constants(path: Path) -> Iterator[str]:
    """Yield the name of every number, or row of numbers, that a module declares."""
    for node in tree_of(path).body:
        if not isinstance(node, ast.Assign):
            continue
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        if all(isinstance(one, ast.Constant) and type(one.value) in (int, float) for one in values):
            yield f"{name_of(path)}.{ast.unparse(node.targets[0])}"


def test_no_module_that_sets_declares_a_measure_of_its_own() -> None:
    rooms = [path for path in files() if name_of(path).partition(".")[0] in SETTING]
    assert {name for path in rooms for name in constants(path)} == set(COUNTS)


def test_what_is_let_through_is_still_there() -> None:
    written = {(name_of(path), number) for path in files() for number, _ in numbers(path)}
    assert set(OTHERS) - written == set()


@pytest.mark.defect(12)
def test_the_paper_and_the_square_of_a_face_stand_in_the_layout_alone() -> None:
    layout = layouts()["dongtai"]
    baseline = round(1000 * layout.em("composition.baseline"))
    alone = {baseline, baseline - 500, 1000 - baseline} | {
        layout.values[f"page.{key}"].amount
        for key in ("width", "height", "type_area_width", "type_area_height")
    }
    font_code = sorted((ROOT / "fonts").glob("*.py"))
    found = [
        f"{path.relative_to(ROOT)}:{line}: {number}"
        for path in [*files(), *font_code]
        for number, line in numbers(path)
        if number in alone and number != 225  # a marker of JPEG: pictures/files/jpeg.py
        if not path.is_relative_to(PACKAGE / "faces" / "coverage.py")
    ]
    assert found == []


def test_no_number_stands_twice_in_the_shared_layout_for_the_same_reason() -> None:
    shared = (ROOT / "layouts" / "_shared" / "layout.toml").read_text(encoding="utf-8")
    entries = re.findall(r"^\w+ = (\{ (?!text|flag|colour).*\})$", shared, re.M)
    reasoned = [entry for entry in entries if '"house style"' not in entry]
    assert [entry for entry in reasoned if reasoned.count(entry) > 1] == []
