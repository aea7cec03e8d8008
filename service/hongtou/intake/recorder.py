"""Keeps every text of an issue as a passage while the issue is built from it."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Paragraph, Run
from hongtou.bulletin.passage import Kind, Passage
from hongtou.bulletin.sent_text import SentText
from hongtou.intake.paragraphs import StyledText
from hongtou.intake.pointers import Path, pointer
from hongtou.intake.source_text import SourceText


class PassageRecorder:
    """Writes down passages in reading order; returns the same text without what is dropped.

    ``findings`` tell of texts that could be read in more than one way.
    """

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.findings: list[Finding] = []

    def line(self, text: str | None, path: Path, kind: Kind, place: str) -> SentText:
        """Note a single line; None is ""."""
        lines = SourceText.of(text or "").trimmed().lines()
        where = self._note([(line, kind) for line in lines], path, place)
        return _sent(lines, where)

    def lines(self, text: str, path: Path, kind: Kind, place: str) -> SentText:
        """Note a text whose line breaks are wished for, e.g. a headline."""
        lines = SourceText.of(text).lines()
        where = self._note([(line, kind) for line in lines], path, place)
        return _sent(lines, where, "\n")

    def paragraph(
        self, runs: Sequence[StyledText], path: Path, kind: Kind, place: str
    ) -> Paragraph:
        """Note a paragraph; its lead-in and run-in heading are passages of their own kind."""
        where = self._note(
            [(run.source, kind if run.style == "text" else Kind(run.style)) for run in runs],
            path,
            place,
        )
        return Paragraph(tuple(Run(_sent([run.source], where), run.style) for run in runs))

    def heading(self, runs: Sequence[StyledText], path: Path, kind: Kind, place: str) -> SentText:
        """Note a heading, in which a lead-in has no face of its own."""
        where = self._note([(run.source, kind) for run in runs], path, place)
        return _sent([run.source for run in runs], where)

    def _note(self, texts: Sequence[tuple[SourceText, Kind]], path: Path, place: str) -> str:
        """Write down the passages of these texts; return the JSON Pointer of their string."""
        pieces = [(piece, kind) for text, kind in texts for piece in text.pieces()]
        where = pointer(path)
        self.passages += [
            Passage(
                where,
                piece.offsets[0],
                piece.chars,
                kind,
                place,
                opens=at == 0,
                closes=at == len(pieces) - 1,
            )
            for at, (piece, kind) in enumerate(pieces)
        ]
        return where


def _sent(texts: Sequence[SourceText], where: str, joint: str = "") -> SentText:
    return SentText.joined([(text.chars, text.offsets) for text in texts], where, joint)
