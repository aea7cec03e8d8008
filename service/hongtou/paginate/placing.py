"""The boxes that WeasyPrint laid out → the contents of pages. Nothing of WeasyPrint is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.measure import PX_PER_PT
from hongtou.bulletin.sent_text import in_one_line
from hongtou.pages.page import (
    Bookmark,
    Destination,
    Furnishing,
    Link,
    Page,
    PlacedLine,
    PlacedPicture,
    PlacedText,
    Rectangle,
    Rule,
    Turn,
)
from hongtou.pages.proof.mark import proof_marks
from hongtou.paginate.furniture import Furniture
from hongtou.paginate.table_rules import table_rules
from hongtou.paginate.weasyprint_hooks import StripBox
from hongtou.plan import Plan, SetText
from hongtou.plan.table_surrounds import CONTINUED

RULE = "data-rule"  # of an element that is a rule: the name of its colour
TABLE = "data-rules"  # of a table, likewise
FIGURE = "data-figure"  # of a figure: its key in the plan
PAINT = ("background_color", "background_image", "box_shadow")
BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
CAPTION = "caption"
ANNEX_LABEL, ANNEX_TITLE = "annex_label", "annex_title"


class Placer:
    """Takes the pages of a laid-out document one by one, in order."""

    def __init__(
        self, plan: Plan, anchors: Mapping[str, Destination], levels: Mapping[int, int]
    ) -> None:
        self.bookmarks: list[Bookmark] = []
        self._plan = plan
        self._anchors = anchors
        self._levels = levels
        self._furniture = Furniture(plan.layout, plan.compositor)
        self._colours = {name: style.colour for name, style in plan.layout.styles.items()}
        self._begun: set[int] = set()
        self._lines = 0
        self._number = 0
        self._follows_blank = False
        self._annex = ("", Destination(0, 0.0, 0.0))

    def page(self, page: Any) -> Page:
        """Return one page.

        Raises:
            EngineFault: it holds what was not set, or what the stylesheet would paint.
        """
        self._number += 1
        self._rules: list[Rule] = []
        self._contents: list[PlacedText | PlacedPicture] = []
        box = page._page_box
        for child in box.children:
            self._place(child, None)
        furnishings = () if box.page_type.blank else tuple(self._furnishings())
        self._follows_blank = box.page_type.blank
        return Page(
            self._number,
            page.width / PX_PER_PT,
            page.height / PX_PER_PT,
            tuple(self._contents),
            tuple(self._rules),
            tuple(self._links(page)),
            furnishings,
        )

    def refuse_missing(self) -> None:
        """See that every line of the plan was placed, once.

        Raises:
            EngineFault: a template or the engine left lines out.
        """
        if self._lines != sum(len(text.lines) for text in self._plan.texts):
            placed = self._begun
            left = {
                text.style for text in self._plan.texts if text.lines and text.key not in placed
            }
            of = f"：模板没有放样式 {'、'.join(sorted(left))} 的" if left else ""
            raise EngineFault(f"有文字没有排进版面{of}")

    def _place(self, box: Any, turn: Turn | None) -> None:
        """Place what a box holds, with all boxes in it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box.transformation_matrix:
            turn = _turn(box.transformation_matrix)
        if box.element is not None:
            self._add_rules(box, turn)
        if isinstance(box, boxes.TextBox):
            raise EngineFault(f"有文字未经排版：{box.text[:20]}")
        figure = None if box.element is None else box.element.get(FIGURE)
        if figure is not None:
            self._figure(int(figure), box, turn)
        elif _is_set(box):
            self._contents += (one for one in self._texts(box, turn) if _is_shown(one))
        else:
            for child in getattr(box, "children", ()):
                self._place(child, turn)

    def _add_rules(self, box: Any, turn: Turn | None) -> None:
        """Add the rules of a box whose element asks for them."""
        if _is_painted(box):
            raise EngineFault(f"样式表画了 {box.element_tag} 的底色或边框，线条须写明 {RULE}")
        colour = box.element.get(RULE)
        if colour:
            self._rules.append(Rule(_area(*box.hit_area()), colour, turn))
        elif isinstance(box, boxes.TableBox) and (colour := box.element.get(TABLE)):
            layout = self._plan.layout
            weights = layout.pt("table.frame_weight"), layout.pt("table.rule_weight")
            self._rules += [Rule(area, colour, turn) for area in table_rules(box, *weights)]

    def _figure(self, key: int, box: Any, turn: Turn | None) -> None:
        """Place the pictures of a figure and their captions."""
        figure = self._plan.figures[key]
        left, top = box.content_box_x() / PX_PER_PT, box.content_box_y() / PX_PER_PT
        for one in figure.pictures:
            area = Rectangle(left + one.x, top + one.y, one.width, one.height)
            self._contents.append(PlacedPicture(one.number, one.digest, area, turn))
            if one.caption:
                self._caption(one.caption, left + one.caption_x, top + one.caption_y, turn)
        if figure.caption:
            self._caption(figure.caption, left, top + figure.caption_y, turn)

    def _caption(self, text: SetText, left: float, top: float, turn: Turn | None) -> None:
        lines = []
        for line, height, baseline in zip(text.lines, text.heights, text.baselines, strict=True):
            lines.append(PlacedLine(line, left, top + baseline))
            top += height
        self._contents.append(self._text(text, 0, lines, turn))

    def _texts(self, block: Any, turn: Turn | None) -> Iterator[PlacedText]:
        """Yield the texts of a block with the lines that stand in this part of it."""
        left = block.children[0].position_x / PX_PER_PT
        lines: list[PlacedLine] = []
        current: tuple[SetText, int] | None = None
        for box in block.children:
            top = box.position_y / PX_PER_PT - box.strip.raised
            for text, number in box.strip.lines:
                if current is None or text is not current[0]:
                    if current:
                        yield self._text(*current, lines, turn)
                    current, lines = (text, number), []
                    if number == 0:
                        self._bookmark(text, block.position_x / PX_PER_PT, top)
                if text.lines:
                    baseline = top + text.baselines[number]
                    lines.append(PlacedLine(text.lines[number], left, baseline))
                top += text.heights[number]
        if current and lines:
            yield self._text(*current, lines, turn)

    def _text(
        self, text: SetText, first: int, lines: list[PlacedLine], turn: Turn | None
    ) -> PlacedText:
        repetition = first == 0 and text.key in self._begun
        self._begun.add(text.key)
        if not repetition:
            self._lines += len(lines)
        ending = None
        if text.target and first + len(lines) == len(text.lines):
            folio = self._anchors[text.target].page
            ending = lines[-1]._replace(line=self._furniture.entry_end(text.lines[-1], folio))
        colour = self._colours[text.style]
        return PlacedText(text, first, tuple(lines), colour, turn, ending, repetition)

    def _bookmark(self, text: SetText, x: float, y: float) -> None:
        """Add the bookmark of a heading; that of an annex says which, and leads to its label."""
        place = Destination(self._number, x, y)
        if text.style == ANNEX_LABEL:
            self._annex = (text.text, place)
        level = self._levels.get(text.key)
        if level:
            title = in_one_line(text.text)
            if text.style == ANNEX_TITLE:
                label, place = self._annex
                title = title if title.startswith(label) else f"{label} {title}"
            self.bookmarks.append(Bookmark(level, title, place, text.key))

    def _links(self, page: Any) -> Iterator[Link]:
        for _, target, (left, top, right, bottom), box in page.links:
            text = self._plan.texts[int(box.element.get("data-set"))]
            yield Link(text, target, _area(left, top, right - left, bottom - top))

    def _furnishings(self) -> Iterator[Furnishing]:
        """Yield the folio and the marks of a proof.

        Only the closing block stands behind a blank page, and then neither page has a folio.
        Source: GB/T 9704-2012 §7.5.
        """
        if not self._follows_blank:
            yield self._furniture.folio(self._number)
        plan = self._plan
        if plan.is_proof:
            yield from proof_marks(plan.layout, plan.compositor, plan.issue_date, plan.digest)


def anchors_of(document: Any) -> dict[str, Destination]:
    """Return where every anchor stands; an article that goes on has it on each of its pages."""
    anchors: dict[str, Destination] = {}
    for number, page in enumerate(document.pages, start=1):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, Destination(number, x / PX_PER_PT, y / PX_PER_PT))
    return anchors


def _is_shown(placed: PlacedText) -> bool:
    """Tell whether a text is drawn: a caption once, and where its table goes on what says so.

    That has no height of its own where it shares the caption's place.
    """
    if placed.text.style == CONTINUED and not placed.text.height:
        return placed.repetition
    return not (placed.repetition and placed.text.style == CAPTION)


def _is_set(box: Any) -> bool:
    children: Any = getattr(box, "children", ())
    return bool(children) and isinstance(children[0], StripBox)


def _is_painted(box: Any) -> bool:
    """Tell whether a box has a background or a border of the stylesheet's."""
    style = box.style
    return any(style[name] != INITIAL_VALUES[name] for name in PAINT) or any(
        getattr(box, side) for side in BORDERS
    )


def _area(x: float, y: float, width: float, height: float) -> Rectangle:
    return Rectangle(x / PX_PER_PT, y / PX_PER_PT, width / PX_PER_PT, height / PX_PER_PT)


def _turn(matrix: Any) -> Turn:
    a, b, c, d, e, f = matrix.values
    return a, b, c, d, e / PX_PER_PT, f / PX_PER_PT
