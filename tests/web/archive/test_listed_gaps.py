"""The list of issues: each missing number stands once, below the issue that comes next after it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from hongtou.desk.issue import Wanted
from tests.support.editor import PLAN, Editor

pytestmark = pytest.mark.slow
ROW = re.compile(
    r"<td>第(\d+)期|<span data-number[^>]*>(.*?)没有找到|colspan=\"6\">([^<]+)没有找到"
)


def listed(client: FlaskClient, after: int = 0) -> list[str]:
    """Return the numbers of a page and what it misses, in their order."""
    found = ROW.findall(client.get(f"/?after={after}").text)
    return [number or single or several for number, single, several in found]


def publication(editor: Editor, **plan: Any) -> None:
    editor.ask("POST", "/v1/publications", {**PLAN, **plan})


def test_one_of_a_publication_that_counts_ever_on_is_of_no_year(
    client: FlaskClient, editor: Editor
) -> None:
    publication(editor, numbering="continuous")
    for number, day in ((48, "2025-12-05"), (49, "2025-12-12"), (51, "2025-12-26")):
        editor.issue(number, day=day)
    for number, day in ((52, "2026-01-02"), (54, "2026-01-16")):
        editor.issue(number, day=day)
    assert listed(client) == ["54", "第53期", "52", "51", "第50期", "49", "48"]


def test_the_year_is_that_in_which_the_numbers_count(client: FlaskClient, editor: Editor) -> None:
    publication(editor)
    for number, day in ((49, "2025-12-12"), (51, "2025-12-26"), (2, "2026-01-09"), (5, "2026-01-30")):  # fmt: skip
        editor.issue(number, day=day)
    wanted = ["5", "2026年第3—4期", "2", "2026年第1期", "51", "2025年第50期", "49"]
    assert listed(client) == wanted


def test_one_between_two_pages_stands_on_the_first_alone(
    client: FlaskClient, editor: Editor
) -> None:
    publication(editor)
    page = Wanted().count
    for number in [1, *range(3, 11), *range(12, page + 12)]:
        editor.issue(number, day=f"2026-{1 + number // 28:02}-{1 + number % 28:02}")
    first, second = listed(client), listed(client, page)
    assert first == [*map(str, range(page + 11, 11, -1)), "2026年第11期"]
    assert second == [*map(str, range(10, 2, -1)), "2026年第2期", "1"]
