"""A week of the office, from the last issue to the printed one: editor.md §13.1, issue 15."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import DeskPage
from tests.support.shelf import REAL, Look, Shelf

pytestmark = pytest.mark.slow

RENDER = "from hongtou.cli import run; run()"


def text_of(body: Any) -> str:
    return body if isinstance(body, str) else "\n".join(body)


def write_article(desk: DeskPage, number: int, article: Any) -> None:
    """Write a headline, and paste a text from another program under it."""
    desk.put_caret("headline", number, 0)
    desk.type(article["headline"])
    desk.press("Enter")
    desk.paste(text=text_of(article["body"]).replace("**", ""))


def test_a_week(look: Look, shelf: Shelf, tmp_path: Path) -> None:
    publication = shelf.publication()
    shelf.issue(publication, issue_number=32, issue_date="2017-12-15")

    look.open(f"/?publication={publication}")
    look.page.click("#begin")
    look.page.fill("#day", "2017年12月22日")
    look.page.press("#day", "Tab")
    look.page.wait_for_function("() => document.querySelector('#number').value === '33'")
    look.page.click("#make")
    look.page.wait_for_url("**/issues/*")
    issue = int(look.page.url.rsplit("/", 1)[1])
    desk = look.desk_here()

    articles, items = REAL["articles"], REAL["briefs"]["items"]
    for number, article in enumerate(articles[1:] + articles[:1]):  # one comes late
        if number:
            look.page.click("#add-article")
        write_article(desk, number, article)
    desk.put_caret("brief", 0, 0)
    desk.paste(text="\n".join(one if isinstance(one, str) else one["text"] for one in items))

    for _ in range(len(articles) - 1):  # and goes to the front
        desk.put_caret("headline", _index(desk, articles[0]["headline"]), 0)
        desk.press("Alt+ArrowUp")
    desk.wait_for_pages()
    written = desk.issue()
    assert [one["headline"] for one in written["articles"]] == [one["headline"] for one in articles]
    assert len(written["briefs"]["items"]) == len(items)

    for _ in range(20):  # mend what is proposed
        mend = look.page.locator("#findings button:text-matches('^(全部)?改正$')")
        if not mend.count():
            break
        mend.first.click()
        desk.wait_for_pages()
    assert desk.issue() != written
    with look.page.expect_download() as proof:
        look.page.click("#proof")
    assert proof.value.path().read_bytes().startswith(b"%PDF")

    look.click("送审")
    look.page.wait_for_selector(".state:text-is('送审')")
    look.page.wait_for_selector("#pages img[src]")
    look.click("定稿")
    look.page.click("#asking-finalize [data-sure]")
    look.page.wait_for_selector(".state:text-is('定稿')")
    with look.page.expect_download() as edition:
        look.page.click("#edition")

    file, made = tmp_path / "issue.json", tmp_path / "issue.pdf"
    file.write_bytes(shelf.service.ask("GET", f"/v1/issues/{issue}").body)
    subprocess.run(
        [sys.executable, "-c", RENDER, "render", str(file), "-o", str(made)],
        check=True,
        timeout=60,
    )
    assert edition.value.path().read_bytes() == made.read_bytes()


def _index(desk: DeskPage, headline: str) -> int:
    found = [one["headline"] for one in desk.issue()["articles"]]
    return found.index(headline)


def test_the_sample_has_what_the_week_needs() -> None:
    assert len(REAL["articles"]) == 3
    assert len(REAL["briefs"]["items"]) == 11
