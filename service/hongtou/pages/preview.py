"""The product of a preview: pages in view as pictures, and where every text stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hongtou.bulletin.finding import Finding
from hongtou.pages.places import Place
from hongtou.pages.report import PageReport


class DrawnPage(NamedTuple):
    """A page, counted from 1, by the digest of its pixels, and its size in pixels."""

    number: int
    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Pages as they look, the places of their texts, and PNG files by digest.

    ``pictures`` leaves out those that were known.
    """

    drawn: tuple[DrawnPage, ...] = ()
    places: tuple[Place, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An issue as its pages look now.

    ``page_count`` is None if the issue cannot be set; then there are only findings.
    ``last_page_lines`` stand above the closing block.
    """

    findings: tuple[Finding, ...]
    page_count: int | None = None
    view: View = View()
    last_page_lines: int = 0
    layout: tuple[PageReport, ...] = ()
