"""Two editors change one issue: what each wrote is in what comes of it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongtou.desk.comparing import compare, pieces_of
from hongtou.desk.manuscript import put_together, take_apart
from hongtou.desk.merging import merge, merged_text

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))
BASE: dict[str, Any] = {
    "masthead": {"nameplate": "工作动态", "issue_number": 3, "issuing_body": "市创建办"},
    "articles": [
        {
            "headline": "甲县抓清廉",
            "body": ["一段，营造廉政文化氛围，提高自觉性。", "二段。", "三段。"],
        },
        {
            "headline": "乙县抓环境",
            "body": ["四段。", {"type": "table", "rows": [["1", "2"]]}, "五段。"],
        },
    ],
    "briefs": {"heading": "工作简讯", "items": ["简讯一。", "简讯二。", "简讯三。"]},
    "closing": {"report_to": "省办", "reviewers": ["杨春明"]},
}

Fields = dict[str, Any]


def edited(change: Callable[[Fields], object]) -> Fields:
    issue = copy.deepcopy(BASE)
    change(issue)
    return issue


def body(issue: Fields, article: int = 0) -> list[Any]:
    found: list[Any] = issue["articles"][article]["body"]
    return found


class TestManuscript:
    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_an_issue_taken_apart_and_put_together_is_the_same(self, path: Path) -> None:
        issue = json.loads(path.read_bytes())
        lined = copy.deepcopy(issue)
        for article in lined.get("articles", []):
            members = article["body"] if isinstance(article["body"], list) else [article["body"]]
            article["body"] = [
                line
                for one in members
                for line in (one.split("\n") if isinstance(one, str) else [one])
            ]
        assert put_together(*take_apart(issue)).fields == lined

    def test_every_block_has_its_pointer(self) -> None:
        assembled = put_together(*take_apart(BASE))
        assert assembled.pointers[:2] == ("/articles/0", "/articles/0/body/0")
        assert assembled.pointers[-4:] == ("/briefs", *(f"/briefs/items/{n}" for n in range(3)))

    def test_several_groups_of_short_news_stay_a_list(self) -> None:
        issue = {**BASE, "briefs": [BASE["briefs"], {"heading": "要闻", "items": ["四。"]}]}
        assembled = put_together(*take_apart(issue))
        assert assembled.fields == issue
        assert assembled.pointers[-1] == "/briefs/1/items/0"

    @pytest.mark.parametrize("articles", [None, "文", [1], [{"body": 7}]])
    def test_what_is_no_manuscript_stays_as_it_is(self, articles: object) -> None:
        assert put_together(*take_apart({"articles": articles})).fields == {"articles": articles}


class TestMerging:
    def test_two_paragraphs(self) -> None:
        mine = edited(lambda d: body(d).__setitem__(1, "甲改了这一段。"))
        theirs = edited(lambda d: body(d, 1).__setitem__(2, "乙改了那一段。"))
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert (body(merged.fields)[1], body(merged.fields, 1)[2]) == (
            "甲改了这一段。",
            "乙改了那一段。",
        )

    def test_two_places_of_one_paragraph(self) -> None:
        text = body(BASE)[0]
        mine = edited(lambda d: body(d).__setitem__(0, text.replace("廉政", "浓厚廉政")))
        theirs = edited(lambda d: body(d).__setitem__(0, text.replace("自觉性", "自觉性、主动性")))
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert body(merged.fields)[0] == "一段，营造浓厚廉政文化氛围，提高自觉性、主动性。"

    def test_the_same_words_are_kept_twice_and_told(self) -> None:
        text = body(BASE)[0]
        mine = edited(lambda d: body(d).__setitem__(0, text.replace("廉政", "清正")))
        theirs = edited(lambda d: body(d).__setitem__(0, text.replace("廉政", "勤廉")))
        merged = merge(BASE, mine, theirs)
        (clash,) = merged.clashes
        assert (clash.pointer, clash.other) == ("/articles/0/body/0", "/articles/0/body/1")
        assert ["清正" in body(merged.fields)[0], "勤廉" in body(merged.fields)[1]] == [True, True]
        assert (clash.base, clash.mine) == ([text], [body(merged.fields)[0]])

    def test_the_lines_of_a_head_stay_in_the_order_in_which_they_were_written(self) -> None:
        """In a clash an editor reads them as they stand on the page."""

        def signed(place: str) -> Fields:
            return edited(lambda d: d["articles"][0].update(subhead=place, byline="县委办"))

        (clash,) = merge(BASE, signed("来自甲县"), signed("来自乙县")).clashes
        assert [*clash.mine[0]] == ["headline", "subhead", "byline"]
        table = {"type": "table", "unit": "元", "rows": [["1", "2"]]}
        mine = edited(lambda d: body(d, 1).__setitem__(1, table))
        theirs = edited(lambda d: body(d, 1)[1]["rows"].append(["3", "4"]))
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert [*body(merged.fields, 1)[1]] == ["type", "unit", "rows"]

    def test_the_order_of_members_is_no_change(self) -> None:
        turned = {**BASE, "articles": [dict(reversed(one.items())) for one in BASE["articles"]]}
        theirs = edited(lambda d: d["articles"][0].update(headline="甲县抓作风"))
        merged = merge(BASE, turned, theirs)
        assert merged.clashes == ()
        assert merged.fields["articles"][0]["headline"] == "甲县抓作风"

    def test_an_article_that_one_moved_takes_the_other_editors_short_news(self) -> None:
        mine = edited(lambda d: d["articles"].insert(0, d["articles"].pop(1)))
        theirs = edited(lambda d: d["briefs"]["items"].__setitem__(1, "乙改了。"))
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert [one["headline"][:2] for one in merged.fields["articles"]] == ["乙县", "甲县"]
        assert merged.fields["briefs"]["items"][1] == "乙改了。"

    @pytest.mark.parametrize(
        ("part", "begun"),
        [("articles", {"headline": "我新写的一篇"}), ("briefs", {"heading": "我新写的一组"})],
    )
    def test_what_has_no_texts_yet_is_joined_as_others_are(self, part: str, begun: Fields) -> None:
        mine, theirs = copy.deepcopy(BASE), copy.deepcopy(BASE)
        mine[part] = [*([BASE[part]] if part == "briefs" else BASE[part]), begun]
        theirs["articles"][0]["body"][1] = "二改了。"
        theirs["briefs"]["items"][0] = "简讯一改了。"
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        joined = json.dumps(merged.fields, ensure_ascii=False)
        assert all(
            word in joined for word in ("甲县", "乙县", "二改了。", "简讯一改了。", "我新写的")
        )
        assert len(merged.fields["articles"]) == (3 if part == "articles" else 2)

    @pytest.mark.parametrize("part", ["articles", "briefs"])
    def test_what_is_no_manuscript_takes_the_place_of_nothing(self, part: str) -> None:
        mine, theirs = copy.deepcopy(BASE), copy.deepcopy(BASE)
        mine[part] = "我写的一句话"
        theirs["articles"][0]["body"][1] = "二改了。"
        theirs["briefs"]["items"][0] = "简讯一改了。"
        merged = merge(BASE, mine, theirs)
        assert merged.fields[part] == "我写的一句话"
        assert [(one.pointer, one.theirs) for one in merged.clashes] == [(f"/{part}", theirs[part])]

    @pytest.mark.parametrize("base", [{}, {"articles": []}, {"articles": None}])
    def test_what_began_without_a_text_holds_what_both_wrote(self, base: Fields) -> None:
        texts = {name: BASE[name] for name in ("articles", "briefs")}
        assert merge(base, base, texts).fields == texts
        assert merge(base, texts, base).fields == texts

    def test_both_add_an_item_at_the_end(self) -> None:
        mine = edited(lambda d: d["briefs"]["items"].append("甲添了。"))
        theirs = edited(lambda d: d["briefs"]["items"].append("乙添了。"))
        merged = merge(BASE, mine, theirs)
        assert merged.fields["briefs"]["items"][-2:] == ["甲添了。", "乙添了。"]
        assert [one.pointer for one in merged.clashes] == ["/briefs/items/3"]

    @pytest.mark.parametrize("headline", ["", "全市创建工作推进会召开"])
    def test_two_articles_that_begin_alike_stay_two_and_are_told(self, headline: str) -> None:
        own, other = ({"headline": headline, "body": [words]} for words in ("甲稿。", "乙稿。"))
        mine, theirs = (
            edited(lambda d, one=one: d["articles"].append(one)) for one in (own, other)
        )
        merged = merge(BASE, mine, theirs)
        assert merged.fields["articles"][-2:] == [own, other]
        assert len(merged.clashes) == 1

    def test_what_is_added_behind_an_article_stays_in_it(self) -> None:
        new = {"headline": "新题", "body": ["新文。"]}

        def mine_of(issue: Fields) -> None:
            body(issue, 1).append("续甲。")
            issue["articles"].append(new)

        mine, theirs = edited(mine_of), edited(lambda d: body(d, 1).append("续乙。"))
        merged = merge(BASE, mine, theirs)
        assert body(merged.fields, 1)[-2:] == ["续甲。", "续乙。"]
        assert merged.fields["articles"][-1] == new
        assert len(merged.clashes) == 1

    def test_what_is_added_to_an_article_that_was_moved_is_in_it_or_told(self) -> None:
        one, two = {"headline": "题一", "body": ["甲段。"]}, {"headline": "", "body": ["乙段。"]}
        mine = {"articles": [two, {**one, "body": ["甲段改。"]}]}
        theirs = {"articles": [{**one, "body": ["甲段。", "新写的一段。"]}, two]}
        merged = merge({"articles": [one, two]}, mine, theirs)
        (moved,) = [one for one in merged.fields["articles"] if one["headline"] == "题一"]
        assert "新写的一段。" in moved["body"] or len(merged.clashes) == 1

    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "joined"),
        [
            ("投入300万元。", "投入350万元。", "投入3000万元。", None),
            ("共12345件。", "共22345件。", "共12346件。", None),
            ("截至3月5日，", "截至4月5日，", "截至3月6日，", None),
            ("增长5%。", "增长15%。", "增长5.2%。", None),
            ("用GDP核算。", "用GDPs核算。", "用rGDP核算。", None),
            ("投入300万元，受益20户。", "投入350万元，受益20户。", "投入300万元，受益25户。",
             "投入350万元，受益25户。"),
        ],
    )  # fmt: skip
    def test_no_figure_or_word_comes_of_two(
        self, base: str, mine: str, theirs: str, joined: str | None
    ) -> None:
        assert merged_text(base, mine, theirs) == joined

    def test_an_article_that_both_added_alike_is_one(self) -> None:
        both = edited(lambda d: d["articles"].append({"headline": "", "body": ["同一稿。"]}))
        merged = merge(BASE, both, copy.deepcopy(both))
        assert (merged.fields["articles"], merged.clashes) == (both["articles"], ())

    def test_a_paragraph_that_one_changed_and_an_article_that_the_other_put_behind_it(self) -> None:
        mine = edited(lambda d: d["articles"].insert(1, {"headline": "丙县", "body": ["新。"]}))
        theirs = edited(
            lambda d: (body(d).__setitem__(2, "三段改了。"), body(d).append("又一段。"))
        )
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert body(merged.fields)[2:] == ["三段改了。", "又一段。"]
        assert body(merged.fields, 1) == ["新。"]

    def test_a_paragraph_that_one_moved_and_the_other_changed_is_changed_where_it_is_now(
        self,
    ) -> None:
        mine = edited(lambda d: body(d).insert(0, body(d).pop(2)))
        theirs = edited(lambda d: body(d).__setitem__(2, "三段改了。"))
        for merged in (merge(BASE, mine, theirs), merge(BASE, theirs, mine)):
            assert body(merged.fields) == ["三段改了。", *body(BASE)[:2]]
            assert merged.clashes == ()

    def test_an_article_that_one_moved_takes_along_what_the_other_wrote_in_it(self) -> None:
        def write(issue: Fields) -> None:
            issue["articles"][1]["headline"] = "乙县抓好环境"
            body(issue, 1)[0] = "四段改了。"
            body(issue, 1).insert(1, "加一段。")
            body(issue, 1).append("再加一段。")

        mine = edited(lambda d: d["articles"].insert(0, d["articles"].pop()))
        theirs = edited(write)
        for merged in (merge(BASE, mine, theirs), merge(BASE, theirs, mine)):
            assert merged.fields["articles"] == theirs["articles"][::-1]
            assert merged.clashes == ()

    @pytest.mark.parametrize("place", [0, 1])
    def test_an_article_that_one_took_out_and_the_other_wrote_in_stays_whole(
        self, place: int
    ) -> None:
        mine = edited(lambda d: d["articles"].pop(place))
        for write in (
            lambda d: body(d, place).__setitem__(0, "改了。"),
            lambda d: body(d, place).append("加一段。"),
            lambda d: d["articles"][place].update(headline="改了标题"),
        ):
            theirs = edited(write)
            both = merge(BASE, mine, theirs), merge(BASE, theirs, mine)
            for merged in both:
                assert merged.fields["articles"] == theirs["articles"]
                assert merged.clashes == ()
            # Whoever took it out is told, who wrote in it is not.
            assert [merged.returned for merged in both] == [(f"/articles/{place}",), ()]

    def test_a_group_of_short_news_that_one_took_out_and_the_other_wrote_in_stays_whole(
        self,
    ) -> None:
        mine = edited(lambda d: d.pop("briefs"))
        theirs = edited(lambda d: d["briefs"]["items"].__setitem__(1, "简讯二改了。"))
        merged = merge(BASE, mine, theirs)
        assert (merged.fields["briefs"], merged.returned) == (theirs["briefs"], ("/briefs",))

    def test_an_article_that_nobody_else_wrote_in_goes(self) -> None:
        mine = edited(lambda d: d["articles"].pop(1))
        theirs = edited(lambda d: body(d).append("加一段。"))
        merged = merge(BASE, mine, theirs)
        assert (merged.fields["articles"], merged.returned) == (theirs["articles"][:1], ())

    def test_a_paragraph_that_one_took_out_and_the_other_changed_is_a_clash_of_blocks(self) -> None:
        mine = edited(lambda d: body(d).__setitem__(1, "二段改了。"))
        theirs = edited(lambda d: body(d).pop(1))
        (clash,) = merge(BASE, mine, theirs).clashes
        assert (clash.pointer, clash.other) == ("/articles/0/body/1", "/articles/0/body/1")
        assert (clash.mine, clash.theirs) == (["二段改了。"], [])

    def test_fields_are_joined_one_by_one(self) -> None:
        mine = edited(lambda d: d["closing"].update(print_run=120))
        theirs = edited(lambda d: d["closing"].update(reviewers=["李明"]))
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert merged.fields["closing"] == {
            "report_to": "省办",
            "print_run": 120,
            "reviewers": ["李明"],
        }

    def test_a_field_that_both_changed_holds_mine_and_tells_theirs(self) -> None:
        mine = edited(lambda d: d["masthead"].update(issue_number=4))
        theirs = edited(lambda d: d["masthead"].update(issue_number=5))
        merged = merge(BASE, mine, theirs)
        (clash,) = merged.clashes
        assert (clash.pointer, clash.base, clash.mine, clash.theirs) == (
            "/masthead/issue_number",
            3,
            4,
            5,
        )
        assert merged.fields["masthead"]["issue_number"] == 4

    def test_what_one_emptied_and_the_other_wrote_in_is_told(self) -> None:
        mine = edited(lambda d: d["closing"].update(report_to=None))
        theirs = edited(lambda d: d["closing"].update(report_to="省办、市委"))
        (clash,) = merge(BASE, mine, theirs).clashes
        assert (clash.mine, clash.theirs) == (None, "省办、市委")

    def test_a_field_that_one_took_out_and_the_other_wrote_in_stays(self) -> None:
        mine = edited(lambda d: d["closing"].pop("report_to"))
        theirs = edited(lambda d: d["closing"].update(report_to="省办、市委"))
        assert merge(BASE, mine, theirs).fields["closing"]["report_to"] == "省办、市委"

    def test_cells_of_a_table(self) -> None:
        mine = edited(lambda d: body(d, 1)[1]["rows"][0].__setitem__(0, "7"))
        theirs = edited(lambda d: body(d, 1)[1].update(caption="情况"))
        merged = merge(BASE, mine, theirs)
        assert merged.clashes == ()
        assert body(merged.fields, 1)[1] == {
            "type": "table",
            "rows": [["7", "2"]],
            "caption": "情况",
        }

    def test_texts_without_anything_in_common_take_no_time(self) -> None:
        assert merged_text("甲" * 5000, "乙" * 5000, "丙" * 5000) is None

    def test_long_texts_with_little_in_common_are_joined_where_they_have_it(self) -> None:
        every = "".join(map(chr, range(0x4E00, 0x4E00 + 1750)))
        shared, longer = every[:200], every[:100] + "〔丙〕" + every[100:200]
        base, mine = (part + shared + part[::-1] for part in (every[200:950], every[1000:1750]))
        joined = merged_text(base, mine, base.replace(shared, longer))
        assert joined == mine.replace(shared, longer), "taken as replaced"


MARK = re.compile(r"〔[甲乙]\d+〕")


@st.composite
def edits(draw: st.DrawFn, who: str) -> Fields:
    """Return the base as one editor leaves it: words put in, blocks added, moved and taken out."""
    issue = copy.deepcopy(BASE)
    lists = [body(issue), body(issue, 1), issue["briefs"]["items"], issue["articles"]]
    for turn in range(draw(st.integers(1, 5))):
        blocks = lists[draw(st.integers(0, 3))]
        if not blocks:
            continue
        at = draw(st.integers(0, len(blocks) - 1))
        word = f"〔{who}{turn}〕"
        action = draw(st.sampled_from(("write", "write", "add", "move", "remove", "head", "field")))
        if action == "write" and isinstance(blocks[at], str):
            place = draw(st.integers(0, len(blocks[at])))
            blocks[at] = blocks[at][:place] + word + blocks[at][place:]
        elif action == "add":
            blocks.insert(at, {"headline": word, "body": [word]} if blocks is lists[3] else word)
        elif action == "move":
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(at))
        elif action == "remove":
            blocks.pop(at)
        elif action == "head" and issue["articles"]:
            issue["articles"][-1]["headline"] += word
        else:
            issue["closing"]["report_to"] += word
    return issue


def marks(value: object) -> set[str]:
    return set(MARK.findall(json.dumps(value, ensure_ascii=False)))


@settings(max_examples=1000, deadline=None)
@given(edits("甲"), edits("乙"))
@pytest.mark.long
def test_no_word_is_lost_whatever_both_do(mine: Fields, theirs: Fields) -> None:
    merged = merge(BASE, mine, theirs)
    kept = marks(merged.fields) | marks([one.mine for one in merged.clashes])
    kept |= marks([one.theirs for one in merged.clashes])
    assert marks(mine) | marks(theirs) <= kept


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(edits("甲"))
def test_who_alone_has_changed_something_has_it(mine: Fields) -> None:
    assert merge(BASE, mine, BASE).fields == merge(BASE, BASE, mine).fields
    assert merge(BASE, mine, BASE).fields == put_together(*take_apart(mine)).fields
    assert merge(BASE, mine, mine).clashes == ()


class TestComparing:
    def test_what_stayed_is_counted_and_what_changed_is_shown_in_place(self) -> None:
        after = edited(lambda d: body(d).__setitem__(1, "二段改了。"))
        found = compare(BASE, after)
        assert [(one.kind, one.count) for one in found] == [
            ("same", 2),
            ("changed", 1),
            ("same", 9),
        ]
        assert found[1].pointer == "/articles/0/body/1"
        assert found[1].pieces == (("same", "二段"), ("new", "改了"), ("same", "。"))

    def test_fields_added_and_taken_out(self) -> None:
        after = edited(
            lambda d: (d["closing"].pop("reviewers"), d["masthead"].update(notice="内部"))
        )
        shown = {(one.kind, one.pointer) for one in compare(BASE, after)} - {
            ("same", "/articles/0")
        }
        assert shown == {("gone", "/closing/reviewers"), ("new", "/masthead/notice")}

    def test_a_block_that_is_gone_is_where_it_was(self) -> None:
        gone = [
            one for one in compare(BASE, edited(lambda d: body(d, 1).pop(0))) if one.kind == "gone"
        ]
        assert [(one.pointer, one.before) for one in gone] == [("/articles/1/body/0", "四段。")]

    @pytest.mark.slow
    @given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12))
    def test_pieces_make_both_texts(self, before: str, after: str) -> None:
        pieces = pieces_of(before, after)
        assert "".join(text for kind, text in pieces if kind != "new") == before
        assert "".join(text for kind, text in pieces if kind != "gone") == after
