"""A rule of review, and the remarks that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hongtou.bulletin.finding import Finding, Severity, Strength, Suggestion
from hongtou.review.copy import Copy, Text


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say of the characters [start, end) of a text.

    ``message`` follows the place and the characters themselves; ``replacement`` is what
    should stand there, None where only the editor can know.
    """

    text: Text
    start: int
    end: int
    message: str
    hint: str = ""
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class FieldRemark:
    """What a rule has to say of a field as a whole, or of one that is missing."""

    pointer: str
    message: str
    hint: str


Check = Callable[[Copy], Iterable[Remark | FieldRemark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, the check, how binding it is, and where that is written.

    ``safe`` holds for rules whose replacement cannot change what the text says and that no
    editor would take back: only these are applied by ``--normalize``.
    """

    code: str
    check: Check
    strength: Strength = Strength.PRACTICE
    source: str = "house style"
    safe: bool = False
    severity: Severity = Severity.WARNING

    def findings(self, copy: Copy) -> Iterator[Finding]:
        """Yield what the rule finds, a finding for each stretch that markup parts."""
        for remark in self.check(copy):
            if isinstance(remark, FieldRemark):
                yield self._finding(remark.pointer, remark.message, remark.hint)
            else:
                yield from self._findings(remark)

    def _findings(self, remark: Remark) -> Iterator[Finding]:
        spans = remark.text.spans(remark.start, remark.end)
        excerpt = remark.text.excerpt(remark.start, remark.end)
        message = f"{remark.text.place}{excerpt}：{remark.message}"
        if remark.replacement is None or (len(spans) > 1 and not self.safe):
            yield self._finding(remark.text.pointer, message, remark.hint)
            return
        rest = remark.replacement
        for start, end in spans:
            taken = len(rest) if end == spans[-1][1] else end - start
            suggestion = Suggestion(start, end, rest[:taken], self.safe)
            yield self._finding(remark.text.pointer, message, remark.hint, suggestion)
            rest = rest[taken:]

    def _finding(
        self, pointer: str, message: str, hint: str, suggestion: Suggestion | None = None
    ) -> Finding:
        return Finding(
            code=self.code,
            severity=self.severity,
            pointer=pointer,
            message=message,
            hint=hint,
            strength=self.strength,
            source=self.source,
            suggestion=suggestion,
        )


@dataclass(frozen=True, slots=True)
class EachText:
    """A check of a single text as a check of the whole copy.

    A text that holds none of the characters of ``needs`` is passed over: the check would find
    nothing in it, and looking for one character is much sooner done. Empty: it looks at all.
    """

    check: Callable[[Text], Iterable[Remark]]
    needs: str = ""

    def __call__(self, copy: Copy) -> Iterator[Remark]:
        """Yield what the check finds in the texts, in order."""
        needs = frozenset(self.needs)
        for text in copy.texts:
            if not needs or not needs.isdisjoint(text.characters):
                yield from self.check(text)
