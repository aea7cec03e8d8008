"""The PDF is looked at before it leaves: each rule must refuse the file that breaks it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from hongtou.bulletin.errors import EngineFault, ReviewFailed
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.outputs import OUTPUTS
from hongtou.pipeline import Typesetter
from hongtou.preflight import Expectation, refuse_faulty
from hongtou.preflight.profiles import PAGE_PICTURE, SCREEN_PDF
from tests.support.shop import faces, layouts

ROOT = Path(__file__).parents[1]
EXAMPLE = (ROOT / "examples" / "jianbao.json").read_bytes()
FAMILIES = frozenset(face.family for role in faces().roles for face in faces().chain(role))
PROMISE = Expectation(page_count=2, families=FAMILIES, page_sizes=frozenset({(210.0, 297.0)}))


@cache
def good() -> bytes:
    return Typesetter(faces(), layouts(), Limits()).produce(EXAMPLE, Order()).content


def altered(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return the example's PDF after a change to it."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        change(pdf)
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return written.getvalue()


def refused(content: bytes, expectation: Expectation = PROMISE) -> set[str]:
    """Return the codes for which a file is refused."""
    with pytest.raises(EngineFault) as caught:
        refuse_faulty(content, SCREEN_PDF, expectation)
    codes = {fault.code for fault in caught.value.findings}
    assert all(code in caught.value.message for code in codes)
    return codes


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def narrow(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].mediabox = Array([0, 0, 612, 792])


def turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].rotate(90, relative=True)


def drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def rename_font(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).BaseFont = Name("/ABCDEF+SimSun")


def untag_font(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf)
    font.BaseFont = Name("/" + str(font.BaseFont).partition("+")[2])


def empty_font(pdf: pikepdf.Pdf) -> None:
    del first_font(pdf).DescendantFonts[0].FontDescriptor["/FontFile2"]


def standard_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].Resources.Font.Hx = pdf.make_indirect(font)


def run_at_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def named_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(
        Names=Array(["a", pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))])
    )


def link(action: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

    return add


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["passwd"] = b"root:x:0:0"


def name_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Reference = Dictionary(Type=Name.Filespec, F="/etc/passwd")


def rename_font_resources(pdf: pikepdf.Pdf) -> None:
    """Let no page find any of its fonts, though all are in the file."""
    fonts = pdf.pages[0].Resources.Font
    for name in list(fonts.keys()):
        fonts[f"{name}x"] = fonts[name]
        del fonts[name]


def draw(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that lets the second page draw more."""

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].contents_add(pdf.make_stream(content))

    return add


def draw_form(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        pdf.pages[1].Resources.XObject = Dictionary(Fm0=form)
        draw(b"/Fm0 Do")(pdf)

    return add


def draw_nameless_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary())
    pdf.pages[1].Resources.Font.T3 = pdf.make_indirect(font)
    draw(b"BT /T3 9 Tf ET")(pdf)


BROKEN: list[tuple[Callable[[pikepdf.Pdf], None], set[str]]] = [
    (narrow, {"preflight/a4"}),
    (turn, {"preflight/a4"}),
    (drop_page, {"preflight/page-count"}),
    (rename_font, {"preflight/fonts"}),
    (untag_font, {"preflight/fonts"}),
    (empty_font, {"preflight/fonts-embedded"}),
    (standard_font, {"preflight/fonts", "preflight/fonts-embedded"}),
    (rename_font_resources, {"preflight/resources"}),
    (draw(b"BT /F99 9 Tf ET"), {"preflight/resources"}),
    (draw(b"/Im99 Do"), {"preflight/resources"}),
    (draw(b"/CS99 cs"), {"preflight/resources"}),
    (draw(b"/GS99 gs"), {"preflight/resources"}),
    (draw_form(b"BT /F0 9 Tf ET"), {"preflight/resources"}),
    (draw_nameless_font, {"preflight/fonts", "preflight/fonts-embedded"}),
    (draw(b"BI /W 1 /H 1 ID x EI"), {"preflight/unreadable"}),
    (run_at_opening, {"preflight/script", "preflight/action"}),
    (named_script, {"preflight/script"}),
    (link(Dictionary(S=Name.Launch, F="/bin/sh")), {"preflight/action"}),
    (link(Dictionary(S=Name.URI, URI="https://example.org/")), {"preflight/action"}),
    (link(Dictionary(S=Name.GoToR, F="a.pdf", D=Array([0, Name.Fit]))), {"preflight/action"}),
    (attach, {"preflight/attachment"}),
    (name_a_file, {"preflight/attachment"}),
]


def test_what_the_engine_makes_passes() -> None:
    refuse_faulty(good(), SCREEN_PDF, PROMISE)
    refuse_faulty(altered(lambda pdf: None), SCREEN_PDF, PROMISE)


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

    if ok:
        refuse_faulty(altered(widen), SCREEN_PDF, PROMISE)
    else:
        assert refused(altered(widen)) == {"preflight/a4"}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    broken = {code for _, codes in BROKEN for code in codes}
    rules = {rule.code for output in OUTPUTS.values() for rule in output.profile.rules}
    assert broken - {"preflight/unreadable"} == rules


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"<html>", good()[:-200], good()[: len(good()) // 2]],
    ids=["empty", "header", "html", "no end", "half"],
)
def test_what_is_not_whole_is_refused(content: bytes) -> None:
    assert refused(content) == {"preflight/unreadable"}


def test_a_title_is_no_action() -> None:
    def entitle(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo.Title = "/JavaScript (/Launch) \\) /URI ((("

    refuse_faulty(altered(entitle), SCREEN_PDF, PROMISE)


def test_a_name_in_disguise_is_seen() -> None:
    plain = altered(run_at_opening)
    disguised = plain.replace(b"/S /JavaScript", b"/S /#4aavaScript", 1).replace(b"/JS", b"/#4aS")
    assert disguised != plain
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(disguised)) as pdf:  # makes the offsets right again
        pdf.save(written)
    assert refused(written.getvalue()) >= {"preflight/script"}


def test_a_file_with_a_password_is_refused() -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(good())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(written.getvalue()) == {"preflight/unreadable"}


def test_no_faulty_file_leaves_the_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = altered(run_at_opening)
    screen = replace(OUTPUTS["screen"], make=lambda plan, pages, options: broken)
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
        refuse_faulty(png(*size), PAGE_PICTURE, PROMISE)

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
            refuse_faulty(content, PAGE_PICTURE, PROMISE)
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
