"""The bytes of the file: strings and numbers, forms of files, fonts as their glyphs are."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st

from hongtou.pdf.file import FileForm, PdfFile, bytes_for
from hongtou.pdf.syntax import number, string
from tests.test_edition import real_edition

FORMS = {
    "as it leaves": FileForm(),
    "for PDF 1.4": FileForm("1.4", object_streams=False),
    "to be read by eye": FileForm(compressed=False),
    "plain": FileForm("1.4", object_streams=False, compressed=False),
}


@pytest.mark.slow
@given(st.text(max_size=20))
@example(r"(a)b\c)")
def test_a_string_is_read_as_it_was_written(text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    assert str(pikepdf.Object.parse(string(text).encode("ascii"))) == text


@pytest.mark.slow
@given(st.floats(-1e6, 1e6))
def test_a_number_is_exact_to_four_decimals_and_as_short_as_can_be(value: float) -> None:
    written = number(value)
    assert float(written) == pytest.approx(value, abs=5.1e-5)
    assert "." not in written or written[-1] not in "0."
    assert written != "-0"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_file_of_any_form_holds_the_same_objects(form: FileForm) -> None:
    file = PdfFile()
    pages = file.reserve()
    words = b"BT ET " * 50
    content = file.add_stream(words)
    page = file.add(
        f"<</Type/Page/Parent {pages} 0 R/Resources<<>>/MediaBox[0 0 9 9]/Contents {content} 0 R>>"
    )
    file.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    root, info = file.add(f"<</Type/Catalog/Pages {pages} 0 R>>"), file.add("<</Title(a)>>")
    written = file.write(root, info, "digest", form)
    assert (b"/ObjStm" in written) == form.object_streams
    assert (words in written) == (not form.compressed)
    assert written.startswith(b"%PDF-" + form.version.encode())
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pages[0].Contents.read_bytes() == words
        assert str(pdf.docinfo.Title) == "a"
        assert [str(half) for half in pdf.trailer.ID] == ["digest"] * 2


@pytest.mark.parametrize(
    ("most", "width"), [(0, 0), (1, 1), (255, 1), (256, 2), (16_777_215, 3), (16_777_216, 4)]
)
def test_a_column_of_the_table_holds_its_largest_number(most: int, width: int) -> None:
    assert bytes_for(most) == width
    assert len(most.to_bytes(width, "big")) == width


@pytest.mark.slow
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


@pytest.mark.slow
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
