"""A proof shows every finding where it stands: framed, numbered, noted, and listed at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from typing import Any, ClassVar, NamedTuple

import pymupdf
import pytest

from hongtou.bulletin.errors import EngineFault, UnknownOption
from hongtou.bulletin.finding import Box, Finding, Severity, Strength
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.bulletin.order import Order, Purpose
from hongtou.pages.edition import Edition
from hongtou.pages.page import Pages, PlacedPicture
from hongtou.pages.places import places_of
from hongtou.pages.proof.frames import COLOURS
from hongtou.pages.proof.proofing import proofed
from hongtou.pages.stages import Paginated
from tests.support.pictures import village
from tests.support.readers import (
    mupdf_characters,
    mupdf_text,
    pdfium_text,
    poppler_text,
    without_folios,
)
from tests.support.shop import ROOT, faces, layouts, typesetter

LAYOUT = layouts()["dongtai"]
GAP_PT = LAYOUT.pt("proof.frame_gap") + LAYOUT.pt("proof.frame_weight")
PROOF = Order(purpose=Purpose.PROOF)
ISSUE: dict[str, Any] = {
    "layout": "dongtai",
    "masthead": {
        "nameplate": "工作动态",
        "issue_number": 33,
        "issuing_body": "某某市创建办",
        "issue_date": "2026-11-23",
    },
    "articles": [
        {"headline": "全市工作有序推进", "body": "各项工作有序推进，成效明显。\n" * 20},
        {
            "headline": "全县经济增长!",
            "body": [
                "今年以来,共有 3000 人受益。",
                {
                    "type": "table",
                    "caption": "表1 各县情况",
                    "header": ["单位", "备注"],
                    "rows": [["织金县", "已完成,正在验收"], ["赫章县", "已完成"]],
                },
                "下一步，继续抓好落实。",
            ],
        },
    ],
    "closing": {},
}


class Note(NamedTuple):
    """An annotation of a page (from 1): its text, and its box in mm."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.top < y < self.bottom


@cache
def made(purpose: Purpose = Purpose.PROOF, output: str = "screen") -> Edition:
    return typesetter().produce(json.dumps(ISSUE).encode(), Order(output, purpose), {})


@cache
def paginated() -> Paginated:
    accepted = typesetter().accept(json.dumps(ISSUE).encode(), PROOF, {})
    return typesetter().paginate(typesetter().plan(accepted))


@cache
def every_field() -> Paginated:
    sent = (ROOT / "tests" / "issues" / "every-field.json").read_bytes()
    accepted = typesetter().accept(sent, PROOF, {"village.png": village()})
    return typesetter().paginate(typesetter().plan(accepted))


def with_findings(*findings: Finding) -> Pages:
    return proofed(replace(paginated(), findings=findings))


def finding(message: str = "有误", **fields: Any) -> Finding:
    return Finding(code="x/y", severity=Severity.NOTE, message=message, **fields)


def notes(content: bytes) -> list[Note]:
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return [
            Note(
                page.number + 1,
                annotation.info["content"],
                *(side / PT_PER_MM for side in annotation.rect),
            )
            for page in document
            for annotation in page.annots(types=[pymupdf.PDF_ANNOT_SQUARE])
        ]


def note(message: str) -> Note:
    return next(one for one in notes(made().content) if message in one.text)


class TestAFrame:
    """It encloses the characters of its finding, and no other's middle."""

    @pytest.mark.parametrize(
        ("message", "framed"),
        [
            ("第2篇标题", "!"),
            ("「今年以来,共有", ","),
            ("「已完成,正在验收」", ","),
        ],
    )
    def test_encloses_its_characters(self, message: str, framed: str) -> None:
        found = note(message)
        characters = mupdf_characters(made().content, found.page)
        held = "".join(char for char, x, y in characters if found.holds(x, y))
        assert held.replace(" ", "") == framed

    def test_stands_in_the_article_and_not_in_the_contents(self) -> None:
        (headline,) = [
            text
            for page in with_findings(finding(pointer="/articles/1/headline")).pages
            for text in page.texts
            if page.notes and text.text.style == "headline" and "经济" in text.text.text
        ]
        baseline = headline.lines[0].baseline / PT_PER_MM
        found = note("第2篇标题")
        assert found.top < baseline - 1 < found.bottom

    def test_around_a_whole_text_has_all_its_lines(self) -> None:
        pages = with_findings(finding(pointer="/articles/1/body/2"))
        places = [place for place in places_of(pages, 0.88) if place.pointer.endswith("/body/2")]
        (framed,) = [one for page in pages for one in page.notes]
        gap = LAYOUT.mm("proof.frame_gap") + LAYOUT.mm("proof.frame_weight")
        assert framed.area.x / PT_PER_MM == pytest.approx(
            min(one.x for one in places) - gap, abs=0.02
        )
        assert framed.area.y / PT_PER_MM == pytest.approx(
            min(one.y for one in places) - gap, abs=0.02
        )

    def test_of_a_line_of_the_layout_stands_where_the_layout_says(self) -> None:
        box = Box(40.0, 100.0, 60.0, 5.0)
        pages = with_findings(finding(page=2, box_mm=box))
        (framed,) = pages.pages[1].notes
        gap = LAYOUT.mm("proof.frame_gap") + LAYOUT.mm("proof.frame_weight")
        assert framed.area.x / PT_PER_MM == pytest.approx(box.x - gap)
        assert framed.area.width / PT_PER_MM == pytest.approx(box.width + 2 * gap)

    def test_is_drawn_as_four_rules_that_enclose_it(self) -> None:
        (page,) = [
            page for page in with_findings(finding(pointer="/articles/1/headline")) if page.notes
        ]
        sides = [rule.area for rule in page.rules if rule.colour.startswith("proof.")]
        assert len(sides) == 4
        (framed,) = page.notes
        assert min(side.x for side in sides) == framed.area.x
        assert max(side.y + side.height for side in sides) == pytest.approx(
            framed.area.y + framed.area.height
        )

    @pytest.mark.slow
    def test_stands_around_a_picture(self) -> None:
        laid_out = every_field()
        picture = laid_out.accepted.pictures["village.png"]
        found = finding(pointer=f"{picture.pointers[0]}/image")
        pages = proofed(replace(laid_out, findings=(found,)))
        placed = {
            (page.number, one.area.x - GAP_PT, one.area.y - GAP_PT)
            for page in pages
            for one in page.contents
            if isinstance(one, PlacedPicture)
        }
        framed = {(page.number, one.area.x, one.area.y) for page in pages for one in page.notes}
        assert framed
        assert framed <= placed

    def test_stands_around_the_picture_it_tells_of_where_one_file_is_shown_thrice(self) -> None:
        laid_out = every_field()
        shown = [one for figure in laid_out.plan.figures for one in figure.pictures]
        assert len({one.digest for one in shown}) == 1
        findings = [finding(pointer=f"{one.pointer}/image") for one in shown]
        pages = proofed(replace(laid_out, findings=tuple(findings)))
        framed = [one.area for page in pages for one in page.notes]
        assert len(framed) == len(shown) == 3
        sizes = sorted(round(area.width - 2 * GAP_PT, 3) for area in framed)
        assert sizes == sorted(round(one.width, 3) for one in shown)

    def test_stands_on_the_page_around_a_cell_that_lies_on_its_side(self) -> None:
        laid_out = every_field()
        turned = next(
            place
            for place in places_of(laid_out.pages, 0.88)
            if "/rows/" in place.pointer and place.height > 2 * place.width
        )
        found = finding(pointer=turned.pointer)
        (framed,) = [
            (page.number, one.area)
            for page in proofed(replace(laid_out, findings=(found,)))
            for one in page.notes
        ]
        page, area = framed
        assert page == turned.page
        assert area.height > area.width
        assert area.x + GAP_PT == pytest.approx(turned.x * PT_PER_MM, abs=0.05)

    @pytest.mark.parametrize("strength", Strength)
    def test_has_the_colour_of_its_strength(self, strength: Strength) -> None:
        pages = with_findings(finding(pointer="/articles/1/headline", strength=strength))
        (page,) = [page for page in pages if page.notes]
        assert {rule.colour for rule in page.rules} >= {COLOURS[strength]}

    def test_of_several_findings_has_the_most_binding_one_s(self) -> None:
        several = [finding(pointer="/articles/1/headline", strength=one) for one in Strength]
        (page,) = [page for page in with_findings(*several) if page.notes]
        drawn = [rule for rule in page.rules if rule.colour.startswith("proof.")]
        assert {rule.colour for rule in drawn} == {COLOURS[Strength.REQUIRED]}
        assert len(drawn) == 4
        assert [one.placed.line.text for one in page.furniture][-1] == "1–4"

    def test_around_all_paragraphs_of_an_article_would_show_nothing(self) -> None:
        pages = with_findings(finding(pointer="/articles/0/body"))
        assert not any(page.notes for page in pages)


class TestAFindingInABodyOfOneString:
    """Its characters are known, and a frame shows them also where nothing is suggested."""

    LINES: ClassVar = {
        # A line, and what of it is framed; no line of the page parts any of it.
        "heading/doubtful": ("一、二级重大危险源企业名单", "一、二级重大危险源企业名单"),
        "punctuation/doubled": ("会议指出，，各项工作取得成效。", "，，"),
        "date/impossible-in-text": ("会议定于2月30日召开，请做好准备。", "2月30日"),
        "pairs/unpaired": ("会议审议了《某某市管理办法，并提出了要求。", "《"),
        "numbering/inline-gap": ("要抓好三项工作：一是抓学习，三是抓落实。", "三是"),
        "pasted/salutation": ("各位代表：", "各位代表："),
        "paragraphs/cut-in-two": ("全市上下齐心协力推进各项重点工作的开展", "展"),
        "fonts/fill-glyph": ("会议由赵赟旻主持，周㙍到会讲话。", "赟旻㙍"),
        "text/odd-space": ("合计\u20091200万元，比上年增长一成。", " "),
    }

    @staticmethod
    @cache
    def proof() -> Edition:
        lines = [
            "各位代表：",
            "今年以来，各项工作有序推进。",
            *(line for line, _ in TestAFindingInABodyOfOneString.LINES.values()),
        ]
        article = {"headline": "全市工作有序推进", "body": "\n".join(dict.fromkeys(lines))}
        return typesetter().produce(
            json.dumps({**ISSUE, "articles": [article]}).encode(), PROOF, {}
        )

    @pytest.mark.parametrize("code", LINES)
    def test_is_framed(self, code: str) -> None:
        (told,) = [one.message for one in self.proof().findings if one.code == code]
        held = "".join(
            char
            for one in notes(self.proof().content)
            if told in one.text
            for char, x, y in mupdf_characters(self.proof().content, one.page)
            if one.holds(x, y)
        )
        assert held == self.LINES[code][1]


class TestNumbers:
    """They follow the pages, and no number stands on anything."""

    @pytest.mark.slow
    def test_are_those_of_the_list(self) -> None:
        told = [one.text.split("　", 1) for one in notes(made().content)]
        assert [int(number) for number, _ in told] == sorted(int(number) for number, _ in told)
        count = made(Purpose.PRESS).page_count
        listed = "".join(
            characters(made().content, page) for page in range(count + 1, made().page_count + 1)
        )
        for number, text in told:
            message = text.split("。", 1)[0].replace(" ", "")
            assert f"{number}第" in listed
            assert message in listed

    def test_meet_no_line_and_no_other_number(self) -> None:
        everywhere = [
            finding(pointer=place.pointer) for place in places_of(paginated().pages, 0.88)
        ]
        for page in with_findings(*everywhere):
            numbers = [box(one.placed) for one in page.furniture if one.colour.startswith("proof.")]
            assert not any(meet(one, other) for one, other in combinations(numbers, 2))
            lines = [square(line) for text in page.texts for line in text.lines]
            assert not any(meet(one, line) for one in numbers for line in lines)


class TestNotes:
    """A reader shows the message and the hint where the pointer is in a frame."""

    def test_hold_message_and_hint(self) -> None:
        told = {one.text.split("　", 1)[1] for one in notes(made().content)}
        for one in made().findings:
            if one.pointer and one.pointer.startswith("/articles/1/headline"):
                assert f"{one.message}。{one.hint}" in told

    def test_are_in_no_edition(self) -> None:
        assert not notes(made(Purpose.PRESS).content)
        with pytest.raises(EngineFault) as refused:
            typesetter().inspect(made().content, Order(), made().page_count)
        assert {one.code for one in refused.value.findings} == {"preflight/annotation"}


class TestTheList:
    """It stands on pages of its own, behind those of the issue."""

    def test_leaves_the_pages_and_folios_of_the_issue_as_they_are(self) -> None:
        count = made(Purpose.PRESS).page_count
        assert made().page_count > count
        for page in range(1, count + 1):
            assert f"—{page}—" in characters(made().content, page)
        assert "—" not in characters(made().content, count + 1)

    def test_names_every_finding(self) -> None:
        count = made(Purpose.PRESS).page_count
        listed = "".join(
            characters(made().content, page) for page in range(count + 1, made().page_count + 1)
        )
        for one in made().findings:
            assert "".join(one.message.split()) in listed
        assert f"检查结果（{len(made().findings)}条）" in listed

    def test_says_where_and_how_binding_each_is(self) -> None:
        (page,) = with_findings(finding(pointer=""), finding(page=2)).pages[-1:]
        assert [text.text.text for text in page.texts if text.text.style == "proof_entry"][1:] == [
            "1", "第 2 页实务", "有误", "2", "全文实务", "有误",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "message", ["第2页“甲”一行偏松", "第 2 页的 TrimBox 不同", "第 2 页没有文字"]
    )
    def test_names_the_page_of_an_entry_once(self, message: str) -> None:
        (page,) = with_findings(finding(message, page=2)).pages[-1:]
        listed = squeezed("".join(text.text.text for text in page.texts))
        assert listed.count("第2页") == 1
        assert squeezed(message)[3:].removeprefix("的") in listed

    def test_goes_on_on_the_next_page(self) -> None:
        pages = with_findings(*(finding(f"第 {at} 处") for at in range(60)))
        foot = LAYOUT.mm("page.head_margin") + LAYOUT.mm("page.type_area_height")
        added = pages.pages[len(paginated().pages) :]
        assert len(added) > 1
        for page in added:
            lowest = max(line.baseline for text in page.texts for line in text.lines)
            assert lowest / PT_PER_MM < foot

    def test_names_what_no_face_has_by_its_code_point(self) -> None:
        assert faces().face_for("body", "𓀀") is None
        (page,) = with_findings(finding("“𓀀”有误")).pages[-1:]
        assert "“<U+13000>”有误" in [text.text.text for text in page.texts]

    def test_is_not_added_where_there_is_nothing_to_say(self) -> None:
        assert len(with_findings()) == len(paginated().pages)


class TestLineNumbers:
    """An option of a proof: lines are counted from the head of each page."""

    @pytest.mark.parametrize(("value", "step"), [("five", 5), ("all", 1)])
    def test_stand_in_the_margin_on_the_baselines_of_their_lines(
        self, value: str, step: int
    ) -> None:
        order = replace(PROOF, options=(("line_numbers", value),))
        accepted = typesetter().accept(json.dumps(ISSUE).encode(), order, {})
        made_pages = typesetter().paginate(typesetter().plan(accepted))
        for page in proofed(replace(made_pages, findings=())):
            lines = sorted({round(line.baseline, 3) for text in page.texts for line in text.lines})
            counted = [one.placed for one in page.furniture if one.colour == "proof.practice"]
            assert [one.line.text for one in counted] == [
                str(number) for number in range(step, len(lines) + 1, step)
            ]
            assert [round(one.baseline, 3) for one in counted] == lines[step - 1 :: step]
            for one in counted:
                assert one.x + one.line.width < LAYOUT.pt("page.binding_margin")

    def test_do_not_stand_in_one_another_beside_a_cell_over_several_rows(self) -> None:
        table = {
            "type": "table",
            "header": ["片区", "单位", "备注"],
            "rows": [
                [{"text": "城区第一片区各街道", "rowspan": 2}, "河滨街道", "已完成整治任务" * 4],
                ["新城街道", "已完成"],
            ],
        }
        issue = ISSUE | {"articles": [{"headline": "各县情况", "body": ["甲。", table, "乙。"]}]}
        order = replace(PROOF, options=(("line_numbers", "all"),))
        accepted = typesetter().accept(json.dumps(issue).encode(), order, {})
        laid_out = typesetter().paginate(typesetter().plan(accepted))
        pages = proofed(replace(laid_out, findings=()))
        numbers = [
            [one.placed.baseline for one in page.furniture if one.colour == "proof.practice"]
            for page in pages
        ]
        size = LAYOUT.pt("proof.number_size")
        assert any(len(page) > 5 for page in numbers)
        assert all(b - a >= size for page in numbers for a, b in pairwise(page))

    def test_are_refused_for_an_edition(self) -> None:
        sent, options = json.dumps(ISSUE).encode(), (("line_numbers", "all"),)
        with pytest.raises(UnknownOption, match="只用于校样"):
            typesetter().produce(sent, Order(options=options), {})


@pytest.mark.slow
@pytest.mark.parametrize("read", [poppler_text, pdfium_text, mupdf_text])
def test_readers_find_the_text_of_the_edition_before_anything_else(
    read: Callable[[bytes], str],
) -> None:
    proof, edition = (pages_of(made(purpose).content) for purpose in Purpose)
    for page, other in zip(proof, edition, strict=False):
        assert squeezed(read(page)).startswith(squeezed(without_folios(read(other))))


@pytest.mark.slow
def test_the_same_issue_gives_the_same_proof() -> None:
    again = typesetter().produce(json.dumps(ISSUE).encode(), PROOF, {})
    assert again.content == made().content
    assert made().plan_digest[:12] in characters(made().content, 1)


@pytest.mark.slow
@pytest.mark.parametrize("output", ["archive", "print"])
def test_what_leaves_for_others_bears_the_mark_alone(output: str) -> None:
    proof, edition = (made(purpose, output) for purpose in Purpose)
    assert proof.page_count == edition.page_count
    assert not notes(proof.content)
    assert "校样" in characters(proof.content, 1)


@pytest.mark.slow
def test_a_picture_of_a_page_shows_its_frames() -> None:
    sent = json.dumps(ISSUE).encode()
    page = note("第2篇标题").page
    pictures = [
        typesetter().produce(sent, Order("png", purpose, options=(("page", page),)), {}).content
        for purpose in Purpose
    ]
    assert b"IHDR" in pictures[0][:32]
    assert pictures[0][25] == 2  # RGB: the frames are blue and grey
    assert pictures[1][25] == 0


def characters(content: bytes, page: int) -> str:
    return (
        "".join(char for char, _, _ in mupdf_characters(content, page))
        .replace(" ", "")
        .replace("　", "")
    )


def pages_of(content: bytes) -> list[bytes]:
    with pymupdf.open(stream=content, filetype="pdf") as document:
        singles = []
        for number in range(len(document)):
            with pymupdf.open() as single:
                single.insert_pdf(document, from_page=number, to_page=number)
                singles.append(single.tobytes())
        return singles


def squeezed(text: str) -> str:
    return "".join(text.split())


def square(placed: Any) -> tuple[float, float, float, float]:
    left, top = placed.x + placed.line.x, placed.baseline - 0.88 * placed.line.size
    return left, top, left + placed.line.width, top + placed.line.size


def box(placed: Any) -> tuple[float, float, float, float]:
    left = placed.x + placed.line.x
    return left, placed.baseline - 0.7 * placed.line.size, left + placed.line.width, placed.baseline


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
