"""Remembered lines: previews are the same with and without them, and they stay within bounds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongtou.bulletin.order import Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.compose.cells import TypeRun
from hongtou.compose.line_memory import Lengths, LineMemory, Setting
from hongtou.compose.lines import SetLine
from hongtou.outputs.view import draw_view
from hongtou.pages.preview import View
from tests.support.documents import encoded
from tests.support.shop import compositor, typesetter

EXAMPLE = json.loads((Path(__file__).parents[1] / "examples" / "dongtai.json").read_bytes())
WISH = PreviewWish(view=tuple(range(1, 11)), dpi=36)
WORDS = ["好", "二〇二六年", "（试行）", "**一是**", "GB/T 9704", "\n", "……", "\n一、总体要求\n"]

Edit = Callable[[Any], None]


def _put(words: str, number: int, share: float) -> Edit:
    def edit(issue: Any) -> None:
        sent = issue["articles"][number % len(issue["articles"])]
        if not isinstance(sent["body"], str):
            sent["body"] = "\n".join(block for block in sent["body"] if isinstance(block, str))
        at = round(len(sent["body"]) * share)
        sent["body"] = sent["body"][:at] + words + sent["body"][at:]

    return edit


def _cut(number: int) -> Edit:
    return lambda issue: issue["articles"].pop(number % len(issue["articles"]) or -1)


def _set_in(layout: str) -> Edit:
    return lambda issue: issue.update(layout=layout)


EDITS = st.one_of(
    st.builds(_put, st.sampled_from(WORDS), st.integers(0, 9), st.floats(0, 1)),
    st.builds(_cut, st.integers(0, 9)),
    st.builds(_set_in, st.sampled_from(["dongtai", "jianbao"])),
)


def seen_without_memory(sent: bytes) -> View:
    maker = typesetter()
    made = maker.paginate(maker.plan(maker.accept(sent, Order(), {})))
    return draw_view(made.plan, made.pages, WISH, made.accepted.corrections)


@settings(max_examples=5, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=4))
@pytest.mark.long
def test_a_preview_is_the_same_whatever_was_seen_before(edits: list[Edit]) -> None:
    issue = json.loads(json.dumps(EXAMPLE))
    for edit in edits:
        if len(issue["articles"]) > 1 or edit.__qualname__.startswith("_put"):
            edit(issue)
        sent = encoded(issue)
        assert typesetter().preview(sent, Order(), WISH).view == seen_without_memory(sent)


def setting(text: str, measure: float = 442.0, form: str = "justified") -> Setting:
    lengths = Lengths(16.0, measure, 32.0, 0.0, 0.0)
    return Setting(compositor(), ((text, "body", 0.0),), form, lengths)


def composed(text: str) -> tuple[SetLine, ...]:
    return compositor().justified([TypeRun(text, "body")], 16.0, 442.0, indent=32.0)


class TestMemory:
    def ask(self, memory: LineMemory, asked: Setting) -> bool:
        """Tell whether the memory had it."""
        anew = composed(asked.runs[0][0])
        return memory.lines(asked, lambda: anew) is not anew

    def test_lines_are_set_once(self) -> None:
        memory = LineMemory()
        first = memory.lines(setting("会议强调"), lambda: composed("会议强调"))
        assert memory.lines(setting("会议强调"), tuple) is first

    def test_another_length_or_form_is_set_anew(self) -> None:
        memory = LineMemory()
        assert not self.ask(memory, setting("会议"))
        assert not self.ask(memory, setting("会议", measure=221.0))
        assert not self.ask(memory, setting("会议", form="right"))
        assert self.ask(memory, setting("会议"))

    def test_those_that_were_not_asked_for_longest_are_forgotten(self) -> None:
        memory = LineMemory(most_chars=8)
        self.ask(memory, setting("甲甲甲甲"))
        self.ask(memory, setting("乙乙乙乙"))
        assert self.ask(memory, setting("甲甲甲甲"))
        self.ask(memory, setting("丙"))
        assert self.ask(memory, setting("甲甲甲甲"))
        assert not self.ask(memory, setting("乙乙乙乙"))
