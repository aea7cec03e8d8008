"""A rule of review, and the remarks that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from hongtou.bulletin.finding import Finding, Severity, Span, Strength, Suggestion
from hongtou.review.copy import Copy, Text

MAX_TOLD = 5  # different remarks on one text in one message


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say of the characters [start, end) of a text.

    ``message`` follows the place and the characters themselves; ``replacement`` is what
    should stand there, None where only the editor can know. ``is_safe`` is False where a rule that
    is safe elsewhere might change here what the text says.
    """

    text: Text
    start: int
    end: int
    message: str
    hint: str = ""
    replacement: str | None = None
    is_safe: bool = True


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
    editor would take back: only these are applied by ``--normalize``. What a ``grouped`` rule has
    to say of one text is one finding.
    """

    code: str
    check: Check
    strength: Strength = Strength.PRACTICE
    source: str = "house style"
    safe: bool = False
    severity: Severity = Severity.WARNING
    grouped: bool = False

    def findings(self, copy: Copy) -> Iterator[Finding]:
        """Yield what the rule finds, in the order of its remarks."""
        if self.grouped:
            yield from self._by_text(copy)
            return
        for remark in self.check(copy):
            if isinstance(remark, FieldRemark):
                yield self._finding(remark.pointer, remark.message, remark.hint)
            else:
                message = f"{remark.text.place}{_excerpt(remark)}：{remark.message}"
                suggestions = self._suggestions(remark)
                spans = () if suggestions else remark.text.spans(remark.start, remark.end)
                yield self._finding(remark.text.pointer, message, remark.hint, suggestions, spans)

    def _by_text(self, copy: Copy) -> Iterator[Finding]:
        """Yield a finding for each text, whatever number of remarks there is on it."""
        remarks = (remark for remark in self.check(copy) if isinstance(remark, Remark))
        for _, group in groupby(remarks, key=lambda remark: id(remark.text)):
            found = list(group)
            first = found[0]
            about = f"等 {len(found)} 处" if len(found) > 1 else ""
            told = list(dict.fromkeys(remark.message for remark in found))[:MAX_TOLD]
            message = f"{first.text.place}{_excerpt(first)}{about}：{'；'.join(told)}"
            every = [one for remark in found for one in self._suggestions(remark)]
            yield self._finding(first.text.pointer, message, first.hint, every)

    def _suggestions(self, remark: Remark) -> list[Suggestion]:
        """Return the replacement, in as many parts as markup leaves of what is replaced."""
        spans = remark.text.spans(remark.start, remark.end)
        is_safe = self.safe and remark.is_safe
        if remark.replacement is None or (len(spans) > 1 and not is_safe):
            return []
        suggestions = []
        rest = remark.replacement
        for start, end in spans:
            taken = len(rest) if end == spans[-1][1] else end - start
            suggestions.append(Suggestion(start, end, rest[:taken], is_safe))
            rest = rest[taken:]
        return suggestions

    def _finding(
        self,
        pointer: str,
        message: str,
        hint: str,
        suggestions: Sequence[Suggestion] = (),
        spans: Iterable[Span] = (),
    ) -> Finding:
        return Finding(
            code=self.code,
            severity=self.severity,
            pointer=pointer,
            message=message,
            hint=hint,
            strength=self.strength,
            source=self.source,
            suggestion=suggestions[0] if suggestions else None,
            further=tuple(suggestions[1:]),
            spans=tuple(spans),
        )


def _excerpt(remark: Remark) -> str:
    return remark.text.excerpt(remark.start, remark.end)


_set_of = cache(frozenset[str])  # of the characters of a text, once for each rule


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
        needs = copy.characters & _set_of(self.needs)
        if self.needs and not needs:
            return
        for text in copy.texts:
            if not self.needs or not needs.isdisjoint(text.characters):
                yield from self.check(text)


@dataclass(frozen=True, slots=True)
class WholeCopy:
    """A check of the whole copy that would find nothing where a set of characters is not used.

    ``needs`` are sets of which each must have a character in the copy.
    """

    check: Check
    needs: tuple[str, ...]

    def __call__(self, copy: Copy) -> Iterator[Remark | FieldRemark]:
        """Yield what the check finds."""
        if not any(copy.characters.isdisjoint(needs) for needs in self.needs):
            yield from self.check(copy)
