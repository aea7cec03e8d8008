"""The issue as one run of units, in the order in which it is read: what make-up puts on pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hongtou.plan.articles import AnnexPlan, ArticlePlan, Block, FlowBlock, PageEnd
from hongtou.plan.briefs import BriefsPlan
from hongtou.plan.closing import ClosingPlan
from hongtou.plan.contents import ContentsPlan
from hongtou.plan.galleys import HEADLINES, WITH_NEXT, Galley, Joint, Joints, between
from hongtou.plan.makeup import Unit, lines_of_text
from hongtou.plan.masthead import MastheadPlan
from hongtou.plan.pictures import FigurePlan
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan
from hongtou.plan.texts import TextSetter


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
        self._part = 0
        self._begins_page = False

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
        """Add a part of the issue, which its floats do not leave."""
        self._part += 1
        self._add_blocks(blocks)
        self._before = None

    def _add_blocks(self, blocks: Iterable[FlowBlock]) -> None:
        for block in blocks:
            if isinstance(block, PageEnd):
                self._begins_page = True
            elif isinstance(block, AnnexPlan):
                self._begins_page = True
                self._add_blocks(block.flow)
                self._begins_page = block.ends_page
            else:
                first = len(self.units)
                self._add_block(block)
                if self._begins_page and self.units[first].height:
                    self.units[first] = self.units[first]._replace(begins_page=True)
                    self._begins_page = False

    def _add_block(self, block: Galley | Block) -> None:
        if isinstance(block, Galley):
            self._add_texts(block)
        elif isinstance(block, FigurePlan):
            self._add_float(block, block.lines * self._pitch)
        elif block.landscape:
            self.units.append(Unit(block, 0.0, joint=Joint.NEVER, part=self._part))
        else:
            self._add_table(block)

    def _add_texts(self, galley: Galley) -> None:
        for text in galley.texts:
            before = self._before
            first = between(before, text)
            if len(self.units) == 1:
                first = Joint.NEVER  # the first page is not the masthead alone
            is_headed = before is not None and before.style in HEADLINES
            joints = self._joints.of(text, first, is_headed=is_headed)
            self.units += lines_of_text(galley, text, joints, self._part)
            self._before = text

    def _add_float(self, block: FigurePlan | TablePlan, height: float, below: float = 0.0) -> None:
        joint = self._under_heading()
        unit = Unit(block, height, joint=joint, below=below, floats=True, part=self._part)
        self.units.append(unit)

    def _under_heading(self) -> Joint:
        """Return the joint before what is no text: a heading stays with it."""
        is_heading = self._before is not None and self._before.style in WITH_NEXT
        return Joint.NEVER if is_heading else Joint.FREE

    def _add_table(self, table: TablePlan) -> None:
        """Add the rows, the first with what stands over it; one whose rows all stay is whole."""
        pitch = self._pitch
        over, under = table.head_lines * pitch, sum(text.height for text in table.below)
        heights = [row.lines * pitch for row in table.rows]
        if all(row.stays for row in table.rows[1:]):
            self._add_float(table, over + sum(heights) + under, 0.0 if table.notes else under)
            return
        last = len(heights) - 1
        for number, (row, height) in enumerate(zip(table.rows, heights, strict=True)):
            unit = Unit(table, height, number, part=self._part)
            if number == 0:
                unit = unit._replace(height=height + over, joint=self._under_heading())
            else:
                unit = unit._replace(joint=Joint.NEVER if row.stays else Joint.FREE, again=over)
            if number == last:
                below = 0.0 if table.notes else under
                unit = unit._replace(height=unit.height + under, below=below)
            self.units.append(unit)


def units_of(parts: Parts, setter: TextSetter) -> list[Unit]:
    """Return an issue as units, without the closing block.

    A table on its side has a page to itself: it has no height here, and stays with what it follows.
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
