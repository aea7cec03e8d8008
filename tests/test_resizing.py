"""Pictures and tables in a line more or less: pages are full, and no eye sees why."""

from __future__ import annotations

import io
from functools import cache

import pytest
from PIL import Image

from hongtou.bulletin.issue import Block, Figure
from hongtou.bulletin.order import COPYFIT, Order
from hongtou.paginate.pagination import paginate
from hongtou.pictures.reading import Picture, figures_of, read_pictures
from hongtou.plan import Plan, make_plan
from hongtou.plan.figures import FigurePlan
from hongtou.plan.pictures import plan_figures
from hongtou.plan.resizing import resized
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import Unit
from tests.support import issues
from tests.support.shop import compositor, faces, layouts

LAYOUT = layouts()["dongtai"]
PITCH = LAYOUT.pt("page.line_pitch")
PLAIN = Figure("a.png", caption="图1　现场", pointer="")
WISHED = Figure("a.png", caption="图1　现场", width_mm=120, pointer="")
TABLE = issues.table(("甲", "乙"), (("1", "2"),) * 4)
pytestmark = pytest.mark.slow


@cache
def pictures() -> dict[str, Picture]:
    stored = io.BytesIO()
    Image.new("RGB", (1500, 1000), "grey").save(stored, "PNG")
    found, _ = read_pictures({"a.png": stored.getvalue()}, issues.issue(PLAIN))
    return dict(found)


def unit_of(figure: Figure) -> tuple[Unit, TextSetter]:
    setter = TextSetter(LAYOUT, compositor())
    plan = plan_figures([figure], "", pictures(), setter)
    above = (plan.lines - plan.lines_at_head) * PITCH
    return Unit(plan, plan.lines * PITCH, above=above, floats=True), setter


def figure_of(unit: Unit) -> FigurePlan:
    assert isinstance(unit.block, FigurePlan)
    return unit.block


def plan_of(*body: Block, copyfit: str) -> Plan:
    issue = issues.issue(*body)
    used = pictures() if figures_of(issue) else {}
    return make_plan(issue, LAYOUT, faces(), Order(options=((COPYFIT, copyfit),)), used)


def short_pages(plan: Plan) -> int:
    """Return how many pages but the last end a line or more short."""
    foot = LAYOUT.pt("page.head_margin") + LAYOUT.pt("page.type_area_height")
    lowest = (
        max(line.baseline for text in page.texts for line in text.lines)
        for page in paginate(plan).pages[:-1]
    )
    return sum(foot - baseline >= 1.3 * PITCH for baseline in lowest)


def test_a_picture_with_a_line_more_has_half_of_it_above_and_half_below() -> None:
    unit, setter = unit_of(WISHED)
    wider = resized(unit, 1, setter)
    assert wider
    before, after = (figure_of(one).pictures[0] for one in (unit, wider))
    assert wider.height - unit.height == pytest.approx(PITCH)
    assert after.y - before.y == pytest.approx(PITCH / 2)
    assert after.caption_y - before.caption_y == pytest.approx(PITCH / 2)
    assert (after.width, after.height) == (before.width, before.height)


def test_a_picture_with_a_line_less_is_at_most_a_tenth_smaller_and_keeps_its_shape() -> None:
    unit, setter = unit_of(PLAIN)
    closer = resized(unit, -1, setter)
    assert closer
    before, after = (figure_of(one).pictures[0] for one in (unit, closer))
    assert 0.9 <= after.width / before.width <= 1
    assert after.height / after.width == pytest.approx(before.height / before.width)
    assert after.x + after.width / 2 == pytest.approx(before.x + before.width / 2)
    assert after.caption_y - after.height - after.y == pytest.approx(
        before.caption_y - before.height - before.y
    )


def test_a_picture_whose_width_was_wished_keeps_it() -> None:
    unit, setter = unit_of(WISHED)
    assert resized(unit, -1, setter) is None


def test_a_table_with_a_line_more_has_half_of_it_above_and_half_below() -> None:
    setter = TextSetter(LAYOUT, compositor())
    (table,) = plan_table(TABLE, setter)
    assert isinstance(table, TablePlan)
    wider = resized(Unit(table, 9 * PITCH, floats=True), 1, setter)
    assert wider and isinstance(wider.block, TablePlan)
    assert wider.height == pytest.approx(10 * PITCH)
    for before, after in ((table.above, wider.block.above), (table.below, wider.block.below)):
        more = sum(text.height for text in after) - sum(text.height for text in before)
        assert more == pytest.approx(PITCH / 2)
    assert resized(Unit(table, 9 * PITCH, floats=True), -1, setter) is None


@pytest.mark.parametrize(("block", "named"), [(PLAIN, "图片"), (TABLE, "表格")])
def test_they_fill_pages_and_an_editor_is_told(block: Block, named: str) -> None:
    short = {"on": 0, "off": 0}
    told: set[str] = set()
    for before in range(100, 106):
        text = issues.paragraph((issues.SENTENCE * 4)[:36])
        body = (*issues.lines_of_text(before), block, *(text,) * 20)
        for copyfit in short:
            plan = plan_of(*body, copyfit=copyfit)
            told |= {what for _, what in plan.copyfit}
            short[copyfit] += short_pages(plan)
    assert any(what.startswith(named) for what in told)
    assert short["on"] < short["off"]
