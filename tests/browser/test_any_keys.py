"""Whatever somebody does at the desk: no script fails, what is written opens again, undo takes all of it back."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import DeskPage

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
FULL = json.loads((ROOT / "tests" / "issues" / "every-field.json").read_bytes())
STEPS = 60
MOVED, CARETS = 0.6, 0.7  # how often the selection is moved, and is a caret alone
KEYS = (
    "Enter", "Backspace", "Delete", "ArrowUp", "ArrowDown", "Tab", "Shift+Tab", "Shift+Enter", "Alt+ArrowUp",
    "Alt+ArrowDown", "Control+Enter", "Control+b", "Control+z", "Control+y", "Control+c", "Control+v",
)  # fmt: skip
TYPED = ("字", "一、", "12", "，", "（一）某某", "**", "\\")
PASTED = ("甲\n乙。\n丙", "a\tb\nc\td", "★简讯。\n★又一条。")

# Selects from one character of the manuscript to another; each is a share of all texts.
SELECT = """async (shares) => {
    const { TextSelection } = await import("/static/vendor/prosemirror.js");
    const { view } = desk, texts = [];
    view.state.doc.descendants((node, at) => { if (node.isTextblock) texts.push([at + 1, node.content.size]); });
    const [from, to] = shares.map((share) => {
        const [at, size] = texts[Math.floor(share * texts.length)];
        return view.state.doc.resolve(at + Math.floor(((share * 7919) % 1) * (size + 1)));
    });
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.between(from, to)));
}"""
OPENED_AGAIN = """async () => {
    const { readManuscript } = await import("/static/desk/read.js");
    desk.view.state.doc.check();
    const words = (doc) => doc.textContent.replace(/\\s|工作简讯/g, ""); // a group without a heading has that
    return [words(desk.view.state.doc), words(readManuscript(desk.current()))];
}"""
COMMANDS = """async () => Object.keys((await import("/static/desk/commands.js")).COMMANDS)"""
UNDO_ALL = """async () => {
    const { COMMANDS } = await import("/static/desk/commands.js");
    while (COMMANDS.undo.run(desk.view.state, desk.view.dispatch));
    return desk.view.state.doc.toJSON();
}"""


def act(desk: DeskPage, choice: random.Random, commands: list[str]) -> str:
    """Do something, and return what it was."""
    start = choice.random()
    shares = [start, start if choice.random() < CARETS else choice.random()]
    if choice.random() < MOVED:
        desk.page.evaluate(SELECT, shares)
    kind = choice.choice(("key", "key", "command", "command", "type", "paste"))
    if kind == "command":
        name = choice.choice(commands)
        desk.page.evaluate("name => desk.do(name)", name)
        return f"command {name}"
    what = choice.choice({"key": KEYS, "type": TYPED, "paste": PASTED}[kind])
    {"key": desk.press, "type": desk.type, "paste": lambda text: desk.paste(text=text)}[kind](what)
    return f"{kind} {what!r}"


@pytest.mark.parametrize("seed", range(6, 11))
def test_nothing_that_somebody_does_breaks_the_manuscript(desk: DeskPage, seed: int) -> None:
    desk.page.evaluate("issue => desk.replace(issue)", FULL)
    before: Any = desk.page.evaluate("() => desk.view.state.doc.toJSON()")
    choice, commands = random.Random(seed), desk.page.evaluate(COMMANDS)
    done: list[str] = []
    for _ in range(STEPS):
        done.append(act(desk, choice, commands))
        written, opened = desk.page.evaluate(OPENED_AGAIN)
        assert opened == written, done
        assert desk.faults == [], done
    assert desk.page.evaluate(UNDO_ALL) == before, done
