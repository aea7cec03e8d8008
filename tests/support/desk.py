"""The editors' desk in a real browser: Debian's Chromium, driven through Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

WHOLE_CHROMIUM = "/usr/bin/chromium"
# Chromium without windows and PDF viewer of its own: a new page takes half the processor time.
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE_CHROMIUM
NO_SANDBOX = ("--no-sandbox",)
WINDOW: ViewportSize = {"width": 1366, "height": 768}
QUIET_MS = 150  # after which nothing more comes of a key
PATIENCE_MS = 60_000  # what a busy machine may take

# In the page: the position before the first character of the k-th text block of a kind.
FIND = """([kind, k]) => {
    let found = null, seen = -1;
    desk.view.state.doc.descendants((node, at) => {
        if (node.type.name === kind && ++seen === k) found = { at: at + 1, size: node.content.size, text: node.textContent };
    });
    return found;
}"""
SELECT = """([from, to]) => {
    const { view } = desk, { constructor } = view.state.selection;
    view.focus();
    view.dispatch(view.state.tr.setSelection(constructor.between(view.state.doc.resolve(from), view.state.doc.resolve(to))));
}"""
# A scroll is told with the next frame.
NEXT_FRAMES = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
PASTE = """([html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    desk.view.dom.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@dataclass
class DeskPage:
    """A desk that is open in a browser."""

    page: Page
    protocol: CDPSession
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def begin_with(self, issue: Any) -> None:
        """Have another issue on the desk, without a past."""
        self.page.evaluate("issue => desk.replace(issue)", issue)
        self.wait_for_pages()

    def issue(self) -> Any:
        """Return the issue as it is written."""
        return self.page.evaluate("() => desk.current()")

    def wait_until_open(self) -> None:
        """Wait until the issue has been opened, and what is to be said of its pages is said."""
        self.page.wait_for_function(
            "() => 'desk' in window && document.getElementById('page-count').textContent !== '共 – 页'",
            timeout=PATIENCE_MS,
        )
        self.wait_for_pages()

    def wait_for_pages(self) -> None:
        """Wait until the pages show what is written, also where a preview failed and is asked for again."""
        self.page.wait_for_function(
            "() => !desk.previews.isUnderWay && desk.previews.since === null", timeout=PATIENCE_MS
        )

    def find(self, kind: str, number: int = 0) -> Any:
        """Return where a text block of a kind begins, its size and its words."""
        return self.page.evaluate(FIND, [kind, number])

    def words(self, kind: str, number: int = 0) -> str:
        return str(self.find(kind, number)["text"])

    def put_caret(self, kind: str, number: int = 0, offset: int = 0) -> None:
        self.select(kind, number, offset, offset)

    def select(self, kind: str, number: int = 0, start: int = 0, end: int | None = None) -> None:
        """Select characters of a text block, by default to its end."""
        found = self.find(kind, number)
        last = found["size"] if end is None else end
        self.page.evaluate(SELECT, [found["at"] + start, found["at"] + last])

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def undo(self) -> None:
        self.press("Control+z")

    def compose(self, steps: Sequence[str], phrase: str | None = None) -> None:
        """Type as with an input method; without a phrase the composition stays open."""
        for text in steps:
            self.protocol.send(
                "Input.imeSetComposition",
                {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
            )
        if phrase is not None:
            self.protocol.send("Input.insertText", {"text": phrase})
            self.be_quiet()

    def be_quiet(self) -> None:
        """Wait by the page's own clock, behind all that it is about to do."""
        self.page.evaluate("ms => new Promise((done) => setTimeout(done, ms))", QUIET_MS)

    def settle(self) -> None:
        """Wait until no preview is asked for any more: pages ask once more when they have come to rest."""
        before = -1
        while before != len(self.asked):
            before = len(self.asked)
            self.page.evaluate(NEXT_FRAMES)
            self.be_quiet()
            self.wait_for_pages()

    def paste(self, html: str = "", text: str = "") -> None:
        self.page.evaluate(PASTE, [html, text])

    def told(self) -> str:
        return self.page.inner_text("#told")


def sparse_file(file: Path, size: int) -> Path:
    """Return a file of zeros that takes no room, for a browser to open: sent to it, 30 MB take a minute."""
    with file.open("wb") as written:
        written.truncate(size)
    return file


@contextmanager
def browser(program: str = CHROMIUM) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=NO_SANDBOX)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def opened_desk(browser: Browser, address: str, **window: Any) -> Iterator[DeskPage]:
    """Open the desk at an address; no script may fail while it is open."""
    context = browser.new_context(viewport=WINDOW, locale="zh-CN", **window)
    page = context.new_page()
    desk = DeskPage(page, context.new_cdp_session(page))
    page.on("pageerror", lambda fault: desk.faults.append(str(fault)))
    page.on("request", lambda request: desk.asked.append(request.url))
    page.goto(address)
    desk.wait_until_open()
    try:
        yield desk
    finally:
        context.close()
    assert desk.faults == []
