"""Output `report`: all pages on one sheet, with frames, numbers, and what came of the preflight."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hongtou.acceptance import NO_IMAGES
from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.finding import Finding, Severity, Strength
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.outputs import OUTPUTS
from hongtou.outputs.overview import sheet
from hongtou.outputs.overview.grid import GAP, MOST_PAGES, placed, shown_pages
from hongtou.outputs.overview.listing import MOST_COLUMNS
from hongtou.outputs.overview.sheet import Overview, Sentence, overview
from hongtou.outputs.report import verdict
from hongtou.pages.edition import Edition
from hongtou.pages.page import Furnishing, Page, Rectangle
from hongtou.pages.proof.frames import Numbered
from hongtou.pages.proof.places import Area
from hongtou.pages.stages import Planned
from hongtou.paginate.furniture import Furniture
from tests.support.documents import article, document, encoded
from tests.support.finished import EXAMPLE
from tests.support.pictures import village
from tests.support.shop import faces, typesetter

HALF_WIDTH = encoded(document(articles=[article(body=["各地要认真落实,抓好工作。"])]))
ORDER = Order("report")
RED, BLUE, GREY = "proof.required", "proof.recommended", "proof.practice"


def made(issue: bytes, order: Order = ORDER) -> Edition:
    return typesetter().produce(issue, order)


@cache
def planned() -> Planned:
    return typesetter().plan(typesetter().accept(HALF_WIDTH, ORDER, NO_IMAGES))


def page(number: int) -> Page:
    return Page(number, 595, 842, ())


def found(
    number: int, on: int, strength: Strength = Strength.PRACTICE, x: float = 100, told: str = "甲"
) -> Numbered:
    """Return a finding of two characters on a page."""
    finding = Finding(
        code="x/y", severity=Severity.NOTE, message=told, hint="乙", strength=strength
    )
    return Numbered(number, finding, [Area(on, Rectangle(x, 200, 32, 16))])


def sheet_of(pages: Sequence[Page], *of: Numbered) -> Overview:
    return overview(planned().plan, pages, of, Sentence("标题"), (), faces())


def told(texts: Sequence[Furnishing]) -> list[str]:
    return [one.placed.line.text for one in texts]


def numbers_on(made_sheet: Overview) -> Iterator[tuple[str, float]]:
    """Yield the numbers on small pages with the left edge of each."""
    right = max(one.area.x + one.area.width for one in made_sheet.shown)
    for text in made_sheet.over.furniture:
        if text.colour == "proof.paper" and text.placed.x < right + GAP:
            yield text.placed.line.text, text.placed.x


class TestPages:
    @pytest.mark.parametrize("count", [1, 2, 9, 40, 100, 200])
    def test_all_are_on_the_sheet_in_their_order_and_none_on_another(self, count: int) -> None:
        shown = sheet_of([page(number) for number in range(1, count + 1)]).shown
        assert [one.page.number for one in shown] == [*range(1, count + 1)]
        places = [(one.area.y, one.area.x) for one in shown]
        assert places == sorted(places)
        for one in shown:
            others = (other.area for other in shown if other is not one)
            assert all(
                abs(one.area.x - other.x) >= other.width
                or abs(one.area.y - other.y) >= other.height
                for other in others
            )

    def test_those_with_something_on_them_are_shown_where_they_are_too_many(self) -> None:
        pages = [page(number) for number in range(1, MOST_PAGES + 21)]
        marked = {MOST_PAGES + 10, MOST_PAGES + 15}
        numbers = [one.number for one in shown_pages(pages, marked)]
        assert numbers == [*range(1, MOST_PAGES - 1), *sorted(marked)]

    def test_those_that_are_not_shown_are_named(self) -> None:
        pages = [page(number) for number in range(1, MOST_PAGES + 21)]
        sheet_texts = "".join(told(sheet_of(pages, found(1, MOST_PAGES + 10)).over.furniture))
        missing = f"第 {MOST_PAGES}–{MOST_PAGES + 9}、{MOST_PAGES + 11}–{MOST_PAGES + 20} 页"
        assert f"另有 20 页没有画出（{missing}）" in sheet_texts

    def test_those_of_the_longest_issue_are_all_shown(self) -> None:
        assert Limits().pages <= MOST_PAGES

    @pytest.mark.parametrize("count", [1, 9, 40, 100, 200])
    def test_the_sheet_is_wider_than_high_and_holds_everything(self, count: int) -> None:
        made_sheet = sheet_of([page(number) for number in range(1, count + 1)], found(1, 1))
        over = made_sheet.over
        assert over.width > over.height
        for text in over.furniture:
            line = text.placed.line
            assert text.placed.x + line.x > 0
            assert text.placed.x + line.x + line.width < over.width
            assert text.placed.baseline < over.height


class TestFrames:
    def test_stand_where_the_finding_does_on_the_small_page(self) -> None:
        made_sheet = sheet_of([page(1), page(2)], found(1, 2, Strength.REQUIRED))
        small = made_sheet.shown[1]
        inner = small.within(Rectangle(100, 200, 32, 16))
        sides = [rule.area for rule in made_sheet.over.rules if rule.colour == RED][:4]
        assert min(side.x for side in sides) < inner.x
        assert max(side.x + side.width for side in sides) > inner.x + inner.width
        assert min(side.y for side in sides) < inner.y
        assert max(side.y + side.height for side in sides) > inner.y + inner.height

    def test_what_is_on_a_page_as_a_whole_is_framed_by_its_edge(self) -> None:
        whole = Numbered(1, Finding(code="x/y", severity=Severity.NOTE, message="甲", page=1), [])
        made_sheet = sheet_of([page(1)], whole)
        edge = made_sheet.shown[0].area
        assert [text for text, _ in numbers_on(made_sheet)] == ["1"]
        heads = [rule.area for rule in made_sheet.over.rules if rule.area.width == edge.width]
        assert len(heads) == 4  # two of the page's own edge, two of the frame

    def test_numbers_never_stand_on_each_other(self) -> None:
        crowd = [found(number, 1, x=100 + number) for number in range(1, 41)]
        made_sheet = sheet_of([page(1)], *crowd)
        patches = [rule.area for rule in made_sheet.over.rules if rule.colour == GREY]
        patches = [area for area in patches if area.width > 2 and area.height > 2 and area.x < 260]
        assert len(patches) == 40
        for at, one in enumerate(patches):
            assert not any(
                one.x < other.x + other.width
                and other.x < one.x + one.width
                and one.y < other.y + other.height
                and other.y < one.y + one.height
                for other in patches[at + 1 :]
            )


class TestList:
    def test_tells_of_every_finding_where_there_is_room(self) -> None:
        made_sheet = sheet_of([page(1), page(2)], found(1, 1), found(2, 2))
        texts = told(made_sheet.over.furniture)
        assert texts.count("乙") == 2
        assert "实务　第 2 页　甲" in texts
        assert not any("没有列出" in text for text in texts)

    def test_the_number_of_a_page_stands_below_its_middle(self) -> None:
        made_sheet = sheet_of([page(number) for number in (1, 2, 30)])
        lines = {one.placed.line.text: one.placed for one in made_sheet.over.furniture}
        for one in made_sheet.shown:
            number = lines[str(one.page.number)]
            middle = one.area.x + one.area.width / 2
            assert number.x + number.line.width / 2 == pytest.approx(middle)
            assert number.baseline > one.area.y + one.area.height

    def test_white_numbers_stand_on_a_patch_of_their_colour(self) -> None:
        made_sheet = sheet_of([page(1)], found(1, 1), found(22, 1, x=300))
        white = [one.placed for one in made_sheet.over.furniture if one.colour == "proof.paper"]
        assert sorted(one.line.text for one in white) == ["1", "1", "22", "22"]
        patches = [rule.area for rule in made_sheet.over.rules if rule.colour == GREY]
        for x, top, right, baseline in (
            (one.x, one.baseline - 0.7 * one.line.size, one.x + one.line.width, one.baseline)
            for one in white
        ):
            assert any(
                area.x < x
                and right < area.x + area.width
                and area.y < top
                and baseline < area.y + area.height
                for area in patches
            ), (x, top)

    def test_the_most_binding_are_listed_where_there_is_not_and_all_are_framed(self) -> None:
        many = [found(number, 1, x=number) for number in range(1, 401)]
        grave = found(401, 1, Strength.REQUIRED, x=500)
        made_sheet = sheet_of([page(1)], *many, grave)
        texts = told(made_sheet.over.furniture)
        listed = texts.count("乙")
        assert 50 < listed < 400
        assert "规定　第 1 页　甲" in texts
        assert f"另有 {401 - listed} 条较轻的没有列出，只有框" in texts
        assert len([*numbers_on(made_sheet)]) == listed
        assert len(made_sheet.over.rules) == 4 + 401 * 4 + 2 * listed

    @pytest.mark.slow
    def test_takes_no_more_than_its_columns(self) -> None:
        long = "甲" * 400
        made_sheet = sheet_of([page(1)], *(found(at, 1, x=at, told=long) for at in range(1, 99)))
        beside = {text.placed.x for text in made_sheet.over.furniture if text.colour == GREY}
        assert len(beside) <= MOST_COLUMNS + 1

    def test_what_no_face_has_is_told_by_its_code_point(self) -> None:
        texts = told(sheet_of([page(1)], found(1, 1, told="\U0001f600")).over.furniture)
        assert any("<U+1F600>" in text for text in texts)


class TestTheFile:
    @pytest.mark.slow
    def test_is_a_picture_of_pixels_that_its_own_rules_let_leave(self) -> None:
        edition = made(EXAMPLE)
        with Image.open(io.BytesIO(edition.content)) as picture:
            assert picture.format == "PNG"
            assert picture.width > picture.height
            assert len(picture.convert("RGB").getcolors(1 << 16) or ()) > 2
        assert (edition.page_count, edition.media_type) == (2, "image/png")
        assert edition.file_name.endswith("（付印检查）.png")

    @pytest.mark.parametrize(
        ("code", "size"),
        [
            ("preflight/overview-size", (900, 901)),
            ("preflight/overview-size", (4001, 4000)),
            ("preflight/attachment", (900, 600)),
        ],
    )
    def test_another_picture_does_not_leave(self, code: str, size: tuple[int, int]) -> None:
        written = io.BytesIO()
        noted = PngInfo()
        noted.add_text("a", "b")
        with Image.new("L", size) as picture:
            picture.save(written, "PNG", pnginfo=noted if code == "preflight/attachment" else None)
        with pytest.raises(EngineFault) as caught:
            typesetter().inspect(written.getvalue(), ORDER, 1)
        assert [fault.code for fault in caught.value.findings] == [code]

    @pytest.mark.slow
    def test_is_the_same_each_time(self) -> None:
        assert made(HALF_WIDTH).content == made(HALF_WIDTH).content

    @pytest.mark.slow
    @pytest.mark.parametrize("inks", ["spot", "black_only"])
    def test_shows_pictures_as_grey_as_they_are_printed(self, inks: str) -> None:
        """Whoever is told to look whether it is legible in grey looks here."""
        sky = (0xDF, 0xE8, 0xEF)  # of the picture, that no frame has
        issue = encoded(
            document(articles=[article(body=["甲", {"type": "figure", "image": "village.png"}])])
        )
        ways = ((), (("inks", inks),))
        shown = []
        for options in ways:
            content = (
                typesetter()
                .produce(issue, Order("report", options=options), {"village.png": village()})
                .content
            )
            with Image.open(io.BytesIO(content)) as picture:
                colours = picture.convert("RGB").getcolors(1 << 24) or []
            shown.append(sum(n for n, one in colours if one == sky))
        assert shown[0] > 1000
        assert shown[1] == 0

    @pytest.mark.slow
    @pytest.mark.parametrize("options", [(("inks", "spot"),), (("standard", "x1a"),)])
    def test_takes_the_options_of_the_file_that_it_looks_at(
        self, options: tuple[tuple[str, str], ...]
    ) -> None:
        assert OUTPUTS["report"].options == OUTPUTS["print"].options
        assert made(EXAMPLE, Order("report", options=options)).content != made(EXAMPLE).content

    def test_its_pages_are_those_of_the_file(self) -> None:
        assert ORDER.paging == Order("print").paging


class TestVerdict:
    """It is as strong as what is listed: nothing is called ready that is still to be mended."""

    @pytest.mark.parametrize(
        ("is_sound", "severity", "strength", "told", "colour"),
        [
            (True, Severity.NOTE, Strength.PRACTICE, "成品合格，可以付印", "text"),
            (True, Severity.WARNING, Strength.PRACTICE, "可以付印，但有 1 处须看", "proof.general"),
            (True, Severity.WARNING, Strength.GENERAL, "可以付印，但有 1 处须看", "proof.general"),
            (True, Severity.WARNING, Strength.REQUIRED, "但有 1 处不合规定，改好再付印", RED),
            (False, Severity.NOTE, Strength.PRACTICE, "成品不合格，不能付印", RED),
        ],
    )  # fmt: skip
    def test_follows_the_strength_of_what_was_found(
        self, is_sound: bool, severity: Severity, strength: Strength, told: str, colour: str
    ) -> None:
        one = Finding(code="x/y", severity=severity, message="甲", strength=strength)
        said, shown = verdict(is_sound, [one])
        assert said.endswith(told)
        assert shown == colour

    def test_is_clear_where_nothing_was_found(self) -> None:
        assert verdict(True, []) == ("成品合格，可以付印", "text")


class TestWhatIsSaid:
    def said(self, monkeypatch: pytest.MonkeyPatch, issue: bytes) -> list[str]:
        """Return the texts of the sheet that is made of an issue."""
        sheets: list[Overview] = []

        def kept(*parts: object) -> Overview:
            sheets.append(overview(*parts))  # type: ignore[arg-type]
            return sheets[-1]

        monkeypatch.setattr(sheet, "overview", kept)
        made(issue)
        return told(sheets[0].over.furniture)

    @pytest.mark.slow
    def test_that_a_sound_file_can_be_printed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = self.said(monkeypatch, EXAMPLE)
        assert texts[0] == "付印检查　政务服务简报第7期（2026年）　成品合格，可以付印"
        profile = OUTPUTS["print"].profile
        asked = (*profile.laid_out, *profile.rules)
        rules = len({rule.code for rule in asked}) + 1  # it can be read
        assert f"出厂检查　PDF/X-4（ISO 15930-7）：合格 {rules} 条" in texts

    def test_what_was_found_in_the_issue(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = self.said(monkeypatch, HALF_WIDTH)
        assert "稿件与版面：检查结果 1 条，其中提醒 1 条（推荐 1）" in texts
        assert texts[0].endswith("可以付印，但有 1 处须看")
        assert any(text.startswith("推荐　第 1 页") for text in texts)

    @pytest.mark.slow
    def test_that_a_refused_file_cannot_and_by_which_rule(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folio = Furniture.folio
        monkeypatch.setattr(Furniture, "folio", lambda self, page: folio(self, page + 1))
        texts = self.said(monkeypatch, EXAMPLE)
        assert texts[0].endswith("成品不合格，不能付印")
        assert any("不合 1 条" in text for text in texts)
        assert "规定　第 2 页　页码是 3" in texts


def test_small_pages_are_larger_the_fewer_they_are() -> None:
    widths = [
        next(placed([page(number) for number in range(1, count + 1)], 0, 0)).area.width
        for count in (1, 9, 40, 100)
    ]
    assert widths == sorted(widths, reverse=True)
    assert len({*widths}) == 4
