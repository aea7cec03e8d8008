"""Typing at the desk in a real browser, timed by the browser itself."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import cycle
from typing import Any

from playwright.sync_api import Browser

from benchmarks.desk.situations import EACH_KEY, HAN, Found, Situation
from benchmarks.speed.issues import varied_issue
from tests.support.desk import DeskPage, opened_desk

SETTLED_MS = 1000
# Event Timing tells only of events from 16 ms on, in steps of 8.
WATCH = """() => {
    window.inputs = [];
    new PerformanceObserver((seen) => inputs.push(...seen.getEntries().map((one) => one.duration)))
        .observe({ type: "event", durationThreshold: 16 });
}"""


def typed(browser: Browser, address: str, situation: Situation) -> Found:
    """Return how long pages and inputs took while somebody typed."""
    with ExitStack() as stack:
        desks = [
            stack.enter_context(opened_desk(browser, f"{address}/desk"))
            for _ in range(situation.desks)
        ]
        for number, desk in enumerate(desks):
            _begin(desk, varied_issue(number + 1, situation.times))
        _type(desks, situation)
        return _found(desks)


def _begin(desk: DeskPage, issue: Any) -> None:
    """Put the caret into the middle of an issue, and start the watches when all is quiet."""
    desk.begin_with(issue)
    paragraphs = desk.page.evaluate("() => desk.view.dom.querySelectorAll('p').length")
    desk.put_caret("paragraph", paragraphs // 2, 5)
    desk.wait_for_pages()
    desk.page.wait_for_timeout(SETTLED_MS)
    desk.page.evaluate(WATCH)
    desk.page.evaluate("() => { desk.previews.delays.length = 0; }")


def _type(desks: list[DeskPage], situation: Situation) -> None:
    """Type at the desks in turns; some characters are keys, as Backspace is."""
    at = cycle(desks)
    for number in range(situation.characters):
        desk = next(at)
        if number // len(desks) % EACH_KEY == EACH_KEY - 1:
            desk.press("Backspace")
        else:
            desk.type(HAN[number % len(HAN)])
        desk.page.wait_for_timeout(situation.between)
    for desk in desks:
        desk.wait_for_pages()
        desk.page.wait_for_timeout(SETTLED_MS)


def _found(desks: list[DeskPage]) -> Found:
    found = Found()
    for desk in desks:
        found.pages = desk.page.evaluate("() => document.querySelectorAll('[data-page]').length")
        found.delays += desk.page.evaluate("() => desk.previews.delays")
        found.inputs += desk.page.evaluate("() => inputs")
    return found
