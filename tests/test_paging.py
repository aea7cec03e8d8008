"""Options of every output: even page counts, mirrored margins, copyfitting."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hongtou.acceptance import Accepted
from hongtou.bulletin.measure import pt_from_mm
from hongtou.bulletin.order import OptionValue, Order, Paging
from hongtou.outputs import OUTPUTS
from hongtou.outputs.paging import PAGING
from hongtou.pages.edition import Edition
from hongtou.pages.mirroring import mirrored
from hongtou.pages.page import Rule
from tests.support.pictures import village
from tests.support.reading import Line, lines_of
from tests.support.shop import layouts, typesetter

SENT = (Path(__file__).parent / "issues" / "every-field.json").read_bytes()
LAYOUT = layouts()["dongtai"]
# By so much the type area stands further left on even pages, in mm: the outer margin is narrower.
SHIFT = (
    LAYOUT.mm("page.width")
    - LAYOUT.mm("page.type_area_width")
    - 2 * LAYOUT.mm("page.binding_margin")
)


@cache
def made(*options: tuple[str, OptionValue]) -> Edition:
    return typesetter().produce(SENT, Order(options=options), {"village.png": village()})


def positions(lines: list[Line]) -> list[tuple[int, str, float, float]]:
    return [(line.page, line.text, line.x0, line.baseline) for line in lines]


def test_every_output_with_pages_has_them() -> None:
    for output in OUTPUTS.values():
        if not output.has_pages:
            continue
        assert {option.name for option in PAGING} <= set(output.option_names)


def test_what_is_asked_where_nothing_is_said_is_the_default_of_the_output() -> None:
    for output in OUTPUTS.values():
        defaults = tuple((option.name, option.default) for option in output.options)
        assert Order(output.name).paging == Order(output.name, options=defaults).paging


def test_what_is_printed_on_both_sides_is_bound_at_the_right_on_even_pages() -> None:
    assert Order("print").paging.mirrored
    assert not Order("print", options=(("margins", "same"),)).paging.mirrored


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), Paging(even_pages=False, mirrored=False, copyfit=True)),
        ((("even_pages", True),), Paging(even_pages=True)),
        ((("margins", "mirror"),), Paging(mirrored=True)),
        ((("copyfit", "off"),), Paging(copyfit=False)),
    ],
)
def test_what_they_ask_of_the_pages(
    options: tuple[tuple[str, OptionValue], ...], wanted: Paging
) -> None:
    assert Order(options=options).paging == wanted


@pytest.mark.slow
def test_each_makes_another_edition() -> None:
    asked = [(), ("even_pages", True), ("margins", "mirror"), ("copyfit", "off")]
    assert len({made(*[one] if one else []).plan_digest for one in asked}) == len(asked)


@pytest.mark.slow
def test_even_pages_end_on_one() -> None:
    issue = {**json.loads(SENT), "articles": [{"headline": "标题", "body": "正文。"}]}
    document = json.dumps(issue).encode()
    counts = [
        typesetter().produce(document, Order(options=options)).page_count
        for options in ((), (("even_pages", True),))
    ]
    assert counts[1] % 2 == 0
    assert counts[1] - counts[0] == counts[0] % 2


@pytest.mark.slow
def test_even_pages_end_on_one_behind_a_table_on_its_side() -> None:
    table = {"type": "table", "orientation": "landscape", "header": ["甲"], "rows": [["乙"]] * 8}
    issue = {**json.loads(SENT), "articles": [{"headline": "标题", "body": ["正文。", table]}]}
    issue.pop("briefs")
    order = Order("print", options=(("even_pages", True),))
    assert typesetter().produce(json.dumps(issue).encode(), order).page_count % 2 == 0


class TestMirror:
    @pytest.mark.slow
    def test_odd_pages_are_as_they_were_and_even_ones_bound_at_the_right(self) -> None:
        same, mirrored = (lines_of(made(*one).content) for one in ((), (("margins", "mirror"),)))
        for before, after in zip(positions(same), positions(mirrored), strict=True):
            moved = 0 if before[0] % 2 else SHIFT
            assert after[:2] == before[:2]
            assert after[2] == pytest.approx(before[2] + moved, abs=0.02)
            assert after[3] == pytest.approx(before[3], abs=0.02)

    @pytest.mark.slow
    def test_rules_move_along_on_upright_and_on_turned_pages(self) -> None:
        pages = typesetter().paginate(typesetter().plan(accepted())).pages
        later = tuple(replace(page, number=page.number + 1) for page in pages)  # odd ones are even
        both = [*pages, *later]
        turned = False
        mirrors = [*mirrored(pages, LAYOUT), *mirrored(replace(pages, pages=later), LAYOUT)]
        for before, after in zip(both, mirrors, strict=True):
            moved = 0 if before.number % 2 else pt_from_mm(SHIFT)
            for one, other in zip(before.rules, after.rules, strict=True):
                turned = turned or (bool(one.turn) and before.number % 2 == 0)
                assert left(other) == pytest.approx(left(one) + moved)
        assert turned


def accepted() -> Accepted:
    return typesetter().accept(SENT, Order(), {"village.png": village()})


def left(rule: Rule) -> float:
    """Return where a rule stands, of one that is turned where the turn puts it."""
    return rule.area.x + (rule.turn[4] if rule.turn else 0)
