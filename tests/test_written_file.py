"""The bytes of the file: objects as pydyf writes them, fonts as their glyphs are."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pydyf
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from hongtou.pdf.file import _bytes_for, _written
from tests.test_edition import real_edition

NAMES = st.from_regex("[A-Za-z][A-Za-z0-9]{0,8}", fullmatch=True)
VALUES = st.recursive(
    st.integers(-(10**9), 10**9)
    | st.floats(-1e6, 1e6)
    | NAMES.map("/{}".format)
    | st.binary(max_size=8)
    | st.text(max_size=8).map(pydyf.String),
    lambda inner: (
        st.lists(inner, max_size=4).map(pydyf.Array)
        | st.dictionaries(NAMES, inner, max_size=4).map(pydyf.Dictionary)
    ),
)


@given(st.dictionaries(NAMES, VALUES, max_size=6).map(pydyf.Dictionary))
def test_an_object_is_written_as_pydyf_writes_it(one: pydyf.Dictionary) -> None:
    assert _written(one) == one.data


@pytest.mark.parametrize(
    ("most", "width"), [(0, 0), (1, 1), (255, 1), (256, 2), (16_777_215, 3), (16_777_216, 4)]
)
def test_a_column_of_the_table_holds_its_largest_number(most: int, width: int) -> None:
    assert _bytes_for(most) == width
    assert len(most.to_bytes(width, "big")) == width


def test_the_file_is_named_by_its_digest_and_needs_no_repair() -> None:
    edition = real_edition()
    with pikepdf.open(io.BytesIO(edition.content)) as pdf:
        assert [str(half) for half in pdf.trailer.ID] == [edition.plan_digest] * 2
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.objects) + 1 == pdf.trailer.Size


def fonts() -> Iterator[tuple[pikepdf.Object, TTFont]]:
    with pikepdf.open(io.BytesIO(real_edition().content)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            (descendant,) = font.DescendantFonts
            program = descendant.FontDescriptor.FontFile2.read_bytes()
            yield descendant, TTFont(io.BytesIO(program))


def test_the_box_of_a_font_holds_all_its_glyphs() -> None:
    """ISO 32000-1 §9.8.1, FontBBox: a RIP may cut off what stands out of it."""
    for descendant, program in fonts():
        left, bottom, right, top = map(int, descendant.FontDescriptor.FontBBox)
        glyphs = program.getGlyphSet()
        for name in program.getGlyphOrder()[1:]:
            glyphs[name].draw(pen := BoundsPen(glyphs))
            if pen.bounds:
                assert left <= pen.bounds[0] and pen.bounds[2] <= right
                assert bottom <= pen.bounds[1] and pen.bounds[3] <= top


def test_the_width_of_every_glyph_is_that_of_its_font() -> None:
    """ISO 32000-1 §9.7.4.3: runs of widths, and 1000 for all that are in none."""
    for descendant, program in fonts():
        widths = {}
        listed = list(descendant.W.as_list())
        for first, run in zip(listed[::2], listed[1::2], strict=True):
            widths |= {int(first) + at: int(width) for at, width in enumerate(run)}
        for cid, name in enumerate(program.getGlyphOrder()[1:], start=1):
            assert widths.get(cid, 1000) == program["hmtx"][name][0]
