"""Lines won and lost on several pages together, where pages filled one by one stay short."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from hongtou.plan.changes import with_changes_of
from hongtou.plan.copyfit import kept_of
from hongtou.plan.drafts import PageDraft, Stand
from hongtou.plan.feet import Feet
from hongtou.plan.fitting import Fitting, cost_of
from hongtou.plan.galleys import galley
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import Recasting
from hongtou.plan.sections import plan_section
from hongtou.plan.spreading import Spreading
from hongtou.plan.texts import TextSetter
from hongtou.plan.units import Run
from hongtou.plan.ways import Way
from tests.support import issues
from tests.support.shop import compositor, layouts

LAYOUT = layouts()["dongtai"]
SEEDS = range(8)


def setter() -> TextSetter:
    return TextSetter(LAYOUT, compositor())


def paragraphs(seed: int, count: int, own: TextSetter) -> Makeup:
    """Return pages' worth of paragraphs and headlines of many lengths, as make-up has them."""
    random, run = Random(seed), Run(own)
    for _ in range(count):
        texts = [own.text("paragraph", words(random)) for _ in range(random.randint(1, 4))]
        run.add_part([galley([*own.stack([("headline", "某某市推进城乡环境整治")]), *texts])])
    return Makeup(run.units, LAYOUT)


def words(random: Random) -> str:
    return (issues.SENTENCE * 12)[: random.randint(30, 400)] + "。"


def best_of(makeup: Makeup, own: TextSetter) -> Way:
    return min(Spreading(Recasting(own)).ways([makeup]), key=lambda way: way.cost)


def blank(makeup: Makeup, way: Way) -> int:
    return Fitting(makeup, [*way.pages], 0.0).cost


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_stands_on_one_page_in_its_order(seed: int) -> None:
    own = setter()
    for way in Spreading(Recasting(own)).ways([paragraphs(seed, 12, own)]):
        standing = [number for page in way.pages for number in page.units]
        assert standing == list(range(len(way.makeup.units)))
        assert all(page.height <= way.makeup.room + 1e-6 for page in way.pages)


@pytest.mark.slow
def test_a_longer_issue_is_copied_no_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    # Only ways that reach the end have a make-up of their own: it holds every unit of the issue,
    # and one for each page would make the cost grow with the square of the length.
    copies = []
    copied = Makeup.copied

    def counted(makeup: Makeup) -> Makeup:
        copies.append(len(makeup.units))
        return copied(makeup)

    monkeypatch.setattr(Makeup, "copied", counted)
    for seed in SEEDS[:4]:
        own = setter()
        ways = Spreading(Recasting(own)).ways([paragraphs(seed, 40, own)])
        assert any(way.makeup.recast for way in ways)
        assert len(ways[0].pages) > 12
        assert len(copies) <= len(ways)
        copies.clear()


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_way_has_all_its_changes_in_its_make_up_and_the_others_none(seed: int) -> None:
    own = setter()
    makeup = paragraphs(seed, 20, own)
    before = [*makeup.units]
    ways = Spreading(Recasting(own)).ways([makeup])
    assert makeup.units == before
    assert not makeup.recast
    for way in ways:
        lines = {key: len(text.heights) for key, text in way.makeup.recast.items()}
        stand = [unit.text.key for unit in way.makeup.units if unit.text]
        assert {key: stand.count(key) for key in lines} == lines


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_pages_that_are_kept_stand_as_they_were_filled(seed: int) -> None:
    own = setter()
    makeup = paragraphs(seed, 40, own)
    filled = makeup.copied()
    pages = filled.fill(mend=Feet(Recasting(own)).mend)
    kept = pages[:7]
    begun = with_changes_of(makeup, filled, pages[6].start.at)
    for way in Spreading(Recasting(own)).ways([begun], pages[6].start):
        standing = [number for page in (*kept[:-1], *way.pages) for number in page.units]
        assert standing == list(range(len(way.makeup.units)))
        for page in kept[:-1]:
            assert all(way.makeup.units[number] == filled.units[number] for number in page.units)
        assert all(page.height <= way.makeup.room + 1e-6 for page in way.pages)


@pytest.mark.parametrize(
    ("shorter", "first"),
    [
        ({18: 4}, 6),
        ({9: 2, 18: 4}, 6),  # two lines are not seen: it is not begun anew for them
        ({9: 4, 18: 4}, 0),
        ({15: 1, 18: 1}, 3),
        ({}, 7),  # the last page alone has too few lines
    ],
)
def test_lines_are_won_from_well_before_the_first_hole_on(
    shorter: dict[int, int], first: int
) -> None:
    makeup = paragraphs(1, 10, setter())
    pages = [
        PageDraft(
            range(at, at + 1), makeup.room - shorter.get(at, 0) * makeup.pitch, start=Stand(at)
        )
        for at in range(20)
    ]
    kept = kept_of(Fitting(makeup, pages, 0.0))
    assert [*kept] == (pages[: first + 1] if first else [])


@pytest.mark.slow
def test_they_leave_less_blank_than_pages_that_are_filled_one_by_one() -> None:
    together = one_by_one = 0
    for seed in SEEDS:
        own = setter()
        makeup = paragraphs(seed, 12, own)
        way = best_of(makeup, own)
        together += blank(way.makeup, way)
        alone = makeup.copied()
        one_by_one += Fitting(alone, alone.fill(mend=Feet(Recasting(own)).mend), 0.0).cost
    assert together < one_by_one / 2


def test_pages_that_are_full_are_left_as_they_are() -> None:
    own, run = setter(), Run(setter())
    run.add_part([galley([own.text("paragraph", "近日开展。") for _ in range(22 * 4)])])
    way = best_of(Makeup(run.units, LAYOUT), own)
    assert (len(way.pages), way.makeup.recast, way.shorter) == (4, {}, ())


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_one_way_alone_goes_on_behind_a_page_break(seed: int) -> None:
    own = setter()
    makeup = paragraphs(seed, 12, own)
    half = next(
        number
        for number, unit in enumerate(makeup.units)
        if number > len(makeup.units) / 2 and unit.text and unit.text.style == "headline"
    )
    makeup.units[half] = makeup.units[half]._replace(begins_page=True)
    ways = Spreading(Recasting(own)).ways([makeup])
    broken = {
        next(at for at, page in enumerate(way.pages) if way.makeup.units[page.units[0]].begins_page)
        for way in ways
    }
    (page,) = broken
    assert len({way.pages[:page] for way in ways}) == 1


def test_the_last_page_has_lines_from_pages_that_are_shorter_on_purpose() -> None:
    own, run = setter(), Run(setter())
    run.add_part([galley([own.text("paragraph", "近日开展。") for _ in range(22 * 3 + 2)])])
    ways = Spreading(Recasting(own)).ways([Makeup(run.units, LAYOUT)])
    ends = {len(way.pages[-1].units): [step.page for step in way.shorter] for way in ways}
    assert ends[2] == []
    assert set(ends) >= {3, 4, 5, 6}
    assert all(ends[lines] for lines in (3, 4, 5, 6))


@pytest.mark.parametrize(("few", "more"), [([1], [2]), ([2], [3]), ([2, 2], [4]), ([11], [2] * 4)])
def test_few_pages_end_short_and_none_by_more_than_two_lines_that_could(
    few: list[int], more: list[int]
) -> None:
    assert 0 < sum(map(cost_of, few)) < sum(map(cost_of, more))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_heading_at_the_head_of_a_page_keeps_its_blank(seed: int) -> None:
    random, own = Random(seed), setter()
    run = Run(own)
    for _ in range(12):
        texts = [own.text("paragraph", words(random)) for _ in range(random.randint(1, 3))]
        heading = [*plan_section("领导动态", own), *own.stack([("headline", "推进环境整治")])]
        run.add_part([galley([*heading, *texts])])
    for way in Spreading(Recasting(own)).ways([Makeup(run.units, LAYOUT)]):
        for page in way.pages[1:]:
            first = way.makeup.units[page.units[0]].text
            assert first is not None
            assert first.style != "section" or first.key not in way.makeup.recast


def test_a_full_page_costs_nothing() -> None:
    assert cost_of(0) == 0
    assert all(cost_of(left) <= cost_of(left + 1) for left, _ in pairwise(range(20)))
