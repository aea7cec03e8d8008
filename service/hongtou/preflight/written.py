"""What a writer writes: the tables that a file of an output is held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hongtou.preflight.kinds.kind import Kind


@dataclass(frozen=True)
class Written:
    """The kinds of objects by name, and the expression that the streams of pages match.

    Expressions are compiled when a file is first inspected, as a check makes none.
    """

    kinds: Mapping[str, Kind]
    page_content: str

    @cached_property
    def content(self) -> re.Pattern[bytes]:
        """Return the expression for the streams of pages."""
        return re.compile(self.page_content.encode("ascii"), re.X)

    def candidates(self, type_name: bytes) -> Sequence[tuple[str, Kind]]:
        """Return the kinds that an object with this /Type may be of, and those without a type."""
        return self._by_type.get(type_name, self._untyped)

    @cached_property
    def _untyped(self) -> list[tuple[str, Kind]]:
        return [(name, kind) for name, kind in self.kinds.items() if not kind.type]

    @cached_property
    def _by_type(self) -> dict[bytes, list[tuple[str, Kind]]]:
        found: dict[bytes, list[tuple[str, Kind]]] = {}
        for name, kind in self.kinds.items():
            if kind.type:
                found.setdefault(kind.type.encode("ascii"), []).append((name, kind))
        return {type_name: [*kinds, *self._untyped] for type_name, kinds in found.items()}
