"""Issue JSON for tests of intake and review: the least issue there is, and variations."""

from __future__ import annotations

import json
from typing import Any


def document(**parts: Any) -> dict[str, Any]:
    """Return the least issue that is whole, with some of its parts replaced."""
    return {
        "masthead": {
            "nameplate": "城乡工作动态",
            "issue_number": 33,
            "issuing_body": "某某市创建办",
            "issue_date": "2017-12-22",
        },
        "articles": [article()],
        "closing": {},
        **parts,
    }


def article(body: Any = "各项工作有序推进。", **parts: Any) -> dict[str, Any]:
    """Return an article, with some of its fields replaced."""
    return {"headline": "全市工作有序推进", "body": body, **parts}


def masthead(**fields: Any) -> dict[str, Any]:
    """Return the masthead of the least issue, with some of its fields replaced."""
    return {**document()["masthead"], **fields}


def encoded(value: Any) -> bytes:
    """Return JSON as a client sends it; half characters stay as escapes."""
    return json.dumps(value).encode()
