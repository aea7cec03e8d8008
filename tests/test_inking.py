"""Imposed and numbered pages in plates: the same inks as `print`, whatever is made of its pages."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pikepdf
import pytest

from hongtou.bulletin.errors import EngineFault, UnknownOption
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import OptionValue, Order
from hongtou.outputs import OUTPUTS
from hongtou.outputs.inking import COLOURS, INKS
from hongtou.outputs.ordering import order_of, order_parameters
from hongtou.pages.edition import Edition
from hongtou.pictures.condition import usual_condition
from hongtou.pipeline import Typesetter
from tests.support.documents import article, document, encoded
from tests.support.finished import saved_as_written
from tests.support.pictures import village
from tests.support.plates import INKED, TINTS, needs_ghostscript, separated
from tests.support.readers import poppler_text
from tests.support.shop import faces, layouts, typesetter

FIGURE = {"type": "figure", "image": "village.png"}
BODY = [*["一段正文，写得长一些，好让它转到下一行去。"] * 60, FIGURE]
ISSUE = encoded(document(articles=[article(body=BODY)]))
PICTURES = {"village.png": village()}
MADE_IN_ANY_INKS = ("booklet", "copies")
PLATES = tuple(INKS.values)
COLOUR = re.compile(rb"(?:^|\s)(rg|RG|g|G|k|K|cs|CS|scn|SCN)(?=\s|$)")


@cache
def made(output: str, **options: OptionValue) -> Edition:
    return typesetter().produce(ISSUE, order(output, **options), PICTURES)


def order(output: str, **options: OptionValue) -> Order:
    asked = {"count": 3, **options} if output == "copies" else options
    return Order(output, options=tuple(sorted(asked.items())))


def streams(content: bytes) -> Iterator[bytes]:
    """Yield all that draws: streams of pages, and forms."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            contents = page.obj.Contents
            yield from (
                one.read_bytes()
                for one in (contents if isinstance(contents, pikepdf.Array) else [contents])
            )
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
                yield item.read_bytes()


def spaces_of_pictures(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {
            str(item.ColorSpace)
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        }


@pytest.mark.parametrize("inks", PLATES)
@pytest.mark.parametrize("output", MADE_IN_ANY_INKS)
class TestPlates:
    @pytest.mark.slow
    def test_the_file_is_one_of_pdf_x_with_the_condition_of_the_press(
        self, output: str, inks: str
    ) -> None:
        content = made(output, inks=inks).content
        assert content.startswith(b"%PDF-1.6")
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in pdf.Root.Metadata.read_bytes()
            (intent,) = pdf.Root.OutputIntents
            assert str(intent.OutputConditionIdentifier) == "FOGRA47"
            assert all(list(page.obj.TrimBox) == list(page.mediabox) for page in pdf.pages)

    def test_nothing_is_drawn_in_rgb(self, output: str, inks: str) -> None:
        used = {
            name for one in streams(made(output, inks=inks).content) for name in COLOUR.findall(one)
        }
        fold = {b"G"} if output == "booklet" else set()
        assert used == {b"k"} | fold | ({b"cs", b"scn"} if inks == "spot" else set())

    def test_pictures_are_in_the_inks(self, output: str, inks: str) -> None:
        grey_or_plates = "/DeviceCMYK" if inks == "process" else "/DeviceGray"
        assert spaces_of_pictures(made(output, inks=inks).content) == {grey_or_plates}

    @pytest.mark.slow
    def test_the_text_is_that_of_the_screen_but_for_red_that_is_left_out(
        self, output: str, inks: str
    ) -> None:
        said, usual = (
            sorted("".join(poppler_text(one.content).split()))
            for one in (made(output, inks=inks), made(output))
        )
        assert said == usual if inks != "black_only" else len(said) < len(usual)

    def test_a_picture_without_plates_for_its_colours_is_told_of(
        self, output: str, inks: str
    ) -> None:
        told = [one.code for one in made(output, inks=inks).findings]
        assert told.count("picture/grey-in-two-colours") == (inks != "process")

    def test_names_tell_the_inks(self, output: str, inks: str) -> None:
        edition = made(output, inks=inks)
        assert COLOURS.marks[inks] in edition.file_name
        assert f"inks-{inks}" in edition.ascii_name


@pytest.mark.slow
@needs_ghostscript
@pytest.mark.parametrize("output", MADE_IN_ANY_INKS)
def test_a_spot_red_leaves_the_tints_blank(output: str) -> None:
    first, *_ = pages = separated(made(output, inks="spot").content)
    assert not any(min(page[tint].tobytes()) < INKED for page in pages for tint in TINTS)
    assert min(first["Red"].tobytes()) < INKED


@pytest.mark.parametrize("output", MADE_IN_ANY_INKS)
def test_it_is_for_the_screen_unless_inks_are_ordered(output: str) -> None:
    assert made(output, inks="rgb").content == made(output).content
    assert made(output).content.startswith(b"%PDF-1.7")
    assert spaces_of_pictures(made(output).content) == {"/DeviceRGB"}


@pytest.mark.parametrize("output", MADE_IN_ANY_INKS)
def test_the_digest_is_of_the_press_where_there_are_plates(output: str) -> None:
    house = replace(usual_condition(), name="House", is_own=True)
    shop = Typesetter(faces(), layouts(), Limits(), house)
    for inks, is_same in (("rgb", True), ("process", False)):
        digests = {
            one.digest(ISSUE, order(output, inks=inks), PICTURES) for one in (shop, typesetter())
        }
        assert (len(digests) == 1) == is_same


def test_a_zip_of_recipients_is_in_the_inks_too() -> None:
    issue = encoded(
        document(
            articles=[article(body="一段正文。")],
            closing={
                "report_to": "市委",
                "recipients": ["市委办", {"name": "市府办", "copies": 2}],
            },
        )
    )
    wanted = Order("copies", options=(("inks", "spot"), ("to", "zip")))
    edition = typesetter().produce(issue, wanted)
    assert edition.media_type == "application/zip"
    with pytest.raises(EngineFault):
        plain = Order("copies", options=(("to", "zip"),))
        typesetter().inspect(edition.content, plain, edition.page_count)


def rgb_text(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"\n0 0 0 rg 9 9 99 9 re f")


def other_ink(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"\n1 0 0 1 k 9 9 99 9 re f")


def too_much_ink(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"\n1 1 1 1 k 9 9 99 9 re f")


def thin_rule(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"\n9 9 99 0.1 re f")


def strange_plate(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        is_keyed = isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
        if is_keyed and "/ColorSpace" in item.get("/Resources", {}):
            item.Resources.ColorSpace.Red[1] = pikepdf.Name("/Gold")


def no_claim(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"PDF/X-4", b"PDF/X-9"))


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def narrow_trim(pdf: pikepdf.Pdf) -> None:
    page = _first_page(pdf)
    page.TrimBox = pikepdf.Array([0, 0, float(page.TrimBox[2]) - 9, page.TrimBox[3]])


def _first_page(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return the first page; asked for its pages, pikepdf would give them what they inherit."""
    first = pdf.Root.Pages.Kids[0]
    return first.Kids[0] if "/Kids" in first else first


def _draw(pdf: pikepdf.Pdf, more: bytes) -> None:
    page = _first_page(pdf)
    drawn = (
        next(iter(page.Resources.XObject.values())) if "/Resources" in page else page.Contents[1]
    )
    packed = zlib.compress(drawn.read_bytes() + more)
    drawn.write(packed, filter=pikepdf.Name.FlateDecode)


SPOILT: dict[str, tuple[Callable[[pikepdf.Pdf], None], set[str]]] = {
    "RGB text": (rgb_text, {"preflight/content", "preflight/inks"}),
    "another ink": (other_ink, {"preflight/inks"}),
    "too much ink": (too_much_ink, {"preflight/inks", "preflight/ink-limit"}),
    "a thin rule": (thin_rule, {"preflight/hairline"}),
    "a strange plate": (strange_plate, {"preflight/inks"}),
    "another claim": (no_claim, {"preflight/claims"}),
    "no intent": (no_intent, {"preflight/intent"}),
}


@pytest.mark.parametrize("output", MADE_IN_ANY_INKS)
@pytest.mark.parametrize(("spoil", "codes"), SPOILT.values(), ids=SPOILT)
def test_what_was_spoilt_is_refused(
    output: str, spoil: Callable[[pikepdf.Pdf], None], codes: set[str]
) -> None:
    edition = made(output, inks="spot")
    refused = refusals(
        saved_as_written(edition.content, spoil), order(output, inks="spot"), edition
    )
    assert refused == codes


@pytest.mark.parametrize(("output", "code"), [("booklet", "sides"), ("copies", "boxes")])
@pytest.mark.parametrize("inks", PLATES)
def test_a_trim_that_is_not_the_sheet_is_refused(output: str, code: str, inks: str) -> None:
    edition = made(output, inks=inks)
    refused = refusals(
        saved_as_written(edition.content, narrow_trim), order(output, inks=inks), edition
    )
    assert refused == {f"preflight/{code}"}


def refusals(content: bytes, wanted: Order, edition: Edition) -> set[str]:
    with pytest.raises(EngineFault) as caught:
        typesetter().inspect(content, wanted, edition.page_count)
    return {fault.code for fault in caught.value.findings}


@pytest.mark.parametrize("output", MADE_IN_ANY_INKS)
def test_a_file_in_other_inks_is_refused(output: str) -> None:
    def offends(asked: str, made_in: str) -> bool:
        edition = made(output, inks=made_in)
        return bool(refusals(edition.content, order(output, inks=asked), edition))

    assert offends("process", made_in="spot")
    assert offends("spot", made_in="process")
    assert offends("black_only", made_in="process")
    assert offends("rgb", made_in="process")
    assert offends("process", made_in="rgb")


def test_inks_mean_the_same_for_every_output() -> None:
    taking = [one for output in OUTPUTS.values() for one in output.options if one.name == "inks"]
    assert len(taking) == 4
    for option in taking:
        assert INKS.values.items() <= option.values.items()  # type: ignore[union-attr]


def test_what_is_for_a_press_alone_takes_no_colours_of_a_screen() -> None:
    with pytest.raises(UnknownOption) as caught:
        order_of([("output", "print"), ("inks", "rgb")])
    assert "process、spot、black_only" in str(caught.value.hint)


def test_the_description_allows_every_word() -> None:
    (schema,) = (schema for name, _, schema in order_parameters() if name == "inks")
    assert set(schema["enum"]) == set(COLOURS.values)


@pytest.mark.slow
def test_each_place_of_a_picture_is_told_of() -> None:
    body = [FIGURE, "中间一段。", {"type": "figures", "items": [{"image": "village.png"}] * 2}]
    issue = encoded(document(articles=[article(body=body)]))
    wanted = Order("print", options=(("inks", "spot"),))
    findings = typesetter().produce(issue, wanted, PICTURES).findings
    places = [one.pointer for one in findings if one.code == "picture/grey-in-two-colours"]
    assert places == [
        "/articles/0/body/0/image",
        "/articles/0/body/2/items/0/image",
        "/articles/0/body/2/items/1/image",
    ]
