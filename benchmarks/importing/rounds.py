"""Rounds: an issue is written as another file and imported again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.importing.differences import Difference, differences
from benchmarks.importing.manuscripts import as_text, manuscript
from benchmarks.importing.office import as_docx
from benchmarks.typography.bulletins import bulletin, pictures
from hongtou.bulletin.order import Order
from hongtou.importing import Imported
from hongtou.importing.reading import read_file
from hongtou.pipeline import Typesetter

ISSUES = 20

Writer = Callable[[Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class Round:
    """An issue that was written and imported: what came back, and where it differs."""

    seed: int
    imported: Imported
    found: tuple[Difference, ...]

    @property
    def silent(self) -> list[Difference]:
        """Return the differences that no doubt tells."""
        return [one for one in self.found if not one.is_told]


def text_of(issue: Mapping[str, Any]) -> bytes:
    """Return an issue as a text file."""
    return as_text(manuscript(issue)).encode()


def docx_of(issue: Mapping[str, Any]) -> bytes:
    """Return an issue as a Word file."""
    return as_docx(manuscript(issue), pictures())


def pdf_of(typesetter: Typesetter) -> Writer:
    """Return what sets an issue as a PDF."""

    def written(issue: Mapping[str, Any]) -> bytes:
        document = json.dumps(issue, ensure_ascii=False).encode()
        return typesetter.produce(document, Order(), pictures()).content

    return written


def rounds(writer: Writer, issues: int = ISSUES, *, keeps_bold: bool = True) -> Iterator[Round]:
    """Yield a round for each of some varied issues; a text file keeps no bold type."""
    for seed in range(issues):
        issue = bulletin(seed)
        imported = read_file(writer(issue))
        found = differences(imported, issue)
        kept = (one for one in found if keeps_bold or not one.is_bold_alone)
        yield Round(seed, imported, tuple(kept))
