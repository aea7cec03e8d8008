"""红头: the nameplate and the rule under it are red, all else is black, in the layout's colours."""

from __future__ import annotations

from functools import cache

import pytest

from hongtou.pages.edition import Edition
from tests.support import issues
from tests.support.golden import LAYOUTS, edition
from tests.support.inked import (
    COARSE_DPI,
    FINE_DPI,
    Box,
    bands_of_colour,
    coloured,
    colours_of,
    full_colours,
    page_picture,
    part_picture,
    weights_down,
)
from tests.support.reading import lines_of, render, rules_of

RED = (0xD7, 0x00, 0x0F)  # a screen's match of Y80 M80, GB/T 9704-2012 §6.2
BLACK = (0, 0, 0)
LEFT, RIGHT, TOP = 28.0, 184.0, 37.0  # of the type area
PAGES = [(layout, page) for layout in LAYOUTS for page in range(1, 10)]


@cache
def pictureless(layout: str) -> bytes:
    """Return an issue with everything that is ruled, and no picture of its own colours."""
    rows = (("织金县", "5519"), ("赫章县", "4480"))
    table = issues.table(("单位", "完成数"), rows, ("left", "right"), caption="表1 各县完成情况")
    return render(issues.issue(*issues.paragraphs(3), table), layout).content


class TestRed:
    """Where it must be."""

    @pytest.mark.slow
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_the_nameplate_and_the_rule_of_the_masthead_are_red_and_nothing_else(
        self, layout: str
    ) -> None:
        content = pictureless(layout)
        nameplate, rule = bands_of_colour(page_picture(content, 1))
        plate = lines_of(content)[0]
        assert (nameplate.x0, nameplate.x1) == pytest.approx((plate.x0, plate.x1), abs=3)
        assert nameplate.top < plate.baseline < nameplate.bottom + 1
        assert (rule.x0, rule.x1) == pytest.approx((LEFT, RIGHT), abs=0.2)
        assert rule.top == pytest.approx(rules_of(content)[0].top, abs=0.2)
        assert rule.bottom - rule.top == pytest.approx(0.7, abs=0.4)

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_it_is_the_red_of_the_layout(self, layout: str) -> None:
        picture = page_picture(pictureless(layout), 1)
        found = full_colours(picture.crop(coloured(picture).getbbox()))
        assert {colour for colour in found if colour != BLACK} == {RED}

    @pytest.mark.slow
    def test_the_rule_is_that_red_from_end_to_end(self) -> None:
        content = pictureless("dongtai")
        rule = rules_of(content)[0]
        inner = Box(LEFT + 0.2, rule.top + 0.2, RIGHT - 0.2, rule.bottom - 0.2)
        assert colours_of(part_picture(content, 1, inner, 300)) == {RED}


class TestBlack:
    """All the rest: text, folios, rules of the closing block and of tables."""

    @pytest.mark.slow
    @pytest.mark.parametrize(("layout", "page"), PAGES)
    def test_no_other_page_is_coloured_but_where_its_picture_is(
        self, layout: str, page: int
    ) -> None:
        made: Edition = edition(layout)
        assert made.page_count == 9
        bands = bands_of_colour(page_picture(made.content, page))
        if page == 1:
            *nameplate, rule = bands
            assert len(nameplate) == 3  # its lines and the one above
            assert rule.bottom - rule.top < 1
        else:
            assert all(band.bottom - band.top > 20 for band in bands)
            assert len(bands) <= 2  # one picture, and a row of two

    @pytest.mark.slow
    def test_the_picture_of_an_issue_keeps_its_colours(self) -> None:
        content = edition("dongtai").content
        coloured_pages = [
            page for page in range(2, 7) if bands_of_colour(page_picture(content, page))
        ]
        assert len(coloured_pages) == 2  # a picture, and a row of two

    @pytest.mark.slow
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_the_text_is_black_all_over(self, layout: str) -> None:
        content = pictureless(layout)
        below = Box(LEFT, rules_of(content)[0].bottom + 1, RIGHT, TOP + 225)
        assert full_colours(part_picture(content, 1, below, COARSE_DPI)) == {BLACK}

    @pytest.mark.slow
    def test_the_rules_of_the_closing_block_are_black(self) -> None:
        content = pictureless("dongtai")
        closing = [rule for rule in rules_of(content) if rule.weight < 0.5 and rule.top > 150]
        assert len(closing) == 4
        for rule in closing:
            inner = Box(LEFT + 0.2, rule.top + 0.08, RIGHT - 0.2, rule.bottom - 0.08)
            assert colours_of(part_picture(content, rule.page, inner, FINE_DPI)) == {BLACK}


class TestTableRules:
    """How thick the rules of a table come out, crossed where no cell has text."""

    def weights(self) -> list[float]:
        content = pictureless("dongtai")
        texts = {line.text.replace(" ", ""): line for line in lines_of(content)}
        first, last = texts["单位完成数"], texts["赫章县4480"]
        return weights_down(content, first.page, LEFT + 0.7, first.baseline - 9, last.baseline + 6)

    def test_its_frame_is_035_mm_and_its_inner_rules_are_015_mm(self) -> None:
        assert self.weights() == pytest.approx([0.35, 0.15, 0.15, 0.35], abs=0.02)
