"""Imposed pages: every page once, where it belongs, with the same characters."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pikepdf
import pytest

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import OptionValue, Order
from hongtou.outputs.booklet import CLOSING_STYLES, UP, folded_pages, imposition_of, too_thick
from hongtou.outputs.commission import Commission
from hongtou.pages.edition import Edition
from hongtou.pictures.condition import usual_condition
from hongtou.pipeline import Typesetter
from hongtou.preflight.fonts import EXPECTED_FONTS, FONT_PROGRAMS
from hongtou.preflight.pictures import PICTURES
from hongtou.preflight.profiles import IMPOSED_PDF
from tests.support import issues
from tests.support.documents import article, document, encoded
from tests.support.finished import saved
from tests.support.readers import mupdf_characters, mupdf_text, pdfium_text, poppler_text
from tests.support.shop import ROOT, faces, layouts, typesetter

REAL = (ROOT / "tests" / "issues" / "real-issue.json").read_bytes()
A4 = (210.0, 297.0)  # mm


@cache
def made(**options: OptionValue) -> Edition:
    return typesetter().produce(REAL, Order("booklet", options=tuple(sorted(options.items()))))


@cache
def pages() -> Edition:
    order = Order(options=(("margins", "mirror"),))
    return typesetter().produce(REAL, order)


@pytest.mark.slow
@pytest.mark.parametrize("up", UP.values)
@pytest.mark.parametrize("read", [poppler_text, pdfium_text, mupdf_text])
def test_the_characters_are_those_of_the_pages(up: str, read: Callable[[bytes], str]) -> None:
    imposed, plain = (
        Counter("".join(read(edition.content).split())) for edition in (made(up=up), pages())
    )
    assert imposed == plain


@pytest.mark.parametrize(
    ("up", "sides", "size"), [("saddle", 6, (420, 297)), ("2", 5, (420, 297)), ("4", 3, (420, 594))]
)
def test_sides_are_of_the_size_that_holds_their_pages(
    up: str, sides: int, size: tuple[int, int]
) -> None:
    with pikepdf.open(io.BytesIO(made(up=up).content)) as pdf:
        assert len(pdf.pages) == sides
        for side in pdf.pages:
            width, height = (float(edge) / 72 * 25.4 for edge in side.MediaBox[2:])
            assert (width, height) == pytest.approx(size, abs=0.01)


@pytest.mark.slow
def test_a_saddle_stitched_cover_has_the_first_page_at_its_right() -> None:
    first = mupdf_characters(pages().content, 1)
    cover = mupdf_characters(made().content, 1)
    assert [(text, round(x - A4[0], 1), round(y, 1)) for text, x, y in cover] == [
        (text, round(x, 1), round(y, 1)) for text, x, y in first
    ]


@pytest.mark.slow
def test_inner_pages_move_to_the_fold_by_the_thickness_of_the_sheets_around() -> None:
    thin, thick = (mupdf_characters(made(thickness=um).content, 6) for um in (0, 500))
    moved = {round(b - a, 2) for (_, a, _), (_, b, _) in zip(thin, thick, strict=True)}
    assert moved == {1.0, -1.0}  # the third sheet has two around it


@pytest.mark.slow
def test_the_fold_is_marked_unless_it_is_not_wanted() -> None:
    def strokes(edition: Edition) -> int:
        with pikepdf.open(io.BytesIO(edition.content)) as pdf:
            return sum(side.Contents.read_bytes().count(b" l S") for side in pdf.pages)

    assert strokes(made()) == 12
    assert strokes(made(fold_marks=False)) == strokes(made(up="2")) == 0


def commission(*, alone: bool, **options: OptionValue) -> Commission:
    """Return the real issue, nine pages, whose last has nothing but the closing block."""
    steps = typesetter()
    order = Order("booklet", options=tuple(sorted(options.items())))
    accepted = steps.accept(REAL, order, {})
    laid_out = steps.paginate(steps.plan(accepted))
    pages = laid_out.pages
    *others, last = pages.pages
    closing = tuple(text for text in last.texts if text.text.style in CLOSING_STYLES)
    last = replace(last, contents=closing) if alone else last
    pages = replace(pages, pages=(*others, last))
    return Commission(laid_out.accepted, laid_out.plan, pages, usual_condition())


@pytest.mark.parametrize(("alone", "cover"), [(True, 8), (False, None)])
def test_the_back_cover_has_a_closing_block_that_is_alone(alone: bool, cover: int | None) -> None:
    made = commission(alone=alone)
    first = imposition_of(made.pages, made.plan.layout, made.options).sides[0]
    left = next((one.page for one in first if one.left == 0), None)
    assert left == cover


@pytest.mark.parametrize(
    ("up", "alone", "bears"),
    [
        ("saddle", True, False),
        ("saddle", False, True),
        ("2", True, True),
        ("4", True, True),
    ],
)
def test_a_closing_block_behind_blank_pages_has_no_folio(up: str, alone: bool, bears: bool) -> None:
    """GB/T 9704-2012 §7.5. Nine pages: three blank ones stand before the last."""
    folded = folded_pages(commission(alone=alone, up=up))
    folios = [one.placed.line.text for page in folded for one in page.furniture]
    assert folios == [f"— {number} —" for number in range(1, 10 if bears else 9)]


@pytest.mark.parametrize(
    ("count", "up", "margins", "moves"),
    [
        (9, "saddle", "mirror", True),  # page 9, a recto, becomes the back cover
        (6, "saddle", "mirror", False),  # page 6 is a verso already
        (9, "saddle", "same", False),
        (9, "2", "mirror", False),
    ],
)
def test_the_back_cover_is_bound_at_its_right(
    count: int, up: str, margins: str, moves: bool
) -> None:
    made = commission(alone=True, up=up, margins=margins)
    *others, last = made.pages.pages
    last = replace(last, number=count)
    made = replace(made, pages=replace(made.pages, pages=(*others[: count - 1], last)))
    before, after = (next(page.texts).lines[0] for page in (last, folded_pages(made).pages[-1]))
    shift = 210 - 156 - 2 * 28  # mm: width, type area and binding margin of GB/T 9704-2012 §5.2.1
    assert after.x - before.x == pytest.approx(shift * 72 / 25.4 if moves else 0)


@pytest.mark.parametrize(
    ("count", "options", "told"),
    [
        (80, {}, False),  # 20 sheets of 0.1 mm are 2 mm
        (81, {}, True),
        (9, {"thickness": 500}, False),
        (17, {"thickness": 500}, True),
        (81, {"up": "2"}, False),
        (81, {"thickness": 80}, False),
    ],
)
def test_more_sheets_than_staples_hold_are_told_of_with_what_to_do(
    count: int, options: dict[str, OptionValue], told: bool
) -> None:
    made = commission(alone=False, **options)
    made = replace(made, pages=replace(made.pages, pages=made.pages.pages[:1] * count))
    found = [*too_thick(made)]
    assert [one.code for one in found] == ["booklet/too-thick"] * told
    for one in found:
        assert f"{count} 面" in one.message
        assert "胶装" in one.hint


@pytest.mark.slow
@pytest.mark.parametrize("count", [9, pytest.param(399, marks=pytest.mark.long)])
def test_folded_again_the_sheets_are_the_pages_in_order(count: int) -> None:
    """Every page once, where it is by itself but for the creep; blanks stand at the end."""
    shop = Typesetter(faces(), layouts(), Limits(pages=400))
    blocks = [one for at in range(count) for one in (f"第{at + 1}页。", {"type": "page_break"})][
        :-1
    ]
    texts = [article(body=blocks[at : at + 180]) for at in range(0, len(blocks), 180)]
    issue = encoded(document(articles=texts, contents={"show": False}))
    flat, imposed = (
        shop.produce(issue, Order(output, options=options))
        for output, options in (("screen", (("margins", "mirror"),)), ("booklet", ()))
    )
    assert flat.page_count == imposed.page_count == count
    sheets = -(-count // 4)
    halves = [*folded(imposed.content, sheets)]
    assert [number for number, half in enumerate(halves, 1) if not half] == [
        *range(count + 1, 4 * sheets + 1)
    ]
    for number, half in enumerate(halves[:count], 1):
        sheet = min(number - 1, 4 * sheets - number) // 2
        creep = sheet * 0.1 * (1 if number % 2 == 0 else -1)  # towards the fold
        own = sorted((text, x + creep, y) for text, x, y in mupdf_characters(flat.content, number))
        assert [text for text, *_ in half] == [text for text, *_ in own]
        for (_, x, y), (_, wanted_x, wanted_y) in zip(half, own, strict=True):
            assert (x, y) == pytest.approx((wanted_x, wanted_y), abs=0.01)


def folded(content: bytes, sheets: int) -> Iterator[list[tuple[str, float, float]]]:
    """Yield the characters of every page of the folded and stapled sheets, places in mm."""
    sides = [mupdf_characters(content, side + 1) for side in range(2 * sheets)]
    for number in range(4 * sheets):
        of_first_half = number < 2 * sheets
        side = number if of_first_half else 4 * sheets - 1 - number
        left = 0.0 if number % 2 else A4[0]
        yield sorted((text, x - left, y) for text, x, y in sides[side] if left <= x < left + A4[0])


@pytest.mark.slow
def test_it_is_hardly_larger_than_the_pages() -> None:
    plain = typesetter().produce(REAL, Order()).content
    assert len(made().content) < 1.03 * len(plain)


def other_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 842, 595])


def twice(pdf: pikepdf.Pdf) -> None:
    first, *_ = pdf.pages[1].Resources.XObject.keys()
    other = pdf.pages[0].Resources.XObject
    other[next(iter(other.keys()))] = pdf.pages[1].Resources.XObject[first]


def side_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def scribble(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents.write(pdf.pages[0].Contents.read_bytes() + b"\n1 0 0 rg 0 0 9 9 re f")


def scribble_on_a_page(pdf: pikepdf.Pdf) -> None:
    form = next(iter(pdf.pages[0].Resources.XObject.values()))
    form.write(form.read_bytes() + b"\n/GS gs")


def blank(pdf: pikepdf.Pdf) -> None:
    for side in pdf.pages[:2]:
        for form in side.Resources.XObject.values():
            form.write(b"")


def link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array())


def on_a_side(before: bytes, after: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Return a change of what the first side shows."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].obj.Contents
        changed = re.sub(before, after, stream.read_bytes(), count=1)
        assert changed != stream.read_bytes()
        stream.write(changed)

    return change


def cut_pages(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            item.BBox = pikepdf.Array([0, 0, 300, 300])


BROKEN: tuple[tuple[str, Callable[[pikepdf.Pdf], None]], ...] = (
    ("preflight/imposition", on_a_side(rb"1 0 0 1 \S+ \S+ cm", b"1 0 0 1 9 0 cm")),
    ("preflight/imposition", on_a_side(rb"q \S+ \S+ \S+ \S+ re", b"q 0 0 99 99 re")),
    ("preflight/imposition", on_a_side(rb"\S+ m (\S+ \S+) l S", rb"400 m \1 l S")),
    ("preflight/imposition", on_a_side(rb"\S+ (\S+) m \S+ (\S+) l", rb"99 \1 m 99 \2 l")),
    ("preflight/imposition", cut_pages),
    ("preflight/sides", other_size),
    ("preflight/imposition", twice),
    ("preflight/sides", side_less),
    ("preflight/imposition", scribble),
    ("preflight/content", scribble_on_a_page),
    ("preflight/no-text", blank),
    ("preflight/annotation", link),
)


@pytest.mark.parametrize(("code", "spoil"), BROKEN)
def test_what_was_spoilt_is_refused(code: str, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    with pytest.raises(EngineFault, match=code):
        typesetter().inspect(saved(made().content, spoil), Order("booklet"), made().page_count)


def test_every_rule_of_its_own_has_a_file_that_breaks_it() -> None:
    of_fonts = {rule.code for rule in (EXPECTED_FONTS, FONT_PROGRAMS, PICTURES)}  # of any PDF
    own = {rule.code for rule in IMPOSED_PDF.stages[1]} - of_fonts
    assert own == {code for code, _ in BROKEN} - {"preflight/annotation"}


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2, 5, 8, 13])
def test_any_number_of_pages_passes_its_inspection(count: int) -> None:
    body = [issues.SENTENCE * 12] * (count * 4)
    issue = encoded(document(articles=[article(body=body)]))
    for up in UP.values:
        options = () if up == UP.default else (("up", up),)
        assert typesetter().produce(issue, Order("booklet", options=options)).page_count
