"""What a render costs, in calls: a count that no busy machine changes.

A change that makes a render dearer by a tenth fails here; raise the number only with a reason.
"""

from __future__ import annotations

import cProfile
import json
import pstats
from collections.abc import Callable
from functools import cache

import pytest

from benchmarks.speed.issues import varied_issue
from hongtou.bulletin.order import Order
from hongtou.compose.cells import TypeRun
from hongtou.config import read_config
from hongtou.intake import read_issue
from hongtou.pipeline import Typesetter
from tests.support.shop import compositor

# For the real issue of 9 pages, warm. Filling the feet of its pages (`plan/feet.py`) takes a
# twentieth: paragraphs of twenty lines are set in a line more or less.
MAX_CALLS = 85_500  # a hundredth of them ask where everything stands (`preflight/type_area.py`)
# For nine times its articles more, some fifty pages, without copyfitting. Each rule of the review asks
# every text whether it has the signs that it looks for: ten more rules are half a hundredth.
MAX_CALLS_OF_ARTICLES = 333_000
# For 28 pages of which one stays short, so that those from twelve before it on are filled together
# (`plan/spreading.py`): what it takes more than the same issue without copyfitting.
MAX_FILLING = 76_000
# To read the real issue, of which it takes 3 ms of 35: nothing is looked at twice.
MAX_CALLS_OF_READING = 5_400
pytestmark = pytest.mark.slow


@cache
def typesetter() -> Typesetter:
    return Typesetter.open(read_config({}))


@cache
def calls_of(times: int, copyfit: str = "on") -> int:
    """Return how many calls a render of the real issue makes, its articles so many times, warm.

    They are the same each time: other words take other searches for breaks.
    """
    issue = varied_issue(1)
    issue["articles"] *= times
    document = json.dumps(issue, ensure_ascii=False).encode()
    order = Order(options=(("copyfit", copyfit),))
    return calls(lambda: typesetter().produce(document, order))


def calls(do: Callable[[], object]) -> int:
    """Return how many calls something makes when it is done once more."""
    do()
    profile = cProfile.Profile()
    profile.enable()
    do()
    profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_reading_makes_no_more_calls_than_it_did() -> None:
    sent = json.dumps(varied_issue(1), ensure_ascii=False).encode()
    assert calls(lambda: read_issue(sent)) < MAX_CALLS_OF_READING


def test_a_render_makes_no_more_calls_than_it_did() -> None:
    assert calls_of(1) < MAX_CALLS


def test_a_page_more_makes_no_more_calls_than_it_did() -> None:
    assert calls_of(10, "off") - calls_of(1, "off") < MAX_CALLS_OF_ARTICLES


def test_the_cost_grows_with_the_length_and_no_faster() -> None:
    # Where pages end makes one length dearer than the next, by a seventh: the spans are long. How
    # many feet there are to fill is chance, so that copyfitting is left out here.
    counts = [calls_of(times, "off") for times in (1, 10, 19)]
    first, second = counts[1] - counts[0], counts[2] - counts[1]
    assert second / first < 1.05


def test_copyfitting_is_a_small_part_of_a_render() -> None:
    assert calls_of(1) - calls_of(1, "off") < 0.1 * calls_of(1)


def test_filling_pages_of_a_long_issue_together_takes_no_more_than_it_did() -> None:
    filling = calls_of(4) - calls_of(4, "off")
    assert 0.2 * calls_of(4, "off") < filling < MAX_FILLING  # as they come, they are not full


@pytest.mark.parametrize("text", ["字" * 28, "字" * 27 + "，", "字" * 9 + "，"])
@pytest.mark.parametrize("more", [-1, 1])
def test_a_paragraph_whose_ways_cost_the_same_is_recast_as_fast(text: str, more: int) -> None:
    # Each of the lines may be the one that is won or lost. Every way was once gone on from as
    # often as it was reached: thirty million calls for sixty lines.
    runs = [TypeRun(text * 60, "body")]
    lengths = (16.0, 446.0, 32.0, 0.0, 0.0)
    lines = len(compositor().justified(runs, 16, 446, indent=32))
    profile = cProfile.Profile()
    profile.runcall(compositor().recast, runs, lengths, lines + more, (0.05, 0.02))
    assert pstats.Stats(profile).total_calls < 60_000  # type: ignore[attr-defined]
