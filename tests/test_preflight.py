"""The PDF is looked at before it leaves: each rule must refuse the file that breaks it."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name
from PIL import Image

from hongtou.bulletin.errors import EngineFault, ReviewFailed
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.outputs import OUTPUTS
from hongtou.pipeline import Typesetter
from hongtou.preflight import refuse_faulty
from hongtou.preflight.profiles import PAGE_PICTURE, SCREEN_PDF
from tests.support.finished import EXAMPLE, EXPECTED, altered, good, refused
from tests.support.shop import faces, layouts

Change = Callable[[pikepdf.Pdf], object]


# Pages


def narrow(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].mediabox = pdf.pages[1].trimbox = Array([0, 0, 612, 792])


def turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].rotate(90, relative=True)


def drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def repeat_page(pdf: pikepdf.Pdf) -> None:
    """Let the tree show the first page twice, in place of the second."""
    pdf.Root.Pages.Kids[1] = pdf.Root.Pages.Kids[0]


def hide_page(pdf: pikepdf.Pdf) -> None:
    """Keep a page in the file that no reader shows: the links lead to it."""
    pdf.Root.Pages.Kids.append(pdf.make_indirect(Dictionary(pdf.pages[0].obj)))
    pdf.Root.Names.Dests.Names = Array(["a", [pdf.Root.Pages.Kids[2], Name.XYZ, 0, 0, 0]])
    del pdf.Root.Pages.Kids[2]


def trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].trimbox = Array([10, 10, 585, 832])


def page_entry(**entries: Any) -> Change:
    """Return a change that gives the first page more entries."""
    return lambda pdf: pdf.pages[0].obj.update({f"/{key}": entries[key] for key in entries})


def intend_a_press(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = Array([])


def trap(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Trapped = Name("/False")


def draw(content: bytes) -> Change:
    """Return a change that lets the second page draw more."""

    def add(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + content)

    return add


def draw_only(content: bytes) -> Change:
    def replace(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.make_stream(content)

    return replace


def split_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(pdf.make_stream(b"q Q"))


# Fonts


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def program(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return first_font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


def without(*keys: str) -> Change:
    """Return a change that takes an entry from the first font, at the end of a path of keys."""

    def remove(pdf: pikepdf.Pdf) -> None:
        holder = first_font(pdf)
        for key in keys[:-1]:
            holder = holder[key][0] if key == "/DescendantFonts" else holder[key]
        del holder[keys[-1]]

    return remove


def rename_font(pdf: pikepdf.Pdf) -> None:
    descendant = first_font(pdf).DescendantFonts[0]
    name = Name("/ABCDEF+SimSun")
    first_font(pdf).BaseFont = descendant.BaseFont = descendant.FontDescriptor.FontName = name


def rename_half(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).DescendantFonts[0].BaseFont = Name("/ABCDEF+SimSun")


def untag_font(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf)
    font.BaseFont = Name("/" + str(font.BaseFont).partition("+")[2])


def with_program(change: Callable[[bytes], bytes], *, is_told: bool = True) -> Change:
    """Return a change of the program of the first font, whose length is told or not."""

    def rewrite(pdf: pikepdf.Pdf) -> None:
        content = change(program(pdf).read_bytes())
        program(pdf).write(content)
        if is_told:
            program(pdf).Length1 = len(content)

    return rewrite


def without_outlines(content: bytes) -> bytes:
    face = TTFont(io.BytesIO(content))
    for name in face.getGlyphOrder():
        face["glyf"][name] = Glyph()
    written = io.BytesIO()
    face.save(written)
    return written.getvalue()


def swap_programs(pdf: pikepdf.Pdf) -> None:
    first, second, *_ = (
        font.DescendantFonts[0].FontDescriptor for font in pdf.pages[0].Resources.Font.values()
    )
    first.FontFile2, second.FontFile2 = second.FontFile2, first.FontFile2


def say_nothing(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).ToUnicode = pdf.make_stream(b"begincmap\nendcmap")


def standard_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].Resources.Font.Hx = pdf.make_indirect(font)


def drawn_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary())
    pdf.pages[1].Resources.Font.T3 = pdf.make_indirect(font)
    draw(b"BT /T3 9 Tf ET")(pdf)


def broken_font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Font.F1 = 5


def rename_font_resources(pdf: pikepdf.Pdf) -> None:
    """Let no page find any of its fonts, though all are in the file."""
    fonts = pdf.pages[0].Resources.Font
    for name in list(fonts.keys()):
        fonts[f"{name}x"] = fonts[name]
        del fonts[name]


# What is drawn through resources


def drawing_state(state: Callable[[pikepdf.Pdf], Dictionary], *, is_direct: bool) -> Change:
    def add(pdf: pikepdf.Pdf) -> None:
        made = state(pdf) if is_direct else pdf.make_indirect(state(pdf))
        pdf.pages[1].Resources.ExtGState = Dictionary(G0=made)
        draw(b"/G0 gs")(pdf)

    return add


def font_in_state(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(Font=Array([first_font(pdf), 9]))


def mask_in_state(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=form(pdf, b"/F0 9 Tf"))
    )


def form(pdf: pikepdf.Pdf, content: bytes, **entries: Any) -> pikepdf.Object:
    return pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], **entries
    )


def picture(pdf: pikepdf.Pdf, **entries: Any) -> pikepdf.Object:
    wanted = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.FlateDecode,
        DecodeParms=Dictionary(Predictor=15, Colors=1, Columns=1),
    )  # fmt: skip
    made = pdf.make_stream(zlib.compress(b"\0\0"), wanted)
    made.update({f"/{key}": entries[key] for key in entries})
    return made


def show(made: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Change:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Resources.XObject.I0 = made(pdf)
        draw(b"q 1 0 0 1 0 0 cm /I0 Do Q")(pdf)

    return add


def optional_content(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="草稿"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


# What stands beside pages


def run_at_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def named_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(
        Names=Array(["a", pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))])
    )


def note(subtype: str, **entries: Any) -> Change:
    """Return a change that adds an annotation, complete but for what is different in it."""

    def add(pdf: pikepdf.Pdf) -> None:
        made = Dictionary(
            Type=Name.Annot, Subtype=Name(subtype), Rect=[0, 0, 9, 9], BS=Dictionary(W=0), F=4,
            Contents="a", StructParent=99, Dest="article-1",
        )  # fmt: skip
        made.update({f"/{key}": entries[key] for key in entries})
        pdf.pages[0].Annots = Array([pdf.make_indirect(made)])

    return add


def link(action: Dictionary) -> Change:
    return note("/Link", A=action)


def link_with_looks(pdf: pikepdf.Pdf) -> None:
    note("/Link", AP=Dictionary(N=form(pdf, b"/F0 9 Tf")))(pdf)


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["passwd"] = b"root:x:0:0"


def name_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Reference = Dictionary(Type=Name.Filespec, F="/etc/passwd")


def elsewhere(**entries: Any) -> Change:
    """Return a change that says of a page's content that it is in another file."""
    return lambda pdf: pdf.pages[0].obj.Contents.update(
        {f"/{key}": entries[key] for key in entries}
    )


def misname(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines = pdf.Root.Pages


def empty_struct(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.S = 5


BROKEN: list[tuple[Change, set[str]]] = [
    (narrow, {"preflight/a4"}),
    (turn, {"preflight/a4"}),
    (drop_page, {"preflight/page-count"}),
    (repeat_page, {"preflight/page-count"}),
    (hide_page, {"preflight/page-count"}),
    (trim, {"preflight/boxes"}),
    (page_entry(CropBox=[0, 0, 300, 300]), {"preflight/boxes"}),
    (page_entry(BleedBox=[0, 0, 595.2756, 841.8898]), {"preflight/boxes"}),
    (page_entry(ArtBox=[9, 9, 99, 99]), {"preflight/boxes"}),
    (page_entry(UserUnit=2), {"preflight/boxes"}),
    (page_entry(MediaBox=[-9, 0, 595, 842]), {"preflight/boxes"}),
    (page_entry(Group=Dictionary(S=Name.Transparency)), {"preflight/object"}),
    (split_content, {"preflight/object"}),
    (draw_only(b""), {"preflight/no-text"}),
    (draw_only(b"/Artifact BMC\n0 0 9 9 re f\nEMC"), {"preflight/no-text"}),
    (draw_only(b"BT /F0 9 Tf [] TJ ET"), {"preflight/no-text"}),
    (draw(b"BI /W 1 /H 1 ID x EI"), {"preflight/content"}),
    (draw(b"3 Tr"), {"preflight/content"}),
    (draw(b"/CS99 cs"), {"preflight/content"}),
    (draw(b"BT (never ended /F0 9 Tf"), {"preflight/content"}),
    (rename_font, {"preflight/fonts"}),
    (rename_half, {"preflight/fonts"}),
    (untag_font, {"preflight/fonts"}),
    (without("/DescendantFonts"), {"preflight/font-type"}),
    (without("/Encoding"), {"preflight/font-type"}),
    (without("/ToUnicode"), {"preflight/font-type"}),
    (without("/DescendantFonts", "/FontDescriptor"), {"preflight/fonts-embedded"}),
    (without("/DescendantFonts", "/FontDescriptor", "/FontFile2"), {"preflight/fonts-embedded"}),
    (with_program(lambda _: b""), {"preflight/font-program"}),
    (with_program(lambda _: b"", is_told=False), {"preflight/font-program"}),
    (with_program(lambda _: b"OTTO" * 999), {"preflight/font-program"}),
    (with_program(lambda content: content[:-9]), {"preflight/font-program"}),
    (
        with_program(lambda content: content[: len(content) // 2], is_told=False),
        {"preflight/font-program"},
    ),
    (with_program(without_outlines), {"preflight/font-program"}),
    (swap_programs, {"preflight/font-program"}),
    (say_nothing, {"preflight/font-program"}),
    (standard_font, {"preflight/font-type"}),
    (drawn_font, {"preflight/font-type"}),
    (broken_font, {"preflight/font-type"}),
    (rename_font_resources, {"preflight/resources"}),
    (draw(b"BT /F99 9 Tf ET"), {"preflight/resources"}),
    (draw(b"/Im99 Do"), {"preflight/resources"}),
    (drawing_state(font_in_state, is_direct=True), {"preflight/graphics-state"}),
    (
        drawing_state(font_in_state, is_direct=False),
        {"preflight/graphics-state", "preflight/object"},
    ),
    (
        drawing_state(mask_in_state, is_direct=True),
        {"preflight/graphics-state", "preflight/picture"},
    ),
    (show(lambda pdf: form(pdf, b"BT /F0 9 Tf ET")), {"preflight/picture"}),
    (show(lambda pdf: form(pdf, b"", Ref=Dictionary(F="a.pdf", Page=0))), {"preflight/picture"}),
    (show(lambda pdf: form(pdf, b"", OPI=Dictionary())), {"preflight/picture"}),
    (
        show(lambda pdf: pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.PS)),
        {"preflight/picture"},
    ),
    (show(lambda pdf: picture(pdf, Alternates=[Dictionary()])), {"preflight/picture"}),
    (show(lambda pdf: picture(pdf, SMask=picture(pdf))), {"preflight/picture"}),
    (show(lambda pdf: picture(pdf, OPI=Dictionary())), {"preflight/picture"}),
    (show(lambda pdf: picture(pdf, OC=Dictionary())), {"preflight/optional-content"}),
    (optional_content, {"preflight/optional-content"}),
    (intend_a_press, {"preflight/intent"}),
    (trap, {"preflight/information"}),
    (run_at_opening, {"preflight/script", "preflight/action"}),
    (named_script, {"preflight/script"}),
    (link(Dictionary(S=Name.Launch, F="/bin/sh")), {"preflight/action"}),
    (link(Dictionary(S=Name.URI, URI="https://example.org/")), {"preflight/action"}),
    (link(Dictionary(S=Name.GoToR, F="a.pdf", D=Array([0, Name.Fit]))), {"preflight/action"}),
    (link(Dictionary(S=Name.Named, N=Name.Print)), {"preflight/action"}),
    (note("/FreeText", DA="/F0 9 Tf"), {"preflight/annotation"}),
    (note("/Widget", FT=Name.Tx), {"preflight/annotation"}),
    (note("/Stamp"), {"preflight/annotation"}),
    (note("/Link", F=2), {"preflight/annotation"}),
    (link_with_looks, {"preflight/annotation", "preflight/picture"}),
    (attach, {"preflight/attachment", "preflight/object"}),
    (name_a_file, {"preflight/attachment"}),
    (elsewhere(F="page.txt"), {"preflight/external-stream"}),
    (elsewhere(FFilter=Name.FlateDecode), {"preflight/external-stream"}),
    (misname, {"preflight/object"}),
    (empty_struct, {"preflight/object"}),
]


def test_what_the_engine_makes_passes() -> None:
    refuse_faulty(good(), SCREEN_PDF, EXPECTED)


@pytest.mark.parametrize(
    "change",
    [lambda pdf: None, show(picture), note("/Link"), draw(b"q Q"), with_program(lambda it: it)],
    ids=["nothing", "a picture", "a link", "a drawing", "the same font program"],
)
def test_what_the_engine_might_make_passes(change: Change) -> None:
    refuse_faulty(altered(change), SCREEN_PDF, EXPECTED)


def test_a_blank_page_passes_only_before_the_last_of_an_even_number() -> None:
    def blank(at: int, count: int) -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            while len(pdf.pages) < count:
                pdf.pages.append(pdf.pages[0])
            pdf.pages[at - 1].obj.Contents = pdf.make_stream(b"")

        return altered(change)

    refuse_faulty(blank(3, 4), SCREEN_PDF, replace(EXPECTED, page_count=4))
    for at, count in ((1, 4), (2, 4), (4, 4), (2, 3)):
        expected = replace(EXPECTED, page_count=count)
        assert refused(blank(at, count), expected) == {"preflight/no-text"}


@pytest.mark.defect(9)
def test_a_file_whose_pages_do_not_find_their_fonts_is_refused() -> None:
    assert refused(altered(rename_font_resources)) == {"preflight/resources"}


@pytest.mark.parametrize(("change", "codes"), BROKEN)
def test_a_file_that_breaks_a_rule_is_refused(
    change: Callable[[pikepdf.Pdf], None], codes: set[str]
) -> None:
    assert refused(altered(change)) == codes


@pytest.mark.parametrize(("off", "ok"), [(0.009, True), (0.011, False)])
def test_a_page_may_be_off_by_no_more_than_rounding(off: float, ok: bool) -> None:
    def widen(pdf: pikepdf.Pdf) -> None:
        box = [float(side) for side in pdf.pages[1].mediabox]
        exact = 210 / 25.4 * 72
        pdf.pages[1].mediabox = Array([*box[:2], round(exact + off, 6), box[3]])
        pdf.pages[1].trimbox = pdf.pages[1].mediabox

    if ok:
        refuse_faulty(altered(widen), SCREEN_PDF, EXPECTED)
    else:
        assert refused(altered(widen)) == {"preflight/a4"}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    broken = {code for _, codes in BROKEN for code in codes}
    profiles = (SCREEN_PDF, PAGE_PICTURE)  # other outputs have tests of their own
    rules = {rule.code for profile in profiles for rule in profile.rules}
    assert broken - {"preflight/unreadable"} == rules


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"<html>", good()[:-200], good()[: len(good()) // 2]],
    ids=["empty", "header", "html", "no end", "half"],
)
def test_what_is_not_whole_is_refused(content: bytes) -> None:
    assert refused(content) == {"preflight/unreadable"}


@pytest.mark.parametrize(
    "title", ["/JavaScript (/Launch) \\) /URI (((", "/Type /Page >> 5 0 R", ""]
)
def test_a_title_is_neither_an_action_nor_an_object(title: str) -> None:
    def entitle(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo.Title = pdf.Root.Outlines.First.Title = title

    refuse_faulty(altered(entitle), SCREEN_PDF, EXPECTED)


@pytest.mark.parametrize("entry", [b"Contents", b"ToUnicode", b"FontDescriptor", b"Pg"])
def test_a_reference_to_nothing_is_refused(entry: bytes) -> None:
    plain = altered(lambda pdf: None)
    found = re.search(rb"/%b (\d\d+) 0 R" % entry, plain)
    assert found
    nowhere = b"9" * len(found[1])
    assert refused(plain[: found.start(1)] + nowhere + plain[found.end(1) :])


def test_a_page_tree_that_states_another_number_of_pages_is_refused() -> None:
    plain = altered(lambda pdf: None)
    tree = plain.index(b"/Type /Pages")
    at = plain.rindex(b"/Count 2", 0, tree)
    assert refused(plain[:at] + b"/Count 3" + plain[at + 8 :]) == {"preflight/page-count"}


def test_a_name_in_disguise_is_seen() -> None:
    plain = altered(run_at_opening)
    disguised = plain.replace(b"/S /JavaScript", b"/S /#4aavaScript", 1).replace(b"/JS", b"/#4aS")
    assert disguised != plain
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(disguised)) as pdf:  # makes the offsets right again
        pdf.save(written)
    assert refused(written.getvalue()) >= {"preflight/script"}


@pytest.mark.parametrize(
    ("user", "code"), [("b", "preflight/unreadable"), ("", "preflight/object")]
)
def test_an_encrypted_file_is_refused_whether_it_needs_a_password_or_not(
    user: str, code: str
) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(good())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="a", user=user))
    assert code in refused(written.getvalue())


def test_no_faulty_file_leaves_the_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = altered(run_at_opening)
    screen = replace(OUTPUTS["screen"], make=lambda commission: broken)
    monkeypatch.setitem(OUTPUTS, "screen", screen)
    with pytest.raises(EngineFault, match="preflight/script"):
        Typesetter(faces(), layouts(), Limits()).produce(EXAMPLE, Order())


def png(width: int, height: int, **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height)).save(written, "PNG", **options)
    return written.getvalue()


class TestPictures:
    """A picture of a page is looked at by the same door as a PDF."""

    A4 = (910, 1287)  # at 110 dots to the inch

    @pytest.mark.parametrize("size", [A4, (2481, 3508), (298, 421)])
    def test_of_one_a4_page_pass(self, size: tuple[int, int]) -> None:
        refuse_faulty(png(*size), PAGE_PICTURE, EXPECTED)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (png(1287, 910), "preflight/a4"),
            (png(2490, 3521), "preflight/a4"),
            (png(*A4, dpi=(72, 72)), "preflight/attachment"),
            (png(*A4) + b"<html>", "preflight/unreadable"),
            (png(*A4)[:-20], "preflight/unreadable"),
            (good(), "preflight/unreadable"),
        ],
        ids=["on its side", "too fine", "more than pixels", "something behind", "half", "a PDF"],
    )
    def test_of_anything_else_are_refused(self, content: bytes, code: str) -> None:
        with pytest.raises(EngineFault) as caught:
            refuse_faulty(content, PAGE_PICTURE, EXPECTED)
        assert [fault.code for fault in caught.value.findings] == [code]


class TestPages:
    def test_an_issue_over_the_limit_is_the_senders_to_shorten(self) -> None:
        with pytest.raises(ReviewFailed) as caught:
            Typesetter(faces(), layouts(), Limits(pages=1)).produce(EXAMPLE, Order())
        assert [fault.code for fault in caught.value.findings] == ["pages/too-many"]

    def test_a_check_tells_of_it_too(self) -> None:
        found = Typesetter(faces(), layouts(), Limits(pages=1)).check(EXAMPLE, Order())
        assert "pages/too-many" in {finding.code for finding in found.findings}
        assert found.page_count is None  # it is told before anything is set

    def test_as_many_as_the_limit_are_set(self) -> None:
        assert json.loads(EXAMPLE)
        assert Typesetter(faces(), layouts(), Limits(pages=2)).produce(EXAMPLE, Order())
