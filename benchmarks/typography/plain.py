"""An issue in the plain form that the peers' sheet takes (`benchmarks.speed.sheets`)."""

from __future__ import annotations

from typing import Any

TEXTS = frozenset({"paragraph", "heading", "note", "salutation"})
OF_CLOSING = ("report_to", "issue_to")


def plain_form(issue: dict[str, Any]) -> dict[str, Any] | None:
    """Return an issue as texts alone, or None where it has tables, pictures or other blocks.

    What the sheet has no style for (kicker, byline, marks of the masthead) is left out.
    """
    bodies = [_lines(article["body"]) for article in issue.get("articles", [])]
    groups = issue.get("briefs", [])
    if None in bodies or (isinstance(groups, list) and len(groups) > 1):
        return None
    group = groups[0] if isinstance(groups, list) and groups else groups
    masthead, closing = issue["masthead"], issue["closing"]
    articles = [
        {"headline": article["headline"], "body": body}
        for article, body in zip(issue.get("articles", []), bodies, strict=True)
    ]
    plain = {
        "masthead": masthead | {"issuing_body": _joined(masthead["issuing_body"], "　")},
        "articles": articles,
        "closing": {
            **{field: closing.get(field, "") for field in OF_CLOSING},
            "imprint_body": closing.get("imprint_body", _joined(masthead["issuing_body"], "、")),
            "imprint_date": closing.get("imprint_date", masthead["issue_date"]),
            **{field: closing.get(field, []) for field in ("reviewers", "editors")},
        },
    }
    if group:
        plain["briefs"] = {"items": [_text(item).lstrip("★●■◆·") for item in group["items"]]}
    return plain


def _lines(body: Any) -> str | None:
    """Return a body as lines, None where it holds what is no text."""
    members = [body] if isinstance(body, str) else body
    if all(isinstance(one, str) or one["type"] in TEXTS | {"attachments"} for one in members):
        return "\n".join(filter(str.strip, "\n".join(map(_text, members)).split("\n")))
    return None


def _text(member: Any) -> str:
    if isinstance(member, str):
        return member
    if "items" in member:
        return "\n".join(f"{number}.{name}" for number, name in enumerate(member["items"], 1))
    return str(member["text"])


def _joined(bodies: Any, mark: str) -> str:
    return bodies if isinstance(bodies, str) else mark.join(bodies)
