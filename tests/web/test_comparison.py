"""What changed between two versions, in an editor's words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from hongtou.desk.comparing import compare
from hongtou.web.pages.comparison import UNSAID, shown_differences
from tests.support.shop import ROOT

LAYOUTS = {"dongtai": "工作动态", "jianbao": "简报"}
TABLE = {"type": "table", "header": ["县", "数"], "rows": [["甲", "1"]]}


def shown(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the titles of what changed and its pieces: [-gone-]{+new+}."""
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return [
        (one.title, "".join(signs[kind].format(text) for kind, text in one.pieces))
        for one in shown_differences(compare(before, after), LAYOUTS)
        if not one.count
    ]


def body(*blocks: Any) -> dict[str, Any]:
    return {"articles": [{"headline": "题", "body": list(blocks)}]}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"layout": "dongtai"}, {"layout": "jianbao"}, [("版式", "[-工作动态-]{+简报+}")]),
        (
            {"masthead": {"issue_number": 3}},
            {"masthead": {"issue_number": 4, "series": "supplement"}},
            [("期号", "[-3-]{+4+}"), ("刊别", "{+增刊+}")],
        ),
        (
            {"contents": {"show": True}},
            {"contents": {"show": False}},
            [("目录", "[-是-]{+否+}")],
        ),
        (
            {"closing": {"editors": ["甲"], "issue_to": "各县"}},
            {"closing": {"editors": ["甲", "乙"], "issue_to": "各县区"}},
            [("编辑", "[-甲-]{+甲、乙+}"), ("发", "各县{+区+}")],
        ),
    ],
)
def test_a_field_has_its_title_and_a_choice_its_words(
    before: dict[str, Any], after: dict[str, Any], said: Any
) -> None:
    assert shown(before, after) == said


def test_a_table_is_its_words_and_one_cell_is_seen() -> None:
    other = {**TABLE, "rows": [["甲", {"text": "2", "align": "right"}]]}
    assert shown(body(TABLE), body(other)) == [("表格", "县 数 甲 [-1-]{+2+}")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TABLE, {**TABLE, "orientation": "landscape"}),
        ("**导语。**正文", "导语。正文"),
    ],
)
def test_where_only_what_is_no_word_changed_that_is_said(before: Any, after: Any) -> None:
    [(_, said)] = shown(body(before), body(after))
    assert said.endswith("（导语或设置有改动，文字一样）")
    assert "landscape" not in said
    assert "*" not in said


def test_blocks_of_two_kinds_are_one_gone_and_one_new() -> None:
    assert shown(body("一段。"), body({"type": "page_break"})) == [
        ("", "[-一段。-]"),
        ("分页", "{+（分页）+}"),
    ]


def test_values_of_a_draft_that_have_no_shape_are_shown() -> None:
    assert shown({"layout": ["a"], "closing": 7}, {"layout": {"b": 1}, "closing": [None]}) == [
        ("版式", "[-a-]{+1+}"),
        ("", "[-7-]"),
    ]


def test_the_desk_leaves_out_the_same_settings_where_two_wrote() -> None:
    static = ROOT / "service" / "hongtou" / "web" / "pages" / "static"
    script = (static / "desk" / "clashes.js").read_text(encoding="utf-8")
    (said,) = re.findall(r"UNSAID = new Set\((\[.+?\])\)", script)
    assert set(json.loads(said)) == UNSAID
