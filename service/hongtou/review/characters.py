"""Characters that only look like the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hongtou.bulletin.equivalents import EQUIVALENTS, Origin
from hongtou.review.copy import Text
from hongtou.review.rule import Remark

HINT = "请改过来：看上去差不多，查找、复制时却是另一个字，字库里也多半没有"


@dataclass(frozen=True, slots=True)
class Replaced:
    """Finds the characters of one origin that Unicode has an equivalent for."""

    origin: Origin

    @property
    def needs(self) -> str:
        """Return the characters that are looked for."""
        return "".join(EQUIVALENTS[self.origin])

    def __call__(self, text: Text) -> Iterator[Remark]:
        """Yield a remark for each of them, with the right one."""
        rights = EQUIVALENTS[self.origin]
        for found in re.finditer(f"[{re.escape(self.needs)}]", text.chars):
            char, right = found[0], rights[found[0]]
            points = "".join(f"U+{ord(one):04X}" for one in right)
            message = (
                f"“{char}”（U+{ord(char):04X}）是{self.origin.value}，应为“{right}”（{points}）"
            )
            yield Remark(text, *found.span(), message, HINT, right)
