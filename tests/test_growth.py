"""Twice the text takes twice the time: no regular expression and no step goes over it again and again.

Times are compared within one run and only where they are long enough to be told from noise.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from math import inf
from time import process_time
from typing import Any

import pytest

import hongtou
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.patterns import Late
from hongtou.compose import fit
from hongtou.compose.cells import TypeRun
from hongtou.intake import read_issue
from hongtou.review import review
from tests.support.documents import article, document, encoded
from tests.support.nasty import PIECES, TAILS, nasty
from tests.support.shop import compositor

pytestmark = pytest.mark.slow

SIZE = 20_000
SEARCHED = 10_000  # an expression: twice the longest paragraph, and long enough to tell the square
MAX_GROWTH = 3.0  # for twice the text: 2 in proportion, 4 with the square
TRIES = 3  # but for noise
TOO_SHORT = 0.03  # seconds: what takes less cannot be told from noise, and is no danger
# Parts that see no text of an issue: what they look for stands in settings, fonts,
# layouts and requests.
OTHERS = (
    "hongtou.cli",
    "hongtou.web",
    "hongtou.rendering",
    "hongtou.config",
    "hongtou.doctor",
    "hongtou.keys",
    "hongtou.addresses",
    "hongtou.paginate.stylesheet_check",
    "hongtou.paginate.written_text",
    "hongtou.store.migrations",  # which Alembic runs
)
WIDE = Limits(paragraph_chars=4 * SIZE)


def modules() -> list[str]:
    found = [one.name for one in pkgutil.walk_packages(hongtou.__path__, "hongtou.")]
    return [name for name in found if not name.startswith(OTHERS)]


def shapes() -> Iterator[Any]:
    """Yield every regular expression that a module keeps, in whatever it keeps them, once."""
    seen = set()
    for name in modules():
        for kept, value in vars(importlib.import_module(name)).items():
            for number, shape in enumerate(_patterns(value)):
                if shape not in seen:  # equal where text and flags are
                    seen.add(shape)
                    yield pytest.param(shape, id=f"{name.removeprefix('hongtou.')}.{kept}-{number}")


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Late):
        yield value()
    elif isinstance(value, dict):
        yield from _patterns(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for member in value:
            yield from _patterns(member)


def seconds(call: Callable[[], object], runs: int = 3) -> float:
    """Return the least processor time of some runs, without the collector, which comes when it likes."""
    taken = []
    gc.disable()
    for _ in range(runs):
        began = process_time()
        call()
        taken.append(process_time() - began)
        if taken[0] < TOO_SHORT:
            break
    gc.enable()
    return min(taken)


def grows_too_fast(look: Callable[[Any], object], once: Any, twice: Any) -> bool:
    """Tell whether twice the text takes so much longer, each time, that it cannot be in proportion.

    One run of the longer text that is short enough settles it: the least of several is no longer.
    """
    first, second = partial(look, once), partial(look, twice)
    return _grew(first, second, runs=1) and all(_grew(first, second, 3) for _ in range(TRIES))


def _grew(once: Callable[[], object], twice: Callable[[], object], runs: int) -> bool:
    longer = seconds(twice, runs)
    return longer >= TOO_SHORT and longer > MAX_GROWTH * max(seconds(once), TOO_SHORT / 4)


def looked_through(shape: re.Pattern[Any], text: Any) -> None:
    """Use an expression in every way that it may be used in."""
    for _ in shape.finditer(text):
        pass
    shape.match(text)
    shape.fullmatch(text)


@cache
def texts(size: int) -> dict[str, str]:
    return dict(nasty(size))


@pytest.mark.parametrize("shape", list(shapes()))
def test_an_expression_takes_time_in_proportion(shape: re.Pattern[Any]) -> None:
    once, twice = texts(SEARCHED), texts(2 * SEARCHED)
    if isinstance(shape.pattern, bytes):
        encode = ("latin-1", "replace")
        pairs = [
            (name, text.encode(*encode), twice[name].encode(*encode)) for name, text in once.items()
        ]
    else:
        pairs = [(name, text, twice[name]) for name, text in once.items()]
    look = partial(looked_through, shape)
    slow = [name for name, first, second in pairs if grows_too_fast(look, first, second)]
    assert slow == []


def test_the_test_finds_an_expression_that_does_not() -> None:
    careless = re.compile(r"字+1")
    look = partial(looked_through, careless)
    assert any(grows_too_fast(look, "字" * 6_000, "字" * 12_000) for _ in range(5))  # but for noise


def test_there_are_expressions_to_look_at() -> None:
    assert len(list(shapes())) > 40


def reviewed(text: str) -> None:
    reading = read_issue(encoded(document(articles=[article(body=["甲", text])])), WIDE)
    review(reading)


@pytest.mark.parametrize("piece", PIECES)
def test_reading_and_review_of_a_paragraph_take_time_in_proportion(piece: str) -> None:
    slow = [
        tail
        for tail in TAILS[:3]
        if grows_too_fast(
            reviewed, *(texts(size)[f"{piece!r}…{tail!r}"] for size in (SIZE, 2 * SIZE))
        )
    ]
    assert slow == []


def set_in_lines(text: str) -> None:
    compositor().justified([TypeRun(text, "body")], 16, 446, indent=32)


@pytest.mark.parametrize("piece", [piece for piece in PIECES if piece.isprintable()])
def test_setting_a_paragraph_takes_time_in_proportion(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each search does; that a longer text may need one more is no growth."""
    every = [(opens, patience, -inf) for opens, patience, _ in fit.SEARCHES]
    monkeypatch.setattr(fit, "SEARCHES", every)
    once, twice = (texts(size)[f"{piece!r}…''"] for size in (SIZE // 4, SIZE // 2))
    try:
        set_in_lines(once)
    except LookupError:  # no face has it: the glyph check has said so before
        return
    assert not grows_too_fast(set_in_lines, once, twice)
