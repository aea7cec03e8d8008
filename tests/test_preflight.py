"""The PDF is looked at before it leaves: each rule must refuse the file that breaks it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.outputs import OUTPUTS
from hongtou.pipeline import Typesetter
from hongtou.preflight import refuse_faulty
from hongtou.preflight.profiles import PAGE_PICTURE, SCREEN_PDF
from tests.support.finished import EXAMPLE, EXPECTED, altered, good, refused
from tests.support.pdf_changes import (
    Change,
    attach,
    broken_font,
    draw,
    draw_only,
    drawing_state,
    drawn_font,
    drop_page,
    elsewhere,
    empty_struct,
    font_in_state,
    form,
    hide_page,
    intend_a_press,
    link,
    link_with_looks,
    mask_in_state,
    misname,
    name_a_file,
    named_script,
    narrow,
    note,
    optional_content,
    page_entry,
    picture,
    rename_font,
    rename_font_resources,
    rename_half,
    repeat_page,
    run_at_opening,
    say_nothing,
    show,
    split_content,
    standard_font,
    swap_programs,
    trap,
    trim,
    turn,
    untag_font,
    with_program,
    without,
    without_outlines,
)
from tests.support.shop import faces, layouts

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
    (note("/Link"), {"preflight/links"}),
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
    [lambda pdf: None, show(picture), draw(b"q Q"), with_program(lambda it: it)],
    ids=["nothing", "a picture", "a drawing", "the same font program"],
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

    of_pages = replace(SCREEN_PDF, stages=SCREEN_PDF.stages[:-1])  # a page twice has no tags
    refuse_faulty(blank(3, 4), of_pages, replace(EXPECTED, page_count=4))
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
    read = {rule.code for rule in SCREEN_PDF.stages[-1]}  # test_preflight_reading.py
    rules = {rule.code for profile in profiles for rule in profile.rules}
    assert (broken | read) - {"preflight/unreadable"} == rules


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"%PDF-1.7\n", b"<html>", good()[:-200], good()[: len(good()) // 2]),
        *(b"MZ" + good(), good() + b"PK", good() + good()[good().rindex(b"\nstartxref") :] + b"x"),
    ],
    ids=["empty", "header", "html", "no end", "half", "before", "behind", "ended twice"],
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
