"""Issues for timing: the real issue's text, every time another, at any length."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

REAL_ISSUE = Path(__file__).parents[2] / "tests" / "issues" / "real-issue.json"


def varied_issue(seed: int, times: int = 1) -> dict[str, Any]:
    """Return the real issue with its clauses shuffled and its articles repeated.

    A seed gives the same issue each time; two seeds never share a paragraph, so that what an
    engine remembers of the last document does not flatter it.
    """
    random = Random(seed)
    issue: dict[str, Any] = json.loads(REAL_ISSUE.read_text(encoding="utf-8"))
    articles = []
    for _ in range(times):
        for article in issue["articles"]:
            lines = [_shuffled(line, random) for line in article["body"].split("\n")]
            articles.append({**article, "body": "\n".join(lines)})
    items = [_shuffled(item, random) for item in issue["briefs"]["items"]]
    return {
        **issue,
        "masthead": {**issue["masthead"], "issue_number": seed % 9999 + 1},
        "articles": articles,
        "briefs": {**issue["briefs"], "items": items},
    }


def edited_issue(issue: dict[str, Any], number: int) -> dict[str, Any]:
    """Return an issue with one sentence more in one of its articles, now in this, now in that."""
    articles = [dict(article) for article in issue["articles"]]
    articles[number % len(articles)]["body"] += f"这是第{number + 1}次修改。"
    return {**issue, "articles": articles}


def document_of(issue: dict[str, Any]) -> bytes:
    """Return an issue as a client sends it."""
    return json.dumps(issue, ensure_ascii=False).encode()


def _shuffled(text: str, random: Random) -> str:
    head, mark, tail = text.rpartition("**")
    clauses = tail.rstrip("。").split("，")
    random.shuffle(clauses)
    return head + mark + "，".join(clauses) + "。"
