"""Safe suggestions applied to the document as it was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from hongtou.bulletin.finding import Finding, Suggestion
from hongtou.intake import JsonValue


def normalized(document: JsonValue, findings: Iterable[Finding]) -> JsonValue:
    """Return the document with every safe suggestion applied; others stay for the editor."""
    by_pointer: dict[str, list[Suggestion]] = defaultdict(list)
    for finding in findings:
        safe = [suggestion for suggestion in finding.suggestions if suggestion.safe]
        by_pointer[finding.pointer or ""] += safe
    return _applied(document, "", by_pointer)


def _applied(value: JsonValue, where: str, changes: dict[str, list[Suggestion]]) -> JsonValue:
    """Return a copy of a value; ``where`` is its pointer (RFC 6901)."""
    match value:
        case str():
            return _changed(value, changes.get(where, []))
        case list():
            return [_applied(member, f"{where}/{at}", changes) for at, member in enumerate(value)]
        case dict():
            return {
                key: _applied(member, f"{where}/{_step(key)}", changes)
                for key, member in value.items()
            }
    return value


def _step(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _changed(text: str, suggestions: list[Suggestion]) -> str:
    """Return the text with its suggestions, which do not overlap, in place."""
    parts = []
    done = 0
    for change in sorted(suggestions, key=lambda change: change.start):
        parts += [text[done : change.start], change.text]
        done = change.end
    return "".join([*parts, text[done:]])
