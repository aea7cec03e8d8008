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
from re import _constants, _parser
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

pytestmark = pytest.mark.long

SIZE = 20_000
SEARCHED = 5_000  # an expression: the longest paragraph, and long enough to tell the square
MAX_GROWTH = 3.0  # for twice the text: 2 in proportion, 4 with the square
SUSPECT_GROWTH = 2.5  # at a first glance, by one run of each
TRIES = 3  # but for noise
TOO_SHORT = 0.03  # seconds: what takes less cannot be told from noise, and is no danger
FAR = 200  # characters: what repeats over more is taken to have no end
FEW = 500  # characters that an expression without such a repeat is tried with
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


def shapes() -> dict[str, re.Pattern[Any]]:
    """Return every regular expression that a module keeps, in whatever it keeps them, once."""
    names: dict[re.Pattern[Any], str] = {}  # equal where text and flags are
    for name in modules():
        for kept, value in vars(importlib.import_module(name)).items():
            for number, shape in enumerate(_patterns(value)):
                names.setdefault(shape, f"{name.removeprefix('hongtou.')}.{kept}-{number}")
    return {name: shape for shape, name in names.items()}


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


def runs_on(shape: re.Pattern[Any]) -> bool:
    """Tell whether an expression can look at as many characters from one place as there are.

    What cannot takes time in proportion: it looks at no more than so many, wherever it starts.
    """
    return _runs_on(_parser.parse(shape.pattern, shape.flags))


def _runs_on(part: object) -> bool:
    if isinstance(part, _parser.SubPattern):
        return any(_repeats(*step) or _runs_on(step) for step in part)
    if isinstance(part, tuple | list):
        return any(_runs_on(member) for member in part)
    return False


def _repeats(step: object, given: Any) -> bool:
    """Tell whether a step of an expression repeats something over more than a few characters."""
    if step not in {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}:
        return False
    _, most, repeated = given
    return most * max(repeated.getwidth()[1], 1) > FAR


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

    A glance settles it for most: one run of each, of the longer text alone where that is short.
    """
    first, second = partial(look, once), partial(look, twice)
    return _grew(first, second, SUSPECT_GROWTH, runs=1) and all(
        _grew(first, second, MAX_GROWTH, runs=3) for _ in range(TRIES)
    )


def _grew(
    once: Callable[[], object], twice: Callable[[], object], growth: float, runs: int
) -> bool:
    longer = seconds(twice, runs)
    return longer >= TOO_SHORT and longer > growth * max(seconds(once, runs), TOO_SHORT / 4)


def looked_through(shape: re.Pattern[Any], text: Any) -> None:
    """Use an expression in every way that it may be used in."""
    for _ in shape.finditer(text):
        pass
    shape.match(text)
    shape.fullmatch(text)


@cache
def texts(size: int) -> dict[str, str]:
    return dict(nasty(size))


def found_for(shape: re.Pattern[Any], size: int) -> dict[str, Any]:
    """Return the texts of a size as an expression takes them, by what they are made of."""
    if isinstance(shape.pattern, bytes):
        return {name: text.encode("latin-1", "replace") for name, text in texts(size).items()}
    return dict(texts(size))


def grows_over(shape: re.Pattern[Any]) -> Iterator[str]:
    """Yield the texts over which an expression takes time out of proportion."""
    once, twice = found_for(shape, SEARCHED), found_for(shape, 2 * SEARCHED)
    look = partial(looked_through, shape)
    yield from (name for name in once if grows_too_fast(look, once[name], twice[name]))


def takes_long_over(shape: re.Pattern[Any]) -> Iterator[str]:
    """Yield the short texts that an expression takes long over, though it looks at few characters."""
    look = partial(looked_through, shape)
    for name, text in found_for(shape, FEW).items():
        if all(seconds(partial(look, text), 1) >= TOO_SHORT for _ in range(TRIES)):
            yield name


def test_an_expression_takes_time_in_proportion() -> None:
    slow = {name: [*grows_over(shape)] for name, shape in shapes().items() if runs_on(shape)}
    assert {name: over for name, over in slow.items() if over} == {}


def test_an_expression_that_looks_at_few_characters_is_soon_done() -> None:
    few = {name: shape for name, shape in shapes().items() if not runs_on(shape)}
    slow = {name: [*takes_long_over(shape)] for name, shape in few.items()}
    assert {name: over for name, over in slow.items() if over} == {}


@pytest.mark.parametrize(
    "careless",
    [
        r"字+1",
        r"字++1",  # gives nothing back, and is the fastest of the slow
        r"(?s).*x",
        r"(?=.*x)a",
        r"[^x]{1,9000}x",
        rb"[(]*[)]",
    ],
)
def test_an_expression_that_goes_over_a_text_again_and_again_is_found(careless: str) -> None:
    shape = re.compile(careless)
    assert runs_on(shape)
    assert any(next(grows_over(shape), None) for _ in range(TRIES))  # a busy machine hides it


def test_an_expression_that_tries_all_ways_is_found() -> None:
    shape = re.compile(r"(?:a{0,9}){0,4}x")
    assert not runs_on(shape)
    assert next(takes_long_over(shape), None)


def test_there_are_expressions_to_look_at() -> None:
    assert len(shapes()) > 40


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
    once, twice = (texts(size)[f"{piece!r}…''"] for size in (SIZE // 8, SIZE // 4))
    try:
        set_in_lines(once)
    except LookupError:  # no face has it: the glyph check has said so before
        return
    assert not grows_too_fast(set_in_lines, once, twice)
