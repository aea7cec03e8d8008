"""Readings of a PDF's glyphs and rules, in mm from the top left of the page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pdfplumber

from hongtou.bulletin.issue import Issue
from hongtou.bulletin.order import Order, Purpose
from hongtou.pages.page import Pages
from hongtou.pages.report import DrawnLine, drawn_lines
from hongtou.paginate.pagination import paginate
from hongtou.pdf.document import write_pdf
from hongtou.pdf.medium import screen_medium
from hongtou.pictures.reading import Picture
from hongtou.plan import Plan, make_plan
from tests.support.shop import faces, layouts

MM = 72 / 25.4


@dataclass(frozen=True)
class Made:
    """An issue set: its pages, the PDF of them and its lines of text."""

    pages: Pages
    content: bytes
    lines: list[DrawnLine]

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self.pages)


@dataclass(frozen=True)
class Line:
    """The glyphs of one baseline, left to right."""

    page: int
    text: str
    x0: float
    x1: float
    baseline: float
    size_pt: float


@dataclass(frozen=True)
class Rule:
    """A filled rule across the page."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def weight(self) -> float:
        """Return how thick the rule is."""
        return self.bottom - self.top


def render(
    issue: Issue,
    layout: str = "dongtai",
    pictures: Mapping[str, Picture] | None = None,
    purpose: Purpose = Purpose.PRESS,
) -> Made:
    """Set an issue."""
    plan = make_plan(issue, layouts()[layout], faces(), Order(purpose=purpose), pictures or {})
    return made(plan)


def made(plan: Plan) -> Made:
    """Lay out a plan and write its PDF."""
    pages = paginate(plan)
    return Made(pages, write_pdf(plan, pages, screen_medium(plan.layout)), drawn_lines(pages))


def lines_of(content: bytes) -> list[Line]:
    """Return every line of a PDF, in page order and from the top."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [line for page in pdf.pages for line in _lines(page)]


def rules_of(content: bytes) -> list[Rule]:
    """Return every rule wider than 100 mm, in page order and from the top."""
    found = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            for rect in sorted(page.rects, key=lambda rect: rect["top"]):
                if (rect["x1"] - rect["x0"]) / MM > 100 and rect["height"] / MM < 3:
                    found.append(
                        Rule(
                            number,
                            rect["x0"] / MM,
                            rect["x1"] / MM,
                            rect["top"] / MM,
                            rect["bottom"] / MM,
                        )
                    )
    return found


def _lines(page: pdfplumber.page.Page) -> Iterator[Line]:
    rows: dict[float, list[dict[str, object]]] = {}
    for char in page.chars:
        base = page.height - char["matrix"][5]
        key = next((key for key in rows if abs(key - base) < 0.5), base)
        rows.setdefault(key, []).append(char)
    for base in sorted(rows):
        chars = sorted(rows[base], key=lambda char: char["x0"])  # type: ignore[arg-type, return-value]
        inked = [char for char in chars if str(char["text"]).strip()]
        if inked:
            yield Line(
                page.page_number,
                "".join(str(char["text"]) for char in chars),
                float(inked[0]["x0"]) / MM,  # type: ignore[arg-type]
                float(inked[-1]["x1"]) / MM,  # type: ignore[arg-type]
                base / MM,
                float(inked[0]["size"]),  # type: ignore[arg-type]
            )
