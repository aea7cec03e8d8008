"""The manuscript is the contract: every block there and back, every place found again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from hongtou.intake import read_issue
from tests.support.desk import SELECT, DeskPage
from tests.support.ways import ISSUE as SMALL

ROOT = Path(__file__).parents[2]
ISSUES = sorted([*(ROOT / "examples").glob("*.json"), *(ROOT / "tests" / "issues").glob("*.json")])

# Counts the places of the manuscript that do not lead back to where they are.
PLACES = """async () => {
    const { positionOf, offsetOf } = await import("/static/desk/text.js");
    const { writeManuscript } = await import("/static/desk/write.js");
    let wrong = 0, all = 0;
    for (const place of writeManuscript(desk.view.state.doc).places) {
        for (let at = place.at; at <= place.at + place.node.content.size; at += 1) {
            all += 1;
            wrong += Number(positionOf(place, offsetOf(place, at)) !== at);
        }
    }
    return [wrong, all];
}"""


def parsed(issue: Any) -> Any:
    """Return what the service reads of an issue: how it is written in JSON does not matter."""
    names = dict.fromkeys(pictures(issue), b"")
    read = read_issue(json.dumps(issue).encode(), images=names.keys()).issue
    assert read is not None
    return without_places(asdict(read))


def without_places(value: Any) -> Any:
    """Return a record without where in the JSON its parts stood."""
    if isinstance(value, dict):
        return {key: without_places(part) for key, part in value.items() if key != "pointer"}
    return [*map(without_places, value)] if isinstance(value, list | tuple) else value


def pictures(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["image"]} if isinstance(value.get("image"), str) else set()
        return own.union(*map(pictures, value.values()))
    return set().union(*map(pictures, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
class TestIssue:
    def test_comes_out_as_it_went_in(self, open_desk: DeskPage, path: Path) -> None:
        issue = json.loads(path.read_bytes())
        open_desk.begin_with(issue)
        assert parsed(open_desk.issue()) == parsed(issue)

    def test_every_place_leads_there_and_back(self, open_desk: DeskPage, path: Path) -> None:
        open_desk.begin_with(json.loads(path.read_bytes()))
        wrong, places = open_desk.page.evaluate(PLACES)
        assert wrong == 0
        assert places > 500


# A draft has what is written so far, and opens again so.
DRAFTS: dict[str, Any] = {
    "a headline of short news before its text": {
        "briefs": {"heading": "工作简讯", "items": [{"headline": "小标题"}]}
    },
    "a label before its note": {
        "articles": [{"headline": "题", "editors_note": {"label": "领导批示"}, "body": ["甲。"]}]
    },
}


@pytest.mark.parametrize(
    ("draft", "opened"),
    [
        ({"briefs": {"heading": "县区动态"}}, {"briefs": {"heading": "县区动态", "items": []}}),
        ({"articles": [{"headline": "题"}]}, {"articles": [{"headline": "题", "body": []}]}),
    ],
)
def test_a_draft_without_its_texts_opens_with_its_words(
    desk: DeskPage, real: Any, draft: Any, opened: Any
) -> None:
    issue = {name: real[name] for name in ("layout", "masthead", "closing")} | draft
    desk.page.evaluate("issue => desk.replace(issue)", issue)
    assert {name: desk.issue()[name] for name in draft} == opened


@pytest.mark.parametrize(
    "block",
    [{"type": "table", "caption": "表1"}, {"type": "attachments"},
     {"type": "signoff"}],
)  # fmt: skip
def test_a_draft_with_a_block_that_is_only_begun_opens(
    desk: DeskPage, real: Any, block: Any
) -> None:
    issue = {**real, "articles": [{"headline": "题", "body": ["甲。", block, "乙。"]}]}
    desk.page.evaluate("issue => desk.replace(issue)", issue)
    body = desk.issue()["articles"][0]["body"]
    assert (body[0], body[1]["type"], body[2]) == ("甲。", block["type"], "乙。")
    assert block.items() <= body[1].items()


def test_a_note_of_the_issue_that_is_words_alone_is_shown_and_kept(
    desk: DeskPage, real: Any
) -> None:
    desk.page.evaluate("issue => desk.replace(issue)", {**real, "editors_note": "请各地学习借鉴。"})
    note = desk.page.locator("[data-pointer='/editors_note/text']")
    assert note.input_value() == "请各地学习借鉴。"
    assert desk.issue()["editors_note"] == "请各地学习借鉴。"
    desk.page.evaluate("""() => {
        const label = document.querySelector("[data-pointer='/editors_note/label']");
        label.value = "领导批示";
        label.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    assert desk.issue()["editors_note"] == {"label": "领导批示", "text": "请各地学习借鉴。"}


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_a_draft_whose_text_is_not_written_yet_opens(desk: DeskPage, real: Any, draft: Any) -> None:
    issue = {name: real[name] for name in ("layout", "masthead", "closing")} | draft
    desk.page.evaluate("issue => desk.replace(issue)", issue)
    written = desk.issue()
    assert {name: written[name] for name in draft} == draft


def test_a_selection_from_a_cell_to_the_text_behind_its_table(desk: DeskPage, real: Any) -> None:
    table = {"type": "table", "header": ["甲", "乙"], "rows": [["1", "2"]], "align": ["right"]}
    desk.begin_with({**real, "articles": [{"headline": "题", "body": [table, "末段。"]}]})
    start, end = desk.find("cell_text", 2)["at"], desk.find("paragraph", 0)["at"] + 1
    desk.page.evaluate(SELECT, [start, end])
    assert desk.faults == []
    assert "表格" in desk.page.inner_text("#properties")


class TestWriting:
    def test_enter_parts_a_paragraph(self, desk: DeskPage) -> None:
        words = desk.words("paragraph", 0)
        desk.put_caret("paragraph", 0, 5)
        desk.press("Enter")
        assert desk.issue()["articles"][0]["body"][:2] == [words[:5], words[5:]]

    def test_enter_behind_a_headline_leads_to_the_text(self, desk: DeskPage) -> None:
        before = desk.issue()["articles"][0]
        desk.put_caret("headline", 0, desk.find("headline", 0)["size"])
        desk.press("Enter")
        desk.type("新的一段。")
        article = desk.issue()["articles"][0]
        assert article["headline"] == before["headline"]
        assert article["body"][:2] == [
            "新的一段。",
            before["body"][0]
            if isinstance(before["body"], list)
            else before["body"].split("\n")[0],
        ]

    def test_shift_enter_wishes_for_a_break_in_a_headline(self, desk: DeskPage) -> None:
        words = desk.words("headline", 0)
        desk.put_caret("headline", 0, 4)
        desk.press("Shift+Enter")
        assert desk.issue()["articles"][0]["headline"] == f"{words[:4]}\n{words[4:]}"

    def test_enter_in_short_news_begins_another(self, desk: DeskPage) -> None:
        words = desk.words("brief", 0)
        count = len(desk.issue()["briefs"]["items"])
        desk.put_caret("brief", 0, 6)
        desk.press("Enter")
        items = desk.issue()["briefs"]["items"]
        assert [part["text"] if isinstance(part, dict) else part for part in items[:2]] == [
            words[:6],
            words[6:],
        ]
        assert len(items) == count + 1

    def test_a_lead_in_is_the_first_sentence(self, desk: DeskPage) -> None:
        desk.select("paragraph", 0)
        desk.type("突出重点。聚焦背街小巷。")
        desk.put_caret("paragraph", 0, 8)
        desk.press("Control+b")
        assert desk.issue()["articles"][0]["body"][0] == "**突出重点。**聚焦背街小巷。"
        desk.press("Control+b")
        assert desk.issue()["articles"][0]["body"][0] == "突出重点。聚焦背街小巷。"

    def test_a_new_article_has_its_caret_in_the_headline(self, desk: DeskPage) -> None:
        desk.page.get_by_role("button", name="加一篇文章").click()
        desk.type("新标题")
        desk.press("Enter")
        desk.type("正文。")
        assert desk.issue()["articles"][-1] == {"headline": "新标题", "body": ["正文。"]}

    @pytest.mark.parametrize("name", ["section", "kicker", "subhead", "byline"])
    def test_lines_over_an_article_are_added_in_their_order(
        self, desk: DeskPage, name: str
    ) -> None:
        desk.put_caret("paragraph", 0, 0)
        desk.page.evaluate("name => desk.do(name)", name)
        desk.type("一行字")
        assert desk.issue()["articles"][0][name] == "一行字"

    @pytest.mark.parametrize("kind", ["attachments", "signoff", "annex", "page_break", "table"])
    def test_blocks_are_put_behind_the_paragraph(self, desk: DeskPage, kind: str) -> None:
        desk.put_caret("paragraph", 0, 3)
        desk.page.evaluate("name => desk.do(name)", kind)
        assert desk.issue()["articles"][0]["body"][1]["type"] == kind

    def test_what_is_dropped_is_a_picture_with_its_caption(self, desk: DeskPage) -> None:
        desk.put_caret("paragraph", 0, 3)
        desk.page.evaluate(
            """async () => {
                const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 40 });
                const blob = await new Promise((done) => canvas.toBlob(done));
                desk.insertPictures([new File([blob], "村貌.png", { type: "image/png" })]);
            }"""
        )
        desk.type("改造后的村口")
        assert desk.issue()["articles"][0]["body"][1] == {
            "type": "figure",
            "image": "村貌.png",
            "caption": "改造后的村口",
        }
        desk.wait_for_pages()
        assert "picture" not in desk.page.inner_text("#findings")
        assert desk.page.inner_text("#page-count").startswith("共")


def test_a_finding_is_gone_to_with_the_mouse_too(desk: DeskPage) -> None:
    """A click takes the caret out of the manuscript, which then was not scrolled."""
    desk.put_caret("brief", 10, 0)
    desk.press("Escape")
    in_view = """() => { const { top, bottom } = desk.view.coordsAtPos(desk.view.state.selection.head),
        sheet = document.querySelector('#issue').getBoundingClientRect();
        return top >= sheet.top && bottom <= sheet.bottom; }"""
    desk.page.locator("#findings button:text-is('去看')").first.click()
    assert desk.page.evaluate("() => desk.caret().pointer") == "/articles/1/headline"
    assert desk.page.evaluate(in_view)


LEVELS = [
    "一、甲事",
    "（一）头一件",
    "（三）第二件",
    "（四）第三件",
    "三、乙事",
    "四、丙事",
    "五、丁事",
]


def begin_with_levels(desk: DeskPage) -> None:
    desk.begin_with({**SMALL, "articles": [{"headline": "健全长效管护机制", "body": LEVELS}]})


def test_level_numbers_are_mended_at_once_and_taken_back_at_once(
    small_desk: DeskPage,
) -> None:
    """Mending one brings up the next: a clerk does not click for each."""
    begin_with_levels(small_desk)
    page = small_desk.page
    page.locator("#findings li", has_text="层次序数").get_by_role("button", name="改正").click()
    page.wait_for_function(
        "() => JSON.stringify(desk.current().articles[0].body).includes('四、丁事')"
    )
    small_desk.settle()
    assert small_desk.issue()["articles"][0]["body"] == [
        "一、甲事", "（一）头一件", "（二）第二件", "（三）第三件", "二、乙事", "三、丙事", "四、丁事",
    ]  # fmt: skip
    assert small_desk.told() == "已改正 5 处（Ctrl+Z 撤销）"
    small_desk.undo()
    assert small_desk.issue()["articles"][0]["body"] == LEVELS


def test_what_is_typed_after_a_correction_ends_it(small_desk: DeskPage) -> None:
    begin_with_levels(small_desk)
    page = small_desk.page
    page.locator("#findings li", has_text="层次序数").get_by_role("button", name="改正").click()
    small_desk.type("写")
    small_desk.settle()
    assert "五、丁事" in small_desk.issue()["articles"][0]["body"]


def test_what_is_behind_a_rare_character_is_mended_where_it_stands(small_desk: DeskPage) -> None:
    """JavaScript counts 𦰡 as two, the service as one: the character was cut in half."""
    wrong, right = "王𦰡,李𦰡同志调研,强调落实。", "王𦰡，李𦰡同志调研，强调落实。"
    table = {"type": "table", "header": ["甲", "乙"], "rows": [[wrong, "丙"]]}
    body = [wrong, f"**王𦰡讲话。**{wrong}", table]
    small_desk.begin_with({**SMALL, "articles": [{"headline": f"王𦰡\n{wrong}", "body": body}]})
    row = small_desk.page.locator("#findings li", has_text="半角标点")
    row.get_by_role("button", name="全部改正").click()
    (article,) = small_desk.issue()["articles"]
    assert article["headline"] == f"王𦰡\n{right}"
    assert article["body"][:2] == [right, f"**王𦰡讲话。**{right}"]
    assert article["body"][2]["rows"] == [[right, "丙"]]
