"""PDF for the press: what it claims, its sheet, its inks, and what every plate holds."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise, product

import pikepdf
import pytest

from hongtou.bulletin.limits import Limits
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.bulletin.order import OptionValue, Order
from hongtou.outputs.inking import INKS
from hongtou.outputs.print import STANDARD
from hongtou.pages.edition import Edition
from hongtou.pipeline import Typesetter
from tests.support.documents import article, document, encoded
from tests.support.golden import EVERY_FIELD
from tests.support.pictures import village
from tests.support.plates import TINTS, has_marks, inked, needs_ghostscript, separated
from tests.support.readers import mupdf_characters, mupdf_text, pdfium_text, poppler_text
from tests.support.reading import lines_of
from tests.support.shop import ROOT, faces, layouts, typesetter

PICTURES = {"village.png": village()}
SENT = json.dumps(EVERY_FIELD.document(), ensure_ascii=False).encode()
PLAIN = (ROOT / "examples" / "dongtai.json").read_bytes()  # no picture, no colour but red
LAYOUT = layouts()["dongtai"]

RULE_BELOW = 102.0  # mm from the head: below the red rule of the masthead
LEAST_READ = 4.0  # points: smaller type needs a glass


@cache
def made(document: bytes = PLAIN, **options: OptionValue) -> Edition:
    pictures = PICTURES if document is SENT else {}
    return typesetter().produce(document, Order("print", options=tuple(options.items())), pictures)


@cache
def for_the_screen(document: bytes, **options: OptionValue) -> Edition:
    pictures = PICTURES if document is SENT else {}
    order = Order(options=(("margins", "mirror"), *options.items()))
    return typesetter().produce(document, order, pictures)


def opened(**options: OptionValue) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(**options).content))


@pytest.mark.slow
def test_a_file_for_the_press_has_a_name_of_its_own() -> None:
    assert made().file_name.endswith("（付印）.pdf")
    assert made().ascii_name.endswith("-print.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("read", [poppler_text, pdfium_text, mupdf_text])
@pytest.mark.parametrize(("inks", "standard"), [*product(("process", "spot"), STANDARD.values)])
def test_every_page_says_the_same_as_on_the_screen(
    inks: str, standard: str, read: Callable[[bytes], str]
) -> None:
    pressed = made(SENT, inks=inks, standard=standard, marks=False)
    assert read(pressed.content) == read(for_the_screen(SENT).content)


class TestClaims:
    @pytest.mark.slow
    @pytest.mark.parametrize(("standard", "version"), [("x4", "1.6"), ("x1a", "1.4")])
    def test_the_version_of_pdf_is_that_of_the_standard(self, standard: str, version: str) -> None:
        content = made(standard=standard).content
        assert content.startswith(f"%PDF-{version}".encode())
        assert (b"/ObjStm" in content) == (standard == "x4")

    def test_x4_is_claimed_in_the_metadata_and_x1a_in_the_information_too(self) -> None:
        with opened(standard="x4") as pdf:
            packet = pdf.Root.Metadata.read_bytes()
            assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4</" in packet
            assert "/GTS_PDFXVersion" not in pdf.docinfo
        with opened(standard="x1a") as pdf:
            assert str(pdf.docinfo.GTS_PDFXVersion) == "PDF/X-1a:2003"

    def test_nothing_is_trapped_and_dates_have_a_time(self) -> None:
        with opened() as pdf:
            packet = pdf.Root.Metadata.read_bytes()
            assert str(pdf.docinfo.Trapped) == "/False"
            assert b"<pdf:Trapped>False<" in packet
            assert str(pdf.docinfo.CreationDate) == "D:20261016000000+08'00'"
            assert b"<xmp:CreateDate>2026-10-16T00:00:00+08:00<" in packet

    def test_the_intent_is_a_press_and_its_profile_is_within_x4(self) -> None:
        for standard in STANDARD.values:
            with opened(standard=standard) as pdf:
                (intent,) = pdf.Root.OutputIntents
                assert intent.S == pikepdf.Name.GTS_PDFX
                assert str(intent.OutputConditionIdentifier) == "FOGRA47"
                assert ("/DestOutputProfile" in intent) == (standard == "x4")

    def test_there_is_nothing_for_readers(self) -> None:
        with opened() as pdf:
            entries = {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/ViewerPreferences"}
            assert not entries & set(pdf.Root.keys())
            assert not any({"/Annots", "/Tabs"} & set(page.keys()) for page in pdf.pages)


class TestSheet:
    def test_boxes_lie_within_each_other_and_begin_at_0(self) -> None:
        edge, bleed = 13 * PT_PER_MM, 10 * PT_PER_MM
        width, height = (210 + 26) * PT_PER_MM, (297 + 26) * PT_PER_MM
        with opened() as pdf:
            for page in pdf.pages:
                for name, inset in {"/MediaBox": 0, "/BleedBox": bleed, "/TrimBox": edge}.items():
                    wanted = (inset, inset, width - inset, height - inset)
                    assert [float(side) for side in page[name]] == pytest.approx(wanted, abs=1e-3)

    @pytest.mark.slow
    def test_without_marks_the_sheet_is_the_page(self) -> None:
        with opened(marks=False) as pdf:
            for page in pdf.pages:
                assert list(page.MediaBox) == list(page.TrimBox) and "/BleedBox" not in page
                assert [float(side) for side in page.TrimBox] == pytest.approx(
                    (0, 0, 210 * PT_PER_MM, 297 * PT_PER_MM), abs=1e-3
                )

    @pytest.mark.slow
    def test_everything_stands_where_it_does_on_the_screen_but_for_the_edge(self) -> None:
        on_screen = lines_of(for_the_screen(PLAIN).content)
        pressed = [line for line in lines_of(made().content) if line.baseline < 297 + 13]
        assert [line.text for line in pressed] == [line.text for line in on_screen]
        for one, other in zip(pressed, on_screen, strict=True):
            assert (one.x0 - 13, one.baseline - 13) == pytest.approx(
                (other.x0, other.baseline), abs=0.02
            )

    @pytest.mark.slow
    def test_the_slug_tells_what_a_sheet_is(self) -> None:
        slugs = [line.text for line in lines_of(made(inks="spot").content) if line.baseline > 310]
        assert len(slugs) == made().page_count
        for number, slug in enumerate(slugs, start=1):
            for told in ("城乡环境工作动态", "第18期", f"第{number}页", "2026-10-16", "KRed"):
                assert told in slug.replace(" ", "").replace("\u3000", "")
            assert made(inks="spot").plan_digest[:12] in slug

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("document", "plates"), [(PLAIN, "MYK"), (SENT, "CMYK")], ids=["text", "pictures"]
    )
    def test_the_slug_asks_for_cyan_where_a_picture_has_colour(
        self, document: bytes, plates: str
    ) -> None:
        lines = lines_of(made(document).content)
        slug = "".join(line.text for line in lines if line.page == 1 and line.baseline > 310)
        assert f"{made(document).plan_digest[:12]}{plates}" in "".join(slug.split())

    @pytest.mark.slow
    def test_a_long_name_leaves_the_registration_mark_alone(self) -> None:
        sent = json.loads(PLAIN)
        name = "某某省推进全域城乡环境综合治理工作领导小组\n办公室工作情况专报"
        sent["masthead"]["nameplate"] = name
        characters = mupdf_characters(made(json.dumps(sent).encode()).content, 1)
        slug = [(char, x) for char, x, y in characters if y > 310]
        assert "".join(char for char, _ in slug).startswith(name.replace("\n", ""))
        middle, room = 13 + 210 / 2, 4
        assert not any(middle - room < x < middle + room for _, x in slug)

    @pytest.mark.slow
    @pytest.mark.parametrize("overline", ["", "某某自治州第八次代表大会" * 3])
    @pytest.mark.parametrize("name", ["工作简报", "某某省推进城乡环境综合治理" * 2 + "工作简报"])
    def test_a_slug_is_read_with_the_naked_eye(self, name: str, overline: str) -> None:
        sent = json.loads(PLAIN)
        sent["masthead"] |= {"nameplate": name, "overline": overline[:30] or None}
        sent["masthead"] |= {"issue_label": "第12、13期（合刊）", "year": 2026, "total_number": 612}
        lines = [one for one in lines_of(made(json.dumps(sent).encode()).content) if one.page == 1]
        slug = [line for line in lines if line.baseline > 310]
        assert min(line.size_pt for line in slug) > LEAST_READ
        baselines = sorted({round(line.baseline, 2) for line in slug})
        assert baselines[0] - 6.5 / PT_PER_MM > 13 + 297 + 3  # behind the bleed
        assert baselines[-1] < 297 + 2 * 13
        apart = [after - before for before, after in pairwise(baselines)]
        assert min(apart, default=9) > 0.5  # mm: the right half stands between the left's rows


@needs_ghostscript
class TestPlates:
    """What Ghostscript separates."""

    @pytest.mark.slow
    def test_red_is_magenta_and_yellow_within_the_masthead_alone(self) -> None:
        first, *others = separated(made().content)
        assert inked(first["Magenta"]) == inked(first["Yellow"])
        left, top, right, bottom = inked(first["Magenta"]) or (0, 0, 0, 999)
        assert (left, right) == pytest.approx((27.9, 184.1), abs=0.8)
        assert top > 37 and bottom < RULE_BELOW
        assert not inked(first["Cyan"])
        assert not any(inked(page[tint]) for page in others for tint in TINTS)

    def test_text_is_black_alone(self) -> None:
        assert all(inked(page["Black"]) for page in separated(made().content))

    @pytest.mark.slow
    def test_a_spot_red_leaves_the_tints_blank(self) -> None:
        first, *others = separated(made(inks="spot").content)
        assert not any(inked(page[tint]) for page in (first, *others) for tint in TINTS)
        assert inked(first["Red"]) == inked(separated(made().content)[0]["Magenta"])
        assert not any("Red" in page and inked(page["Red"]) for page in others)

    @pytest.mark.slow
    def test_paper_with_its_red_gets_black_alone(self) -> None:
        for page, whole in zip(
            separated(made(inks="black_only").content), separated(made().content), strict=True
        ):
            assert page.keys() == TINTS | {"Black"}
            assert not any(inked(page[tint]) for tint in TINTS)
            assert inked(page["Black"]) == inked(whole["Black"])

    @pytest.mark.parametrize("inks", INKS.values)
    def test_marks_are_on_every_plate(self, inks: str) -> None:
        for page in separated(made(inks=inks).content):
            assert all(has_marks(plate) for plate in page.values())


@pytest.mark.slow
def test_without_its_red_everything_else_stands_where_it_was() -> None:
    whole = lines_of(made(SENT, marks=False).content)
    rest = lines_of(made(SENT, marks=False, inks="black_only").content)
    gone = [line for line in whole if line not in rest]
    assert [line for line in rest if line not in whole] == []
    assert "".join(line.text for line in gone).startswith("某某市创建全国文明城市工作指挥部")
    assert {line.page for line in gone} == {1} and len(gone) == 3


@pytest.mark.slow
def test_even_pages_are_bound_at_the_right_unless_asked_otherwise() -> None:
    second = {
        margins: min(
            line.x0
            for line in lines_of(made(marks=False, margins=margins).content)
            if line.page == 2
        )
        for margins in ("same", "mirror")
    }
    assert second["mirror"] - second["same"] == pytest.approx(210 - 156 - 2 * 28, abs=0.02)
    assert made(margins="mirror").content == made().content


def with_value(key: str, amount: object) -> Typesetter:
    values = {**LAYOUT.values, key: replace(LAYOUT.values[key], amount=amount)}
    return Typesetter(faces(), {"dongtai": replace(LAYOUT, values=values)}, Limits())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Red", "PANTONE 485 C"])
def test_the_plate_is_called_as_the_layout_says(name: str) -> None:
    shop = with_value("ink.red_name", name)
    content = shop.produce(PLAIN, Order("print", options=(("inks", "spot"),))).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.pages[0].Resources.ColorSpace.Red[1]) == f"/{name}"


@pytest.mark.slow
def test_red_is_printed_as_the_layout_says() -> None:
    content = with_value("ink.red", [0, 100, 33.3333, 12.5]).produce(PLAIN, Order("print")).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert b"\n0 1 0.3333 0.125 k\n" in pdf.pages[0].obj.Contents[1].read_bytes()


@pytest.mark.slow
def test_even_pages_pass_with_a_blank_page_or_without_one() -> None:
    issue = encoded(document(articles=[article(body=["一段正文。"] * 40)]))
    assert [made(issue, even_pages=even).page_count for even in (False, True)] == [3, 4]
