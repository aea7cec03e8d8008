"""The issue as one run of units, in the order in which it is read: what make-up puts on pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hongtou.plan.articles import AnnexPlan, ArticlePlan, Block, FlowBlock, PageEnd
from hongtou.plan.briefs import BriefsPlan
from hongtou.plan.closing import ClosingPlan
from hongtou.plan.contents import ContentsPlan
from hongtou.plan.figures import FigurePlan
from hongtou.plan.galleys import (
    COMES_FORWARD,
    HEADLINES,
    NUMBERED_HEADINGS,
    OVER_TABLES,
    TRAILS,
    WITH_NEXT,
    Galley,
    Joint,
    Joints,
    between,
)
from hongtou.plan.masthead import MastheadPlan
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import ROUNDING, Unit, lines_of_text


class Parts(NamedTuple):
    """All of an issue, set, in the order in which it is read."""

    masthead: MastheadPlan
    contents: ContentsPlan | None
    note: Galley | None
    articles: tuple[ArticlePlan, ...]
    briefs: tuple[BriefsPlan, ...]
    closing: ClosingPlan


class Run:
    """Takes the parts of an issue one after another and makes units of them."""

    def __init__(self, setter: TextSetter) -> None:
        self.units: list[Unit] = []
        self._layout = setter.layout
        self._pitch = setter.pitch
        self._joints = Joints(setter.layout)
        self._before: SetText | None = None
        self._after_float = False
        self._part = self._stretch = 0
        self._begins_page = False
        self._off_grid = 0.0  # points by which what is under the last table begins lower

    def add_masthead(self, masthead: MastheadPlan) -> None:
        """Add what stands at the head of the first page."""
        self.units.append(Unit(None, masthead.lines * self._pitch))

    def add_contents(self, contents: ContentsPlan) -> None:
        """Add the contents: the heading stays with two entries, and two stay at the end."""
        self.units.append(_whole(contents.heading, Joint.NEVER))
        last = len(contents.entries) - 1
        for number, entry in enumerate(contents.entries):
            joint = Joint.RELUCTANT if number in (1, last) else Joint.FREE
            joint = joint if number else Joint.NEVER
            if entry.section:
                self.units.append(_whole(entry.section, joint))
                joint = Joint.NEVER
            self.units.append(_whole(entry.text, joint))

    def add_part(self, blocks: Iterable[FlowBlock]) -> None:
        """Add an article or the like, which its floats do not leave."""
        self._bar()
        self._add_blocks(blocks)
        self._before, self._after_float = None, False

    def _add_blocks(self, blocks: Iterable[FlowBlock]) -> None:
        for block in blocks:
            if isinstance(block, PageEnd):
                self._end_page()
            elif isinstance(block, AnnexPlan):
                self._end_page()
                self._add_blocks(block.flow)
                if block.ends_page:
                    self._end_page()
            else:
                first = len(self.units)
                self._add_block(block)
                if self._begins_page and self.units[first].height:
                    self.units[first] = self.units[first]._replace(begins_page=True)
                    self._begins_page = False

    def _end_page(self) -> None:
        """Begin a page with what follows, which nothing passes from above."""
        self._begins_page = True
        self._bar()

    def _bar(self) -> None:
        """Begin a part that no float leaves."""
        self._part += 1
        self._stretch += 1

    def _add_block(self, block: Galley | Block) -> None:
        if isinstance(block, Galley):
            self._add_texts(block)
        elif isinstance(block, FigurePlan):
            above = (block.lines - block.lines_at_head) * self._pitch
            self._add_float(block, block.lines * self._pitch, above=above)
        elif block.landscape:
            self._add_float(block, 0.0)
            self._off_grid = 0.0
        else:
            self._add_table(block)

    def _add_texts(self, galley: Galley) -> None:
        for text in galley.texts:
            before, trails = self._before, text.style in TRAILS
            first = between(None if self._after_float else before, text)
            if not trails and (text.style not in COMES_FORWARD or self._is_under_captioned_table()):
                self._part += 1  # no float passes it
                self._stretch += text.style not in NUMBERED_HEADINGS
            if len(self.units) == 1:
                first = Joint.NEVER  # the first page is not the masthead alone
            is_headed = before is not None and before.style in HEADLINES
            joints = self._joints.of(text, first, is_headed=is_headed)
            lines = lines_of_text(galley, text, joints, self._part, self._stretch)
            self.units += self._notes(lines) if trails else lines
            self._before, self._after_float = text, False

    def _is_under_captioned_table(self) -> bool:
        """Tell whether a table is above whose caption is text: nothing comes between the two."""
        before = self._before
        return self._after_float and before is not None and before.style in OVER_TABLES

    def _notes(self, lines: Iterable[Unit]) -> Iterator[Unit]:
        """Yield lines of notes, two to a line of the grid; a note is best parted between two.

        The last row keeps one. Where a page begins with half a line, that keeps to the grid.
        """
        for unit in lines:
            off, is_under_row = self._off_grid, self.units[-1].text is None and not unit.number
            parts = off > ROUNDING and (unit.number > 0 or is_under_row)
            joint = Joint.RELUCTANT if parts else unit.joint
            yield unit._replace(joint=joint, again=off, trails=True)
            self._off_grid = (off + unit.height + ROUNDING) % self._pitch - ROUNDING

    def _add_float(
        self,
        block: FigurePlan | TablePlan,
        height: float,
        below: float = 0.0,
        above: float = 0.0,
    ) -> None:
        joint, part = self._under_heading(), self._part
        unit = Unit(
            block,
            height,
            joint=joint,
            above=above,
            below=below,
            floats=True,
            part=part,
            stretch=self._stretch,
        )
        self.units.append(unit)
        self._after_float = True

    def _under_heading(self) -> Joint:
        """Return the joint before what is no text: a heading stays with it."""
        is_heading = self._before is not None and self._before.style in WITH_NEXT
        return Joint.NEVER if is_heading and not self._after_float else Joint.FREE

    def _add_table(self, table: TablePlan) -> None:
        """Add the rows, the first with what stands over it; one whose rows all stay is whole."""
        pitch = self._pitch
        over, under = table.head_lines * pitch, sum(text.height for text in table.below)
        heights = [row.lines * pitch for row in table.rows]
        self._off_grid = (over + under + ROUNDING) % pitch - ROUNDING
        if all(row.stays for row in table.rows[1:]):
            self._add_float(table, over + sum(heights) + under, 0.0 if table.notes else under)
            return
        self._bar()
        last = len(heights) - 1
        for number, (row, height) in enumerate(zip(table.rows, heights, strict=True)):
            unit = Unit(table, height, number, part=self._part, stretch=self._stretch)
            if number == 0:
                unit = unit._replace(height=height + over, joint=self._under_heading())
            else:
                unit = unit._replace(joint=Joint.NEVER if row.stays else Joint.FREE, again=over)
            if number == last:
                below = 0.0 if table.notes else under
                unit = unit._replace(height=unit.height + under, below=below)
            self.units.append(unit)
        self._after_float = True


def units_of(parts: Parts, setter: TextSetter) -> list[Unit]:
    """Return an issue as units, without the closing block.

    A table on its side has a page to itself, and no height here.
    """
    run = Run(setter)
    run.add_masthead(parts.masthead)
    if parts.contents:
        run.add_contents(parts.contents)
    if parts.note:
        run.add_part([parts.note])
    for article in parts.articles:
        run.add_part(article.flow)
    for group in parts.briefs:
        run.add_part([group.heading, group.items])
    return run.units


def _whole(text: SetText, joint: Joint) -> Unit:
    return Unit(text, text.height, 0, text, joint)
