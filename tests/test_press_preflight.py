"""Spoilt files for the press: each is refused by the rule that it breaks."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.order import OptionValue, Order
from hongtou.preflight.profiles import PRESS_PDF, SCREEN_PDF
from tests.support.documents import article, document, encoded
from tests.support.finished import EXAMPLE, saved
from tests.support.pictures import village
from tests.support.shop import ROOT, typesetter

ILLUSTRATED = encoded(
    document(articles=[article(body=[{"type": "figure", "image": "village.png"}])])
)
Change = Callable[[pikepdf.Pdf], object]


def order(**options: OptionValue) -> Order:
    return Order("print", options=tuple(options.items()))


@cache
def good(issue: bytes = EXAMPLE, **options: OptionValue) -> bytes:
    pictures = {"village.png": village()} if issue is ILLUSTRATED else {}
    return typesetter().produce(issue, order(**options), pictures).content


def spoilt(change: Change, issue: bytes = EXAMPLE, **options: OptionValue) -> bytes:
    return saved(good(issue, **options), change)


def refusals(content: bytes, count: int = 2, **options: OptionValue) -> set[str]:
    with pytest.raises(EngineFault) as caught:
        typesetter().inspect(content, order(**options), count)
    return {fault.code for fault in caught.value.findings}


def replaced(before: bytes, after: bytes, stream: int = 1) -> Change:
    """Return a change of a stream of the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[0].obj.Contents[stream]
        assert before in content.read_bytes()
        content.write(content.read_bytes().replace(before, after, 1))

    return change


def metadata(before: bytes, after: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        assert before in packet
        pdf.Root.Metadata.write(packet.replace(before, after))

    return change


def no_trim_box(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def trim_beyond_bleed(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.BleedBox = page.obj.TrimBox
        page.obj.TrimBox = Array(
            [
                float(side) + shift
                for side, shift in zip(page.obj.TrimBox, (-5, -5, -5, -5), strict=True)
            ]
        )


def narrow_trim(pdf: pikepdf.Pdf) -> None:
    box = pdf.pages[0].obj.TrimBox
    box[2] = float(box[2]) - 9


def strange_plate(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.ColorSpace.Red[1] = Name("/Gold")


def tinted_plate(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.ColorSpace.Red[3].C0 = Array([0, 0.5, 0, 0])


def another_red(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.ColorSpace.Red[3].C1 = Array([0, 0, 0, 1])


def pale_marks(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.ColorSpace.All[3].C1 = Array([0, 0, 0, 0.1])


def shifted_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents[0].write(b"q 1 0 0 1 40 36.8504 cm")


def enlarged_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents[0].write(b"q 1.1 0 0 1.1 36.8504 36.8504 cm")


def damaged_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:-9])


def transparency(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources.ExtGState = Dictionary(A=Dictionary(ca=0.5))
    page.Contents[1].write(b"/A gs\n" + page.Contents[1].read_bytes())


def lost_font(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontFile2" in item:
            del item.FontFile2
            return


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def annotation(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 99, 99])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def archival_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1


def screen_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write((ROOT / "press" / "sRGB2014.icc").read_bytes())


def two_intents(pdf: pikepdf.Pdf) -> None:
    intents = pdf.Root.OutputIntents
    intents.append(pdf.make_indirect(Dictionary(intents[0])))


def trapped(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Trapped = Name("/True")


def date_without_time(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.CreationDate = String("D:20261016")


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    picture = next(iter(pdf.pages[0].obj.Resources.XObject.values()))
    picture.ColorSpace = Name.DeviceRGB


def soaked_picture(pdf: pikepdf.Pdf) -> None:
    picture = next(iter(pdf.pages[0].obj.Resources.XObject.values()))
    rows = (b"\0" + bytes([230]) * 4 * int(picture.Width)) * int(picture.Height)
    parameters = Dictionary(picture.DecodeParms)
    picture.write(zlib.compress(rows), filter=Name.FlateDecode, decode_parms=parameters)


def lifted_slug(pdf: pikepdf.Pdf) -> None:
    slug = pdf.pages[0].obj.Contents[3]
    slug.write(re.sub(rb"[-.\d]+ Tm", b"90 Tm", slug.read_bytes()))


BLACK, RED = b"0 0 0 1 k", b"0 0.8 0.8 0 k"
# What is spoilt, and the rules that see it.
SPOILT: dict[str, tuple[Change, set[str]]] = {
    "text in RGB": (replaced(BLACK, b"0 0 0 rg"), {"preflight/content", "preflight/inks"}),
    "text in grey": (replaced(BLACK, b"0 g"), {"preflight/content", "preflight/inks"}),
    "a black of four inks": (
        replaced(BLACK, b".5 .5 .5 1 k"),
        {"preflight/inks", "preflight/content"},
    ),
    "another red": (replaced(RED, b"0 1 1 0 k"), {"preflight/inks"}),
    "a page in registration colour": (replaced(BLACK, b"/All cs 1 scn"), {"preflight/inks"}),
    "marks in black alone": (replaced(b"/All CS 1 SCN", BLACK, 2), {"preflight/inks"}),
    "ink over the limit": (
        replaced(BLACK, b"0.9 0.9 0.9 0.9 k"),
        {"preflight/inks", "preflight/ink-limit"},
    ),
    "no TrimBox": (no_trim_box, {"preflight/boxes"}),
    "a TrimBox beyond the BleedBox": (trim_beyond_bleed, {"preflight/boxes"}),
    "another size": (narrow_trim, {"preflight/a4"}),
    "transparency": (transparency, {"preflight/graphics-state"}),
    "a lost font": (lost_font, {"preflight/fonts-embedded"}),
    "a script": (script, {"preflight/script", "preflight/action"}),
    "an annotation": (annotation, {"preflight/annotation"}),
    "an attachment": (attachment, {"preflight/attachment"}),
    "no intent": (no_intent, {"preflight/intent"}),
    "the intent of an archive": (archival_intent, {"preflight/intent"}),
    "the profile of a screen": (screen_profile, {"preflight/intent"}),
    "a damaged profile": (damaged_profile, {"preflight/intent"}),
    "a page beside its trim": (shifted_page, {"preflight/boxes"}),
    "a page larger than its trim": (enlarged_page, {"preflight/boxes"}),
    "marks that hardly print": (pale_marks, {"preflight/inks"}),
    "two intents": (two_intents, {"preflight/intent"}),
    "another version": (metadata(b"PDF/X-4<", b"PDF/X-9<"), {"preflight/claims"}),
    "no version": (metadata(b"pdfxid:GTS_PDFXVersion", b"pdfxid:Nothing"), {"preflight/claims"}),
    "another date": (metadata(b"ModifyDate>2", b"ModifyDate>1"), {"preflight/dates"}),
    "a date without a time": (date_without_time, {"preflight/information"}),
    "trapped": (trapped, {"preflight/information"}),
    "marks across the page": (
        replaced(b" l S", b" l 300 400 l S", 2),
        {"preflight/marks"},
    ),
    "a slug on the page": (lifted_slug, {"preflight/marks"}),
    "a hairline": (replaced(b" w\n", b" w\n0.1 w\n", 2), {"preflight/hairline"}),
}


@pytest.mark.parametrize(("change", "codes"), SPOILT.values(), ids=SPOILT)
def test_what_was_spoilt_is_refused(change: Change, codes: set[str]) -> None:
    assert refusals(spoilt(change)) == codes


@pytest.mark.parametrize("change", [strange_plate, tinted_plate, another_red])
def test_a_strange_plate_is_refused(change: Change) -> None:
    assert refusals(spoilt(change, inks="spot"), inks="spot") == {"preflight/inks"}


@pytest.mark.slow
def test_a_picture_in_rgb_is_refused() -> None:
    assert "preflight/picture" in refusals(spoilt(rgb_picture, ILLUSTRATED), 1)


def test_a_picture_with_too_much_ink_is_refused() -> None:
    assert refusals(spoilt(soaked_picture, ILLUSTRATED), 1) == {"preflight/ink-limit"}


def test_a_page_with_another_folio_is_refused() -> None:
    def exchange(pdf: pikepdf.Pdf) -> None:
        kids = pdf.Root.Pages.Kids
        kids[0], kids[1] = kids[1], kids[0]

    assert refusals(spoilt(exchange)) == {"preflight/folio"}


def test_a_rule_that_is_too_thin_is_refused() -> None:
    def thin(pdf: pikepdf.Pdf) -> None:
        own = pdf.pages[0].obj.Contents[1]
        own.write(own.read_bytes() + b"\n9 9 99 0.1 re f")

    assert refusals(spoilt(thin)) == {"preflight/hairline"}


def test_a_rule_at_the_corner_of_a_sheet_is_not_thin() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        own = pdf.pages[0].obj.Contents[1]
        own.write(own.read_bytes() + b"\n0 0 99 1 re f")

    typesetter().inspect(spoilt(add), order(), 2)


@pytest.mark.slow
def test_a_file_of_another_order_is_refused() -> None:
    """Neither another standard nor other inks, nor a sheet without its marks, pass for it."""
    assert "preflight/object" in refusals(good(), standard="x1a")
    assert "preflight/information" in refusals(good(standard="x1a"))
    assert refusals(good(inks="spot")) == {"preflight/inks"}
    assert refusals(good(), inks="black_only") == {"preflight/inks"}
    assert refusals(good(marks=False)) == {"preflight/boxes"}
    assert refusals(good(), marks=False) == {"preflight/boxes"}


def test_x1a_of_a_later_version_or_with_object_streams_is_refused() -> None:
    content = good(standard="x1a")
    later = content.replace(b"%PDF-1.4", b"%PDF-1.6", 1)
    assert refusals(later, standard="x1a") == {"preflight/version"}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert "preflight/object" in refusals(written.getvalue(), standard="x1a")


def test_every_rule_for_the_press_has_a_file_that_breaks_it() -> None:
    elsewhere = {"preflight/folio", "preflight/version"}  # above
    broken = {code for _, codes in SPOILT.values() for code in codes} | elsewhere
    own = {rule.code for rule in PRESS_PDF.rules} - {rule.code for rule in SCREEN_PDF.rules}
    assert own <= broken
