"""Safe suggestions applied to the document as it was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hongtou.bulletin.corrections import Changes
from hongtou.bulletin.finding import Finding, Suggestion
from hongtou.intake import JsonValue


def safe_changes(findings: Iterable[Finding]) -> Changes:
    """Return every safe suggestion in its order; others stay for the editor."""
    by_pointer: dict[str, list[Suggestion]] = defaultdict(list)
    for finding in findings:
        for suggestion in finding.suggestions:
            if suggestion.safe:
                by_pointer[finding.pointer or ""].append(suggestion)
    return {
        pointer: sorted(changes, key=lambda change: change.start)
        for pointer, changes in by_pointer.items()
    }


def normalized(document: JsonValue, findings: Iterable[Finding]) -> JsonValue:
    """Return the document with every safe suggestion applied."""
    return _applied(document, "", safe_changes(findings))


def _applied(value: JsonValue, where: str, changes: Changes) -> JsonValue:
    """Return a copy of a value; ``where`` is its pointer (RFC 6901)."""
    match value:
        case str():
            return _changed(value, changes.get(where, ()))
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


def _changed(text: str, changes: Sequence[Suggestion]) -> str:
    parts = []
    done = 0
    for change in changes:
        parts += [text[done : change.start], change.text]
        done = change.end
    return "".join([*parts, text[done:]])
