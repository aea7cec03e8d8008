"""What was changed in the strings of an issue before it was read, and where that was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hongtou.bulletin.finding import Finding, Span, Suggestion

Changes = Mapping[str, Sequence[Suggestion]]  # by JSON Pointer; in order, none overlaps another


@dataclass(frozen=True, slots=True)
class Corrections:
    """Passes of changes, each made in what the pass before had left."""

    passes: tuple[Changes, ...] = ()

    def then(self, changes: Changes) -> Corrections:
        """Return these corrections followed by another pass."""
        return Corrections((*self.passes, changes))

    def sent(self, pointer: str, start: int, end: int) -> Span:
        """Return the span that was sent for characters [start, end) of a corrected string.

        A character that a change put in counts as all that it replaced.
        """
        for changes in self._of(pointer):
            start, end = _before(changes, start, end)
        return start, end

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings in corrected strings with their places in those that were sent.

        A suggestion for a part of what a change put in is left out: it has no place there. So is a
        span.
        """
        return [self._located(finding) for finding in findings]

    def _of(self, pointer: str) -> list[Sequence[Suggestion]]:
        """Return the changes of a string, the last pass first."""
        return [changes[pointer] for changes in reversed(self.passes) if pointer in changes]

    def _located(self, finding: Finding) -> Finding:
        passes = self._of(finding.pointer or "")
        if not passes:
            return finding
        moved = (
            replace(one, start=place[0], end=place[1])
            for one in finding.suggestions
            if (place := _moved((one.start, one.end), passes))
        )
        suggestion, *further = (*moved,) or (None,)
        spans = tuple(place for span in finding.spans if (place := _moved(span, passes)))
        return replace(finding, suggestion=suggestion, further=tuple(further), spans=spans)


def _moved(span: Span, passes: Iterable[Sequence[Suggestion]]) -> Span | None:
    start, end = span
    for changes in passes:
        if _is_within_one(changes, start) or _is_within_one(changes, end):
            return None
        start, end = _before(changes, start, end)
    return start, end


def _before(changes: Sequence[Suggestion], start: int, end: int) -> Span:
    if start < end:
        return _origin(changes, start)[0], _origin(changes, end - 1)[1]
    at = _origin(changes, start - 1)[1] if start else 0
    return at, at


def _is_within_one(changes: Sequence[Suggestion], at: int) -> bool:
    """Tell whether a place lies between two characters that one change put in."""
    return at > 0 and _origin(changes, at - 1) == _origin(changes, at)


def _origin(changes: Sequence[Suggestion], at: int) -> Span:
    """Return the span, before the changes, of the character at a place behind them."""
    longer = 0  # characters by which what came before was longer
    for change in changes:
        first = change.start - longer
        if at < first:
            break
        if at < first + len(change.text):
            return change.start, change.end
        longer += change.end - change.start - len(change.text)
    return at + longer, at + longer + 1
